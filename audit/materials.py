"""
Which check runs on what: each check once per combination that it applies to, with its materials.

A check that cannot be assessed is bound all the same, with the reason: what is missing is never
left unsaid.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from audit.catalogue import Check, DeclaredCategories, RetentionScope
from audit.engine import people
from audit.engine.mixed import kinds_there
from audit.engine.scan import Scanned
from audit.notice.declared.departed import of_deaths
from audit.notice.declared.not_held import groups_not_held, youngest
from audit.notice.declared.words import closing_clauses, says
from audit.notice.model import Exhaustive, Notice, RetentionPeriod
from audit.plan import Plan
from audit.register import due_days
from audit.register.kinds.model import IDENTITIES, kinds, schema
from audit.register.model import Role, Table
from audit.retention.events import (
    RELATIONSHIP_ENDS,
    date_of_the_record,
    departed_have_a_rule,
    event_role,
    reason_of_kind,
    rule_events,
)
from audit.retention.groups import examined_of_groups, of_groups
from audit.retention.prepare import year_after
from audit.retention.scopes import scope_of
from audit.retention.starts import Start, events_known, records_schema, start_of

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "CELLS",
    "COLUMNS",
    "Bound",
    "bindings",
    "call",
    "declared_categories",
    "given_roles",
    "only_hashes",
]


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A check with the materials of one table and, where it asks for one, one retention rule."""

    check: Check
    scanned: Scanned | None = None
    """The table whose rows it returns; None where the register has no such table."""
    place: int = -1
    period: RetentionPeriod | None = None
    scope: RetentionScope | None = None
    """What of the table the rule reaches."""
    reason: str | None = None
    """Why it cannot be assessed; a key of the message catalogues, an argument after a colon."""

    @property
    def column(self) -> str | None:
        """The header under which evidence stands that names no column of its own."""
        if self.scanned is None:
            return None
        table = self.scanned.table
        roles = [event_role(self.period) if self.period else None]
        roles += [date_of_the_record(table, self.period)] if self.period else []
        roles += [Role(one) for one in self.check.at.split("|")] if self.check.at else []
        if self.period:  # where the table lacks the date, what leads to it
            roles += [Role.LEFT_ON, Role.CUSTOMER_REFERENCE, Role.RECORD_KEY]
        for role in roles:
            at = table.with_role(role) if role else None
            if at is not None:
                return table.columns[at].header
        return None


def bindings(
    checks: Iterable[Check],
    notice: Notice,
    scanned: Sequence[Scanned],
    plan: Plan,
    *,
    keyed: bool = False,
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
        for bound in _bindings(base, notice, scanned, plan, keyed=keyed)
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
        elif _is_dated(check, one.table):
            yield Bound(check=check, scanned=one, place=place)
    if not found and wanted:
        yield Bound(check=check, reason=f"table_missing:{wanted[0]}")


def _is_dated(check: Check, table: Table) -> bool:
    """Whether a table is one of the further kinds that a check speaks of, with the date it needs."""
    named = (name.partition(".") for name in check.dated)
    return any(
        kind == table.kind and table.with_role(Role(role)) is not None for kind, _, role in named
    )


def _bindings(
    base: Bound, notice: Notice, scanned: Sequence[Scanned], plan: Plan, *, keyed: bool
) -> Iterator[Bound]:
    if base.reason is not None:
        yield base
    elif "notice.data_subjects" in base.check.needs and not _speaks_of_people(notice):
        yield replace(base, reason="notice_silent_on_subjects")
    elif "erasures" in base.check.asks and not keyed and any(map(only_hashes, scanned)):
        yield replace(base, reason="key_missing")
    elif "declared" in base.check.asks and notice.declared_categories() is None:
        yield replace(base, reason="notice_silent_on_categories")
    elif base.check.promised is not None and not says(notice, base.check.promised):
        yield replace(base, reason=f"notice_silent:{base.check.promised.partition('|')[0]}")
    elif "retention_period" not in base.check.asks:
        yield replace(base, reason=_lacking(base, scanned))
    else:  # that the notice or the dates tell nothing says more than that a column is missing
        lacking = _lacking(base, scanned)
        if lacking is None:
            yield from _of_vouchers(base, plan)
        if base.scanned is None or kinds()[base.scanned.table.kind].scope in base.check.scopes:
            yield from _per_period(replace(base, reason=lacking), notice, scanned, plan)
        elif lacking is not None:
            yield replace(base, reason=lacking)


def _speaks_of_people(notice: Notice) -> bool:
    """Whether the notice says whose data it holds, or whose it does not."""
    return bool(notice.data_subjects or groups_not_held(notice) or youngest(notice) is not None)


def _of_vouchers(base: Bound, plan: Plan) -> Iterator[Bound]:
    """The check without any rule of the notice, where it can do without and vouchers are listed."""
    if "retention_period" not in base.check.optional or base.scanned is None:
        return
    table = base.scanned.table
    dated = table.with_role(Role.INVOICED_ON) is not None
    dated |= table.kind == "erasures" and table.with_role(Role.FISCAL_YEAR_END) is not None
    if dated and table.kind in ("erasures", "invoices"):
        told = table.kind == "erasures" or table.with_role(Role.INVOICE_STATE) is not None
        if told and plan.financial_years:
            yield base
        elif told and table.kind == "erasures":
            yield replace(base, reason="financial_years_missing")


def _lacking(base: Bound, scanned: Sequence[Scanned]) -> str | None:
    """What the check cannot do without and the register does not have."""
    here = kinds_there(scanned)
    for kind in base.check.others:
        if kind not in here and kind not in base.check.optional:
            return f"table_missing:{kind}"
    for need in base.check.needs:
        if need.startswith("notice."):
            continue
        either = need.split("|")
        if not any(_has(one, base, scanned, alone=len(either) == 1) for one in either):
            return _NAMED.get(either[0]) or (
                f"table_missing:{either[0]}"
                if either[0] in kinds()
                else f"column_missing:{either[0].rpartition('.')[2]}"
            )
    return None


_NAMED = {"identities": "identities_not_kept", "hold": "holds_missing"}


def _has(need: str, base: Bound, scanned: Sequence[Scanned], *, alone: bool) -> bool:
    """Whether there is what a check needs: a kind of table, or a column in one, or identities."""
    if need in kinds():
        return need in kinds_there(scanned)
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


def _per_period(
    base: Bound, notice: Notice, scanned: Sequence[Scanned], plan: Plan
) -> Iterator[Bound]:
    """The check once for each rule that reaches the table, or why it does not."""
    assert base.scanned is not None
    table = base.scanned.table
    if not notice.retention and kinds()[table.kind].scope == "register":
        yield replace(base, reason="notice_silent_on_retention")
    for rule in notice.retention:
        if kinds()[table.kind].scope != "register" and date_of_the_record(table, rule) is None:
            continue  # of a log or a list, only the rule for such speaks
        if (reason := reason_of_kind(rule)) is not None:
            yield replace(base, period=rule, reason=reason)
            continue
        departed = departed_have_a_rule(notice)
        start = start_of(base.scanned, rule, scanned, plan, departed=departed)
        given = start if isinstance(start, Start) else Start(how="own")
        scope = scope_of(base.scanned, rule, given, notice, plan, scanned)
        if scope is not None:
            bound = replace(base, period=rule, scope=scope)
            yield from _from_start(bound, rule, start, scanned, plan)


def _from_start(
    bound: Bound,
    rule: RetentionPeriod,
    start: Start | str,
    scanned: Sequence[Scanned],
    plan: Plan,
) -> Iterator[Bound]:
    """The check on records whose date comes from ``start``, unless it is none of its kinds."""
    assert bound.scanned is not None
    starts = bound.check.starts
    how = start.how if isinstance(start, Start) else start
    if "none" in starts:  # it asks about relationships that nobody ended
        if event_role(rule) not in RELATIONSHIP_ENDS or how in ("derived", "contracts"):
            return
        if _tells_what_runs(bound.scanned.table, rule):
            return
        unread = how in ("event_dates_ambiguous", "event_dates_unreadable")
        silent = None if events_known(bound.scanned, scanned) else "no_events"
        yield replace(bound, reason=how if unread else silent or bound.reason)
    elif isinstance(start, str):
        yield replace(bound, reason=start)
    elif start.how in starts:
        vouchers = bound.scope is not None and bound.scope.vouchers
        if vouchers and not plan.financial_years:
            bound = replace(bound, reason="financial_years_missing")
        yield bound
    elif start.how in ("derived", "ended"):  # there is no such column
        yield replace(bound, reason="event_column_missing")


def _tells_what_runs(table: Table, rule: RetentionPeriod) -> bool:
    """Whether a membership or a contract that has not ended is told to run by its own state, or none can."""
    if of_deaths(rule):
        return True  # nobody is dead for being silent
    of_contracts = event_role(rule) in (Role.MEMBERSHIP_END, Role.CONTRACT_END, Role.EMPLOYMENT_END)
    states = (Role.STATUS, Role.ACTIVE, Role.INACTIVE)
    # A fee that was last paid long ago says more than a state that nobody brought up to date.
    life = (Role.LAST_ORDER, Role.LAST_INVOICE, Role.LAST_CONTACT)
    if any(table.with_role(role) is not None for role in life):
        return False
    return of_contracts and any(table.with_role(role) is not None for role in states)


# --- the materials themselves --------------------------------------------------------------------

_REMEMBERED = 200  # expressions, of which a check takes one or two
CELLS = dict.fromkeys(("table", "column", "category", "ground", "relation", "also"), "string") | {
    "row": "int64"
}
COLUMNS = dict.fromkeys(("table", "column", "category", "role", "ground"), "string") | {
    "position": "int32",
    "filled": "int64",
}


def call(
    bound: Bound,
    notice: Notice,
    plan: Plan,
    as_of: date,
    there: frozenset[str],
    *,
    audited_on: date | None = None,
) -> tuple[ir.Table, ir.Table | None]:
    """
    Call the check with the materials that it asks for; ``there`` are the register's kinds.

    Returns what it finds, and what it examined by topic, where it tells.

    ``as_of`` is the day of the table's export where that was before the audit, ``audited_on`` the
    day of the audit.
    """
    materials: dict[str, Any] = {
        "as_of": as_of,
        "retention_period": bound.period,
        "scope": replace(bound.scope, horizon=audited_on and year_after(audited_on))
        if bound.scope
        else None,
        "declared": declared_categories(notice),
        "notice": notice,
        "plan": plan,
        "given": given_roles(bound),
        "people": _table("people", people.COLUMNS),
        "due_days": _table("due_days", due_days.COLUMNS),
        "cells": _table("cells_here", CELLS),
        "columns": _table("columns_here", COLUMNS),
    }
    for name in bound.check.asks:
        if name == bound.check.subject:
            materials[name] = _records(bound, notice)
        elif name in kinds():
            materials[name] = _table(f"all_{name}", schema(name)) if name in there else None
    found = bound.check.function(**{name: materials[name] for name in bound.check.asks})
    if bound.check.examines is None:
        return found, examined_of_groups(bound.scanned, bound.scope)
    asked = inspect.signature(bound.check.examines).parameters
    return found, bound.check.examines(**{name: materials[name] for name in asked})


def given_roles(bound: Bound) -> frozenset[str]:
    """
    The roles that the subject's table has columns for: the others are blank in every record.

    ``months_alone`` is among them where some dates name a month or a year alone.
    """
    columns = bound.scanned.table.columns if bound.scanned else ()
    rough = {"months_alone"} if bound.scanned and bound.scanned.months_alone else set()
    return frozenset(column.role.value for column in columns if column.role) | rough


def _records(bound: Bound, notice: Notice) -> ir.Table:
    """The records of a table; for a retention rule, those that it may be about, with the facts."""
    from audit.retention.kept import kept_schema

    assert bound.scanned is not None
    if bound.period is None:
        return _table("records_here", records_schema(bound.scanned))
    kept = _table("kept_here", kept_schema(rule_events(notice)))
    return _counted(kept, event_role(bound.period) or bound.period.event, bound.scope)


@lru_cache(maxsize=_REMEMBERED)
def _counted(kept: ir.Table, event: str, scope: RetentionScope | None) -> ir.Table:
    """The records with the dates of the event that a rule counts from."""
    kept = of_groups(kept, scope)
    return kept.mutate(
        retention_start=kept[f"at_{event}"],
        retention_start_given=kept[f"at_{event}_given"],
        next_start=kept[f"at_{event}_next"],
        person_end=kept[f"at_{event}_person"],
    )


def _table(name: str, columns: Mapping[str, str]) -> ir.Table:
    """A table as Ibis sees it: the very same each time, so that what is made of it is known again."""
    return _shown(name, tuple(columns.items()))


@lru_cache(maxsize=_REMEMBERED)
def _shown(name: str, columns: tuple[tuple[str, str], ...]) -> ir.Table:
    import ibis

    return ibis.table(dict(columns), name=name)


def declared_categories(notice: Notice) -> DeclaredCategories:
    """What the notice says the register holds, and the clauses behind it."""
    declared = [item for item in notice.data_categories if item.scope == "register"]
    keys = notice.declared_categories() or frozenset()
    listing = {name for item in declared if item.listed for name in item.clauses}
    return DeclaredCategories(
        keys=tuple(sorted(keys)),
        closed=notice.exhaustive.data_categories is Exhaustive.YES,
        clauses=closing_clauses(notice) or tuple(sorted(listing)),
    )
