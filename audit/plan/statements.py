"""
What people say in the plan: that a file is whole, that a locked room was seen, that a finding is waived.

Each statement has a name and a day behind it, and an end: a year later at most.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from audit.notice.forms.markup import unmarked

__all__ = [
    "ATTESTED_CHECKS",
    "SECOND_APPROVER",
    "Attestation",
    "Completeness",
    "Waiver",
    "Words",
    "a_year_after",
    "reads_so",
    "same_person",
    "says_something",
    "standing",
]

SECOND_APPROVER = frozenset({"RIG03", "MAR01", "SEC04", "MIN03"})
"""Checks whose findings one person alone cannot waive: they are about harm to somebody else."""
ATTESTED_CHECKS = frozenset({"NOT37"})
"""Checks that rest on a statement: no file shows what they ask."""


def a_year_after(day: date) -> date:
    """
    The same date next year: the last day on which what was said on ``day`` may count.

    >>> a_year_after(date(2026, 11, 20)), a_year_after(date(2028, 2, 29))
    (datetime.date(2027, 11, 20), datetime.date(2029, 2, 28))
    """
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)


def same_person(one: str, other: str) -> bool:
    """
    Whether two names differ in case, spaces, punctuation and the order of their words alone.

    >>> same_person("Aino Esimerkki", " ESIMERKKI,  aino."), same_person("Aino", "Onni")
    (True, False)
    """
    return _letters(one) == _letters(other) or _name(one) == _name(other)


def _name(text: str) -> list[str]:
    words = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", text))
    return sorted(words.casefold().split())


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def says_something(text: str) -> bool:
    """
    Whether a name or a reason is more than blanks and dashes.

    >>> says_something(" - "), says_something("Ö")
    (False, True)
    """
    return bool(_letters(text))


def reads_so(text: str, words: str) -> bool:
    r"""
    Whether a text has such words, whatever its markup, spaces and punctuation.

    >>> reads_so("Paperit ovat<br/> lukituissa\ntiloissa.", "paperit ovat lukituissa")
    True
    """
    return _letters(unmarked(words)) in _letters(unmarked(text))


def _words(text: str) -> str:
    if not says_something(text):
        raise ValueError("it is blank: write a name or words")
    return text.strip()


Words = Annotated[str, AfterValidator(_words), Field(json_schema_extra={"minLength": 1})]


class Model(BaseModel):
    """A frozen record that refuses words it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Completeness(Model):
    """
    That a table holds all there is: without it a clause conforms on what was supplied only.

    It is about the export that was taken by then: a later export needs a new statement.
    """

    table: Words
    stated_by: Words
    on: date

    def counts(self, extracted_on: date | None, as_of: date) -> bool:
        """
        Whether it speaks of an export of that day, and was not made more than a year ago.

        An export whose day is not given is taken to be of the day of the audit.
        """
        return self.on >= (extracted_on or as_of) and a_year_after(self.on) >= as_of


class Attestation(Model):
    """
    What somebody says or saw of clauses, or for checks, that no data can show.

    What the register shows stands beside it: an attestation never hides a deviation, and a clause
    is attested only as far as no data was supplied that could test it.
    """

    clauses: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    """The codes of checks that rest on such a statement: NOT37."""
    words: dict[str, Words] = {}
    """How each clause begins: a number may mean another promise in the notice's next version."""
    strength: Literal["self", "observed"]
    """``self``: the controller says so; ``observed``: the auditor saw it, and where."""
    holds: bool = True
    """False where it was found not to be so: then the clause does not conform."""
    by: Words
    on: date
    place: Words | None = None
    expires: date | None = None
    """The last day on which it counts, a year after ``on`` at most; just that if not given."""
    statement: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if not self.clauses and not self.checks:
            raise ValueError("it names neither `clauses` nor `checks`")
        names = (*self.clauses, *self.checks)
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"it names {', '.join(twice)} twice")
        if strange := sorted(set(self.words) - set(self.clauses)):
            raise ValueError(f"`words` are of {', '.join(strange)}, which it does not name")
        if self.strength == "observed" and not self.place:
            raise ValueError("what was observed needs `place`, where it was seen")
        if self.expires is not None and self.expires < self.on:
            raise ValueError("`expires` is before `on`")
        if self.until > a_year_after(self.on):
            raise ValueError("an attestation lasts a year at most: bring `expires` nearer to `on`")
        return self

    @property
    def until(self) -> date:
        """The last day on which it counts."""
        return self.expires or a_year_after(self.on)


def standing(said: Iterable[Attestation], as_of: date) -> Attestation | None:
    """
    Which of the attestations of one thing counts on a day: one that denies goes first.

    A later one lifts the denial, unless that was observed and the later one only said. Where none
    denies, what was observed goes before what was said, and the later before the earlier.
    """
    valid = [one for one in said if one.on <= as_of <= one.until]
    left = [one for one in valid if one.holds or not any(_lifts(other, one) for other in valid)]
    return max(left, key=lambda a: (not a.holds, a.strength == "observed", a.on), default=None)


def _lifts(later: Attestation, denial: Attestation) -> bool:
    as_strong = later.strength == "observed" or denial.strength == "self"
    return later.holds and as_strong and later.on > denial.on


class Waiver(Model):
    """
    That a nonconformity is accepted for a while, by whom and why. It changes no law.

    A waiver names one finding by its fingerprint, or several by check and, as far as given, table,
    column and category.
    """

    finding: Annotated[str | None, Field(pattern="^[0-9a-f]{16}$")] = None
    check: str | None = None
    table: str | None = None
    column: str | None = None
    category: str | None = None
    places: Annotated[int | None, Field(ge=1)] = None
    """The most places that were accepted: with more of them, the finding is back."""
    reason: Words
    approver: Words
    second_approver: Words | None = None
    on: date
    expires: date
    """The last day on which it counts: the same date next year at the latest."""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.finding is None) == (self.check is None):
            raise ValueError("a waiver names either `finding`, a fingerprint, or `check`, a code")
        if self.finding is not None and (self.table or self.column or self.category):
            raise ValueError("a waiver by `finding` names its place already: leave out the rest")
        if self.expires < self.on:
            raise ValueError("`expires` is before `on`")
        if self.expires > a_year_after(self.on):
            raise ValueError("a waiver lasts a year at most: bring `expires` nearer to `on`")
        if self.second_approver and same_person(self.second_approver, self.approver):
            raise ValueError("the second approver is somebody else than the first")
        return self

    @property
    def shown(self) -> str:
        """What it names, for messages."""
        parts = (self.check, self.table, self.column, self.category)
        return self.finding or " / ".join(part for part in parts if part)
