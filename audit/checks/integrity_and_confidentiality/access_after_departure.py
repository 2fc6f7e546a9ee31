"""Integrity and confidentiality: access that outlived the employment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks.integrity_and_confidentiality._access import uses, with_logins, with_staff
from audit.finding import Basis, Grade

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "SEC04",
    criterion="the notice; GDPR Art. 32(1)(b), 32(4), 5(1)(f)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    needs=(
        "access_list",
        "access_list.employed_until|staff.employed_until|access_list.access_until",
        # On a list that has neither, what staff say elsewhere is enough: who is listed has access.
        "access_list.access_until|access_list.last_login_on|access_log.event_on|staff.employed_until",
    ),
    at="employed_until|user_id",
    tables=("access_list", "access_log"),
    breach=True,
)
def access_after_departure(
    records: ir.Table,
    as_of: date,
    access_list: ir.Table | None = None,
    access_log: ir.Table | None = None,
    staff: ir.Table | None = None,
) -> ir.Table:
    """
    Accounts whose access right, or use, outlived the user's last working day.

    The last working day itself is in order, and so is a right that was closed on it. A departure
    that is still to come is none yet. A failed attempt to log in is no use. Who left, a list of
    staff may say as well. In a log of the system, each use of such an account after the last day is
    found, too.

    Audited on 2026-11-22:

    | user_id  | employed_until | access_until | last_login_on | result        |
    | -------- | -------------- | ------------ | ------------- | ------------- |
    | aino.koe | 2024-05-31     | 2024-05-31   | 2024-05-31    | conformity    |
    | onni.koe | 2024-05-31     |              | 2024-05-30    | nonconformity |
    | eeva.koe | 2024-05-31     | 2024-07-01   | 2024-06-15    | nonconformity |
    | kalle    |                |              | 2026-11-20    | conformity    |
    | liisa    | 2026-12-31     |              |               | conformity    |
    | mikko    |                | 2024-05-31   | 2024-06-03    | nonconformity |

    Grade: major if the account was used after the last day, which may be a personal data breach;
    minor if the right was merely left open.

    Remedy: close the account today, go through the logs, and assess whether it is a personal data
    breach: the 72 hours of Article 33 run from this audit.
    """
    if "employed_until" not in records.columns:
        return _used(records, access_list, staff)
    listed = _listed(with_staff(records, staff), as_of, access_log)
    if "event_on" not in records.columns:
        return listed.select(_SHOWN)
    used = _used(records.filter(records.event_on.notnull()), access_list, staff)
    return listed.filter(listed.event_on.isnull()).select(_SHOWN).union(used)


_SHOWN = ("row", "grade", "detail")
_AFTER = "used after the last day"


def _listed(accounts: ir.Table, as_of: date, access_log: ir.Table | None) -> ir.Table:
    """The accounts of a list that outlived their users' last day."""
    used = with_logins(accounts, access_log)
    # Where the list tells no departure, whoever signed in after the right ended is let in by
    # mistake; the log's own uses are told there (SEC06).
    left = ibis.coalesce(used.employed_until, used.access_until)
    last = ibis.ifelse(used.employed_until.isnull(), used.last_login_on, used.last_used)
    gone = (left < as_of).fill_null(False)
    login = (last > left).fill_null(False)
    still = ibis.coalesce(used.access_until > left, ~used.ended, ibis.literal(True))
    found = used.mutate(
        grade=ibis.ifelse(login, str(Grade.MAJOR), str(Grade.MINOR)),
        detail=ibis.ifelse(login, _AFTER, "right open after the last day"),
        deviates=gone & (login | still),
    )
    return found.filter(found.deviates)


def _used(log: ir.Table, access_list: ir.Table | None, staff: ir.Table | None) -> ir.Table:
    """The uses by accounts whose users had left; of one who came back, the latest day counts."""
    told = uses(log).mutate(grade=ibis.literal(str(Grade.MAJOR)), detail=ibis.literal(_AFTER))
    if access_list is None:
        return told.filter(False).select(_SHOWN)
    people = with_staff(access_list.filter(access_list.user_id.notnull()), staff)
    day = ibis.coalesce(people.employed_until, ibis.date(9999, 12, 31))
    left = people.group_by(left_id=people.user_id).agg(left_on=day.max())
    found = told.inner_join(left, told.user_id == left.left_id)
    return found.filter(found.event_on > found.left_on).select(_SHOWN)
