"""
What a workbook's package says of its sheets beside their cells: hidden columns, and comments.

The reader of workbooks hands on neither. Comments are no cells; what stands in them is looked at.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple

__all__ = ["SheetNotes", "notes_of_sheets", "sheet_parts"]

_HIDDEN = re.compile(rb"<(?:\w+:)?col\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_BOUND = re.compile(rb"\b(min|max)=\"([0-9]+)\"")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*\br:id=\"([^\"]+)\"")
_RELATIONSHIP = re.compile(rb"<Relationship\b[^>]*>")
_COMMENTS = re.compile(rb"<Relationship\b[^>]*/(?:comments|threadedComment)\"[^>]*>")
_TARGET = re.compile(rb"Target=\"([^\"]+)\"")
_COMMENT = re.compile(
    rb"<(?:\w+:)?(comment|threadedComment)\s[^>]*?\bref=\"[A-Z]+([0-9]+)\"[^>]*(?<!/)>(.*?)</(?:\w+:)?\1>",
    re.DOTALL,
)
_ANNOTATION = re.compile(rb"<office:annotation\b[^>]*>(.*?)</office:annotation>", re.DOTALL)
_ROW = re.compile(rb"<table:table-row\b[^>]*>")
_ROWS = re.compile(rb"number-rows-repeated=\"([0-9]+)\"")
_TAG = re.compile(rb"<[^>]*>")
_COLLAPSED = re.compile(rb"<table:table-column\b[^>]*table:visibility=\"collapse\"[^>]*>")
_REPEATED = re.compile(rb"number-columns-repeated=\"([0-9]+)\"")


class SheetNotes(NamedTuple):
    """How many columns a sheet hides, and the comments on its cells, each with the row."""

    hidden_columns: int = 0
    comments: tuple[tuple[int, str], ...] = ()


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
        return [_of_xlsx(package, names, part) for part in sheet_parts(package)]


def _of_ods(sheet: bytes) -> SheetNotes:
    repeats = (_REPEATED.search(column) for column in _COLLAPSED.findall(sheet))
    hidden = sum(int(found[1]) if found else 1 for found in repeats)
    return SheetNotes(hidden, tuple(_annotations(sheet)))


def _annotations(sheet: bytes) -> Iterator[tuple[int, str]]:
    row, seen = 0, 0
    for found in _ANNOTATION.finditer(sheet):
        for begun in _ROW.findall(sheet, seen, found.start()):
            row += int(times[1]) if (times := _ROWS.search(begun)) else 1
        seen = found.start()
        yield max(row, 1), _text(found[1])


def _text(marked: bytes) -> str:
    """What is left of a piece of XML without its marks; only a paragraph ends a word."""
    lines = marked.replace(b"</text:p>", b"\n")
    return unescape(_TAG.sub(b"", lines).decode("utf-8", "replace")).strip()


def sheet_parts(package: zipfile.ZipFile) -> list[str]:
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


def _comments(package: zipfile.ZipFile, names: set[str], part: str) -> tuple[tuple[int, str], ...]:
    links = join(dirname(part), "_rels", f"{part.rpartition('/')[2]}.rels")
    if links not in names:
        return ()
    targets = (_TARGET.search(link) for link in _COMMENTS.findall(package.read(links)))
    parts = {_inside(part, at[1]) for at in targets if at} & names
    # A threaded comment has a plain one beside it for programs that do not know of threads.
    found = (_COMMENT.findall(package.read(one)) for one in sorted(parts))
    most = max(found, key=len, default=[])
    return tuple((int(row), _text(text)) for _, row, text in most)


def _inside(part: str, target: bytes) -> str:
    """The name of the part that another part's link leads to."""
    name = target.decode("utf-8", "replace")
    return name[1:] if name.startswith("/") else normpath(join(dirname(part), name))
