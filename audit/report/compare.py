"""
What changed between audits: findings that are new, unchanged or resolved, and how many records.

Findings are told apart by fingerprints, which hold no value and survive a re-ordered export. Their
pieces are matched by record key; where the evidence has none, by row, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from audit.register.query import fetched, quoted
from audit.report.write import EVIDENCE, read_findings

__all__ = ["STATES", "Change", "Comparison", "compare"]

State = Literal["new", "unchanged", "changed", "resolved", "no_longer_assessed"]
_HELD = ("nonconformity", "waived", "observation")
STATES: tuple[State, ...] = ("new", "changed", "unchanged", "no_longer_assessed", "resolved")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One finding in two audits."""

    fingerprint: str
    state: State
    """``no_longer_assessed`` where the later audit did not look: that resolves nothing."""
    check: str
    result: str
    table: str
    column: str | None
    category: str | None
    before: int
    after: int
    """Pieces of evidence."""
    appeared: int
    disappeared: int
    """Pieces of evidence in one audit only."""
    by_row: bool
    """Whether pieces were matched by row, since records have no key to show."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two audits side by side."""

    old: str
    new: str
    """The days the audits are as of."""
    same_notice: bool
    changes: tuple[Change, ...]

    def count(self, state: State) -> int:
        """Findings in this state."""
        return sum(change.state == state for change in self.changes)


def compare(old: Path, new: Path) -> Comparison:
    """Compare two folders that audits wrote, the earlier first."""
    before, after = read_findings(old), read_findings(new)
    known_before, known_after = _held(before), _held(after)
    looked_at, pieces = _looked_at(after), _pieces(old, new, (before, after))
    changes = [
        _change(known_before.get(fingerprint), known_after.get(fingerprint), looked_at, pieces)
        for fingerprint in sorted(known_before.keys() | known_after.keys())
    ]
    changes.sort(key=lambda c: (STATES.index(c.state), c.check, c.table, c.column or ""))
    return Comparison(
        old=before["as_of"],
        new=after["as_of"],
        same_notice=_words(before) == _words(after),
        changes=tuple(changes),
    )


def _words(data: dict[str, Any]) -> tuple[Any, list[tuple[str, str]]]:
    """What the notice says, as far as an audit quotes it."""
    return data["notice"], [(clause["id"], clause["quote"]) for clause in data["clauses"]]


def _held(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {f["fingerprint"]: f for f in data["findings"] if f["result"] in _HELD}


def _looked_at(data: dict[str, Any]) -> frozenset[tuple[str, str]]:
    """The checks and tables that were assessed."""
    return frozenset(
        (f["check"], f["table"]) for f in data["findings"] if f["result"] != "not_assessed"
    )


def _change(
    old: dict[str, Any] | None,
    new: dict[str, Any] | None,
    looked_at: frozenset[tuple[str, str]],
    pieces: dict[tuple[Any, ...], tuple[int, int, bool]],
) -> Change:
    one = new or old
    assert one is not None
    key = (one["check"], one["table"], one.get("column"), one.get("category"))
    appeared, disappeared, by_row = pieces.get(key, (0, 0, False))
    before, after = (0 if f is None else int(f["count"]) for f in (old, new))
    if old is None:
        state: State = "new"
    elif new is None:
        state = "resolved" if key[:2] in looked_at else "no_longer_assessed"
    else:
        state = "changed" if appeared or disappeared or before != after else "unchanged"
    return Change(
        fingerprint=one["fingerprint"],
        state=state,
        check=one["check"],
        result=one["result"],
        table=one["table"],
        column=one.get("column"),
        category=one.get("category"),
        before=before,
        after=after,
        appeared=appeared,
        disappeared=disappeared,
        by_row=by_row,
    )


def _pieces(
    old: Path, new: Path, findings: tuple[dict[str, Any], ...]
) -> dict[tuple[Any, ...], tuple[int, int, bool]]:
    """Pieces of evidence that appeared and disappeared, by check, table, column and category."""
    for folder in (old, new):
        if not (folder / EVIDENCE).is_file():
            return {}  # deleted in its time: the counts of the findings still say what changed
    names = {
        (table["source"], table.get("sheet")): table["name"]
        for data in findings
        for table in data["tables"]
    }
    shown = '"check", source, "table", "column", category'
    piece = (
        f"SELECT {shown}, coalesce(record_key, 'row ' || \"row\") AS piece, record_key IS NULL AS by_row, "
        "count(*) AS n FROM read_parquet({path}) WHERE result IN ('nonconformity', 'waived', "
        "'observation') GROUP BY ALL"
    )
    before, after = (piece.format(path=quoted(str(f / EVIDENCE))) for f in (old, new))
    rows = fetched(
        f"WITH o AS ({before}), n AS ({after}), both_of AS ("
        f"SELECT {shown}, piece, by_row, n, 0 AS m FROM o UNION ALL "
        f"SELECT {shown}, piece, by_row, 0, n FROM n), of_piece AS ("
        f"SELECT {shown}, piece, bool_or(by_row) AS by_row, sum(n) AS n, sum(m) AS m FROM both_of "
        "GROUP BY ALL) "
        f"SELECT {shown}, sum(greatest(m - n, 0)), sum(greatest(n - m, 0)), bool_or(by_row) "
        "FROM of_piece GROUP BY ALL"
    )
    return {
        (check, names.get((source, sheet), ""), column, category): (
            int(more),
            int(fewer),
            bool(by_row),
        )
        for check, source, sheet, column, category, more, fewer, by_row in rows
    }
