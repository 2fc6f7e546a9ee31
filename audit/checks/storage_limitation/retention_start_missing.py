"""Storage limitation: ended relationships without the date from which the period runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.declared.departed import of_deaths
from audit.notice.model import RetentionPeriod

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "STO02",
    criterion="the notice; GDPR Art. 5(1)(e), 5(2), 25(2)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    starts=("own", "ended"),
)
def retention_start_missing(
    records: ir.Table, retention_period: RetentionPeriod | None
) -> ir.Table:
    """
    Records marked as ended whose end date is blank, so that their period never starts.

    A period that never starts is no period. A blank end date alone is no deviation: the
    relationship may be running. Placeholders such as 31.12.9999 and 0.0.0000 are blank.

    | retention_start | retention_start_given | ended | result        |
    | --------------- | --------------------- | ----- | ------------- |
    |                 | false                 | true  | nonconformity |
    |                 | false                 | false | conformity    |
    | 2019-03-07      | true                  | true  | conformity    |
    |                 | true                  | true  | conformity    |

    Remedy: enter the end date. Where it is not known, decide a rule and write it down; a date must
    not be invented.
    """
    if retention_period is not None and of_deaths(retention_period):
        return records.filter(False)  # whoever left is not for that dead
    return records.filter(~records.retention_start_given, records.ended).mutate(
        detail=ibis.literal("ended, without a date")
    )
