"""Worksheets with tables beside each other, with hidden sheets, and as a plan says that they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter import Workbook

import audit
from audit.errors import InputUnreadable
from audit.plan import Plan, PlannedSource, held
from audit.plan.drafting import draft_plan
from audit.register.forms import Form, open_tables

PEOPLE = [
    ["Asiakasnro", "Nimi", "Sähköposti"],
    *([n, f"Aino Koski-{'ABCDEFG'[n]}", f"a{n}@koti.example"] for n in range(7)),
]
INVOICES = [
    ["Laskunro", "Asiakasnro", "Summa", "Eräpäivä"],
    *([900 + n, n % 7, 10.5 * n, "1.2.2024"] for n in range(12)),
]


def write(path: Path, *sheets: tuple[str, bool, list[tuple[int, int, list[list[object]]]]]) -> None:
    """A workbook of sheets: name, whether it is hidden, and tables at a row and a column."""
    with Workbook(path) as book:
        for name, hidden, tables in sheets:
            sheet = book.add_worksheet(name)
            for top, left, rows in tables:
                for n, row in enumerate(rows):
                    sheet.write_row(top + n, left, row)
            if hidden:
                sheet.hide()


def drafted(folder: Path) -> dict[str | None, PlannedSource]:
    """What is drafted, by sheet."""
    return {source.sheet: source for source in draft_plan(folder).sources}


@pytest.mark.parametrize("top", [0, 2])
def test_tables_beside_each_other_are_two(tmp_path, top):
    """Each has its own columns and records, wherever it begins."""
    write(tmp_path / "kirja.xlsx", ("Taul1", False, [(0, 0, PEOPLE), (top, 4, INVOICES)]))
    found = drafted(tmp_path)
    assert {name: one.kind for name, one in found.items()} == {
        "Taul1": "customers",
        "Taul1, table 2": "invoices",
    }
    register = audit.load(tmp_path)
    people, invoices = (register.table(name) for name in register.tables)
    assert people.shape == (7, 3)
    assert invoices.shape == (12, 4)
    assert list(invoices["Laskunro"]) == [str(900 + n) for n in range(12)]


def test_three_tables_two_beside_and_one_below(tmp_path):
    """Those below are told as ever."""
    below = [["Pyyntö", "Saapunut"], *([n, f"{n + 1}.3.2024"] for n in range(4))]
    write(
        tmp_path / "kirja.xlsx",
        ("Taul1", False, [(0, 0, PEOPLE), (0, 4, INVOICES), (14, 0, below)]),
    )
    assert [len(one.columns) for one in drafted(tmp_path).values()] == [3, 2, 4]


@pytest.mark.parametrize(
    "notes",
    [
        [["Huom", "Lisätieto"], *([""] * 2 for _ in range(3)), ["soita", "aamulla"]],
        [["Huom", "Lisätieto"], *(["soita", "aamulla"] for _ in range(7))],
        [["Huom"], *(["soita"] for _ in range(3))],
    ],
    ids=["sparse", "as long", "one column"],
)
def test_a_blank_column_alone_parts_no_table(tmp_path, notes):
    """It may be there for looks."""
    write(tmp_path / "asiakkaat.xlsx", ("Taul1", False, [(0, 0, PEOPLE), (0, 4, notes)]))
    [source] = drafted(tmp_path).values()
    assert len(source.columns) == 4 + len(notes[0])


def test_a_hidden_sheet_does_not_take_the_workbooks_name(tmp_path):
    """What a workbook of customers is called, its hidden list of sellers is not."""
    sellers = [["Nimi", "Tiimi"], ["Aino Koski", "A"], ["Eero Salo", "B"], ["Helmi Laine", "A"]]
    write(
        tmp_path / "asiakkaat.xlsx",
        ("Taul1", False, [(0, 0, PEOPLE)]),
        ("Taul2", True, [(0, 0, sellers)]),
    )
    found = drafted(tmp_path)
    assert (found["Taul1"].kind, found["Taul2"].kind) == ("customers", "other")


def said(folder: Path, **fields: object) -> Plan:
    """A plan of one sheet."""
    source = PlannedSource(file="kirja.xlsx", table="kirja", **fields)
    return Plan(register_name="koe", notice=None, sources=(source,), folder=folder)


def test_the_plan_says_where_a_sheets_header_is(tmp_path):
    """Counted in rows, as in lines of a text."""
    rows = [["Raportti", "2026", "x"], ["Asiakas", "Tiedot", "Muut"], *PEOPLE]
    write(tmp_path / "kirja.xlsx", ("Taul1", False, [(0, 0, rows)]))
    plan = said(tmp_path, header_lines=3)
    found = held(plan, plan.sources[0], tmp_path)
    assert found.head.header == ("Asiakasnro", "Nimi", "Sähköposti")
    assert len(found.head.rows) == 7
    plan = said(tmp_path, header_lines=0)
    assert len(held(plan, plan.sources[0], tmp_path).head.rows) == 10


def test_the_plan_says_that_a_sheet_is_one_table(tmp_path):
    """However much it looks like two."""
    write(tmp_path / "kirja.xlsx", ("Taul1", False, [(0, 0, PEOPLE), (0, 4, INVOICES)]))
    plan = said(tmp_path, one_table=True)
    found = held(plan, plan.sources[0], tmp_path)
    assert len(found.head.header) == 8
    assert [one.sheet for one in found.beside] == ["Taul1"]


def test_a_header_below_the_sheets_end_is_refused(tmp_path):
    """With the number of rows that it has."""
    write(tmp_path / "kirja.xlsx", ("Taul1", False, [(0, 0, PEOPLE)]))
    plan = said(tmp_path, header_lines=50)
    with pytest.raises(InputUnreadable, match="has 8 rows"):
        held(plan, plan.sources[0], tmp_path)


def test_a_sheet_is_not_what_its_workbook_is_called(tmp_path):
    """Requests and work orders in a workbook of customers are told by their own columns."""
    customers = [["Kundnr", "Namn", "E-post"], [1, "Aino Ek", "aino@koe.example"]]
    requests = [
        ["Nr", "Mottagen", "Kanal", "Typ av begäran", "Kundnr", "Svar skickat", "Utfall"],
        [1, "2026-03-05", "E-post", "Insyn", 1, "2026-04-07", "Godkänd"],
    ]
    orders = [
        ["Ordernr", "Kundnr", "Inlämnad", "Klar", "Regnr", "Arbete"],
        [7001, 1, "2026-05-04", "2026-05-05", "ABC-101", "Service"],
    ]
    sheets = {"Kunder": customers, "Ärenden": requests, "Arbetsorder": orders}
    write(
        tmp_path / "Kundregister och verkstad.xlsx",
        *((name, False, [(0, 0, rows)]) for name, rows in sheets.items()),
    )
    found = {name: one.kind for name, one in drafted(tmp_path).items()}
    assert found == {"Kunder": "customers", "Ärenden": "requests", "Arbetsorder": "orders"}


def test_comments_on_cells_are_said(tmp_path):
    """They are no cells, so nobody looks into them: the ledger says how many a sheet has."""
    with Workbook(tmp_path / "x.xlsx") as book:
        for name, remarks in (("Jäsenet", 2), ("Muut", 0)):
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(PEOPLE):
                sheet.write_row(row, 0, cells)
            for row in range(remarks):
                sheet.write_comment(row + 1, 1, "soittaa äidin puolesta")
    found = open_tables(tmp_path / "x.xlsx", Form.WORKBOOK, "x.xlsx")
    assert [extract.notes for extract in found] == [(("comments", 2),), ()]


def test_titles_of_several_cells_are_no_table(tmp_path):
    """What stands above a list, in cells apart, hides no header; a small table above a list does stay one."""
    names = ["Kundnummer", "Kundnamn", "Adress", "Postnummer", "Ort", "E-post"]
    people = [
        names,
        *([n, "Maj Prov", f"Ängsvägen {n}", "21120", "Ort", "m@koe.example"] for n in range(6)),
    ]
    titles = [["Kundlista", "", "", "Utskriven", "2026-11-15"], ["Prov AB", "", "556000-0001"]]
    sums = [["Period", "Antal", "Summa"], ["2026-01", 12, 1200.5], ["2026-02", 9, 870.0]]
    write(tmp_path / "a.xlsx", ("Kunder", False, [(0, 0, titles), (3, 0, people)]))
    write(tmp_path / "b.xlsx", ("Kunder", False, [(0, 0, sums), (4, 0, people)]))
    found = {(one.file, one.sheet): list(one.columns) for one in draft_plan(tmp_path).sources}
    assert found[("a.xlsx", "Kunder")] == names
    assert found[("b.xlsx", "Kunder")] == ["Period", "Antal", "Summa"]
    assert found[("b.xlsx", "Kunder, table 2")] == names
