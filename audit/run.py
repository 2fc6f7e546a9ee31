"""Plan, notice and register in; findings and evidence out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from audit.catalogue import Check
from audit.checks import catalogue
from audit.coverage import clause_states
from audit.engine.duckdb import Engine
from audit.engine.evidence import (
    Asked,
    Found,
    Group,
    add_evidence,
    add_quarantined,
    create_evidence,
    write_evidence,
)
from audit.engine.names import load_names, notes_of
from audit.engine.people import create_due_days, create_people, is_listed
from audit.engine.scan import Scanned, create_tables, gather, scan
from audit.engine.source import unchanging
from audit.engine.workspace import workspace
from audit.errors import AuditError, PlanInvalid, UnknownCode
from audit.finding import Audit, Finding, Grade, Result, SourceFailure, Topic
from audit.materials import Bound, bindings, call, declared_categories, given_roles
from audit.notice.model import Notice
from audit.notice.read import read_notice
from audit.plan import Plan, PlannedSource, resolve
from audit.progress import SILENT, Progress, estimated_rows
from audit.register.extract import Extract
from audit.register.forms import forget
from audit.register.kinds import kinds
from audit.register.model import Role
from audit.register.pseudonyms import Key, key_of_environment
from audit.retention.prepare import prepare
from audit.retention.starts import records_schema, with_asked_dates
from audit.review import review
from audit.stated import (
    Export,
    attestation_states,
    by_number_alone,
    completeness_states,
    reject_wrong_statements,
)
from audit.topical import Topical
from audit.views import as_quoted, table_view
from audit.waive import Looked, mark_evidence, waive

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["Opened", "run"]


_ALWAYS_MATCHED = 64_000_000  # bytes
_USUAL_ROW = 200  # bytes

_NO_FRAMES: Mapping[str, Extract] = MappingProxyType({})

#: SQL by check, rule, day and the columns of the records.
Compiled = dict[tuple[object, ...], str]


class Opened(Protocol):
    """What opens an engine for one audit."""

    def __call__(self, folder: Path, *, bytes_to_read: int = 0, watched: bool = False) -> Engine:
        """``folder`` is private, and gone after the audit."""
        ...


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What every check of an audit stands on."""

    engine: Engine
    notice: Notice
    plan: Plan
    as_of: date
    kinds: frozenset[str]
    """The kinds of tables that the register has."""
    compiled: Compiled


def run(
    plan: Plan,
    as_of: date,
    evidence: Path,
    *,
    only: Iterable[str] = (),
    skip: Iterable[str] = (),
    shown_plan: str = "audit.yaml",
    progress: Progress = SILENT,
    frames: Mapping[str, Extract] = _NO_FRAMES,
    tables: frozenset[str] = frozenset(),
    opened: Opened = Engine,
) -> Audit:
    """
    Audit the plan's sources and write the evidence to ``evidence`` (Parquet).

    ``progress`` is told how far the work has come. ``frames`` stand in the place of the sources
    whose tables they name. Every source is read, but of the register's tables only ``tables`` are
    held against the checks, where they are given. ``opened`` opens the engine
    that is audited on.
    """
    if only or skip:
        _chosen(only, skip)  # a wrong code is said before anything is read
    if plan.notice is None:
        raise PlanInvalid(shown_plan, "notice", "no notice is named", "name one with --notice")
    notice = read_notice(plan.folder / plan.notice, plan.register_name)
    reject_wrong_statements(plan, notice, as_of, shown_plan)
    if not plan.sources:
        raise PlanInvalid(
            shown_plan, "sources", "there is nothing to audit", "put the exports there"
        )
    total = sum(_size(plan, source, frames) for source in plan.sources)
    progress.total = total
    rows = {source.shown: _rows(plan, source, frames, progress) for source in plan.sources}
    progress.rows = sum(rows.values()) if all(rows.values()) else 0
    with (
        workspace() as folder,
        opened(folder, bytes_to_read=total, watched=progress.watched) as engine,
        ThreadPoolExecutor(1) as beside,
    ):
        beside.submit(catalogue)  # Ibis is imported while DuckDB reads
        scanned, failures, assumptions = _scan_all(
            engine, plan, notice, shown_plan, progress, frames, rows
        )
        progress.at("checking")
        checks = _chosen(only, skip)
        gather(engine, scanned)
        if any("retention_period" in check.asks for check in checks):
            assumptions += prepare(engine, scanned, notice, plan, as_of)
        key = key_of_environment()
        _relate(engine, checks, scanned, as_of, key)
        if notice.read_from is not None:
            assumptions += (f"notice_read:{notice.register_name or notice.read_from}",)
        numbered = by_number_alone(plan, as_of)
        assumptions += tuple(f"attested_by_number:{name}" for name in numbered)
        if not key.given:
            hashed = [
                one.table for one in scanned if one.table.with_role(Role.PSEUDONYM) is not None
            ]
            assumptions += tuple(f"run_key:{table.name}" for table in hashed)
        ground = Ground(
            engine=engine,
            notice=notice,
            plan=plan,
            as_of=as_of,
            kinds=frozenset(one.table.kind for one in scanned),
            compiled={},
        )
        bound = [
            each
            for each in bindings(checks, notice, scanned, plan, keyed=key.given)
            if not tables or each.scanned is None or each.scanned.table.name in tables
        ]
        findings = _all_findings(ground, bound, scanned)
        reviewed = review(checks, notice, plan, as_of)
        findings += reviewed.findings
        engine.insert("evidence", reviewed.evidence(plan.notice))
        held = {each.scanned.table.name for each in bound if each.scanned is not None}
        looked = Looked(
            checks=frozenset(check.code for check in checks),
            skipped=len(checks) < len(catalogue()),
            unread=frozenset(source.name for source in plan.sources) - held,
        )
        findings, waivers = waive(findings, plan.waivers, as_of, shown_plan, looked)
        mark_evidence(engine, findings, scanned)
        write_evidence(engine, evidence)
    findings.sort(key=lambda finding: finding.key)
    exports = {
        one.table.name: Export(one.table.extracted_on, bool(one.ledger.quarantined))
        for one in scanned
    }
    completeness = completeness_states(plan, exports, as_of)
    # Where a source could not be read, nobody knows what the others lack.
    whole = frozenset(
        said.table for said in completeness if said.state == "applied" and not failures
    )
    tables_shown = tuple(table_view(one, notice) for one in scanned)
    return Audit(
        register=plan.register_name,
        as_of=as_of,
        law_as_of=as_of,
        notice=as_quoted(notice, reviewed),
        criteria=tuple(check.criterion for check in checks),
        findings=tuple(map(Topical.of(notice).cited, findings)),
        clauses=clause_states(notice, findings, plan, as_of, whole, tables_shown),
        tables=tables_shown,
        ledgers=tuple(one.ledger for one in scanned),
        failures=failures,
        left_out=tuple(sorted(plan.left_out.items())),
        assumptions=assumptions,
        completeness=completeness,
        attestations=attestation_states(plan, as_of),
        waivers=waivers,
        evidence=str(evidence),
    )


def _relate(
    engine: Engine, checks: Iterable[Check], scanned: Sequence[Scanned], as_of: date, key: Key
) -> None:
    """Make the tables that checks of several files share: who is who, and until when to answer."""
    asked = {name for check in checks for name in check.asks}
    there = {one.table.kind for one in scanned}
    if "people" in asked:
        create_people(engine, there, key if key.given else None)
    sourced = any(one.table.with_role(Role.SOURCE) is not None for one in scanned)
    if "due_days" in asked and (sourced or there & {"requests", "source_log"}):
        create_due_days(engine, as_of)


def _chosen(only: Iterable[str], skip: Iterable[str]) -> list[Check]:
    known = catalogue()
    only, skip = {c.upper() for c in only}, {c.upper() for c in skip}
    for code in sorted(only | skip):
        if code not in known:
            raise UnknownCode(code, list(known))
    chosen = [c for code, c in known.items() if (not only or code in only) and code not in skip]
    if not chosen:
        raise PlanInvalid("--only and --skip", "together", "they leave no check", "leave one out")
    return chosen


def _scan_all(
    engine: Engine,
    plan: Plan,
    notice: Notice,
    shown_plan: str,
    progress: Progress,
    frames: Mapping[str, Extract],
    rows: Mapping[str, int],
) -> tuple[list[Scanned], tuple[SourceFailure, ...], tuple[str, ...]]:
    """Scan every source; one that fails is said, and the others are still audited."""
    create_tables(engine)
    create_evidence(engine)
    engine.names = load_names() if plan.person_names else None
    own = _controllers_own(plan, notice)
    matched = _is_matched(plan, frames)
    scanned: list[Scanned] = []
    failures: list[SourceFailure] = []
    assumptions: list[str] = []
    last: AuditError | None = None
    for source in plan.sources:
        try:
            path, frame = plan.folder / source.file, frames.get(source.name)
            size = _size(plan, source, frames)
            with (
                unchanging(path, source.shown) if source.file and frame is None else nullcontext(),
                progress.reading(source.shown, size, engine.percent, rows[source.shown]),
            ):
                table, found, recognised = resolve(plan, source, shown_plan, engine.folder, frame)
                table, read_as = with_asked_dates(table, notice)
                one = scan(
                    engine,
                    table,
                    found.path,
                    len(scanned),
                    found.head,
                    extract=found.extract,
                    origin=path if frame is None else None,
                    controllers_own=own,
                    matched=matched,
                )
        except AuditError as error:
            last = error
            failures.append(SourceFailure(source=source.shown, sentence=str(error)))
            continue
        scanned.append(one)
        progress.counted(one.rows)
        if read_as is not None:
            assumptions.append(f"end_read_as:{table.name}:{read_as}")
        if plan.inferred or recognised:
            assumptions.append(f"columns_recognised:{table.name}")
        if table.extracted_on is None:
            assumptions.append(f"extracted_as_of:{table.name}")
        assumptions += [f"ambiguous_dates:{table.name}:{name}" for name in one.ambiguous_dates]
        assumptions += [f"months_alone:{table.name}:{name}" for name in one.months_alone]
        if notes_of(table) and not one.names_sought:
            assumptions.append(
                f"names_model_missing:{table.name}"
                if plan.person_names and engine.names is None
                else f"names_not_sought:{table.name}"
            )
    forget()
    if last is not None and not scanned:
        raise last
    return scanned, tuple(failures), tuple(assumptions)


def _is_matched(plan: Plan, frames: Mapping[str, Extract]) -> bool:
    """
    Whether people of these files are matched.

    One of them lists people of the others, or tells its customers by their e-mail alone. In a small
    register people are matched at any rate, with each other; in a large one, what they are told by
    is kept only where something is told by it.
    """
    if sum(_size(plan, source, frames) for source in plan.sources) <= _ALWAYS_MATCHED:
        return True
    by_email = [
        source
        for source in plan.sources
        if source.kind in ("orders", "invoices", "collection")
        and any(said.category == "email" for said in source.columns.values())
        and all(said.role is not Role.CUSTOMER_REFERENCE for said in source.columns.values())
    ]
    listed = any(s.kind is None or (s.kind in kinds() and is_listed(s.kind)) for s in plan.sources)
    return len(plan.sources) > 1 and (bool(by_email) or listed)


def _size(plan: Plan, source: PlannedSource, frames: Mapping[str, Extract]) -> int:
    """Bytes of a source: of its file, whoever loaded it; else of what is in memory."""
    path, frame = plan.folder / source.file, frames.get(source.name)
    if path.is_file():
        return path.stat().st_size
    if frame is None:
        return 0
    if frame.frame is not None:
        return int(frame.frame.nbytes)
    return frame.count() * _USUAL_ROW if frame.count else 0


def _rows(
    plan: Plan, source: PlannedSource, frames: Mapping[str, Extract], progress: Progress
) -> int:
    """About how many records a source holds, where somebody watches and the file tells."""
    if not progress.watched or not source.file or source.name in frames:
        return 0
    return estimated_rows(plan.folder / source.file)


def _controllers_own(plan: Plan, notice: Notice) -> frozenset[str]:
    """The controller's own numbers and addresses, normalised as the recognisers do it."""
    from audit.categories import categories

    details = (notice.controller.email, notice.controller.phone, *plan.controllers_own)
    if notice.authority is not None:
        details += (notice.authority.email, notice.authority.phone)
    finders = [c.find for c in categories().values() if c.find and c.candidate]
    return frozenset(
        match.value for text in details if text for find in finders for match in find(text)
    )


# --- running the checks --------------------------------------------------------------------------


def _all_findings(
    ground: Ground, bound: Sequence[Bound], scanned: Sequence[Scanned]
) -> list[Finding]:
    """The findings of every bound check, table by table."""
    for one in scanned:
        add_quarantined(ground.engine, one)
    ordered = sorted(bound, key=lambda each: each.place)
    asked = {n: _asked(ground, each) for n, each in enumerate(ordered) if _unassessed(each) is None}
    found = dict(zip(asked, add_evidence(ground.engine, list(asked.values())), strict=True))
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
    findings = [_finding(bound, notice, Result(g.result), examined, group=g) for g in groups]
    deviates = any(f.result is Result.NONCONFORMITY for f in findings)
    accuses = bound.check.result is Result.NONCONFORMITY
    if not deviates and (accuses or (not findings and bound.check.result is Result.OBSERVATION)):
        # What could not be assessed is no conformity.
        untold = sum(group.pieces for group in groups if group.result == Result.NOT_ASSESSED)
        told = examined - untold if bound.check.unit == "records" else examined
        if told > 0:
            findings.append(_finding(bound, notice, Result.CONFORMITY, told))
    if bound.check.about is None:
        return findings
    by_group = [*groups, *[None] * (len(findings) - len(groups))]
    return [
        replace(finding, about=bound.check.about, topics=_topics(found, group))
        for finding, group in zip(findings, by_group, strict=True)
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
