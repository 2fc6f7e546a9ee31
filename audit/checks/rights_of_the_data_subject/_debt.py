"""Whom the notice's own exceptions cover: open invoices and debt collection suspend erasure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.checks._people import yes

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["owes"]

_OPEN = ("open", "collection")


def owes(
    customer: ir.StringValue, invoices: ir.Table | None, collection: ir.Table | None
) -> ir.BooleanValue:
    """Whether a customer has an open invoice or a running collection case."""
    found = ibis.literal(value=False)
    if invoices is not None:
        state = invoices.invoice_state.isin(_OPEN)
        unpaid = invoices.invoice_state.isnull() & (invoices.amount_open > 0)
        found = found | customer.isin(invoices.filter(yes(state) | yes(unpaid)).customer)
    if collection is not None:
        running = yes(collection.collection_state == "open") | (
            collection.collection_state.isnull() & ~yes(collection.closed_on_given)
        )
        found = found | customer.isin(collection.filter(running).customer)
    return yes(found)
