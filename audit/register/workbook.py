"""
Workbooks: XLSX, XLSM, XLSB, XLS and ODS, each sheet a table, hidden ones too.

A cell typed as a date becomes ISO text, a truth value ``true`` or ``false``, a number is written
without a trailing ``.0``; text is kept. Formulas are not calculated: the value that was saved is
read. Cells merged downwards hold their value in each row; only then does every record have its own.
"""

from __future__ import annotations

import re
import zipfile
from bisect import bisect
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audit.errors import AuditError, InputEmpty, InputUnreadable
from audit.register.archive import check_package
from audit.register.delimited import begins_table, looks_like_data, titles_above
from audit.register.delimited.footer import is_remark, is_total
from audit.register.extract import BLANK, DATA, FOOTER, HEADER, Extract, Row, distinct
from audit.register.sheet_extent import check_extent

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["as_text", "tables"]

_TITLE_ROWS = 100  # rows among which the header stands
_AHEAD = 12  # rows by which a further table is told
_ENOUGH_ABOVE = 50  # rows of a table among which its header is looked for again
_WHOLE = 1e15  # above it a float no longer tells neighbouring whole numbers apart
_PASSWORD = "it is protected with a password"  # noqa: S105 - says so, is none
_REMOVE = "save it in the spreadsheet program without the password"
_HIDDEN_XLSX = re.compile(rb"<(?:\w+:)?col\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=\"(?:1|true)\"")
_BOUND = re.compile(rb"\b(min|max)=\"([0-9]+)\"")


class _Layout(NamedTuple):
    """Where the parts of a sheet begin; rows are counted from 0."""

    header: range
    """The rows that name the columns; empty where none does."""
    names: tuple[str, ...]


def tables(path: Path, shown: str) -> list[Extract]:
    """Each sheet that holds anything; raises ``InputUnreadable`` or, with none, ``InputEmpty``."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    book = _opened(path, shown)
    from_1904 = _counts_from_1904(path)
    found = []
    for place, sheet in enumerate(book.sheets_metadata):
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        cells = _sheet(book, sheet.name, shown)
        if cells.end is None:
            found.append(Extract(form="workbook", sheet=sheet.name, header=()))
            continue
        hidden = _hidden_columns(path, place)
        notes = [("hidden_sheet", 1)] if sheet.visible != SheetVisibleEnum.Visible else []
        notes += [("hidden_columns", hidden)] if hidden else []
        of_sheet = _tables(cells, tuple(notes))
        found += (replace(extract, serials_from_1904=from_1904) for extract in of_sheet)
    if not any(extract.header for extract in found):
        raise InputEmpty(shown)
    return found


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


def _opened(path: Path, shown: str) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook, PasswordError

    if zipfile.is_zipfile(path):
        check_package(path, shown)
        check_extent(path, shown)
    elif b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in path.read_bytes():
        raise InputUnreadable(shown, _PASSWORD, _REMOVE)
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise InputUnreadable(shown, _PASSWORD, _REMOVE) from None
    except BaseException as error:  # noqa: BLE001 - a broken workbook makes the reader panic, too
        raise _broken(shown, error) from None


def _counts_from_1904(path: Path) -> bool:
    """Whether an XLSX counts its days from 1904; a cell that is formatted as a date is read so anyway."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as package:
        if "xl/workbook.xml" not in package.namelist():
            return False
        return _FROM_1904.search(package.read("xl/workbook.xml")) is not None


def _sheet(book: CalamineWorkbook, name: str, shown: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except BaseException as error:  # noqa: BLE001 - as above
        raise _broken(shown, error) from None


def _broken(shown: str, error: BaseException) -> BaseException:
    if isinstance(error, (KeyboardInterrupt, SystemExit, AuditError)):
        return error
    return InputUnreadable(
        shown, "the workbook is damaged", "open it in a spreadsheet program and save it again"
    )


def _tables(sheet: CalamineSheet, notes: tuple[tuple[str, int], ...]) -> Iterator[Extract]:
    """The tables of a sheet, one below the other; together they take every row of it."""
    assert sheet.end is not None
    last = sheet.end[0] + 1
    down = {
        (row, column): top
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        for row in range(top + 1, bottom + 1)
        for column in range(left, right + 1)
    }
    starts = [0, *_further(sheet)]
    widths = _widths(sheet, starts) if len(starts) > 1 else [0]
    for place, (first, stop) in enumerate(zip(starts, [*starts[1:], last], strict=True)):
        part = range(first, stop)
        titles = min(first + _TITLE_ROWS, stop)
        layout = _layout(
            list(islice(sheet.iter_rows(), first, titles)), sheet, first, widths[place]
        )
        below = {row for row, _ in down if row in part and row >= layout.header.stop}
        merged = (("merged_cells", len(below)),) if below else ()
        yield Extract(
            form="workbook",
            sheet=f"{sheet.name}, table {place + 1}" if place else sheet.name,
            header=layout.names,
            unit="sheet_rows",
            count=partial(len, part),
            rows=partial(_rows, sheet, layout, down, part),
            notes=notes + merged,
        )


def _further(sheet: CalamineSheet) -> Iterator[int]:
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
        tabled = tabled and not titles_above([*above, [], below])
        if row and apart and tabled and _heads(list(ahead), above):
            yield place
            above = []
        if row and len(above) < _ENOUGH_ABOVE:
            above.append(row)
        apart = not row
        ahead.popleft()
        ahead.extend(islice(rows, 1))
        place += 1


def _widths(sheet: CalamineSheet, starts: Sequence[int]) -> list[int]:
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


def _trimmed(sheet: CalamineSheet) -> Iterator[list[str]]:
    """The rows' texts, without the blanks at their end."""
    for cells in sheet.iter_rows():
        row = [as_text(cell).strip() for cell in cells]
        while row and not row[-1]:
            row.pop()
        yield row


def _layout(
    rows: Sequence[Sequence[object]], sheet: CalamineSheet, first: int, width: int
) -> _Layout:
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
        if place < titles or sum(map(bool, row)) * 2 <= typical:
            continue
        typed = any(cell != "" and not isinstance(cell, str) for cell in rows[place])
        if looks_like_data(row) or (typed and not _years(rows[place])):
            break
        last = _last_header_row(first + place, sheet, first + len(texts)) - first
        named = [(texts[n] + [""] * width)[:width] for n in range(place, last + 1)]
        header = range(first + place, first + last + 1)
        return _Layout(header, distinct(_joined(named, first + place, sheet)))
    return _Layout(range(first, first), distinct([""] * width))


def _years(row: Sequence[object]) -> bool:
    """Whether the numbers of a row are years, which head columns as often as they fill them."""
    numbers = [cell for cell in row if cell != "" and not isinstance(cell, str)]
    return all(isinstance(cell, float) and 1900 <= cell <= 2100 for cell in numbers)  # noqa: PLR2004


def _last_header_row(place: int, sheet: CalamineSheet, stop: int) -> int:
    """The last of several header rows: cells of the first are merged downwards as far as it."""
    reach = [
        bottom
        for (top, _), (bottom, _) in sheet.merged_cell_ranges or ()
        if top == place and bottom < stop
    ]
    return max(reach, default=place)


def _joined(named: list[list[str]], place: int, sheet: CalamineSheet) -> Iterator[str]:
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
    sheet: CalamineSheet, layout: _Layout, down: dict[tuple[int, int], int], part: range
) -> Iterator[Row]:
    """Every row of a table; what stands below the last record is a footer."""
    left = sheet.start[1] if sheet.start else 0
    above: list[str] = []
    held: list[Row] = []  # rows that are a footer if no record follows
    for place, row in zip(part, islice(sheet.iter_rows(), part.start, part.stop), strict=True):
        cells = list(map(as_text, row))
        if down and place not in layout.header:
            for n, text in enumerate(cells):
                if not text and (place, n + left) in down:
                    cells[n] = above[n]
        above = cells
        if place < layout.header.stop:
            yield Row(cells, HEADER)
        elif not any(text.strip() for text in cells):
            held.append(Row(cells, BLANK))
        elif is_total(cells) or (held and is_remark(cells, len(cells))):
            held.append(Row(cells, FOOTER))
        else:
            # A total or a remark between records is a row like the others.
            yield from (row if row.fate == BLANK else row._replace(fate=DATA) for row in held)
            held = []
            yield Row(cells, DATA)
    yield from held


def _hidden_columns(path: Path, place: int) -> int:
    """How many columns a sheet hides, told from its XML; 0 where the form is not XLSX or ODS."""
    if not zipfile.is_zipfile(path):
        return 0
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        if "content.xml" in names:
            return _hidden_in_ods(package.read("content.xml"), place)
        if "xl/workbook.xml" not in names:
            return 0
        part = _part(package, place)
        if part not in names:
            return 0
        with package.open(part) as file:
            start = file.read(1 << 16).partition(b"sheetData")[0]
    hidden = 0
    for column in _HIDDEN_XLSX.findall(start):
        bounds = {key: int(n) for key, n in _BOUND.findall(column)}
        hidden += bounds.get(b"max", 0) - bounds.get(b"min", 1) + 1
    return hidden


def _part(package: zipfile.ZipFile, place: int) -> str:
    """The part of an XLSX package that holds a sheet."""
    sheets = re.findall(
        rb"<(?:\w+:)?sheet\b[^>]*\br:id=\"([^\"]+)\"", package.read("xl/workbook.xml")
    )
    links = package.read("xl/_rels/workbook.xml.rels")
    if place >= len(sheets):
        return ""
    for link in re.findall(rb"<Relationship\b[^>]*>", links):
        if b'Id="' + sheets[place] + b'"' in link and (at := re.search(rb'Target="([^"]+)"', link)):
            target = at[1].decode()
            return target[1:] if target.startswith("/") else f"xl/{target}"
    return ""


def _hidden_in_ods(content: bytes, place: int) -> int:
    sheets = content.split(b"<table:table ")[1:]
    if place >= len(sheets):
        return 0
    columns = re.findall(
        rb"<table:table-column\b[^>]*table:visibility=\"collapse\"[^>]*>", sheets[place]
    )
    repeats = (re.search(rb"number-columns-repeated=\"([0-9]+)\"", column) for column in columns)
    return sum(int(found[1]) if found else 1 for found in repeats)
