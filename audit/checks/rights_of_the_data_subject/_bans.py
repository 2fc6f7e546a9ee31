"""What people and organisations forbade: objections from every list that has them, as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.checks._people import yes
from audit.checks._shared import remembered, together
from audit.checks.rights_of_the_data_subject._deadline import is_any

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "KINDS",
    "MARKED",
    "MARKS",
    "bans",
    "covers_channel",
    "forbids_marketing",
    "has",
    "latest_consent",
    "marks",
    "of_all_channels",
    "of_the_domain",
    "of_the_firm",
    "to_mailbox",
    "with_channel",
]

#: The kinds of tables that hold objections.
KINDS = ("objections", "requests")
#: The kinds of tables whose records may carry the mark of a ban.
MARKED = ("customers", "contacts")
#: The columns in which they do, as a check needs one of them.
MARKS = "|".join(
    f"{kind}.{role}"
    for kind in MARKED
    for role in ("marketing_ban", "marketing_banned_on", "email_ban", "post_ban", "post_allowed")
)
_NO_CHANNELS = ("all", "unread", "form", "in_person")  # of these, how the objection was given
_MARKETING = ("direct_marketing", "all")


def has(said: ir.StringValue, word: str | ir.StringValue) -> ir.BooleanValue:
    """Whether a word is among those that a cell says; see ``register.words.read_words``."""
    return yes(said.contains(word))


def marks(customers: ir.Table | None, contacts: ir.Table | None) -> list[ir.Table]:
    """The bans that people's own records carry, with columns as ``bans`` has them: few have a day."""
    found = []
    for kind, table in zip(MARKED, (customers, contacts), strict=True):
        if table is None:
            continue
        general = yes(table.marketing_ban) | yes(table.marketing_banned_on_given)
        # Advertising by post is allowed until it is forbidden: a permission that says no forbids it.
        no_post = yes(table.post_ban) | yes(~table.post_allowed)
        electronic = general | yes(table.email_ban)
        by_email = ibis.cases((~yes(table.marketing_ban) & yes(table.email_ban), "email"))
        found.append(_marked(table.mutate(forbidden=by_email).filter(electronic), kind))
        by_post = table.mutate(forbidden=ibis.literal("post"))
        found.append(_marked(by_post.filter(no_post & ~general), kind))
    return found


def _marked(told: ir.Table, kind: str) -> ir.Table:
    return told.select(
        other_kind=ibis.literal(kind),
        other_place=told.place,
        other_row=told.row,
        since=told.marketing_banned_on,
        purpose=ibis.literal("direct_marketing"),
        forbidden=told.forbidden,
        scope=ibis.null("string"),
    )


@remembered
def bans(objections: ir.Table | None, requests: ir.Table | None) -> ir.Table:
    """
    Objections and bans, with ``since``, ``purpose``, ``forbidden`` (the channel) and ``scope``.

    Each is told by ``other_kind``, ``other_place`` and ``other_row``, as ``matches`` has them.
    A request counts from its arrival, whatever was answered, since marketing is stopped at once
    (Art. 21(3)); a general objection counts unless it was refused, and one taken back does not.
    """
    every = []
    if objections is not None:
        every.append(
            objections.select(
                other_kind=ibis.literal("objections"),
                other_place=objections.place,
                other_row=objections.row,
                since=objections.objected_on,
                purpose=objections.objection_purpose,
                forbidden=objections.channel,
                scope=objections.objection_scope,
            )
        )
    if requests is not None:
        general = yes(requests.request_kind == "objection")
        asked = requests.filter(
            is_any(requests.request_kind, ("marketing_objection", "publication_objection"))
            | (general & ~is_any(requests.outcome, ("refused", "form"))),
            ~is_any(requests.outcome, ("withdrawn",)),
        )
        purpose = ibis.cases(
            (asked.request_kind == "marketing_objection", "direct_marketing"),
            (asked.request_kind == "publication_objection", "publication"),
            else_="all",
        )
        every.append(
            asked.select(
                other_kind=ibis.literal("requests"),
                other_place=asked.place,
                other_row=asked.row,
                since=asked.received_on,
                purpose=purpose,
                forbidden=ibis.null("string"),
                scope=ibis.null("string"),
            )
        )
    return together(every)


def of_the_firm(records: ir.Table, ban: ir.Table, objections: ir.Table | None) -> ir.Table:
    """
    The bans of organisations that reach records by the organisation's name, which both lists give.

    Columns of ``ban``, and ``place`` and ``row`` of the record.
    """
    firms = ban.filter(ban.other_kind == "objections", ban.scope == "organisation")
    named = None if objections is None else objections.filter(objections.firm != "")
    return _both_give("firm", records, firms, named)


def _both_give(
    name: str, records: ir.Table, listed: ir.Table, objections: ir.Table | None
) -> ir.Table:
    """The bans on the list that reach records by a column which the list and the record both have."""
    if objections is None:
        return listed.mutate(place=listed.other_place, row=listed.other_row).filter(False)
    given = objections.filter(objections[name].notnull())
    given = given.select(
        other_place=given.place, other_row=given.row, **{f"of_{name}": given[name]}
    )
    listed = listed.inner_join(given, ["other_place", "other_row"])
    theirs = records.filter(records[name].notnull()).select("place", "row", name)
    return theirs.inner_join(listed, [theirs[name] == listed[f"of_{name}"]])


def to_mailbox(records: ir.Table, ban: ir.Table, objections: ir.Table | None) -> ir.Table:
    """
    The bans of an address that nobody in particular reads, which both lists give: *info@…*.

    It tells nobody from anybody, but what was forbidden to be sent there is known. Columns as of
    ``of_the_firm``.
    """
    return _both_give("mailbox", records, ban.filter(ban.other_kind == "objections"), objections)


def of_the_domain(records: ir.Table, ban: ir.Table, objections: ir.Table | None) -> ir.Table:
    """
    The bans of all addresses of a firm, *@firm.example*, that reach records by their address.

    Columns as of ``of_the_firm``.
    """
    return _both_give("domain", records, ban.filter(ban.other_kind == "objections"), objections)


def with_channel(send_log: ir.Table) -> ir.Table:
    """The messages; what was sent to a phone number, and to no address, was a text message."""
    told = ibis.cases(
        (send_log.email.notnull(), "email"),
        (send_log.phone.notnull() & send_log.address.isnull(), "sms"),
    )
    return send_log.mutate(channel=ibis.coalesce(send_log.channel, told))


def forbids_marketing(ban: ir.Table) -> ir.BooleanValue:
    """Whether a ban is of marketing: one without a purpose is of everything."""
    named = [has(ban.purpose, word) for word in _MARKETING]
    return ban.purpose.isnull() | named[0] | named[1]


def covers_channel(ban: ir.Table, channel: ir.StringValue) -> ir.BooleanValue:
    """Whether a ban is of a channel; one without a channel is of all."""
    return of_all_channels(ban) | yes(ban.forbidden.contains(channel))


def of_all_channels(ban: ir.Table) -> ir.BooleanValue:
    """Whether a ban names no channel, or all."""
    return yes(
        ban.forbidden.isnull() | ban.forbidden.isin(_NO_CHANNELS) | has(ban.forbidden, "all")
    )


def latest_consent(
    used: ir.Table, pairs: ir.Table, consents: ir.Table, day: str, purpose: str
) -> ir.Table:
    """
    By record, the day of the latest consent that held on the record's day: ``agreed_on``.

    A consent without a day counts from the beginning of time; one for another purpose not at all.
    Consent is specific (Art. 4(11)): in a list that says what people consented to, a blank is consent
    to nothing. A list that says it of nobody is of what it is kept for. Where the records tell by
    which channel they went, a consent for the other is none; a list whose channels are forms and
    counters tells how people consented, and not to what.
    """
    of_something = consents.filter(consents.consent_purpose.notnull()).select("place").distinct()
    unsaid = consents.filter(consents.consent_purpose.isnull())
    consents = consents.anti_join(unsaid.semi_join(of_something, "place"), ["place", "row"])
    how = consents.filter(_says_how(consents.channel)).select(how_place="place").distinct()
    consents = consents.left_join(how, [consents.place == how.how_place])
    consents = consents.mutate(channel=ibis.cases((consents.how_place.isnull(), consents.channel)))
    given = consents.select(
        other_place=consents.place,
        other_row=consents.row,
        agreed_on=ibis.coalesce(consents.consented_on, ibis.date("1970-01-01")),
        withdrawn_on=consents.consent_withdrawal,
        withdrawn=consents.consent_withdrawal_given,
        unsaid=consents.consented_on.isnull(),
        agreed_to=consents.consent_purpose,
        agreed_by=consents.channel,
    )
    used = used.mutate(by=used.channel if "channel" in used.columns else ibis.null("string"))
    found = used.select("place", "row", day, "by").inner_join(pairs, ["place", "row"])
    found = found.inner_join(given, ["other_place", "other_row"])
    other = [(found.agreed_by == one) & (found.by == another) for one, another in _ELECTRONIC]
    found = found.filter(~yes(other[0] | other[1]))
    fits = found.agreed_to.isnull() | (found.agreed_to == "unread")
    fits = yes(fits | has(found.agreed_to, purpose) | has(found.agreed_to, "all"))
    ended = _ended(found.filter(fits), day)
    holds = ~yes(found.withdrawn) | yes(found.withdrawn_on > found[day])
    found = found.filter(found.agreed_on <= found[day], fits, holds)
    latest = found.group_by("place", "row").agg(agreed_on=found.agreed_on.max())
    latest = latest.left_join(ended, [latest.place == ended.at_place, latest.row == ended.at_row])
    latest = latest.filter(~yes(latest.ended_on >= latest.agreed_on))
    return latest.select("place", "row", "agreed_on")


def _ended(found: ir.Table, day: str) -> ir.Table:
    """
    By record, when consent was last withdrawn before its day, as a record of its own tells.

    A record of a consent that has its own end says nothing of another.
    """
    alone = yes(found.withdrawn) & found.unsaid & yes(found.withdrawn_on < found[day])
    ended = found.filter(alone).group_by("place", "row").agg(ended_on=found.withdrawn_on.max())
    return ended.rename({"at_place": "place", "at_row": "row"})


_ELECTRONIC = (("sms", "email"), ("email", "sms"))


def _says_how(channel: ir.StringValue) -> ir.BooleanValue:
    """Whether a channel is a way in which people consent, and no way to reach them."""
    return yes(channel.isin(["form", "in_person"]))
