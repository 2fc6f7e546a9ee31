"""The relationships of customers who had several: each one's end, and when the next began."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit.retention.kept import Event

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["of_its_relationship", "several", "spells"]


def several(table: ir.Table) -> ir.Table:
    """The customers who have more than one record."""
    named = table.filter(table.customer.notnull())
    counted = named.group_by("customer").agg(n=named.count())
    return counted.filter(counted.n > 1).select("customer")


def spells(table: ir.Table, of: ir.Table, events: Sequence[Event]) -> ir.Table:
    """
    The relationships of the customers ``of`` who have several, each with the start of the next.

    ``started`` and ``at_<event>`` are its first and last day; ``at_<event>_next`` the first day of
    the next, and ``at_<event>_person`` the last day of the last, blank while one is running.
    """
    several = table.semi_join(of, "customer")
    started = several.relationship_start
    found = several.mutate(
        started=started, **{f"at_{e.name}": several[e.name] for e in events if not e.derived}
    )
    result = found.select(
        "place",
        "row",
        "customer",
        "started",
        *(f"at_{event.name}" for event in events if not event.derived),
    )
    for event in (event for event in events if not event.derived):
        result = _with_next(result, f"at_{event.name}")
    return result


def _with_next(of: ir.Table, end: str) -> ir.Table:
    """The relationships with the start of the next one and the end of the person's last."""
    import ibis

    others = of.select(
        other="customer", other_row="row", other_place="place", begins="started", ends=of[end]
    )
    paired = of.left_join(others, of.customer == others.other)
    another = (paired["row"] != paired.other_row) | (paired.place != paired.other_place)
    after = (
        paired.ends.isnull()
        | (paired.ends > paired[end])
        | ((paired.ends == paired[end]) & (paired.other_row > paired["row"]))
    )
    # A next relationship whose start is not told may have begun at once.
    begins = ibis.coalesce(paired.begins, paired[end])
    found = paired.mutate(begins=ibis.cases((another & after.fill_null(False), begins)))
    grouped = found.group_by("place", "row").agg(
        next_start=found.begins.min(), last=found.ends.max(), running=found.ends.isnull().any()
    )
    named = grouped.select(
        spell_place="place",
        spell_row="row",
        **{
            f"{end}_next": grouped.next_start,
            f"{end}_person": ibis.cases(
                (grouped.running, ibis.null("date")), else_=grouped["last"]
            ),
        },
    )
    return of.left_join(named, [of.place == named.spell_place, of["row"] == named.spell_row]).drop(
        "spell_place", "spell_row"
    )


def of_its_relationship(joined: ir.Table, spells: ir.Table, events: Sequence[Event]) -> ir.Table:
    """An order of one of a customer's earlier relationships takes the end of that one."""
    import ibis

    dates = [f"at_{event.name}" for event in events if not event.derived]
    ends = [end for end in dates if end in spells.columns]
    for end in ends:
        of = spells.select(
            spell_customer="customer",
            begins="started",
            ends=end,
            spell_next=f"{end}_next",
            spell_person=f"{end}_person",
        )
        of = of.filter(of.ends.notnull(), of.begins.notnull())
        pairs = joined.select("row", "customer", "day")
        pairs = pairs.inner_join(
            of,
            [
                pairs.customer == of.spell_customer,
                pairs.day >= of.begins,
                pairs.day <= of.ends,
            ],
        )
        one = (
            pairs.group_by("row")
            .agg(
                own_end=pairs.ends.max(),
                own_next=pairs.spell_next.max(),
            )
            .rename(spell_row="row")
        )
        person = (
            spells.group_by("customer")
            .agg(persons_end=spells[f"{end}_person"].max())
            .rename(person="customer")
        )
        joined = joined.left_join(one, joined["row"] == one.spell_row).drop("spell_row")
        joined = joined.left_join(person, joined.customer == person.person)
        several = joined.person.notnull()
        joined = joined.mutate(
            **{
                end: ibis.cases(
                    (several, ibis.coalesce(joined.own_end, joined.persons_end)), else_=joined[end]
                ),
                f"{end}_next": ibis.cases((several, joined.own_next), else_=joined[f"{end}_next"]),
                f"{end}_person": ibis.cases(
                    (several, joined.persons_end), else_=joined[f"{end}_person"]
                ),
            }
        ).drop("person", "persons_end", "own_end", "own_next")
    return joined
