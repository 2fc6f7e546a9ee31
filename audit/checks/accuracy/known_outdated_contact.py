"""Accuracy: contact details that are known to be out of date and are still in use."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._people import matches, yes
from audit.checks._shared import among, column
from audit.finding import Basis, Grade, Result

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
    needs=("email_bounced|post_returned|dissolved|send_log.delivery|free_text",),
    at="record_key",
    tables=("customers", "contacts", "mailing_list"),
)
def known_outdated_contact(
    records: ir.Table, people: ir.Table, send_log: ir.Table | None = None
) -> ir.Table:
    """
    Records in use whose contact details are known to be wrong.

    A message bounced, post came back, or the organisation was dissolved; the duty to correct needs
    no request. A mailing list may keep the addresses at which it found nobody. A record whose relationship has ended, or a contact person who left, is not in use.
    A note that says so, and not what was done about it, counts as such a mark.
    That a message bounced may stand in the log of what was sent: where the last ones did, and one for
    good or two of them, the address is known to be wrong; one alone is an observation.

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
    known = reduce(or_, signs.values())
    found = records.mutate(
        detail=ibis.coalesce(detail, _SIGNS["email_bounced"]), known=known, in_use=~ended
    )
    if send_log is None:
        return found.filter(found.known, found.in_use).mutate(result=ibis.literal(_CERTAIN))
    bounced = _bounced(people, send_log)
    found = found.left_join(bounced, [found.place == bounced.at_place, found.row == bounced.at_row])
    certain = found.known | yes(found.bounces > 1)
    found = found.mutate(result=ibis.ifelse(certain, _CERTAIN, str(Result.OBSERVATION)))
    return found.filter(found.in_use, found.known | yes(found.bounces > 0))


_CERTAIN = str(Result.NONCONFORMITY)
_GOOD = 2  # what bounced for good counts as two that bounced


def _bounced(people: ir.Table, send_log: ir.Table) -> ir.Table:
    """By record, how many messages bounced since the last that arrived."""
    sent = send_log.filter(send_log.delivery.notnull(), send_log.sent_on.notnull())
    sent = sent.select(
        other_place=sent.place, other_row=sent.row, sent_on=sent.sent_on, delivery=sent.delivery
    )
    pairs = matches(people, ("customers", "contacts"), ("send_log",))
    pairs = pairs.filter(pairs.certain, ~pairs.other_address)
    pairs = pairs.select("place", "row", "other_place", "other_row").distinct()
    each = pairs.inner_join(sent, ["other_place", "other_row"])
    arrived = each.filter(each.delivery == "delivered").group_by("place", "row")
    arrived = arrived.agg(arrived_on=lambda t: t.sent_on.max())
    arrived = arrived.rename({"in_place": "place", "in_row": "row"})
    each = each.left_join(arrived, [each.place == arrived.in_place, each.row == arrived.in_row])
    later = each.arrived_on.isnull() | (each.sent_on > each.arrived_on)
    each = each.filter(later, among(each.delivery, {"hard", "bounced"}))
    weight = ibis.ifelse(each.delivery == "hard", _GOOD, 1)
    each = each.mutate(weight=weight)
    return each.group_by(at_place=each.place, at_row=each.row).agg(bounces=each.weight.sum())
