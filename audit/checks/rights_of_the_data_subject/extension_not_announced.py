"""Rights of the data subject: extensions that were told late, or without reasons."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks.rights_of_the_data_subject._deadline import (
    NO_MONTH,
    is_any,
    requests_with_due_days,
)
from audit.checks.rights_of_the_data_subject._kinds import kind_of, requests_with_a_month
from audit.finding import Basis, Grade

if TYPE_CHECKING:
    import ibis.expr.types as ir


def _extended(
    requests: ir.Table, due_days: ir.Table, given: frozenset[str], as_of: date
) -> ir.Table:
    """The requests whose time was extended, or was meant to be."""
    found = requests_with_due_days(requests, due_days, given, as_of)
    return requests_with_a_month(found.filter(found.extended | found.claimed))


@check(
    "RIG09",
    criterion="GDPR Art. 12(3)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="records",
    needs=("received_on", "extension_told_on|extension_reason"),
    at="extension_told_on",
    about="rights",
    examines=_extended,
)
def extension_not_announced(
    requests: ir.Table, due_days: ir.Table, given: frozenset[str], as_of: date
) -> ir.Table:
    """
    Requests answered in the further two months, of which the person was not told as the law wants.

    The extension is told within one month of receipt, together with its reasons. What was answered
    later than three months after receipt, or without any word of an extension, is RIG02's; what is
    not answered at all RIG03's.

    Audited on 2026-11-22:

    | received_on | answered_on | extension_told_on | extension_reason | result        |
    | ----------- | ----------- | ----------------- | ---------------- | ------------- |
    | 2026-01-31  | 2026-04-30  | 2026-03-02        | many requests    | conformity    |
    | 2026-01-31  | 2026-04-30  | 2026-03-03        | many requests    | nonconformity |
    | 2026-01-31  | 2026-04-30  | 2026-02-10        |                  | nonconformity |
    | 2026-01-31  | 2026-02-20  | 2026-03-03        | many requests    | conformity    |

    Grade: minor, since the answer came within the three months.

    Remedy: record why it was late, and tell of an extension within the month, with its reasons.
    Dating the message back is not enough.
    """
    found = requests_with_due_days(requests, due_days, given, as_of)
    detail = ibis.cases(
        (found.told_in_time, "told without reasons"),
        (found.extension_told_on > found.month, "told late"),
        else_="not told",
    )
    return found.mutate(detail=detail, topic=kind_of(found)).filter(
        found.claimed,
        ~found.unreadable,
        ~is_any(found.request_kind, NO_MONTH),
        found.answered > found.month,
        found.answered <= found.extended_due_on,
    )
