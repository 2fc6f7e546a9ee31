"""What people work from: the workbook and the calendar, and the pictures' geometry."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import openpyxl
import pytest
from icalendar import Calendar

from audit.checks import catalogue
from audit.report import workbook
from audit.report.actions import action_of, actions, do_by
from audit.report.calendar import render_calendar
from audit.report.pictures import grid_of, timeline_of, trend_of
from audit.report.retention import Schedule, schedule_of
from audit.report.texts import LANGUAGES, Texts, load_texts
from audit.report.workbook import write_workbook

AS_OF = date(2026, 11, 22)
HOSTILE = ('=HYPERLINK("http://x.example","klik")', "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3")


def write_evidence(path: Path, rows: list[tuple[object, ...]]) -> Path:
    """Evidence as an audit writes it."""
    with duckdb.connect() as database:
        database.execute(
            'CREATE TABLE e ("check" VARCHAR, result VARCHAR, source VARCHAR, "table" VARCHAR, '
            '"row" BIGINT, line BIGINT, "column" VARCHAR, record_key VARCHAR, category VARCHAR, '
            "detail VARCHAR)"
        )
        for row in rows:
            database.execute("INSERT INTO e VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        database.execute(f"COPY e TO '{path}' (FORMAT parquet)")
    return path


def piece(code: str, row: int, result: str = "nonconformity", **more: object) -> tuple[object, ...]:
    """One piece of evidence."""
    shown: dict[str, object] = {"column": "Lisätiedot", "record_key": f"A{row}"}
    shown |= {"category": None, "detail": None} | more
    place = ("asiakkaat.csv", None, row, row + 1)
    return (
        code,
        result,
        *place,
        *(shown[key] for key in ("column", "record_key", "category", "detail")),
    )


def sheets(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_lists_each_piece_of_work_on_its_action(data, tmp_path, lang):
    """Identity codes are to be erased, columns nobody knows to be decided on; nothing else is there."""
    evidence = write_evidence(
        tmp_path / "e.parquet",
        [piece("MIN04", 7, category="personal_identity_code"), piece("MIN05", 3, "not_assessed")],
    )
    write_workbook(data, evidence, tmp_path / "w.xlsx", lang)
    texts, found = Texts(lang), sheets(tmp_path / "w.xlsx")
    erase = found[texts.t("actions.name.erase")]
    assert erase[4][0] == texts.t("checks.MIN04.title")
    assert erase[4][2:6] == (7, 8, "A7", "Lisätiedot")
    assert erase[4][6] == texts.category("personal_identity_code")
    assert erase[4][8].date() == do_by("MIN04", date.fromisoformat(data["as_of"]))
    assert texts.t("actions.name.decide") in found
    assert texts.t("actions.name.stop") not in found


def test_nothing_in_the_workbook_runs_as_a_formula(data, tmp_path):
    """Headers and keys that look like formulas are text."""
    rows = [piece("MIN04", n, column=text, record_key=text) for n, text in enumerate(HOSTILE, 1)]
    write_workbook(data, write_evidence(tmp_path / "e.parquet", rows), tmp_path / "w.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "w.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.value for cell in cells} >= set(HOSTILE)
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert all(sheet.freeze_panes for sheet in book)


def test_the_workbook_says_how_many_more_there_are(data, tmp_path, monkeypatch):
    """A sheet lists so many rows, and says how many it leaves out."""
    monkeypatch.setattr(workbook, "AT_MOST", 2)
    total = sum(f["count"] for f in data["findings"] if f["check"] == "MIN04")
    rows = [piece("MIN04", n) for n in range(1, total + 1)]
    others = sum(
        f["count"]
        for f in data["findings"]
        if f["result"] == "nonconformity" and action_of(f["check"]).key == "erase"
    )
    write_workbook(data, write_evidence(tmp_path / "e.parquet", rows), tmp_path / "w.xlsx", "en")
    erase = sheets(tmp_path / "w.xlsx")["Erase data"]
    assert len(erase) == 4 + 2
    assert Texts("en").t("workbook.more", n=others - 2) == erase[1][0]


def test_two_workbooks_of_one_audit_are_the_same(data, tmp_path):
    """No clock and no order of chance is in the file."""
    evidence = write_evidence(tmp_path / "e.parquet", [piece("STO01", n) for n in (3, 1, 2)])
    for name in ("a", "b"):
        write_workbook(data, evidence, tmp_path / f"{name}.xlsx", "fi")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_every_check_belongs_to_an_action_that_has_words():
    """No finding is left without somebody to mend it."""
    for code in catalogue():
        action = action_of(code)
        assert any(code.startswith(start) for start in action.checks), code
        assert do_by(code, AS_OF) >= AS_OF
    for lang in LANGUAGES:
        texts = load_texts(lang)
        for action in actions().values():
            assert f"actions.name.{action.key}" in texts
            assert f"actions.people.{action.who}" in texts
            assert len(str(texts[f"actions.name.{action.key}"])) <= 31  # a sheet's name


def test_the_calendar_holds_deadlines_and_no_names(data):
    """One entry for each check with nonconformities, for each month's erasures, and the reviews."""
    schedule = Schedule(due=(("2027-01", 5),), first_days=(("2027-01", "2027-01-14"),))
    text = render_calendar(data, schedule, 90, "en")
    assert text == render_calendar(data, schedule, 90, "en")
    entries = {str(e["summary"]): e["dtstart"].dt for e in Calendar.from_ical(text).events}
    as_of = date.fromisoformat(data["as_of"])
    assert entries["Records to be erased: 5"] == date(2027, 1, 15)
    assert entries["Delete the evidence of the audit (register-audit forget)"] == as_of + timedelta(
        90
    )
    codes = {f["check"] for f in data["findings"] if f["result"] == "nonconformity"}
    assert len(entries) == len(codes) + 3
    assert "A7" not in text


def test_the_schedule_counts_each_record_once(tmp_path):
    """A record that two rules would erase is one record."""
    until = "S1: allowed until {}".format
    rows = [
        piece("STO01", 1, detail=until("2016-11-21")),
        piece("STO01", 1, detail="S2: allowed until 2018-01-01"),
        piece("STO01", 2, detail=until("2016-01-01")),
        piece("STO04", 3, "observation", detail=until("2027-02-14")),
        piece("STO04", 4, "observation", detail=until("2027-02-03")),
        piece("STO05", 5, "observation", detail=until("2012-02-03")),
        piece("STO02", 6),
    ]
    found = schedule_of(write_evidence(tmp_path / "e.parquet", rows), "2026-11-22")
    assert found.past == (("2016", 2),)
    assert found.due == (("2027-02", 2),)
    assert found.first_days == (("2027-02", "2027-02-03"),)
    assert found.held == 1
    assert schedule_of(tmp_path / "forgotten.parquet", "2026-11-22").empty


def test_bars_are_to_scale_and_the_day_of_the_audit_parts_them():
    line = timeline_of(Schedule(past=(("2016", 10), ("2020", 1)), due=(("2027-01", 5),)), AS_OF)
    by_label = {mark.label: mark for mark in line.marks}
    assert by_label["2016"].height == line.height == 2 * by_label["2027-01"].height
    assert by_label["2020"].x < line.now <= by_label["2026-11"].x < by_label["2027-11"].x
    assert sum(mark.kind == "due" for mark in line.marks) == 13


def test_the_grid_shows_own_and_stray_data(data):
    grid = grid_of(data["tables"][0], data["findings"])
    cells = {(grid.columns[c.x], grid.categories[c.y]): c for c in grid.cells}
    assert any(cell.kind == "undeclared" for cell in cells.values())
    stray = [f for f in data["findings"] if f["unit"] == "cells" and f.get("category")]
    assert stray
    for finding in stray:
        if finding["result"] == "nonconformity":
            assert cells[finding["column"], finding["category"]].kind == "stray"


def test_a_trend_needs_two_audits():
    one = {"as_of": "2026-11-22", "major": 3, "minor": 6}
    assert trend_of([one]) is None
    trend = trend_of([one, {"as_of": "2025-11-22", "major": 6, "minor": 0}])
    assert trend is not None
    assert [audit["as_of"] for audit in trend.audits] == ["2025-11-22", "2026-11-22"]
    assert trend.line("major").split() == ["0,0", f"480,{trend.height // 2}"]
