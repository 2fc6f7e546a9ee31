"""Who may touch the data: accounts that are people's, and the days on which they were used."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.checks._shared import among, column
from audit.notice.model import Notice
from audit.vocabulary import load

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "is_service",
    "logins",
    "needs_no_undertaking",
    "of_nobody",
    "open_on",
    "uses",
    "with_logins",
    "with_staff",
]


def is_service(accounts: ir.Table) -> ir.BooleanValue:
    """Whether an account is a system's: by its kind, else by its id or by whose it is said to be."""
    told = among(accounts.account_kind, {"personal", "shared", "owner"})
    by_name = among(accounts.user_id_kind, {"service"}) | among(
        accounts.user_name_kind, {"service", "owned_service"}
    )
    return among(accounts.account_kind, {"service"}) | (by_name & ~told)


def of_nobody(accounts: ir.Table) -> ir.BooleanValue:
    """Whether an account is said, or named, to be no one person's."""
    said = among(accounts.account_kind, {"shared"}) | among(
        accounts.user_name_kind, {"several", "nobody"}
    )
    return said | among(accounts.user_id_kind, {"shared"})


def open_on(accounts: ir.Table, day: date) -> ir.BooleanValue:
    """Whether the access right is open on a day; one whose end nobody could read is."""
    begun = (accounts.access_from <= day).fill_null(True)
    return begun & (accounts.access_until >= day).fill_null(True) & ~accounts.ended.fill_null(False)


def with_staff(accounts: ir.Table, staff: ir.Table | None) -> ir.Table:
    """
    The accounts, with what lists of staff say of their users where their own list does not.

    Who it is, the id of the account tells, else the name. ``elsewhere`` is whether there is such a
    list of undertakings: who is not on it has not signed.
    """
    if staff is None:
        return accounts.mutate(elsewhere=ibis.literal(False))
    found = _named_by_staff(accounts, staff)
    for who in ("user_id", "user_name"):
        told = _told_of(staff, who)
        found = found.left_join(told, found[who] == told[f"of_{who}"])
    signed = staff.undertaking_on.notnull() | staff.undertaking_on_given.fill_null(False)
    found = found.cross_join(staff.agg(elsewhere=signed.any().fill_null(False)))
    given = [found[f"{name}_given"].fill_null(False) for name in _signed()]
    return found.mutate(
        undertaking_on=ibis.coalesce(*(found[name] for name in _signed())),
        undertaking_on_given=given[0] | given[1] | given[2],
        employed_until=ibis.coalesce(
            found.employed_until, _day_or_none(found.left_user_id, found.left_user_name)
        ),
    )


def _named_by_staff(accounts: ir.Table, staff: ir.Table) -> ir.Table:
    """The accounts, with the names that the staff's lists, or ids as *aino.koe*, have for nameless ones."""
    both = staff.filter(staff.user_id.notnull(), staff.user_name.notnull())
    both = both.group_by(known_id=both.user_id).agg(known_name=both.user_name.min())
    found = accounts.left_join(both, accounts.user_id == both.known_id)
    name = ibis.coalesce(found.user_name, found.known_name, found.user_id_name)
    return found.mutate(user_name=name).drop("known_id", "known_name")


def _signed() -> tuple[str, str, str]:
    return ("undertaking_on", "signed_user_id", "signed_user_name")


_STILL = ibis.date(9999, 12, 31)


def _day_or_none(*days: ir.DateValue) -> ir.DateValue:
    """The first day that is told, none where it tells of somebody who is still there."""
    return ibis.coalesce(*days).nullif(_STILL)


def _told_of(staff: ir.Table, who: str) -> ir.Table:
    """When each of the staff signed first, and left last; by ``user_id`` or ``user_name``."""
    # A list of undertakings says nothing of who left: only lists that do are asked.
    of_leavers = staff.filter(staff.employed_until.notnull()).select("place").distinct()
    people = staff.filter(staff[who].notnull())
    day = ibis.ifelse(
        people.place.isin(of_leavers.place),
        ibis.coalesce(people.employed_until, _STILL),
        ibis.null("date"),
    )
    return people.group_by(**{f"of_{who}": people[who]}).agg(
        **{
            f"signed_{who}": people.undertaking_on.min(),
            f"signed_{who}_given": people.undertaking_on_given.any(),
            f"left_{who}": day.max(),
        }
    )


def needs_no_undertaking(
    accounts: ir.Table, notice: Notice, processors: ir.Table | None
) -> ir.BooleanValue:
    """
    Whether an account needs no signature: a system's, the owner's own, or a processor's.

    The owner answers for the register already; of a processor's people its agreement says it
    (Art. 28(3)(b)).
    """
    owner = among(accounts.account_kind, {"owner"})
    for name in (notice.controller.name, notice.controller.contact_person):
        if name:
            owner = owner | (accounts.user_name == _in_order(name)).fill_null(False)
    exempt = is_service(accounts) | owner
    if processors is None:
        return exempt
    agreed = processors.filter(processors.agreement_on.notnull())
    return exempt | accounts.employer.isin(agreed.recipient).fill_null(False)


def uses(log: ir.Table) -> ir.Table:
    """The events of a log in which an account was used: a failed attempt, or the system's own, is no use."""
    failed = among(column(log, "event_kind"), {"login_failed"})
    failed |= among(column(log, "event_outcome"), {"failed"})
    no_one = among(log.user_id, set(load("words")["account_id"]["no_one"]))
    return log.filter(log.user_id.notnull(), ~no_one, ~failed)


def logins(access_log: ir.Table | None) -> ir.Table | None:
    """The first and the last day on which each account was used; failed attempts are no use."""
    if access_log is None:
        return None
    used = uses(access_log).filter(access_log.event_on.notnull())
    return used.group_by(used_by=used.user_id).agg(
        first_used=used.event_on.min(), last_used=used.event_on.max()
    )


def with_logins(accounts: ir.Table, access_log: ir.Table | None) -> ir.Table:
    """The accounts with ``first_used`` and ``last_used``, from the log and from their own column."""
    used = logins(access_log)
    if used is None:
        none = ibis.null("date")
        return accounts.mutate(first_used=none, last_used=accounts.last_login_on)
    found = accounts.left_join(used, accounts.user_id == used.used_by)
    last = ibis.greatest(
        ibis.coalesce(found.last_used, found.last_login_on),
        ibis.coalesce(found.last_login_on, found.last_used),
    )
    return found.mutate(last_used=last)


def _in_order(name: str) -> str:
    """A name's words in order, as the records have them."""
    return " ".join(sorted("".join(c if c.isalnum() else " " for c in name.casefold()).split()))
