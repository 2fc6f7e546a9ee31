"""
What a later audit was not given that an earlier one had: it resolves nothing.

A list of bans that was not supplied, or came short, leaves no ban to break; a column that was left
out of the export, or a line that could not be read, holds nothing that could deviate. Of a table that
somebody stated to be whole, what is gone is gone. Records of the register itself may have been
erased, which is what was asked for; those of the controller's own lists do not end so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from audit.checks import catalogue
from audit.register.kinds.model import kinds

__all__ = ["Look", "Withheld", "gone_columns", "look_of", "recast_columns", "shorter", "withheld"]

Data = dict[str, Any]
Look = tuple[str, str, str | None]
Place = tuple[str, str]


def look_of(finding: Data) -> Look:
    """The check, table and retention rule of a finding."""
    return finding["check"], finding["table"], finding.get("rule")


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """What the later of two audits did not have."""

    columns: frozenset[Place]
    """Table and header of columns that are gone from tables which are still there, or that the plan
    now takes for something else."""
    tables: frozenset[str]
    """Tables that lost a column, or all that stood in it, of which the checks of records know what
    it is."""
    short: frozenset[str]
    """The controller's own lists that are shorter than they were."""
    unread: frozenset[str]
    """Tables with lines that could not be read."""
    doubtful: frozenset[Look]
    """What was assessed of fewer records than before, or found to be doubtful of more."""
    checks: frozenset[str]
    """Checks that compare with other tables, of which there are fewer, or with less in them."""

    def hides(self, finding: Data) -> bool:
        """Whether a finding may be gone because of it."""
        table = finding["table"]
        if finding["unit"] in ("cells", "columns"):
            gone = (table, finding.get("column")) in self.columns
            return (
                gone or table in self.short or (table in self.unread and finding["unit"] == "cells")
            )
        of_table = table in self.tables | self.short | self.unread
        return of_table or finding["check"] in self.checks or look_of(finding) in self.doubtful


def withheld(old: Data, new: Data) -> Withheld:
    """What the later audit did not have of what the earlier one had."""
    before, after = ({t["name"]: t for t in data["tables"]} for data in (old, new))
    still = before.keys() & after.keys()
    whole = _whole(new)
    gone = {
        (table, header): what
        for (table, header), what in gone_columns(old, new).items()
        if table not in whole
    }
    # What a whole table lacks is not withheld: it counts as there.
    there = [before.get(t["name"], t) if t["name"] in whole else t for t in after.values()]
    supplied = _supply(before.values()), _supply(there)
    fewer = {kind for (kind, what), n in supplied[0].items() if supplied[1][kind, what] < n}
    short = {n for n in shorter(old, new) if kinds()[after[n]["kind"]].scope != "register"}
    lost = _lost(old), _lost(new)
    fewer |= {after[name]["kind"] for name in short}
    fewer |= {after[name]["kind"] for name in still if lost[1][name] > lost[0][name]}
    emptied = {name for name in still - whole if _told(before[name]) - _told(after[name])}
    doubts = _doubts(old), _doubts(new)
    return Withheld(
        columns=frozenset(gone) | frozenset(recast_columns(old, new)),
        tables=frozenset(name for (name, _), what in gone.items() if what) | emptied,
        short=frozenset(short),
        unread=frozenset(name for name, n in lost[1].items() if n),
        doubtful=frozenset(look for look, n in doubts[1].items() if n > doubts[0][look]),
        checks=frozenset(
            code
            for code, check in catalogue().items()
            if fewer and ("people" in check.asks or fewer & set(check.others))
        ),
    )


def gone_columns(old: Data, new: Data) -> dict[Place, str]:
    """The columns of the earlier audit that its tables have no longer, and what each was."""
    after = {t["name"]: {c["header"] for c in t["columns"]} for t in new["tables"]}
    return {
        (table["name"], column["header"]): _what(column)
        for table in old["tables"]
        for column in table["columns"]
        if table["name"] in after and column["header"] not in after[table["name"]]
    }


def recast_columns(old: Data, new: Data) -> list[Place]:
    """The columns that are taken for something else than before, under the same header."""
    before, after = (
        {(t["name"], c["header"]): c["category"] for t in data["tables"] for c in t["columns"]}
        for data in (old, new)
    )
    return sorted(place for place, what in before.items() if after.get(place, what) != what)


def shorter(old: Data, new: Data) -> dict[str, tuple[int, int]]:
    """The tables that have fewer records, before and after, and that nobody states to be whole."""
    before, whole = {table["name"]: table["rows"] for table in old["tables"]}, _whole(new)
    return {
        table["name"]: (before[table["name"]], table["rows"])
        for table in new["tables"]
        if table["rows"] < before.get(table["name"], 0) and table["name"] not in whole
    }


def _whole(data: Data) -> set[str]:
    """The tables that somebody states to be whole, as far as that counts."""
    return {said["table"] for said in data.get("completeness", ()) if said["state"] == "applied"}


def _told(table: Data) -> set[str]:
    """What the columns of a table that are not blank tell the checks of records."""
    roles = {column["role"] for column in table["columns"] if column["filled"]}
    return {role for role in roles if role and role != "free_text"}


def _doubts(data: Data) -> Counter[Look]:
    """How many pieces of each check were not assessed, or only observed."""
    found: Counter[Look] = Counter()
    for finding in data["findings"]:
        if finding["result"] in ("not_assessed", "observation"):
            found[look_of(finding)] += finding["count"]
    return found


def _lost(data: Data) -> Counter[str]:
    """How many lines of each table could not be read."""
    names = {(table["source"], table.get("sheet")): table["name"] for table in data["tables"]}
    return Counter(
        {
            names[ledger["source"], ledger.get("sheet")]: len(ledger["quarantined"])
            for ledger in data["ledgers"]
            if (ledger["source"], ledger.get("sheet")) in names
        }
    )


def _what(column: Data) -> str:
    """What a column is to a check of records; blank where it is nothing."""
    category = column["category"] if column["category"] != "technical" else None
    return str(column["role"] or category or "")


def _supply(tables: Iterable[Data]) -> Counter[tuple[str, str]]:
    """How many tables of each kind hold anything, and how many columns of each meaning."""
    found: Counter[tuple[str, str]] = Counter()
    for table in tables:
        kind = table.get("kind", "")
        if kind and table["rows"]:
            found[kind, ""] += 1
            filled = (column for column in table["columns"] if column["filled"])
            found.update((kind, what) for what in map(_what, filled) if what)
    return found
