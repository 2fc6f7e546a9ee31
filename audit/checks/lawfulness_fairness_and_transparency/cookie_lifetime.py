"""Lawfulness and transparency: cookies that live for years."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import among
from audit.checks.lawfulness_fairness_and_transparency._cookies import (
    ESSENTIAL,
    is_called,
    with_purpose,
)
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.vocabulary import load

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "COO04",
    criterion="the notice; GDPR Art. 13(2)(a), 5(1)(e), 5(1)(a)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    needs=("lifetime",),
    at="lifetime",
)
def cookie_lifetime(cookie_inventory: ir.Table, notice: Notice | None = None) -> ir.Table:
    """
    Cookies that live longer than the notice says, or for years though the site works without them.

    Where the notice says how long a cookie stays, or all of them, a longer life deviates from it. Where it does not,
    no law sets a limit: a cookie that the site can do without and that lives for more than thirteen
    months is an observation, for people are to be told how long it lives (C-673/17), and a long life
    wants a reason.

    With a notice that says of `_pk_id` that it stays for 13 months:

    | cookie_name | cookie_name_service | cookie_name_purpose | lifetime | result        |
    | ----------- | ------------------- | ------------------- | -------- | ------------- |
    | _pk_id.1.ab | matomo              | analytics           | 730      | nonconformity |
    | _pk_id.1.ab | matomo              | analytics           | 393      | conformity    |
    | _ga         | google_analytics    | analytics           | 730      | observation   |
    | _ga         | google_analytics    | analytics           | 396      | conformity    |
    | CookieConsent | cookiebot         | essential           | 3650     | conformity    |
    | PHPSESSID   | own                 | essential           | 0        | conformity    |
    | _gid        | google_analytics    | analytics           |          | conformity    |

    Grade: minor.

    Remedy: shorten the lifetime in the settings of the service, and tell it to the visitors.
    """
    longest = load("cookies")["lifetime"]["days"]
    found = with_purpose(cookie_inventory.filter(cookie_inventory.lifetime.notnull()))
    # The longest name first: what is said of `_ga_x` goes before what is said of `_ga`.
    told = sorted(
        notice.cookies.lifetimes if notice is not None else (), key=lambda one: -len(one.name)
    )
    named = [(_is_of(found, one.name), ibis.literal(one.days)) for one in told]
    none = ibis.null("int64")
    found = found.mutate(most=ibis.cases(*named, else_=none) if named else none)
    over = found.most.notnull() & (found.lifetime > found.most)
    long = found.most.isnull() & (found.lifetime > longest) & ~among(found.for_, ESSENTIAL)
    result = ibis.ifelse(over, str(Result.NONCONFORMITY), str(Result.OBSERVATION))
    return found.mutate(result=result).filter(over.fill_null(False) | long)


def _is_of(found: ir.Table, name: str) -> ir.BooleanValue:
    """Whether a cookie is the one of which the notice speaks, or one of all, or of its purpose."""
    if name == "*":
        return ibis.literal(True)
    if name in _OF_A_PURPOSE:
        return among(found.for_, {_OF_A_PURPOSE[name]})
    return is_called(found.cookie_name, name)


_OF_A_PURPOSE = {"statistics": "analytics", "marketing": "direct_marketing"}
