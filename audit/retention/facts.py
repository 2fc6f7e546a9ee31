"""
What the other tables say of each customer, as Ibis expressions: a line per customer of each.

Orders, invoices and collection cases are each aggregated once; ``retention.records`` joins the
lines to the records of customers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.checks.storage_limitation._allowed import FACTS, latest
from audit.checks.storage_limitation._vouchers import in_a_year, voucher_until
from audit.plan.financial_years import Year

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "CASES",
    "INVOICES",
    "ORDERS",
    "SEEN",
    "UNPAID",
    "cases",
    "invoices",
    "opened",
    "orders",
    "seen",
    "unpaid",
]

ORDERS = {
    "customer": "string",
    "records": "int64",
    "last_order": "date",
    "ordered_open": FACTS["open_balance"],
}
INVOICES = {
    "customer": "string",
    "records": "int64",
    "last_invoice": "date",
    "invoiced": "boolean",
    "voucher_until": "date",
    "voucher_unknown": "boolean",
}
UNPAID = {
    "customer": "string",
    "open_balance": FACTS["open_balance"],
    "open_moved_on": "date",
    "open_doubtful": "boolean",
}
SEEN = {"customer": "string", "records": "int64", "seen_on": "date"}
CASES = {
    "customer": "string",
    "records": "int64",
    "case_open": "boolean",
    "case_moved_on": "date",
    "claimed": "boolean",
}


def orders(table: ir.Table) -> ir.Table:
    """
    The last order of each customer, or the last visit, stay or departure of its orders.

    ``ordered_open`` is what is open of them, where the orders tell it.
    """
    found = table.group_by("customer").agg(
        records=table.count(),
        ordered=table.ordered_on.max(),
        visited=table.visit.max(),
        ordered_open=table.amount_open.sum().cast(FACTS["open_balance"]),
    )
    last = latest(found.ordered, found.visited)
    return found.mutate(last_order=last).select(*ORDERS)


def seen(table: ir.Table) -> ir.Table:
    """The last visit, contact or order that any table of customers tells of a customer's number."""
    found = table.filter(table.customer.notnull(), table.seen_on.notnull())
    return found.group_by("customer").agg(records=found.count(), seen_on=found.seen_on.max())


def invoices(table: ir.Table, years: Sequence[Year], *, told: Sequence[int]) -> ir.Table:
    """
    The last invoice of each customer, and until when vouchers must stay.

    ``told`` are the places of the tables whose invoices tell which of them are paid.
    """
    import ibis

    found = table.group_by("customer").agg(
        records=table.count(),
        last_invoice=table.invoiced_on.max(),
        voucher_unknown=(~in_a_year(table.invoiced_on, years)).any(),
        invoiced=table.place.isin(told).any() if told else ibis.literal(value=False),
    )
    return found.mutate(
        # The later the invoice, the later its minimum ends.
        voucher_until=voucher_until(found.last_invoice, years),
    ).select(*INVOICES)


def opened(table: ir.Table, as_of: date) -> ir.Table:
    """
    Invoices with what is open of each.

    Adds ``counts`` (neither settled nor void), ``is_open``, ``is_credit``, ``owed``, ``unsaid`` (how
    much is open nobody tells), ``moved_on`` and ``said_paid`` (it is open and paid at once).
    """
    import ibis

    # What was paid in part is open with the rest; of a credit note, what was not yet used counts.
    rest = table.amount - table.amount_paid
    still = ibis.coalesce(table.amount_open, ibis.cases((table.amount >= 0, rest)))
    unused = ibis.cases((table.amount < 0, ibis.coalesce(rest, table.amount)), else_=table.amount)
    table = table.mutate(amount_open=still.cast("decimal(18, 2)"), amount=unused)
    paid_on = (table.paid_on <= ibis.literal(as_of)).fill_null(False)
    state = table.invoice_state.fill_null("")
    settled = (state == "paid") | (paid_on & ~state.isin(["open", "collection", "credited"]))
    # What was voided or written off is owed no longer, whatever remains of it on paper.
    void = state.isin(["written_off", "erased"])
    said = table.amount_open.notnull()
    amount = table.amount.fill_null(0)
    credited = state == "credited"
    # A reminder interrupts the limitation as a payment does (728/2003 10 §).
    reminded = ibis.cases((table.last_contact <= ibis.literal(as_of), table.last_contact))
    paid = ibis.cases((paid_on, table.paid_on))
    return table.mutate(
        counts=~void & (~settled | said),
        is_open=~credited & ibis.cases((said, table.amount_open > 0), else_=amount >= 0),
        # Of a credit note that is open, what remains of it is below nothing.
        is_credit=credited | ibis.cases((said, table.amount_open < 0), else_=amount < 0),
        owed=ibis.cases((said, table.amount_open), else_=amount),
        unsaid=~said & table.amount.isnull(),
        moved_on=latest(table.due_on, table.invoiced_on, paid, reminded),
        said_paid=paid_on | (state == "paid"),
    )


def unpaid(table: ir.Table, as_of: date, tolerance: Decimal) -> ir.Table:
    """
    What each customer owes, of those who do.

    Credit notes first cancel the invoices that are marked as credited, and what is left of them
    counts against what is open.
    """
    import ibis

    some = opened(table, as_of)
    some = some.filter(some.counts)
    sums = some.mutate(
        open_sum=ibis.cases((some.is_open, some.owed), else_=0),
        credit_sum=ibis.cases((some.is_credit, some.owed), else_=0),
        open_unknown=some.is_open & some.unsaid,
        moved=ibis.cases((some.is_open, some.moved_on)),
        doubtful=some.is_open & some.said_paid,
    )
    found = sums.group_by("customer").agg(
        open_sum=sums.open_sum.sum(),
        credit_sum=sums.credit_sum.sum(),
        open_unknown=sums.open_unknown.any(),
        open_moved_on=sums.moved.max(),
        open_doubtful=sums.doubtful.any(),
    )
    net = found.open_sum + ibis.cases((found.credit_sum < 0, found.credit_sum), else_=0)
    net = net.cast(FACTS["open_balance"])
    held = found.mutate(open_balance=net).filter(
        (net > ibis.literal(tolerance)) | found.open_unknown
    )
    return held.select(*UNPAID)


def cases(table: ir.Table, as_of: date, *, states: bool) -> ir.Table:
    """
    Whether a collection case of each customer is open, and when one last moved.

    ``states`` says whether the cases have states: then a blank one is no open case.
    """
    import ibis

    today = ibis.literal(as_of)
    closed = (table.closed_on <= today).fill_null(False)
    is_open = ~closed & (
        (table.collection_state.fill_null("closed") != "closed") if states else ibis.literal(True)
    )
    changed = ibis.cases((table.changed_on <= today, table.changed_on))
    moved = latest(table.opened_on, table.last_contact, changed)
    of = table.mutate(is_open=is_open, moved=ibis.cases((is_open, moved)))
    return of.group_by("customer").agg(
        records=of.count(),
        case_open=of.is_open.any(),
        case_moved_on=of.moved.max(),
        claimed=of.count() > 0,
    )
