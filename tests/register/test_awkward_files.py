"""Names, links, archives and workbooks that are no harm meant, but that broke what read them."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from audit.drafting import draft_plan
from audit.errors import InputUnreadable
from audit.finding import Audit
from audit.plan import read_plan, write_plan
from audit.register.archive import members
from audit.register.header_roles import best_role
from audit.register.kinds_by_columns import kind_by_columns
from audit.register.sheet_extent import check_extent
from audit.run import run

AS_OF = date(2026, 11, 22)


def listed(rows: int) -> str:
    """A list of so many people."""
    return "Asiakasnro;Nimi;Sähköposti\n" + "".join(
        f"{n};Aino Esimerkki;a{n}@koe.example\n" for n in range(rows)
    )


def audited(folder: Path) -> Audit:
    return run(draft_plan(folder), AS_OF, folder.parent / "evidence.parquet")


def sentences(audit: Audit) -> dict[str, str]:
    return {failure.source: failure.sentence for failure in audit.failures}


# --- archives ------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_both_read(exports):
    """The second has a name of its own, and no row of either is lost or read twice."""
    with zipfile.ZipFile(exports / "vienti.zip", "w") as package:
        for number in (1, 2, 3):
            package.writestr("lista.csv", listed(number))
        package.writestr("lista (2).csv", listed(4))
    assert members(exports / "vienti.zip", "vienti.zip") == [
        "lista.csv",
        "lista (3).csv",
        "lista (4).csv",
        "lista (2).csv",
    ]
    audit = audited(exports)
    assert audit.complete
    assert [ledger.rows for ledger in audit.ledgers] == [2, 1, 2, 3, 4]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_in_a_zip_inside(exports):
    """The same, a level deeper."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as package:
        for number in (1, 2):
            package.writestr("lista.csv", listed(number))
    with zipfile.ZipFile(exports / "vienti.zip", "w") as package:
        package.writestr("sisempi.zip", inner.getvalue())
    audit = audited(exports)
    assert [table.source for table in audit.tables][1:] == [
        "vienti.zip/sisempi.zip/lista.csv",
        "vienti.zip/sisempi.zip/lista (2).csv",
    ]
    assert [ledger.rows for ledger in audit.ledgers] == [2, 1, 2]


def test_a_broken_zip_inside_is_named_and_the_others_are_read(exports):
    """The sentence names the member; what lies beside it is audited."""
    with zipfile.ZipFile(exports / "vienti.zip", "w") as package:
        package.writestr("rikki.zip", b"PK\x03\x04 broken")
        package.writestr("lista.csv", listed(1))
    audit = audited(exports)
    assert list(sentences(audit)) == ["vienti.zip/rikki.zip"]
    assert (
        "vienti.zip/rikki.zip cannot be read: the archive is damaged"
        in sentences(audit)["vienti.zip/rikki.zip"]
    )
    assert [table.source for table in audit.tables] == ["asiakkaat.csv", "vienti.zip/lista.csv"]


# --- links and names -----------------------------------------------------------------------------


def test_a_link_that_leads_to_itself(exports):
    """A sentence for it, and the rest is audited."""
    (exports / "kierto.csv").symlink_to("kierto.csv")
    (exports / "tyhjään.csv").symlink_to("ei-ole.csv")
    audit = audited(exports)
    assert set(sentences(audit)) == {"kierto.csv", "tyhjään.csv"}
    for name, said in sentences(audit).items():
        assert said.startswith(f"{name} cannot be read: the link leads to itself, or to nothing")
    assert [table.name for table in audit.tables] == ["asiakkaat"]
    assert [table.name for table in read_and_run(exports).tables] == ["asiakkaat"]


def test_a_name_that_is_no_text(exports):
    """The plan can be written and read back, and the file is said with its bytes written out."""
    name = os.fsdecode(b"bad\xe4\xf6.csv")
    try:
        (exports / name).write_text(listed(1), "utf-8")
    except OSError:
        pytest.skip("the file system takes no such name")
    for audit in (audited(exports), read_and_run(exports)):
        assert sentences(audit) == {
            r"bad\xe4\xf6.csv": r"bad\xe4\xf6.csv cannot be read: its name is not written in UTF-8; "
            "give it another name."
        }
        assert [table.name for table in audit.tables] == ["asiakkaat"]


def read_and_run(folder: Path) -> Audit:
    """The audit of the plan as it is written and read back."""
    path = folder / "audit.yaml"
    path.write_text(write_plan(draft_plan(folder)), "utf-8")
    return run(read_plan(path), AS_OF, folder.parent / "evidence.parquet")


# --- workbooks -----------------------------------------------------------------------------------


def book(path: Path, *stray: tuple[int, int], rows: int = 20) -> None:
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        for row in range(rows):
            for column, text in enumerate(
                ["Asiakasnro", "Nimi"] if not row else [str(row), "Aino"]
            ):
                sheet.write_string(row, column, text)
        for row, column in stray:
            sheet.write_string(row, column, "x")


@pytest.mark.parametrize(
    ("stray", "cell"),
    [
        ([(1_048_575, 16_383)], "XFD1048576"),
        ([(1_048_575, 2)], "C1048576"),
        ([(0, 16_383), (1_048_575, 0)], "XFD1"),
    ],
)
def test_a_cell_that_strayed_is_said(exports, stray, cell):
    """The workbook is refused before room is made for all that lies between."""
    book(exports / "kirja.xlsx", *stray)
    audit = audited(exports)
    assert (
        f"the cell {cell} of a sheet stands far from all others" in sentences(audit)["kirja.xlsx"]
    )
    assert [table.name for table in audit.tables] == ["asiakkaat"]


def test_a_large_or_wide_workbook_has_no_stray_cell(tmp_path):
    """Many rows, or many columns, or a title far to the right, are a table."""
    book(tmp_path / "long.xlsx", rows=70_000)
    book(
        tmp_path / "wide.xlsx", *[(row, column) for row in range(3) for column in range(3, 16_384)]
    )
    book(tmp_path / "title.xlsx", (0, 400), (3000, 1))
    for name in ("long.xlsx", "wide.xlsx", "title.xlsx"):
        check_extent(tmp_path / name, name)


def test_formats_without_values_reach_nowhere(tmp_path):
    """A column that was formatted down to the last row has no cell there."""
    path = tmp_path / "format.xlsx"
    book(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet1.xml"
    last = b'<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row></sheetData>'
    parts[name] = parts[name].replace(b"</sheetData>", last)
    with zipfile.ZipFile(path, "w") as package:
        for part, data in parts.items():
            package.writestr(part, data)
    check_extent(path, "format.xlsx")
    book(path, (1_048_575, 16_383))
    with pytest.raises(InputUnreadable, match="XFD1048576"):
        check_extent(path, "format.xlsx")


# --- headers -------------------------------------------------------------------------------------


def test_a_header_as_long_as_a_page_is_looked_at_only_so_far(exports):
    """What is recognised is told by its beginning, and the column keeps its whole name."""
    long = "Sähköposti " + "lorem ipsum " * 1000
    (exports / "pitka.csv").write_text(f"Nimi;{long.strip()}\nAino;a@koe.example\n", "utf-8")
    [source] = [s for s in draft_plan(exports).sources if s.file == "pitka.csv"]
    assert list(source.columns) == ["Nimi", long.strip()]


def test_a_header_is_read_once_however_many_kinds_it_is_held_against(monkeypatch):
    """A wide table is not read anew for each kind of table that there is."""
    asked: list[str] = []

    def counted(name, lexicon):
        asked.append(name)
        return best_role(name, lexicon)

    monkeypatch.setattr("audit.register.columns.best_role", counted)
    header = [f"mittaus numero {n}x" for n in range(30)]
    kind_by_columns(header, [])
    assert sorted(asked) == sorted(header)
