"""Lawfulness and transparency: cookies that live for years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.catalogue import check
from audit.checks._shared import among
from audit.checks.lawfulness_fairness_and_transparency._cookies import ESSENTIAL, with_purpose
from audit.finding import Basis, Grade, Result
from audit.vocabulary import load

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "COO04",
    criterion="GDPR Art. 13(2)(a), 5(1)(e), 5(1)(a)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="records",
    result=Result.OBSERVATION,
    needs=("lifetime",),
    at="lifetime",
)
def cookie_lifetime(cookie_inventory: ir.Table) -> ir.Table:
    """
    Cookies that are not needed for the site to work and live for more than thirteen months.

    No law sets a limit and the notice gives none, so it is an observation: people are to be told
    how long a cookie lives (C-673/17), and a long life wants a reason.

    | cookie_name | cookie_name_service | cookie_name_purpose | lifetime | result      |
    | ----------- | ------------------- | ------------------- | -------- | ----------- |
    | _ga         | google_analytics    | analytics           | 730      | observation |
    | _ga         | google_analytics    | analytics           | 396      | conformity  |
    | CookieConsent | cookiebot         | essential           | 3650     | conformity  |
    | PHPSESSID   | own                 | essential           | 0        | conformity  |
    | _gid        | google_analytics    | analytics           |          | conformity  |

    Remedy: shorten the lifetime in the settings of the service, and tell it to the visitors.
    """
    longest = load("cookies")["lifetime"]["days"]
    found = with_purpose(cookie_inventory)
    return found.filter(found.lifetime > longest, ~among(found.for_, ESSENTIAL))
