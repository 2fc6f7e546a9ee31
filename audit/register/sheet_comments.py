"""Comments on the cells of an XLSX: they are no cells, and the reader of workbooks does not hand them on."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from posixpath import dirname, join, normpath

__all__ = ["count_comments", "sheet_part"]

_COMMENTS = re.compile(rb"<Relationship\b[^>]*/(?:comments|threadedComment)\"[^>]*>")
_TARGET = re.compile(rb"Target=\"([^\"]+)\"")
_COMMENT = re.compile(rb"<(?:\w+:)?(?:comment|threadedComment)\s")
_REMARK = b"<office:annotation "


def count_comments(path: Path, place: int) -> int:
    """How many comments stand on the cells of a sheet; 0 where the form is not XLSX or ODS."""
    if not zipfile.is_zipfile(path):
        return 0
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        if "content.xml" in names:
            sheets = package.read("content.xml").split(b"<table:table ")[1:]
            return sheets[place].count(_REMARK) if place < len(sheets) else 0
        if "xl/workbook.xml" not in names:
            return 0
        part = sheet_part(package, place)
        links = join(dirname(part), "_rels", f"{part.rpartition('/')[2]}.rels")
        if links not in names:
            return 0
        # A threaded comment has a plain one beside it for programs that do not know of threads.
        return max((_in_part(package, part, link) for link in _links(package, links)), default=0)


def _links(package: zipfile.ZipFile, part: str) -> list[bytes]:
    return [at[1] for link in _COMMENTS.findall(package.read(part)) if (at := _TARGET.search(link))]


def _in_part(package: zipfile.ZipFile, sheet: str, link: bytes) -> int:
    target = link.decode("utf-8", "replace")
    name = target[1:] if target.startswith("/") else normpath(join(dirname(sheet), target))
    return len(_COMMENT.findall(package.read(name))) if name in package.namelist() else 0


def sheet_part(package: zipfile.ZipFile, place: int) -> str:
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
