"""The dates that an engine could not type by itself, read per column from all of its values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from audit.engine.duckdb import Engine
from audit.engine.projection import date_columns
from audit.register.dates import (
    Numbers,
    Reading,
    is_month,
    is_months_name,
    is_open,
    is_placeholder,
    read_date,
    reading_of,
)
from audit.register.model import Role, Table
from audit.register.words import read_flag

__all__ = ["DateNotes", "may_be_date", "read_dates", "readings_of", "type_dates", "without_yes"]


# Nobody is younger, and nothing ends before it began, than what the first day of a month tells.
_EARLY = frozenset({Role.BIRTH_DATE, Role.RELATIONSHIP_START})


class DateNotes(NamedTuple):
    """What is to be said of a table's dates; columns by header."""

    ambiguous: tuple[str, ...]
    """Those of which nobody can tell whether the day, the month or the year comes first."""
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
    readings, notes = readings_of(
        table, {role: [text for _, text in of_role] for role, of_role in texts.items()}
    )
    type_dates(engine, table, place, texts, readings)
    return notes


def readings_of(
    table: Table, texts: Mapping[str, Iterable[str]]
) -> tuple[dict[str, Reading], DateNotes]:
    """How each role's column writes its dates, told by its texts, and what is to be said of that."""
    ambiguous, months, readings = [], [], {}
    for at, role in date_columns(table):
        column = table.columns[at]
        given = [without_yes(text) for text in texts.get(role, ()) if may_be_date(text)]
        if not given:
            continue
        reading = reading_of(given).answered(column.date_order)
        if table.serials_from_1904 and reading.numbers is Numbers.SERIAL:
            reading = reading._replace(numbers=Numbers.SERIAL_1904)
        readings[role] = reading._replace(early=column.role in _EARLY)
        if any(is_open(text, reading) for text in given):
            ambiguous.append(column.header)
        if any(map(is_month, given)):
            months.append(column.header)
    return readings, DateNotes(tuple(ambiguous), tuple(months))


def without_yes(text: str) -> str:
    """
    A cell without the word that says yes before its day.

    >>> without_yes("Kyllä, 3.3.2025"), without_yes("signed 2025-03-03"), without_yes("May 3, 2024")
    ('3.3.2025', '2025-03-03', 'May 3, 2024')
    """
    found = _SAID.match(text)
    said = found is not None and read_flag(found["word"]) and not is_months_name(found["word"])
    return found["day"] if found and said else text


_SAID = re.compile(r"\s*(?P<word>[^\W\d]+)[\s,:;.(-]+(?P<day>\d[^()]*)\)?\s*$")


def may_be_date(text: str) -> bool:
    """Whether a cell is to be read as a date: no placeholder, and no word for "none"."""
    # "No" in a column of dates says that there is none: of a signature, that it is missing.
    return not is_placeholder(text) and read_flag(text) is not False


def type_dates(
    engine: Engine,
    table: Table,
    place: int,
    texts: Mapping[str, Sequence[tuple[int, str]]],
    readings: Mapping[str, Reading],
) -> None:
    """Type each role's texts in ``scanned_<place>`` as its column's reading says."""
    for _, role in date_columns(table):
        engine.run(f"ALTER TABLE scanned_{place} ADD COLUMN {role}_unread BOOLEAN DEFAULT false")
        given = [(n, without_yes(text)) for n, text in texts.get(role, ()) if may_be_date(text)]
        if not given:
            continue
        engine.run("CREATE OR REPLACE TABLE read_dates (n BIGINT, day DATE)")
        engine.insert(
            "read_dates", ((row, read_date(text, *readings[role])) for row, text in given)
        )
        engine.run(
            f"UPDATE scanned_{place} SET {role} = day, {role}_unread = day IS NULL "
            f"FROM read_dates WHERE scanned_{place}.rowid + 1 = n"
        )
