"""Rights of the data subject: people and organisations published though they had forbidden it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._natural import is_natural
from audit.checks._people import matches, numbers, yes
from audit.checks._shared import together
from audit.checks.rights_of_the_data_subject._bans import KINDS, bans, has, latest_consent
from audit.checks.rights_of_the_data_subject._deadline import is_any
from audit.checks.rights_of_the_data_subject._permissions import permitted_by_record, says_who_may
from audit.finding import Basis, Grade, Result
from audit.notice.declared.asked_first import only_with_consent
from audit.notice.model import Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir


#: Where people's own records say yes or no to being published.
_OWN_SAY = "|".join(
    f"{kind}.{role}"
    for kind in ("customers", "contacts")
    for role in (
        *("publication_ban", "publication_consent", "web_consent"),
        *("social_media_consent", "print_consent"),
    )
)


@check(
    "MAR02",
    criterion="the notice; GDPR Art. 21(1), 6(1)(a), 4(11)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    needs=(
        "published_on",
        f"publication_consent|objections|requests|{_OWN_SAY}",
    ),
    at="published_on",
)
def published_despite_ban(
    publication_list: ir.Table,
    people: ir.Table,
    notice: Notice | None,
    given: frozenset[str],
    as_of: date,
    objections: ir.Table | None = None,
    requests: ir.Table | None = None,
    customers: ir.Table | None = None,
    contacts: ir.Table | None = None,
    consents: ir.Table | None = None,
) -> ir.Table:
    """
    Entries of published or printed lists, of an edition after the ban.

    The notice claims a right to publish unless it is forbidden. A list that was made before the ban
    arrived is no deviation; the edition of the same day, a ban without a day or without a purpose,
    and a ban of disclosure are observations. A ban may stand in the person's own record. What the
    list itself says to have no permission is found. So is every natural person who was published
    without having consented, ban or no ban: silence is no consent; where the notice says that
    nobody is published without consent, and consents are recorded, it is a promise broken. So is
    who said no in their own record, or no to that channel (website, social media, print). Where
    the register records consents, so is whoever stands there by name and for no firm. A printed
    list may have names alone: a ban by one of that name is an observation, and a consent by one of
    that name is believed.

    Where these are the `objections`:

    | customer | objected_on | objection_purpose |
    | -------- | ----------- | ----------------- |
    | C1       | 2026-03-01  | publication       |
    | C2       | 2026-03-01  | direct_marketing  |

    Audited on 2026-11-22:

    | customer | published_on | result        |
    | -------- | ------------ | ------------- |
    | C1       | 2026-02-01   | conformity    |
    | C1       | 2026-03-01   | observation   |
    | C1       | 2026-04-01   | nonconformity |
    | C2       | 2026-04-01   | conformity    |

    Grade: major, since what was published cannot be taken back.

    Remedy: take the entry out of the published list and out of the editions to come. Waiting for
    the next edition is not enough.
    """
    entries = publication_list.filter(publication_list.published_on <= as_of)
    unasked = _without_consent(entries, people, customers, consents)
    # Where the notice promises to ask, and somebody wrote down who agreed, the promise is broken.
    promised = only_with_consent(notice, "publication") and (
        consents is not None or "consented_on" in given
    )
    every = [unasked.mutate(sure=ibis.literal(int(promised), type="int8"))]
    every.append(_without_permission(entries))
    owners = {"customers": customers, "contacts": contacts}
    own = permitted_by_record(entries, people, owners)
    if own is not None:
        unasked = unasked.anti_join(own.filter(own.allowed), "row")
        every[0] = unasked.mutate(sure=ibis.literal(int(promised), type="int8"))
        every.append(_not_allowed(own, promised=only_with_consent(notice, "publication")))
    ban = [_own_bans(kind, table) for kind, table in owners.items() if table is not None]
    if objections is not None or requests is not None:
        ban.append(bans(objections, requests))
    if ban:
        named = owners | {"objections": objections, "requests": requests}
        every.append(_forbidden(entries, people, together(ban), named))
    found = together([one.select("row", "sure", "detail") for one in every])
    found = found.group_by("row").agg(sure=found.sure.max(), detail=found.detail.min())
    return found.mutate(
        result=ibis.ifelse(found.sure > 0, str(Result.NONCONFORMITY), str(Result.OBSERVATION))
    )


def _forbidden(
    entries: ir.Table, people: ir.Table, ban: ir.Table, named: dict[str, ir.Table | None]
) -> ir.Table:
    """The entries of people, or of organisations, who had forbidden it before."""
    reached = _reached(people, ban).union(_of_that_name(entries, people, ban, named))
    found = entries.inner_join(reached, ["place", "row"])
    of_this = has(found.purpose, "publication") | has(found.purpose, "all")
    doubtful = found.purpose.isnull() | has(found.purpose, "disclosure")
    found = found.filter(
        of_this | yes(doubtful), found.since.isnull() | (found.published_on >= found.since)
    )
    sure = found.certain & of_this & yes(found.published_on > found.since)
    found = found.mutate(sure=sure.cast("int8"))
    found = found.group_by("row").agg(sure=found.sure.max(), since=found.since.min())
    day = ibis.literal("forbidden on ").concat(found.since.cast("string").substr(0, 10))
    return found.mutate(detail=ibis.coalesce(day, ibis.literal("forbidden on an unknown day")))


def _without_permission(entries: ir.Table) -> ir.Table:
    """The entries beside which the list itself says that there is no permission."""
    found = entries.filter(yes(~entries.publication_consent))
    return found.select(
        "row",
        sure=ibis.literal(1, type="int8"),
        detail=ibis.literal("published without permission"),
    )


def _not_allowed(own: ir.Table, *, promised: bool) -> ir.Table:
    """The entries that the person's own record does not allow; a blank is a doubt, or a promise broken."""
    found = own.filter(~own.allowed)
    return found.select(
        "row",
        sure=(found.refused | ibis.literal(promised)).cast("int8"),
        detail=ibis.literal("not permitted by the person's record"),
    )


def _own_bans(kind: str, table: ir.Table) -> ir.Table:
    """The bans that the records of customers or contact persons tell, as ``bans`` has them."""
    # Where a record has permissions to publish, what was withdrawn is these.
    withdrawn = table.consent_withdrawal_given & says_who_may(table)
    told = table.filter(yes(table.publication_ban_given) | yes(withdrawn))
    return told.select(
        other_kind=ibis.literal(kind),
        other_place=told.place,
        other_row=told.row,
        since=ibis.coalesce(told.publication_ban, told.consent_withdrawal),
        purpose=ibis.literal("publication"),
        forbidden=ibis.null("string"),
        scope=ibis.null("string"),
    )


def _reached(people: ir.Table, ban: ir.Table) -> ir.Table:
    """The bans that reach each entry: the person's own, and the organisation's."""
    columns = ("place", "row", "since", "purpose", "certain")
    own = matches(people, ("publication_list",), (*KINDS, "customers", "contacts"))
    own = own.inner_join(ban, ["other_kind", "other_place", "other_row"])
    own = own.filter(~(is_any(own.scope, ("person",)) & own.other_address)).select(*columns)
    theirs = numbers(people, KINDS).rename({"other_place": "place", "other_row": "row"})
    firm = ban.filter(ban.scope == "organisation").inner_join(theirs, ["other_place", "other_row"])
    reached = numbers(people, ("publication_list",)).inner_join(firm, "customer")
    reached = reached.mutate(certain=ibis.literal(value=True)).select(*columns)
    return own.union(reached).union(_by_address(people, ban).select(*columns))


def _by_address(people: ir.Table, ban: ir.Table) -> ir.Table:
    """
    The bans of the customers, or contact persons, at whose name and address an entry is: in doubt.

    A printed label says no more than that; the ban may have come by e-mail.
    """
    hubs = ("customers", "contacts")
    label = matches(people, ("publication_list",), hubs)
    label = label.filter(~label.certain, label.by == "name_and_address")
    label = label.select("place", "row", at_place="other_place", at_row="other_row")
    theirs = matches(people, hubs, KINDS)
    theirs = theirs.filter(theirs.certain, ~theirs.other_address)
    theirs = theirs.inner_join(ban, ["other_kind", "other_place", "other_row"])
    theirs = theirs.select("since", "purpose", at_place="place", at_row="row")
    found = label.inner_join(theirs, ["at_place", "at_row"])
    return found.mutate(certain=ibis.literal(value=False))


def _names_alone(entries: ir.Table) -> ir.Table:
    """The entries that say of people no more than a first name and a last, and for whom they stand."""
    others = (entries[name] for name in ("customer", "email", "phone", "address"))
    blank = [other.isnull() for other in others]
    return entries.filter(yes(entries.name.contains(" ")), *blank)


def _of_that_name(
    entries: ir.Table, people: ir.Table, ban: ir.Table, tables: dict[str, ir.Table | None]
) -> ir.Table:
    """
    The bans by people of the name that stands in an entry, and nothing else does.

    A ban that came by e-mail, or by number, has the name of the customer's own record.
    """
    named = [
        table.filter(table.name.notnull()).select(
            other_kind=ibis.literal(kind),
            other_place=table.place,
            other_row=table.row,
            other_name=table.name,
        )
        for kind, table in tables.items()
        if table is not None
    ]
    of = ["other_kind", "other_place", "other_row"]
    own = together(named)
    near = own.rename({"kind": "other_kind", "place": "other_place", "row": "other_row"})
    pairs = matches(people, ("customers", "contacts"), KINDS)
    pairs = pairs.filter(pairs.certain, ~pairs.other_address)
    theirs = pairs.inner_join(near, ["kind", "place", "row"]).select(*of, "other_name")
    known = ban.inner_join(own.union(theirs, distinct=True), of)
    alone = _names_alone(entries).select("place", "row", "name")
    found = alone.inner_join(known, [alone.name == known.other_name])
    return found.mutate(certain=ibis.literal(value=False)).select(
        "place", "row", "since", "purpose", "certain"
    )


def _without_consent(
    entries: ir.Table, people: ir.Table, customers: ir.Table | None, consents: ir.Table | None
) -> ir.Table:
    """Natural persons who were published though nobody asked them."""
    # The list itself may say when the person agreed.
    entries = entries.filter(
        ~yes(entries.consented_on <= entries.published_on), entries.publication_consent.isnull()
    )
    natural = is_natural(entries)
    asked = natural
    if consents is not None:  # where consents are recorded, whoever stands there by name is asked
        asked = natural.fill_null(entries.name.notnull())
    known = entries.filter(yes(asked)).select("place", "row", "published_on")
    if customers is not None:
        persons = customers.filter(is_natural(customers))
        persons = persons.select(other_place=persons.place, other_row=persons.row)
        pairs = matches(people, ("publication_list",), ("customers",))
        sure = pairs.filter(pairs.certain)
        pairs = sure.inner_join(persons, ["other_place", "other_row"])
        theirs = entries.semi_join(pairs, ["place", "row"]).select("place", "row", "published_on")
        known = known.union(theirs, distinct=True)
        firms = customers.filter(yes(~is_natural(customers)))
        firms = firms.select(other_place=firms.place, other_row=firms.row)
        of_firms = sure.semi_join(firms, ["other_place", "other_row"])
        known = known.anti_join(of_firms, ["place", "row"])
    if consents is not None:
        pairs = matches(people, ("publication_list",), ("consents",))
        agreed = latest_consent(known, pairs, consents, "published_on", "publication")
        known = known.anti_join(agreed, ["place", "row"])
        known = known.anti_join(_agreed_by_name(entries, consents), ["place", "row"])
    return known.select(
        "row",
        detail=ibis.literal("published without consent"),
    )


def _agreed_by_name(entries: ir.Table, consents: ir.Table) -> ir.Table:
    """The entries with a name alone to which somebody of that name had consented."""
    alone = _names_alone(entries).filter(lambda one: ~yes(one.organisation))
    alone = alone.select("place", "row", "published_on", "name")
    named = consents.filter(consents.name.notnull())
    named = named.select(other_place=named.place, other_row=named.row, other_name=named.name)
    pairs = alone.inner_join(named, [alone.name == named.other_name])
    pairs = pairs.select("place", "row", "other_place", "other_row")
    return latest_consent(alone, pairs, consents, "published_on", "publication")
