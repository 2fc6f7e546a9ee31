"""Lawfulness and transparency: fields of the web server's log that the notice does not list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import among
from audit.finding import Basis, Grade, Result
from audit.notice.declared.logged import collected
from audit.notice.model import Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir

# What a word of the notice's list covers, by the column's category.
_COVERS = {
    "cookies_usage": {"cookies_usage"},
    "viewing_time": {"cookies_usage"},
    "pages": {"cookies_usage"},
    "visited_pages": {"cookies_usage"},
    "ip_address": {"ip_address"},
    "device_browser": {"device_browser"},
    "browser": {"device_browser"},
    "device": {"device_browser"},
    "login_credentials": {"login_credentials"},
    "location": {"location"},
}
_LISTED_APART = {"query", "referer"}


@check(
    "COO02",
    criterion="the notice; GDPR Art. 5(1)(a), 5(1)(c)",
    basis=Basis.NOTICE,
    grade=Grade.MINOR,
    unit="columns",
    scopes=("website",),
    tables=("web_log",),
    promised="collected",
)
def undeclared_log_field(columns: ir.Table, notice: Notice) -> ir.Table:
    """
    Fields of the web server's log that the notice's list of what is collected does not have.

    The list is the one the notice gives for cookies, and that it also speaks of the log is an
    assumption; where it gives none, what it says of the server's log itself. Method, status, size and time are technical. The page from which a visitor came and
    what was typed into a search are of the kind of visited pages: against a list that is not closed
    they are an observation. A login name is of no such kind.

    With a notice that lists the IP address, visited pages and the browser as examples:

    | column     | category          | role    | filled | result        |
    | ---------- | ----------------- | ------- | ------ | ------------- |
    | ip         | ip_address        |         | 10     | conformity    |
    | path       | cookies_usage     | path    | 10     | conformity    |
    | referer    | cookies_usage     | referer | 4      | observation   |
    | user       | login_credentials |         | 2      | nonconformity |
    | user_agent | device_browser    |         | 0      | conformity    |

    Grade: minor.

    Remedy: leave the field out of the log, or add it to the notice; give the log a retention
    period.
    """
    listed: set[str] = set()
    told = collected(notice)
    for word in told.keys:
        listed |= _COVERS.get(word, {word})
    closed, apart = told.closed, _LISTED_APART - told.keys
    known = columns.filter(
        columns.filled > 0, columns.category.notnull(), columns.category != "technical"
    )
    same_kind = among(known.category, listed)
    extra = among(known.role, apart)
    result = ibis.ifelse(
        same_kind & ~ibis.literal(closed), str(Result.OBSERVATION), str(Result.NONCONFORMITY)
    )
    found = known.mutate(result=result, row=ibis.null("int64"))
    return found.filter(~same_kind | extra)
