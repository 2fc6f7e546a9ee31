"""What of a table a retention rule reaches: which columns, and whose records."""

from __future__ import annotations

from collections.abc import Sequence

from audit.catalogue import RetentionScope
from audit.engine.scan import Scanned
from audit.notice.departed import about_departed
from audit.notice.model import Notice, RetentionPeriod
from audit.plan import Plan
from audit.register.model import Role, Table
from audit.retention.events import OF_ITS_OWN, date_of_the_record, event_role, names_table
from audit.retention.groups import WHOLE, Reached, groups_reached
from audit.retention.lists import lists_of
from audit.retention.starts import VOUCHERS, Start
from audit.retention.worded import said

__all__ = ["scope_of"]


def scope_of(
    one: Scanned,
    rule: RetentionPeriod,
    start: Start,
    notice: Notice,
    plan: Plan,
    scanned: Sequence[Scanned],
) -> RetentionScope | None:
    """What of the table the rule reaches; None if nothing."""
    of_groups = _whose(one, rule, start, notice, scanned)
    if of_groups is None:
        return None
    elsewhere = {
        category
        for other in notice.retention
        if other.applies_to != "all"
        and other.id != rule.id
        and not _puts_off(other)
        and groups_reached(other, one, notice, scanned) is not None
        for category in other.applies_to
    }
    reached, left_out = [], False
    categories, _ = OF_ITS_OWN.get(one.table.kind, (frozenset(), {}))
    others = [other for other in notice.retention if other.id != rule.id]
    named = not lists_of(rule) and any(
        date_of_the_record(one.table, other) is not None for other in others
    )
    if rule.applies_to == "all" and (categories & elsewhere or named):
        return None  # the rule for orders goes before the one for all the rest
    event = event_role(rule)
    whole = start.at is not None or (
        start.how == "financial_year"
        and rule.applies_to != "all"
        and not categories.isdisjoint(rule.applies_to)
    )
    whole = whole or (
        event is not None
        and one.table.with_role(event) is not None
        and rule.applies_to != "all"
        and all(key.startswith("other:") for key in rule.applies_to)
    )
    for column in one.table.columns:
        note = column.role is Role.FREE_TEXT or (column.category is None and column.role is None)
        if column.category == "technical" or (column.category is None and not note):
            continue
        if rule.applies_to == "all":
            reaches = column.category not in elsewhere
        else:
            reaches = whole or column.category in rule.applies_to
        left_out |= not reaches
        if reaches:
            reached.append((column.header, column.category))
    if not reached and not whole and (rule.applies_to != "all" or left_out):
        return None
    shown = {
        column.category
        for other in scanned
        if other.table.kind == VOUCHERS
        for column in other.table.columns
        if column.category is not None
    }
    return RetentionScope(
        columns=tuple(reached),
        partial=left_out,
        vouchers=one.table.kind == VOUCHERS,
        vouchers_show=tuple(sorted(shown)),
        own_dates=start.how == "own",
        firm=start.firm,
        dormant_after=plan.dormant_after_months,
        cycle=plan.deletion_cycle,
        only=of_groups.only,
        but=of_groups.but,
    )


def _whose(
    one: Scanned,
    rule: RetentionPeriod,
    start: Start,
    notice: Notice,
    scanned: Sequence[Scanned],
) -> Reached | None:
    """The records of the table that the rule is about, by whose they are; None if it is about others."""
    if (lists := lists_of(rule)) and one.table.kind not in lists:
        return None  # the period of a list is no other table's
    if about_departed(rule) and one.table.kind != "contacts":
        return None
    others = [other for other in notice.retention if other.id != rule.id]
    if one.table.kind == "customers" and not _is_meant(one.table, rule, others, scanned):
        return None
    if one.table.kind == "customers" and _of_this_list(rule, one.table):
        return WHOLE
    return groups_reached(rule, one, notice, scanned, follows=start.how == "customer")


def _is_meant(
    table: Table,
    rule: RetentionPeriod,
    others: Sequence[RetentionPeriod],
    scanned: Sequence[Scanned],
) -> bool:
    """
    Whether a rule is about a list of people: one that begins with what a list is called is of that.

    "Kausikortin haltijan tiedot" are those of the list of season tickets, and of no other.
    """
    lists = [one.table for one in scanned if one.table.kind == "customers"]
    named = [each for each in lists if _of_this_list(rule, each)]
    if named:
        return table in named
    return not any(_of_this_list(other, table) for other in others if other.kind == "fixed")


def _of_this_list(rule: RetentionPeriod, table: Table) -> bool:
    return names_table(rule, table) and not said("of_people").match(rule.text.strip())


def _puts_off(rule: RetentionPeriod) -> bool:
    """Whether a criterion only says when another period does not end: "unless the law requires"."""
    return rule.kind == "criteria" and said("unless").match(rule.text.strip()) is not None
