"""The notice as data: what the controller declares, each value tied to the words that declare it.

The words of the model are GDPR's. ``notice.yaml`` is this model written down; its JSON Schema is
``notice_schema()``. Spans are half-open character offsets, ``[start, end)``, into the text of the
notice file that ``text_file`` names, so a finding can always quote the very words it rests on.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "NOTICE_SCHEMA",
    "AccessRule",
    "Authority",
    "AutomatedDecisions",
    "CategoryList",
    "Certainty",
    "Clause",
    "ClauseKind",
    "Controller",
    "CookieLifetime",
    "CookieStatement",
    "DataCategory",
    "DataSubjects",
    "Declared",
    "DisclosurePurpose",
    "Exhaustive",
    "Found",
    "Hold",
    "LegalBasis",
    "Notice",
    "Objection",
    "Purpose",
    "Recipient",
    "RetentionPeriod",
    "Right",
    "Section",
    "Source",
    "Span",
    "ThirdPartyService",
    "Transfers",
    "Unread",
    "notice_schema",
]

NOTICE_SCHEMA = "register-audit/notice/1"

Span = Annotated[tuple[int, int], Field(description="Half-open character offsets in the text.")]
Language = Literal["fi", "sv", "en"]


class Model(BaseModel):
    """A frozen record that refuses words it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Exhaustive(StrEnum):
    """Whether a list says all there is; only a closed list supports a nonconformity."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class ClauseKind(StrEnum):
    """How a clause can be assessed."""

    TESTABLE = "testable"
    """By the register's exports."""
    ATTESTED = "attested"
    """Only by a person who looked: locked rooms, a firewall."""
    NOTICE = "notice"
    """By the notice's own text, against Articles 12–14."""
    INFORMATIVE = "informative"
    """Promises nothing that could be false; left out of the coverage."""


class Clause(Model):
    """A numbered passage of the notice, and the promise it makes."""

    id: str
    heading: str
    """The heading it stands under, as printed."""
    promise: str
    """What it promises, in one sentence of the auditor's own."""
    spans: tuple[Span, ...] = ()
    """Where the words stand; more than one where the notice repeats itself. Empty for a blank
    section."""
    quote: str = ""
    """The words themselves: the text of the first span."""
    kinds: tuple[ClauseKind, ...]
    checks: tuple[str, ...] = ()
    """The codes that can assess it."""
    same_as: tuple[str, ...] = ()
    """The clauses that it repeats: counted once."""
    topics: tuple[str, ...] = ()
    """What its section is about, by its heading: ``retention``, ``recipients``, …"""
    page: int | None = None
    """The page of a paged form."""


class Certainty(StrEnum):
    """How surely a value was read."""

    CERTAIN = "certain"
    """The notice says it in words that mean nothing else."""
    LIKELY = "likely"
    """Read by context, or in words that can mean more than one thing."""
    UNSURE = "unsure"
    """A guess that the auditor should look at first."""


class Found(Model):
    """How a value was read from the text; absent where a person wrote it down."""

    how: Literal["lexicon", "spelling", "grammar", "heading", "structure", "context"]
    """``lexicon``: a word of the lexicon; ``spelling``: such a word, misspelt; ``grammar``: a rule of
    the grammar, as for periods; ``heading``: the heading says so; ``structure``: the place in a table
    or a list; ``context``: the sentence around it."""
    certainty: Certainty
    span: Span
    """The words themselves."""


class Section(Model):
    """A heading of the notice and what stands under it, as read; not part of ``notice.yaml``."""

    heading: str
    heading_span: Span | None = None
    topics: tuple[str, ...] = ()
    """Keys of ``lexicon/*/headings.toml``; empty where the heading says nothing known."""
    span: Span | None = None
    """From the first to the last character under the heading; None where nothing stands there."""
    text: str = ""
    """The words under the heading, without markup."""
    page: int | None = None
    register_name: str | None = None
    """The register it is about, where the notice describes several."""

    @property
    def blank(self) -> bool:
        """Whether nothing stands under the heading."""
        return not self.text


class Unread(Model):
    """A passage that no rule understood: for the auditor to read, never guessed."""

    heading: str
    span: Span
    quote: str


class Declared(Model):
    """A value and the clauses that declare it."""

    clauses: tuple[str, ...] = ()
    """Ids of clauses; empty only where the notice is silent and the value says so."""
    found: Found | None = None
    """How it was read; None where a person wrote it down or corrected it."""


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


class Notice(Model):
    """A published privacy notice, whole."""

    schema_: Annotated[str, Field(alias="schema")] = NOTICE_SCHEMA
    register_name: str
    language: Language
    dated: str | None = None
    """ISO date, or ``YYYY-MM`` where only the month is given."""
    effective_from: date | None = None
    """Events before this day fall under an earlier notice."""
    text_file: str | None = None
    """The notice's text, beside this file; spans count its characters."""
    text_sha256: str | None = None
    controller: Controller
    exhaustive: CategoryList = CategoryList()
    clauses: tuple[Clause, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()
    data_subjects: tuple[DataSubjects, ...] = ()
    data_categories: tuple[DataCategory, ...] = ()
    retention: tuple[RetentionPeriod, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    sources: tuple[Source, ...] = ()
    disclosure_purposes: tuple[DisclosurePurpose, ...] = ()
    transfers: Transfers = Transfers(statement="unstated")
    holds: tuple[Hold, ...] = ()
    objections: tuple[Objection, ...] = ()
    rights: tuple[Right, ...] = ()
    access_rules: tuple[AccessRule, ...] = ()
    cookies: CookieStatement = CookieStatement()
    third_party_services: tuple[ThirdPartyService, ...] = ()
    automated_decisions: AutomatedDecisions = AutomatedDecisions(statement="unstated")
    authority: Authority | None = None
    unread: tuple[Unread, ...] = ()
    """Passages that no rule understood."""
    other_registers: tuple[str, ...] = ()
    """The names of further registers that the same notice describes."""
    read_from: str | None = None
    """The published file, where this was read by rule; None where a person wrote it."""
    sections: Annotated[tuple[Section, ...], Field(exclude=True)] = ()
    """The text by headings; read from the text itself each time, never from ``notice.yaml``."""

    @model_validator(mode="after")
    def _clauses_exist(self) -> Notice:
        ids = [clause.id for clause in self.clauses]
        if len(ids) != len(set(ids)):
            twice = sorted({i for i in ids if ids.count(i) > 1})
            raise ValueError(f"clause ids stand twice: {', '.join(twice)}")
        known = set(ids)
        for place, value in self.declared():
            unknown = [clause for clause in value.clauses if clause not in known]
            if unknown:
                raise ValueError(f"{place} points to unknown clauses: {', '.join(unknown)}")
        for clause in self.clauses:
            if any(start < 0 or end <= start for start, end in clause.spans):
                raise ValueError(f"clause {clause.id} has a span that ends before it starts")
            if unknown := [other for other in clause.same_as if other not in known]:
                raise ValueError(f"clause {clause.id} repeats unknown {', '.join(unknown)}")
        if ring := _only_repeated(self.clauses):
            raise ValueError(f"clauses {', '.join(ring)} repeat each other and nothing else")
        return self

    def declared(self) -> list[tuple[str, Declared]]:
        """Every declared value with its place in the file, such as ``retention[0]``."""
        found: list[tuple[str, Declared]] = []
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, Declared):
                found.append((name, value))
            elif isinstance(value, tuple):
                found += [
                    (f"{name}[{place}]", item)
                    for place, item in enumerate(value)
                    if isinstance(item, Declared)
                ]
        return found

    def declared_categories(self, scope: str = "register") -> frozenset[str] | None:
        """The keys declared for a data set; None where the notice is silent on categories."""
        keys = {item.key for item in self.data_categories if item.scope == scope}
        return frozenset(keys) if keys else None


def _only_repeated(clauses: tuple[Clause, ...]) -> list[str]:
    """The clauses that lead back to each other: none of them would be counted."""
    left = {clause.id: set(clause.same_as) for clause in clauses}
    while reached := [name for name, others in left.items() if not others or others - set(left)]:
        for name in reached:
            del left[name]
    return sorted(left)


def notice_schema() -> dict[str, Any]:
    """The JSON Schema of ``notice.yaml``."""
    schema = Notice.model_json_schema(by_alias=True)
    schema["properties"].pop("sections")
    schema["$defs"].pop("Section")
    schema["$id"] = NOTICE_SCHEMA
    schema["title"] = "Privacy notice, as register-audit reads it"
    return schema
