"""Dates as exports write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.plan import read_plan, write_plan
from audit.plan.drafting import draft_plan
from audit.register.dates import (
    Numbers,
    SlashOrder,
    Years,
    is_month,
    is_placeholder,
    read_date,
    reading_of,
    slash_order,
    witness,
)
from audit.run import run
from audit.vocabulary import load

DAYS = st.dates(min_value=date(1900, 1, 2), max_value=date(2098, 12, 31))


@given(DAYS)
def test_finnish_and_iso_dates_are_read_back(day):
    """Written in any of the usual forms, a date is the same date."""
    for text in (
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d.%m.%Y}",
        f" {day:%d.%m.%Y} 13:45 ",
        f"{day:%d.%m.%Y} klo 9.05",
        day.isoformat(),
        f"{day.isoformat()} 00:00:00",
        f"{day:%Y%m%d}",
        f"'{day.isoformat()}",
    ):
        assert read_date(text) == day, text


@given(DAYS)
def test_slashed_dates_need_the_columns_order(day):
    """`4/5/2020` is no date by itself; with an order it is."""
    assert read_date(f"{day.day}/{day.month}/{day.year}") is None
    assert read_date(f"{day.day}/{day.month}/{day.year}", SlashOrder.DAY_FIRST) == day
    assert read_date(f"{day.month}/{day.day}/{day.year}", SlashOrder.MONTH_FIRST) == day


@given(st.lists(DAYS, max_size=20))
def test_the_order_is_never_guessed(days):
    """A column tells its order only by a number above twelve; then it tells the right one."""
    order = slash_order(f"{d.day}/{d.month}/{d.year}" for d in days)
    assert order is (
        SlashOrder.DAY_FIRST if any(d.day > 12 for d in days) else SlashOrder.AMBIGUOUS
    )


@given(
    st.datetimes(*(datetime(year, 1, 1) for year in (1990, 2090))),  # noqa: DTZ001 - its zone follows
    st.integers(-14 * 4, 14 * 4),
    st.sampled_from([":", ""]),
)
def test_a_stamp_with_a_zone_is_a_day_in_helsinki(moment, quarters, colon):
    """Wherever a stamp was taken, its day is the one that the calendar in Helsinki had."""
    zone = timezone(timedelta(minutes=15 * quarters))
    stamp = moment.replace(microsecond=0, tzinfo=zone)
    sign, minutes = "-" if quarters < 0 else "+", abs(15 * quarters)
    offset = f"{sign}{minutes // 60:02d}{colon}{minutes % 60:02d}"
    day = stamp.astimezone(ZoneInfo("Europe/Helsinki")).date()
    assert read_date(f"{stamp:%Y-%m-%dT%H:%M:%S}{offset}") == day
    assert read_date(f"{stamp:%Y-%m-%d %H:%M:%S.000} {offset}") == day
    assert read_date(f"{stamp:%Y-%m-%dT%H:%M:%S}") == stamp.date()


@given(st.text(max_size=40))
def test_junk_is_no_date_and_no_error(text):
    """Whatever a cell holds, reading it gives a date or None."""
    assert read_date(text) is None or isinstance(read_date(text), date)
    assert is_placeholder(text) in (True, False)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31.2.2020", None),
        ("29.2.2023", None),
        ("29.2.2024", date(2024, 2, 29)),
        ("0.1.2020", None),
        ("1.13.2020", None),
        ("1.1.19", date(2019, 1, 1)),
        ("1.1.75", date(1975, 1, 1)),
        ("2016-11-22T23:30Z", date(2016, 11, 23)),
        ("2016-06-22T20:59+00:00", date(2016, 6, 22)),
        ("2016-06-22T21:00+00:00", date(2016, 6, 23)),
        ("2016-11-22T01:00+02:00", date(2016, 11, 22)),
        ("2016-11-22T25:00Z", None),
        ("42000", None),
        ("", None),
    ],
)
def test_boundaries(text, day):
    """Impossible days are no dates; stamps with a zone are moved to Helsinki."""
    assert read_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0000",
        "0.0.00",
        "00.00.0000",
        "31.12.9999",
        "9999-12-31",
        "1.1.1900",
        "31.12.2099",
        "-",
        "NULL",
        "n/a",
    ],
)
def test_placeholders_are_blank(text):
    """What systems write for "none" is blank, never a date."""
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["31.12.2098", "2.1.1900", "31.2.2020", "tulossa"])
def test_other_texts_are_no_placeholders(text):
    """A wrong date is wrong, not blank."""
    assert not is_placeholder(text)


@given(DAYS, st.sampled_from(["fi", "sv", "en", "fi_short", "sv_short", "en_short"]))
def test_months_written_as_words_are_read_in_three_languages(day, language):
    """In full or shortened, the day before the month or after it, with its year."""
    name = load("months")[language][day.month - 1]
    partitive = f"{name}ta" if name.endswith("kuu") else name
    for text in (
        f"{day.day}. {partitive} {day.year}",
        f"{day.day} {name.capitalize()} {day.year}",
        f"{name.capitalize()} {day.day}, {day.year}",
        f"{day.day}-{name}-{day.year}",
        f"{day.day}. {partitive} {day.year} klo 13.45".replace(" klo", ""),
    ):
        assert read_date(text) == day, text
    assert read_date(f"{day.day} {name}") is None


@given(DAYS)
def test_a_month_alone_is_its_last_day_and_says_so(day):
    """Erasing too early would be as wrong as too late: the last day is assumed, and printed."""
    last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    for text in (f"{day:%m/%Y}", f"{day.month}.{day.year}", f"{day:%Y-%m}", f"{day:%B %Y}"):
        assert read_date(text) == last
        assert is_month(text)
    assert not is_month(f"{day:%d.%m.%Y}")


@given(st.lists(st.dates(date(1950, 1, 1), date(2100, 1, 1)), min_size=1, max_size=9))
def test_numbers_in_a_column_of_dates_are_serials_or_seconds(days):
    """All of them decide; one number that cannot be counts against all."""
    serials = [str((day - date(1899, 12, 30)).days) for day in days]
    reading = reading_of(serials)
    assert reading.numbers is Numbers.SERIAL
    assert [read_date(text, numbers=reading.numbers) for text in serials] == days
    assert reading_of([*serials, "17"]).numbers is Numbers.NONE
    stamps = [
        str(int(datetime(2001, 9, 10, 12, tzinfo=ZoneInfo("Europe/Helsinki")).timestamp()) + n)
        for n in range(len(days))
    ]
    for texts in (stamps, [f"{stamp}000" for stamp in stamps]):
        numbers = reading_of(texts).numbers
        assert numbers is Numbers.UNIX
        assert {read_date(text, numbers=numbers) for text in texts} == {date(2001, 9, 10)}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2.1.2024 klo 13.45", date(2024, 1, 2)),
        ("2. 1. 2024", date(2024, 1, 2)),
        ("2024/1/2", date(2024, 1, 2)),
        ("2016-11-22 23:30 EET", date(2016, 11, 22)),
        ("2016-11-22 23:30 GMT", date(2016, 11, 23)),
        ("2016-11-22T23:30:00.000+00", date(2016, 11, 23)),
        ("20240102134500", date(2024, 1, 2)),
        ("Tue, 22 Nov 2016 23:30:00 +0000", date(2016, 11, 23)),
        ("den 2 januari 2024", date(2024, 1, 2)),
        ("2nd January 2024", date(2024, 1, 2)),
        ("kesäkuu 2024", date(2024, 6, 30)),
        ("2.1.", None),
        ("1-2-2024", None),
        ("0.0.00", None),
        ("touko", None),
        ("31 februari 2024", None),
    ],
)
def test_forms_of_exports(text, day):
    """What spreadsheets, shops and mail programs write."""
    assert read_date(text) == day


def test_an_ambiguous_column_is_a_question_that_the_plan_answers(exports):
    """Nothing is guessed and nothing flagged; with the answer, the records are assessed."""
    rows = "".join(
        f"{n};Aino Esimerkki;a{n}@koe.example;{n % 9 + 1}/5/2010;päättynyt;\n" for n in range(1, 9)
    )
    (exports / "asiakkaat.csv").write_text(
        f"Asiakasnro;Nimi;Sähköposti;Asiakassuhde päättyi;Tila;Lisätiedot\n{rows}", "utf-8"
    )
    plan = draft_plan(exports)
    found = run(
        plan, date(2026, 1, 1), exports.parent / "evidence.parquet", only=["STO01", "STO03"]
    )
    assert {(f.check, f.result, f.reason) for f in found.findings} == {
        ("STO01", "not_assessed", "event_dates_ambiguous"),
        ("STO03", "not_assessed", "event_dates_ambiguous"),
    }
    assert "ambiguous_dates:asiakkaat:Asiakassuhde päättyi" in found.assumptions
    said = write_plan(plan).replace(
        "role: customer_relationship_end", "role: customer_relationship_end, date_order: day_first"
    )
    (exports / "audit.yaml").write_text(said, "utf-8")
    plan = read_plan(exports / "audit.yaml")
    found = run(plan, date(2026, 1, 1), exports.parent / "evidence.parquet", only=["STO01"])
    assert [(f.result, f.count) for f in found.findings] == [("nonconformity", 8)]


SOME = [date(2023, 2, 7) + timedelta(days=37 * n) for n in range(20)]


@pytest.mark.parametrize("sign", [".", "-", "/"])
def test_years_of_two_digits_stand_where_the_column_says(sign):
    """Days are spread over the month and years are not: `23-02-07` is no 23rd of February 2007."""
    for form, years in ((f"%y{sign}%m{sign}%d", Years.FIRST), (f"%d{sign}%m{sign}%y", Years.LAST)):
        texts = [f"{day:{form}}" for day in SOME]
        reading = reading_of(texts)
        assert reading.years is years
        assert [read_date(text, *reading) for text in texts] == SOME
        answered = reading_of(["05.04.03"]).answered(
            SlashOrder.YEAR_FIRST if years is Years.FIRST else SlashOrder.DAY_FIRST
        )
        assert [read_date(text, *answered) for text in texts] == SOME
        told = {witness(text): text for text in texts}
        assert reading_of(told.values()) == reading


@pytest.mark.parametrize(
    ("texts", "years"),
    [
        (["85-02-07"], Years.FIRST),
        (["85.02.07", "04.05.06"], Years.FIRST),
        (["07.02.85"], Years.LAST),
        (["7.2.23"], Years.LAST),
        (["7/2/23", "23/02/07"], Years.LAST),
        (["02/27/23"], Years.LAST),
        (["23-02-07"], Years.UNCERTAIN),
        (["85-02-07", "07-02-85"], Years.UNCERTAIN),
        # Days that registers share: the first of January of each year, the last of the months.
        ([f"01.01.{n:02}" for n in range(1, 25)], Years.UNCERTAIN),
        (["31.12.23", "30.06.22", "31.03.21", "30.09.24"], Years.UNCERTAIN),
        ([f"10.{n % 12 + 1:02}.{n:02}" for n in range(1, 25)], Years.UNCERTAIN),
        (["7.2.2023", "2023-02-07"], Years.LAST),
        ([], Years.LAST),
    ],
)
def test_where_years_stand_is_never_guessed(texts, years):
    """Only a number that can be nothing else tells, or days as months have them."""
    assert reading_of(texts).years is years


def ended(exports, days):
    rows = "".join(
        f"{n};Aino Esimerkki;a{n}@koe.example;{day};;\n" for n, day in enumerate(days, 1)
    )
    (exports / "asiakkaat.csv").write_text(
        f"Asiakasnro;Nimi;Sähköposti;Asiakassuhde päättyi;Tila;Lisätiedot\n{rows}", "utf-8"
    )


@pytest.mark.parametrize("form", ["%y-%m-%d", "%y/%m/%d", "%y.%m.%d"])
def test_years_that_stand_first_accuse_nobody(exports, form):
    """Customers of 2023 and 2024 are within ten years, whichever way their days are written."""
    ended(exports, [f"{day:{form}}" for day in SOME])
    found = run(
        draft_plan(exports), date(2026, 1, 1), exports.parent / "evidence.parquet", only=["STO01"]
    )
    assert [f.result for f in found.findings] == ["conformity"]


def test_years_that_could_be_days_are_a_question_that_the_plan_answers(exports):
    """`05.04.03` is asked about; the year's place, said in the plan, is what is read."""
    ended(exports, ["05.04.12", "06.04.13", "07.04.14"])
    plan = draft_plan(exports)
    evidence = exports.parent / "evidence.parquet"
    found = run(plan, date(2026, 1, 1), evidence, only=["STO01"])
    assert [(f.result, f.reason) for f in found.findings] == [
        ("not_assessed", "event_dates_ambiguous")
    ]
    assert "ambiguous_dates:asiakkaat:Asiakassuhde päättyi" in found.assumptions
    for order, late in (("year_first", 3), ("day_first", 1)):
        said = write_plan(plan).replace(
            "role: customer_relationship_end",
            f"role: customer_relationship_end, date_order: {order}",
        )
        (exports / "audit.yaml").write_text(said, "utf-8")
        found = run(read_plan(exports / "audit.yaml"), date(2023, 4, 6), evidence, only=["STO01"])
        assert [(f.result, f.count) for f in found.findings] == [("nonconformity", late)]


@pytest.mark.parametrize(
    ("cells", "asked"),
    [
        ([f"{n:02}.0{n % 7 + 1}.23" for n in range(1, 32)], False),
        ([f"1/{n}/2023, 9:07\u202fAM" for n in range(1, 29)], False),
        ([f"{n % 9 + 1}/{n % 7 + 1}/2023" for n in range(20)], True),
    ],
)
def test_only_what_nothing_tells_is_asked(tmp_path, cells, asked):
    """A dotted day of a year of two digits is told by its column, and so is what has odd blanks."""
    rows = "".join(f"{n};{cell}\n" for n, cell in enumerate(cells))
    (tmp_path / "asiakkaat.csv").write_text(f"asnro;asiakkuus päättyi\n{rows}", "utf-8")
    [source] = draft_plan(tmp_path).sources
    assert ("day or month first?" in source.columns["asiakkuus päättyi"].ground) == asked
