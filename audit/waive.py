"""
Waivers held against the findings: what is excused, what has expired, what matches nothing.

An expired waiver brings its finding back unless a later one holds, and one that matches nothing is
said: nothing is waved through for ever, or by mistake. Where the audit did not look, whether a
waiver matches anything is not known.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from audit.engine.duckdb import Engine, quoted
from audit.engine.scan import Scanned
from audit.errors import PlanInvalid
from audit.finding import Finding, Result, WaiverState
from audit.plan.statements import SECOND_APPROVER, Waiver

__all__ = ["Looked", "mark_evidence", "waive"]


class Looked(NamedTuple):
    """What an audit looked at."""

    checks: frozenset[str]
    """The codes of the checks that were run."""
    skipped: bool
    """Whether others were left out."""
    unread: frozenset[str]
    """Tables of the plan that were held against nothing."""


def waive(
    findings: Sequence[Finding],
    waivers: Sequence[Waiver],
    as_of: date,
    shown_plan: str,
    looked: Looked,
) -> tuple[list[Finding], tuple[WaiverState, ...]]:
    """
    The findings with those waived that a valid waiver names, and the state of each waiver.

    Raises ``PlanInvalid`` for two waivers of one finding that are in force at once, or one that
    lacks its second approver.
    """
    in_force: dict[str, int] = {}
    named_by: list[list[Finding]] = []
    for place, waiver in enumerate(waivers):
        at = f"waivers[{place}]"
        named = [f for f in findings if _names(waiver, f)]
        named_by.append(named)
        if waiver.second_approver is None and (lonely := _needs_second(waiver, named)):
            problem = f"nobody alone can waive {lonely}"
            raise PlanInvalid(shown_plan, at, problem, "name a `second_approver`")
        for finding in named if waiver.expires >= as_of and not _outgrown(waiver, named) else ():
            if (first := in_force.setdefault(finding.fingerprint, place)) != place:
                problem = f"finding {finding.fingerprint} is waived by waivers[{first}] already"
                raise PlanInvalid(shown_plan, at, problem, "keep one of them")
    done = [
        replace(f, result=Result.WAIVED, reason="waived") if f.fingerprint in in_force else f
        for f in findings
    ]
    return done, tuple(
        _state(waiver, named, as_of, in_force, is_known=_is_known(waiver, findings, looked))
        for waiver, named in zip(waivers, named_by, strict=True)
    )


def mark_evidence(engine: Engine, findings: Sequence[Finding], scanned: Sequence[Scanned]) -> None:
    """Say ``waived`` in the evidence of waived findings."""
    tables = {one.table.name: one.table for one in scanned}
    for finding in findings:
        if finding.result is not Result.WAIVED:
            continue
        table = tables.get(finding.table)  # None where the register has no such table
        same: dict[str, str | None] = {'"check"': finding.check}
        if finding.unit != "notice":  # its evidence is of the notice's file, and of no column
            same |= {
                "source": None if table is None else table.source,
                '"table"': None if table is None else table.sheet,
                '"column"': finding.column,
                "category": finding.category,
                "rule": finding.rule,
            }
        where = " AND ".join(
            f"{name} IS NOT DISTINCT FROM {'NULL' if value is None else quoted(value)}"
            for name, value in same.items()
        )
        engine.run(
            f"UPDATE evidence SET result = 'waived' WHERE result = 'nonconformity' AND {where}"
        )


def _names(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver names a nonconformity."""
    if finding.result is not Result.NONCONFORMITY:
        return False
    if waiver.finding is not None:
        return waiver.finding == finding.fingerprint
    return waiver.check == finding.check and all(
        said in (None, found) for said, found in _side_by_side(waiver, finding)
    )


def _points_at(waiver: Waiver, finding: Finding) -> bool:
    """Whether a selector may mean a finding; one that says no table or column is of all of them."""
    return waiver.check == finding.check and all(
        said in (None, found) or not found for said, found in _side_by_side(waiver, finding)
    )


def _side_by_side(waiver: Waiver, finding: Finding) -> tuple[tuple[str | None, str | None], ...]:
    """Each part of a place: as the waiver's selector says it, and as the finding has it."""
    return (
        (waiver.table, finding.table),
        (waiver.column, finding.column),
        (waiver.category, finding.category),
    )


def _outgrown(waiver: Waiver, named: Sequence[Finding]) -> bool:
    """Whether there are more places than were accepted."""
    return waiver.places is not None and sum(f.count for f in named) > waiver.places


def _needs_second(waiver: Waiver, named: Sequence[Finding]) -> str | None:
    checks = {waiver.check, *(finding.check for finding in named)}
    return min((code for code in checks if code in SECOND_APPROVER), default=None)


def _is_known(waiver: Waiver, findings: Sequence[Finding], looked: Looked) -> bool:
    """Whether the audit looked where the waiver points: else nobody knows what it would match."""
    if waiver.check is None:  # a fingerprint does not tell of which check and table it was
        unassessed = (f for f in findings if f.result is Result.NOT_ASSESSED)
        known = all(f.fingerprint != waiver.finding for f in unassessed)
        return known and not looked.skipped and not looked.unread
    if waiver.check not in looked.checks:
        return False
    if waiver.table in looked.unread or (waiver.table is None and looked.unread):
        return False
    there = [f for f in findings if _points_at(waiver, f)]
    return not there or any(f.result is not Result.NOT_ASSESSED for f in there)


def _state(
    waiver: Waiver,
    named: Sequence[Finding],
    as_of: date,
    in_force: Container[str],
    *,
    is_known: bool,
) -> WaiverState:
    if not named:
        state = "unmatched" if is_known else "not_looked_at"
    elif waiver.expires >= as_of:
        state = "outgrown" if _outgrown(waiver, named) else "applied"
    else:
        replaced = all(finding.fingerprint in in_force for finding in named)
        state = "replaced" if replaced else "expired"
    return WaiverState(
        names=waiver.shown,
        state=state,
        reason=waiver.reason,
        approvers=tuple(filter(None, (waiver.approver, waiver.second_approver))),
        on=waiver.on,
        expires=waiver.expires,
        findings=tuple(sorted(finding.fingerprint for finding in named)),
    )
