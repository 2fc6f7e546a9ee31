"""Accuracy: contact details and dates of birth that cannot be right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import days_later
from audit.finding import Basis, Grade

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "ACC01",
    criterion="the notice; GDPR Art. 5(1)(d)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="cells",
    at="birth_date",
    scopes=("register",),
)
def implausible_value(cells: ir.Table, records: ir.Table, as_of: date) -> ir.Table:
    """
    Cells of e-mail addresses, phone numbers, postal codes and dates of birth that cannot be right.

    Only what is certain is found: an address without its @ or its domain, a number with letters or
    too few digits, a postal code that has lost its zeros, a birth that is still to come, that
    nobody alive remembers, or on a day that no month has. "None" and a dash are no values. What looks odd but may be right, such
    as a foreign postal code, is left alone.

    Audited on 2026-11-22:

    | birth_date | result        |
    | ---------- | ------------- |
    | 2026-11-22 | conformity    |
    | 2026-11-23 | nonconformity |
    | 1906-11-21 | nonconformity |
    |            | conformity    |

    Grade: minor.

    Remedy: correct the value from the person, or erase it; do not guess.
    """
    found = cells.filter(cells.category == "implausible")
    found = found.mutate(category=found.also, detail=found.ground).select(_SHOWN)
    return found.union(_births(records, as_of)) if "birth_date" in records.columns else found


_SHOWN = ("row", "column", "category", "detail")
_OLDEST = 120  # years; few have ever lived longer


def _births(records: ir.Table, as_of: date) -> ir.Table:
    """The records whose date of birth cannot be anybody's."""
    to_come = (records.birth_date > ibis.literal(as_of)).fill_null(False)
    too_old = days_later(records.birth_date, _OLDEST, "Y") < ibis.literal(as_of)
    found = records.mutate(
        column=ibis.null("string"),
        category=ibis.literal("date_of_birth"),
        detail=ibis.ifelse(to_come, "born in the future", "born too long ago"),
    )
    return found.filter(to_come | too_old.fill_null(False)).select(_SHOWN)
