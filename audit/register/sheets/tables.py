"""
The tables of a worksheet: beside each other, one below the other, each with its header.

A cell typed as a date becomes ISO text, a truth value ``true`` or ``false``, a number is written
without a trailing ``.0``; text is kept. Cells merged downwards hold their value in each row; only
then does every record have its own.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from typing import NamedTuple

from audit.register.delimited import are_values, begins_table, looks_like_data, titles_above
from audit.register.delimited.footer import (
    as_on_each_page,
    has_page_number,
    is_remark,
    is_subtotal,
    is_total,
)
from audit.register.delimited.shape import TYPED, shape
from audit.register.extract import BLANK, DATA, FOOTER, HEADER, Extract, Row, distinct
from audit.register.sheets.blocks import Sheet, blocks_of

__all__ = ["Said", "as_text", "sheet_of", "tables_of"]

_TITLE_ROWS = 100  # rows among which the header stands
_AHEAD = 12  # rows by which a further table is told
_ENOUGH_ABOVE = 50  # rows of a table among which its header is looked for again
_FURTHER = re.compile(r", table [0-9]+$")
_WHOLE = 1e15  # above it a float no longer tells neighbouring whole numbers apart


class Said(NamedTuple):
    """What a plan says of one table of a workbook."""

    sheet: str
    """Its name."""
    header_rows: int | None = None
    """Rows up to and including its header, from its first one; 0 where it has none."""
    one_table: bool = False
    """Whether its sheet is one table, however much it looks like several."""


class _Layout(NamedTuple):
    """Where the parts of a sheet begin; rows are counted from 0."""

    header: range
    """The rows that name the columns; empty where none does."""
    names: tuple[str, ...]
    again: frozenset[tuple[str, ...]] = frozenset()
    """The rows of titles and names, which a printed list has above each of its pages."""


def sheet_of(name: str) -> str:
    """
    The sheet that a table stands in.

    >>> sheet_of("Taul1, table 2"), sheet_of("Taul1")
    ('Taul1', 'Taul1')
    """
    return _FURTHER.sub("", name)


def as_text(value: object) -> str:  # noqa: PLR0911 - a return for each type
    """
    A typed cell as text.

    >>> as_text(datetime(2020, 1, 2)), as_text(3.0), as_text(True), as_text(timedelta(hours=30))
    ('2020-01-02', '3', 'true', '30:00:00')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def tables_of(
    sheet: Sheet, notes: tuple[tuple[str, int], ...], said: Said | None = None
) -> Iterator[Extract]:
    """
    The tables of a sheet, beside each other and one below the other.

    Each takes every row of its columns and its part of the sheet; what is ``said`` of one wins over
    what it looks like.
    """
    one = said is not None and said.one_table and sheet_of(said.sheet) == sheet.name
    place = 0
    for block in [sheet] if one else blocks_of(sheet):
        assert block.end is not None
        starts = [0, *(() if one else _further(block))]
        widths = _widths(block, starts) if len(starts) > 1 else [0]
        stops = [*starts[1:], block.end[0] + 1]
        for first, stop, width in zip(starts, stops, widths, strict=True):
            place += 1
            name = sheet.name if place == 1 else f"{sheet.name}, table {place}"
            rows = said.header_rows if said is not None and said.sheet == name else None
            yield _table(block, name, range(first, stop), width, notes, rows)


def _table(
    sheet: Sheet,
    name: str,
    part: range,
    width: int,
    notes: tuple[tuple[str, int], ...],
    header_rows: int | None,
) -> Extract:
    down = {
        (row, column): top
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        for row in range(top + 1, bottom + 1)
        for column in range(left, right + 1)
    }
    titles = min(part.start + _TITLE_ROWS, part.stop)
    above = list(islice(sheet.iter_rows(), part.start, titles))
    if header_rows is None:
        layout = _layout(above, sheet, part.start, width)
    else:
        layout = _layout_said(above, sheet, part.start, width, header_rows)
    below = {row for row, _ in down if row in part and row >= layout.header.stop}
    merged = (("merged_cells", len(below)),) if below else ()
    return Extract(
        form="workbook",
        sheet=name,
        header=layout.names,
        unit="sheet_rows",
        count=partial(len, part),
        rows=partial(_rows, sheet, layout, down, part),
        notes=notes + merged,
    )


def _further(sheet: Sheet) -> Iterator[int]:
    """The rows in which a further table begins: below a blank row, a title at most, and a header."""
    above: list[list[str]] = []  # the rows of the table so far, as far as they tell
    apart = False
    rows = _trimmed(sheet)
    ahead = deque(islice(rows, _AHEAD))
    place = 0
    while ahead:
        row = ahead[0]
        # Rows of a cell or two are titles: what stands below them is the first table.
        tabled = len(above) > 1 and any(sum(map(bool, one)) > 1 for one in above)
        below = next((one for one in ahead if sum(map(bool, one)) > 1), row)
        tabled = tabled and titles_above([*above, [], below]) <= len(above)
        if row and apart and tabled and _heads(list(ahead), above):
            yield place
            above = []
        if row and len(above) < _ENOUGH_ABOVE:
            above.append(row)
        apart = not row
        ahead.popleft()
        ahead.extend(islice(rows, 1))
        place += 1


def _widths(sheet: Sheet, starts: Sequence[int]) -> list[int]:
    """How wide each table of a sheet is."""
    widths = [0] * len(starts)
    for row, cells in enumerate(_trimmed(sheet)):
        place = bisect(starts, row) - 1
        widths[place] = max(widths[place], len(cells))
    return widths


def _heads(ahead: Sequence[list[str]], above: Sequence[list[str]]) -> bool:
    """Whether a table begins with the first of some rows, below the rows ``above``."""
    titles = 0
    while titles < len(ahead) and len([cell for cell in ahead[titles] if cell]) == 1:
        titles += 1
    if titles == len(ahead):
        return False
    header = ahead[titles]
    width = len(header)
    if width < 2 or not all(header) or header in above:  # noqa: PLR2004
        return False
    after = []
    for row in ahead[titles + 1 :]:
        if not row:
            break
        if len(row) > width:
            return False
        after.append(row + [""] * (width - len(row)))
    return begins_table(header, after, apart=True)


def _trimmed(sheet: Sheet) -> Iterator[list[str]]:
    """The rows' texts, without the blanks at their end."""
    for cells in sheet.iter_rows():
        row = [as_text(cell).strip() for cell in cells]
        while row and not row[-1]:
            row.pop()
        yield row


def _layout(rows: Sequence[Sequence[object]], sheet: Sheet, first: int, width: int) -> _Layout:
    """
    The header: the first row that fills more than half of the table's width, if it is no data.

    ``first`` is the row of the sheet that is the first of ``rows``, ``width`` how many columns it has,
    0 for those of the sheet.
    """
    texts = [[as_text(cell).strip() for cell in row] for row in rows]
    width = width or max(map(len, texts), default=0)
    typical = max((sum(map(bool, row)) for row in texts), default=0)
    titles = titles_above(texts)
    for place, row in enumerate(texts):
        if place < titles or sum(map(bool, row)) * 2 <= typical or has_page_number(row):
            continue
        typed = any(cell != "" and not isinstance(cell, str) for cell in rows[place])
        if looks_like_data(row) or (typed and not _years(rows[place])):
            break
        below = texts[place + 1 :]
        if _are_all_words(rows[place + 1 :]) and are_values(row, below):
            break
        last = _last_header_row(first + place, sheet, first + len(texts)) - first
        named = [(texts[n] + [""] * width)[:width] for n in range(place, last + 1)]
        header = range(first + place, first + last + 1)
        again = frozenset(map(as_on_each_page, filter(any, texts[: last + 1])))
        return _Layout(header, distinct(_joined(named, first + place, sheet)), again)
    return _Layout(range(first, first), distinct([""] * width))


def _are_all_words(rows: Sequence[Sequence[object]]) -> bool:
    """Whether no cell is of a kind that headers have not: then only what they say tells them apart."""
    cells = [cell for row in rows for cell in row if cell not in ("", None)]
    return all(isinstance(cell, str) and shape(cell) not in TYPED for cell in cells)


def _layout_said(
    rows: Sequence[Sequence[object]], sheet: Sheet, first: int, width: int, header_rows: int
) -> _Layout:
    """The header in the row that a plan says; what stands above it belongs to no record."""
    width = width or max(map(len, rows), default=0)
    if not 0 < header_rows <= len(rows):
        return _Layout(range(first, first + min(header_rows, len(rows))), distinct([""] * width))
    named = [as_text(cell).strip() for cell in rows[header_rows - 1]]
    place = first + header_rows - 1
    names = _joined([(named + [""] * width)[:width]], place, sheet)
    return _Layout(range(first, place + 1), distinct(names))


def _years(row: Sequence[object]) -> bool:
    """Whether the numbers of a row are years, which head columns as often as they fill them."""
    numbers = [cell for cell in row if cell != "" and not isinstance(cell, str)]
    return all(isinstance(cell, float) and 1900 <= cell <= 2100 for cell in numbers)  # noqa: PLR2004


def _last_header_row(place: int, sheet: Sheet, stop: int) -> int:
    """The last of several header rows: cells of the first are merged downwards as far as it."""
    reach = [
        bottom
        for (top, _), (bottom, _) in sheet.merged_cell_ranges or ()
        if top == place and bottom < stop
    ]
    return max(reach, default=place)


def _joined(named: list[list[str]], place: int, sheet: Sheet) -> Iterator[str]:
    """One name a column: what stands in its header rows, the groups spread over their columns."""
    left = sheet.start[1] if sheet.start else 0
    for (top, first), (bottom, last) in sheet.merged_cell_ranges or ():
        row = top - place
        if 0 <= row < len(named) and top == bottom:
            for column in range(first - left + 1, min(last - left + 1, len(named[row]))):
                named[row][column] = named[row][column] or named[row][first - left]
    for parts in zip(*named, strict=True):
        yield " ".join(filter(None, parts))


def _rows(
    sheet: Sheet, layout: _Layout, down: dict[tuple[int, int], int], part: range
) -> Iterator[Row]:
    """Every row of a table; what stands below the last record is a footer."""
    left = sheet.start[1] if sheet.start else 0
    above: list[str] = []
    held: list[Row] = []  # rows that are a footer if no record follows
    for place, typed in zip(part, islice(sheet.iter_rows(), part.start, part.stop), strict=True):
        cells = list(map(as_text, typed))
        if down and place not in layout.header:
            for n, text in enumerate(cells):
                if not text and (place, n + left) in down:
                    cells[n] = above[n]
        above = cells
        if place < layout.header.stop:
            yield Row(cells, HEADER)
            continue
        row = Row(cells, _fate(cells, layout, held))
        if row.fate != DATA:
            held.append(row)
            continue
        # A remark between records is a row like the others.
        yield from (
            one._replace(fate=DATA) if one.fate == FOOTER and not is_subtotal(one.cells) else one
            for one in held
        )
        held = []
        yield row
    yield from held


def _fate(cells: Sequence[str], layout: _Layout, held: Sequence[Row]) -> str:
    """What a row below the header is, if no record follows it."""
    if not any(text.strip() for text in cells):
        return BLANK
    if layout.again and as_on_each_page(cells) in layout.again:
        return HEADER
    return FOOTER if is_total(cells) or (held and is_remark(cells, len(cells))) else DATA
