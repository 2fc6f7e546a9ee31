"""
Dates as exports write them, read the same on every engine.

The scan types the two or three forms that an engine reads fast; whatever is left over comes here.
Dates are local to Helsinki: a stamp with a zone is moved there before the time is dropped.

Forms with slashes are not guessed cell by cell: ``SlashOrder`` decides per column, from all of its
values, whether the day or the month comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from audit.categories._text import normalise

__all__ = ["FAST_FORMS", "PLACEHOLDERS", "SlashOrder", "is_placeholder", "read_date", "slash_order"]

HELSINKI = ZoneInfo("Europe/Helsinki")

#: What engines type themselves: ``strptime`` forms that mean the same in all of them.
FAST_FORMS = ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")

#: Dates that systems write for "none": they count as blank, never as a date.
PLACEHOLDERS = (
    date(9999, 12, 31),
    date(2099, 12, 31),
    date(1900, 1, 1),
    date(1899, 12, 30),
    date(1, 1, 1),
)
_BLANK_FORMS = re.compile(
    r"0{1,4}[.\-/]0{1,2}[.\-/]0{1,4}(?:[ T]00:00(?::00)?)?|[-–—?.]+|null|none|n/a"
    r"|toistaiseksi|voimassa(?: toistaiseksi)?|jatkuva|tills vidare|until further notice|ongoing",
    re.IGNORECASE,
)

_DOTTED = re.compile(
    r"(\d{1,2})[.-]\s?(\d{1,2})[.-]\s?(\d{4}|\d{2})\.?(?:[ T]+(?:klo )?\d{1,2}[.:]\d{2}(?:[.:]\d{2})?)?"
)
_ISO = re.compile(
    r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})"
    r"(?:[ T](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s?(Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_SLASHED = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?)?"
)
_EARLIEST, _LATEST = 1850, 2200


class SlashOrder(StrEnum):
    """The order of ``a/b/yyyy`` in a column."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    AMBIGUOUS = "ambiguous"
    """Nothing in the column tells: a question for the auditor."""


def is_placeholder(text: str) -> bool:
    """
    Whether a cell says that there is no date.

    >>> is_placeholder("0.0.0000"), is_placeholder("31.12.9999"), is_placeholder("30.12.2009")
    (True, True, False)
    """
    if _BLANK_FORMS.fullmatch(text.strip()):
        return True
    return read_date(text) in PLACEHOLDERS


def read_date(text: str, slashes: SlashOrder = SlashOrder.AMBIGUOUS) -> date | None:
    """
    The date that a cell holds, or None if it holds none that can be told for certain.

    >>> read_date("7.3.2019"), read_date("2016-11-22T23:30:00Z"), read_date("31.2.2020")
    (datetime.date(2019, 3, 7), datetime.date(2016, 11, 23), None)
    >>> read_date("4/5/2020"), read_date("4/5/2020", SlashOrder.DAY_FIRST)
    (None, datetime.date(2020, 5, 4))
    """
    text = normalise(text).strip().lstrip("'")
    if found := _DOTTED.fullmatch(text):
        return _date(_year(found[3]), int(found[2]), int(found[1]))
    if found := _ISO.fullmatch(text):
        return _zoned(found)
    if found := _SLASHED.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), _year(found[3])
        if slashes is SlashOrder.DAY_FIRST:
            return _date(year, second, first)
        if slashes is SlashOrder.MONTH_FIRST:
            return _date(year, first, second)
    return None


def slash_order(texts: Iterable[str]) -> SlashOrder:
    """
    Which comes first in a column of slashed dates, told by all of its values.

    >>> slash_order(["4/5/2020", "4/25/2020"]), slash_order(["4/5/2020"])
    (<SlashOrder.MONTH_FIRST: 'month_first'>, <SlashOrder.AMBIGUOUS: 'ambiguous'>)
    """
    day_first = month_first = False
    for text in texts:
        if found := _SLASHED.fullmatch(text.strip()):
            day_first |= int(found[1]) > 12  # noqa: PLR2004 - there are twelve months
            month_first |= int(found[2]) > 12  # noqa: PLR2004
    if day_first == month_first:
        return SlashOrder.AMBIGUOUS
    return SlashOrder.DAY_FIRST if day_first else SlashOrder.MONTH_FIRST


def _zoned(found: re.Match[str]) -> date | None:
    day = _date(int(found[1]), int(found[2]), int(found[3]))
    if day is None or found[7] is None:
        return day
    hours, minutes = int(found[4]), int(found[5])
    offset = timedelta()
    if found[7][0] in "+-":
        sign = -1 if found[7][0] == "-" else 1
        offset = sign * timedelta(hours=int(found[7][1:3]), minutes=int(found[7][-2:]))
    try:
        moment = datetime(day.year, day.month, day.day, hours, minutes, tzinfo=ZoneInfo("UTC"))
        return (moment - offset).astimezone(HELSINKI).date()
    except (ValueError, OverflowError):
        return None


def _year(text: str) -> int:
    # Two digits: a register of people who are alive has no dates after this century's thirties.
    year = int(text)
    if len(text) == 4:  # noqa: PLR2004
        return year
    return 2000 + year if year < 50 else 1900 + year  # noqa: PLR2004


def _date(year: int, month: int, day: int) -> date | None:
    if not (_EARLIEST <= year <= _LATEST or year in (1, 9999)):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
