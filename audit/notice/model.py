"""The notice as data: what the controller declares, each value tied to the words that declare it.

The words of the model are GDPR's. ``notice.yaml`` is this model written down; its JSON Schema is
``notice_schema()``. Spans are half-open character offsets, ``[start, end)``, into the text of the
notice file that ``text_file`` names, so a finding can always quote the very words it rests on.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from audit.categories import categories
from audit.notice.lexicon import load
from audit.notice.stated import (
    Certainty,
    Clause,
    ClauseKind,
    Declared,
    Exhaustive,
    Found,
    Language,
    Model,
    Section,
    Span,
    Unread,
)
from audit.notice.values import (
    AccessRule,
    Authority,
    AutomatedDecisions,
    CategoryList,
    Controller,
    CookieLifetime,
    CookieStatement,
    DataCategory,
    DataSubjects,
    DisclosurePurpose,
    Hold,
    LegalBasis,
    Objection,
    Purpose,
    Recipient,
    RetentionPeriod,
    Right,
    Source,
    ThirdPartyService,
    Transfers,
)

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

    @field_validator("dated", mode="before")
    @classmethod
    def _is_a_day_or_a_month(cls, said: Any) -> Any:
        if isinstance(said, date):
            return said.isoformat()
        if isinstance(said, str):
            try:
                date.fromisoformat(f"{said}-01" if len(said) == len("2026-11") else said)
            except ValueError:
                raise ValueError(
                    "a day belongs there, as YYYY-MM-DD, or a month, as YYYY-MM"
                ) from None
        return said

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
        """
        The keys declared for a data set; None where the notice is silent on categories.

        What a person wrote down as kept for a time is declared by that, for the register unless it is
        listed for the website; a reading by rule lists such data itself, and tells what it stands for.
        """
        keys = {item.key for item in self.data_categories if item.scope == scope}
        if keys and scope == "register" and self.read_from is None:
            kept = {
                key
                for rule in self.retention
                if rule.applies_to != "all"
                for key in rule.applies_to
            }
            keys |= kept - {item.key for item in self.data_categories}
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
    own: list[dict[str, Any]] = [{"enum": list(categories())}, {"pattern": "^other:"}]
    parts = {
        name: part["properties"] for name, part in schema["$defs"].items() if "properties" in part
    }
    parts["DataCategory"]["key"]["anyOf"] = own
    parts["RetentionPeriod"]["applies_to"]["anyOf"][0]["items"]["anyOf"] = own
    parts["RetentionPeriod"]["event"]["examples"] = list(load("en", "events"))
    parts["Transfers"]["safeguards"]["items"]["enum"] = sorted(load("en", "safeguards"))
    schema["$id"] = NOTICE_SCHEMA
    schema["title"] = "Privacy notice, as register-audit reads it"
    return schema
