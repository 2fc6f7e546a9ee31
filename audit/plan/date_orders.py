"""Dates such as 4/5/2024 that a whole table leaves open, read as the folder's other tables have theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit.plan.model import PlannedSource
from audit.register.dates import SlashOrder, is_open, reading_of
from audit.register.delimited.model import Head
from audit.register.model import Certainty

__all__ = ["with_orders_of_the_folder"]

_MOST_ROWS = 200
"""Of a longer table the beginning leaves open what its other rows may tell."""


def with_orders_of_the_folder(
    sources: Sequence[PlannedSource], heads: Mapping[str, Head]
) -> tuple[PlannedSource, ...]:
    """
    The sources, where short lists leave open whether the day or the month stands first.

    One office writes its dates in one way: where the other tables agree, theirs is meant.
    """
    orders = {
        source.shown: _orders(heads[source.shown]) for source in sources if source.shown in heads
    }
    told = {order for one in orders.values() for order in one.values()} - {SlashOrder.AMBIGUOUS}
    agreed = told.pop() if len(told) == 1 else None
    found = []
    for source in sources:
        short = source.shown in heads and len(heads[source.shown].rows) <= _MOST_ROWS
        change = _ASKED if agreed is None or not short else {"date_order": agreed}
        found.append(_with_open(source, orders.get(source.shown, {}), change))
    return tuple(found)


# What nothing tells is a question for whoever reviews the plan, and no guess.
_ASKED = {
    "certainty": Certainty.UNSURE,
    "ground": "day or month first? say `date_order: day_first` or `month_first`",
}


def _orders(head: Head) -> dict[str, SlashOrder]:
    """By header what each column of dates tells of its order."""
    columns = {
        name: [row[n] for row in head.rows if n < len(row) and row[n].strip()]
        for n, name in enumerate(head.header)
    }
    orders = {}
    for name, cells in columns.items():
        reading = reading_of(cells)
        if any(is_open(cell, reading) for cell in cells):
            orders[name] = SlashOrder.AMBIGUOUS
        elif reading.order is not SlashOrder.AMBIGUOUS:
            orders[name] = reading.order
    return orders


def _with_open(
    source: PlannedSource, orders: Mapping[str, SlashOrder], change: Mapping[str, object]
) -> PlannedSource:
    """The source, with a change to each column of dates that leaves its order open."""
    columns = {
        header: one.model_copy(update=dict(change))
        if one.date_order is None
        and one.role is not None
        and one.role.type == "date"
        and orders.get(header) is SlashOrder.AMBIGUOUS
        else one
        for header, one in source.columns.items()
    }
    return source.model_copy(update={"columns": columns})
