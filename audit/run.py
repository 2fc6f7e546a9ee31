"""Plan, notice and register in; findings and evidence out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.catalogue import Check, DeclaredCategories
from audit.checks import catalogue
from audit.engine.duckdb import Engine
from audit.engine.evidence import (
    Group,
    add_evidence,
    add_quarantined,
    create_evidence,
    write_evidence,
)
from audit.engine.scan import Scanned, create_tables, focus, scan
from audit.engine.workspace import workspace
from audit.errors import AuditError, PlanInvalid, UnknownCode
from audit.finding import (
    Audit,
    ClauseState,
    ColumnView,
    Finding,
    Result,
    SourceFailure,
    TableView,
)
from audit.notice.model import ClauseKind, Exhaustive, Notice, RetentionPeriod
from audit.notice.read import read_notice
from audit.plan import Plan, resolve
from audit.register.model import Role, Table

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["run"]


#: SQL by check, rule, day and the columns of the records.
Compiled = dict[tuple[object, ...], str]


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A check with the materials of one table and, where it asks for one, one retention rule."""

    check: Check
    scanned: Scanned
    place: int
    period: RetentionPeriod | None = None
    reason: str | None = None
    """Why it cannot be assessed; a key of the message catalogues."""


def run(
    plan: Plan,
    as_of: date,
    evidence: Path,
    *,
    only: Iterable[str] = (),
    skip: Iterable[str] = (),
    shown_plan: str = "audit.yaml",
) -> Audit:
    """Audit the plan's sources and write the evidence to ``evidence`` (Parquet)."""
    if only or skip:
        _chosen(only, skip)  # a wrong code is said before anything is read
    if plan.notice is None:
        raise PlanInvalid(shown_plan, "notice", "no notice is named", "name one with --notice")
    notice = read_notice(plan.folder / plan.notice)
    if not plan.sources:
        raise PlanInvalid(
            shown_plan, "sources", "there is nothing to audit", "put the exports there"
        )
    total = sum(
        path.stat().st_size for s in plan.sources if (path := plan.folder / s.file).is_file()
    )
    with (
        workspace() as folder,
        Engine(folder, bytes_to_read=total) as engine,
        ThreadPoolExecutor(1) as beside,
    ):
        beside.submit(catalogue)  # Ibis is imported while DuckDB reads
        scanned, failures, assumptions = _scan_all(engine, plan, notice, shown_plan)
        checks = _chosen(only, skip)
        compiled: Compiled = {}
        findings: list[Finding] = []
        for place, one in enumerate(scanned):
            add_quarantined(engine, one)
            focus(engine, one, place)
            for bound in _bindings(checks, notice, one, place):
                findings += _findings(engine, bound, notice, as_of, compiled)
        write_evidence(engine, evidence)
    findings.sort(key=lambda finding: finding.key)
    return Audit(
        register=plan.register_name,
        as_of=as_of,
        law_as_of=as_of,
        notice=_as_quoted(notice),
        criteria=tuple(check.criterion for check in checks),
        findings=tuple(findings),
        clauses=_clause_states(notice, findings),
        tables=tuple(_table_view(one, notice) for one in scanned),
        ledgers=tuple(one.ledger for one in scanned),
        failures=failures,
        left_out=tuple(sorted(plan.left_out.items())),
        assumptions=assumptions,
        evidence=str(evidence),
    )


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
    engine: Engine, plan: Plan, notice: Notice, shown_plan: str
) -> tuple[list[Scanned], tuple[SourceFailure, ...], tuple[str, ...]]:
    """Scan every source; one that fails is said, and the others are still audited."""
    create_tables(engine)
    create_evidence(engine)
    own = _controllers_own(plan, notice)
    scanned: list[Scanned] = []
    failures: list[SourceFailure] = []
    assumptions: list[str] = []
    last: AuditError | None = None
    for source in plan.sources:
        try:
            table, path, head, recognised = resolve(plan, source, shown_plan)
            table = _with_asked_dates(table, notice)
            one = scan(engine, table, path, len(scanned), head, controllers_own=own)
        except AuditError as error:
            last = error
            failures.append(SourceFailure(source=source.file, sentence=str(error)))
            continue
        scanned.append(one)
        if plan.inferred or recognised:
            assumptions.append(f"columns_recognised:{table.name}")
        if table.extracted_on is None:
            assumptions.append(f"extracted_as_of:{table.name}")
        assumptions += [f"ambiguous_dates:{table.name}:{name}" for name in one.ambiguous_dates]
    if last is not None and not scanned:
        raise last
    return scanned, tuple(failures), tuple(assumptions)


def _with_asked_dates(table: Table, notice: Notice) -> Table:
    """The table without the roles of dates that no rule of this notice counts from."""
    asked = {Role.RELATIONSHIP_START, *(_event_role(rule) for rule in notice.retention)}
    return table.model_copy(
        update={
            "columns": tuple(
                column.model_copy(update={"role": None})
                if column.role and column.role.type == "date" and column.role not in asked
                else column
                for column in table.columns
            )
        }
    )


def _controllers_own(plan: Plan, notice: Notice) -> frozenset[str]:
    """The controller's own numbers and addresses, normalised as the recognisers do it."""
    from audit.categories import categories

    details = (notice.controller.email, notice.controller.phone, *plan.controllers_own)
    if notice.authority is not None:
        details += (notice.authority.email, notice.authority.phone)
    finders = [category.find for category in categories().values() if category.find]
    return frozenset(
        match.value for text in details if text for find in finders for match in find(text)
    )


# --- which check runs on what --------------------------------------------------------------------


def _bindings(checks: list[Check], notice: Notice, scanned: Scanned, place: int) -> Iterator[Bound]:
    """Each check once per combination that it applies to."""
    for check in checks:
        base = Bound(check=check, scanned=scanned, place=place)
        if "declared" in check.asks and notice.declared_categories() is None:
            yield _unassessed(base, "notice_silent_on_categories")
        elif "retention_period" in check.asks:
            yield from _per_period(base, notice)
        else:
            yield base


def _per_period(base: Bound, notice: Notice) -> Iterator[Bound]:
    fixed = [rule for rule in notice.retention if rule.kind == "fixed"]
    if not fixed:
        yield _unassessed(base, "notice_silent_on_retention")
    held = {column.category for column in base.scanned.table.columns}
    for rule in fixed:
        if rule.applies_to != "all" and not held.intersection(rule.applies_to):
            continue
        bound = Bound(check=base.check, scanned=base.scanned, place=base.place, period=rule)
        role = _event_role(rule)
        if role is None:
            yield _unassessed(bound, "event_unspecified")
        elif base.scanned.table.with_role(role) is None:
            yield _unassessed(bound, "event_column_missing")
        elif _event_column(bound) in base.scanned.ambiguous_dates:
            yield _unassessed(bound, "event_dates_ambiguous")
        else:
            yield bound


def _unassessed(bound: Bound, reason: str) -> Bound:
    return Bound(
        check=bound.check,
        scanned=bound.scanned,
        place=bound.place,
        period=bound.period,
        reason=reason,
    )


def _event_role(rule: RetentionPeriod) -> Role | None:
    roles = {role.value for role in Role if role.type == "date"}
    return Role(rule.event) if rule.event in roles else None


# --- running one check ---------------------------------------------------------------------------


def _findings(
    engine: Engine, bound: Bound, notice: Notice, as_of: date, compiled: Compiled
) -> list[Finding]:
    """The findings of one bound check: what it found, or that all conforms, or why neither."""
    examined = _examined(bound)
    reason = bound.reason or ("no_records" if not bound.scanned.rows else None)
    if reason is not None:
        return [_finding(bound, notice, Result.NOT_ASSESSED, examined, reason=reason)]
    rule = bound.period.id if bound.period else None
    # What falls due after the export was taken is not yet kept too long.
    as_of = min(as_of, bound.scanned.table.extracted_on or as_of)
    schema = _records_schema(bound)
    key = (bound.check.code, rule, as_of, tuple(schema))
    if key not in compiled:  # the same for every table with the same roles
        compiled[key] = engine.compile(_evidence(bound, _call(bound, notice, as_of, schema)))
    groups = add_evidence(
        engine,
        bound.check.code,
        compiled[key],
        bound.scanned,
        bound.place,
        rule=rule,
        column=_event_column(bound),
    )
    found = [_finding(bound, notice, Result(g.result), examined, group=g) for g in groups]
    if (
        not any(f.result is Result.NONCONFORMITY for f in found)
        and bound.check.result is Result.NONCONFORMITY
    ):
        found.append(_finding(bound, notice, Result.CONFORMITY, examined))
    return found


def _call(bound: Bound, notice: Notice, as_of: date, schema: dict[str, str]) -> ir.Table:
    """Call the check with the materials that it asks for."""
    import ibis

    materials: dict[str, Any] = {
        "as_of": as_of,
        "retention_period": bound.period,
        "declared": _declared(notice),
    }
    if "records" in bound.check.asks:
        materials["records"] = _records(bound, schema)
    materials["cells"] = ibis.table(_CELLS, name="cells_here")
    materials["columns"] = ibis.table(_COLUMNS, name="columns_here")
    return bound.check.function(**{name: materials[name] for name in bound.check.asks})


_CELLS = dict.fromkeys(("table", "column", "category", "ground", "relation", "also"), "string") | {
    "row": "int64"
}
_COLUMNS = dict.fromkeys(("table", "column", "category", "role", "ground"), "string") | {
    "position": "int32",
    "filled": "int64",
}


def _records_schema(bound: Bound) -> dict[str, str]:
    """The columns of ``records_here`` and their types."""
    roles = {c.role for c in bound.scanned.table.columns if c.role and c.role.type == "date"}
    schema = {"row": "int64", "record_key": "string", "ended": "boolean", "on_hold": "boolean"}
    for role in sorted(roles):
        schema |= {role.value: "date", f"{role.value}_given": "boolean"}
    return schema


def _records(bound: Bound, schema: dict[str, str]) -> ir.Table:
    """The records of a table, the date of the rule's event as ``retention_start``."""
    import ibis

    records = ibis.table(schema, name="records_here")
    if Role.RELATIONSHIP_START.value not in schema:
        records = records.mutate(relationship_start=ibis.null("date"))
    if bound.period is not None and bound.period.event is not None:
        event = bound.period.event
        records = records.mutate(
            retention_start=records[event], retention_start_given=records[f"{event}_given"]
        )
    return records


def _evidence(bound: Bound, found: ir.Table) -> ir.Table:
    """What a check returned, in the shape of evidence."""
    import ibis

    columns = set(found.columns)
    null = ibis.null("string")
    detail = found.detail if "detail" in columns else null
    if "allowed_until" in columns and bound.period is not None:
        until = found.allowed_until.strftime("%Y-%m-%d")
        detail = ibis.literal(f"{bound.period.id}: allowed until ").concat(until)
    elif bound.period is not None:
        detail = ibis.literal(f"{bound.period.id}: ").concat(detail.fill_null(""))
    return found.select(
        row=found.row.cast("int64"),
        column=found.column if "column" in columns else null,
        category=found.category if "category" in columns else null,
        result=found.result if "result" in columns else ibis.literal(str(bound.check.result)),
        detail=detail,
    )


def _event_column(bound: Bound) -> str | None:
    role = _event_role(bound.period) if bound.period else None
    at = bound.scanned.table.with_role(role) if role else None
    return None if at is None else bound.scanned.table.columns[at].header


def _examined(bound: Bound) -> int:
    width = len(bound.scanned.table.columns)
    rows = bound.scanned.rows
    return {"records": rows, "columns": width, "cells": rows * width}[bound.check.unit]


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
        clauses = _declared(notice).clauses
    else:
        clauses = tuple(c.id for c in notice.clauses if criterion.code in c.checks)
    return Finding(
        check=criterion.code,
        result=result,
        grade=criterion.grade if result is Result.NONCONFORMITY else None,
        table=bound.scanned.table.name,
        column=group.column if group else None,
        category=group.category if group else None,
        rule=bound.period.id if bound.period else None,
        clauses=clauses,
        count=group.pieces if group else 0,
        examined=examined,
        unit=bound.check.unit,
        reason=reason or (_reason(criterion.code) if result is Result.NOT_ASSESSED else None),
    )


def _reason(code: str) -> str:
    return "column_unclassified" if code == "MIN05" else "not_assessed"


def _declared(notice: Notice) -> DeclaredCategories:
    listed = [item for item in notice.data_categories if item.scope == "register"]
    sets = [set(item.clauses) for item in listed if item.listed and item.clauses]
    # The clause behind every listed category is the one that closes the list.
    clauses = set.intersection(*sets) if sets else set()
    return DeclaredCategories(
        keys=tuple(sorted({item.key for item in listed})),
        closed=notice.exhaustive.data_categories is Exhaustive.YES,
        clauses=tuple(sorted(clauses or set().union(*sets))),
    )


# --- what the reports show -----------------------------------------------------------------------


def _clause_states(notice: Notice, findings: list[Finding]) -> tuple[ClauseState, ...]:
    states = []
    checks: tuple[str, ...]
    for clause in notice.clauses:
        about = [f for f in findings if clause.id in f.clauses and f.check in clause.checks]
        assessed = {f.check for f in about if f.result is Result.CONFORMITY}
        deviating = tuple(sorted({f.check for f in about if f.result is Result.NONCONFORMITY}))
        if ClauseKind.INFORMATIVE in clause.kinds:
            state, checks = "informative", ()
        elif deviating:
            state, checks = "does_not_conform", deviating
        elif clause.checks and assessed >= set(clause.checks):
            state, checks = "conforms_on_supplied", tuple(sorted(assessed))
        else:
            state, checks = "not_assessed", tuple(sorted(set(clause.checks) - assessed))
        states.append(ClauseState(clause=clause.id, state=state, checks=checks))
    return tuple(states)


def _table_view(scanned: Scanned, notice: Notice) -> TableView:
    from audit.categories import Group as Weight
    from audit.categories import categories

    declared = notice.declared_categories()
    views = []
    for place, column in enumerate(scanned.table.columns):
        known = categories().get(column.category or "")
        technical = known is None or known.group is Weight.TECHNICAL
        views.append(
            ColumnView(
                header=column.header,
                category=column.category,
                role=column.role,
                declared=None if technical or declared is None else column.category in declared,
                ground=column.ground,
                filled=scanned.filled[place],
                cells_found=scanned.found[place],
            )
        )
    return TableView(
        name=scanned.table.name, source=scanned.table.file, rows=scanned.rows, columns=tuple(views)
    )


def _as_quoted(notice: Notice) -> dict[str, object]:
    """The notice as the reports quote it."""
    return {
        "register_name": notice.register_name,
        "controller": notice.controller.name,
        "language": notice.language,
        "dated": notice.dated,
        "closed_list": notice.exhaustive.data_categories is Exhaustive.YES,
        "declared": sorted(notice.declared_categories() or ()),
        "clauses": [
            {
                "id": clause.id,
                "heading": clause.heading,
                "promise": clause.promise,
                "quote": clause.quote,
                "same_as": list(clause.same_as),
            }
            for clause in notice.clauses
        ],
        "retention": [
            {
                "id": r.id,
                "kind": r.kind,
                "period": r.period,
                "event": r.event,
                "text": r.text,
                "clauses": list(r.clauses),
            }
            for r in notice.retention
        ],
    }
