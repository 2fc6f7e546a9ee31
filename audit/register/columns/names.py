"""Names of columns: each its own, none blank, none longer than a name can be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.categories import withheld
from audit.errors import InputUnreadable

__all__ = ["LONGEST_NAME", "MOST_COLUMNS", "check_width", "distinct", "told_apart"]

#: Characters of a column's name: a page of instructions may stand in a header, a longer tale is a cell.
LONGEST_NAME = 20_000

#: Columns of a table that is audited: each takes its share of memory for every record at hand.
MOST_COLUMNS = 4000
# A query ends at a NUL, and a report cannot show the others.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")


def check_width(columns: int, shown: str) -> None:
    """Raise ``InputUnreadable`` for a table that has more columns than are audited."""
    if columns > MOST_COLUMNS:
        problem = f"it has {columns:,} columns, and {MOST_COLUMNS:,} are the most that are audited"
        raise InputUnreadable(shown, problem, "export its columns in several files")


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    r"""
    Names for columns: white space folded, blank ones numbered, repeated ones told apart.

    One that holds an address or a number of somebody's is numbered as well: reports name columns.
    Control characters are left out, and one that is longer than a name can be is cut short, as a key
    of JSON may be.

    >>> distinct(["Nimi", " Nimi", "", "Puh\n2", "Nimi (2)", "\0Tila"])
    ('Nimi', 'Nimi (2)', 'column 3', 'Puh 2', 'Nimi (2) (2)', 'Tila')
    >>> distinct(["Nimi", "010190-999W", "aino@koe.example", "Vuosi 2024"])
    ('Nimi', 'column 2', 'column 3', 'Vuosi 2024')
    """
    return told_apart("" if withheld(text, people=False) != text else text for text in names)


def told_apart(names: Iterable[str]) -> tuple[str, ...]:
    """Names as ``distinct`` makes them, whatever they hold: for what is no name of a column yet."""
    found: dict[str, None] = {}
    last: dict[str, int] = {}
    for place, text in enumerate(names, 1):
        base = name = " ".join(_CONTROL.sub("", text[:LONGEST_NAME]).split()) or f"column {place}"
        while name in found:
            last[base] = last.get(base, 1) + 1
            name = f"{base} ({last[base]})"
        found[name] = None
    return tuple(found)
