"""
Tables that stand beside each other in a worksheet, with blank columns between them.

A blank column alone parts no table, as it may be there for looks. It parts two where each side has a
header of its own and the sides are not as long as each other, or name the same columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, pairwise
from math import inf
from typing import Any, NamedTuple, Protocol

from audit.register.delimited import looks_like_data

__all__ = ["Block", "Sheet", "blocks_of"]

_FIRST_ROWS = 100  # rows in which a column must be blank, before it is looked at in all of them
_FEWEST_COLUMNS = 2
_FEWEST_RECORDS = 2

Ranges = list[tuple[tuple[int, int], tuple[int, int]]]


class Sheet(Protocol):
    """What a table is read from: a worksheet, or some columns of one."""

    @property
    def name(self) -> str:
        """The name of the worksheet."""
        ...

    @property
    def start(self) -> tuple[int, int] | None:
        """The row and the column of the first filled cell."""
        ...

    @property
    def end(self) -> tuple[int, int] | None:
        """The row and the column of the last filled cell."""
        ...

    @property
    def merged_cell_ranges(self) -> Ranges | None:
        """The first and the last cell of each range of merged cells."""
        ...

    def iter_rows(self) -> Iterator[list[Any]]:
        """The cells of each row, from the sheet's first row and its first filled column."""
        ...


@dataclass(frozen=True)
class Block:
    """Some columns of a worksheet, counted from its first filled one."""

    sheet: Sheet
    columns: range

    @property
    def name(self) -> str:
        """The name of the worksheet."""
        return self.sheet.name

    @property
    def start(self) -> tuple[int, int] | None:
        """The row of the sheet's first filled cell, and the block's first column."""
        start = self.sheet.start
        return None if start is None else (start[0], start[1] + self.columns.start)

    @property
    def end(self) -> tuple[int, int] | None:
        """The row of the sheet's last filled cell, and the block's last column."""
        start, end = self.sheet.start, self.sheet.end
        if start is None or end is None:
            return None
        return end[0], start[1] + self.columns.stop - 1

    @property
    def merged_cell_ranges(self) -> Ranges | None:
        """The ranges of merged cells that stand in the block."""
        assert self.start is not None and self.end is not None  # noqa: PT018 - a block is of cells
        within = range(self.start[1], self.end[1] + 1)
        found = self.sheet.merged_cell_ranges or ()
        return [one for one in found if one[0][1] in within and one[1][1] in within]

    def iter_rows(self) -> Iterator[list[Any]]:
        """The block's cells of each row."""
        first, stop = self.columns.start, self.columns.stop
        return (list(row[first:stop]) for row in self.sheet.iter_rows())


class _Side(NamedTuple):
    """What is between blank columns."""

    columns: range
    top: int
    """The row of the header; -1 where there is none."""
    names: frozenset[str]
    last: int
    """The last row of those from the header on that have a first cell."""
    again: float
    """The next row that has anything in these columns; infinite where none has."""


def blocks_of(sheet: Sheet) -> list[Sheet]:
    """The tables that stand beside each other in a sheet; the sheet itself where it is one."""
    first = list(islice(sheet.iter_rows(), _FIRST_ROWS))
    width = max(map(len, first), default=0)
    blank = {n for n in range(width) if not any(_has(row, n) for row in first)}
    if len(_parted(blank, width)) > 1:
        for row in sheet.iter_rows():
            blank = {n for n in blank if not _has(row, n)}
            if not blank:
                return [sheet]
    parts = _parted(blank, width)
    if len(parts) < 2:  # noqa: PLR2004 - one side is the sheet
        return [sheet]
    sides = _sides(sheet, first, parts)
    found = [parts[0]]
    for left, right in pairwise(sides):
        if _stand_apart(left, right):
            found.append(right.columns)
        else:
            found[-1] = range(found[-1].start, right.columns.stop)
    return [Block(sheet, columns) for columns in found] if len(found) > 1 else [sheet]


def _has(row: Sequence[Any], column: int) -> bool:
    return column < len(row) and row[column] not in ("", None) and bool(str(row[column]).strip())


def _parted(blank: set[int], width: int) -> list[range]:
    """The columns between those that are blank."""
    found = []
    for is_blank, group in groupby(range(width), blank.__contains__):
        columns = list(group)
        if not is_blank:
            found.append(range(columns[0], columns[-1] + 1))
    return found


def _sides(sheet: Sheet, first: Sequence[Sequence[Any]], parts: Sequence[range]) -> list[_Side]:
    tops = [_top(first, columns) for columns in parts]
    last, again = list(tops), [inf] * len(parts)
    for place, row in enumerate(sheet.iter_rows()):
        for n, columns in enumerate(parts):
            if place <= last[n] or again[n] < inf:
                continue
            if place == last[n] + 1 and _has(row, columns.start):
                last[n] = place
            elif any(_has(row, column) for column in columns):
                again[n] = place
    return [
        _Side(columns, tops[n], _names(first, tops[n], columns), last[n], again[n])
        for n, columns in enumerate(parts)
    ]


def _top(first: Sequence[Sequence[Any]], columns: range) -> int:
    """The first row that is filled from end to end; -1 where it is no header, or there is none."""
    for place, row in enumerate(first):
        if all(_has(row, column) for column in columns):
            cells = [row[column] for column in columns]
            words = all(isinstance(cell, str) for cell in cells)
            return place if words and not looks_like_data(cells) else -1
    return -1


def _names(first: Sequence[Sequence[Any]], top: int, columns: range) -> frozenset[str]:
    if top < 0:
        return frozenset()
    return frozenset(str(first[top][column]).strip().casefold() for column in columns)


def _stand_apart(left: _Side, right: _Side) -> bool:
    """Whether what is on two sides of a blank column are two tables."""
    # Nothing of a short one goes on beside the rest of the other.
    below = max(left.last, right.last)
    tables = all(
        len(side.columns) >= _FEWEST_COLUMNS
        and side.top >= 0
        and side.last - side.top >= _FEWEST_RECORDS
        and side.again > below
        for side in (left, right)
    )
    as_long = left.top == right.top and left.last == right.last
    return tables and (not as_long or bool(left.names & right.names))
