"""
Cells of an XLSX that stand far from all others, taken out so that their sheet can be read.

What stands in them is read by itself, in a workbook that has nothing else.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from string import ascii_uppercase
from typing import NamedTuple

from audit.register.sheets.extent import is_sheet, stray_of_sheet
from audit.register.sheets.notes import sheet_parts

__all__ = ["Gathered", "gathered"]

_MOST = 20
"""Cells of a sheet: where more stand apart, the sheet is what its cells make of it."""
_DATA = re.compile(rb"(<(?:\w+:)?sheetData\b[^<>]*>).*(</(?:\w+:)?sheetData>)", re.DOTALL)
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^<>]*/>")
_CELL = rb'<((?:\w+:)?)c(?=\s)[^<>]*?\br="%s"[^<>]*(?:(?<=/)>|(?<!/)>.*?</\1c>)'


class Gathered(NamedTuple):
    """An XLSX without the cells that strayed."""

    package: bytes
    strays: bytes
    """The same workbook, with those cells alone: a row for each, in the first column."""
    rows: Mapping[int, tuple[int, ...]]
    """By the place of the sheet in the workbook, the rows in which they stood."""


def gathered(path: Path) -> Gathered | None:
    """The workbook without its stray cells; None where none can be told, or too many stand apart."""
    kept: dict[str, bytes] = {}
    alone: dict[str, bytes] = {}
    rows: dict[int, tuple[int, ...]] = {}
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        sheets = sheet_parts(package) if "xl/_rels/workbook.xml.rels" in names else []
        for place, part in enumerate(sheets):
            if not is_sheet(part) or part not in names:
                continue
            data, found = package.read(part), dict[str, bytes]()
            while stray := stray_of_sheet(data):
                cell = re.search(_CELL % stray.encode(), data, re.DOTALL)
                if cell is None or len(found) == _MOST:
                    return None
                found[stray] = cell[0]
                data = data[: cell.start()] + data[cell.end() :]
            if found:
                kept[part] = _DIMENSION.sub(b"", data)
                alone[part] = _alone(kept[part], found)
                rows[place] = tuple(int(stray.lstrip(ascii_uppercase)) for stray in found)
        return Gathered(_packed(package, kept), _packed(package, alone), rows) if rows else None


def _alone(sheet: bytes, cells: Mapping[str, bytes]) -> bytes:
    """A sheet with these cells alone, one below the other."""
    data = _DATA.search(sheet)
    if data is None:
        return sheet
    prefix = data[1][1:].partition(b"sheetData")[0]
    rows = [data[1]]
    for number, (place, cell) in enumerate(cells.items(), 1):
        moved = cell.replace(b'r="%s"' % place.encode(), b'r="A%d"' % number, 1)
        rows.append(b'<%srow r="%d">%s</%srow>' % (prefix, number, moved, prefix))
    return sheet[: data.start()] + b"".join(rows) + data[2] + sheet[data.end() :]


def _packed(package: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """The package with some of its parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for part in package.namelist():
            made.writestr(part, changed[part] if part in changed else package.read(part))
    return target.getvalue()
