"""What allows an electronic message to a person: consent, a list joined, a mark, an earlier purchase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import ibis

from audit.checks._people import matches, numbers, yes
from audit.checks._shared import together
from audit.checks.rights_of_the_data_subject._bans import has, latest_consent

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["goes_by", "with_ground"]


def with_ground(
    sent: ir.Table,
    people: ir.Table,
    consents: ir.Table | None,
    mailing_list: ir.Table | None,
    customers: ir.Table | None,
    objections: ir.Table | None,
    orders: ir.Table | None,
    buyers: ir.Table,
    *,
    till_forbidden: bool,
) -> ir.Table | None:
    """
    The messages that some table gives a ground for, by ``place`` and ``row``; None without tables.

    ``buyers`` are the messages for which an earlier purchase is one; ``till_forbidden`` says whether
    the notice lets its customers be written to until they forbid it.

    Each table is asked about all messages: one after the other, the query would double at each.
    """
    excused = [
        *_consented(sent, people, consents),
        *_joined_a_list(sent, people, mailing_list),
        *_marked_as_willing(_undated(sent, people, consents, mailing_list), people, customers),
        *_subscribed_until(sent, people, objections),
        *_bought_before(buyers, people, orders),
        *_are_customers(buyers, people, customers if till_forbidden else None),
    ]
    if not excused:
        return None
    return together(excused)


def goes_by(sent: ir.Table, channels: Iterable[str]) -> ir.BooleanValue:
    """Whether a message goes by one of ``channels``; by e-mail, what may have gone by text as well."""
    text = has(sent.channel, "sms") & ~has(sent.channel, "email")
    said = ibis.literal(False)
    if "sms" in channels:
        said |= yes(text)
    if "email" in channels:
        said |= ~yes(text)
    return said


def _undated(
    sent: ir.Table, people: ir.Table, consents: ir.Table | None, mailing_list: ir.Table | None
) -> ir.Table:
    """
    The messages to people of whom no list tells the day on which they agreed.

    Of the others that day counts: a mark on the customer says what holds now, not since when.
    """
    told = []
    if consents is not None:
        told.append(
            _told_by(sent, people, "consents", consents.filter(consents.consented_on.notnull()))
        )
    if mailing_list is not None:
        for some, of in _by_channel(sent, mailing_list):
            joined_on = ibis.coalesce(of.consented_on, of.subscribed_on)
            told.append(_told_by(some, people, "mailing_list", of.filter(joined_on.notnull())))
    return sent.anti_join(together(told), ["place", "row"]) if told else sent


def _told_by(sent: ir.Table, people: ir.Table, kind: str, table: ir.Table) -> ir.Table:
    """The messages whose recipients stand in a list, by ``place`` and ``row``."""
    theirs = table.select(other_place="place", other_row="row")
    pairs = matches(people, ("send_log",), (kind,))
    found = pairs.filter(pairs.certain).inner_join(theirs, ["other_place", "other_row"])
    return sent.semi_join(found, ["place", "row"]).select("place", "row")


def _by_channel(sent: ir.Table, joined: ir.Table) -> Iterator[tuple[ir.Table, ir.Table]]:
    """
    Parts of the messages, each with the part of a list that may be a ground for it.

    Who joined a list of e-mail addresses agreed to no text messages, unless the list says so apart.
    """
    yield sent.filter(goes_by(sent, {"email"})), joined
    said = yes(joined.text_message_consent)
    texted = joined.filter(joined.email.isnull() | has(joined.channel, "sms") | said)
    day = ibis.ifelse(said, texted.text_message_consented_on, texted.consented_on)
    yield sent.filter(goes_by(sent, {"sms"})), texted.mutate(consented_on=day)


def _consented(sent: ir.Table, people: ir.Table, consents: ir.Table | None) -> Iterator[ir.Table]:
    """The messages that the recipient had consented to, by ``place`` and ``row``."""
    if consents is not None:
        pairs = matches(people, ("send_log",), ("consents",))
        agreed = latest_consent(sent, pairs, consents, "sent_on", "direct_marketing")
        yield agreed.select("place", "row")


def _joined_a_list(
    sent: ir.Table, people: ir.Table, mailing_list: ir.Table | None
) -> Iterator[ir.Table]:
    """Those to people who had joined a mailing list, and not left it again before that day."""
    if mailing_list is not None:
        pairs = matches(people, ("send_log",), ("mailing_list",))
        for some, of in _by_channel(sent, mailing_list):
            joined_on = ibis.coalesce(of.consented_on, of.subscribed_on)
            yield _agreed_by_then(some, pairs, of, joined_on, left_on=of.consent_withdrawal)


def _marked_as_willing(
    sent: ir.Table, people: ir.Table, customers: ir.Table | None
) -> Iterator[ir.Table]:
    """Those to customers who are marked as willing."""
    if customers is not None:
        willing = customers.select(
            other_place=customers.place,
            other_row=customers.row,
            by_email=customers.marketing_consent,
            by_text=customers.text_message_consent,
            withdrawn_on=customers.consent_withdrawal,
        )
        found = _with_theirs(sent, matches(people, ("send_log",), ("customers",)), willing)
        # A column for text messages goes before the one for all marketing, or for e-mail.
        by_text = ibis.coalesce(found.by_text, found.by_email)
        found = found.filter(yes(ibis.ifelse(goes_by(found, {"sms"}), by_text, found.by_email)))
        found = found.filter(~yes(found.withdrawn_on < found.sent_on))
        yield found.select("place", "row")


def _subscribed_until(
    sent: ir.Table, people: ir.Table, objections: ir.Table | None
) -> Iterator[ir.Table]:
    """Those to people who, as a list of objections tells, had subscribed."""
    if objections is not None:
        pairs = matches(people, ("send_log",), ("objections",))
        pairs = pairs.filter(pairs.certain)
        yield _agreed_by_then(sent, pairs, objections, objections.consented_on)


def _bought_before(sent: ir.Table, people: ir.Table, orders: ir.Table | None) -> Iterator[ir.Table]:
    """Those to customers who had bought something before."""
    if orders is not None:
        first = orders.filter(orders.customer.notnull(), orders.ordered_on.notnull())
        first = first.group_by("customer").agg(first_on=first.ordered_on.min())
        # Where a shop, or a list of bookings, numbers nobody, its customers are e-mail addresses.
        mails = people.filter(people.kind == "send_log", people.by == "email")
        whose = numbers(people, ("send_log",)).union(
            mails.select("place", "row", customer=mails.key)
        )
        found = sent.inner_join(whose, ["place", "row"]).inner_join(first, "customer")
        yield found.filter(found.first_on <= found.sent_on).select("place", "row")


def _are_customers(
    sent: ir.Table, people: ir.Table, customers: ir.Table | None
) -> Iterator[ir.Table]:
    """The e-mails to people whose relationship had begun, and who are told of that they get them."""
    if customers is not None:
        pairs = matches(people, ("send_log",), ("customers",))
        mailed = sent.filter(goes_by(sent, {"email"}))
        began = customers.relationship_start
        yield _agreed_by_then(mailed, pairs.filter(pairs.certain), customers, began)


def _agreed_by_then(
    sent: ir.Table,
    pairs: ir.Table,
    theirs: ir.Table,
    agreed_on: ir.DateValue,
    *,
    left_on: ir.DateValue | None = None,
) -> ir.Table:
    """
    The messages sent on or after the day on which their recipients agreed, as a table tells.

    What was sent after ``left_on`` has no ground in it; one of the very day may have crossed.
    """
    left = ibis.null("date") if left_on is None else left_on
    known = theirs.select(
        other_place=theirs.place, other_row=theirs.row, agreed_on=agreed_on, left_on=left
    )
    found = _with_theirs(sent, pairs, known)
    stayed = found.left_on.isnull() | (found.left_on < found.agreed_on)
    stayed = yes(stayed | (found.sent_on <= found.left_on))
    return found.filter(yes(found.agreed_on <= found.sent_on), stayed).select("place", "row")


def _with_theirs(sent: ir.Table, pairs: ir.Table, theirs: ir.Table) -> ir.Table:
    """The messages beside what another table says of their recipients."""
    return sent.inner_join(pairs, ["place", "row"]).inner_join(theirs, ["other_place", "other_row"])
