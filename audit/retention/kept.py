"""What is kept of a record that a retention check may return: ``kept_<place>``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audit.checks.storage_limitation._allowed import FACTS

__all__ = ["Event", "Reach", "kept_schema"]


@dataclass(frozen=True, kw_only=True)
class Event:
    """A date that rules count from, with the shortest period that they count."""

    name: str
    period: str
    latest_of: tuple[str, ...] = ()
    """The dates that it is derived from; empty where the table has it."""
    column: str = ""
    """The column that has it, where that is called otherwise."""
    fills_blanks: bool = False
    """Whether the derived date only stands in for a blank one of an ended relationship."""

    @property
    def at(self) -> str:
        """The column that has it, if one does."""
        return self.column or self.name

    @property
    def derived(self) -> bool:
        """Whether the table itself does not have it."""
        return bool(self.latest_of) and not self.fills_blanks


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The days that decide which records a check may return."""

    as_of: date
    earliest: date
    """The earliest day that any table was exported."""
    horizon: date
    dormant_after: int
    events_known: bool
    tolerance: Decimal = Decimal(0)
    """What a customer may owe without a hold."""


def kept_schema(events: Iterable[str]) -> dict[str, str]:
    """The columns of ``kept_<place>``: the facts, each event in the place of the rule's."""
    found = {"row": "int64", "ended": "boolean", "on_hold": "boolean", "subject_group": "string"}
    found |= {
        name: kind
        for name, kind in FACTS.items()
        if name not in ("retention_start", "retention_start_given", "next_start", "person_end")
    }
    for event in events:
        found |= {
            f"at_{event}": "date",
            f"at_{event}_given": "boolean",
            f"at_{event}_next": "date",
            f"at_{event}_person": "date",
        }
    return found
