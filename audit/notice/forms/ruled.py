"""Tables in a PDF, by the lines that are drawn around their cells: rows of cells, with bars between."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

__all__ = ["Drawn", "with_tables"]

_THIN = 2.0  # points that a line is wide at most, and by which two edges of one place may differ
_LEAST_EDGES = 4  # of the columns of a table: one of two columns reads better line by line
_LEAST_ROWS = 3  # edges of rows
_FILLED = 0.6  # of the cells of a table that hold words
_BLANK = "–"  # what stands in a cell that holds none

_FILLS = (b"f", b"F", b"f*")
_PAINTS = (*_FILLS, b"S", b"s", b"B", b"B*", b"b", b"b*")
"""Operators that paint the path drawn before them; the first fill it and draw no line around it."""

Segment = tuple[float, float, float]
"""Where a line stands, and from where to where it goes."""
_Stroke = tuple[tuple[float, float], tuple[float, float], bool]
"""A line from point to point, and whether it is the edge of an area."""


@dataclass(slots=True)
class _Grid:
    """The edges of a table's columns from left to right, and of its rows from the top down."""

    columns: list[float]
    rows: list[float]
    cells: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and the column of a point; none outside."""
        # Letters stand on a line that may lie on the edge below them.
        row = bisect_right([-edge for edge in self.rows], -y - _THIN / 2) - 1
        column = bisect_right(self.columns, x + _THIN) - 1
        inside = 0 <= row < len(self.rows) - 1 and 0 <= column < len(self.columns) - 1
        return (row, column) if inside else None

    def lines(self) -> Iterator[str]:
        """Each row with bars between its cells."""
        for row in range(len(self.rows) - 1):
            told = [
                _line_of("\n".join(self.cells.get((row, column), ())))
                for column in range(len(self.columns) - 1)
            ]
            if any(told):
                yield " | ".join(words or _BLANK for words in told)

    @property
    def is_table(self) -> bool:
        """Whether most of its cells hold words, as in no frame or form."""
        return len(self.cells) >= _FILLED * (len(self.columns) - 1) * (len(self.rows) - 1)


def _line_of(words: str) -> str:
    """The words of a cell on one line, a word whole again that a line's end has cut: "e-", "post"."""
    return " ".join(_CUT.sub("-", words).split()).replace("|", "/")


_CUT = re.compile(r"(?<=\w)-[ ]*\n\s*(?!(?:ja|tai|sekä|och|eller|samt|and|or)\b)(?=[a-zåäö])")


def with_tables(page: PageObject, drawn: Drawn) -> str | None:
    """
    The text of a page, each ruled table of several columns row by row; None where it has none.

    ``drawn`` are the page's lines.
    """
    grids = list(_grids(drawn.across, drawn.down))
    if not grids:
        return None
    told: list[str | _Grid] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], *_: Any) -> None:
        x, y = _point(tm[4], tm[5], cm)
        for grid in grids if text.strip() else ():
            if (at := grid.place(x, y)) is not None:
                grid.cells.setdefault(at, []).append(text)
                if not any(grid is each for each in told):
                    told.append(grid)
                return
        told.append(text)

    page.extract_text(visitor_text=visit)
    if not all(grid.is_table for grid in grids):
        return None
    parts = ("\n" + "\n".join(p.lines()) + "\n" if isinstance(p, _Grid) else p for p in told)
    return re.sub(r"\n{3,}", "\n\n", "".join(parts))


class Drawn:
    """The lines of a page, across and down, as its drawing goes on."""

    def __init__(self) -> None:
        self.across: list[Segment] = []
        self.down: list[Segment] = []
        self._at: tuple[float, float] | None = None
        self._path: list[_Stroke] = []

    def before(self, operator: bytes, operands: Any, cm: Sequence[float], _: Any) -> None:
        """Take up a line, or the four of a rectangle, once it is painted: what only clips is none."""
        if operator == b"re":
            x, y, width, height = (float(each) for each in operands)
            corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
            points = [_point(*corner, cm) for corner in corners]
            area = min(abs(points[2][0] - points[0][0]), abs(points[2][1] - points[0][1])) > _THIN
            self._path += [(first, second, area) for first, second in pairwise(points)]
        elif operator in (b"m", b"l"):
            point = _point(float(operands[0]), float(operands[1]), cm)
            if operator == b"l" and self._at is not None:
                self._path.append((self._at, point, False))
            self._at = point
        elif operator in _PAINTS:
            strokes = operator not in _FILLS
            for first, second, area in self._path:
                if strokes or not area:  # the edges of a ground that is filled are no lines
                    self._line(first, second)
            self._path = []
        elif operator == b"n":
            self._path = []

    def _line(self, first: tuple[float, float], second: tuple[float, float]) -> None:
        (a, b), (c, d) = sorted((first, second))
        if c - a <= _THIN < abs(d - b):
            self.down.append((a, min(b, d), max(b, d)))
        elif abs(d - b) <= _THIN < c - a:
            self.across.append((b, a, c))


def _point(x: float, y: float, cm: Sequence[float]) -> tuple[float, float]:
    return cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]


def _grids(across: Sequence[Segment], down: Sequence[Segment]) -> Iterator[_Grid]:
    """The tables that lines make: where lines go down side by side, with lines across."""
    for bottom, top in _spans((low, high) for _, low, high in down):
        columns = _edges(x for x, low, high in down if low < top and high > bottom)
        rows = _edges(y for y, _, _ in across if bottom - _THIN <= y <= top + _THIN)
        if len(columns) >= _LEAST_EDGES and len(rows) >= _LEAST_ROWS:
            yield _Grid(columns, rows[::-1])


def _spans(lines: Iterator[tuple[float, float]]) -> list[tuple[float, float]]:
    """Where lines stand that touch or overlap, as one."""
    found: list[tuple[float, float]] = []
    for low, high in sorted(lines):
        if found and low <= found[-1][1] + _THIN:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


def _edges(places: Iterator[float]) -> list[float]:
    """Places in their order, those that hardly differ once."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _THIN:
            found.append(place)
    return found
