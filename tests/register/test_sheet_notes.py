"""What a workbook's package says of its sheets beside their cells."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import duckdb
import xlsxwriter

from audit.plan.drafting import draft_plan
from audit.register.sheets.notes import SheetNotes, notes_of_sheets
from audit.run import run

WORKBOOK = (
    '<workbook><sheets><sheet name="A" r:id="r1"/><sheet name="B" r:id="r2"/></sheets></workbook>'
)
SHEETS = (
    '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>'
)
BESIDE = (
    '<Relationships><Relationship Id="c" Type="http://s/relationships/comments" Target="../comments1.xml"/>'
    '<Relationship Id="t" Type="http://s/relationships/threadedComment" Target="/xl/threaded/t1.xml"/>'
    "</Relationships>"
)


def packed(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return path


def test_of_xlsx(tmp_path):
    """Each sheet by its own part, however its link is written; a thread is counted once."""
    hides = '<cols><col min="2" max="4" hidden="1"/><col min="6" max="6"/></cols><sheetData/>'
    path = packed(
        tmp_path / "a.xlsx",
        {
            "xl/workbook.xml": WORKBOOK,
            "xl/_rels/workbook.xml.rels": SHEETS,
            "xl/worksheets/sheet1.xml": f"<worksheet>{hides}</worksheet>",
            "xl/worksheets/sheet2.xml": "<worksheet><sheetData/></worksheet>",
            "xl/worksheets/_rels/sheet2.xml.rels": BESIDE,
            "xl/comments1.xml": '<comments><commentList><comment ref="A1" authorId="0"><text><t>Soita</t></text></comment>'
            '<comment ref="B12" authorId="0"><text><r><t>Aino &amp; </t></r><r><t>Eino</t></r></text>'
            "</comment></commentList></comments>",
            "xl/threaded/t1.xml": '<ThreadedComments><threadedComment ref="A1"><text>Soita</text></threadedComment></ThreadedComments>',
        },
    )
    assert notes_of_sheets(path) == [
        SheetNotes(3, ()),
        SheetNotes(0, ((1, "Soita"), (12, "Aino & Eino"))),
    ]


def test_of_ods(tmp_path):
    """Columns that are collapsed, and remarks."""
    sheet = '<table:table table:name="A"><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    text = f'<x>{sheet}<table:table-row table:number-rows-repeated="3"/><table:table-row><office:annotation office:name="1"><text:p>Soita</text:p></office:annotation></table:table-row></table:table><table:table table:name="B"></table:table></x>'
    path = packed(tmp_path / "a.ods", {"content.xml": text})
    assert notes_of_sheets(path) == [SheetNotes(2, ((4, "Soita"),)), SheetNotes()]


def test_of_another_form(tmp_path):
    """A workbook of another form says nothing of it."""
    (tmp_path / "a.xls").write_bytes(b"no package")
    assert notes_of_sheets(tmp_path / "a.xls") == []
    assert notes_of_sheets(packed(tmp_path / "a.xlsb", {"xl/workbook.bin": ""})) == []


def test_what_a_comment_says_is_found(exports):
    """An identity code that stands in a comment alone is found; a comment is no row of its own."""
    book = xlsxwriter.Workbook(str(exports / "lista.xlsx"))
    sheet = book.add_worksheet("Asiakkaat")
    for row, cells in enumerate([("Asiakasnro", "Nimi"), ("1", "Aino Höylä"), ("2", "Onni Sorvi")]):
        sheet.write_row(row, 0, cells)
    sheet.write_comment("B3", "Hetu 010190-9037")
    sheet.write_comment("B2", "Soita ensin")
    book.close()
    evidence = exports.parent / "evidence.parquet"
    found = run(draft_plan(exports), date(2026, 11, 22), evidence)
    assert sum(f.count for f in found.findings if f.check == "MIN04" and f.table == "lista")
    where = "\"check\" = 'MIN04' AND source = 'lista.xlsx'"
    assert duckdb.sql(f"SELECT * FROM '{evidence}' WHERE {where}").fetchall()
    [ledger] = [one for one in found.ledgers if one.file == "lista.xlsx"]
    assert ledger.accounted == ledger.lines == 3
    assert ("comments", 2) in ledger.notes
