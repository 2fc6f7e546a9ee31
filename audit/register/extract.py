"""
The shape in which every source form but delimited text hands on its tables.

A form's module has one function, ``tables(path, shown)``, that returns the tables a file holds. Each
says what it has in the place of lines (a sheet has rows, a database has records), how many there are
by a count of its own, and hands on its rows one by one, each with what became of it; so the loading
ledger means the same for every form. A form that DuckDB reads by itself gives a ``relation`` instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from audit.register.columns.names import distinct
from audit.register.delimited import Head
from audit.register.model import Dialect

if TYPE_CHECKING:
    from audit.register.database.tables import DatabaseTable

__all__ = [
    "BLANK",
    "DATA",
    "FOOTER",
    "HEADER",
    "SAMPLE_ROWS",
    "Extract",
    "Row",
    "distinct",
    "sheet_within",
]

#: What becomes of a row that is not quarantined; any other word is the reason of its quarantine.
DATA, HEADER, BLANK, FOOTER = "data", "header", "blank", "footer"

SAMPLE_ROWS = 1000

_FURTHER = re.compile(r"(?:^|, )table [0-9]+$")


def sheet_within(name: str | None) -> str:
    """
    The sheet in which a table stands by its name; blank for a table of a text.

    >>> sheet_within("Taul1, table 2"), sheet_within("Taul1"), sheet_within("table 2"), sheet_within(None)
    ('Taul1', 'Taul1', '', '')
    """
    return _FURTHER.sub("", name or "")


class Row(NamedTuple):
    """One row of a source, in the order of the source."""

    cells: list[str]
    fate: str = DATA
    line: int | None = None
    """The physical line on which it begins, where the form has lines."""
    lines: int = 1
    """How many of the form's units it takes."""


@dataclass(frozen=True, kw_only=True)
class Extract:
    """One table of a file."""

    form: str
    sheet: str | None = None
    """The sheet, database table or array; None where the file is the table."""
    header: tuple[str, ...]
    unit: str = "records"
    """What the ledger counts: ``lines``, ``sheet_rows`` or ``records``."""
    count: Callable[[], int] | None = None
    """How many units there are, counted apart from the rows; None: the file's physical lines."""
    rows: Callable[[], Iterator[Row]] = lambda: iter(())
    relation: Callable[[Path], str] | None = None
    """SQL that reads the file, or a clean copy of it, as ``c0``, ``c1``, …, each cell as text. Where
    the unit is the line, also as ``unread``: NULL for a record, else the text of the line."""
    uniform: Callable[[Path], str] | None = None
    """A faster ``relation`` for a file whose lines are all records of one form. It is wrong where the
    rows are not as many as the lines, or where any of them is ``unread``."""
    parts: Callable[[], list[str]] | None = None
    """SQL that reads each part of the table by itself, as ``relation`` reads all of it."""
    frame: Any = None
    """What is in memory and no file: an Arrow table that DuckDB reads where it is. ``relation`` is
    then given the name that it goes by."""
    fileless: bool = False
    """Whether it lies in no file, so that there is nothing to be hashed and ``count`` is given."""
    serials_from_1904: bool = False
    """Whether a bare number of a workbook that is a date counts days from 1904, as old ones of the Mac."""
    unordered: bool = False
    """Whether its rows have no order, so that a row's number does not tell which it is."""
    unread: tuple[tuple[int, str], ...] = ()
    """Of a frame, the lines that were no records where it was loaded: number and text."""
    first: tuple[tuple[str, ...], ...] | None = None
    """The first records, where ``rows`` does not give them."""
    beside: tuple[tuple[int, str], ...] = ()
    """What stands beside the cells, as comments do, each with its row."""
    notes: tuple[tuple[str, int], ...] = ()
    """What the report says of the reading, by kind, with a number: hidden sheets and columns."""
    within: str | None = None
    """The column that tells in which record of another table each stands, where they are lists of these."""
    kind: str | None = None
    """The kind of table, where the form itself settles it."""
    known: Mapping[str, str] = field(default_factory=dict)
    """The data category of columns whose meaning the form itself settles."""

    database: DatabaseTable | None = None
    """The table of a database that is read in place."""

    def head(self) -> Head:
        """The header and the first records, to recognise columns by."""
        first = self.first
        if first is None:
            data = (tuple(row.cells) for row in self.rows() if row.fate == DATA)
            first = tuple(islice(data, SAMPLE_ROWS))
        return Head(
            dialect=Dialect(header_lines=0),
            header=self.header,
            rows=first,
            ragged=False,
            multiline=False,
        )
