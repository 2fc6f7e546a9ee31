"""
Until when a request is to be answered (GDPR Art. 12(3), counted by Regulation 1182/71).

One month from receipt, or three where the extension was told in time; the day of receipt is not
counted, a month that lacks the date ends with its last day, and a period that would end on a
Saturday, a Sunday or a public holiday ends with the next working day (Art. 3(4)). The days are
counted here, once, and joined as a table: no engine counts them itself.

Midsummer Eve and Christmas Eve are no public holidays by statute, but national law extends periods
over them. ``due_on`` counts them as holidays and ``due_without_eves_on`` does not: an answer between
the two is in doubt.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

__all__ = ["COLUMNS", "FIRST", "DueDay", "due_day", "due_days", "is_working_day"]

#: From this day the Regulation applies (Art. 99(2)): what came before fell under another law.
FIRST = date(2018, 5, 25)
_MONTH, _EXTENDED = 1, 3
_SATURDAY, _FRIDAY = 5, 4

#: The table of due days, with the types that Ibis gives them.
COLUMNS = dict.fromkeys(
    (
        "started_on",
        "due_on",
        "due_without_eves_on",
        "extended_due_on",
        "extended_due_without_eves_on",
    ),
    "date",
)


class DueDay(NamedTuple):
    """The last days for an answer to what was received on ``started_on``."""

    started_on: date
    due_on: date
    due_without_eves_on: date
    extended_due_on: date
    extended_due_without_eves_on: date


def due_day(started: date) -> DueDay:
    """
    The last days for an answer.

    >>> [day.isoformat() for day in due_day(date(2026, 1, 31))[1::2]]
    ['2026-03-02', '2026-04-30']
    >>> [day.isoformat() for day in due_day(date(2026, 11, 24))[1:3]]
    ['2026-12-28', '2026-12-24']
    """
    ends = _later(started, _MONTH), _later(started, _EXTENDED)
    return DueDay(
        started, *(_working_day(end, eves=eves) for end in ends for eves in (True, False))
    )


def due_days(first: date, last: date) -> Iterator[DueDay]:
    """The last days for what was received from ``first`` to ``last``, both included."""
    for n in range((last - first).days + 1):
        yield due_day(first + timedelta(days=n))


def _later(day: date, months: int) -> date:
    """The same date so many months later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def is_working_day(day: date, *, eves: bool = True) -> bool:
    """
    Whether it is no Saturday, Sunday or public holiday; with ``eves`` neither one of the two eves.

    >>> is_working_day(date(2026, 12, 24)), is_working_day(date(2026, 12, 24), eves=False)
    (False, True)
    """
    return day.weekday() < _SATURDAY and day not in _holidays(day.year, eves=eves)


def _working_day(day: date, *, eves: bool) -> date:
    while not is_working_day(day, eves=eves):
        day += timedelta(days=1)
    return day


@cache
def _holidays(year: int, *, eves: bool) -> frozenset[date]:
    """Finland's public holidays of a year, with or without the two eves."""
    import holidays

    found = holidays.country_holidays("FI", years=year)
    return frozenset(day for day in found if eves or not _is_eve(day))


def _is_eve(day: date) -> bool:
    """Whether it is Christmas Eve, or Midsummer Eve: the Friday of 19 to 25 June."""
    midsummer = day.weekday() == _FRIDAY and (6, 19) <= (day.month, day.day) <= (6, 25)
    return midsummer or (day.month, day.day) == (12, 24)
