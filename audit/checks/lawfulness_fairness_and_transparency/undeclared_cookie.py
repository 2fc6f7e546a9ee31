"""Lawfulness and transparency: cookies that the notice does not cover."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import among, any_of
from audit.checks.lawfulness_fairness_and_transparency._cookies import (
    ESSENTIAL,
    is_called,
    with_purpose,
)
from audit.finding import Basis, Grade, Result
from audit.notice.declared.site import cookie_purposes, services
from audit.notice.model import Exhaustive, Notice
from audit.vocabulary import load

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "COO01",
    criterion="the notice; GDPR Art. 5(1)(a), 13(1)(c), 13(1)(e)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    needs=("cookie_name",),
    at="cookie_name",
    promised="cookies",
)
def undeclared_cookie(cookie_inventory: ir.Table, notice: Notice) -> ir.Table:
    """
    Cookies of a service that the notice does not name, or for a purpose that it does not tell.

    Whose a cookie is and what it is for, its name tells where it is known, else the inventory. What
    the site cannot do without needs no word of its own, and what the notice names is told. A cookie
    that nobody knows is not assessed. Where the notice lists its cookies by name and says that is
    all, whatever else is set deviates, even if the site needs it, unless it speaks of necessary ones as a
    class and lists others alone.
    It is a nonconformity where the notice says there are no cookies, or none but the necessary, or
    that its list is whole; else an observation.

    With a notice that names Google Analytics, tells of statistics and says that is the whole list:

    | cookie_name | cookie_name_service | cookie_name_purpose | result        |
    | ----------- | ------------------- | ------------------- | ------------- |
    | _ga         | google_analytics    | analytics           | conformity    |
    | _fbp        | meta                | direct_marketing    | nonconformity |
    | PHPSESSID   | own                 | essential           | conformity    |
    | _ads_seen   | own                 | direct_marketing    | nonconformity |
    | xyz         |                     |                     | not_assessed  |

    Grade: minor.

    Remedy: remove the cookie if it is not needed. Where it is, ask for consent first and say in the
    notice whose it is and what it is for; a longer banner is not enough.
    """
    named, purposes = services(notice), cookie_purposes(notice)
    none = notice.cookies.used is False
    only_needed = bool(purposes) and purposes <= ESSENTIAL | {"preferences"}
    whole = notice.cookies.exhaustive is Exhaustive.YES
    closed = none or only_needed or whole
    listed = ibis.literal(whole and _lists_needed(notice))
    found = with_purpose(cookie_inventory.filter(cookie_inventory.cookie_name.notnull()))
    essential = among(found.for_, ESSENTIAL)
    needed = essential & ~ibis.literal(none) & ~listed
    of_service = found.whose.notnull()
    unknown = ~of_service & (found.for_.isnull() | among(found.for_, {"not_essential"}))
    # Where the notice tells no purposes, none can be missing from it; a list of names tells each.
    untold = not none and not (whole and notice.cookies.names)
    for_something = among(found.for_, purposes) if purposes else ibis.literal(untold)
    declared = ibis.ifelse(of_service, among(found.whose, named), for_something)
    declared &= ~(listed & essential)
    told = _told_by_name(found.cookie_name, notice)
    deviates = str(Result.NONCONFORMITY if closed else Result.OBSERVATION)
    result = ibis.ifelse(
        unknown & ~listed & ~ibis.literal(none), str(Result.NOT_ASSESSED), deviates
    )
    return found.mutate(result=result).filter(~needed, ~told, ~declared | unknown)


def _told_by_name(name: ir.StringValue, notice: Notice) -> ir.BooleanValue:
    """Whether the notice names the cookie."""
    return any_of(is_called(name, one) for one in notice.cookies.names)


def _lists_needed(notice: Notice) -> bool:
    """Whether the notice lists by name what the site needs as well: its names are not all of services."""
    names = notice.cookies.names
    as_a_class = bool(cookie_purposes(notice) & ESSENTIAL)
    return bool(names) and not (as_a_class and all(map(_is_a_services, names)))


def _is_a_services(name: str) -> bool:
    """Whether a name is that of a service's cookie; Markdown may have taken its underscore."""
    spelt = (name, f"_{name}")
    return any(fnmatchcase(one, known) for one in spelt for known in _OF_SERVICES)


_OF_SERVICES = tuple(
    cookie for known in load("cookies")["services"].values() for cookie in known["cookies"]
)
