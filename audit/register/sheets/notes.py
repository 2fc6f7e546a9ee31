"""
What a workbook's package says of its sheets beside their cells: hidden columns, and comments.

The reader of workbooks hands on neither. Comments are no cells; they are counted, and not read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple

__all__ = ["SheetNotes", "notes_of_sheets"]

_HIDDEN = re.compile(rb"<(?:\w+:)?col\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_BOUND = re.compile(rb"\b(min|max)=\"([0-9]+)\"")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*\br:id=\"([^\"]+)\"")
_RELATIONSHIP = re.compile(rb"<Relationship\b[^>]*>")
_COMMENTS = re.compile(rb"<Relationship\b[^>]*/(?:comments|threadedComment)\"[^>]*>")
_TARGET = re.compile(rb"Target=\"([^\"]+)\"")
_COMMENT = re.compile(rb"<(?:\w+:)?(?:comment|threadedComment)\s")
_COLLAPSED = re.compile(rb"<table:table-column\b[^>]*table:visibility=\"collapse\"[^>]*>")
_REPEATED = re.compile(rb"number-columns-repeated=\"([0-9]+)\"")


class SheetNotes(NamedTuple):
    """How many columns a sheet hides, and how many comments stand on its cells."""

    hidden_columns: int = 0
    comments: int = 0


def notes_of_sheets(path: Path) -> list[SheetNotes]:
    """The notes of each sheet, in order; empty where the form is not XLSX or ODS."""
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        if "content.xml" in names:
            sheets = package.read("content.xml").split(b"<table:table ")[1:]
            return [_of_ods(sheet) for sheet in sheets]
        if "xl/workbook.xml" not in names:
            return []
        return [_of_xlsx(package, names, part) for part in _parts(package)]


def _of_ods(sheet: bytes) -> SheetNotes:
    repeats = (_REPEATED.search(column) for column in _COLLAPSED.findall(sheet))
    hidden = sum(int(found[1]) if found else 1 for found in repeats)
    return SheetNotes(hidden, sheet.count(b"<office:annotation "))


def _parts(package: zipfile.ZipFile) -> list[str]:
    """The part of an XLSX package that holds each sheet; empty where none is named."""
    links = _RELATIONSHIP.findall(package.read("xl/_rels/workbook.xml.rels"))
    targets: Mapping[bytes, str] = {
        link: _inside("xl/workbook.xml", at[1]) for link in links if (at := _TARGET.search(link))
    }
    return [
        next((part for link, part in targets.items() if b'Id="' + name + b'"' in link), "")
        for name in _SHEET.findall(package.read("xl/workbook.xml"))
    ]


def _of_xlsx(package: zipfile.ZipFile, names: set[str], part: str) -> SheetNotes:
    if part not in names:
        return SheetNotes()
    with package.open(part) as file:
        start = file.read(1 << 16).partition(b"sheetData")[0]
    hidden = 0
    for column in _HIDDEN.findall(start):
        bounds = {key: int(n) for key, n in _BOUND.findall(column)}
        hidden += bounds.get(b"max", 0) - bounds.get(b"min", 1) + 1
    return SheetNotes(hidden, _comments(package, names, part))


def _comments(package: zipfile.ZipFile, names: set[str], part: str) -> int:
    links = join(dirname(part), "_rels", f"{part.rpartition('/')[2]}.rels")
    if links not in names:
        return 0
    targets = (_TARGET.search(link) for link in _COMMENTS.findall(package.read(links)))
    parts = {_inside(part, at[1]) for at in targets if at} & names
    # A threaded comment has a plain one beside it for programs that do not know of threads.
    return max((len(_COMMENT.findall(package.read(one))) for one in parts), default=0)


def _inside(part: str, target: bytes) -> str:
    """The name of the part that another part's link leads to."""
    name = target.decode("utf-8", "replace")
    return name[1:] if name.startswith("/") else normpath(join(dirname(part), name))
