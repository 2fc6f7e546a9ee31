"""Integrity and confidentiality: accounts that nobody designated."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import among
from audit.checks.integrity_and_confidentiality._access import open_on, uses, with_staff
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "SEC06",
    criterion="the notice; GDPR Art. 29, 32(4), 5(1)(f)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    needs=("access_list",),
    at="user_id",
    tables=("access_list", "access_log"),
    breach=True,
)
def access_not_authorised(
    records: ir.Table,
    as_of: date,
    access_list: ir.Table | None = None,
    staff: ir.Table | None = None,
) -> ir.Table:
    """
    Use of the system by an account that is not on the list of users, and rights of the undesignated.

    In a log, each use by an account that the list does not have, or whose right had ended, is
    found; a system's own account that is not listed is an observation, and a failed attempt is no
    use. On the list, an open account is found that is marked as not designated, and a service's
    account that nobody answers for: neither a column nor the account's own name says who.

    Audited on 2026-11-22:

    | user_id   | user_id_kind | user_name | designated | account_owner | result        |
    | --------- | ------------ | --------- | ---------- | ------------- | ------------- |
    | aino.koe  |              | aino koe  | true       |               | conformity    |
    | onni.koe  |              | koe onni  |            |               | conformity    |
    | eeva.koe  |              | eeva koe  | false      |               | nonconformity |
    | svc_kopio | service      |           |            | aino koe      | conformity    |
    | svc_vanha | service      |           |            |               | nonconformity |

    Grade: major.

    Remedy: close the account today, go through the logs, and assess whether it is a personal data
    breach: the 72 hours of Article 33 run from this audit.
    """
    if "access_from" not in records.columns:
        return _used(records, access_list, staff)
    listed = _listed(records, as_of)
    if "event_on" not in records.columns:
        return listed
    used = _used(records.filter(records.event_on.notnull()), access_list, staff)
    return listed.filter(listed.event_on.isnull()).select(_SHOWN).union(used.select(_SHOWN))


_SHOWN = ("row", "result", "detail")


def _listed(accounts: ir.Table, as_of: date) -> ir.Table:
    """The accounts of a list that should not be on it."""
    undesignated = (~accounts.designated).fill_null(False)
    service = among(accounts.account_kind, {"service"}) | among(accounts.user_id_kind, {"service"})
    owned = accounts.account_owner.notnull() & ~among(accounts.account_owner_kind, {"service"})
    # "Fax" beside a service's id is what it does; "Aino Koe" is who answers for it.
    person = among(accounts.user_name_kind, {"person"}) & accounts.user_name.contains(" ")
    nobody = ~owned & ~among(accounts.user_name_kind, {"owned_service"}) & ~person.fill_null(False)
    found = accounts.mutate(
        result=ibis.literal(str(Result.NONCONFORMITY)),
        detail=ibis.ifelse(undesignated, "not designated", "service without an owner"),
        deviates=(undesignated | (service & nobody)) & open_on(accounts, as_of),
    )
    return found.filter(found.deviates)


def _used(log: ir.Table, access_list: ir.Table | None, staff: ir.Table | None) -> ir.Table:
    """The uses by accounts that the list does not have, or no longer has."""
    used = uses(log)
    if access_list is None:
        return used.filter(False).mutate(result=ibis.null("string"), detail=ibis.null("string"))
    rights = with_staff(access_list.filter(access_list.user_id.notnull()), staff)
    until = ibis.coalesce(rights.access_until, ibis.date(9999, 12, 31))
    # Of an account that is listed twice, the longest right counts; who left is SEC04's.
    ended = rights.group_by(listed_id=rights.user_id).agg(
        right_until=until.max(), left=rights.employed_until.max()
    )
    found = used.left_join(ended, used.user_id == ended.listed_id)
    unlisted = found.listed_id.isnull()
    after = (found.event_on > found.right_until).fill_null(False) & found.left.isnull()
    result = ibis.ifelse(
        unlisted & among(found.user_id_kind, {"service"}),
        str(Result.OBSERVATION),
        str(Result.NONCONFORMITY),
    )
    detail = ibis.ifelse(unlisted, "not on the list", "used after the right had ended")
    return found.mutate(result=result, detail=detail).filter(unlisted | after)
