"""Storage limitation: end dates that cannot be true."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks.storage_limitation._allowed import plus
from audit.finding import Basis, Grade
from audit.notice.lexicon import says
from audit.notice.model import RetentionPeriod

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "STO03",
    criterion="the notice; GDPR Art. 5(1)(d), 5(1)(e)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    starts=("own",),
)
def retention_start_implausible(
    records: ir.Table,
    retention_period: RetentionPeriod | None,
    as_of: date,
    given: frozenset[str] = frozenset(),
) -> ir.Table:
    """
    Records whose end date is unreadable, before the start, or in the future.

    From such a date no period can be counted. A relationship that ends on the day it begins is
    plausible; so is one that ends on the day of the audit, and an end still to come that a running
    contract supports, but for one that is said to have ended. In a list of visits, one still to come
    is a booking, and so is a stay that has both of its ends, or is going on. Placeholders such as
    31.12.9999 and 0.0.0000 are blank, not implausible.
    Graded minor.

    Audited on 2026-11-22:

    | retention_start | retention_start_given | relationship_start | contract_end | result        |
    | --------------- | --------------------- | ------------------ | ------------ | ------------- |
    |                 | true                  | 2015-01-01         |              | nonconformity |
    | 2014-12-31      | true                  | 2015-01-01         |              | nonconformity |
    | 2026-11-23      | true                  | 2015-01-01         |              | nonconformity |
    | 2026-12-31      | true                  | 2015-01-01         | 2026-12-31   | conformity    |
    | 2026-11-22      | true                  | 2015-01-01         |              | conformity    |
    | 2015-01-01      | true                  | 2015-01-01         |              | conformity    |
    | 2014-12-31      | true                  |                    |              | conformity    |
    |                 | false                 | 2015-01-01         |              | conformity    |

    Remedy: correct the date from its source; where it is not known, decide a rule and write it
    down.
    """
    start, end = records.relationship_start, records.retention_start
    unreadable = records.retention_start_given & end.isnull()
    early = (end < start).fill_null(False)
    # The contract's own end supports itself, unless the record says that it has ended.
    planned = (records.contract_end >= end).fill_null(False)
    if retention_period is not None and retention_period.event == "contract_end":
        planned = planned & ~records.ended.fill_null(False)
    # In a list of visits by customers, one that is still to come was booked.
    visits = {"visit", "customer_reference"} <= given
    # Where a rule counts from the visit, a list of orders by their day is one of visits.
    by_day = retention_period is not None and retention_period.event == "visit"
    visits |= by_day and "ordered_on" in given
    # What was ordered on one day for another is booked as well, till that comes.
    visits |= {"collection", "ordered_on"} <= given
    # So is a delivery, or a shift, of which a list of such tells the day on which it is to be.
    latest = retention_period is not None and says("rules", "latest", retention_period.said)
    to_be = bool({"visit", "last_order"} & given) and "relationship_start" not in given
    visits |= to_be and not latest
    # Who entered or signed up beforehand waits for the draw, or for the webinar.
    visits |= {"collection", "relationship_start"} <= given or (by_day and not latest)
    # A diary of treatments that have a state has those that are booked as well.
    kinds = ("of_bookings", "of_visits") if "status" in given and not latest else ("of_bookings",)
    of_bookings = retention_period is not None and any(
        says("rules", kind, retention_period.said) for kind in kinds
    )
    visits |= of_bookings
    booked = ibis.literal(visits)
    if {"visit", "relationship_start"} <= given:
        # A stay of some days has both of its ends, and a guest may still be in the house.
        booked = booked | (end <= plus(start, _LONGEST_STAY)).fill_null(False)
    # A contact person's departure may be known before it comes (see STO08).
    leaving = ibis.literal("left_on" in given)
    # Of a month or a year alone the last day is assumed.
    latest_day = as_of.replace(month=12, day=31) if "months_alone" in given else as_of
    late = (end > ibis.literal(latest_day)).fill_null(False) & ~planned & ~booked & ~leaving
    detail = ibis.cases(
        (unreadable, "unreadable"), (early, "before the start"), (late, "in the future"), else_=""
    )
    return records.filter(unreadable | early | late).mutate(detail=detail)


_LONGEST_STAY = "P2M"
