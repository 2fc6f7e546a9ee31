"""Rights of the data subject: objections that did not reach every list that they concern."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._people import matches, started, suppressed, yes
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
    of_all_channels,
    of_the_domain,
    to_mailbox,
)
from audit.checks.rights_of_the_data_subject._deadline import is_any
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir

_TABLES = ("mailing_list", "customers", "contacts", "requests")


@check(
    "MAR04",
    criterion="the notice; GDPR Art. 21(3), 5(1)(d), 25(1)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    tables=_TABLES,
    needs=(f"objections|requests|consents.consent_withdrawal|customers.marketing_consent|{MARKS}",),
)
def objection_not_carried_over(
    records: ir.Table,
    columns: ir.Table,
    people: ir.Table,
    given: frozenset[str],
    as_of: date,
    objections: ir.Table | None = None,
    requests: ir.Table | None = None,
    consents: ir.Table | None = None,
    mailing_list: ir.Table | None = None,
    customers: ir.Table | None = None,
    contacts: ir.Table | None = None,
) -> ir.Table:
    """
    Objections to marketing that stand in one table, and are missing from another.

    A person who objected and is still subscribed on a mailing list; a customer without the mark of
    a ban, though there is a column for it and the person objected to all marketing, or for e-mail
    and the objection covers that, or a column for bans of publication, which the person had
    forbidden; a subscriber whose record among the customers says no to marketing (an observation: it
    may never have said yes); a customer whose record still says yes to marketing, also where
    the list of consents says that it was withdrawn; a request, or a customer's mark, that did not
    reach the list of objections. What was subscribed again after the objection, and a file older
    than it, are none.

    Where these are the `objections`:

    | email            | objected_on | objection_purpose |
    | ---------------- | ----------- | ----------------- |
    | aino@koe.example | 2026-03-01  | direct_marketing  |
    | onni@koe.example | 2026-03-01  | market_research   |

    Audited on 2026-11-22:

    | email            | subscribed | subscribed_on | result        |
    | ---------------- | ---------- | ------------- | ------------- |
    | aino@koe.example | true       | 2025-01-01    | nonconformity |
    | aino@koe.example | false      | 2025-01-01    | conformity    |
    | aino@koe.example | true       | 2026-05-01    | conformity    |
    | onni@koe.example | true       | 2025-01-01    | conformity    |

    Grade: minor, since nothing was sent yet; what was sent is MAR01's.

    Remedy: add the person to the list of those who are sent nothing, in every system. Erasing the
    person from that list is not enough: an import or a merger brings the messages back.
    """
    ours = records.mutate(
        started_on=started(records),
        suppressed=suppressed(records),
        marked=_mark(records),
        willing=_says_yes(records, "marketing_consent"),
        by_text=_says_yes(records, "text_message_consent"),
        asked=_asks(records),
    ).select(
        "place",
        "row",
        "taken_on",
        "started_on",
        "suppressed",
        "marked",
        "willing",
        "by_text",
        "asked",
    )
    mark = "marketing_ban" if "marketing_ban" in given else "email_ban"
    every = []
    if objections is not None or requests is not None:
        ban = bans(objections, requests)
        every_box = (
            by(_with_boxes(records), ban, objections) for by in (of_the_domain, to_mailbox)
        )
        firms = ibis.union(*(found.select(*_OF_A_FIRM) for found in every_box))
        forbidden = _forbidden(ours, people, ban, firms, given, mark, as_of)
        every.append(_but_agreed_again(forbidden, people, consents, as_of))
        if "publication_ban" in given:
            every.append(_may_be_published(records, people, ban, as_of))
        if objections is not None:
            unlisted = _unlisted(ours, people, firms, mark)
            if mark == "email_ban":  # a list of numbers that nobody may call has none of those
                by_email = people.filter(people.kind == "objections", people.by != "phone")
                unlisted = unlisted.filter((by_email.count() > 0) | (unlisted.role != mark))
            every.append(unlisted.filter(_listed_by_hand(objections, mailing_list).count() > 0))
    if consents is not None:
        every.append(_withdrawn(ours, people, consents, as_of))
    if "subscribed" in records.columns:
        every += [_marked_elsewhere(ours, people, ban) for ban in marks(customers, contacts)]
        if customers is not None:
            every.append(_refused_elsewhere(ours, people, customers))
    if not every:  # nobody's record could say so
        every = [
            ours.select(
                "row",
                sure=ibis.literal(0, type="int8"),
                role=ibis.literal(mark),
                detail=ibis.literal(""),
            ).filter(ibis.literal(value=False))
        ]
    found = together(every)
    found = found.group_by("row").agg(
        sure=found.sure.max(), role=found.role.max(), detail=found.detail.min()
    )
    headed = columns.filter(columns.role.notnull()).select("column", headed="role")
    found = found.left_join(headed, found.role == headed.headed)
    return found.select(
        "row",
        "column",
        "detail",
        result=ibis.ifelse(found.sure > 0, str(Result.NONCONFORMITY), str(Result.OBSERVATION)),
    )


def _forbidden(
    ours: ir.Table,
    people: ir.Table,
    ban: ir.Table,
    firms: ir.Table,
    given: frozenset[str],
    mark: str,
    as_of: date,
) -> ir.Table:
    """The records of people who objected in another table, and are written to all the same."""
    ban = ban.filter(yes(forbids_marketing(ban)), ban.since.isnull() | (ban.since < as_of))
    # Each by itself: a list of addresses is matched with one of numbers through the customers.
    pairs = together([matches(people, (ours,), KINDS) for ours in _TABLES])
    forbidden = pairs.inner_join(ban, ["other_kind", "other_place", "other_row"])
    forbidden = forbidden.filter(~(is_any(forbidden.scope, ("person",)) & forbidden.other_address))
    told = ("kind", "place", "row", "purpose", "forbidden", "since", "certain")
    theirs = firms.inner_join(people.select("kind", "place", "row").distinct(), ["place", "row"])
    theirs = theirs.filter(forbids_marketing(theirs), theirs.since < as_of)
    theirs = theirs.mutate(certain=ibis.literal(value=True))
    forbidden = forbidden.select(*told).union(theirs.select(*told))
    found = ours.inner_join(forbidden, ["place", "row"])
    by_email = covers_channel(found, ibis.literal("email"))
    by_text = found.by_text & covers_channel(found, ibis.literal("sms"))
    on_list = (found.kind == "mailing_list") & ~found.suppressed & by_email
    unmarked = found.kind.isin(("customers", "contacts")) & ~found.marked
    # A column for e-mail alone is where a ban of e-mail belongs as well.
    headed = of_all_channels(found) & ibis.literal("marketing_ban" in given)
    headed |= by_email & ibis.literal("email_ban" in given)
    found = found.filter(
        on_list | (unmarked & (headed | (found.willing & by_email) | by_text)),
        # Somebody who subscribed again has changed their mind; a relationship alone changes none.
        ~(yes(found.started_on > found.since) & on_list),
        yes(found.taken_on.fill_null(as_of) > found.since) | found.since.isnull(),
    )
    role = ibis.cases(
        (found.kind == "mailing_list", "subscribed"),
        (found.willing & by_email, "marketing_consent"),
        (by_text, "text_message_consent"),
        else_=mark,
    )
    return found.select(
        "place",
        "row",
        "since",
        sure=found.certain.cast("int8"),
        role=role,
        detail=ibis.literal("an objection stands elsewhere"),
    )


def _may_be_published(records: ir.Table, people: ir.Table, ban: ir.Table, as_of: date) -> ir.Table:
    """The records without the mark for it of people who forbade their publication elsewhere."""
    pairs = matches(people, MARKED, KINDS)
    theirs = ban.filter(
        has(ban.purpose, "publication"), yes(ban.since.fill_null(ibis.literal(as_of)) <= as_of)
    )
    forbidden = pairs.filter(pairs.certain, ~pairs.other_address)
    forbidden = forbidden.inner_join(theirs, ["other_kind", "other_place", "other_row"])
    unmarked = records.filter(~yes(records.publication_ban_given)).select("place", "row")
    found = unmarked.semi_join(forbidden, ["place", "row"])
    return found.select(
        "row",
        sure=ibis.literal(1, type="int8"),
        role=ibis.literal("publication_ban"),
        detail=ibis.literal("an objection stands elsewhere"),
    )


def _marked_elsewhere(ours: ir.Table, people: ir.Table, ban: ir.Table) -> ir.Table:
    """The subscribers whose own record among the customers, or contact persons, carries a ban."""
    pairs = matches(people, ("mailing_list",), MARKED)
    found = pairs.filter(pairs.certain, ~pairs.other_address)
    found = found.inner_join(ban, ["other_kind", "other_place", "other_row"])
    found = ours.filter(~ours.suppressed).inner_join(
        found.select("place", "row", "since"), ["place", "row"]
    )
    found = found.filter(~yes(found.started_on > found.since))
    return found.select(
        "row",
        sure=ibis.literal(1, type="int8"),
        role=ibis.literal("subscribed"),
        detail=ibis.literal("an objection stands elsewhere"),
    )


def _refused_elsewhere(ours: ir.Table, people: ir.Table, customers: ir.Table) -> ir.Table:
    """The subscribers whose record among the customers says no to marketing; it may never have been yes."""
    refused = customers.filter(yes(~customers.marketing_consent))
    refused = refused.select(other_place="place", other_row="row")
    pairs = matches(people, ("mailing_list",), ("customers",))
    pairs = pairs.filter(pairs.certain, ~pairs.other_address)
    theirs = pairs.semi_join(refused, ["other_place", "other_row"])
    found = ours.filter(~ours.suppressed).semi_join(theirs, ["place", "row"])
    return found.select(
        "row",
        sure=ibis.literal(0, type="int8"),
        role=ibis.literal("subscribed"),
        detail=ibis.literal("no to marketing stands elsewhere"),
    )


def _but_agreed_again(
    found: ir.Table, people: ir.Table, consents: ir.Table | None, as_of: date
) -> ir.Table:
    """The records, without those of people who consented again after they had objected."""
    if consents is not None:
        pairs = matches(people, _TABLES[:3], ("consents",))
        now = found.select("place", "row", day=ibis.literal(as_of)).distinct()
        sure = pairs.filter(pairs.certain)
        agreed = latest_consent(now, sure, consents, "day", "direct_marketing")
        agreed = agreed.rename({"at_place": "place", "at_row": "row"})
        found = found.left_join(
            agreed, [found.place == agreed.at_place, found.row == agreed.at_row]
        )
        found = found.filter(~yes(found.agreed_on > found.since))
    return found.select("row", "sure", "role", "detail")


_OF_A_FIRM = ("place", "row", "purpose", "forbidden", "since")


def _with_boxes(records: ir.Table) -> ir.Table:
    """The records with the box and the domain of their address, where the table has any."""
    blank = {name: ibis.null("string") for name in ("domain", "mailbox")}
    return records.mutate(**{n: b for n, b in blank.items() if n not in records.columns})


def _listed_by_hand(objections: ir.Table, mailing_list: ir.Table | None) -> ir.Table:
    """The objections that stand on a list of such; who left a mailing list stands on that alone."""
    if mailing_list is None:
        return objections
    return objections.anti_join(mailing_list.select("place").distinct(), "place")


def _unlisted(ours: ir.Table, people: ir.Table, firms: ir.Table, mark: str) -> ir.Table:
    """The requests and marks that did not reach the list of objections."""
    # A request may tell the person by number, and the list of objections by address.
    listed = matches(people, _TABLES, ("objections",)).select("place", "row")
    through = matches(people, ("requests",), ("objections",)).select("place", "row")
    listed = listed.union(through).union(firms.select("place", "row")).distinct()
    missing = ours.filter(ours.marked | ours.asked).anti_join(listed, ["place", "row"])
    return missing.select(
        "row",
        sure=ibis.literal(1, type="int8"),
        role=ibis.ifelse(missing.asked, "request_kind", mark),
        detail=ibis.literal("missing from the list of objections"),
    )


def _withdrawn(ours: ir.Table, people: ir.Table, consents: ir.Table, as_of: date) -> ir.Table:
    """The records that say yes to marketing of people who withdrew every consent to it."""
    purpose = consents.consent_purpose
    of_marketing = purpose.isnull() | has(purpose, "direct_marketing") | has(purpose, "all")
    by_email = consents.channel.isnull() | ~yes(consents.channel.isin(["sms", "phone", "post"]))
    theirs = consents.filter(yes(of_marketing), by_email).select(
        other_place="place",
        other_row="row",
        since=consents.consent_withdrawal,
        withdrawn=consents.consent_withdrawal_given.fill_null(False),
    )
    pairs = matches(people, _TABLES[:3], ("consents",))
    pairs = pairs.filter(pairs.certain)
    found = ours.filter(ours.willing, ~ours.marked).inner_join(pairs, ["place", "row"])
    found = found.inner_join(theirs, ["other_place", "other_row"])
    taken = found.taken_on.fill_null(ibis.literal(as_of))
    gone = found.filter(found.withdrawn, yes(found.since < taken))
    gone = gone.select("place", "row").distinct().mutate(day=ibis.literal(as_of))
    # A consent that was given besides, or again, holds.
    agreed = latest_consent(gone, pairs, consents, "day", "direct_marketing")
    gone = gone.anti_join(agreed, ["place", "row"])
    return gone.select(
        "row",
        sure=ibis.literal(1, type="int8"),
        role=ibis.literal("marketing_consent"),
        detail=ibis.literal("consent withdrawn elsewhere"),
    )


def _mark(records: ir.Table) -> ir.BooleanValue:
    """Whether a customer is marked as one who is sent no marketing."""
    if "marketing_ban" not in records.columns:
        return ibis.literal(value=False)
    return yes(records.marketing_ban) | yes(records.email_ban)


def _says_yes(records: ir.Table, role: str) -> ir.BooleanValue:
    """Whether a customer's record says that the customer agrees to marketing."""
    return yes(records[role]) if role in records.columns else ibis.literal(value=False)


def _asks(records: ir.Table) -> ir.BooleanValue:
    """Whether a request is to be sent no marketing."""
    if "request_kind" not in records.columns:
        return ibis.literal(value=False)
    return is_any(records.request_kind, ("marketing_objection",)) & ~is_any(
        records.outcome, ("withdrawn",)
    )
