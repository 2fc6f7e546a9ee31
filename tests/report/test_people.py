"""What people work from: the workbook and the calendar, and the pictures' geometry."""

from __future__ import annotations

import math
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from icalendar import Calendar

from audit.checks import catalogue
from audit.report import workbook
from audit.report.actions import action_of, actions, do_by, working_day_after
from audit.report.calendar import render_calendar
from audit.report.pictures import grid_of, timeline_of, trend_of
from audit.report.retention import Schedule, schedule_of
from audit.report.texts import LANGUAGES, Texts, load_texts
from audit.report.view import View
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
    """One entry for each day and action, for each month's erasures, and the reviews."""
    schedule = Schedule(due=(("2027-01", 5),), first_days=(("2027-01", "2027-01-14"),))
    text = render_calendar(data, schedule, 90, "en")
    assert text == render_calendar(data, schedule, 90, "en")
    entries = {str(e["summary"]): e["dtstart"].dt for e in Calendar.from_ical(text).events}
    as_of = date.fromisoformat(data["as_of"])
    assert entries["Records to be erased: 5"] == date(2027, 1, 15)
    assert entries["Delete the evidence of the audit"] == as_of + timedelta(90)
    work = {
        (do_by(f["check"], as_of), action_of(f["check"]).key)
        for f in data["findings"]
        if f["result"] == "nonconformity"
    }
    assert len(entries) == len(work) + 3
    assert entries["Erase data: 25\xa0places"] == do_by("MIN04", as_of)
    said = {str(e["summary"]): str(e["description"]) for e in Calendar.from_ical(text).events}
    assert Texts("en").t("checks.MIN04.title") in said["Erase data: 25\xa0places"]
    assert "asiakkaat: 25" in said["Erase data: 25\xa0places"]
    assert "A7" not in text


def test_the_calendar_holds_no_day_that_has_gone_by(data):
    """An older export audited later: what fell due in between is to be erased now."""
    schedule = Schedule(
        due=(("2026-10", 2), ("2027-01", 5)),
        first_days=(("2026-10", "2026-10-05"), ("2027-01", "2027-01-14")),
    )
    days = [
        e["dtstart"].dt
        for e in Calendar.from_ical(render_calendar(data, schedule, 90, "fi")).events
    ]
    assert min(days) == working_day_after(date.fromisoformat(data["as_of"]))


def test_no_day_of_work_is_a_public_holiday(data):
    """Over Christmas and Midsummer what is to be done waits for, or comes before, the holidays."""
    for day in ("2026-12-24", "2026-12-18", "2026-06-18", "2026-04-30"):
        entries = Calendar.from_ical(render_calendar(data | {"as_of": day}, Schedule(), 90, "en"))
        on = [e["dtstart"].dt for e in entries.events if "places" in str(e["summary"])]
        assert on
        assert not {date(2026, 12, 24), date(2026, 12, 25), date(2026, 6, 19)} & set(on)
        assert not {date(2026, 5, 1), date(2026, 12, 26), date(2026, 6, 20)} & set(on)
        assert min(on) > date.fromisoformat(day) or min(on).weekday() < 5


def events_of(data, lang="en", schedule=None):
    """The entries of the calendar by what they are called."""
    text = render_calendar(data, schedule or Schedule(), 90, lang)
    return {str(event["summary"]): event for event in Calendar.from_ical(text).events}


@pytest.mark.parametrize(
    ("as_of", "on"),
    [
        ("2026-11-20", date(2026, 11, 23)),  # a Friday
        ("2026-11-22", date(2026, 11, 23)),  # a Sunday
        ("2026-11-24", date(2026, 11, 25)),
    ],
)
def test_what_is_to_be_done_at_once_is_on_the_next_working_day_and_rings(data, as_of, on):
    """A Sunday, or a day that has gone by when the file is imported, is no use to anybody."""
    data["as_of"] = as_of
    add(data, observed("MAR01", 2, result="nonconformity", grade="major"))
    event = events_of(data)["Stop mailing: 2\xa0places"]
    assert event["dtstart"].dt == on
    (alarm,) = event.walk("VALARM")
    assert alarm["action"] == "DISPLAY"
    assert str(alarm["description"]) == "Stop mailing: 2\xa0places"
    assert alarm["trigger"].dt == timedelta(hours=8)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("result", ["nonconformity", "waived"])
def test_a_possible_breach_has_its_own_entry_within_72_hours(data, lang, result):
    """Also one that the plan accepts; where there is none, there is no such entry."""
    texts = Texts(lang)
    assert texts.t("calendar.breach") not in events_of(data, lang)
    data["as_of"] = "2026-11-20"  # a Friday: the 72 hours end on Monday
    add(data, observed("SEC06", 1, result=result, grade="major"))
    data["criteria"][-1]["breach"] = True
    event = events_of(data, lang)[texts.t("calendar.breach")]
    assert event["dtstart"].dt == date(2026, 11, 22)
    assert len(event.walk("VALARM")) == 2
    assert "72" in event["description"]
    assert texts.t("checks.SEC06.title") in event["description"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_entry_of_the_calendar_says_in_words_what_to_do(data, lang):
    """No code, and no command but where the words say what it does."""
    texts = Texts(lang)
    add(data, observed("SEC03", 1, result="waived", grade="minor", table="kayttajat"))
    waiver = {"state": "applied", "names": "SEC03 / kayttajat", "findings": ["SEC03"]}
    data["waivers"] = [waiver | {"expires": "2027-11-19"}]
    data["clauses"][0]["attested_until"] = "2027-05-01"
    events = events_of(data, lang)
    assert all(len(str(event["description"])) > 40 for event in events.values())
    title = texts.t("checks.SEC03.title")
    assert texts.t("calendar.waiver", what=f"{title} (kayttajat)") in events
    assert not [name for name in events if "SEC03" in name or "register-audit" in name]
    forget = str(events[texts.t("calendar.forget")]["description"])
    assert forget.splitlines()[-1].startswith("register-audit forget ")
    assert len(forget.splitlines()[0]) > 40


def add(data: dict[str, Any], *findings: dict[str, object]) -> None:
    """Findings of further checks, with the criteria that these have."""
    data["findings"] += findings
    known = {criterion["code"] for criterion in data["criteria"]}
    for code in dict.fromkeys(str(finding["check"]) for finding in findings):
        if code not in known:
            data["criteria"].append(data["criteria"][-1] | {"code": code})


def observed(code: str, count: int, **more: object) -> dict[str, object]:
    """One observation among the findings."""
    shown = {"check": code, "result": "observation", "table": "asiakkaat", "unit": "records"}
    return shown | {"count": count, "examined": 9, "clauses": [], "fingerprint": code} | more


def test_a_record_is_erased_on_the_day_after_its_own_last_day(data, tmp_path):
    """Not a year after the audit: each record has its own day, and the overview says so."""
    add(data, observed("STO04", 2), observed("STO09", 1), observed("STO05", 1))
    rows = [
        piece("STO04", 1, "observation", detail="S1: allowed until 2026-11-22; due in 2026-11"),
        piece("STO04", 2, "observation", detail="S1: allowed until 2027-02-28; due in 2027-02"),
        piece("STO05", 3, "observation", detail="S1: held: law"),
        piece("STO09", 4, "observation", detail="S1: required until 2027-12-31; keep: Nimi"),
    ]
    evidence = write_evidence(tmp_path / "e.parquet", rows)
    write_workbook(data, evidence, tmp_path / "w.xlsx", "fi")
    found = sheets(tmp_path / "w.xlsx")
    later, held = found["Poistettava myöhemmin"], found["Säilytä toistaiseksi"]
    assert {row[4]: row[8].date() for row in later[4:]} == {
        "A1": date(2026, 11, 23),
        "A2": date(2027, 3, 1),
    }
    assert {row[4]: row[8].date() for row in held[4:]} == {
        "A3": date(2027, 11, 22),
        "A4": date(2028, 1, 1),
    }
    for sheet in (later, held):
        days = [row[8] for row in sheet[4:]]
        assert days == sorted(days)
    overview = [row for row in found["Yhteenveto"][4:] if row[1] == title_of("STO04", "fi")]
    assert [(row[5].date(), row[6]) for row in overview] == [
        (date(2026, 11, 23), Texts("fi").t("workbook.first_day"))
    ]


def title_of(code: str, lang: str) -> str:
    return Texts(lang).t(f"checks.{code}.title")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_falls_due_is_counted_as_in_the_reports_chart(data, tmp_path, lang):
    """A record of two rules is two lines and one record; what may not be erased is elsewhere."""
    add(data, observed("STO04", 3), observed("STO05", 1))
    until = "{}: allowed until {}; due in 2027-01".format
    rows = [
        piece("STO04", 1, "observation", detail=until("S1", "2027-01-10")),
        piece("STO04", 1, "observation", detail=until("S2", "2027-01-12")),
        piece("STO04", 2, "observation", detail=until("S1", "2027-01-10")),
        piece("STO05", 3, "observation", detail="S1: held: law"),
    ]
    evidence = write_evidence(tmp_path / "e.parquet", rows)
    write_workbook(data, evidence, tmp_path / "w.xlsx", lang)
    texts, found = Texts(lang), sheets(tmp_path / "w.xlsx")
    schedule = schedule_of(evidence, data["as_of"])
    assert sum(n for _, n in schedule.due) == 2
    sheet = found[texts.t("actions.name.keep")]
    assert texts.t("workbook.due", n=2) in sheet[1][0]
    assert texts.t("workbook.all", n=3) in sheet[1][0]
    assert {row[0] for row in sheet[4:]} == {texts.t("checks.STO04.title")}
    assert {row[0] for row in found[texts.t("actions.name.hold")][4:]} == {
        texts.t("checks.STO05.title")
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_overview_names_each_finding_in_the_reports_order(data, tmp_path, lang):
    """No two rows say the same; days are days, by the language, and at once is a word beside one."""
    more = {"result": "nonconformity", "grade": "major"}
    add(data, observed("MAR01", 1, **more), observed("SEC06", 9, **more), observed("NOT10", 2))
    add(data, *(observed(code, 1, result="nonconformity", grade="minor") for code in NOTICES))
    write_workbook(data, write_evidence(tmp_path / "e.parquet", []), tmp_path / "w.xlsx", lang)
    book, texts = openpyxl.load_workbook(tmp_path / "w.xlsx"), Texts(lang)
    overview = book[texts.t("workbook.overview")]
    rows = list(overview.iter_rows(min_row=5))
    told = [group.code for task in View(data, {}).tasks for group in task.groups]
    titles = [texts.t(f"checks.{code}.title") for code in told]
    assert [row[1].value for row in rows if row[1].value in titles] == titles
    assert len({tuple(cell.value for cell in row[:3]) for row in rows}) == len(rows)
    days = [row[5] for row in rows]
    assert all(day.is_date for day in days)
    assert [day.value for day in days] == sorted(day.value for day in days)
    assert {day.number_format for day in days} == {texts.t("format.workbook_date")}
    at_once = [row[6].value == texts.t("actions.at_once") for row in rows]
    assert at_once == [day.value.date().isoformat() == data["as_of"] for day in days]
    # The sheets stand in the order in which their actions first come.
    actions_told = dict.fromkeys(row[0].value for row in rows)
    assert list(actions_told) == book.sheetnames[1:]


NOTICES = ("NOT01", "NOT02", "NOT03")


def test_a_whole_column_is_said_where_there_is_no_row(data, tmp_path):
    rows = [piece("MIN01", 1, column="Syntymäaika", record_key=None)]
    rows = [(*rows[0][:4], None, None, *rows[0][6:])]
    evidence = write_evidence(tmp_path / "e.parquet", rows)
    for lang in LANGUAGES:
        write_workbook(data, evidence, tmp_path / "w.xlsx", lang)
        texts = Texts(lang)
        row = sheets(tmp_path / "w.xlsx")[texts.t("actions.name.erase")][4]
        assert row[2] == texts.t("findings.whole_column")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_words_of_the_workbook_are_cut(data, tmp_path, lang):
    """Each text that is longer than its column is broken, and its row is as high as it needs."""
    long = "ö" * 24 + " " + "pitkä sarakkeen nimi " * 5
    add(data, observed("NOT10", 1, result="nonconformity", grade="minor", unit="notice"))
    remark = {"check": "NOT10", "result": "nonconformity", "grade": "minor", "clauses": ["C44"]}
    data["notice"]["remarks"] = [remark | {"quote": "sanat " * 60, "wording": "teksti " * 90}]
    rows = [piece("MIN04", n, column=long, record_key="k" * 64) for n in range(1, 4)]
    write_workbook(data, write_evidence(tmp_path / "e.parquet", rows), tmp_path / "w.xlsx", lang)
    book = openpyxl.load_workbook(tmp_path / "w.xlsx")
    seen = 0
    for sheet in book:
        for row in sheet.iter_rows(min_row=4):
            for cell in row:
                width = sheet.column_dimensions[cell.column_letter].width
                if isinstance(cell.value, str) and len(cell.value) > width:
                    seen += 1
                    assert cell.alignment.wrap_text, cell.coordinate
                    height = sheet.row_dimensions[cell.row].height
                    assert height >= 15 * math.ceil(len(cell.value) / width), cell.coordinate
    assert seen > 5


def test_sheets_and_rows_are_in_the_order_in_which_they_are_to_be_done(data, tmp_path):
    """At once before within a week, within a week before within a month."""
    add(
        data,
        observed("SEC04", 1, result="nonconformity", grade="major"),
        observed("STO04", 1),
        observed("ACC01", 1, result="nonconformity", grade="minor"),
    )
    codes = ("MIN04", "MIN01", "SEC04", "ACC01")
    rows = [piece(code, n) for n, code in enumerate(codes, 1)]
    write_workbook(data, write_evidence(tmp_path / "e.parquet", rows), tmp_path / "w.xlsx", "en")
    found = sheets(tmp_path / "w.xlsx")
    assert next(iter(found)) == "Overview"
    t = Texts("en").t
    assert list(found)[1:] == [
        t(f"actions.name.{key}") for key in ("access", "erase", "correct", "decide", "keep")
    ]
    days = [row[5] for row in found["Overview"][4:]]
    assert days[0].date() == date.fromisoformat(data["as_of"])
    erase = [row[0] for row in found["Erase data"][4:]]
    assert erase == [t("checks.MIN04.title"), t("checks.MIN01.title")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_of_the_notice_has_the_words_and_the_proposed_wording(data, tmp_path, lang):
    """One row a matter, however many clauses it is about; nothing of a file or of record keys."""
    add(data, observed("NOT10", 3, result="nonconformity", grade="minor", table="", unit="notice"))
    remark = {"check": "NOT10", "result": "nonconformity", "grade": "minor"}
    remark |= {"detail": "no_ground", "wording": "Säilytämme tietoja [aika], koska [peruste]."}
    data["notice"]["remarks"] = [
        remark | {"clauses": ["C44"], "quote": "10 vuotta <b>asiakkuuden</b> päättymisestä."},
        remark | {"clauses": ["C45"], "quote": "=1+1"},
        {"check": "NOT13", "result": "observation", "clauses": ["C44"]},
    ]
    rows = [piece("NOT10", n, column=None, record_key=f"C4{n}") for n in (4, 5)]
    write_workbook(data, write_evidence(tmp_path / "e.parquet", rows), tmp_path / "w.xlsx", lang)
    texts = Texts(lang)
    sheet = sheets(tmp_path / "w.xlsx")[texts.t("actions.name.notice")]
    assert sheet[3][:5] == tuple(
        texts.t(f"workbook.{key}") for key in ("what", "detail", "clauses", "quote", "wording")
    )
    assert len(sheet) == 4 + 1
    title, detail, clauses, quote, wording = sheet[4][:5]
    assert title == texts.t("checks.NOT10.title")
    assert detail == texts.t("detail.notice_no_ground")
    assert clauses == "C44, C45"
    first, last = ("“", "”") if lang == "en" else ("”", "”")
    words = ("10 vuotta asiakkuuden päättymisestä.", "=1+1")
    assert quote == "\n".join(f"{first}{said}{last}" for said in words)
    assert wording == remark["wording"]


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
    assert trend.line("major").split() == ["0,0", f"150,{trend.height // 2}"]
