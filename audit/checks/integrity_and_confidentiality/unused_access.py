"""Integrity and confidentiality: access rights that nobody uses."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import days_later
from audit.checks.integrity_and_confidentiality._access import (
    is_service,
    open_on,
    with_logins,
    with_staff,
)
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir

_MONTHS = 12


@check(
    "SEC05",
    criterion="GDPR Art. 32, 25(2), 5(1)(f)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="records",
    result=Result.OBSERVATION,
    needs=("last_login_on|access_log.event_on",),
    at="user_id",
)
def unused_access(
    access_list: ir.Table,
    as_of: date,
    access_log: ir.Table | None = None,
    staff: ir.Table | None = None,
) -> ir.Table:
    """
    Open access rights that have not been used for a year.

    An account that was never used counts from the day on which the right was given, if the log or
    the column of logins reaches that far back. The notice promises nothing of it, so it is an
    observation. A service's account is not used by people, and one of somebody who left is SEC04's.

    Audited on 2026-11-22:

    | user_id   | user_id_kind | access_from | last_login_on | access_until | result      |
    | --------- | ------------ | ----------- | ------------- | ------------ | ----------- |
    | aino.koe  |              | 2020-01-08  | 2025-11-22    |              | conformity  |
    | onni.koe  |              | 2020-01-08  | 2025-11-21    |              | observation |
    | eeva.koe  |              | 2020-01-08  | 2023-05-05    | 2024-01-31   | conformity  |
    | svc_kopio | service      | 2020-01-08  | 2021-05-05    |              | conformity  |

    Remedy: remove the right if it is not needed for the user's work.
    """
    used = with_logins(with_staff(access_list, staff), access_log)
    if access_log is None:
        reaches = ibis.literal(True)
    else:
        known = access_log.agg(first_day=access_log.event_on.min())
        told = access_list.agg(logins_told=access_list.last_login_on.notnull().any())
        used = used.cross_join(known).cross_join(told)
        reaches = (days_later(used.first_day, _MONTHS, "M") <= as_of) | used.logins_told
        reaches = reaches.fill_null(False)
    idle = (days_later(used.last_used, _MONTHS, "M") < as_of).fill_null(False)
    granted = (days_later(used.access_from, _MONTHS, "M") < as_of).fill_null(False)
    never = used.last_used.isnull() & granted & reaches
    gone = (used.employed_until < as_of).fill_null(False)
    found = used.mutate(
        unused=(idle | never) & open_on(used, as_of) & ~gone & ~is_service(used),
        detail=ibis.ifelse(idle, "unused for a year", "never used"),
    )
    return found.filter(found.unused)
