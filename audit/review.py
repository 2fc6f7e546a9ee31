"""
The notice held against the law: what the checks of the notice find, as findings and evidence.

They need no register, so they run without an engine: for an audit and for a notice alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from audit.catalogue import Check
from audit.finding import Finding, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.remark import Remark
from audit.notice.review.wording import proposed
from audit.plan import Plan

__all__ = ["Review", "Reviewed", "review"]


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """A remark with the check that made it, its result and what could be written instead."""

    check: str
    result: Result
    grade: Grade | None
    remark: Remark
    wording: str
    """In the notice's language; empty where there is nothing to write."""

    def as_data(self) -> dict[str, Any]:
        """As ``findings.json`` and ``register-audit notice --review`` have it."""
        said = self.remark
        data: dict[str, Any] = {
            "check": self.check,
            "result": str(self.result),
            "grade": str(self.grade) if self.grade else None,
            "clauses": list(said.clauses),
            "quote": said.quote,
            "span": list(said.span) if said.span else None,
            "detail": said.detail,
            "reason": said.reason,
            "wording": self.wording,
        }
        return {key: value for key, value in data.items() if value not in (None, "", [])}


@dataclass(frozen=True, kw_only=True)
class Review:
    """All that was found in a notice."""

    remarks: tuple[Reviewed, ...]
    findings: tuple[Finding, ...]

    def evidence(self, source: str) -> list[tuple[object, ...]]:
        """One row a clause of each remark; the clause's id stands where a record's key would."""
        return [
            (one.check, str(one.result), source, *[None] * 4, clause, None, _said(one), None)
            for one in self.remarks
            for clause in one.remark.clauses or (None,)
        ]


def _said(one: Reviewed) -> str:
    """Which sort of the thing it is, in words that the message catalogues know."""
    sort = one.remark.detail or one.remark.reason
    return f"notice: {sort.replace('_', ' ')}" if sort else ""


def review(checks: Iterable[Check], notice: Notice, plan: Plan, as_of: date) -> Review:
    """Run the checks whose unit is the notice; the others are left alone."""
    remarks: list[Reviewed] = []
    findings: list[Finding] = []
    materials = {"notice": notice, "plan": plan, "as_of": as_of}
    for check in checks:
        if check.unit != "notice":
            continue
        said = check.function(**{name: materials[name] for name in check.asks})
        made = [_reviewed(check, remark, notice) for remark in said]
        remarks += made
        findings += _findings(check, made, notice)
    return Review(remarks=tuple(remarks), findings=tuple(findings))


def _reviewed(check: Check, said: Remark, notice: Notice) -> Reviewed:
    level = said.level or (
        str(check.criterion.grade) if check.result is Result.NONCONFORMITY else "observation"
    )
    grade = Grade(level) if level in tuple(Grade) else None
    result = Result.NONCONFORMITY if grade else Result(level)
    return Reviewed(
        check=check.code,
        result=result,
        grade=grade,
        remark=said,
        wording="" if result is Result.NOT_ASSESSED else proposed(check.code, said, notice),
    )


def _findings(check: Check, made: Sequence[Reviewed], notice: Notice) -> list[Finding]:
    """One finding for each result, and that the clauses which it does not name conform."""
    findings = []
    examined = len(notice.clauses)
    for result in dict.fromkeys(one.result for one in made):
        same = [one for one in made if one.result is result]
        findings.append(
            Finding(
                check=check.code,
                result=result,
                grade=min((one.grade for one in same if one.grade), default=None),  # major first
                table="",
                clauses=_in_order(notice, (c for one in same for c in one.remark.clauses)),
                count=sum(len(one.remark.clauses) or 1 for one in same),
                examined=examined,
                unit="notice",
                reason=next((one.remark.reason for one in same if one.remark.reason), None),
            )
        )
    if any(one.result is Result.NOT_ASSESSED for one in made):
        return findings
    named = {clause for finding in findings for clause in finding.clauses}
    rest = tuple(c.id for c in notice.clauses if check.code in c.checks and c.id not in named)
    if not made or (rest and named):
        findings.append(
            Finding(
                check=check.code,
                result=Result.CONFORMITY,
                table="",
                clauses=rest,
                examined=len(rest) if made else examined,
                unit="notice",
            )
        )
    return findings


def _in_order(notice: Notice, clauses: Iterable[str]) -> tuple[str, ...]:
    named = set(clauses)
    return tuple(clause.id for clause in notice.clauses if clause.id in named)
