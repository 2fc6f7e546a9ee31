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
    needs=("email_bounced|post_returned|dissolved|delivery",),
    at="record_key|sent_on",
    tables=("customers", "contacts", "send_log"),
)
def known_outdated_contact(records: ir.Table) -> ir.Table:
    """
    Records in use whose contact details are known to be wrong.

    A message bounced, post came back, or the organisation was dissolved; the duty to correct needs
    no request. A record whose relationship has ended, or a contact person who left, is not in use.
    In a send log, what went to an address from which an earlier message had come back is found,
    until one arrives; a mailbox that was full for a while says nothing.

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
    if "email_bounced" not in records.columns:
        return _sent_again(records)
    held = _known(records)
    if "sent_on" not in records.columns:
        return held.select(_SHOWN)
    return held.filter(held.sent_on.isnull()).select(_SHOWN).union(_sent_again(records))


_SHOWN = ("row", "detail")


def _known(records: ir.Table) -> ir.Table:
    """The customers and contact persons in use of whom a column says so."""
    signs = {name: column(records, name, "boolean").fill_null(False) for name in _SIGNS}
    detail = ibis.cases(*((sign, _SIGNS[name]) for name, sign in signs.items()))
    ended = records.ended.fill_null(False)
    for name in ("left_on", "customer_relationship_end"):
        if name in records.columns:
            ended = ended | records[name].notnull()
    found = records.mutate(detail=detail, outdated=reduce(or_, signs.values()) & ~ended)
    return found.filter(found.outdated)


def _sent_again(sent: ir.Table) -> ir.Table:
    """The messages sent after an earlier one to the same address had come back."""
    sent = sent.filter(sent.email.notnull(), sent.sent_on.notnull())
    back = sent.filter(sent.delivery == "bounced")
    back = back.group_by(back_from=back.email).agg(bounced_on=back.sent_on.min())
    found = sent.inner_join(back, sent.email == back.back_from)
    found = found.filter(found.sent_on > found.bounced_on)
    there = found.filter(found.delivery == "delivered")
    there = there.group_by(reached=there.email).agg(arrived_on=there.sent_on.min())
    found = found.left_join(there, found.email == there.reached)
    known = (found.sent_on <= found.arrived_on).fill_null(True)
    return found.filter(known).select("row", detail=ibis.literal(_SIGNS["email_bounced"]))
