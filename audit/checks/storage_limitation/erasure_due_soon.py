"""Storage limitation: records whose time ends within the coming year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import RetentionScope, check
from audit.checks.storage_limitation._allowed import allowed, plus
from audit.finding import Basis, Grade, Result
from audit.notice.model import RetentionPeriod

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "STO04",
    criterion="the notice; GDPR Art. 5(1)(e), 5(2)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    scopes=("register", "governance", "website"),
    starts=("own", "left", "derived", "ended", "financial_year", "contracts"),
    result=Result.OBSERVATION,
)
def erasure_due_soon(
    records: ir.Table, retention_period: RetentionPeriod, scope: RetentionScope, as_of: date
) -> ir.Table:
    """
    Records whose last permitted day falls within the next twelve months, by month.

    No deviation, but work to plan: each row tells the month. What falls due between the day the
    export was taken and the day of the audit is here too, since nobody saw whether it was erased.
    What is on hold is left out. A customer's orders go with the customer, and are not listed again.
    Always an observation.

    With a declared period of P10Y, audited on 2026-11-22:

    | retention_start | on_hold | result      |
    | --------------- | ------- | ----------- |
    | 2016-11-21      | false   | conformity  |
    | 2016-11-22      | false   | observation |
    | 2017-11-22      | false   | observation |
    | 2017-11-23      | false   | conformity  |
    | 2017-05-01      | true    | conformity  |
    |                 | false   | conformity  |

    Remedy: put the erasure into the calendar.
    """
    kept = allowed(records, retention_period, scope, as_of)
    horizon = ibis.literal(scope.horizon) if scope.horizon else plus(ibis.literal(as_of), "P12M")
    soon = kept.filter(
        kept.allowed_until >= ibis.literal(as_of),
        kept.allowed_until <= horizon,
        kept.ground.isnull(),
        kept.stale.isnull(),
    )
    if scope.vouchers:
        soon = soon.filter(soon.voucher_until.notnull())
    month = ibis.literal("due in ").concat(soon.allowed_until.strftime("%Y-%m"))
    return soon.mutate(detail=month)
