"""Where the records of a table get the date that a retention rule counts from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.engine.roles import by_email
from audit.engine.scan import Scanned
from audit.notice.declared.departed import of_deaths
from audit.notice.lexicon import says
from audit.notice.model import RetentionPeriod
from audit.plan import Plan
from audit.register.columns.concepts import may_mean
from audit.register.kinds.model import kinds, schema
from audit.register.model import Role, Table
from audit.register.roles import SIGNS_OF_LIFE
from audit.retention.contracts import contracts_with
from audit.retention.events import date_of_the_record, event_role

__all__ = [
    "VOUCHERS",
    "Start",
    "confirmed_stand_in",
    "events_known",
    "records_schema",
    "start_of",
    "tells_buyers",
]

#: Where a sign of life may stand: a later one than the plan's rule looks at.
_LIFE = ("orders.ordered_on", "invoices.invoiced_on", "contract_end")
VOUCHERS = "invoices"


@dataclass(frozen=True, kw_only=True)
class Start:
    """Where the date comes from."""

    how: Literal["own", "left", "derived", "ended", "financial_year", "customer", "contracts"]
    """A column of the table; the day a contact person left; the plan's rule; the last sign of life of
    whom the table marks as ended; the plan's financial years; the customer whose record it is; the
    list of the customers' contracts."""
    latest_of: tuple[str, ...] = ()
    """The dates that a derived one is the latest of."""
    at: Role | None = None
    """The table's own date that the rule speaks of by another name: the day of each order."""
    of_buyer: bool = False
    """Whether the order's own date is its buyer's, of whom nothing but orders tells."""
    firm: bool = True
    """Whether it supports a nonconformity."""


def start_of(
    one: Scanned,
    rule: RetentionPeriod,
    scanned: Sequence[Scanned],
    plan: Plan,
    *,
    departed: bool = False,
) -> Start | str:
    """
    Where the table's records get the date of the rule's event, or why they have none.

    ``departed``: the notice has a rule of its own for contact persons who left (see
    ``departed_have_a_rule``), so that this one does not count from that day.
    """
    event = event_role(rule)
    if event is None:
        return "event_unspecified"
    table = one.table
    at = table.with_role(event)
    if at is not None:
        return _why_not(one, table.columns[at].header, rule) or Start(how="own")
    itself = _last_invoice(table, rule, event) or date_of_the_record(table, rule)
    itself = itself or _other_sign(table, rule, event)
    if itself is not None:
        header = table.columns[table.with_role(itself) or 0].header
        return _unknown(one, header) or Start(how="own", at=itself)
    if event is Role.FISCAL_YEAR_END and _is_voucher(table, rule):
        return Start(how="financial_year") if plan.financial_years else "financial_years_missing"
    if table.kind == "contacts" and table.with_role(Role.LEFT_ON) is not None and not departed:
        return Start(how="left")
    return _elsewhere(table, event, rule, scanned, plan) or "event_column_missing"


def _why_not(one: Scanned, header: str, rule: RetentionPeriod) -> str | None:
    """Why a rule cannot count from a column of its event; None where it can."""
    if may_mean(header, "deliver") and says("rules", "of_visits", rule.said):
        return "event_column_missing"  # that goods were delivered is nobody's visit
    if of_deaths(rule) and not may_mean(header, "died_"):
        return "event_column_missing"  # whose membership ended is not dead for that
    return _unknown(one, header)


def _of_invoices(rule: RetentionPeriod, event: Role) -> bool:
    """Whether what a rule counts from as the last order is the last invoice: "senaste fakturan"."""
    return event is Role.LAST_ORDER and says("rules", "last_invoice", rule.said)


def _last_invoice(table: Table, rule: RetentionPeriod, event: Role) -> Role | None:
    """The customers' own day of the last invoice, where a rule counts from that."""
    there = table.kind == "customers" and table.with_role(Role.LAST_INVOICE) is not None
    return Role.LAST_INVOICE if there and _of_invoices(rule, event) else None


def _other_sign(table: Table, rule: RetentionPeriod, event: Role) -> Role | None:
    """
    The customers' own day of the last order where a rule counts from the last visit, or the reverse.

    "24 months after the last rental or lesson" is what a list that says *last order* tells.
    """
    other = {Role.VISIT: Role.LAST_ORDER, Role.LAST_ORDER: Role.VISIT}.get(event)
    if other is None or table.kind != "customers" or not says("rules", "latest", rule.said):
        return None
    return other if table.with_role(other) is not None else None


def _unknown(one: Scanned, header: str) -> str | None:
    """Why nobody knows the dates of a column; None where they are known."""
    if header in one.ambiguous_dates:
        return "event_dates_ambiguous"
    return "event_dates_unreadable" if header in one.unreadable_dates else None


def _is_voucher(table: Table, rule: RetentionPeriod) -> bool:
    """Whether a table's records are vouchers: invoices, and orders that the rule speaks of too."""
    of_orders = rule.applies_to != "all" and "order_history" in rule.applies_to
    dated = table.with_role(Role.ORDERED_ON) is not None
    return table.kind == VOUCHERS or (table.kind == "orders" and of_orders and dated)


def _elsewhere(
    table: Table, event: Role, rule: RetentionPeriod, scanned: Sequence[Scanned], plan: Plan
) -> Start | str | None:
    """The date as the plan derives it for customers, and for what is theirs the customer's."""
    if tells_buyers(table, scanned):
        at = next(
            (role for role in _BOUGHT.get(event, ()) if table.with_role(role) is not None), None
        )
        return Start(how="own", at=at, of_buyer=True) if at is not None else None
    if table.kind == "customers":
        invoiced = _of_invoices(rule, event)
        if contracts_with(event, table, scanned):
            return Start(how="contracts")
        derived = _derived(table, event, scanned, plan, invoiced=invoiced)
        return derived or _last_visit(table, event, rule, scanned)
    if not _follows_a_customer(table):
        return None
    of = [_of_customers(other, rule, scanned, plan) for other in scanned]
    found = next((start for start in of if isinstance(start, Start)), None)
    if found is not None:
        return Start(how="customer", firm=found.firm)
    return next((reason for reason in of if reason), None)


def _of_customers(
    other: Scanned, rule: RetentionPeriod, scanned: Sequence[Scanned], plan: Plan
) -> Start | str | None:
    own = other.table.kind == "customers" or tells_buyers(other.table, scanned)
    return start_of(other, rule, scanned, plan) if own else None


def tells_buyers(table: Table, scanned: Iterable[Scanned]) -> bool:
    """
    Whether orders are all that tells who the customers are: a shop where nobody needs an account.

    The last order of each e-mail address, or number, is then the customer's.
    """
    if table.kind != "orders" or any(one.table.kind == "customers" for one in scanned):
        return False
    return table.with_role(Role.CUSTOMER_REFERENCE) is not None or bool(by_email(table))


#: The day of an order by which the last one is told, where the notice counts from it.
_BOUGHT = {
    Role.LAST_ORDER: (Role.ORDERED_ON, Role.VISIT),
    Role.VISIT: (Role.VISIT, Role.ORDERED_ON),
}


def _follows_a_customer(table: Table) -> bool:
    """Whether its records are some customer's, and their time that of the customer."""
    register = kinds()[table.kind].scope == "register"
    linked = table.with_role(Role.CUSTOMER_REFERENCE) is not None or bool(by_email(table))
    return register and linked


def _derived(
    table: Table, event: Role, scanned: Sequence[Scanned], plan: Plan, *, invoiced: bool
) -> Start | None:
    """The date derived by the plan's rule, or the last order, or invoice, found among them."""
    rule = plan.event_from.get(event.value)
    if rule is None:
        of = ("invoices.invoiced_on",) if invoiced else ("orders.ordered_on",)
        last_order = event is Role.LAST_ORDER and list(_there(of, table, scanned))
        if last_order:
            return Start(how="derived", latest_of=of)
        return _of_the_ended(table, event, scanned)
    there = tuple(_there(rule.latest_of, table, scanned))
    if not there:
        return None
    firm = rule.confirmed_by is not None or set(_LIFE) <= set(there)
    return Start(how="derived", latest_of=there, firm=firm)


def _of_the_ended(table: Table, event: Role, scanned: Sequence[Scanned]) -> Start | None:
    """
    The last sign of life, where a list has no end dates, and marks who has ended: *Aktiivinen*.

    Nobody has confirmed it, so it supports no nonconformity.
    """
    marked = any(table.with_role(role) is not None for role in _MARKS_THE_END)
    if event is not Role.CUSTOMER_RELATIONSHIP_END or not marked:
        return None
    own = (role.value for role in SIGNS_OF_LIFE)
    there = tuple(_there((*_LIFE[:2], *own), table, scanned))
    return Start(how="ended", latest_of=there, firm=False) if there else None


_MARKS_THE_END = (Role.ACTIVE, Role.INACTIVE)


def _last_visit(
    table: Table, event: Role, rule: RetentionPeriod, scanned: Sequence[Scanned]
) -> Start | None:
    """The last hire, stay or visit as the orders tell it; of visits, orders alone say too little."""
    if event is not Role.VISIT or not says("rules", "latest", rule.said):
        return None
    of = ("orders.ordered_on",)
    if not list(_there(of, table, scanned)):
        return None
    orders = [one.table for one in scanned if one.table.kind == "orders"]
    visits = any(each.with_role(Role.VISIT) is not None for each in orders)
    return Start(
        how="derived", latest_of=of, firm=visits or not says("rules", "of_visits", rule.said)
    )


def _there(names: Iterable[str], own: Table, scanned: Sequence[Scanned]) -> Iterator[str]:
    """Those of the dates that the register has."""
    for name in names:
        kind, _, role = name.rpartition(".")
        tables = [one.table for one in scanned if one.table.kind == kind] if kind else [own]
        if any(table.with_role(Role(role)) is not None for table in tables):
            yield name


def confirmed_stand_in(
    one: Scanned, event: Role, scanned: Sequence[Scanned], plan: Plan
) -> tuple[str, ...]:
    """The dates that stand in for a blank end of an ended relationship, by a confirmed rule."""
    rule = plan.event_from.get(event.value)
    if rule is None or rule.confirmed_by is None or one.table.kind != "customers":
        return ()
    return tuple(_there(rule.latest_of, one.table, scanned))


def records_schema(scanned: Scanned) -> dict[str, str]:
    """The columns of ``records_<place>`` and their types."""
    dates = {c.role for c in scanned.table.columns if c.role and c.role.type == "date"}
    return schema(scanned.table.kind, dates)


def events_known(one: Scanned, scanned: Sequence[Scanned]) -> bool:
    """Whether the register tells of any sign of life of the customers in a table."""
    own = (*SIGNS_OF_LIFE, Role.CONTRACT_END)
    if any(one.table.with_role(role) is not None for role in own):
        return True
    return any(_there(_LIFE[:2], one.table, scanned))
