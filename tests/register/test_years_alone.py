"""Dates of which a register keeps the year, or the month and the year, and figures without marks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import audit
from audit.plan.drafting import draft_plan
from audit.register.dates import Numbers, read_date, reading_of
from audit.run import run

AS_OF = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["2015", "1999"], Numbers.YEAR),
        (["2015", "1.2.2016"], Numbers.YEAR),
        (["2015", "12"], Numbers.NONE),
        (["201503", "201612"], Numbers.MONTH),
        (["201503", "201613"], Numbers.NONE),
        (["07032019", "31122020"], Numbers.DAY_FIRST),
        (["20190307", "20201231"], Numbers.NONE),  # years first, which need nothing said
        (["20190307", "31122020"], Numbers.NONE),
        (["45293", "2015"], Numbers.NONE),
    ],
)
def test_what_bare_numbers_are_is_told_by_all_of_them(texts, numbers):
    assert reading_of(texts).numbers is numbers


@pytest.mark.parametrize("text", ["2016-03-07", "7.3.2016", "20160307", "45293", "x", ""])
def test_other_dates_of_the_column_stay_what_they_are(text):
    assert read_date(text, numbers=Numbers.YEAR) == read_date(text)


def write(folder: Path, header: str, *rows: str) -> None:
    (folder / "asiakkaat.csv").unlink()
    (folder / "jasenet.csv").write_text("\n".join([header, *rows, ""]), "utf-8")


def test_a_year_is_held_by_its_last_day(exports: Path, tmp_path: Path) -> None:
    """Ten years after 2015 are over, after 2016 not yet; a year that goes on is no future end."""
    years = ["2015", "2016", "2026", "", "2014"]
    rows = [f"{n};Aino Koe{n};2001;{year}" for n, year in enumerate(years, 1)]
    write(exports, "Asiakasnro;Nimi;Alkamisvuosi;Päättymisvuosi", *rows)
    found = run(draft_plan(exports), AS_OF, tmp_path / "evidence.parquet")
    over = [f for f in found.findings if f.check == "STO01" and f.result == "nonconformity"]
    assert [f.count for f in over] == [2]
    assert not [f for f in found.findings if f.check == "STO03" and f.result == "nonconformity"]
    assert any(note.startswith("months_alone:") for note in found.assumptions)


def test_who_came_and_left_in_one_year_did_not_leave_before(exports: Path, tmp_path: Path) -> None:
    """Of a start the first day of the year is assumed, and of an end the last."""
    write(exports, "Asiakasnro;Nimi;Alkamisvuosi;Päättyi", *["7;Aino Koe;2021;3.5.2021"] * 4)
    found = run(draft_plan(exports), AS_OF, tmp_path / "evidence.parquet")
    assert not [f for f in found.findings if f.check == "STO03" and f.result == "nonconformity"]


@pytest.mark.parametrize("header", ["Vuosimalli", "Tilikausi", "Kuntoluokitus", "Ovikoodi"])
def test_numbers_that_look_like_years_are_no_days(exports: Path, header: str) -> None:
    write(exports, f"Asiakasnro;Nimi;{header}", *(f"{n};Aino Koe{n};20{n}" for n in range(10, 20)))
    [source] = audit.load(exports).plan.sources
    assert source.columns[header].role is None
