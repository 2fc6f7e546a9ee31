"""
The rows of a table as text, in the order of the source: for people who want to look at them.

Audits do not come this way; the scan reads a source once, and keeps no cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from audit.register.delimited import Repaired, reencode
from audit.register.delimited.repair import DATA, FOOTER, Fate, fates
from audit.register.extract import DATA as ROW
from audit.register.extract import FOOTER as BELOW
from audit.register.files import Found
from audit.register.query import fetched

__all__ = ["TextRow", "text_rows"]


_BLANK = "\\N"  # as MySQL writes it; the scan reads it so, too


class TextRow(NamedTuple):
    """One row."""

    number: int
    """The row's number among the records, from 1; minus its line, for one that is no record."""
    cells: tuple[str, ...]


def text_rows(found: Found, scratch: Path) -> Iterator[TextRow]:
    """Every row, also those that are quarantined; a copy in UTF-8 goes to ``scratch`` if needed."""
    if found.extract is None:
        yield from _of_text(found, scratch)
    elif found.extract.relation is not None:
        width = len(found.head.header)
        names = ", ".join(f"c{n}" for n in range(width))
        rows = fetched(f"SELECT {names} FROM {found.extract.relation(found.path)}")
        for number, row in enumerate(rows, 1):
            yield TextRow(number, tuple("" if cell is None else str(cell) for cell in row))
    else:
        width, number = len(found.head.header), 0
        for at, row in enumerate(found.extract.rows(), 1):
            if row.fate == ROW:
                number += 1
                yield TextRow(number, _fitted(row.cells, width, " "))
            elif row.fate not in ("blank", "header", BELOW):
                yield TextRow(-(row.line or at), _fitted(row.cells, width, " "))


def _of_text(found: Found, scratch: Path) -> Iterator[TextRow]:
    head, path = found.head, found.path
    dialect = head.dialect
    if dialect.encoding not in ("utf-8", "utf-8-sig"):
        path = scratch / "as_utf8.csv"
        with path.open("wb") as file:
            reencode(found.path, dialect, file)
        dialect = dialect.model_copy(update={"encoding": "utf-8"})
    number = 0
    for fate in fates(path, head, dialect, Repaired()):
        if fate.fate == DATA:
            number += 1
            yield TextRow(number, tuple("" if cell == _BLANK else cell for cell in fate.cells))
        elif _is_shown(fate):
            yield TextRow(
                -fate.line, _fitted(list(fate.cells), len(head.header), dialect.delimiter)
            )


def _is_shown(fate: Fate) -> bool:
    return fate.fate not in ("blank", "header", FOOTER)


def _fitted(cells: list[str], width: int, between: str) -> tuple[str, ...]:
    """As many cells as there are columns; what is over stands in the last one."""
    if len(cells) > width:
        cells = [*cells[: width - 1], between.join(cells[width - 1 :])]
    return tuple(cells + [""] * (width - len(cells)))
