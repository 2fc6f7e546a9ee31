"""The report's pictures: they agree with their tables, nothing is cut, and time is an axis."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import duckdb
from icalendar import Calendar

from audit.report.actions import working_day_after
from audit.report.calendar import render_calendar
from audit.report.pictures import grid_of, timeline_of, trend_of
from audit.report.retention import Schedule, schedule_of
from audit.report.view import View

AS_OF = date(2026, 11, 22)


def test_what_fell_due_after_the_export_is_told_apart(tmp_path):
    """An older export audited later: those due since then are no future work, and the sums agree."""
    days = ["2026-12-01", "2027-03-30", "2027-03-31", "2027-06-01"]
    evidence = tmp_path / "evidence.parquet"
    said = ", ".join(f"({n}, 'S1: allowed until {day}')" for n, day in enumerate(days))
    duckdb.sql(
        "SELECT 'STO04' AS \"check\", 'observation' AS result, 'a.csv' AS source, "
        f'NULL AS "table", n AS "row", detail FROM (VALUES {said}) AS pieces(n, detail)'
    ).write_parquet(str(evidence))
    found = schedule_of(evidence, "2027-03-31")
    assert found.lapsed == (("2026-12", 1), ("2027-03", 1))
    assert found.due == (("2027-03", 1), ("2027-06", 1))
    assert found.first_days == (("2027-03", "2027-03-31"), ("2027-06", "2027-06-01"))
    line = timeline_of(found, date(2027, 3, 31))
    assert sum(mark.n for mark in line.marks) == len(days)
    before = [mark for mark in line.marks if mark.kind == "lapsed"]
    assert [mark.label for mark in before] == ["2026-12", "2027-01", "2027-02", "2027-03"]
    assert before[-1].x < line.now < next(m for m in line.marks if m.kind == "due").x


def test_the_calendar_has_no_erasure_in_the_past(data):
    """What fell due before the audit is one entry, on the next working day."""
    schedule = Schedule(lapsed=(("2026-05", 2), ("2026-11", 3)))
    events = Calendar.from_ical(render_calendar(data, schedule, 90, "en")).events
    as_of = date.fromisoformat(data["as_of"])
    assert all(event["dtstart"].dt >= as_of for event in events)
    on = {str(event["summary"]): event["dtstart"].dt for event in events}
    assert on["Erase the records that fell due after the export: 5"] == working_day_after(as_of)


def test_the_axis_of_time_leaves_no_year_out():
    """Years without records keep their place; very old ones stand together, and nothing is lost."""
    marks = timeline_of(Schedule(past=(("1950", 1), ("1960", 2), ("2020", 4))), AS_OF).marks
    years = [(mark.label, mark.n) for mark in marks if mark.kind == "past"]
    assert years[0] == ("–2001", 3)
    assert [label for label, _ in years[1:]] == [str(year) for year in range(2002, 2027)]
    steps = {b.x - a.x for a, b in pairwise(m for m in marks if m.kind == "past")}
    assert len(steps) == 1
    assert sum(n for _, n in years) == 7


def test_the_map_and_its_table_say_the_same(data):
    """A whole column is no stray cell, nor is an implausible value; what is drawn is in the table."""
    table = data["tables"][0]
    table["columns"].append(
        table["columns"][1] | {"header": "Hetu", "category": "personal_identity_code"}
    )
    of_cells = data["findings"][3] | {"count": 1}
    data["findings"] += [
        of_cells | {"check": "MIN04", "column": "Hetu", "category": "personal_identity_code"},
        of_cells | {"check": "MIN02", "column": "Syntymäaika", "category": "date_of_birth"},
    ]
    [mapped] = View(data, {}).map_tables
    places = [(cell.x, cell.y) for cell in mapped.grid.cells]
    assert len(places) == len(set(places))
    drawn = sorted(
        (mapped.grid.columns[cell.x], mapped.grid.categories[cell.y], cell.n)
        for cell in mapped.grid.cells
        if cell.kind in ("stray", "noted")
    )
    told = [(c["header"], s.category, s.n) for c, strays, _ in mapped.columns for s in strays]
    assert drawn == sorted(told)
    assert {column for column, _, _ in drawn} == {"Lisätiedot"}


def test_a_picture_has_room_for_its_labels_and_none_is_drawn_in_vain(data):
    """The longest header fits above its column; a table without data of people has no picture."""
    table = data["tables"][0]
    short = grid_of(table, data["findings"])
    table["columns"][-2]["header"] = "Asiakkaan oma pitkä otsikko 123"
    for finding in data["findings"]:
        if finding.get("column") == "Lisätiedot":
            finding["column"] = table["columns"][-2]["header"]
    long = grid_of(table, data["findings"])
    assert long.top > short.top + 60
    assert long.width > short.width + 60
    table["columns"] = [c for c in table["columns"] if c["category"] in (None, "technical")]
    assert grid_of(table, []).cells == ()


def test_labels_of_the_trend_keep_apart():
    """Where the lines run close, the upper one is labelled over itself and the lower one under."""
    trend = trend_of(
        [
            {"as_of": "2025-11-22", "major": 60, "minor": 61},
            {"as_of": "2026-11-22", "major": 60, "minor": 60},
        ]
    )
    assert trend is not None
    for x in {point.x for point in trend.points}:
        labels = [trend.label_y(point) for point in trend.points if point.x == x]
        assert abs(labels[0] - labels[1]) >= 14
