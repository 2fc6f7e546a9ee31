"""
The state of each clause: what the findings and the statements of the plan say of every promise.

A clause conforms where each of its checks was assessed and found nothing, on files whose
completeness somebody stated; else it conforms on what was supplied. What no data can show is
attested, and so is what no data was supplied for, and a promise of which data shows one half and
people say the other. An attestation stands beside what was tested and never hides it.
Everything else is not assessed, with the reasons. A clause that repeats others has the worst state
among theirs and its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from audit.coverage.declaring import Declaring
from audit.coverage.topical import Judged, Topical
from audit.finding import ClauseState, Denominator, Finding, Result, TableView
from audit.notice.model import Clause, ClauseKind, Notice
from audit.plan import Plan
from audit.plan.statements import Attestation, standing

__all__ = ["clause_states"]

_ASSESSED = (Result.CONFORMITY, Result.NONCONFORMITY, Result.OBSERVATION, Result.WAIVED)
_CONFORMING = ("conforms", "conforms_on_supplied")
_WORST_FIRST = ("does_not_conform", "waived", "not_assessed", "attested", *reversed(_CONFORMING))


def clause_states(
    notice: Notice,
    findings: Sequence[Finding],
    plan: Plan,
    as_of: date,
    whole: frozenset[str] = frozenset(),
    tables: Sequence[TableView] = (),
) -> tuple[ClauseState, ...]:
    """
    The state of every clause of the notice, in its order.

    ``tables`` are those of the register, of which ``whole`` hold all there is.
    """
    periods = frozenset(name for rule in notice.retention for name in rule.clauses)
    declaring, topical = Declaring.of(notice, tables), Topical.of(notice)
    clauses = {clause.id: clause for clause in notice.clauses}
    said = _said(plan, clauses)
    own = {
        clause.id: _state(
            clause,
            topical.judged(clause.id, _about(clause, findings, periods, declaring)),
            _Said.of(said[clause.id], as_of),
            whole,
        )
        for clause in notice.clauses
    }
    return tuple(
        _repeating(own[name], [own[other] for other in _repeated(clause, clauses)])
        for name, clause in clauses.items()
    )


class _Said(NamedTuple):
    """What people say of one clause."""

    standing: Attestation | None
    expired: bool
    """Whether somebody said something that counts no longer."""

    @classmethod
    def of(cls, said: Sequence[Attestation], as_of: date) -> _Said:
        return cls(standing(said, as_of), any(one.until < as_of for one in said))


def _said(plan: Plan, clauses: Mapping[str, Clause]) -> defaultdict[str, list[Attestation]]:
    """The attestations by clause; what is said of a clause is said of the words it repeats."""
    said = defaultdict(list)
    for attestation in plan.attestations:
        named = [clauses[name] for name in attestation.clauses]
        for name in {name for one in named for name in (one.id, *_repeated(one, clauses))}:
            said[name].append(attestation)
    return said


def _repeated(clause: Clause, clauses: Mapping[str, Clause]) -> tuple[str, ...]:
    """The clauses that a clause repeats, itself or through another repeat."""
    found: dict[str, None] = {}
    waiting = list(clause.same_as)
    while waiting:
        name = waiting.pop(0)
        if name not in found and name != clause.id:
            found[name] = None
            waiting += clauses[name].same_as
    return tuple(found)


def _repeating(own: ClauseState, originals: Sequence[ClauseState]) -> ClauseState:
    """The state of a clause that repeats others; its own where it repeats none."""
    # What is not assessed of the repeat itself says nothing: its words were, where they stand first.
    counted = [one for one in (*originals, own) if one.state != "informative"]
    counted = [one for one in counted if one is not own or own.state != "not_assessed"]
    if not originals or not counted:
        return own
    worst = min((one.state for one in counted), key=_WORST_FIRST.index)
    behind = [one for one in counted if one.state == worst]
    conforming = [one for one in counted if one.state in _CONFORMING]
    attested = next((one for one in behind if one.attested_by), own)
    return replace(
        attested,
        clause=own.clause,
        state=worst,
        checks=_merged(one.checks for one in behind),
        examined=_widest(conforming) if worst in _CONFORMING else (),
        tables=_merged(one.tables for one in counted),
        reasons=_merged(one.reasons for one in behind),
    )


def _merged(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({name for part in parts for name in part}))


def _widest(states: Sequence[ClauseState]) -> tuple[Denominator, ...]:
    """Of each unit the most that one of the clauses was held against: they share their tables."""
    found: dict[str, Denominator] = {}
    for one in (one for state in states for one in state.examined):
        found[one.unit] = max(found.get(one.unit, one), one, key=lambda d: d.examined)
    return tuple(found[unit] for unit in sorted(found))


def _about(
    clause: Clause, findings: Iterable[Finding], periods: frozenset[str], declaring: Declaring
) -> list[Finding]:
    """The findings of the clause's checks that speak of it."""
    found = []
    for finding in findings:
        if finding.check not in clause.checks:
            continue
        # A finding of one period speaks of the holds and purposes, but of no other period.
        of_period = finding.rule is not None and clause.id not in periods
        if declaring.speak_of(clause.id, finding):
            found.append(declaring.judged(clause.id, finding))
        elif clause.id in finding.clauses or not finding.clauses or of_period:
            found.append(finding)
    return found


def _state(clause: Clause, judged: Judged, said: _Said, whole: frozenset[str]) -> ClauseState:
    if ClauseKind.INFORMATIVE in clause.kinds:
        return ClauseState(clause=clause.id, state="informative")
    attested, about = said.standing, judged.findings
    done = [f for f in about if f.result in _ASSESSED]
    assessed = {f.check for f in done} | judged.unasked
    missing = tuple(code for code in clause.checks if code not in assessed)
    state, checks = _verdict(clause, about, missing, attested, whole)
    return ClauseState(
        clause=clause.id,
        state=state,
        checks=checks,
        examined=_denominators(done) if state in (*_CONFORMING, "attested") else (),
        tables=tuple(sorted({f.table for f in done if f.table})),
        reasons=_reasons(clause, about, missing, said)
        if state in ("not_assessed", "attested")
        else (),
        attested_by=attested.by if attested else None,
        attested_on=attested.on if attested else None,
        attested_until=attested.until if attested else None,
        strength=attested.strength if attested else None,
        holds=attested.holds if attested else None,
    )


def _verdict(
    clause: Clause,
    about: Sequence[Finding],
    missing: tuple[str, ...],
    attested: Attestation | None,
    whole: frozenset[str],
) -> tuple[str, tuple[str, ...]]:
    """The clause's state, and the checks behind it."""
    done = [f for f in about if f.result in _ASSESSED]
    deviating = _codes(done, Result.NONCONFORMITY)
    if deviating or (attested is not None and not attested.holds):
        return "does_not_conform", deviating
    if waived := _codes(done, Result.WAIVED):
        return "waived", waived
    to_attest = ClauseKind.ATTESTED in clause.kinds
    if attested is not None and (to_attest or not clause.checks or missing):
        return "attested", tuple(sorted({f.check for f in done}))
    if not clause.checks or missing or to_attest:
        return "not_assessed", missing
    # A table on which one of the checks could not be assessed leaves the promise open there.
    # One that came without such records leaves it open too, unless somebody states that this is all.
    unassessed = [f for f in about if f.result not in _ASSESSED and f.reason != "no_such_column"]
    left = {f.table for f in unassessed if f.reason not in ("no_records", "nothing_of_the_kind")}
    tables = {f.table for f in (*done, *unassessed) if f.unit != "notice"}
    # What was observed of it may yet turn out to deviate: that is no full conformity.
    doubtful = any(f.result is Result.OBSERVATION for f in done)
    conforms = "conforms" if tables <= whole - left and not doubtful else "conforms_on_supplied"
    return conforms, tuple(sorted({f.check for f in done}))


def _codes(findings: Sequence[Finding], result: Result) -> tuple[str, ...]:
    return tuple(sorted({f.check for f in findings if f.result is result}))


def _denominators(done: Sequence[Finding]) -> tuple[Denominator, ...]:
    """
    How many conform of how many that were examined, by unit.

    Several checks look at the same records: a table counts once, by the check that saw the least.
    Of the notice, it is this clause that was examined.
    """
    runs: dict[tuple[str, str, str, str | None], list[Finding]] = defaultdict(list)
    for finding in done:
        runs[finding.unit, finding.table, finding.check, finding.rule].append(finding)
    least: dict[tuple[str, str], Denominator] = {}
    for (unit, table, _, _), found in runs.items():
        conforming = [f.examined for f in found if f.result is Result.CONFORMITY]
        examined = max(conforming or (f.examined for f in found))
        examined = 1 if unit == "notice" else examined
        doubtful = sum(f.count for f in found if f.result is Result.OBSERVATION)
        one = Denominator(unit=unit, conforming=max(0, examined - doubtful), examined=examined)
        known = least.get((unit, table), one)
        least[unit, table] = min(known, one, key=lambda d: (d.conforming, d.examined))
    return tuple(
        Denominator(
            unit=unit,
            conforming=sum(one.conforming for one in least.values() if one.unit == unit),
            examined=sum(one.examined for one in least.values() if one.unit == unit),
        )
        for unit in sorted({one.unit for one in least.values()})
    )


def _reasons(
    clause: Clause, about: Sequence[Finding], missing: tuple[str, ...], said: _Said
) -> tuple[str, ...]:
    """Why a clause was not assessed from data: keys of the message catalogues."""
    found = {f.reason for f in about if f.check in missing and f.reason}
    if len(found) > 1:  # what else is said of the same table says more
        found.discard("nothing_of_the_kind")
    if missing and not found:
        found.add("check_left_out")
    if said.standing is None and (said.expired or ClauseKind.ATTESTED in clause.kinds):
        found.add("attestation_expired" if said.expired else "not_attested")
    if not clause.checks and ClauseKind.ATTESTED not in clause.kinds and said.standing is None:
        found.add("no_check")
    return tuple(sorted(found))
