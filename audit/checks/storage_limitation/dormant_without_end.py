"""Storage limitation: relationships that nobody ended, though nothing happens in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import RetentionScope, check
from audit.checks.storage_limitation._allowed import allowed, parts, plus
from audit.finding import Basis, Grade
from audit.notice.model import RetentionPeriod

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "STO07",
    criterion="the notice; GDPR Art. 5(1)(e), 5(2), 25(2)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    tables=("customers",),
    starts=("none",),
)
def dormant_without_end(
    records: ir.Table, retention_period: RetentionPeriod, scope: RetentionScope, as_of: date
) -> ir.Table:
    """
    Customers without an end date, not marked as ended, of whom nothing has been heard for long.

    The last sign of life is the latest order, invoice, contact, visit or contract that the register
    knows. A period that never starts is no period: the reasoning of TSV/26/2020, where "until the
    customer asks" was not accepted (appealed, check status). A running contract, an open invoice or
    a collection case means that the relationship has not ended.

    Graded major where the declared period itself has passed since the last sign of life. An
    observation where it is older than the plan's limit (24 months unless the plan says otherwise).
    A record without any event, such as a prospect, is not assessed: no rule reaches it.

    With a declared period of P10Y, audited on 2026-11-22:

    | retention_start | ended | last_event | relationship_start | result        |
    | --------------- | ----- | ---------- | ------------------ | ------------- |
    |                 | false | 2016-11-21 | 2009-01-01         | nonconformity |
    |                 | false | 2016-11-22 | 2009-01-01         | observation   |
    |                 | false | 2024-11-21 | 2009-01-01         | observation   |
    |                 | false | 2024-11-22 | 2009-01-01         | conformity    |
    |                 | false |            | 2009-01-01         | not_assessed  |
    |                 | false |            | 2026-01-01         | conformity    |
    |                 | true  | 2016-11-21 | 2009-01-01         | conformity    |
    | 2016-11-21      | false | 2016-11-21 | 2009-01-01         | conformity    |

    Remedy: enter the end date. Where it is not known, decide a rule and write it down; a date must
    not be invented.
    """
    kept = allowed(records, retention_period, scope, as_of)
    today, limit = ibis.literal(as_of), f"P{scope.dormant_after}M"
    given = kept.retention_start_given.fill_null(False) | kept.retention_start.notnull()
    heard = (plus(kept.last_event, limit) >= today).fill_null(False)
    new = (plus(kept.relationship_start, limit) >= today).fill_null(False)
    running = (kept.contract_end >= today).fill_null(False)
    quiet = kept.filter(
        ~given, ~kept.ended.fill_null(False), ~heard, ~new, ~running, kept.ground.isnull()
    )
    passed = (retention_period.last_day(quiet.last_event) < today).fill_null(False)
    unknown = quiet.last_event.isnull()
    last = ibis.literal("last event ").concat(quiet.last_event.strftime("%Y-%m-%d"))
    return quiet.drop("allowed_until", "grade").mutate(
        result=ibis.cases(
            (unknown, "not_assessed"), (passed, "nonconformity"), else_="observation"
        ),
        detail=parts(ibis.cases((unknown, "no event known"), else_=last)),
    )
