"""Accuracy: e-mail addresses, phone numbers and postal codes that cannot be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.catalogue import check
from audit.finding import Basis, Grade

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "ACC01",
    criterion="the notice; GDPR Art. 5(1)(d)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="cells",
    scopes=("register",),
)
def implausible_value(cells: ir.Table) -> ir.Table:
    """
    Cells of e-mail addresses, phone numbers and postal codes that cannot be right.

    Only what is certain is found: an address without its @ or its domain, a number with letters or
    too few digits, a postal code that has lost its zeros. "None" and a dash are no values. What
    looks odd but may be right, such as a foreign postal code, is left alone.

    | row | column     | category    | also           | result        |
    | --- | ---------- | ----------- | -------------- | ------------- |
    | 1   | Sähköposti | implausible | email          | nonconformity |
    | 2   | Lisätiedot | phone       |                | conformity    |

    Grade: minor.

    Remedy: correct the value from the person, or erase it; do not guess.
    """
    found = cells.filter(cells.category == "implausible")
    return found.mutate(category=found.also, detail=found.ground)
