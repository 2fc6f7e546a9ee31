"""Lawfulness and transparency: data from others without its source, or that people were not told of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import among
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir

_THEMSELVES = {"customer_registration", "customer_report", "relationship"}
_CONTACTS = {"name", "email", "phone", "postal_address"}


@check(
    "SRC02",
    criterion="GDPR Art. 14(2)(f), 14(3)(a), 15(1)(g), 5(1)(a)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="records",
    needs=("source",),
    at="source",
)
def source_unrecorded(
    source_log: ir.Table, due_days: ir.Table, given: frozenset[str], as_of: date
) -> ir.Table:
    """
    Data got from others whose source nobody recorded, or of which people were not told in a month.

    The month runs from the day on which the data was obtained, and over a Saturday, Sunday or
    holiday ends with the next working day (Regulation 1182/71). What people told themselves needs
    no message, nor what a law makes an authority give, nor an address brought up to date. Where the
    log has no column for telling people, only the source is assessed.

    Audited on 2026-11-22:

    | source      | obtained_on | informed_on | result        |
    | ----------- | ----------- | ----------- | ------------- |
    | bought_list | 2026-01-12  | 2026-02-12  | conformity    |
    | bought_list | 2026-01-12  | 2026-02-13  | nonconformity |
    | bought_list | 2026-11-10  |             | conformity    |
    | referral    | 2026-01-12  |             | nonconformity |
    |             | 2026-01-12  |             | nonconformity |
    | authority   | 2026-01-12  |             | conformity    |

    Grade: minor.

    Remedy: record the source, and tell the people now: what is held of them, where it came from and
    what their rights are. Back-dating the message is not enough.
    """
    found = source_log.left_join(due_days, source_log.obtained_on == due_days.started_on)
    updates = among(found.source, {"update_service"}) & among(found.field, _CONTACTS)
    others = found.source.notnull() & ~among(found.source, _THEMSELVES | {"authority"}) & ~updates
    asked = others & ibis.literal("informed_on" in given)
    undated = asked & found.informed_on.isnull() & found.informed_on_given.fill_null(False)
    missing = asked & found.informed_on.isnull() & ~undated & (found.due_on < as_of)
    late = asked & (found.informed_on > found.due_on)
    doubtful = asked & (found.informed_on > found.due_without_eves_on) & ~late
    unread = among(found.source, {"unread"})
    result = ibis.cases(
        (found.source.isnull(), str(Result.NONCONFORMITY)),
        (undated, str(Result.NOT_ASSESSED)),
        ((missing | late).fill_null(False) & unread, str(Result.NOT_ASSESSED)),
        ((missing | late).fill_null(False), str(Result.NONCONFORMITY)),
        (doubtful.fill_null(False), str(Result.OBSERVATION)),
    )
    detail = ibis.cases(
        (found.source.isnull(), "no source"),
        (undated, "undated"),
        (missing.fill_null(False), "people were not told"),
        else_="people were told late",
    )
    found = found.mutate(result=result, detail=detail)
    return found.filter(found.result.notnull())
