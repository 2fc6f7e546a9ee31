"""Columns that nothing but blanks part, copies of tables under other endings, and drawn tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import audit
from audit.plan.drafting import draft_plan
from audit.plan.written import read_plan, write_plan
from audit.register.delimited.fixed_width import cut, gaps_of
from audit.run import run

HEADER = (
    "Asnro",
    "Sukunimi",
    "Etunimi",
    "Katuosoite",
    "Postinro",
    "Kaupunki",
    "Tilauspvm",
    "Summa",
)
WIDTHS = (7, 14, 9, 20, 9, 12, 12, 10)
PEOPLE = (("Mäki", "Aino"), ("Koe-Laine", "Bo"), ("Salo", "Eevamari"), ("Öhman", "Åke"))
TOWNS = ("Espoo", "Turku", "Äänekoski", "Oulu")


def printed(cells: tuple[str, ...]) -> str:
    """A row whose last column stands on the right, as amounts do."""
    left = "".join(cell.ljust(width) for cell, width in zip(cells[:-1], WIDTHS, strict=False))
    return left + cells[-1].rjust(WIDTHS[-1])


def row(n: int) -> tuple[str, ...]:
    street = f"Koetie {n} {'ABC'[n % 3]}" if n % 5 else ""
    money = f"{n * 37 % 900},{n % 90 + 10}"
    return (str(1000 + n), *PEOPLE[n % 4], street, f"0{n % 9}100", TOWNS[n % 4], "12.3.2019", money)


ROWS = [row(n) for n in range(40)]
LINES = [printed(HEADER), *map(printed, ROWS)]
RULER = " ".join("-" * (width - 1) for width in WIDTHS)
TITLES = ["ASIAKASLUETTELO                 Sivu 1", "12.11.2025", ""]
PAGE = [*TITLES, LINES[0], "=" * 90, *LINES[1:21], ""]
SECOND = ["ASIAKASLUETTELO                 Sivu 2", *PAGE[1:5], *LINES[21:]]


@pytest.mark.parametrize(
    ("lines", "header"),
    [
        (LINES, 1),
        ([LINES[0], RULER, *LINES[1:], "", "40 rows selected."], 1),
        ([*TITLES, LINES[0], "=" * 90, *LINES[1:]], 4),
        ([*PAGE, *SECOND], 7),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_columns_beneath_each_other_are_read(
    exports: Path, tmp_path: Path, lines: list[str], header: int, encoding: str
) -> None:
    """Printed lists are tables: rulers, titles and page heads are no records, and no line is lost."""
    (exports / "asiakkaat.csv").unlink()
    (exports / "lista.lst").write_text("\r\n".join([*lines, ""]), encoding)
    plan = read_plan_of(draft_plan(exports), exports)
    frame = audit.load(exports).table("lista")
    assert list(frame.columns) == list(HEADER)
    assert [tuple(cells) for cells in frame.itertuples(index=False)] == ROWS
    [ledger] = run(plan, date(2026, 11, 28), tmp_path / "evidence.parquet").ledgers
    assert (ledger.rows, ledger.header, ledger.lines) == (40, header, len(lines))
    assert ledger.accounted == ledger.lines
    assert not ledger.quarantined


def read_plan_of(plan, folder: Path):
    """A plan as it comes back from its file."""
    path = folder / "audit.yaml"
    path.write_text(write_plan(plan), "utf-8")
    assert "delimiter: fixed width" in path.read_text("utf-8")
    return read_plan(path)


def test_a_wider_amount_begins_in_the_gap():
    """Amounts stand on the right: what the file's start has none of reaches further to the left."""
    gaps = gaps_of(LINES)
    wide = printed((*ROWS[1][:-1], "1 234,50"))
    assert cut(wide, gaps) == [*ROWS[1][:-1], "1 234,50"]
    full = printed((ROWS[1][0], "Pitkäniminen-K", *ROWS[1][2:]))
    assert cut(full, gaps)[1:3] == ["Pitkäniminen-K", ROWS[1][2]]


@pytest.mark.parametrize(
    "lines",
    [
        [f"{n:<6};Aino      ;Espoo     " for n in range(20)],
        [f"| {n:<6} | Aino      | Espoo     |" for n in range(20)],
        [f'2{n}.1.2019 00:15 {n} "A  tale" {"x" * (n % 7)} more' for n in range(30)],
        [f"{n:<6},Aino      ,Espoo     ,x" for n in range(20)],
        ["Hyvä asiakas,", "", "  kiitos tilauksesta.  Se lähtee huomenna."] * 5,
        ["Aino Virtanen", "Eero Mäki", "Liisa Korpela", "Olli Lahti"] * 5,
    ],
)
def test_what_a_mark_parts_is_not_cut_by_place(lines):
    assert gaps_of(lines) == ()


WORD = st.text("abcåäö019-", min_size=1, max_size=8)


@given(st.lists(st.lists(WORD, min_size=4, max_size=4), min_size=4, max_size=12))
def test_what_was_padded_is_cut_where_it_was_padded(rows):
    """Whatever stands in a table of fixed width, each cell comes back whole."""
    lines = ["".join(cell.ljust(11) for cell in cells).rstrip() for cells in rows]
    gaps = gaps_of(lines)
    assert len(gaps) == 3
    assert [cut(line, gaps) for line in lines] == rows


@pytest.mark.parametrize(
    "name",
    ["a.csv.bak", "a.csv~", "a.csv_old", "a.prn", "a.unl", "a.csv.2024", "Lista 1.10.2025", "a.md"],
)
def test_a_copy_of_a_table_is_a_table(tmp_path, name):
    """An older copy is an export as much as the new one: it holds the same people."""
    mark = "|" if name.endswith(".md") else ";"
    rows = [mark.join(cells) for cells in (HEADER, *ROWS)]
    if mark == "|":
        rows = [f"|{line}|" for line in rows]
        rows.insert(1, "|---" * len(HEADER) + "|")
    (tmp_path / name).write_text("\n".join(rows), "utf-8")
    plan = draft_plan(tmp_path)
    assert (len(plan.sources), plan.left_out) == (1, {})
    assert plan.sources[0].columns.keys() >= set(HEADER)


def test_a_tale_with_a_small_table_is_prose(tmp_path):
    """A readme that explains its columns in a table holds no records."""
    text = (
        "# Kansio\n\nTässä on vienti.\nSarakkeet:\n\n| sarake | mitä |\n|---|---|\n| a | nimi |\n"
    )
    (tmp_path / "lue.md").write_text(text, "utf-8")
    assert draft_plan(tmp_path).left_out == {"lue.md": "prose"}


@pytest.mark.parametrize("ruler", ["-----;-----;-----", "-----------------"])
def test_a_line_below_the_header_is_no_record(tmp_path, ruler):
    """Consoles of databases draw a line beneath the names of columns, with their delimiter or without."""
    text = f"no;name;town\n{ruler}\n1;Aino;Espoo\n2;Bo;Turku\n3;Eva;Oulu\n"
    (tmp_path / "a.csv").write_text(text, "utf-8")
    assert list(audit.load(tmp_path).table("a")["name"]) == ["Aino", "Bo", "Eva"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("psql.txt", [" no | name | town", "----+------+------", " 1  | Aino | Espoo", " 2  | Bo   | Turku", " 3  | Eva  | Oulu", "(3 rows)"]),
        ("box.txt", ["┌────┬──────┬───────┐", "│ no │ name │ town  │", "├────┼──────┼───────┤", "│ 1  │ Aino │ Espoo │", "│ 2  │ Bo   │ Turku │", "│ 3  │ Eva  │ Oulu  │", "└────┴──────┴───────┘"]),
        ("doubled.csv", ["no||name||town", "1||Aino||Espoo", "2||Bo||Turku", '3||Eva||"Oulu || Kemi"']),
    ],
)  # fmt: skip
def test_what_consoles_print_is_a_table(
    exports: Path, tmp_path: Path, name: str, lines: list[str]
) -> None:
    """Lines drawn around it and the number of its rows are no records, and no line is lost."""
    (exports / "asiakkaat.csv").unlink()
    (exports / name).write_text("\n".join([*lines, ""]), "utf-8")
    frame = audit.load(exports).table(name)
    names = [column for column in frame.columns if not column.startswith("column")]
    assert names == ["no", "name", "town"]
    assert [cell.strip() for cell in frame["name"]] == ["Aino", "Bo", "Eva"]
    [ledger] = run(draft_plan(exports), date(2026, 11, 28), tmp_path / "evidence.parquet").ledgers
    assert (ledger.rows, ledger.accounted) == (3, len(lines))
    assert not ledger.quarantined


def test_a_glued_record_heads_no_column(tmp_path: Path) -> None:
    """What a mainframe glues together has no header, and nobody's code stands in the plan."""
    rows = [f"000{n}Aino Koe        010190-999W0101201900{n}" for n in range(10, 20)]
    (tmp_path / "a.dat").write_text("\n".join(rows), "utf-8")
    assert "010190" not in write_plan(draft_plan(tmp_path))
