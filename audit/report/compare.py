"""
What changed between audits: findings that are new, unchanged or resolved, and how many records.

Findings are told apart by fingerprints, which hold no value and survive a re-ordered export. Their
pieces are matched by record key; those without one are only counted, and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

from audit.errors import AuditError, NotComparable
from audit.plan.statements import same_person
from audit.report.manifest import read_manifest
from audit.report.noticed import ClauseChange, NoticeChange, changed_states, notice_change
from audit.report.pieces import Pieces, key_of, pieces_of
from audit.report.signoff import of_other_findings
from audit.report.withheld import (
    Look,
    Withheld,
    gone_columns,
    look_of,
    recast_columns,
    shorter,
    withheld,
)
from audit.report.write import EVIDENCE, read_findings

__all__ = ["STATES", "Change", "Comparison", "State", "TrendPoint", "compare", "trend"]

State = Literal["new", "unchanged", "changed", "resolved", "no_longer_assessed"]
Accepted = Literal["waived", "waived_since", "expired_since", "removed_since"]
Data = dict[str, Any]

_HELD = ("nonconformity", "waived", "observation")
STATES: tuple[State, ...] = ("new", "changed", "resolved", "no_longer_assessed", "unchanged")


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
    rule: str | None
    before: int
    after: int
    """Pieces of evidence."""
    appeared: int
    disappeared: int
    """Pieces of evidence in one audit only."""
    by_count: bool
    """Whether pieces without a record key were counted only."""
    grade_before: str | None
    grade_after: str | None
    first_look: bool
    """Of what is new: whether the earlier audit did not look."""
    accepted: Accepted | None
    """Whether a waiver excuses it, as before or since; or excuses it no longer: it expired, or was
    taken out of the plan."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two audits side by side."""

    old: str
    new: str
    """The days the audits are as of."""
    registers: tuple[str, str]
    """Their names in the plans."""
    complete: bool
    """Whether the later audit read all of its sources."""
    notice: NoticeChange
    clauses: tuple[ClauseChange, ...]
    tables_added: tuple[str, ...]
    tables_removed: tuple[str, ...]
    columns_added: tuple[tuple[str, str], ...]
    columns_removed: tuple[tuple[str, str], ...]
    """Table and header, of tables that are in both."""
    columns_recast: tuple[tuple[str, str], ...]
    """Those that the later audit takes for something else."""
    shorter: tuple[tuple[str, int, int], ...]
    """Tables with fewer records, before and after, that nobody states to be whole."""
    unread: tuple[str, ...]
    """Tables with lines that could not be read."""
    attested_before: tuple[str, ...]
    """Clauses that are attested by what was said before their words changed."""
    counted_only: bool
    """Whether the evidence of an audit is gone, so that no piece could be matched."""
    changes: tuple[Change, ...]

    def count(self, state: State) -> int:
        """Findings in this state."""
        return sum(change.state == state for change in self.changes)


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """One audit of several, in figures."""

    as_of: str
    major: int
    minor: int
    waived: int
    observations: int
    clauses: int
    clauses_assessed: int
    clauses_deviating: int
    evidence: int


def trend(folders: Sequence[Path]) -> tuple[TrendPoint, ...]:
    """The audits in figures, in the order given."""
    points = []
    for data in map(read_findings, folders):
        names = [name for name in TrendPoint.__dataclass_fields__ if name != "as_of"]
        figures = {name: int(data["summary"].get(name, 0)) for name in names}
        points.append(TrendPoint(as_of=data["as_of"], **figures))
    return tuple(points)


def compare(old: Path, new: Path, *, anyway: bool = False) -> Comparison:
    """
    Compare two folders that audits wrote, the earlier first.

    Raises ``NotComparable`` where they are the wrong way round, or of two controllers or registers:
    the latter only unless ``anyway``, for a controller that changed its name.
    """
    before, after = read_findings(old), read_findings(new)
    if before["as_of"] > after["as_of"]:
        reason = f"{old} is as of {before['as_of']}, {new} as of {after['as_of']}"
        raise NotComparable(reason, "name the earlier audit first")
    for folder in (old, new):
        if of_other_findings(folder):
            reason = f"the findings of {folder} are not those that were signed"
            raise NotComparable(reason, "verify it, and audit again")
    if not anyway and (two := _two_registers(before, after)):
        raise NotComparable(two, "name two audits of one register, or say --anyway")
    counted_only = not all((folder / EVIDENCE).is_file() for folder in (old, new))
    pieces = {} if counted_only else _pieces(old, new, before, after)
    hidden = withheld(before, after)
    notice = notice_change(before, after, (_notice_hash(old), _notice_hash(new)))
    tables = [{table["name"] for table in data["tables"]} for data in (before, after)]
    return Comparison(
        old=before["as_of"],
        new=after["as_of"],
        registers=(before["register"], after["register"]),
        complete=after["complete"],
        notice=notice,
        clauses=changed_states(before, after),
        tables_added=tuple(sorted(tables[1] - tables[0])),
        tables_removed=tuple(sorted(tables[0] - tables[1])),
        columns_added=tuple(sorted(gone_columns(after, before))),
        columns_removed=tuple(sorted(gone_columns(before, after))),
        columns_recast=tuple(recast_columns(before, after)),
        shorter=tuple((name, *rows) for name, rows in shorter(before, after).items()),
        unread=tuple(sorted(hidden.unread)),
        attested_before=_attested_before(before, after, notice),
        counted_only=counted_only,
        changes=_changes(before, after, hidden, pieces),
    )


def _pieces(old: Path, new: Path, before: Data, after: Data) -> dict[tuple[Any, ...], Pieces]:
    try:
        return pieces_of((old / EVIDENCE, before), (new / EVIDENCE, after))
    except duckdb.Error:
        reason = f"the evidence of {old} or of {new} is damaged"
        raise NotComparable(reason, "verify both, and audit again what is not as written") from None


def _two_registers(old: Data, new: Data) -> str | None:
    """How the audits are of two registers; None where they are of one."""
    first, second = old["notice"], new["notice"]
    ids = [notice.get("business_id") for notice in (first, second)]
    named = [str(notice.get("controller") or "") for notice in (first, second)]
    same = ids[0] == ids[1] if all(ids) else same_person(*named)
    if not same:
        return f"they are of two controllers, “{named[0]}” and “{named[1]}”"
    registers = [str(notice.get("register_name") or "") for notice in (first, second)]
    if not same_person(*registers):
        return f"they are of two registers, “{registers[0]}” and “{registers[1]}”"
    return None


def _notice_hash(folder: Path) -> str | None:
    try:
        return str(read_manifest(folder)["notice"]["sha256"])
    except (AuditError, KeyError, TypeError):
        return None


def _attested_before(old: Data, new: Data, notice: NoticeChange) -> tuple[str, ...]:
    """The clauses worded otherwise whose attestation is the one that the old words had."""
    said = [
        {c["id"]: (c.get("attested_by"), c.get("attested_on")) for c in data["clauses"]}
        for data in (old, new)
    ]
    reworded = (*notice.words, *notice.promises)
    return tuple(c for c in reworded if said[1].get(c, ("",))[0] and said[0].get(c) == said[1][c])


def _changes(
    old: Data, new: Data, hidden: Withheld, pieces: dict[tuple[Any, ...], Pieces]
) -> tuple[Change, ...]:
    before, after = _held(old), _held(new)
    looked = _looked_at(old), _looked_at(new)
    expired = {
        fingerprint
        for waiver in new["waivers"]
        if waiver["state"] == "expired"
        for fingerprint in waiver["findings"]
    }
    changes = [
        _change(before.get(name), after.get(name), looked, hidden, pieces, expired)
        for name in before.keys() | after.keys()
    ]
    return tuple(
        sorted(
            changes,
            key=lambda c: (STATES.index(c.state), c.check, c.table, c.column or "", c.fingerprint),
        )
    )


def _held(data: Data) -> dict[str, Data]:
    return {f["fingerprint"]: f for f in data["findings"] if f["result"] in _HELD}


def _looked_at(data: Data) -> frozenset[Look]:
    """The checks, tables and retention rules that were assessed."""
    # Where a check looked and there was none of what it speaks of, it was assessed that there is none.
    return frozenset(
        look_of(f)
        for f in data["findings"]
        if f["result"] != "not_assessed" or f.get("reason") == "nothing_of_the_kind"
    )


def _change(
    old: Data | None,
    new: Data | None,
    looked: tuple[frozenset[Look], frozenset[Look]],
    hidden: Withheld,
    pieces: dict[tuple[Any, ...], Pieces],
    expired: set[str],
) -> Change:
    one = new or old
    assert one is not None
    before, after = (0 if f is None else int(f["count"]) for f in (old, new))
    found = pieces.get(key_of(one), Pieces(max(0, after - before), max(0, before - after), False))
    grades = [None if f is None else f.get("grade") for f in (old, new)]
    if old is None:
        state: State = "new"
    elif new is None:
        seen = look_of(one) in looked[1] and not hidden.hides(one)
        state = "resolved" if seen else "no_longer_assessed"
    else:
        differs = found.appeared or found.disappeared or before != after or grades[0] != grades[1]
        state = "changed" if differs else "unchanged"
    return Change(
        fingerprint=one["fingerprint"],
        state=state,
        check=one["check"],
        result=one["result"],
        table=one["table"],
        column=one.get("column"),
        category=one.get("category"),
        rule=one.get("rule"),
        before=before,
        after=after,
        appeared=found.appeared,
        disappeared=found.disappeared,
        by_count=found.by_count,
        grade_before=grades[0],
        grade_after=grades[1],
        first_look=state == "new" and look_of(one) not in looked[0],
        accepted=_accepted(old, new, expired),
    )


def _accepted(old: Data | None, new: Data | None, expired: set[str]) -> Accepted | None:
    was, is_now = (f is not None and f["result"] == "waived" for f in (old, new))
    if is_now:
        return "waived" if was else "waived_since"
    if not was or new is None:
        return None
    return "expired_since" if new["fingerprint"] in expired else "removed_since"
