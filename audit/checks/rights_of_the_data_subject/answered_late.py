"""Rights of the data subject: requests answered after the time that the law gives."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks.rights_of_the_data_subject._deadline import (
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
    "RIG02",
    criterion="GDPR Art. 12(3)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="records",
    needs=("received_on", "answered_on|executed_on"),
    at="answered_on",
    about="rights",
    examines=requests_with_a_month,
)
def answered_late(
    requests: ir.Table, due_days: ir.Table, given: frozenset[str], as_of: date
) -> ir.Table:
    """
    Requests of data subjects that were answered after the month, or after the three.

    The month runs from receipt and ends with the same date; over a Saturday, Sunday or Finnish
    public holiday with the next working day (Regulation 1182/71). The two further months count
    from receipt as well, and only where they were told within the first month with reasons; a
    refusal has none. An answer that is in time only because Midsummer Eve or Christmas Eve was
    counted as a holiday is an observation. Objections to marketing have no month: they are MAR01's.
    Where an extension was meant but does not hold, RIG09 says so instead.

    Audited on 2026-11-22:

    | received_on | answered_on | extension_told_on | extension_reason | result        |
    | ----------- | ----------- | ----------------- | ---------------- | ------------- |
    | 2026-03-05  | 2026-04-07  |                   |                  | conformity    |
    | 2026-03-05  | 2026-04-08  |                   |                  | nonconformity |
    | 2026-01-31  | 2026-04-30  | 2026-03-02        | many requests    | conformity    |
    | 2026-01-31  | 2026-05-04  | 2026-03-02        | many requests    | nonconformity |
    |             | 2026-05-04  |                   |                  | not_assessed  |

    Grade: minor, since the answer was given.

    Remedy: record why it was late, and mend the way requests are handled: an extension is told
    within the month. Back-dating the answer is not enough.
    """
    found = requests_with_due_days(requests, due_days, given, as_of)
    found = found.filter(found.answered.notnull(), ~is_any(found.request_kind, NO_MONTH))
    late = found.answered > found.last_day
    # RIG09's: an extension that was meant, but was told late or without reasons.
    claimed = found.claimed & (found.answered <= found.extended_due_on)
    doubtful = (found.answered > found.last_day_strict) & ~late
    result = ibis.cases(
        (found.unreadable, str(Result.NOT_ASSESSED)),
        (late & ~claimed, str(Result.NONCONFORMITY)),
        (doubtful & ~claimed, str(Result.OBSERVATION)),
    )
    detail = ibis.cases(
        (found.unreadable, "no such day can be"), else_=since(found.last_day, "answer due")
    )
    return found.mutate(result=result, detail=detail, topic=kind_of(found)).filter(result.notnull())
