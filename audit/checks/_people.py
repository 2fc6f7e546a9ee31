"""
Who is the same person in two files, for the checks of rights and marketing.

Matches are joins of ``people`` with itself on one identity each (see ``engine.people``):

* the customer's number proves it, unless both name and e-mail address differ; a contact person's
  is the organisation's, and proves nothing unless the name is the same;
* a contact person's own number proves it;
* an e-mail address proves it, unless both number and name differ;
* a phone number proves it where nothing speaks against it: a number that several people carry, or
  two names that differ, are no match at all;
* a keyed hash of one of these proves it;
* name and address alone are a doubt, never a proof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.checks._shared import remembered, together

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "HOLDERS",
    "equal",
    "holders",
    "matched_column",
    "matches",
    "numbers",
    "started",
    "suppressed",
    "yes",
]

#: The kinds of tables in which the register holds people.
HOLDERS = ("customers", "contacts", "mailing_list", "other")


def yes(condition: ir.BooleanValue) -> ir.BooleanValue:
    """The condition, where a blank is no."""
    return condition.fill_null(False)


def equal(one: ir.Value, other: ir.Value) -> ir.BooleanValue:
    """Whether two values are there and equal."""
    return yes(one == other)


def _differ(one: ir.Value, other: ir.Value) -> ir.BooleanValue:
    return yes(one != other)


@remembered
def matches(people: ir.Table, ours: tuple[str, ...], theirs: tuple[str, ...]) -> ir.Table:
    """
    The pairs of records, of kinds of ours and of theirs, that are about the same person.

    Columns: ``kind``, ``place`` and ``row`` of ours, ``other_kind``, ``other_place``, ``other_row``;
    ``certain`` is False where there is a doubt; ``by`` is what they have in common; ``other_address``:
    both have an e-mail address, and the two differ. Two lists of which one has numbers and the other
    addresses are matched through the customers or the contact persons.
    """
    every = [_matches(people, ours, theirs)]
    for hub in ("customers", "contacts"):
        others = tuple(kind for kind in theirs if kind != hub)
        if hub not in ours and others:
            every.append(_through(people, ours, hub, others))
    if ours == ("customers",) and "customers" not in theirs:
        every.append(_through(_in_several_lists(people), ours, "customers", theirs))
    if len(every) == 1:
        return every[0]
    found = ibis.union(*(one.select(*every[-1].columns) for one in every))
    return found.group_by("kind", "place", "row", *_OTHER).agg(
        by=found.by.min(), certain=found.certain.max(), other_address=found.other_address.max()
    )


def _in_several_lists(people: ir.Table) -> ir.Table:
    """
    The identities, without those of customers that stand in one list of customers alone.

    A second system tells a customer by an address, and a request by the number of the first.
    """
    customers = people.filter(people.kind == "customers")
    counted = customers.group_by("by", "key").agg(lists=customers.place.nunique())
    several = counted.filter(counted.lists > 1).select("by", "key")
    theirs = customers.semi_join(several, ["by", "key"]).select("place", "row").distinct()
    return people.filter(people.kind != "customers").union(
        customers.semi_join(theirs, ["place", "row"])
    )


def _through(
    people: ir.Table, ours: tuple[str, ...], hub: str, theirs: tuple[str, ...]
) -> ir.Table:
    """
    The pairs whose records both match one of a third list, that of customers or contact persons.

    One list may tell people by number and the other by e-mail: their own record has both.
    """
    near = _sure(_matches(people, ours, (hub,)))
    near = near.filter(near.place != near.other_place)
    far = _sure(_matches(people, (hub,), theirs))
    far = far.rename({"through_place": "place", "through_row": "row"}).drop("kind", "by")
    far = far.rename({f"to_{name.removeprefix('other_')}": name for name in _OTHER})
    both = near.inner_join(
        far, [near.other_place == far.through_place, near.other_row == far.through_row]
    )
    return both.select(
        "kind",
        "place",
        "row",
        "by",
        other_kind=both.to_kind,
        other_place=both.to_place,
        other_row=both.to_row,
        certain=ibis.literal(value=True),
        other_address=ibis.literal(value=False),
    )


_OTHER = ("other_kind", "other_place", "other_row")


def _sure(pairs: ir.Table) -> ir.Table:
    """The matches without a doubt, and without two e-mail addresses that differ."""
    sure = pairs.filter(pairs.certain, ~pairs.other_address)
    return sure.select("kind", "place", "row", "by", *_OTHER)


@remembered
def _matches(people: ir.Table, ours: tuple[str, ...], theirs: tuple[str, ...]) -> ir.Table:
    """The pairs that share an identity."""
    left = people.filter(people.kind.isin(ours))
    right = people.filter(people.kind.isin(theirs))
    right = right.rename({f"other_{name}": name for name in people.columns})
    both = left.inner_join(right, [left.by == right.other_by, left.key == right.other_key])
    numbers, names = (_differ(both[n], both[f"other_{n}"]) for n in ("customer", "name"))
    addresses = _differ(both.email, both.other_email)
    same_name = equal(both.name, both.other_name)
    contact = (both.kind == "contacts") | (both.other_kind == "contacts")
    shared = both.shared | both.other_shared
    match = ibis.cases(
        (both.by == "number", ~(names & (addresses | contact))),
        (both.by == "phone", ~names & (~shared | same_name)),
        else_=True,
    )
    certain = ibis.cases(
        (both.by == "number", ~contact | same_name),
        (both.by == "email", ~(numbers & names)),
        (both.by == "phone", ~numbers | same_name),
        (both.by == "name_and_address", False),
        else_=True,
    )
    found = both.filter(match).select(
        "kind",
        "place",
        "row",
        *_OTHER,
        "by",
        certain=certain.cast("int8"),
        far=addresses.cast("int8"),
    )
    found = found.group_by("kind", "place", "row", *_OTHER).agg(
        by=found.by.min(), certain=found.certain.max(), far=found.far.max()
    )
    return found.mutate(certain=found.certain > 0, other_address=found.far > 0).drop("far")


@remembered
def numbers(people: ir.Table, kinds: tuple[str, ...]) -> ir.Table:
    """
    The customers to whom records belong: ``place``, ``row`` and ``customer``.

    By the record's own number, by that of the customer or contact person with its e-mail address, or
    by that of the contact person with its contact person's number.
    """
    ours = people.filter(people.kind.isin(kinds))
    own = ours.filter(ours.customer.notnull()).select("place", "row", "customer")
    known = people.filter(
        people.kind.isin(("customers", "contacts")),
        people.by.isin(("email", "contact")),
        people.customer.notnull(),
    )
    known = known.select(known_by=known.by, known_key=known.key, customer=known.customer)
    addressed = ours.filter(ours.by.isin(("email", "contact"))).select("place", "row", "by", "key")
    through = addressed.inner_join(
        known, [addressed.by == known.known_by, addressed.key == known.known_key]
    )
    return own.union(through.select("place", "row", "customer")).distinct()


def started(records: ir.Table) -> ir.DateValue:
    """The day on which a record's relationship began, or its subscription."""
    days = [records[n] for n in ("relationship_start", "subscribed_on") if n in records.columns]
    return ibis.coalesce(ibis.null("date"), *days)


def holders(tables: dict[str, ir.Table | None], requests: ir.Table) -> ir.Table:
    """
    The records of people of several kinds of tables, by the kind's name, as one table.

    Of a folder that has none, there are none, which a table of the ``requests`` says.

    ``started_on``; ``suppressed``: kept only so that nothing is sent; ``emptied``; ``on_hold``.
    """
    every = [
        table.select(
            "place",
            "row",
            "customer",
            "email",
            "phone",
            "name",
            "address",
            "emptied",
            "on_hold",
            "taken_on",
            started_on=started(table),
            suppressed=suppressed(table),
        )
        for table in tables.values()
        if table is not None
    ]
    return together(every or [_nobody(requests)])


def _nobody(requests: ir.Table) -> ir.Table:
    """No record, with the columns of ``holders``."""
    text = ("customer", "email", "phone", "name", "address", "emptied")
    return requests.select(
        "place",
        "row",
        **{name: ibis.null("string") for name in text},
        on_hold=ibis.null("boolean"),
        taken_on=ibis.null("date"),
        started_on=ibis.null("date"),
        suppressed=ibis.literal(False),
    ).filter(ibis.literal(False))


def suppressed(records: ir.Table) -> ir.BooleanValue:
    """Whether a record stands on a mailing list only so that nothing is sent to it."""
    if "subscribed" not in records.columns:
        return ibis.literal(value=False)
    gone = yes(~records.subscribed)
    if "consent_withdrawal_given" in records.columns:
        gone = gone | yes(records.consent_withdrawal_given)
    return gone


def matched_column(found: ir.Table, columns: ir.Table) -> ir.Table:
    """Records matched ``by`` an identity, with the header of its ``column`` in their own table."""
    roles, categories = ("record_key", "customer_reference"), ("email", "phone", "name")
    numbered = columns.role.isin(roles).fill_null(False)
    identity = ibis.cases(
        (numbered, "number"), (columns.category.isin(categories), columns.category)
    )
    headed = columns.mutate(identity=identity).filter(lambda table: table.identity.notnull())
    # A reference to the customer goes before the record's own number, a first e-mail before a second.
    rank = ibis.ifelse(headed.role == "record_key", headed.position + 1000, headed.position)
    headed = headed.mutate(rank=rank.fill_null(0))
    best = headed.group_by("identity").agg(best=headed["rank"].min())
    best = best.rename(best_identity="identity")
    headed = headed.inner_join(
        best, [headed.identity == best.best_identity, headed["rank"] == best.best]
    )
    headed = headed.select("identity", "column")
    named = ibis.cases(
        (found.by == "name_and_address", "name"), (found.by == "contact", "number"), else_=found.by
    )
    return found.left_join(headed, named == headed.identity).drop("identity")
