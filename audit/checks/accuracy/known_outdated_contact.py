"""Accuracy: contact details that are known to be out of date and are still in use."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import column
from audit.finding import Basis, Grade

if TYPE_CHECKING:
    import ibis.expr.types as ir

_SIGNS = {
    "email_bounced": "e-mail bounced",
    "post_returned": "post returned",
    "dissolved": "organisation dissolved",
}


@check(
    "ACC03",
    criterion="the notice; GDPR Art. 5(1)(d), 16",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    needs=("email_bounced|post_returned|dissolved",),
    at="record_key",
    tables=("customers", "contacts"),
)
def known_outdated_contact(records: ir.Table) -> ir.Table:
    """
    Records in use whose contact details are known to be wrong.

    A message bounced, post came back, or the organisation was dissolved; the duty to correct needs
    no request. A record whose relationship has ended, or a contact person who left, is not in use.

    | email_bounced | post_returned | dissolved | ended | result        |
    | ------------- | ------------- | --------- | ----- | ------------- |
    | true          |               |           | false | nonconformity |
    | false         | true          |           | false | nonconformity |
    |               |               | true      | false | nonconformity |
    | true          |               |           | true  | conformity    |
    |               |               |           | false | conformity    |

    Grade: minor.

    Remedy: correct the details or erase them; do not guess. Keep bans and objections.
    """
    signs = {name: column(records, name, "boolean").fill_null(False) for name in _SIGNS}
    detail = ibis.cases(*((sign, _SIGNS[name]) for name, sign in signs.items()))
    ended = records.ended.fill_null(False)
    for name in ("left_on", "customer_relationship_end"):
        if name in records.columns:
            ended = ended | records[name].notnull()
    found = records.mutate(detail=detail, outdated=reduce(or_, signs.values()) & ~ended)
    return found.filter(found.outdated)
