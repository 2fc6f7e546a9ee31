"""Who may touch the data: accounts that are people's, and the days on which they were used."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.checks._shared import among
from audit.notice.model import Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["is_service", "logins", "needs_no_undertaking", "open_on", "with_logins"]


def is_service(accounts: ir.Table) -> ir.BooleanValue:
    """Whether an account is a system's: by its kind, else by its id or by whose it is said to be."""
    told = among(accounts.account_kind, {"personal", "shared", "owner"})
    by_name = among(accounts.user_id_kind, {"service"}) | among(
        accounts.user_name_kind, {"service", "owned_service"}
    )
    return among(accounts.account_kind, {"service"}) | (by_name & ~told)


def open_on(accounts: ir.Table, day: date) -> ir.BooleanValue:
    """Whether the access right is open on a day; one whose end nobody could read is."""
    begun = (accounts.access_from <= day).fill_null(True)
    return begun & (accounts.access_until >= day).fill_null(True)


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


def logins(access_log: ir.Table | None) -> ir.Table | None:
    """The first and the last day on which each account was used; failed attempts are no use."""
    if access_log is None:
        return None
    used = access_log.filter(access_log.user_id.notnull(), access_log.event_on.notnull())
    used = used.filter(~among(used.event_kind, {"login_failed"}))
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
