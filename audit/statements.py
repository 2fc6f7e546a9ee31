"""
What people say in the plan: that a file is whole, that a locked room was seen, that a finding is waived.

Each statement has a name and a day behind it, and those that excuse something an end.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = ["LONGEST_WAIVER", "SECOND_APPROVER", "Attestation", "Completeness", "Waiver"]

LONGEST_WAIVER = timedelta(days=366)
SECOND_APPROVER = frozenset({"RIG03", "MAR01", "SEC04", "MIN03"})
"""Checks whose findings one person alone cannot waive: they are about harm to somebody else."""

Words = Annotated[str, Field(min_length=1)]


class Model(BaseModel):
    """A frozen record that refuses words it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Completeness(Model):
    """That a table holds all there is: without it a clause conforms on what was supplied only."""

    table: Words
    stated_by: Words
    on: date


class Attestation(Model):
    """What somebody says or saw of clauses, or for checks, that no data can show."""

    clauses: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    """The codes of checks that rest on such a statement, such as NOT37."""
    strength: Literal["self", "observed"]
    """``self``: the controller says so; ``observed``: the auditor saw it, and where."""
    holds: bool = True
    """False where it was found not to be so."""
    by: Words
    on: date
    place: str | None = None
    expires: date | None = None
    """A year after ``on`` if not given."""
    statement: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if not self.clauses and not self.checks:
            raise ValueError("it names neither `clauses` nor `checks`")
        if self.strength == "observed" and not self.place:
            raise ValueError("what was observed needs `place`, where it was seen")
        if self.expires is not None and self.expires < self.on:
            raise ValueError("`expires` is before `on`")
        return self

    @property
    def until(self) -> date:
        """The last day on which it counts."""
        return self.expires or self.on + timedelta(days=365)


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
    reason: Words
    approver: Words
    second_approver: str | None = None
    on: date
    expires: date

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.finding is None) == (self.check is None):
            raise ValueError("a waiver names either `finding`, a fingerprint, or `check`, a code")
        if self.expires < self.on:
            raise ValueError("`expires` is before `on`")
        if self.expires - self.on > LONGEST_WAIVER:
            raise ValueError("a waiver lasts a year at most: bring `expires` nearer to `on`")
        if self.second_approver is not None and self.second_approver == self.approver:
            raise ValueError("the second approver is somebody else than the first")
        return self

    @property
    def shown(self) -> str:
        """What it names, for messages."""
        parts = (self.check, self.table, self.column, self.category)
        return self.finding or " / ".join(part for part in parts if part)
