"""Storage limitation: records kept past the declared retention period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from audit.catalogue import check
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
)
def retention_period_exceeded(
    records: ir.Table, retention_period: RetentionPeriod, as_of: date
) -> ir.Table:
    """
    Records kept longer than the retention period that the notice declares.

    The notice tells people how long their data is kept; the register keeps that promise. The day
    of the event is not counted, the last permitted day is inclusive, and a period in years ends
    with the same date (29 February with the last day of February); weekends and holidays shift
    nothing. A hold suspends erasure; a blank hold is no hold. What is held today is held under
    today's notice, also where the relationship ended before the notice was drawn up.

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
    allowed_until = retention_period.last_day(records.retention_start)
    kept = records.mutate(allowed_until=allowed_until)
    # A blank hold is no hold: SQL's unknown would hide the record.
    return kept.filter(kept.allowed_until < as_of, ~kept.on_hold.fill_null(False))
