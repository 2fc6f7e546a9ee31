"""Names, links, archives and workbooks that are no harm meant, but that broke what read them."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from audit.errors import InputUnreadable
from audit.finding import Audit
from audit.plan import read_plan, write_plan
from audit.plan.drafting import draft_plan
from audit.register.archive import members
from audit.register.columns.header_roles import best_role
from audit.register.kinds.by_columns import kind_by_columns
from audit.register.sheets.extent import check_extent
from audit.run import run
from audit.vocabulary import load

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


def book(path: Path, *stray: tuple[int, int], rows: int = 20, text: str = "x") -> None:
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        for row in range(rows):
            for column, cell in enumerate(
                ["Asiakasnro", "Nimi"] if not row else [str(row), "Aino"]
            ):
                sheet.write_string(row, column, cell)
        for row, column in stray:
            sheet.write_string(row, column, text)


@pytest.mark.parametrize(
    ("stray", "cell"),
    [
        ([(1_048_575, 16_383)], "XFD1048576"),
        ([(1_048_575, 2)], "C1048576"),
        ([(0, 16_383), (1_048_575, 0)], "XFD1"),
    ],
)
def test_a_cell_that_strayed_costs_its_sheet_nothing(exports, stray, cell):
    """No room is made for all that lies between; what stands in it is looked at all the same."""
    book(exports / "kirja.xlsx", *stray, text="Hetu 010190-9037")
    with pytest.raises(InputUnreadable, match=f"the cell {cell} of a sheet stands far"):
        check_extent(exports / "kirja.xlsx", "kirja.xlsx")
    audit = audited(exports)
    assert audit.complete
    [ledger] = [one for one in audit.ledgers if one.file == "kirja.xlsx"]
    assert ledger.rows == 19
    assert ledger.accounted == ledger.lines
    assert ("stray_cells", len(stray)) in ledger.notes
    assert sum(one.count for one in audit.findings if one.check == "MIN04" and one.table == "kirja")


def test_very_many_cells_that_strayed_are_said(exports):
    """Where no one can tell which of them are the table, the workbook is refused."""
    book(exports / "kirja.xlsx", *((1_048_575 - 9 * n, 16_383 - n) for n in range(30)))
    said = sentences(audited(exports))["kirja.xlsx"]
    assert "of a sheet stands far from all others" in said


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


_BLANK_ROWS = (
    '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>'
)
_BLANK_CELLS = '<table:table-cell table:number-columns-repeated="{}"/>'


def open_document(path: Path, rows: int = 0, columns: int = 0, *, below: bool = True) -> None:
    """An ODS of two records; ``below`` so many blank rows, and right of blank columns, a cell."""

    def row(*texts: str, before: str = "") -> str:
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in texts
        )
        return f"<table:table-row>{before}{cells}</table:table-row>"

    blank = _BLANK_ROWS.format(rows) if rows else ""
    stray = row("x", before=_BLANK_CELLS.format(columns) if columns else "")
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            '<table:table table:name="T">'
            + row("Asiakasnro", "Nimi")
            + row("1", "Aino Koski")
            + row("2", "Eero Salo")
            + blank
            + (stray if below else "")
            + "</table:table></office:spreadsheet></office:body></office:document-content>",
        )


def test_a_cell_that_strayed_in_an_ods_is_said(exports):
    """Blank rows are written there once, with their number."""
    open_document(exports / "kirja.ods", rows=1_048_572, columns=1023)
    said = sentences(audited(exports))["kirja.ods"]
    assert "the cell AMJ1048576 of a sheet stands far from all others" in said


def test_blank_rows_at_the_end_of_an_ods_are_no_table(tmp_path):
    """Spreadsheet programs fill up the sheet with them; a few between records are no harm."""
    open_document(tmp_path / "a.ods", rows=1_048_572, below=False)
    check_extent(tmp_path / "a.ods", "a.ods")
    open_document(tmp_path / "b.ods", rows=500, columns=100)
    check_extent(tmp_path / "b.ods", "b.ods")


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
        if lexicon is load("roles"):
            asked.append(name)
        return best_role(name, lexicon)

    monkeypatch.setattr("audit.register.columns.header_roles.best_role", counted)
    header = [f"mittaus numero {n}x" for n in range(30)]
    kind_by_columns(header, [["2023_02_07"] * 30])
    assert sorted(asked) == sorted(header)


# --- what is said of a folder --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '[{"id": 1},\n {"id": 2}\n {"id": 3}]',
            "no valid JSON from line 3 on (character 2 of it)",
        ),
        ('[{"id": 1},\n {"id": 2,}]', "no valid JSON from line 2 on (character 11 of it)"),
        ('{"a": [{"id": 1}]', "no valid JSON from line 1 on (character 18 of it)"),
        ('[{"id": 1}]\n}', "no valid JSON from line 2 on (character 1 of it)"),
        ("Asiakasnro;Nimi\n", "no valid JSON from line 1 on (character 1 of it)"),
        ("5", "holds values, but no records"),
        ('"a@koe.example"', "holds values, but no records"),
        ("", "is empty"),
    ],
)
def test_json_says_where_it_breaks(exports, text, words):
    """The line and the character, and never what stands there."""
    (exports / "a.json").write_text(text, "utf-8")
    said = sentences(audited(exports))["a.json"]
    assert words in said
    assert "koe.example" not in said


def test_lines_of_which_none_is_json(exports):
    """The first of them is named."""
    (exports / "a.ndjson").write_text("\n{\n]\n", "utf-8")
    assert "no valid JSON from line 2 on" in sentences(audited(exports))["a.ndjson"]


def test_json_counts_lines_beyond_what_it_keeps(exports):
    """The place is told in a document of which the beginning is long gone."""
    rows = ['{"id": "' + "x" * 100 + '"},\n'] * 30_000
    (exports / "a.json").write_text("[" + "".join(rows) + "?]", "utf-8")
    said = sentences(audited(exports))["a.json"]
    assert "from line 30001 on (character 1 of it)" in said


def test_what_a_folder_has_besides_is_listed_with_its_reason(exports):
    """Hidden files, other notices, and what an audit wrote: nothing is passed over in silence."""
    for name in (".piilo.csv", ".DS_Store", ".~lock.asiakkaat.xlsx#"):
        (exports / name).write_text(listed(1), "utf-8")
    (exports / ".git").mkdir()
    (exports / "notice.yml").write_text((exports / "notice.yaml").read_text("utf-8"), "utf-8")
    assert draft_plan(exports).left_out == {
        ".DS_Store": "system",
        ".git": "hidden",
        ".piilo.csv": "hidden",
        ".~lock.asiakkaat.xlsx#": "lock_file",
        "notice.yml": "other_notice",
    }
    assert dict(audited(exports).left_out)[".piilo.csv"] == "hidden"


def test_of_several_notices_one_is_audited_and_the_others_are_listed(exports):
    """Which one, the plan says; a list of requests is no notice, whatever it begins with."""
    for name in ("notice.yaml", "asiakkaat.csv"):
        text = (exports / name).read_text("utf-8")
        (exports / name).unlink()
    (exports / "asiakkaat.csv").write_text(text, "utf-8")
    for name in ("privacy-policy.txt", "tietosuojaseloste.txt"):
        (exports / name).write_text("Tietosuojaseloste\n\nRekisterinpitäjä\nKoe Oy\n", "utf-8")
    (exports / "tietosuojapyynnöt.txt").write_text("Nro;Saapui;Laatu\n1;1.2.2026;poisto\n", "utf-8")
    plan = draft_plan(exports)
    assert plan.notice == "privacy-policy.txt"
    assert plan.left_out == {"tietosuojaseloste.txt": "other_notice"}
    assert [source.file for source in plan.sources] == ["asiakkaat.csv", "tietosuojapyynnöt.txt"]


def test_an_audits_own_reports_are_no_exports(exports, cli):
    """Copied beside the exports, they are left out, and what they say of people is not audited."""
    out = exports.parent / "out"
    assert cli("run", exports, "--as-of", "2026-11-22", "--out", out).returncode == 1
    for path in out.iterdir():
        shutil.copy(path, exports / path.name)
    plan = draft_plan(exports)
    assert [source.file for source in plan.sources] == ["asiakkaat.csv"]
    assert set(plan.left_out) == {path.name for path in out.iterdir()}
    ours = {name for name, reason in plan.left_out.items() if reason == "own_report"}
    assert ours == {"evidence.parquet", "findings.json", "manifest.json", "remediation.xlsx"}


def test_a_plan_says_why_a_file_cannot_be_read(exports):
    """Beside the file, as a comment; the plan is read back all the same."""
    (exports / "tyhjä.csv").write_bytes(b"")
    (exports / "uusi\nrivi.json").write_text("[{]", "utf-8")
    written = write_plan(draft_plan(exports))
    assert "  # tyhjä.csv is empty: export it again, or leave it out of the plan.\n" in written
    assert "  # uusi rivi.json cannot be read: it is no valid JSON from line 1 on" in written
    assert [table.name for table in read_and_run(exports).tables] == ["asiakkaat"]


def test_a_file_that_is_read_twice_is_said(exports):
    """By a link or by a second source of the plan: its records count twice."""
    plan = draft_plan(exports)
    [source] = plan.sources
    (exports / "toinen.csv").symlink_to("asiakkaat.csv")
    link = source.model_copy(update={"file": "toinen.csv", "table": "toinen"})
    linked = plan.model_copy(update={"sources": (source, link)})
    audit = run(linked, AS_OF, exports.parent / "evidence.parquet")
    assert audit.complete
    assert "file_twice:toinen" in audit.assumptions
    assert "file_twice:asiakkaat" not in audit.assumptions
    again = source.model_copy(update={"table": "again"})
    plan = plan.model_copy(update={"sources": (source, again)})
    audit = run(plan, AS_OF, exports.parent / "evidence.parquet")
    assert "file_twice:again" in audit.assumptions


@pytest.mark.parametrize(
    ("values", "form"),
    [
        (["2023-W05-2", "2024-W11-7"], "9999-A99-9"),
        (["230207", "240311"], "999999"),
        (["2023_02_07", "2024_03_11"], "9999_99_99"),
    ],
)
def test_dates_in_an_unknown_form_are_said(exports, values, form):
    """The plan shows their form and no value; the report says it, and concludes nothing from them."""
    rows = "".join(f"{n};a{n}@koe.example;{values[n % 2]}\n" for n in range(8))
    (exports / "asiakkaat.csv").write_text(
        f"Asiakasnro;Sähköposti;Asiakassuhde päättyi\n{rows}", "utf-8"
    )
    written = write_plan(draft_plan(exports))
    [line] = [line for line in written.splitlines() if "päättyi:" in line]
    assert line.endswith(f"its dates are not understood, they are of the form {form}")
    assert not any(value in written for value in values)
    for audit in (audited(exports), read_and_run(exports)):
        assert "dates_not_understood:asiakkaat:Asiakassuhde päättyi" in audit.assumptions
        [found] = [finding for finding in audit.findings if finding.check == "STO01"]
        assert (found.result, found.reason) == ("not_assessed", "event_column_missing")


def test_sums_under_a_word_for_a_day_are_no_dates(exports):
    """*Maksettu* heads sums as well as days."""
    rows = "".join(f"{n};a{n}@koe.example;1 234,50\n" for n in range(8))
    (exports / "laskut.csv").write_text(f"Laskunro;Sähköposti;Maksettu\n{rows}", "utf-8")
    assert "not understood" not in write_plan(draft_plan(exports))


def test_an_empty_archive_is_empty(exports):
    """And not one of which a file is to be named."""
    with zipfile.ZipFile(exports / "tyhjä.zip", "w"):
        pass
    assert sentences(audited(exports))["tyhjä.zip"].startswith("tyhjä.zip is empty")


@pytest.mark.parametrize("from_1904", [True, False])
def test_bare_numbers_of_a_workbook_count_from_its_own_day(exports, from_1904):
    """Those of an old workbook of the Mac count from 1904: its days are not four years earlier."""
    (exports / "asiakkaat.csv").unlink()
    origin = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    path = exports / "asiakkaat.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": from_1904}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["Asiakasnro", "Sähköposti", "Asiakassuhde päättyi"])
        for n in range(1, 9):
            days = (date(2014, 6, n) - origin).days
            sheet.write_row(n, 0, [str(n), f"a{n}@koe.example", days])
    evidence = exports.parent / "evidence.parquet"
    for day, late in ((date(2024, 5, 31), 0), (date(2024, 6, 5), 4)):
        audit = run(draft_plan(exports), day, evidence, only=["STO01"])
        assert sum(finding.count for finding in audit.findings) == late
