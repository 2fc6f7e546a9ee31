"""Integrity and confidentiality: undertakings signed after access began."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks.integrity_and_confidentiality._access import (
    needs_no_undertaking,
    with_logins,
    with_staff,
)
from audit.finding import Basis, Grade, Result
from audit.notice.declared.words import access_rules
from audit.notice.model import Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "SEC03",
    criterion="the notice; GDPR Art. 32(4), 28(3)(b), 5(1)(f)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    needs=("undertaking_on|staff.undertaking_on", "access_from|access_log.event_on"),
    at="undertaking_on|user_id",
)
def confidentiality_after_access(
    access_list: ir.Table,
    notice: Notice,
    as_of: date,
    access_log: ir.Table | None = None,
    processors: ir.Table | None = None,
    staff: ir.Table | None = None,
) -> ir.Table:
    """
    Undertakings of confidentiality signed after the user got access.

    What counts is the day on which the right was given, else the first login; the same day
    conforms. The undertakings may be listed apart. A signature without a day, or one whose day nobody could read, is not assessed.
    Where the notice does not promise signatures, it is an observation.

    With a notice that promises signed confidentiality, audited on 2026-11-22:

    | user_id  | access_from | undertaking_on | result        |
    | -------- | ----------- | -------------- | ------------- |
    | aino.koe | 2020-01-08  | 2020-01-08     | conformity    |
    | onni.koe | 2020-01-08  | 2020-01-09     | nonconformity |
    | eeva.koe | 2020-01-08  | 2019-12-31     | conformity    |
    | kalle    | 2020-01-08  |                | conformity    |

    Grade: minor, since it was signed in the end.

    Remedy: from now on, open access only when the undertaking is signed. An undertaking dated
    backwards is not enough.
    """
    promised = "signed_confidentiality" in access_rules(notice)
    deviates = str(Result.NONCONFORMITY if promised else Result.OBSERVATION)
    used = with_logins(with_staff(access_list, staff), access_log)
    began = ibis.coalesce(used.access_from, used.first_used)
    undated = used.undertaking_on.isnull() & used.undertaking_on_given.fill_null(False)
    late = (used.undertaking_on > began) & (used.undertaking_on <= as_of)
    result = ibis.cases((undated, str(Result.NOT_ASSESSED)), (late.fill_null(False), deviates))
    detail = ibis.cases((undated, "undated"), else_="signed after access")
    found = used.mutate(
        result=result, detail=detail, exempt=needs_no_undertaking(used, notice, processors)
    )
    return found.filter(found.result.notnull(), ~found.exempt)
