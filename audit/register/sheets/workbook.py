"""
Workbooks: XLSX, XLSM, XLSB, XLS and ODS, each sheet a table, hidden ones too.

Formulas are not calculated: the value that was saved is read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import AuditError, InputEmpty, InputUnreadable
from audit.register.archive import check_package
from audit.register.extract import Extract
from audit.register.sheets.extent import check_extent
from audit.register.sheets.notes import SheetNotes, notes_of_sheets
from audit.register.sheets.strays import Gathered, gathered
from audit.register.sheets.tables import Said, tables_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["tables"]

_PASSWORD = "it is protected with a password"  # noqa: S105 - says so, is none
_REMOVE = "save it in the spreadsheet program without the password"
_FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=\"(?:1|true)\"")


def tables(path: Path, shown: str, said: Said | None = None) -> list[Extract]:
    """
    The tables of each sheet that holds anything; what is ``said`` of one wins over what it looks like.

    Raises ``InputUnreadable`` or, with none, ``InputEmpty``.
    """
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    book, strayed = _opened(path, shown)
    from_1904 = _counts_from_1904(path)
    beside = dict(enumerate(notes_of_sheets(path)))
    found = []
    for place, sheet in enumerate(book.sheets_metadata):
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        cells = _sheet(book, sheet.name, shown)
        if cells.end is None:
            found.append(Extract(form="workbook", sheet=sheet.name, header=()))
            continue
        notes = [("hidden_sheet", 1)] if sheet.visible != SheetVisibleEnum.Visible else []
        hidden, comments = beside.get(place, SheetNotes())
        strays = strayed.get(sheet.name, ())
        counts = {
            "hidden_columns": hidden,
            "comments": len(comments),
            "stray_cells": len(strays),
        }
        notes += [(what, count) for what, count in counts.items() if count]
        of_sheet = tables_of(cells, tuple(notes), said)
        for number, extract in enumerate(of_sheet):
            told = () if number else (*comments, *strays)
            found.append(replace(extract, serials_from_1904=from_1904, beside=told))
    if not any(extract.header for extract in found):
        raise InputEmpty(shown)
    return found


_Strayed = Mapping[str, tuple[tuple[int, str], ...]]
"""By sheet, the cells that stand far from all others: the row of each, and its text."""


def _opened(path: Path, shown: str) -> tuple[CalamineWorkbook, _Strayed]:
    from python_calamine import CalamineWorkbook, PasswordError

    if zipfile.is_zipfile(path):
        check_package(path, shown)
        try:
            check_extent(path, shown)
        except InputUnreadable:
            if (found := gathered(path)) is None:
                raise
            return _without_strays(found, shown)
    elif b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in path.read_bytes():
        raise InputUnreadable(shown, _PASSWORD, _REMOVE)
    try:
        return CalamineWorkbook.from_path(str(path)), {}
    except PasswordError:
        raise InputUnreadable(shown, _PASSWORD, _REMOVE) from None
    except BaseException as error:  # noqa: BLE001 - a broken workbook makes the reader panic, too
        raise _broken(shown, error) from None


def _without_strays(found: Gathered, shown: str) -> tuple[CalamineWorkbook, _Strayed]:
    """The workbook without the cells that strayed, and what stands in those."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(found.package))
        alone = CalamineWorkbook.from_filelike(BytesIO(found.strays))
        names = [sheet.name for sheet in alone.sheets_metadata]
        return book, {
            names[place]: tuple(
                (row, str(cells[0]))
                for row, cells in zip(
                    rows, _sheet(alone, names[place], shown).to_python(), strict=False
                )
            )
            for place, rows in found.rows.items()
        }
    except BaseException as error:  # noqa: BLE001 - as above
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
