"""Tables of lines: rows under the head of their columns, or headings with what they stand over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audit.notice.document import Block, Place
from audit.notice.forms.grids import Placed, registers_in
from audit.notice.forms.marks import BARE_NUMBER, RULE
from audit.notice.lexicon import LANGUAGES, pattern
from audit.notice.topics import topics_of

__all__ = [
    "Line",
    "is_numbered",
    "is_time",
    "is_two_columns",
    "says_what",
    "table_at",
    "table_blocks",
]

_OF_ANY_TABLE = frozenset(("sisältö", "innehåll", "content", "contents"))
"""What stands over a column that holds the text of each section."""
_LEAST_ROWS = 2  # rows, and columns, for the first one to be of numbers
_OF_NUMBERS = 6  # letters of the head of a column of numbers
_OF_ROW = 6  # the level of a heading in a row: it stands below what heads the table
_HEAD_WORDS = 4  # of the head of a column


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the plain text, ``[start, end)``; blank lines count."""

    start: int
    end: int
    page: int | None = None


def table_at(plain: str, lines: Sequence[Line], at: int) -> tuple[list[Block], int] | None:
    """The blocks of the table whose first line is ``at``, and the number of its lines."""
    end = at
    while end < len(lines) and "|" in plain[lines[end].start : lines[end].end].strip().strip("|"):
        end += 1
    if end - at < 2:  # noqa: PLR2004 - one line with a bar is no table
        return None
    ruled = [bool(RULE.match(plain[line.start : line.end])) for line in lines[at:end]]
    rows = [
        (line, _cells(plain, line))
        for line, rule in zip(lines[at:end], ruled, strict=True)
        if not rule
    ]
    return table_blocks(plain, _without_numbers(plain, rows), headed=ruled[1]), end - at


def _cells(plain: str, line: Line) -> list[Place]:
    """The places of the cells of a line."""
    words = plain[line.start : line.end]
    places: list[Place] = []
    for match in re.finditer(r"[^|]+", words):
        cell = match[0]
        if not cell.strip() and (match.start() == 0 or match.end() == len(words)):
            continue
        begin = line.start + match.start() + len(cell) - len(cell.lstrip())
        places.append((begin, begin + len(cell.strip())))
    return places


def _without_numbers(
    plain: str, rows: list[tuple[Line, list[Place]]]
) -> list[tuple[Line, list[Place]]]:
    """The rows without a first column that only numbers them."""
    texts = [[plain[a:b] for a, b in cells] for _, cells in rows]
    return [(line, cells[1:]) for line, cells in rows] if is_numbered(texts) else rows


def is_numbered(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of at least three columns holds nothing but the numbers of the rows.

    >>> is_numbered([["No", "Section", "Text"], ["1.", "Name", "Ann"], ["2.", "Age", "9"]])
    True
    """
    firsts = [row[0].strip() for row in rows if row]
    numbers = [bool(BARE_NUMBER.match(first)) for first in firsts]
    return (
        len(firsts) > _LEAST_ROWS
        and all(len(row) > _LEAST_ROWS for row in rows)
        and all(numbers[1:])
        and (numbers[0] or len(firsts[0]) <= _OF_NUMBERS)
    )


def table_blocks(plain: str, rows: list[tuple[Line, list[Place]]], *, headed: bool) -> list[Block]:
    """The blocks of a table: headings with their text where the first column is of headings."""
    if placed := registers_in([[plain[a:b].strip() for a, b in cells] for _, cells in rows]):
        return [_of_grid(cell, rows) for cell in placed]
    body = rows[1:] if headed else rows
    told = bool(rows) and headed and says_what(tuple(plain[a:b] for a, b in rows[0][1]))
    if not told and is_two_columns(plain, [cells for _, cells in body]):
        return [block for line, cells in body for block in _as_section(line, cells)]
    columns: tuple[str, ...] = ()
    if not headed and rows and _is_head(plain, rows[0][1]):
        headed, body = True, rows[1:]
    if headed:
        columns = tuple(" ".join(plain[a:b].split()) for a, b in rows[0][1])
    return [
        Block(
            kind="row",
            start=cells[0][0],
            end=cells[-1][1],
            page=line.page,
            cells=tuple(cells),
            columns=columns if len(columns) == len(cells) else (),
        )
        for line, cells in body
        if cells and cells[-1][1] > cells[0][0]
    ]


def says_what(head: tuple[str, ...]) -> bool:
    """Whether the head of a table says of its later columns what part of a notice they are."""
    return any(
        set(topics_of(cell)) - {"title", "date"} or is_time(cell)
        for cell in head[1:]
        if cell.strip().lower() not in _OF_ANY_TABLE
    )


def is_time(head: str) -> bool:
    """Whether the head of a column stands over times, too short for the heading of a section."""
    words = head.strip().lower()
    return any(pattern(each, "columns", "times").fullmatch(words) for each in LANGUAGES)


def is_two_columns(plain: str, rows: list[list[Place]]) -> bool:
    """Whether the first cells are headings of a notice and the second what they stand over."""
    two = [cells for cells in rows if len(cells) == 2]  # noqa: PLR2004 - the columns
    if len(two) < len(rows) or len(two) < 2:  # noqa: PLR2004 - one row is no table
        return False
    known = sum(bool(topics_of(plain[a:b])) for (a, b), _ in two)
    return known * 2 >= len(two)


def _is_head(plain: str, cells: list[Place]) -> bool:
    """Whether a row says what stands below it: each of its cells is short and about something."""
    words = [plain[a:b].strip() for a, b in cells]
    return (
        len(words) > 1
        and sum(bool(topics_of(w)) for w in words) * 2 >= len(words)
        and all(len(w.split()) <= _HEAD_WORDS for w in words)
    )


def _of_grid(cell: Placed, rows: list[tuple[Line, list[Place]]]) -> Block:
    """A cell of a table of registers as a block; what stands over several is a block for each."""
    line, cells = rows[cell.row]
    start, end = cells[cell.column]
    return Block(
        kind="text" if cell.kind == "text" else "heading",
        start=start,
        end=end,
        level={"register": 5, "heading": 6}.get(cell.kind, 0),
        page=line.page,
    )


def _as_section(line: Line, cells: list[Place]) -> list[Block]:
    (a, b), (c, d) = cells
    found = [Block(kind="heading", start=a, end=b, level=_OF_ROW, page=line.page)]
    if d > c:
        found.append(Block(kind="text", start=c, end=d, page=line.page))
    return found
