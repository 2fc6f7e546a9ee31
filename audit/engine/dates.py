"""The dates that an engine could not type by itself, read per column from all of its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from audit.engine.duckdb import Engine
from audit.engine.projection import date_columns
from audit.register.dates import (
    SlashOrder,
    is_month,
    is_placeholder,
    needs_order,
    read_date,
    reading_of,
)
from audit.register.model import Table
from audit.register.words import read_flag

__all__ = ["DateNotes", "read_dates"]


class DateNotes(NamedTuple):
    """What is to be said of a table's dates; columns by header."""

    ambiguous: tuple[str, ...]
    """Those of which nobody can tell whether the day or the month comes first."""
    months: tuple[str, ...]
    """Those with a month alone, whose last day is assumed."""


def read_dates(
    engine: Engine, table: Table, place: int, texts: Mapping[str, Sequence[tuple[int, str]]]
) -> DateNotes:
    """
    Type what is left over of each role's dates in ``scanned_<place>``.

    ``texts`` has, by role, the rows and the filled cells that are no date yet. A cell that is
    none still is marked in ``<role>_unread``.
    """
    ambiguous, months = [], []
    for at, role in date_columns(table):
        column = table.columns[at]
        engine.run(f"ALTER TABLE scanned_{place} ADD COLUMN {role}_unread BOOLEAN DEFAULT false")
        # "No" in a column of dates says that there is none: of a signature, that it is missing.
        given = [
            (row, text)
            for row, text in texts[role]
            if not is_placeholder(text) and read_flag(text) is not False
        ]
        if not given:
            continue
        order, numbers = reading_of(text for _, text in given)
        order = order if column.date_order is None else column.date_order
        engine.run("CREATE OR REPLACE TABLE read_dates (n BIGINT, day DATE)")
        engine.insert("read_dates", ((row, read_date(text, order, numbers)) for row, text in given))
        engine.run(
            f"UPDATE scanned_{place} SET {role} = day, {role}_unread = day IS NULL "
            f"FROM read_dates WHERE scanned_{place}.rowid + 1 = n"
        )
        if order is SlashOrder.AMBIGUOUS and any(needs_order(text) for _, text in given):
            ambiguous.append(column.header)
        if any(is_month(text) for _, text in given):
            months.append(column.header)
    return DateNotes(tuple(ambiguous), tuple(months))
