"""
The clauses that declare what the register holds, and what the columns supplied say of them.

"We hold phone numbers" is held against the columns of phone numbers alone: a birth date somewhere
else breaks the clause that says there is nothing more, and a register without a phone column says
nothing of phones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from audit.categories import categories
from audit.finding import ColumnView, Finding, Result, TableView
from audit.notice.declared.words import closing_clauses
from audit.notice.model import Exhaustive, Notice

__all__ = ["Declaring"]


@dataclass(frozen=True, kw_only=True)
class Declaring:
    """What each declaring clause names, and what the tables have of it."""

    keys: Mapping[str, frozenset[str]]
    """The categories that each clause declares; of those that close the list, nothing."""
    tables: Mapping[str, TableView]

    @classmethod
    def of(cls, notice: Notice, tables: Sequence[TableView]) -> Declaring:
        """The declaring clauses of a notice, with the tables of the register."""
        closing = set(closing_clauses(notice))
        listed = [item for item in notice.data_categories if item.scope == "register"]
        if notice.exhaustive.data_categories is Exhaustive.YES and not closing:
            # Where no words of their own close the list, its items do so together.
            closing = {name for item in listed if item.listed for name in item.clauses}
        return cls(
            keys={
                name: frozenset(item.key for item in listed if name in item.clauses)
                for name in {name for item in listed for name in item.clauses} - closing
            },
            tables={table.name: table for table in tables},
        )

    def speak_of(self, clause: str, finding: Finding) -> bool:
        """Whether a finding is about columns or cells, and the clause about what is in them."""
        return clause in self.keys and finding.unit in ("columns", "cells")

    def judged(self, clause: str, finding: Finding) -> Finding:
        """The finding as far as it is about the columns of what the clause declares."""
        keys = self.keys[clause]
        table = self.tables.get(finding.table)
        width = len(table.columns) if table else 0
        held = sum(_key(column) in keys for column in table.columns) if table else 0
        if not held:
            return finding.unassessed("no_such_column")
        examined = finding.examined * held // width
        if finding.result is Result.NOT_ASSESSED or (
            clause in finding.clauses and finding.category in keys
        ):
            return replace(finding, examined=examined)
        # What stands in other columns says nothing against the data that the clause declares.
        return finding.cleared(examined)


def _key(column: ColumnView) -> str | None:
    """A column's category by the key that notices have."""
    known = categories().get(column.category or "")
    return known.said_as or known.key if known and column.filled else None
