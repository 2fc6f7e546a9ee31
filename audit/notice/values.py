"""The values that a notice declares, each a record that points at the clauses which state it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from pydantic import model_validator

from audit.notice.stated import Declared, Exhaustive, Model

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "AccessRule",
    "Authority",
    "AutomatedDecisions",
    "CategoryList",
    "Controller",
    "CookieLifetime",
    "CookieStatement",
    "DataCategory",
    "DataSubjects",
    "DisclosurePurpose",
    "Hold",
    "LegalBasis",
    "Objection",
    "Purpose",
    "Recipient",
    "RetentionPeriod",
    "Right",
    "Source",
    "ThirdPartyService",
    "Transfers",
]


class Controller(Declared):
    """Who decides why and how the data is processed (Art. 4(7), 13(1)(a))."""

    name: str
    business_id: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    contact_person: str | None = None
    dpo: str | None = None
    """The data protection officer, where one is named."""


class Purpose(Declared):
    """What the data is used for (Art. 13(1)(c))."""

    key: str
    text: str
    legal_bases: tuple[str, ...] = ()
    """The bases that the notice links to this purpose; empty where it links none."""


class LegalBasis(Declared):
    """A ground of Article 6(1) that the notice claims."""

    key: Literal[
        "consent",
        "contract",
        "legal_obligation",
        "vital_interests",
        "public_task",
        "legitimate_interests",
    ]
    text: str
    interest: str | None = None
    """For legitimate interests: the interest, in the notice's words (Art. 13(1)(d))."""


class DataSubjects(Declared):
    """A group of people or organisations whose data the register holds."""

    key: str
    text: str


class DataCategory(Declared):
    """A category of personal data that the notice says is held."""

    key: str
    text: str
    scope: Literal["register", "website"] = "register"
    """Which data set it is declared for: what cookies collect says nothing of the register."""
    listed: bool = True
    """Whether it stands in the notice's own list of contents, or only elsewhere in the text."""
    exhaustive: Exhaustive | None = None
    """Overrides the list's own: some items of a closed list are open themselves."""


class RetentionPeriod(Declared):
    """One rule on how long data is kept (Art. 5(1)(e), 13(2)(a))."""

    id: str
    kind: Literal["fixed", "criteria", "indefinite", "missing"]
    period: str | None = None
    """ISO 8601 duration of one unit: ``P10Y``, ``P24M``, ``P6W``, ``P90D``."""
    event: str | None = None
    """The role of the date the period starts from: ``customer_relationship_end``, …"""
    from_year_end: bool = False
    """Whether the period runs from the end of the calendar year in which the event falls."""
    applies_to: tuple[str, ...] | Literal["all"] = "all"
    text: str = ""
    row: str = ""
    """What the whole row says, where the rule stands in a table: its subject, and what starts it."""

    @property
    def said(self) -> str:
        """The rule in words, with what it is about."""
        return self.row or self.text

    @model_validator(mode="after")
    def _fixed_has_a_period(self) -> RetentionPeriod:
        if self.kind == "fixed" and self.period is None:
            raise ValueError("a fixed retention period needs `period`, such as P10Y")
        if self.period is not None:
            self.parts()
        return self

    def parts(self) -> tuple[int, str]:
        """The period's number and unit, the unit one of ``Y``, ``M``, ``W``, ``D``."""
        match = re.fullmatch(r"P(\d{1,4})([YMWD])", self.period or "")
        if match is None:
            raise ValueError("`period` must be an ISO 8601 duration of one unit, such as P10Y")
        return int(match[1]), match[2]

    def last_day(self, event: ir.DateValue) -> ir.DateValue:
        """
        The last day on which a record may be kept, as an expression.

        The day of the event is not counted, and a period in years or months ends with the same
        date, or with the month's last day where that date does not exist (Regulation 1182/71
        Art. 3, taken as a convention). The day itself is still permitted. A period that runs from
        the end of the event's calendar year ends with a year.
        """
        import ibis

        number, unit = self.parts()
        if unit == "W":
            number, unit = number * 7, "D"
        if self.from_year_end:
            event = ibis.date(event.year(), 12, 31)
        # By way of a time: Ibis takes the sum for a date already, DuckDB for a time.
        return (event + ibis.interval(number, unit=unit)).cast("timestamp").cast("date")


class Recipient(Declared):
    """A party, or kind of party, that receives or processes the data (Art. 4(9), 13(1)(e))."""

    key: str
    text: str
    role: Literal["staff", "processor", "controller", "authority", "unstated"] = "unstated"
    row: Literal["recipients", "elsewhere"] = "recipients"
    """Whether the notice's own row of recipients names it."""


class Source(Declared):
    """Where the data comes from (Art. 14(2)(f))."""

    key: str
    text: str
    limited_to: tuple[str, ...] = ()
    """Categories that may come from it; empty for any."""


class DisclosurePurpose(Declared):
    """A matter for which the data may be given out, or expressly is not."""

    key: str
    text: str
    denied: bool = False
    """The notice says that for this the data is given to nobody."""


class Transfers(Declared):
    """What the notice says of transfers to third countries (Art. 13(1)(f))."""

    statement: Literal["none", "conditional", "yes", "unstated"]
    text: str = ""
    area: Literal["EU", "EEA", "unstated"] = "unstated"
    """The area outside which nothing goes, as the text has it."""
    heading_area: Literal["EU", "EEA", "unstated"] = "unstated"
    exception: str | None = None
    """The notice's own exception, such as technical necessity."""
    safeguards: tuple[str, ...] = ()


class Hold(Declared):
    """A ground on which the notice suspends erasure."""

    key: Literal["law", "open_invoice", "debt_collection", "organisation_contact", "other"]
    text: str
    lawful: bool = True
    """False where Art. 17(3) knows no such ground: declared, but excuses nothing."""


class Objection(Declared):
    """A use that people may forbid."""

    key: str
    """``direct_marketing``, ``publication``, ``market_research``, …"""
    text: str
    channels: tuple[str, ...] = ()
    """How it is to be told, as the notice has it."""


class Right(Declared):
    """A right of the data subject that the notice grants."""

    key: Literal[
        "access",
        "rectification",
        "erasure",
        "restriction",
        "portability",
        "objection",
        "withdraw_consent",
        "complaint",
        "not_subject_to_automated_decision",
    ]
    text: str
    formalities: tuple[Literal["written", "signed", "in_person", "language", "form"], ...] = ()
    """What the notice demands of the request."""
    denied_to: tuple[str, ...] = ()
    """Groups to which the notice denies the right."""


class AccessRule(Declared):
    """Who may touch the data, and under what duties."""

    key: Literal[
        "designated_users",
        "personal_user_id",
        "personal_password",
        "signed_confidentiality",
        "locked_storage",
        "fire_safe_storage",
        "firewall",
        "other",
    ]
    text: str
    covers: Literal["paper", "systems", "both"] = "both"


class CookieLifetime(Model):
    """How long the notice says that a cookie stays."""

    name: str
    days: int
    """At most; a day for those that end with the visit."""


class CookieStatement(Declared):
    """What the notice says of cookies."""

    used: bool | None = None
    purposes: tuple[str, ...] = ()
    collected: tuple[str, ...] = ()
    """Category keys, or short words where there is none, of what cookies collect."""
    names: tuple[str, ...] = ()
    """The cookies that the notice names, as it spells them."""
    lifetimes: tuple[CookieLifetime, ...] = ()
    """Of those of which it says how long they stay."""
    exhaustive: Exhaustive = Exhaustive.UNCLEAR
    consent: Literal["asked", "browser_settings", "unstated"] = "unstated"
    anonymity_claimed: bool = False
    joined_with_other_data: bool = False


class ThirdPartyService(Declared):
    """An outside service that the notice names."""

    name: str
    text: str
    categories: tuple[str, ...] = ()


class AutomatedDecisions(Declared):
    """What the notice says of automated decisions and profiling (Art. 13(2)(f), 22)."""

    statement: Literal["declared", "declared_none", "unstated"]
    section_blank: bool = False
    """A heading stands there with nothing under it: a blank is no denial."""


class Authority(Declared):
    """The supervisory authority's details, as printed."""

    name: str
    street: str | None = None
    po_box: str | None = None
    postal_code: str | None = None
    town: str | None = None
    phone: str | None = None
    email: str | None = None
    website: str | None = None


class CategoryList(Model):
    """Whether the lists of the notice are closed."""

    data_categories: Exhaustive = Exhaustive.UNCLEAR
    recipients: Exhaustive = Exhaustive.UNCLEAR
    sources: Exhaustive = Exhaustive.UNCLEAR
    disclosure_purposes: Exhaustive = Exhaustive.UNCLEAR
