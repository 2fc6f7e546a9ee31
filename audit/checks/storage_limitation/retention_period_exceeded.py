"""Storage limitation: records kept past the declared retention period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import RetentionScope, check
from audit.checks.storage_limitation._allowed import allowed, parts, to_clear
from audit.finding import Basis, Grade
from audit.notice.model import RetentionPeriod

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "STO01",
    criterion="the notice; GDPR Art. 5(1)(e), 13(2)(a)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    scopes=("register", "governance", "website"),
)
def retention_period_exceeded(
    records: ir.Table, retention_period: RetentionPeriod, scope: RetentionScope, as_of: date
) -> ir.Table:
    """
    Records kept longer than the retention period that the notice declares.

    The notice tells people how long their data is kept; the register keeps that promise. The day
    of the event is not counted, the last permitted day is inclusive, and a period in years ends
    with the same date (29 February with the last day of February); weekends and holidays shift
    nothing. A hold suspends erasure; a blank hold is no hold. What is held today is held under
    today's notice, also where the relationship ended before the notice was drawn up. Orders,
    invoices and contact persons follow their customer; of several relationships the last one
    counts, unless the gap before it was longer than the period. A list of requests, of messages
    sent or a log that the notice gives a period of its own counts from its own day.

    A voucher that bookkeeping law still requires is not due (STO09). A customer's record beside
    such vouchers is due in part: the columns to clear are named.

    Graded major; minor if overdue by no more than the deletion cycle that the plan states, a year
    at most. An observation where the end is derived, nobody has confirmed the rule, and a source
    that could show a later end is missing.

    With a declared period of P10Y, audited on 2026-11-22:

    | retention_start | on_hold | result        |
    | --------------- | ------- | ------------- |
    | 2016-11-21      | false   | nonconformity |
    | 2016-11-22      | false   | conformity    |
    | 2010-05-03      | true    | conformity    |
    |                 | false   | conformity    |

    Remedy: erase or anonymise the listed records in every system, but leave vouchers until the
    time that bookkeeping law sets for them has ended. Marking them inactive is not enough.
    """
    kept = allowed(records, retention_period, scope, as_of)
    due = kept.filter(kept.past, kept.ground.isnull(), kept.stale.isnull())
    unknown = due.voucher_unknown.fill_null(False)
    clear = to_clear(scope, "law")
    whole = f"clear: {', '.join(to_clear(scope, 'nothing'))}" if scope.partial else ""
    if scope.vouchers:
        due = due.filter(~due.statute)
        not_told, partly = unknown | due.voucher_until.isnull(), ibis.literal(False)
    elif clear or not scope.columns:
        not_told, partly = ibis.literal(False), due.statute | unknown
    else:  # all that the rule reaches stands on the vouchers too
        due = due.filter(~due.statute)
        not_told, partly = unknown, ibis.literal(False)
    found = "nonconformity" if scope.firm else "observation"
    return due.mutate(
        result=ibis.cases((not_told, "not_assessed"), else_=found),
        detail=parts(
            ibis.cases(
                (not_told, "financial year unknown"),
                (partly, f"clear: {', '.join(clear)}" if clear else ""),
                else_=whole,
            ),
            None if scope.firm else "end derived",
        ),
    )
