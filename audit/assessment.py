"""Every check is put to its tables, and what it returns becomes findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from audit.catalogue import Check
from audit.engine.duckdb import Engine
from audit.engine.evidence import Asked, Found, Group, add_evidence, add_quarantined
from audit.engine.scan import Scanned
from audit.finding import Finding, Grade, Result, Topic
from audit.materials import Bound, call, declared_categories, given_roles
from audit.notice.model import Notice
from audit.plan import Plan
from audit.retention.starts import records_schema

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["Ground", "assess"]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What every check of an audit stands on."""

    engine: Engine
    notice: Notice
    plan: Plan
    as_of: date
    kinds: frozenset[str]
    """The kinds of tables that the register has."""
    compiled: dict[tuple[object, ...], str] = field(default_factory=dict)
    """SQL by check, rule, day and the columns of the records."""


def assess(ground: Ground, bound: Sequence[Bound], scanned: Sequence[Scanned]) -> list[Finding]:
    """The findings of every bound check, table by table."""
    for one in scanned:
        add_quarantined(ground.engine, one)
    ordered = sorted(bound, key=lambda each: each.place)
    asked = [n for n, each in enumerate(ordered) if _unassessed(each) is None]
    answered = add_evidence(ground.engine, (_asked(ground, ordered[n]) for n in asked))
    found = dict(zip(asked, answered, strict=True))
    return [
        finding
        for n, each in enumerate(ordered)
        for finding in _findings(ground.notice, each, found.get(n))
    ]


def _unassessed(bound: Bound) -> str | None:
    """Why a bound check is not put to its table."""
    if bound.reason is not None or bound.scanned is None:
        return bound.reason
    return None if bound.scanned.rows else "no_records"


def _asked(ground: Ground, bound: Bound) -> Asked:
    """What a bound check asks of its table."""
    assert bound.scanned is not None
    rule = bound.period.id if bound.period else None
    # What falls due after the export was taken is not yet kept too long.
    as_of = min(ground.as_of, bound.scanned.table.extracted_on or ground.as_of)
    given = given_roles(bound) if "given" in bound.check.asks else None
    # A check of cells or columns sees nothing of the records, and is the same for every table.
    columns = tuple(records_schema(bound.scanned)) if bound.check.subject else ()
    key = (bound.check.code, rule, as_of, bound.scope, columns, given)
    if key not in ground.compiled:  # the same for every table with the same roles
        found, examined = call(
            bound, ground.notice, ground.plan, as_of, ground.kinds, audited_on=ground.as_of
        )
        ground.compiled[key] = ground.engine.compile(_evidence(bound, found, examined))
    return Asked(
        code=bound.check.code,
        sql=ground.compiled[key],
        scanned=bound.scanned,
        place=bound.place,
        rule=rule,
        column=bound.column,
    )


def _findings(notice: Notice, bound: Bound, found: Found | None) -> list[Finding]:
    """The findings of one bound check: what it found, or that all conforms, or why neither."""
    if found is None or bound.scanned is None:
        examined = _examined(bound.check, bound.scanned) if bound.scanned else 0
        reason = _unassessed(bound)
        return [_finding(bound, notice, Result.NOT_ASSESSED, examined, reason=reason)]
    examined, groups = _examined(bound.check, bound.scanned), found.groups
    by_group = bound.scope is not None and bound.scope.by_group
    if bound.check.examines is not None or by_group:  # those that the promise is about
        examined = sum(number for _, number in found.examined)
    findings = [_finding(bound, notice, Result(g.result), examined, group=g) for g in groups]
    deviates = any(f.result is Result.NONCONFORMITY for f in findings)
    accuses = bound.check.result is Result.NONCONFORMITY
    if not deviates and (accuses or (not findings and bound.check.result is Result.OBSERVATION)):
        # What could not be assessed is no conformity.
        untold = sum(group.pieces for group in groups if group.result == Result.NOT_ASSESSED)
        told = examined - untold if bound.check.unit == "records" else examined
        if told > 0:
            findings.append(_finding(bound, notice, Result.CONFORMITY, told))
        elif not examined and not findings:
            reason = "nothing_of_the_kind"
            findings.append(_finding(bound, notice, Result.NOT_ASSESSED, 0, reason=reason))
    if bound.check.about is None:
        return findings
    of_group = [*groups, *[None] * (len(findings) - len(groups))]
    return [
        replace(finding, about=bound.check.about, topics=_topics(found, group))
        for finding, group in zip(findings, of_group, strict=True)
    ]


def _topics(found: Found, group: Group | None) -> tuple[Topic, ...]:
    """The pieces of a group, and what was examined and could be assessed, by topic."""
    pieces = Counter(dict(group.topics if group else ()))
    told = Counter(dict(found.examined))
    for other in found.groups:
        if other.result == Result.NOT_ASSESSED:
            told.subtract(dict(other.topics))
    return tuple(
        Topic(key=key, count=pieces[key], examined=max(0, told[key]))
        for key in sorted({*pieces, *told}, key=lambda key: key or "")
    )


def _evidence(bound: Bound, found: ir.Table, examined: ir.Table | None) -> ir.Table:
    """
    What a check returned, in the shape of evidence.

    What it examined follows as rows that count: each of one topic, without a place or a result.
    """
    import ibis

    columns = set(found.columns)
    null = ibis.null("string")
    detail = found.detail if "detail" in columns else null
    if "allowed_until" in columns and bound.period is not None:
        until = found.allowed_until.strftime("%Y-%m-%d")
        more = ibis.cases((detail.fill_null("") != "", ibis.literal("; ").concat(detail)))
        detail = ibis.literal("allowed until ").concat(until, more.fill_null(""))
    if bound.period is not None:
        detail = ibis.literal(f"{bound.period.id}: ").concat(detail.fill_null(""))
    pieces = found.select(
        row=found.row.cast("int64") if "row" in columns else ibis.null("int64"),
        column=found.column if "column" in columns else null,
        category=_as_said(found.category) if "category" in columns else null,
        result=found.result if "result" in columns else ibis.literal(str(bound.check.result)),
        detail=detail,
        grade=found.grade if "grade" in columns else null,
        topic=found.topic if bound.check.about is not None else null,
        examined=ibis.null("int64"),
    )
    if examined is None:
        return pieces
    counted = examined.group_by("topic").agg(examined=examined.count())
    blank = {name: ibis.null(pieces[name].type()) for name in pieces.columns[:-2]}
    return pieces.union(counted.select(**blank, topic="topic", examined="examined"))


def _as_said(category: ir.StringValue) -> ir.StringValue:
    """A category by the key that notices and evidence have in common."""
    import ibis

    from audit.categories import categories

    others = [(key, one.said_as) for key, one in categories().items() if one.said_as]
    return ibis.cases(*((category == key, said) for key, said in others), else_=category)


def _examined(check: Check, scanned: Scanned) -> int:
    width = len(scanned.table.columns)
    return {"columns": width, "cells": scanned.rows * width}.get(check.unit, scanned.rows)


def _finding(
    bound: Bound,
    notice: Notice,
    result: Result,
    examined: int,
    *,
    group: Group | None = None,
    reason: str | None = None,
) -> Finding:
    criterion = bound.check.criterion
    if bound.period is not None:
        clauses = bound.period.clauses
    elif "declared" in bound.check.asks:
        clauses = _of_what_is_declared(notice, criterion.code)
    else:
        clauses = _naming(notice, criterion.code)
    return Finding(
        check=criterion.code,
        result=result,
        grade=_grade(bound.check, group) if result is Result.NONCONFORMITY else None,
        table=bound.scanned.table.name if bound.scanned else "",
        column=group.column if group else None,
        category=group.category if group else None,
        rule=bound.period.id if bound.period else None,
        clauses=clauses,
        count=group.pieces if group else 0,
        examined=examined,
        unit=bound.check.unit,
        reason=reason or (_reason(criterion.code) if result is Result.NOT_ASSESSED else None),
    )


def _naming(notice: Notice, code: str) -> tuple[str, ...]:
    """The clauses that name a check."""
    return tuple(clause.id for clause in notice.clauses if code in clause.checks)


def _of_what_is_declared(notice: Notice, code: str) -> tuple[str, ...]:
    """
    The clauses that a finding on undeclared data is about.

    Those behind every category, and those that name the check without declaring any.
    """
    declaring = {clause for item in notice.data_categories for clause in item.clauses}
    others = (name for name in _naming(notice, code) if name not in declaring)
    return tuple(sorted({*declared_categories(notice).clauses, *others}))


def _grade(check: Check, group: Group | None) -> Grade:
    """The grade of what was found: the check's, unless it weighs its records one by one."""
    return Grade(group.grade) if group and group.grade else check.criterion.grade


def _reason(code: str) -> str:
    return "column_unclassified" if code == "MIN05" else "not_assessed"
