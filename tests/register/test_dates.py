"""Dates as exports write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.register.dates import SlashOrder, is_placeholder, read_date, slash_order

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
