"""
Tables that programs save under the name of a spreadsheet and are none: web pages, and XML of Excel 2003.

Each table of a page is a sheet, each worksheet of the XML is one; every cell is text, as it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from audit.errors import InputUnreadable
from audit.register.delimited import encoding_of
from audit.register.extract import Extract
from audit.register.sheets.tables import tables_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

__all__ = ["is_markup", "tables"]

_MOST_BYTES = 64 << 20
_MOST_COLUMNS = 16_384
_SAVE_AS = "open it in a spreadsheet program and save it as XLSX or CSV"
_XML = "{urn:schemas-microsoft-com:office:spreadsheet}"


@dataclass(frozen=True)
class _Grid:
    """A sheet of texts, as the tables of worksheets are told from."""

    name: str
    rows: list[list[str]]
    merged_cell_ranges: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)

    @property
    def start(self) -> tuple[int, int] | None:
        return (0, 0) if self.rows else None

    @property
    def end(self) -> tuple[int, int] | None:
        return (len(self.rows) - 1, len(self.rows[0]) - 1) if self.rows else None

    def iter_rows(self) -> Iterator[list[str]]:
        return iter(self.rows)


def is_markup(start: str) -> bool:
    """
    Whether a text that pretends to be a spreadsheet has tables all the same.

    >>> is_markup("<html><body><table><tr><td>1"), is_markup("<?xml version='1.0'?><invoice/>")
    (True, False)
    """
    low = start.lower()
    return "<table" in low and ("<tr" in low or "<row" in low)


def tables(path: Path, shown: str) -> list[Extract]:
    """The tables of each sheet; raises ``InputUnreadable`` where there is none."""
    from selectolax.lexbor import LexborHTMLParser

    if path.stat().st_size > _MOST_BYTES:
        raise InputUnreadable(shown, "it is a web page of more than 64 MB", _SAVE_AS)
    raw = path.read_bytes()
    text = raw.decode(encoding_of(raw), "replace").removeprefix("\ufeff")
    page = None if _is_xml(text) else LexborHTMLParser(text)
    grids = _of_xml(raw, shown) if page is None else _of_page(page)
    found = [
        extract
        for grid in grids
        if grid.rows and grid.rows[0]
        for extract in tables_of(grid, ())
        if extract.header
    ]
    if not found:
        raise InputUnreadable(shown, "it is a web page or XML without a table", _SAVE_AS)
    outside = "" if page is None else _outside_tables(page)
    return [replace(found[0], beside=((1, outside),) if outside else ()), *found[1:]]


def _is_xml(text: str) -> bool:
    return _XML.strip("{}") in text[:4000] and "<Workbook" in text[:4000]


def _of_page(page: LexborHTMLParser) -> Iterator[_Grid]:
    named = 0
    for table in page.css("table"):
        if table.css_first("table table") is not None or len(table.css("table")) > 1:
            continue  # what only lays out the page
        rows = [
            [
                cell
                for node in row.css("td, th")
                for cell in (
                    " ".join(node.text(separator=" ").split()),
                    *[""] * (_number(node.attributes.get("colspan")) - 1),
                )
            ]
            for row in table.css("tr")
        ]
        named += 1
        yield _Grid(f"table {named}" if named > 1 else "page", _even(rows))


def _outside_tables(page: LexborHTMLParser) -> str:
    """What stands on a page beside its tables, which are taken off it."""
    for node in page.css("table, script, style, head"):
        node.decompose()
    return " ".join((page.body.text(separator=" ") if page.body else "").split())


def _number(said: str | None) -> int:
    return min(int(said), _MOST_COLUMNS) if said and said.isdecimal() else 0


def _of_xml(raw: bytes, shown: str) -> Iterator[_Grid]:
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise InputUnreadable(shown, "it is XML with entities of its own", _SAVE_AS)
    try:
        book = ET.fromstring(raw)  # noqa: S314 - it has no entities
    except ET.ParseError:
        raise InputUnreadable(shown, "it is XML that is not whole", "export it again") from None
    for sheet in book.iter(f"{_XML}Worksheet"):
        rows: list[list[str]] = []
        for row in sheet.iter(f"{_XML}Row"):
            place = row.get(f"{_XML}Index", "")
            blank = int(place) - 1 - len(rows) if place.isdecimal() else 0
            rows += [[] for _ in range(min(blank, _MOST_COLUMNS))]
            rows.append(_cells(row))
        yield _Grid(sheet.get(f"{_XML}Name") or "Sheet", _even(rows))


def _cells(row: ET.Element) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_XML}Cell"):
        place = cell.get(f"{_XML}Index", "")
        if place.isdecimal():  # cells that are blank are left out
            cells += [""] * (min(int(place), _MOST_COLUMNS) - 1 - len(cells))
        data = cell.find(f"{_XML}Data")
        cells.append("".join(data.itertext()).strip() if data is not None else "")
        cells += [""] * _number(cell.get(f"{_XML}MergeAcross"))
    return cells


def _even(rows: list[list[str]]) -> list[list[str]]:
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]
