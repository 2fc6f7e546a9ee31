"""Rights of the data subject: requests that nobody has answered in time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks.rights_of_the_data_subject._deadline import (
    DECIDED,
    NO_MONTH,
    is_any,
    requests_with_due_days,
    since,
)
from audit.checks.rights_of_the_data_subject._kinds import kind_of, requests_with_a_month
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "RIG03",
    criterion="GDPR Art. 12(3)",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="records",
    needs=("received_on", "answered_on|executed_on|outcome"),
    at="received_on",
    about="rights",
    examines=requests_with_a_month,
)
def response_overdue(
    requests: ir.Table, due_days: ir.Table, given: frozenset[str], as_of: date
) -> ir.Table:
    """
    Requests of data subjects whose time has passed without an answer.

    The due day itself is still in time; it is counted as for RIG02. A request that its maker took
    back needs no answer, and the time stands still while proof of identity, asked for within a
    week, has not come. A decision without the day of an answer, and a request without a day of
    receipt or from the future, cannot be assessed.

    Audited on 2026-11-22:

    | received_on | outcome   | result        |
    | ----------- | --------- | ------------- |
    | 2026-10-20  |           | nonconformity |
    | 2026-10-22  | pending   | conformity    |
    | 2026-09-01  | withdrawn | conformity    |
    | 2026-09-01  | granted   | not_assessed  |
    | 2026-12-24  |           | not_assessed  |

    Grade: major, since the person is still waiting.

    Remedy: answer today. Closing the ticket without an answer is not enough.
    """
    found = requests_with_due_days(requests, due_days, given, as_of)
    found = found.filter(
        found.answered.isnull(),
        ~is_any(found.request_kind, NO_MONTH),
        ~is_any(found.outcome, ("withdrawn",)),
    )
    today = ibis.literal(as_of)
    waiting = found.asked & found.identity_received_on.isnull()
    undated = is_any(found.outcome, DECIDED) | found.executed_on.notnull()
    undated = undated | found.answered_on_given.fill_null(False)
    result = ibis.cases(
        (found.unreadable | undated, str(Result.NOT_ASSESSED)),
        (waiting, ibis.null("string")),
        (found.last_day < today, str(Result.NONCONFORMITY)),
        (found.last_day_strict < today, str(Result.OBSERVATION)),
    )
    detail = ibis.cases(
        (found.unreadable, "no such day can be"),
        (undated, "answered without a day"),
        else_=since(found.last_day, "answer due"),
    )
    return found.mutate(result=result, detail=detail, topic=kind_of(found)).filter(result.notnull())
