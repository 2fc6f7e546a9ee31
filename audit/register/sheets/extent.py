"""
How far the cells of an XLSX, XLSB or ODS reach, told before a reader makes room for all that lies between.

A cell that strayed to the last row and column makes a table of seventeen thousand million cells, for
which no memory is enough; one in the last row alone a million blank rows.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import IO, NamedTuple

from audit.errors import InputUnreadable

__all__ = ["check_extent", "is_sheet", "stray_of_sheet"]

_CHUNK = 1 << 20
_OVERLAP = 1000  # bytes of a chunk that are looked at again with the next: a cell's tag is shorter
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_BINARY_SHEET = re.compile(r"xl/worksheets/[^/]+\.bin")
_FAR_RIGHT = re.compile(rb' r="([A-Z]{2,3})([0-9]{1,7})"[^<>]*[^/<>]>')
_PLACE = re.compile(rb' r="([A-Z]{1,3})([0-9]{1,7})"')
_NARROW = 26  # columns, as those of one letter
_MANY_ROWS, _ROWS_A_VALUE = 65_536, 20
_MANY_CELLS, _CELLS_A_VALUE = 20_000_000, 200
_TOO_MANY_CELLS = 400_000_000  # more than memory holds, however they are filled


class _Extent(NamedTuple):
    """What a sheet's XML tells of its filled cells."""

    values: int = 0
    right: int = 0
    below: int = 0
    rightmost: str = ""
    lowest: str = ""

    def with_chunk(self, chunk: bytes, new: int) -> _Extent:
        """The extent with what stands in a chunk, of which ``new`` bytes were not counted yet."""
        found = self
        counted = chunk[len(chunk) - new :]
        values = counted.count(b"<v>") + counted.count(b"<is>")
        for letters, row in _FAR_RIGHT.findall(chunk):
            if (column := _number(letters)) > found.right:
                found = found._replace(right=column, rightmost=f"{letters.decode()}{row.decode()}")
        last = max(chunk.rfind(b"<v>"), chunk.rfind(b"<is>"))
        if last > 0 and (places := _PLACE.findall(chunk[max(0, last - _OVERLAP) : last])):
            letters, row = places[-1]
            if int(row) > found.below:
                place = f"{letters.decode()}{row.decode()}"
                found = found._replace(below=int(row), lowest=place)
        return found._replace(values=found.values + values)

    @property
    def stray(self) -> str:
        """The cell that stands far from the others; blank where none does."""
        cells = self.below * max(self.right, _NARROW)
        if cells > min(_TOO_MANY_CELLS, max(_MANY_CELLS, self.values * _CELLS_A_VALUE)):
            return self.rightmost or self.lowest
        if self.below > max(_MANY_ROWS, self.values * _ROWS_A_VALUE):
            return self.lowest
        return ""


def check_extent(path: Path, shown: str) -> None:
    """Refuse a workbook of which a cell stands so far from the others that reading would not end."""
    with zipfile.ZipFile(path) as package:
        if _ODS in package.namelist():
            for sheet in package.read(_ODS).split(b"<table:table ")[1:]:
                _refuse(_extent_of_ods(sheet), shown)
        for info in package.infolist():
            if _BINARY_SHEET.fullmatch(info.filename) is not None:
                with package.open(info) as stream:
                    _refuse(_extent_of_records(stream), shown)
            if not is_sheet(info.filename):
                continue
            extent, rest = _Extent(), b""
            with package.open(info) as stream:
                while new := stream.read(_CHUNK):
                    extent = extent.with_chunk(rest + new, len(new))
                    rest = new[-_OVERLAP:]
            _refuse(extent, shown)


def is_sheet(part: str) -> bool:
    """Whether a part of a package is a sheet of an XLSX."""
    return _SHEET.fullmatch(part) is not None


def stray_of_sheet(data: bytes) -> str:
    """The cell of an XLSX's sheet that stands far from all others; blank where none does."""
    return _Extent().with_chunk(data, len(data)).stray


def _refuse(extent: _Extent, shown: str) -> None:
    if extent.stray:
        raise InputUnreadable(
            shown,
            f"the cell {extent.stray} of a sheet stands far from all others",
            "delete its row and its column in the spreadsheet program, and save it again",
        )


def _extent_of_records(stream: IO[bytes]) -> _Extent:
    """
    What the records of a binary sheet tell (MS-XLSB 2.1.4): a row's header, then its cells.

    A record is its type in one byte or two, its length in one to four, and as many bytes.
    """
    data, at, row = b"", 0, 0
    values = right = below = 0
    rightmost = lowest = (0, 0)
    while True:
        if len(data) - at < _OVERLAP:
            data, at = data[at:] + stream.read(_CHUNK), 0
        if at >= len(data):
            break
        kind, at = _varying(data, at, 2)
        length, at = _varying(data, at, 4)
        if kind <= _LAST_CELL:
            place = int.from_bytes(data[at : at + 4], "little")
            if kind == _ROW_HEADER:
                row = place
            elif kind != _BLANK_CELL:
                values += 1
                if place >= right:
                    right, rightmost = place + 1, (row, place)
                if row >= below:
                    below, lowest = row + 1, (row, place)
        at += length
        if at > len(data):  # what is long is passed over in the stream
            stream.read(at - len(data))
            data, at = b"", 0
    far, low = (f"{_letters(column + 1)}{line + 1}" for line, column in (rightmost, lowest))
    return _Extent(values, right, below, far if right > _NARROW else "", low)


def _varying(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits to the byte, the lowest first, and where it ends."""
    number = 0
    for n in range(most):
        byte = data[at + n] if at + n < len(data) else 0
        number |= (byte & 0x7F) << 7 * n
        if byte < 0x80:  # noqa: PLR2004 - the bit that says that another follows
            break
    return number, at + n + 1


_ROW_HEADER, _BLANK_CELL, _LAST_CELL = 0, 1, 11


def _extent_of_ods(sheet: bytes) -> _Extent:
    """
    What a sheet's XML tells, where blank rows and columns are written once, with their number.

    Those behind the last filled cell, of which most sheets have some, are no part of it.
    """
    last = max(sheet.rfind(_FILLED), 0)
    below = sheet.count(b"<table:table-row ", 0, last) + sheet.count(b"<table:table-row>", 0, last)
    below += sum(int(found[1]) - 1 for found in _REPEATED_ROWS.finditer(sheet, 0, last))
    right = 1
    for found in _REPEATED_COLUMNS.finditer(sheet, 0, last):
        row = sheet.find(b"</table:table-row>", found.end())
        if sheet.find(_FILLED, found.end(), row) >= 0:
            right = max(right, int(found[1]) + 1)
    place = f"{_letters(right)}{below}"
    return _Extent(sheet.count(_FILLED), right, below, place if right > 1 else "", place)


_ODS = "content.xml"
_FILLED = b"office:value-type="
_REPEATED_ROWS = re.compile(rb'<table:table-row\b[^>]*number-rows-repeated="([0-9]{3,7})"')
_REPEATED_COLUMNS = re.compile(
    rb'<table:(?:covered-)?table-cell\b[^>]*number-columns-repeated="([0-9]{2,7})"'
)


def _letters(number: int) -> str:
    """
    The letters of a column.

    >>> _letters(1), _letters(27), _letters(16_384)
    ('A', 'AA', 'XFD')
    """
    found = ""
    while number:
        number, rest = divmod(number - 1, _NARROW)
        found = chr(ord("A") + rest) + found
    return found


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, XFD is 16 384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
