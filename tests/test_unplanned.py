"""Whatever lies in the folder is in the plan, left out with a reason, or said."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from audit.errors import ColumnNotMapped, InputUnreadable
from audit.finding import Audit
from audit.plan import Mapping as PlannedColumn
from audit.plan import read_plan, resolve, write_plan
from audit.plan.drafting import draft_plan
from audit.plan.replan import replan
from audit.run import run

AS_OF = date(2026, 11, 22)
FURTHER = "\nLaskunumero;Asiakasnro;Päiväys;Summa\n1;1;1.2.2012;5,00\n2;1;1.2.2013;6,00\n"


def audited(path: Path) -> Audit:
    return run(read_plan(path), AS_OF, path.parent.parent / "evidence.parquet")


@pytest.fixture
def reviewed(exports: Path) -> Path:
    path = exports / "audit.yaml"
    path.write_text(write_plan(draft_plan(exports)), "utf-8")
    return path


@pytest.fixture
def grown(reviewed: Path) -> Path:
    """A plan whose file has got a second table since."""
    with (reviewed.parent / "asiakkaat.csv").open("a", encoding="utf-8") as file:
        file.write(FURTHER)
    return reviewed


def test_a_second_table_that_the_plan_lacks_makes_the_audit_incomplete(grown):
    """It is said with its lines, and what to do."""
    audit = audited(grown)
    assert not audit.complete
    [failure] = audit.failures
    assert failure.source == "asiakkaat.csv, table 2"
    for word in ("lines ", "register-audit plan", "left_out", "one_table"):
        assert word in failure.sentence


def test_a_second_table_is_added_when_the_plan_is_brought_up_to_date(grown):
    found = replan(grown)
    assert [(c.kind, c.source) for c in found.changes] == [
        ("table_added", "asiakkaat.csv, table 2")
    ]
    grown.write_text(found.text, "utf-8")
    plan = read_plan(grown)
    assert [(s.sheet, s.kind) for s in plan.sources] == [
        (None, "customers"),
        ("table 2", "invoices"),
    ]
    assert replan(grown) == (found.text, ())
    assert audited(grown).complete


@pytest.mark.parametrize("dropped", [0, 1])
def test_a_table_that_somebody_took_out_of_the_plan_is_missed(grown, dropped):
    """The second, or the first."""
    grown.write_text(replan(grown).text, "utf-8")
    plan = read_plan(grown)
    left = plan.model_copy(update={"sources": (plan.sources[1 - dropped],)})
    audit = run(left, AS_OF, grown.parent.parent / "evidence.parquet")
    assert [f.source for f in audit.failures] == [plan.sources[dropped].shown]


def test_a_second_table_may_be_left_out_with_a_reason(grown):
    text = grown.read_text("utf-8")
    reason = "left_out: {'asiakkaat.csv, table 2': laskut tarkastetaan muualla}\n"
    grown.write_text(text.replace("sources:", reason + "sources:"), "utf-8")
    audit = audited(grown)
    assert audit.complete
    assert audit.left_out == (("asiakkaat.csv, table 2", "laskut tarkastetaan muualla"),)
    assert replan(grown).changes == ()


def test_the_check_of_a_plan_says_what_it_lacks(grown, cli):
    done = cli("plan", grown.parent, "--check")
    assert done.returncode == 2
    assert "asiakkaat.csv, table 2" in done.stderr
    assert "one_table" in done.stderr


def test_a_second_table_of_a_sheet_is_missed_and_another_sheet_is_left_out(exports):
    """A sheet is to a workbook what a file is to a folder."""
    (exports / "asiakkaat.csv").unlink()
    with xlsxwriter.Workbook(exports / "kirja.xlsx") as book:
        sheet = book.add_worksheet("Asiakkaat")
        rows = [["Asiakasnro", "Nimi"], ["1", "Aino Mäki"], ["2", "Bo Ek"], [], FURTHER_ROWS[0]]
        for place, row in enumerate([*rows, *FURTHER_ROWS[1:]]):
            sheet.write_row(place, 0, row)
        other = book.add_worksheet("Muut")
        other.write_row(0, 0, ["Asiakasnro", "Nimi"])
        other.write_row(1, 0, ["3", "Cia Ek"])
    plan = draft_plan(exports)
    assert [s.sheet for s in plan.sources] == ["Asiakkaat", "Asiakkaat, table 2", "Muut"]
    plan = plan.model_copy(update={"sources": plan.sources[:1], "inferred": False})
    audit = run(plan, AS_OF, exports.parent / "evidence.parquet")
    assert [failure.source for failure in audit.failures] == ["kirja.xlsx, Asiakkaat, table 2"]
    assert audit.left_out == (("kirja.xlsx, Muut", "not_in_plan"),)


FURTHER_ROWS = [
    ["Laskunumero", "Asiakasnro", "Päiväys", "Summa"],
    ["1", "1", "1.2.2012", "5,00"],
    ["2", "1", "1.2.2013", "6,00"],
]


def test_files_that_the_plan_lacks_are_left_out_and_said(reviewed, cli, tmp_path):
    """In the folder of the plan, in folders of which files are planned, and in archives."""
    folder = reviewed.parent
    text = (folder / "asiakkaat.csv").read_text("utf-8")
    (folder / "uusi.csv").write_text(text, "utf-8")
    (folder / "vanhat").mkdir()
    (folder / "vanhat" / "x.csv").write_text(text, "utf-8")
    (folder / "2025").mkdir()
    for name in ("a.csv", "b.csv"):
        (folder / "2025" / name).write_text(text, "utf-8")
    with zipfile.ZipFile(folder / "vienti.zip", "w") as package:
        package.writestr("c.csv", text)
        package.writestr("d.csv", text)
    cli("run", folder, "--as-of", AS_OF, "--out", folder / "tulokset", "-q")
    sources = "  - {file: 2025/a.csv, table: a}\n  - {file: vienti.zip, member: c.csv, table: c}\n"
    reviewed.write_text(reviewed.read_text("utf-8") + sources, "utf-8")
    audit = audited(reviewed)
    assert audit.complete
    assert dict(audit.left_out) == {
        "uusi.csv": "not_in_plan",
        "vanhat": "folder",
        "2025/b.csv": "not_in_plan",
        "vienti.zip/d.csv": "not_in_plan",
    }
    done = cli("run", folder, "--as-of", AS_OF, "--out", tmp_path / "out")
    said = [line for line in done.stdout.splitlines() if line.startswith("Not in the plan")]
    assert len(said) == 1
    assert "uusi.csv" in " ".join(done.stdout.split())


def resolved(path: Path, tmp_path: Path) -> tuple[tuple[str, ...], int]:
    """The header and the number of records of the plan's first source."""
    plan = read_plan(path)
    found = resolve(plan, plan.sources[0], "audit.yaml", tmp_path).found
    return found.head.header, len(found.head.rows)


SPLIT = "Nimi;Tili;Summa\nAino;1;2,00\nBo;2;3,00\n\nKuka;Osoite;Saldo\nCia;x;4,00\nDan;y;5,00\n"


def told(path: Path, said: str, text: str, name: str = "a.csv") -> Path:
    (path.parent / name).write_text(text, "utf-8")
    plan = "schema: register-audit/plan/1\nnotice: notice.yaml\nsources:\n"
    path.write_text(f"{plan}  - {{file: {name}, {said}}}\n", "utf-8")
    return path


def test_a_file_that_is_said_to_be_one_table_is_not_cut(reviewed, tmp_path):
    """What people say wins, and nothing is missed then."""
    path = told(reviewed, "delimiter: ';'", SPLIT)
    assert resolved(path, tmp_path) == (("Nimi", "Tili", "Summa"), 2)
    assert not audited(path).complete
    path = told(reviewed, "one_table: true", SPLIT)
    header, rows = resolved(path, tmp_path)
    assert (header, rows) == (("Nimi", "Tili", "Summa"), 5)
    assert audited(path).complete
    assert [change.kind for change in replan(path).changes if "a.csv" in change.source] == []


def test_header_lines_that_are_said_reach_over_what_looked_like_a_table(reviewed, tmp_path):
    """The line is counted from the top of the file, not of a part of it that was told by its looks."""
    path = told(reviewed, "header_lines: 5", SPLIT)
    assert resolved(path, tmp_path) == (("Kuka", "Osoite", "Saldo"), 2)
    assert [failure.source for failure in audited(path).failures] == []


def test_a_delimiter_that_is_said_tells_the_tables(reviewed, tmp_path):
    """The file is cut into tables by what people say, not by what was guessed before."""
    lines = [f"{n}|Nimi {n};a;b|1.2.20{n:02}" for n in range(10, 30)]
    path = told(reviewed, "delimiter: '|'", "Nro|Nimi;x;y|Pvm\n" + "\n".join(lines) + "\n")
    assert resolved(path, tmp_path) == (("Nro", "Nimi;x;y", "Pvm"), 20)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("header_lines: 99", ("`header_lines` is 99", "7 lines")),
        ("delimiter: '|'", ('"|"', "single column", '";"', "has 3")),
        ("sheet: table 9", ("“table 9”", "“table 2”", "`sheet`")),
    ],
)
def test_what_is_said_wrongly_is_one_sentence(reviewed, tmp_path, said, words):
    path = told(reviewed, said, SPLIT)
    with pytest.raises(InputUnreadable) as error:
        resolved(path, tmp_path)
    assert all(word in str(error.value) for word in words), str(error.value)


def test_a_title_for_a_header_is_said(reviewed, tmp_path):
    """A line of one cell above records of many is no header."""
    path = told(reviewed, "header_lines: 1", "Asiakkaat\n\n" + SPLIT.split("\n\n", maxsplit=1)[0])
    with pytest.raises(InputUnreadable, match="line 1 of it has one cell"):
        resolved(path, tmp_path)


def test_a_record_that_was_taken_for_the_header_is_not_shown(reviewed, tmp_path):
    """A line too many for the header: the sentence names the column and the remedy, no cell."""
    rows = "\n".join(f"{n};Urho {n};Porvoo;1.2.20{n}" for n in range(10, 30))
    path = told(reviewed, "header_lines: 2", f"Nro;Nimi;Kunta;Pvm\n{rows}\n")
    plan = read_plan(path)
    columns = {name: PlannedColumn() for name in ("Nro", "Nimi", "Kunta")}
    source = plan.sources[0].model_copy(update={"columns": columns})
    with pytest.raises(ColumnNotMapped, match="`header_lines`") as error:
        resolve(plan, source, "audit.yaml", tmp_path)
    assert "Urho" not in str(error.value)
    assert "Porvoo" not in str(error.value)
