"""Rights of the data subject: marketing to people who had objected to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._people import matches, numbers, suppressed, yes
from audit.checks._shared import together
from audit.checks.rights_of_the_data_subject._bans import (
    KINDS,
    MARKED,
    MARKS,
    bans,
    covers_channel,
    forbids_marketing,
    has,
    latest_consent,
    marks,
    of_the_domain,
    of_the_firm,
    to_mailbox,
    with_channel,
)
from audit.checks.rights_of_the_data_subject._deadline import is_any
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir


def _sent(send_log: ir.Table, as_of: date) -> ir.Table:
    """The messages that were no service, and whether each is a survey or marketing."""
    sent = with_channel(send_log)
    sent = sent.filter(sent.sent_on <= as_of, ~is_any(sent.message_kind, ("service",)))
    survey = is_any(sent.message_kind, ("market_research",))
    return sent.mutate(topic=ibis.ifelse(survey, "market_research", "direct_marketing"))


def _covers(ban: ir.Table, topic: str) -> ir.BooleanValue:
    """Whether a ban is of surveys, or of marketing."""
    anything = ban.purpose.isnull() | has(ban.purpose, "all") | (ban.purpose == "unread")
    if topic == "market_research":
        return yes(anything | has(ban.purpose, "market_research"))
    return yes(forbids_marketing(ban) | anything | has(ban.purpose, "distance_selling"))


def _examined(
    send_log: ir.Table,
    as_of: date,
    objections: ir.Table | None = None,
    requests: ir.Table | None = None,
    customers: ir.Table | None = None,
    contacts: ir.Table | None = None,
) -> ir.Table:
    """The surveys, if anybody forbade surveys, and the marketing, if anybody forbade that."""
    sent, ban = _sent(send_log, as_of), _every_ban(objections, requests, customers, contacts)
    forbidden = [
        (sent.topic == topic) & (ban.filter(_covers(ban, topic)).count() > 0)
        for topic in ("market_research", "direct_marketing")
    ]
    return sent.filter(forbidden[0] | forbidden[1]).select("topic")


def _every_ban(
    objections: ir.Table | None,
    requests: ir.Table | None,
    customers: ir.Table | None,
    contacts: ir.Table | None,
) -> ir.Table:
    """What the lists tell, and the marks of people's own records."""
    every = marks(customers, contacts)
    if objections is not None or requests is not None or not every:
        every.append(bans(objections, requests))
    return together(every)


@check(
    "MAR01",
    criterion="the notice; GDPR Art. 21(2), 21(3)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    needs=("sent_on", f"objections|requests|{MARKS}"),
    at="sent_on",
    about="objections",
    examines=_examined,
)
def marketing_after_objection(
    send_log: ir.Table,
    people: ir.Table,
    as_of: date,
    objections: ir.Table | None = None,
    requests: ir.Table | None = None,
    consents: ir.Table | None = None,
    mailing_list: ir.Table | None = None,
    customers: ir.Table | None = None,
    contacts: ir.Table | None = None,
) -> ir.Table:
    """
    Marketing and surveys sent to people, or to organisations, that had objected before.

    An objection to marketing is followed at once. It is held against each message by purpose
    (marketing, market and opinion research), by channel, and by scope: an organisation's ban
    covers all of its people, a person's own only this person. A message on the very day, and a ban
    without a day, are observations; a message of service is none, nor what was sent after a new
    consent. A person's own record may carry the ban; where a list tells its day, that counts.

    Where these are the `objections`:

    | customer | objected_on | channel | objection_purpose |
    | -------- | ----------- | ------- | ----------------- |
    | C1       | 2026-03-01  |         | direct_marketing  |
    | C2       | 2026-03-01  | sms     |                   |

    Audited on 2026-11-22:

    | customer | sent_on    | channel | message_kind    | result        |
    | -------- | ---------- | ------- | --------------- | ------------- |
    | C1       | 2026-02-28 | email   | marketing       | conformity    |
    | C1       | 2026-03-01 | email   | marketing       | observation   |
    | C1       | 2026-03-02 | email   | marketing       | nonconformity |
    | C1       | 2026-03-02 | email   | service         | conformity    |
    | C1       | 2026-03-02 | email   | market_research | conformity    |
    | C2       | 2026-03-02 | email   | marketing       | conformity    |
    | C2       | 2026-03-02 | sms     | marketing       | nonconformity |

    Grade: major, since the right holds without any condition.

    Remedy: stop the messages at once, and add the person to the list of those who are sent none.
    Erasing the person from that list is not enough: it brings the messages back.
    """
    ban = _every_ban(objections, requests, customers, contacts)
    reached = _reached(send_log, people, ban, objections)
    found = _sent(send_log, as_of).inner_join(reached, ["place", "row"])
    selling = has(found.purpose, "distance_selling")
    covered = ibis.ifelse(
        found.topic == "market_research",
        _covers(found, "market_research"),
        _covers(found, "direct_marketing"),
    )
    by_channel = covers_channel(found, found.channel)
    found = found.filter(
        yes(covered),
        by_channel | found.channel.isnull(),
        found.since.isnull() | (found.sent_on >= found.since),
    )
    agreed = _agreed(send_log, people, consents, mailing_list)
    if agreed is not None:
        agreed = agreed.rename({"at_place": "place", "at_row": "row"})
        found = found.left_join(
            agreed, [found.place == agreed.at_place, found.row == agreed.at_row]
        )
        found = found.filter(~yes(found.agreed_on > found.since))
    by_selling = selling & ~forbids_marketing(found) & ~is_any(found.channel, ("phone",))
    sure = found.certain & yes(found.sent_on > found.since) & by_channel & ~by_selling
    sure = sure & ~yes(found.purpose == "unread")
    found = found.mutate(sure=sure.cast("int8"))
    found = found.group_by("row").agg(
        sure=found.sure.max(), since=found.since.min(), topic=found.topic.max()
    )
    day = ibis.literal("forbidden on ").concat(found.since.cast("string").substr(0, 10))
    return found.mutate(
        result=ibis.ifelse(found.sure > 0, str(Result.NONCONFORMITY), str(Result.OBSERVATION)),
        detail=ibis.coalesce(day, ibis.literal("forbidden on an unknown day")),
    )


def _agreed(
    send_log: ir.Table, people: ir.Table, consents: ir.Table | None, mailing_list: ir.Table | None
) -> ir.Table | None:
    """By message, the latest day on which its recipient agreed, or subscribed again."""
    every = []
    if consents is not None:
        pairs = matches(people, ("send_log",), ("consents",))
        every.append(latest_consent(send_log, pairs, consents, "sent_on", "direct_marketing"))
    if mailing_list is not None:
        joined = mailing_list.filter(~suppressed(mailing_list))
        day = ibis.coalesce(joined.consented_on, joined.subscribed_on)
        joined = joined.select(other_place=joined.place, other_row=joined.row, agreed_on=day)
        pairs = matches(people, ("send_log",), ("mailing_list",))
        found = send_log.select("place", "row", "sent_on").inner_join(pairs, ["place", "row"])
        found = found.inner_join(joined, ["other_place", "other_row"])
        found = found.filter(found.agreed_on <= found.sent_on)
        every.append(found.group_by("place", "row").agg(agreed_on=found.agreed_on.max()))
    if not every:
        return None
    both = together(every)
    return both.group_by("place", "row").agg(agreed_on=both.agreed_on.max())


def _reached(
    send_log: ir.Table, people: ir.Table, ban: ir.Table, objections: ir.Table | None
) -> ir.Table:
    """The bans that reach each message: the person's own, the organisation's, and the address's."""
    columns = ("place", "row", "since", "purpose", "forbidden", "scope", "certain")
    pairs = matches(people, ("send_log",), (*KINDS, *MARKED))
    own = pairs.inner_join(ban, ["other_kind", "other_place", "other_row"])
    # A mark without a day says no more than the list in which the day stands.
    dated = own.filter(own.since.notnull()).select("place", "row").distinct()
    undated = own.other_kind.isin(MARKED) & own.since.isnull()
    own = own.filter(~undated).union(own.filter(undated).anti_join(dated, ["place", "row"]))
    own = own.filter(~(is_any(own.scope, ("person",)) & own.other_address)).select(*columns)
    firm = ban.filter(ban.scope == "organisation")
    theirs = numbers(people, KINDS).rename({"other_place": "place", "other_row": "row"})
    firm = firm.inner_join(theirs, ["other_place", "other_row"])
    reached = numbers(people, ("send_log",)).inner_join(firm, "customer")
    named = of_the_firm(send_log, ban, objections)
    boxes, domains = (by(send_log, ban, objections) for by in (to_mailbox, of_the_domain))
    every = (reached, named, boxes, domains)
    sure = [each.mutate(certain=ibis.literal(value=True)) for each in every]
    return ibis.union(own, *(each.select(*columns) for each in sure))
