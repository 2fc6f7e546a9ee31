"""
Which check runs on what: each check once per combination that it applies to, with its materials.

A check that cannot be assessed is bound all the same, with the reason: what is missing is never
left unsaid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from audit.catalogue import Check, DeclaredCategories
from audit.engine import people
from audit.engine.scan import Scanned
from audit.notice.declared import says
from audit.notice.model import Exhaustive, Notice, RetentionPeriod
from audit.plan import Plan
from audit.register import due_days
from audit.register.kinds import IDENTITIES, kinds, schema
from audit.register.model import Role

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "CELLS",
    "COLUMNS",
    "Bound",
    "bindings",
    "call",
    "declared_categories",
    "event_role",
    "given_roles",
    "only_hashes",
    "records_schema",
]


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A check with the materials of one table and, where it asks for one, one retention rule."""

    check: Check
    scanned: Scanned | None = None
    """The table whose rows it returns; None where the register has no such table."""
    place: int = -1
    period: RetentionPeriod | None = None
    reason: str | None = None
    """Why it cannot be assessed; a key of the message catalogues, an argument after a colon."""

    @property
    def column(self) -> str | None:
        """The header under which evidence stands that names no column of its own."""
        role = event_role(self.period) if self.period else None
        role = role or (Role(self.check.at) if self.check.at else None)
        if role is None or self.scanned is None:
            return None
        at = self.scanned.table.with_role(role)
        return None if at is None else self.scanned.table.columns[at].header


def bindings(
    checks: Iterable[Check], notice: Notice, scanned: Sequence[Scanned], *, keyed: bool = False
) -> list[Bound]:
    """
    Every check bound to every table that it speaks of, in the order of the tables.

    ``keyed`` says whether there is a key by which hashed identities can be compared.
    """
    return [
        bound
        for check in checks
        if check.unit != "notice"
        for base in _subjects(check, scanned)
        for bound in _bindings(base, notice, scanned, keyed=keyed)
    ]


def only_hashes(scanned: Scanned) -> bool:
    """Whether people stand in a table by keyed hashes alone."""
    told = {column.category for column in scanned.table.columns} & set(IDENTITIES.values())
    roles = {column.role for column in scanned.table.columns}
    return Role.PSEUDONYM in roles and not told and Role.CUSTOMER_REFERENCE not in roles


def _subjects(check: Check, scanned: Sequence[Scanned]) -> Iterator[Bound]:
    """The check with each table whose rows it may return."""
    wanted = (check.subject,) if check.subject in kinds() else check.tables
    found = False
    for place, one in enumerate(scanned):
        kind = kinds()[one.table.kind]
        if kind.scope in check.scopes and (not wanted or kind.key in wanted):
            found = True
            yield Bound(check=check, scanned=one, place=place)
    if not found and wanted:
        yield Bound(check=check, reason=f"table_missing:{wanted[0]}")


def _bindings(
    base: Bound, notice: Notice, scanned: Sequence[Scanned], *, keyed: bool
) -> Iterator[Bound]:
    if base.reason is not None:
        yield base
    elif "erasures" in base.check.asks and not keyed and any(map(only_hashes, scanned)):
        yield replace(base, reason="key_missing")
    elif "declared" in base.check.asks and notice.declared_categories() is None:
        yield replace(base, reason="notice_silent_on_categories")
    elif base.check.promised is not None and not says(notice, base.check.promised):
        yield replace(base, reason=f"notice_silent:{base.check.promised.partition('|')[0]}")
    elif (reason := _lacking(base, scanned)) is not None:
        yield replace(base, reason=reason)
    elif "retention_period" in base.check.asks:
        yield from _per_period(base, notice)
    else:
        yield base


def _lacking(base: Bound, scanned: Sequence[Scanned]) -> str | None:
    """What the check cannot do without and the register does not have."""
    here = {one.table.kind for one in scanned}
    for kind in base.check.others:
        if kind not in here and kind not in base.check.optional:
            return f"table_missing:{kind}"
    for need in base.check.needs:
        either = need.split("|")
        if not any(_has(one, base, scanned, alone=len(either) == 1) for one in either):
            return _NAMED.get(either[0]) or (
                f"table_missing:{either[0]}"
                if either[0] in kinds()
                else f"column_missing:{either[0].rpartition('.')[2]}"
            )
    return None


_NAMED = {"identities": "identities_not_kept"}


def _has(need: str, base: Bound, scanned: Sequence[Scanned], *, alone: bool) -> bool:
    """Whether there is what a check needs: a kind of table, or a column in one, or identities."""
    if need in kinds():
        return any(one.table.kind == need for one in scanned)
    if need == "identities":
        return base.scanned is None or base.scanned.matched
    kind, _, role = need.rpartition(".")
    tables = [one.table for one in scanned if one.table.kind == kind]
    if not kind and base.scanned is not None:
        tables = [base.scanned.table]
    if not tables:  # that the table is missing is said elsewhere, if it matters
        return alone
    # Of a website's recording the plan may say it of the whole file.
    whole = role == Role.RECORDING and any(table.recording for table in tables)
    return whole or any(table.with_role(Role(role)) is not None for table in tables)


def _per_period(base: Bound, notice: Notice) -> Iterator[Bound]:
    assert base.scanned is not None
    fixed = [rule for rule in notice.retention if rule.kind == "fixed"]
    if not fixed:
        yield replace(base, reason="notice_silent_on_retention")
    held = {column.category for column in base.scanned.table.columns}
    for rule in fixed:
        if rule.applies_to != "all" and not held.intersection(rule.applies_to):
            continue
        bound = replace(base, period=rule)
        role = event_role(rule)
        if role is None:
            yield replace(bound, reason="event_unspecified")
        elif base.scanned.table.with_role(role) is None:
            yield replace(bound, reason="event_column_missing")
        elif bound.column in base.scanned.ambiguous_dates:
            yield replace(bound, reason="event_dates_ambiguous")
        else:
            yield bound


def event_role(rule: RetentionPeriod) -> Role | None:
    """The role of the date that a rule counts from, if the rule names one."""
    roles = {role.value for role in Role if role.type == "date"}
    return Role(rule.event) if rule.event in roles else None


# --- the materials themselves --------------------------------------------------------------------

CELLS = dict.fromkeys(("table", "column", "category", "ground", "relation", "also"), "string") | {
    "row": "int64"
}
COLUMNS = dict.fromkeys(("table", "column", "category", "role", "ground"), "string") | {
    "position": "int32",
    "filled": "int64",
}


def call(bound: Bound, notice: Notice, plan: Plan, as_of: date, there: frozenset[str]) -> ir.Table:
    """Call the check with the materials that it asks for; ``there`` are the register's kinds."""
    import ibis

    materials: dict[str, Any] = {
        "as_of": as_of,
        "retention_period": bound.period,
        "declared": declared_categories(notice),
        "notice": notice,
        "plan": plan,
        "given": given_roles(bound),
        "people": ibis.table(people.COLUMNS, name="people"),
        "due_days": ibis.table(due_days.COLUMNS, name="due_days"),
        "cells": ibis.table(CELLS, name="cells_here"),
        "columns": ibis.table(COLUMNS, name="columns_here"),
    }
    for name in bound.check.asks:
        if name == bound.check.subject:
            materials[name] = _records(bound)
        elif name in kinds():
            whole = ibis.table(schema(name), name=f"all_{name}")
            materials[name] = whole if name in there else None
    return bound.check.function(**{name: materials[name] for name in bound.check.asks})


def given_roles(bound: Bound) -> frozenset[str]:
    """The roles that the subject's table has columns for: the others are blank in every record."""
    columns = bound.scanned.table.columns if bound.scanned else ()
    return frozenset(column.role.value for column in columns if column.role)


def records_schema(scanned: Scanned) -> dict[str, str]:
    """The columns of ``records_here`` and their types."""
    dates = {c.role for c in scanned.table.columns if c.role and c.role.type == "date"}
    return schema(scanned.table.kind, dates)


def _records(bound: Bound) -> ir.Table:
    """The records of a table, the date of the rule's event as ``retention_start``."""
    import ibis

    assert bound.scanned is not None
    columns = records_schema(bound.scanned)
    records = ibis.table(columns, name="records_here")
    if Role.RELATIONSHIP_START.value not in columns:
        records = records.mutate(relationship_start=ibis.null("date"))
    if bound.period is not None and bound.period.event is not None:
        event = bound.period.event
        records = records.mutate(
            retention_start=records[event], retention_start_given=records[f"{event}_given"]
        )
    return records


def declared_categories(notice: Notice) -> DeclaredCategories:
    """What the notice says the register holds, and the clauses behind it."""
    listed = [item for item in notice.data_categories if item.scope == "register"]
    sets = [set(item.clauses) for item in listed if item.listed and item.clauses]
    # The clause behind every listed category is the one that closes the list.
    clauses = set.intersection(*sets) if sets else set()
    return DeclaredCategories(
        keys=tuple(sorted({item.key for item in listed})),
        closed=notice.exhaustive.data_categories is Exhaustive.YES,
        clauses=tuple(sorted(clauses or set().union(*sets))),
    )
