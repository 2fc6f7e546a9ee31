"""
The state of each clause: what the findings and the statements of the plan say of every promise.

A clause conforms where each of its checks was assessed and found nothing, on files whose
completeness somebody stated; else it conforms on what was supplied. What no data can show is
attested. Everything else is not assessed, with the reasons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from audit.errors import PlanInvalid
from audit.finding import ClauseState, Finding, Result
from audit.notice.model import Clause, ClauseKind, Notice
from audit.plan import Plan
from audit.statements import Attestation

__all__ = ["clause_states", "reject_wrong_statements"]

_ASSESSED = (Result.CONFORMITY, Result.NONCONFORMITY, Result.OBSERVATION, Result.WAIVED)


def reject_wrong_statements(plan: Plan, notice: Notice, as_of: date, shown_plan: str) -> None:
    """Raise ``PlanInvalid`` for a statement about nothing, or from the future."""
    clauses = {clause.id for clause in notice.clauses}
    for place, said in enumerate(plan.attestations):
        at = f"attestations[{place}]"
        if unknown := sorted(set(said.clauses) - clauses):
            problem = f"the notice has no clause {', '.join(unknown)}"
            raise PlanInvalid(shown_plan, at, problem, "correct `clauses`")
        if said.on > as_of:
            raise PlanInvalid(shown_plan, at, "it is of a day after the audit", "correct `on`")
    tables = {source.name for source in plan.sources}
    for place, whole in enumerate(plan.completeness):
        at = f"completeness[{place}]"
        if whole.table not in tables:
            problem = f"the plan has no table {whole.table}"
            raise PlanInvalid(shown_plan, at, problem, "correct `table`")
        if whole.on > as_of:
            raise PlanInvalid(shown_plan, at, "it is of a day after the audit", "correct `on`")


def clause_states(
    notice: Notice, findings: Sequence[Finding], plan: Plan, as_of: date
) -> tuple[ClauseState, ...]:
    """The state of every clause of the notice, in its order."""
    whole = frozenset(said.table for said in plan.completeness)
    ties = _Ties(
        periods=frozenset(name for rule in notice.retention for name in rule.clauses),
        declaring=frozenset(
            name
            for item in notice.data_categories
            if item.scope == "register"
            for name in item.clauses
        ),
    )
    return tuple(
        _state(clause, _about(clause, findings, ties), _attested(plan, clause.id, as_of), whole)
        for clause in notice.clauses
    )


class _Ties(NamedTuple):
    """Which clauses state a period, and which declare what is held."""

    periods: frozenset[str]
    declaring: frozenset[str]


def _about(clause: Clause, findings: Sequence[Finding], ties: _Ties) -> list[Finding]:
    """The findings of the clause's checks that speak of it."""
    found = []
    for finding in findings:
        if finding.check not in clause.checks:
            continue
        # A finding of one period speaks of the holds and purposes, but of no other period.
        of_period = finding.rule is not None and clause.id not in ties.periods
        if clause.id in finding.clauses or not finding.clauses or of_period:
            found.append(finding)
        elif (
            finding.unit == "columns"
            and clause.id in ties.declaring
            and finding.result in _ASSESSED
        ):
            # What stands in other columns says nothing against the data that the clause declares.
            found.append(replace(finding, result=Result.CONFORMITY, count=0, grade=None))
    return found


def _attested(plan: Plan, clause: str, as_of: date) -> Attestation | None:
    """The latest attestation of a clause that still counts; one that denies goes first."""
    valid = [a for a in plan.attestations if clause in a.clauses and a.until >= as_of]
    return max(valid, key=lambda a: (not a.holds, a.strength == "observed", a.on), default=None)


def _state(
    clause: Clause,
    about: Sequence[Finding],
    attested: Attestation | None,
    whole: frozenset[str],
) -> ClauseState:
    if ClauseKind.INFORMATIVE in clause.kinds:
        return ClauseState(clause=clause.id, state="informative")
    done = [f for f in about if f.result in _ASSESSED]
    assessed = {f.check for f in done}
    missing = tuple(code for code in clause.checks if code not in assessed)
    state, checks = _verdict(clause, done, missing, attested, whole)
    supporting = [f for f in done if f.result is Result.CONFORMITY]
    return ClauseState(
        clause=clause.id,
        state=state,
        checks=checks,
        examined=sum(f.examined for f in supporting),
        tables=tuple(sorted({f.table for f in done if f.table})),
        reasons=_reasons(clause, about, missing) if state == "not_assessed" else (),
        attested_by=attested.by if attested else None,
        attested_on=attested.on if attested else None,
        attested_until=attested.until if attested else None,
        strength=attested.strength if attested else None,
    )


def _verdict(
    clause: Clause,
    done: Sequence[Finding],
    missing: tuple[str, ...],
    attested: Attestation | None,
    whole: frozenset[str],
) -> tuple[str, tuple[str, ...]]:
    """The clause's state, and the checks behind it."""
    deviating = _codes(done, Result.NONCONFORMITY)
    if deviating or (attested is not None and not attested.holds):
        return "does_not_conform", deviating
    if waived := _codes(done, Result.WAIVED):
        return "waived", waived
    to_attest = ClauseKind.ATTESTED in clause.kinds
    if attested is not None and (not clause.checks or missing):
        return "attested", tuple(sorted({f.check for f in done}))
    if not clause.checks or missing or (to_attest and attested is None):
        return "not_assessed", missing
    tables = {f.table for f in done if f.table and f.unit != "notice"}
    conforms = "conforms" if tables <= whole else "conforms_on_supplied"
    return conforms, tuple(sorted({f.check for f in done}))


def _codes(findings: Sequence[Finding], result: Result) -> tuple[str, ...]:
    return tuple(sorted({f.check for f in findings if f.result is result}))


def _reasons(clause: Clause, about: Sequence[Finding], missing: tuple[str, ...]) -> tuple[str, ...]:
    """Why a clause was not assessed: keys of the message catalogues."""
    found = {f.reason for f in about if f.check in missing and f.reason}
    if ClauseKind.ATTESTED in clause.kinds:
        found.add("not_attested")
    if missing and not found:
        found.add("check_left_out")
    if not clause.checks and ClauseKind.ATTESTED not in clause.kinds:
        found.add("no_check")
    return tuple(sorted(found))
