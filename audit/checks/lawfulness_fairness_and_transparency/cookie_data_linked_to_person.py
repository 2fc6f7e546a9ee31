"""Lawfulness and transparency: web addresses that say who is visiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import among, column
from audit.finding import Basis, Grade

if TYPE_CHECKING:
    import ibis.expr.types as ir

_TELLING = {"email", "personal_identity_code", "bank_account", "payment_card"}
_ADDRESSES = ("query", "referer", "path")


@check(
    "COO06",
    criterion="the notice; GDPR Art. 4(1), 5(1)(a), 5(1)(c), 32",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    needs=("query|referer|path",),
    at="query",
    tables=("web_log", "web_requests"),
)
def cookie_data_linked_to_person(records: ir.Table, cells: ir.Table) -> ir.Table:
    """
    Requests whose address holds an e-mail address, a customer number or an identity code.

    What stands in a web address is kept in logs, goes to every service on the page as the referring
    address, and makes the visitor known there, whatever the notice says of anonymity. A customer's
    number is told by its parameter's name. An empty parameter says nothing.

    | query           | path | result        |
    | --------------- | ---- | ------------- |
    | customer_number |      | nonconformity |
    | email           |      | nonconformity |
    |                 |      | conformity    |

    Grade: major.

    Remedy: take the identifier out of the address (send forms by POST), shorten the logs, and find
    out which services received it. A longer banner is not enough.
    """
    parts = [_told(records, name) for name in _ADDRESSES]
    found = cells.filter(among(cells.category, _TELLING), cells.row > 0)
    whole = ibis.union(*parts, found.select("row", "column", "category"))
    return whole.distinct()


def _told(records: ir.Table, name: str) -> ir.Table:
    """The records whose parameters tell who is visiting, with what they tell."""
    told = records.mutate(column=ibis.literal(name), category=column(records, name))
    return told.filter(told.category.notnull()).select("row", "column", "category")
