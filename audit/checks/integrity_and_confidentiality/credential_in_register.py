"""Integrity and confidentiality: passwords and card numbers stored as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.categories import Group, categories
from audit.categories.chance import GROUND as CHANCE
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "SEC07",
    criterion="GDPR Art. 32, 5(1)(f)",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="cells",
    breach=True,
)
def credential_in_register(cells: ir.Table, columns: ir.Table) -> ir.Table:
    """
    Full payment card numbers, passwords and other credentials stored as data.

    A card number is proved by its scheme's prefix and length and by the check digit; a column of
    passwords or codes by its header. No notice makes storing them in an export right, so a
    declared one is found as well. A user name opens nothing by itself: it is a category like
    others (MIN01).

    | column         | category          | row | result        |
    | -------------- | ----------------- | --- | ------------- |
    | Lisätiedot     | payment_card      | 12  | nonconformity |
    | Salasana       | password          |     | nonconformity |
    | Käyttäjätunnus | login_credentials |     | conformity    |
    | EAN            | order_history     |     | conformity    |

    Remedy: erase it, and have the card or the password changed. Adding it to the notice is none.
    """
    keys = [key for key, item in categories().items() if item.group is Group.CREDENTIAL]
    whole = columns.filter(columns.category.isin(keys), columns.filled > 0)
    single = cells.filter(cells.category.isin(keys))
    found = whole.select("column", "category", "ground", row=ibis.null("int64")).union(
        single.select("column", "category", "ground", row="row")
    )
    # Of a column of parcels' numbers, one in ten passes the check of a card.
    result = ibis.cases(
        (found.ground == CHANCE, str(Result.OBSERVATION)), else_=str(Result.NONCONFORMITY)
    )
    return found.select("row", "column", "category", result=result, detail=found.ground)
