"""Lawfulness and transparency: cookies set before, or against, the visitor's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import among, column
from audit.checks.lawfulness_fairness_and_transparency._cookies import ESSENTIAL, with_purpose
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "COO05",
    criterion="Laki sähköisen viestinnän palveluista 917/2014 205 §; GDPR Art. 4(11), 6(1)(a), 7",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="records",
    needs=("cookie_name", "recording|before_consent|held_back"),
    at="cookie_name",
)
def cookie_before_consent(cookie_inventory: ir.Table) -> ir.Table:
    """
    Cookies that need consent and were there on the first load, or after a refusal.

    The recordings are told apart by the inventory's own column, or by the plan for a whole file; an
    inventory may also say itself what was set before consent.
    Consent is needed for whatever the site can do without: a known tracker is one whatever the
    inventory calls it. Another service's cookies for comfort (a chat, a video) are an observation;
    the site's own for a language are left alone, and a cookie that nobody knows is not assessed.
    The settings of the browser are no consent.

    | cookie_name | cookie_name_service | cookie_name_purpose | recording  | result        |
    | ----------- | ------------------- | ------------------- | ---------- | ------------- |
    | _ga         | google_analytics    | analytics           | first_load | nonconformity |
    | _ga         | google_analytics    | analytics           | acceptance | conformity    |
    | _fbp        | meta                | direct_marketing    | refusal    | nonconformity |
    | PHPSESSID   | own                 | essential           | first_load | conformity    |
    | lang        | own                 | preferences         | refusal    | conformity    |
    | xyz         |                     |                     | first_load | not_assessed  |

    Grade: major.

    Remedy: let nothing but what is necessary be set before consent, and nothing after a refusal. A
    longer banner, or a word on the browser's settings, is not enough.
    """
    found = with_purpose(cookie_inventory.filter(cookie_inventory.cookie_name.notnull()))
    comfort = among(found.for_, {"preferences", "user_experience", "customer_relationship"})
    result = ibis.cases(
        (among(found.for_, ESSENTIAL), "conformity"),
        (comfort & found.whose.notnull(), str(Result.OBSERVATION)),
        (comfort, "conformity"),
        (found.for_.isnull() & found.whose.isnull(), str(Result.NOT_ASSESSED)),
        else_=str(Result.NONCONFORMITY),
    )
    detail = ibis.ifelse(found.recording == "refusal", "set after refusal", "set before consent")
    found = found.mutate(result=result, detail=detail)
    told = ibis.coalesce(found.before_consent, ~column(found, "held_back", "boolean"))
    early = among(found.recording, {"first_load", "refusal"}) | told.fill_null(False)
    return found.filter(early, found.result != "conformity")
