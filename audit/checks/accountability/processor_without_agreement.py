"""Accountability: a processor that had the data before there was an agreement."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import among
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir

_NO_PROCESSORS = {"authority", "data_subject", "staff"}


@check(
    "REC03",
    criterion="GDPR Art. 28(3), 5(2)",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="records",
    needs=("agreement_on",),
    at="agreement_on",
)
def processor_without_agreement(processors: ir.Table, as_of: date) -> ir.Table:
    """
    Processors without an agreement, or with one dated after they got at the data.

    An agreement of the same day is in time. One that is noted but undated is not assessed; one
    dated after the audit is not there yet. An authority is no processor.

    Audited on 2026-11-22:

    | recipient | agreement_on | access_from | result        |
    | --------- | ------------ | ----------- | ------------- |
    | luku      | 2021-03-01   | 2021-03-01  | conformity    |
    | pilvi     | 2021-03-02   | 2021-03-01  | nonconformity |
    | kirje     |              | 2022-05-01  | nonconformity |
    | palvelin  | 2019-01-01   |             | conformity    |

    Grade: major.

    Remedy: make the agreement, and find out what the processor did before it; until then, close its
    access. An agreement dated backwards is not enough.
    """
    signed, since = processors.agreement_on, processors.access_from
    undated = signed.isnull() & processors.agreement_on_given.fill_null(False)
    late = ((signed > since) | (signed > as_of)).fill_null(False)
    missing = signed.isnull() & ~undated
    result = ibis.cases(
        (undated, str(Result.NOT_ASSESSED)), (late | missing, str(Result.NONCONFORMITY))
    )
    detail = ibis.cases(
        (undated, "undated"), (missing, "no agreement"), else_="agreement after access"
    )
    found = processors.mutate(result=result, detail=detail)
    return found.filter(result.notnull(), ~among(processors.recipient_kind, _NO_PROCESSORS))
