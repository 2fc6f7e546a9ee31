"""What of a table a retention rule reaches: which columns, and whose records."""

from __future__ import annotations

from collections.abc import Sequence

from audit.catalogue import RetentionScope
from audit.engine.scan import Scanned
from audit.notice.declared.departed import about_departed
from audit.notice.lexicon import of_any, says
from audit.notice.model import Notice, RetentionPeriod
from audit.plan import Plan
from audit.register.model import Column, Role, Table
from audit.register.roles import SIGNS_OF_LIFE
from audit.retention.events import OF_ITS_OWN, date_of_the_record, event_role, names_table
from audit.retention.groups import WHOLE, Reached, groups_reached
from audit.retention.lists import lists_of
from audit.retention.sorts import same_sort, words_in_common
from audit.retention.starts import VOUCHERS, Start

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
    whose = _whose(one, rule, start, notice, scanned)
    others = [other for other in notice.retention if other.id != rule.id]
    elsewhere = _ruled_elsewhere(one, others, notice, scanned)
    if whose is None or _yields(one.table, rule, others, elsewhere):
        return None
    whole = _reaches_whole(one.table, rule, start)
    columns = (column for column in one.table.columns if not _is_last_day(one.table, column, rule))
    holding = [column for column in columns if _holds_something(column)]
    if rule.applies_to == "all":
        reached = [column for column in holding if column.category not in elsewhere]
    else:
        reached = [column for column in holding if whole or column.category in rule.applies_to]
    partial = len(reached) < len(holding)
    if not reached and not whole and (rule.applies_to != "all" or partial):
        return None
    return RetentionScope(
        columns=tuple((column.header, column.category) for column in reached),
        partial=partial,
        vouchers=one.table.kind == VOUCHERS,
        vouchers_show=_shown_by_vouchers(scanned),
        own_dates=start.how == "own",
        firm=start.firm,
        dormant_after=plan.dormant_after_months,
        cycle=plan.deletion_cycle,
        only=whose.only,
        but=whose.but,
    )


def _ruled_elsewhere(
    one: Scanned,
    others: Sequence[RetentionPeriod],
    notice: Notice,
    scanned: Sequence[Scanned],
) -> set[str]:
    """The categories that other rules are about, as far as they are about anybody in the table."""
    return {
        category
        for other in others
        if other.applies_to != "all"
        and not _puts_off(other)
        and groups_reached(other, one, notice, scanned) is not None
        for category in other.applies_to
    }


def _yields(
    table: Table, rule: RetentionPeriod, others: Sequence[RetentionPeriod], elsewhere: set[str]
) -> bool:
    """Whether a rule for all data is not about such records: one for orders goes before it."""
    if rule.applies_to != "all" or same_sort(rule, table):
        return False
    categories, _ = OF_ITS_OWN.get(table.kind, (frozenset(), {}))
    dated = any(date_of_the_record(table, other) is not None for other in others)
    return bool(categories & elsewhere) or (dated and not lists_of(rule))


def _reaches_whole(table: Table, rule: RetentionPeriod, start: Start) -> bool:
    """Whether a rule reaches every column, whatever it holds."""
    if start.at is not None or date_of_the_record(table, rule) is not None:
        return True
    if rule.applies_to == "all":
        return False
    categories, _ = OF_ITS_OWN.get(table.kind, (frozenset(), {}))
    event = event_role(rule)
    dated = event is not None and table.with_role(event) is not None
    told = start.how == "financial_year" or (dated and event is Role.CONSENT_WITHDRAWAL)
    if told and not categories.isdisjoint(rule.applies_to):
        return True
    if dated and same_sort(rule, table):
        return True
    # "Offers: two years" is of a list of offers, and not of the people whose last contact is known.
    things = all(key.startswith("other:") for key in rule.applies_to)
    of_people = table.kind in ("customers", "contacts") and event is Role.LAST_CONTACT
    return dated and things and not of_people


def _is_last_day(table: Table, column: Column, rule: RetentionPeriod) -> bool:
    """Whether a customer's column has the day of the last visit, which a rule for each visit is not of."""
    if table.kind != "customers" or says("rules", "latest", rule.said):
        return False
    return column.role in SIGNS_OF_LIFE and column.role is event_role(rule)


def _holds_something(column: Column) -> bool:
    """Whether a column has data of a category, or text of which nobody can say what it is."""
    if column.category is None:
        return column.role is None or column.role is Role.FREE_TEXT
    return column.category != "technical"


def _shown_by_vouchers(scanned: Sequence[Scanned]) -> tuple[str, ...]:
    """The categories that the register's vouchers have."""
    columns = (c for one in scanned if one.table.kind == VOUCHERS for c in one.table.columns)
    return tuple(sorted({c.category for c in columns if c.category is not None}))


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
    of_others = any(same_sort(rule, each.table) for each in scanned)
    of_this = any(same_sort(other, one.table) for other in others)
    same, people = same_sort(rule, one.table), one.table.kind == "customers"
    # "Fault reports: two years" leaves nothing of them to the rule for all.
    elsewhere = (of_others or of_this) and not same
    elsewhere |= same and _is_called_better(rule, one.table, others, scanned)
    if elsewhere or (people and not _is_meant(one.table, rule, others, scanned)):
        return None
    if people and _of_this_list(rule, one.table):
        return WHOLE
    return groups_reached(rule, one, notice, scanned, follows=start.how == "customer")


def _is_called_better(
    rule: RetentionPeriod,
    table: Table,
    others: Sequence[RetentionPeriod],
    scanned: Sequence[Scanned],
) -> bool:
    """
    Whether another list is called what a rule is about, or another rule speaks of this list's name.

    "Open applications: six months" is of *open applications*, and not of *candidates*.
    """
    ours = words_in_common(rule, table)
    lists = (each.table for each in scanned if same_sort(rule, each.table))
    rules = (each for each in others if each.kind == "fixed" and same_sort(each, table))
    return any(words_in_common(rule, each) > ours for each in lists) or any(
        words_in_common(each, table) > ours for each in rules
    )


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
    return names_table(rule, table) and not of_any("rules", "of_people").match(rule.said.strip())


def _puts_off(rule: RetentionPeriod) -> bool:
    """Whether a criterion only says when another period does not end: "unless the law requires"."""
    return (
        rule.kind == "criteria" and of_any("rules", "unless").match(rule.said.strip()) is not None
    )
