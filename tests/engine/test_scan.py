"""The scan finds what the exact step finds in every cell: its shortcuts lose nothing."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from values import VALUES, surrounded

from audit.categories import Category, Match, categories, examine
from audit.categories.examine import Examiner
from audit.engine import patterns, projection
from audit.engine.duckdb import Engine
from audit.engine.scan import Scanned, create_tables, scan
from audit.engine.workspace import workspace
from audit.register.columns.recognised import recognise_columns
from audit.register.delimited import MARKERS, read_head
from audit.register.kinds.model import schema
from audit.register.model import Table
from audit.sample import cases

_HEADERS = {
    "Asiakasnro": st.integers(1, 9999).map(str),
    "Nimi": st.sampled_from(["Aino Esimerkki", "Oy Koe Ab", ""]),
    "Sähköposti": st.sampled_from(["aino@koe.example", "onni@koe.example", ""]),
    "Puhelin": st.sampled_from(["040 123 4567", "+358 50 123 4567", "", "ei"]),
    "Tila": st.sampled_from(["aktiivinen", "päättynyt", "ok", "", "\u00a0 "]),
    "Asiakassuhde päättyi": st.sampled_from(
        ["1.2.2016", "2016-02-01", "", "31.12.9999", "tulossa", "\u00a0"]
    ),
    "Maksutili": st.just("FI21 1234 5600 0007 85"),
    "Lisätiedot": st.sampled_from(["", "soitettu", "kiitos\nja hei", "ok", "ks. aino@koe.example"]),
}
_VALUE = st.one_of(*(surrounded(values) for values in VALUES.values()))
_INTO_UTF8 = str.maketrans(dict.fromkeys(map(ord, MARKERS + "\x00\r"), " "))


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Ordinary rows with a value in the wrong place here and there, after a uniform head or not."""
    ordinary = draw(st.lists(st.tuples(*_HEADERS.values()), min_size=1, max_size=30))
    rows = [list(row) for row in ordinary]
    head = [list(rows[0])] * draw(st.sampled_from([0, 0, 25, 1000]))
    for _ in range(draw(st.integers(0, 6))):
        row, column = draw(st.sampled_from(rows)), draw(st.integers(0, len(_HEADERS) - 1))
        row[column] = draw(_VALUE).translate(_INTO_UTF8)
    return head + rows


def scanned(path: Path) -> tuple[Scanned, Table, set[tuple[object, ...]], list[object]]:
    head = read_head(path, path.name)
    columns = recognise_columns(head.header, head.rows, "customers")
    table = Table(name="t", file=path.name, dialect=head.dialect, columns=columns)
    with workspace() as folder, Engine(folder) as engine:
        create_tables(engine)
        found = scan(engine, table, path, 0, head)
        cells = engine.rows(
            'SELECT "row", "column", category, ground, relation, also FROM cells '
            "WHERE category <> 'implausible'"  # that is of what a column is for, not of what it is not
        )
        filled = engine.rows("SELECT filled FROM columns ORDER BY position")
    return found, table, set(cells), [count for (count,) in filled]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=tables())
def test_the_shortcuts_lose_nothing(tmp_path: Path, rows: list[list[str]]) -> None:
    """What stands in `cells` and `columns` is what reading every cell, one by one, would give."""
    path = tmp_path / "asiakkaat.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(_HEADERS)
        writer.writerows(rows)
    found, table, cells, filled = scanned(path)
    assert found.ledger.accounted == found.ledger.lines
    assert filled == [sum(bool(row[n].strip()) for row in rows) for n in range(len(_HEADERS))]
    expected = one_by_one(table, rows)
    promoted = {
        (now.header, now.category)
        for was, now in zip(table.columns, found.table.columns, strict=True)
        if was.category != now.category
    }
    assert cells == {cell for cell in expected if (cell[1], cell[2]) not in promoted}


def one_by_one(table: Table, rows: list[list[str]]) -> set[tuple[object, ...]]:
    """What the exact step finds, asked about every row."""
    examiner = Examiner([column.category for column in table.columns])
    examined = {row: examiner.row(row) for row in set(map(tuple, rows))}
    return {
        (
            *(number, table.columns[cell.column].header, cell.category, cell.ground),
            *(cell.relation, ", ".join(cell.also) or None),
        )
        for number, row in enumerate(rows, 1)
        for cell in examined[tuple(row)]
    }


def test_records_have_the_columns_of_their_kind_in_their_order(tmp_path: Path) -> None:
    """A union of records goes by the place of a column, so the order is part of the schema."""
    path = tmp_path / "kontaktit.csv"
    path.write_text("Id;Asiakasnro;Markkinointikielto;Nimi\n1;17;x;Aino Esimerkki\n", "utf-8")
    head = read_head(path, path.name)
    columns = recognise_columns(head.header, head.rows, "contacts")
    table = Table(name="t", file=path.name, kind="contacts", dialect=head.dialect, columns=columns)
    with workspace() as folder, Engine(folder) as engine:
        create_tables(engine)
        scan(engine, table, path, 0, head, matched=True)
        described = engine.rows("DESCRIBE records_0")
    assert [name for name, *_ in described] == list(schema("contacts"))


_STEMS = {"health": ("syöpä", " hiv", "diabet"), "religion": ("seurakun", " usko")}


@pytest.fixture
def stems(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two categories that are told by words."""

    def finder(stems: tuple[str, ...]) -> Category:
        each = re.compile(
            "|".join(stem.replace(" ", r"(?<![^\W\d_])") for stem in stems), re.IGNORECASE
        )

        def find(text: str) -> Iterator[Match]:
            for one in each.finditer(text):
                yield Match(*one.span(), one[0].lower(), "context")

        return replace(Category(key="", names={}), words=stems, find=find)

    def with_words() -> Mapping[str, Category]:
        told = {
            key: replace(finder(words), key=key, names=categories()[key].names)
            for key, words in _STEMS.items()
        }
        return {**categories(), **told}

    for module in (patterns, projection, examine):
        monkeypatch.setattr(module, "categories", with_words)
    for known in (examine._forms, examine._finders, examine._ordinary_words):
        known.cache_clear()
    yield
    for known in (examine._forms, examine._finders, examine._ordinary_words):
        known.cache_clear()


@pytest.mark.usefixtures("stems")
def test_words_are_found_in_every_cell_but_those_of_their_own_column(tmp_path: Path) -> None:
    """A stem is found in both cases, composed or not, in short cells and beside other categories."""
    path = tmp_path / "asiakkaat.csv"
    rows = [
        ["1", "hiv", "ok", "diabetes", ""],
        ["2", "HIV", "ok", "uskovainen, hiv", "Rintasyo\u0308pa\u0308"],
        ["3", "ei", "ok", "", "arkhivointi, tarkkauskoinen"],
        ["4", "ei", "SYÖPÄ", "ei seurakuntaa", "1 hiv"],
        ["5", "ei", "ok", "insuliini 010190-999W", "aino@koe.example"],
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(
            [["Asiakasnro", "Tila", "Koodi", "Diagnoosi", "Lisätiedot"], *rows]
        )
    found, table, cells, _ = scanned(path)
    assert cells == one_by_one(table, rows)
    assert {cell[:3] for cell in cells} == {
        (1, "Tila", "health"),
        (2, "Tila", "health"),
        (2, "Diagnoosi", "religion"),
        (2, "Lisätiedot", "health"),
        (4, "Koodi", "health"),
        (4, "Diagnoosi", "religion"),
        (4, "Lisätiedot", "health"),
        (5, "Diagnoosi", "personal_identity_code"),
        (5, "Lisätiedot", "email"),
    }
    assert found.candidates == 4


def test_of_a_small_table_every_row_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To make a sieve takes longer than to look at each cell; what is found is the same."""
    path = tmp_path / "t.csv"
    path.write_text("Nro;Lisätiedot\n1;ei mitään\n2;hetu 010190-999W\n", "utf-8")
    sieved, _, cells, _ = scanned(path)
    monkeypatch.setattr("audit.engine.scan._SMALL", 1000)
    every, _, same, _ = scanned(path)
    assert (sieved.candidates, every.candidates) == (1, 2)
    assert cells == same != set()


@pytest.mark.parametrize("control", [*MARKERS, "\0", "\x0b", "\x0c"], ids=lambda c: hex(ord(c)))
def test_a_control_character_parts_no_cell(tmp_path: Path, control: str) -> None:
    """Whichever stands in a cell, the ones after it are found in their own columns."""
    path = tmp_path / "t.csv"
    row = f"1{control};a{control}b;hetu 010190-999W;{control}aino@koe.example\n"
    path.write_text(f"Nro;Nimi;Lisätiedot;Huomautus\n{row}2;;;\n", "utf-8")
    _, _, cells, filled = scanned(path)
    assert {cell[:3] for cell in cells} == {
        (1, "Lisätiedot", "personal_identity_code"),
        (1, "Huomautus", "email"),
    }
    assert filled == [2, 1, 1, 1]


@pytest.mark.parametrize(
    "text", ["a\nb", "a\r\nb", "a\rb", 'a"b', "\u200b", "a,b", "x\n", "\r", "\\"]
)
def test_any_text_can_be_inserted(text: str) -> None:
    """Texts of cells go into tables as they are, line breaks of every kind included."""
    with workspace() as folder, Engine(folder) as engine:
        engine.run("CREATE TABLE texts (text VARCHAR, n INTEGER)")
        engine.insert("texts", [(text, 1), ("y", 2)])
        assert engine.rows("SELECT text FROM texts ORDER BY n") == [(text,), ("y",)]


def test_ordinary_rows_are_passed_over(tmp_path: Path) -> None:
    """Of the invented register's own names, firms and streets hardly a row is looked at one by one."""
    words = cases.load("words")
    rows = [
        [
            str(n),
            f"{first} {last}",
            f"{last} Oy",
            f"{first}.{last}@koe.example".lower(),
            f"{last}ntie {n}",
            "aktiivinen",
        ]
        for n, (first, last) in enumerate(
            (first, last) for first in words["first_names"] for last in words["last_names"]
        )
    ]
    path = tmp_path / "t.csv"
    header = ["Asiakasnro", "Nimi", "Yritys", "Sähköposti", "Katuosoite", "Tila"]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    found, *_ = scanned(path)
    assert found.rows == len(rows) > 5000
    assert found.candidates < found.rows // 50


def test_words_that_any_row_has_make_no_candidates(tmp_path: Path) -> None:
    """Firms' domains, and endings behind letters that a pattern takes for none: *myöhässä*."""
    notes = ("toimitus myöhässä", "lisää pöydässä", "liikkeessä käyty", "toivoi yhteydenottoa")
    rows = [
        [str(n), f"aino.koe{n}@yritys.example", f"{notes[n % len(notes)]}, ovi {n}"]
        for n in range(1000)
    ]
    path = written(tmp_path / "t.csv", ["Asiakasnro", "Sähköposti", "Lisätiedot"], rows)
    found, *_ = scanned(path)
    assert (found.rows, found.candidates) == (1000, 0)


def written(path: Path, header: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    return path


def grounds(path: Path) -> set[tuple[object, ...]]:
    """The columns in which an identity code or a card was found, with what proves it."""
    *_, cells, _ = scanned(path)
    return {(column, ground) for _, column, category, ground, *_ in cells}


def test_numbers_of_which_some_pass_a_check_by_chance_prove_nothing(tmp_path: Path) -> None:
    """Order numbers that begin with a day are no codes, though one in 31, or in ten, passes."""
    rows = [
        [
            str(n),
            f"{1 + n % 28:02}{1 + n % 12:02}24-{n:04}",
            f"{40 + n % 60}{1 + n % 12:02}{1 + n % 28:02}-{n * 7:04}",
            f"4{n * 7919:015}",
        ]
        for n in range(1000, 1300)
    ]
    path = written(tmp_path / "t.csv", ["Nro", "Työ", "Kuitti", "Kolli"], rows)
    assert grounds(path) == {("Työ", "chance"), ("Kuitti", "chance"), ("Kolli", "chance")}


def test_codes_in_the_wrong_column_stay_proved_though_some_are_mistyped(tmp_path: Path) -> None:
    """A few codes among phone numbers, and a note that names one, are no column of order numbers."""
    codes = ["010190-999W", "020290-9998", "010190-9990", "", "010190-9991", "050350-999H"]
    rows = [
        [str(n), codes[n] if n < len(codes) else f"040 123 {n:04}", "hetu 010190-999W" * (n == 3)]
        for n in range(60)
    ]
    path = written(tmp_path / "t.csv", ["Nro", "Puhelin", "Lisätiedot"], rows)
    assert ("Puhelin", "check character") in grounds(path)
    assert ("Lisätiedot", "check character") in grounds(path)
    assert not any(ground == "chance" for _, ground in grounds(path))
