"""What a workbook's package says of its sheets beside their cells."""

from __future__ import annotations

import zipfile
from pathlib import Path

from audit.register.sheets.notes import SheetNotes, notes_of_sheets

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
            "xl/comments1.xml": '<comments><comment ref="A1"/><comment ref="A2"/></comments>',
            "xl/threaded/t1.xml": '<ThreadedComments><threadedComment ref="A1"/></ThreadedComments>',
        },
    )
    assert notes_of_sheets(path) == [SheetNotes(3, 0), SheetNotes(0, 2)]


def test_of_ods(tmp_path):
    """Columns that are collapsed, and remarks."""
    sheet = '<table:table table:name="A"><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    text = f'<x>{sheet}<office:annotation office:name="1"/></table:table><table:table table:name="B"></table:table></x>'
    path = packed(tmp_path / "a.ods", {"content.xml": text})
    assert notes_of_sheets(path) == [SheetNotes(2, 1), SheetNotes()]


def test_of_another_form(tmp_path):
    """A workbook of another form says nothing of it."""
    (tmp_path / "a.xls").write_bytes(b"no package")
    assert notes_of_sheets(tmp_path / "a.xls") == []
    assert notes_of_sheets(packed(tmp_path / "a.xlsb", {"xl/workbook.bin": ""})) == []
