"""Storage limitation: records past their period that a hold keeps."""

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
    to_clear,
)
from audit.finding import Basis, Grade, Result
from audit.notice.model import RetentionPeriod

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "STO05",
    criterion="the notice; GDPR Art. 5(1)(e), 17(3), 18",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    needs=("hold|hold_reason|amount_open|invoices|collection",),
    starts=("own", "left", "derived", "ended", "financial_year", "contracts"),
    result=Result.OBSERVATION,
    about="holds",
    examines=by_ground,
)
def held_past_retention(
    records: ir.Table, retention_period: RetentionPeriod, scope: RetentionScope, as_of: date
) -> ir.Table:
    """
    Records whose period has passed and which a hold still keeps, with its reason and its end.

    A hold comes from the table's own column, from the customer's open invoices (credit notes and
    part payments netted, a balance up to the plan's tolerance left out) or from a collection case
    that is open. It suspends erasure of what it covers, no more: the columns that it does not
    cover are named, and are to be cleared. Customers' contact persons are no such ground, though
    a notice may say so, nor is an archive, statistics or a hope of further orders: Article 17(3)
    does not know them, and they excuse nothing; nor does a hold without a reason in a list that asks for
    one. Where it does not ask, a hold without a reason is shown as such. Always an observation.

    With a declared period of P10Y, audited on 2026-11-22:

    | retention_start | on_hold | hold_reason          | open_balance | case_open | result      |
    | --------------- | ------- | -------------------- | ------------ | --------- | ----------- |
    | 2010-05-03      | true    | law                  |              |           | observation |
    | 2010-05-03      | true    |                      |              |           | observation |
    | 2010-05-03      | false   |                      | 12.50        |           | observation |
    | 2010-05-03      | false   |                      |              | true      | observation |
    | 2010-05-03      | true    | organisation_contact |              |           | conformity  |
    | 2010-05-03      |         |                      |              |           | conformity  |
    | 2016-11-22      | true    | law                  |              |           | conformity  |

    Remedy: check whether the ground still holds, and keep only what it requires. Where it has
    ended, erase. A new hold without a reason is not enough.
    """
    kept = allowed(records, retention_period, scope, as_of)
    held = kept.filter(kept.past, kept.ground.notnull())
    until = ibis.cases(
        (
            held.on_hold.fill_null(False) & held.hold_until.notnull(),
            ibis.literal("until ").concat(held.hold_until.strftime("%Y-%m-%d")),
        )
    )
    doubtful = (held.ground == "open_invoice") & held.open_doubtful.fill_null(False)
    detail = parts(
        ibis.literal("held: ").concat(held.ground),
        until,
        ibis.cases((doubtful, "invoice both open and paid")),
        *(
            ibis.cases((held.ground == ground, f"clear: {', '.join(columns)}"))
            for ground in ("law", "open_invoice", "debt_collection")
            if (columns := to_clear(scope, ground)) and not scope.vouchers
        ),
    )
    return held.drop("allowed_until").mutate(detail=detail, topic=ground_of(held))
