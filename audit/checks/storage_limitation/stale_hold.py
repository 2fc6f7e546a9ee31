"""Storage limitation: holds whose ground has ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import RetentionScope, check
from audit.checks.storage_limitation._allowed import (
    allowed,
    by_ground,
    ground_of,
    parts,
)
from audit.finding import Basis, Grade
from audit.notice.model import RetentionPeriod

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "STO06",
    criterion="the notice; GDPR Art. 5(1)(e), 17(3)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    needs=("hold|hold_reason|invoices|collection",),
    starts=("own", "left", "derived", "ended", "financial_year", "contracts"),
    about="holds",
    examines=by_ground,
)
def stale_hold(
    records: ir.Table, retention_period: RetentionPeriod, scope: RetentionScope, as_of: date
) -> ir.Table:
    """
    Holds whose ground has ended: nothing but the hold itself keeps the data.

    The hold's own last day has passed; it names an open invoice, and all of the customer's invoices
    are paid, credited or written off; it names collection, and the customer's cases are closed; or
    nobody has moved the claim or the hold for three years, after which a debt is probably
    time-barred.

    Graded minor where the period has passed and the ground has ended for certain. An observation
    where it is only silence, or where the period has not passed yet.

    With a declared period of P10Y, audited on 2026-11-22:

    | retention_start | on_hold | hold_reason  | hold_until | invoiced | open_balance | open_moved_on | result        |
    | --------------- | ------- | ------------ | ---------- | -------- | ------------ | ------------- | ------------- |
    | 2010-05-03      | true    | law          | 2026-11-21 |          |              |               | nonconformity |
    | 2010-05-03      | true    | law          | 2026-11-22 |          |              |               | conformity    |
    | 2010-05-03      | true    | open_invoice |            | true     |              |               | nonconformity |
    | 2010-05-03      | true    | open_invoice |            | true     | 90.00        | 2025-06-01    | conformity    |
    | 2010-05-03      | true    | open_invoice |            |          |              |               | conformity    |
    | 2010-05-03      | false   |              |            | true     | 90.00        | 2023-11-21    | observation   |
    | 2010-05-03      | false   |              |            | true     | 90.00        | 2023-11-22    | conformity    |
    |                 | true    | open_invoice |            | true     |              |               | observation   |
    |                 |         |              |            |          |              |               | conformity    |

    Remedy: check whether the ground still holds, and keep only what it requires. Where it has
    ended, lift the hold and erase. A new hold without a reason is not enough.
    """
    kept = allowed(records, retention_period, scope, as_of)
    stale = kept.filter(
        kept.stale.notnull(), kept.ground.isnull(), kept.on_hold.fill_null(False) | kept.past
    )
    if scope.vouchers:  # what the law still requires waits for no payment
        stale = stale.filter(~stale.statute)
    certain = stale.past & (stale.stale != "no movement for three years")
    return stale.drop("allowed_until", "grade").mutate(
        result=ibis.cases((certain, "nonconformity"), else_="observation"),
        topic=ground_of(stale),
        detail=parts(stale.stale, ibis.cases((~stale.past, "period not passed"))),
    )
