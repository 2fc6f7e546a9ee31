"""Rights of the data subject: refusals that lack what a refusal must hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks.rights_of_the_data_subject._deadline import (
    is_any,
    requests_with_due_days,
)
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "RIG04",
    criterion="the notice; GDPR Art. 12(4)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    needs=("outcome", "refusal_reason|remedies_told"),
    at="outcome",
)
def refused_without_reasons(
    requests: ir.Table, due_days: ir.Table, given: frozenset[str], as_of: date
) -> ir.Table:
    """
    Refusals without reasons, without the remedies, or later than a month.

    A refusal tells why, that one may complain to the supervisory authority, and that one may go to
    court; and it is told within one month, for which there is no extension. A log that has no
    column for the remedies shows nothing against them. A partial refusal is an observation.

    Audited on 2026-11-22:

    | received_on | answered_on | outcome | refusal_reason | remedies_told | result        |
    | ----------- | ----------- | ------- | -------------- | ------------- | ------------- |
    | 2026-03-05  | 2026-03-20  | refused | law            | true          | conformity    |
    | 2026-03-05  | 2026-03-20  | refused |                | true          | nonconformity |
    | 2026-03-05  | 2026-03-20  | refused | law            | false         | nonconformity |
    | 2026-03-05  | 2026-05-20  | refused | law            | true          | nonconformity |
    | 2026-03-05  | 2026-03-20  | granted |                |               | conformity    |

    Grade: major, since without them nobody can defend themselves.

    Remedy: send the reasons, and tell of the right to complain and to go to court. Handle the
    request again where the reason does not hold.
    """
    found = requests_with_due_days(requests, due_days, given, as_of)
    has_reason = found.refusal_reason.notnull() & (found.refusal_reason != "none")
    no_reason = ~has_reason.fill_null(False) & ibis.literal("refusal_reason" in given)
    not_told = ~found.remedies_told.fill_null(False) & ibis.literal("remedies_told" in given)
    late = (found.answered > found.month).fill_null(False) & ~found.unreadable
    detail = ibis.cases(
        (no_reason & not_told, "neither reasons nor remedies"),
        (no_reason, "no reasons"),
        (not_told, "no remedies told"),
        else_="refused late",
    )
    result = ibis.cases(
        (is_any(found.outcome, ("refused",)), str(Result.NONCONFORMITY)),
        else_=str(Result.OBSERVATION),
    )
    deviates = no_reason | not_told | (late & is_any(found.outcome, ("refused",)))
    return found.mutate(result=result, detail=detail).filter(
        is_any(found.outcome, ("refused", "partly")), deviates
    )
