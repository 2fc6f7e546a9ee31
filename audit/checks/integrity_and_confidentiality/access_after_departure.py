"""Integrity and confidentiality: access that outlived the employment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks.integrity_and_confidentiality._access import with_logins
from audit.finding import Basis, Grade

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "SEC04",
    criterion="the notice; GDPR Art. 32(1)(b), 32(4), 5(1)(f)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    needs=("employed_until", "access_until|last_login_on|access_log.event_on"),
    at="employed_until",
    breach=True,
)
def access_after_departure(
    access_list: ir.Table, as_of: date, access_log: ir.Table | None = None
) -> ir.Table:
    """
    Accounts whose access right, or use, outlived the user's last working day.

    The last working day itself is in order, and so is a right that was closed on it. A departure
    that is still to come is none yet. A failed attempt to log in is no use.

    Audited on 2026-11-22:

    | user_id  | employed_until | access_until | last_login_on | result        |
    | -------- | -------------- | ------------ | ------------- | ------------- |
    | aino.koe | 2024-05-31     | 2024-05-31   | 2024-05-31    | conformity    |
    | onni.koe | 2024-05-31     |              | 2024-05-30    | nonconformity |
    | eeva.koe | 2024-05-31     | 2024-07-01   | 2024-06-15    | nonconformity |
    | kalle    |                |              | 2026-11-20    | conformity    |
    | liisa    | 2026-12-31     |              |               | conformity    |

    Grade: major if the account was used after the last day, which may be a personal data breach;
    minor if the right was merely left open.

    Remedy: close the account today, go through the logs, and assess whether it is a personal data
    breach: the 72 hours of Article 33 run from this audit.
    """
    used = with_logins(access_list, access_log)
    left = used.employed_until
    gone = (left < as_of).fill_null(False)
    login = (used.last_used > left).fill_null(False)
    still = (used.access_until > left).fill_null(True)
    found = used.mutate(
        grade=ibis.ifelse(login, str(Grade.MAJOR), str(Grade.MINOR)),
        detail=ibis.ifelse(login, "used after the last day", "right open after the last day"),
        deviates=gone & (login | still),
    )
    return found.filter(found.deviates)
