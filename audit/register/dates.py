"""
Dates as exports write them, read the same on every engine.

The scan types the two or three forms that an engine reads fast; whatever is left over comes here.
Dates are local to Helsinki: a stamp with a zone is moved there before the time is dropped.

What a cell does not tell, its column does (``reading_of``): the order of day and month, and what
bare numbers count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from audit.categories._text import normalise
from audit.register.date_order import (
    CLOCK,
    SHORT,
    SLASHED,
    SlashOrder,
    Years,
    slash_order,
    years_of,
)
from audit.register.moments import ZONES, day_of_moment, in_helsinki
from audit.vocabulary import load

__all__ = [
    "FAST_FORMS",
    "PLACEHOLDERS",
    "Numbers",
    "Reading",
    "SlashOrder",
    "Years",
    "is_month",
    "is_months_name",
    "is_open",
    "is_placeholder",
    "needs_order",
    "read_date",
    "reading_of",
    "slash_order",
    "witness",
]

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

# As people type them as well: "ma 1.2.2010", "1.2.-10", and in Swedish "1/2-2010", where the day is first.
_WEEKDAY = re.compile(
    r"\A(?:ma|ti|ke|to|pe|la|su|mån?|må|tis?|ons?|tors?|fre?|lör?|sön?|mon|tue|wed|thu|fri|sat|sun)\.?,?\s+(?=\d)",
    re.IGNORECASE,
)
_DOTTED = re.compile(
    r"(\d{1,2})(?:\.\s?(\d{1,2})\.\s?[-'’]?|/(\d{1,2})[- ]{1,3})(\d{4}|\d{2})\.?" + CLOCK
)
_ISO = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))"
    r"(?:,?[ T]?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s?"
    r"(Z|UTC|GMT|EET|EEST|[+-]\d{2}(?::?\d{2})?|[A-Z][a-z]+/[A-Z][A-Za-z_]+)?)?"
)
# As Java, JavaScript and consoles print a moment: "Thu Jan 05 09:07:03 EET 2023".
_PRINTED = re.compile(
    r"(?:[A-Z][a-z]{2} )?(?P<month>[A-Z][a-z]{2}) {1,2}(?P<day>\d{1,2}) (?:(?P<year>\d{4}) )?"
    r"(?P<hours>\d{2}):(?P<minutes>\d{2}):\d{2}(?: (?P<zone>(?:GMT|UTC)?[+-]\d{4}|[A-Z]{3,4}))?"
    r"(?: (?P<last>\d{4})(?: (?P<offset>[+-]\d{4}))?)?(?: \(.+\))?"
)
_MONTH = re.compile(r"(\d{4})-(\d{2})|(\d{1,2})[./](\d{4})")
_WORDED = re.compile(
    r"(?:[^\W\d]{2,}\.?,? )?(?:den )?(?:(?P<day>\d{1,2})(?:\.|st|nd|rd|th|:[ae])?[ /-]?)?"
    r"(?P<month>[^\W\d]{3,}\.?)[ /-]?(?:(?P<after>\d{1,2})(?:st|nd|rd|th)?,? )?(?P<year>\d{4}|\d{2})?"
    r"(?:(?:,? (?:klo |kl\.? |at )?|(?<=[0-9]{4}):)(?P<hours>\d{1,2})[.:](?P<minutes>\d{2})(?:[.:]\d{2})?(?: ?[AaPp]\.?[Mm])?"
    r"(?: (?P<zone>Z|UTC|GMT|EET|EEST|[+-]\d{2}:?\d{2}))?)?"
)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
# As older services of Microsoft's write a moment in JSON; the zone behind it is where it was written.
_OF_MICROSOFT = re.compile(r"\\?/Date\((-?\d{1,14})(?:[+-]\d{4})?\)\\?/")
_UNIX = re.compile(r"\d{9,10}(?:\.\d{1,9})?|\d{13}")
# What spreadsheets count days from, and the days that are dates of a register: 1938 to 2118.
_SERIALS = range(14_000, 80_000)
_YEAR, _YEAR_AND_MONTH = (
    re.compile("(?:19|20)[0-9]{2}"),
    re.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])"),
)
_EIGHT = re.compile("[0-9]{8}")
_OF_EACH_KIND = ("45000", "1500000000", "2015", "201503", "31122019")
_MILLISECONDS = 13  # digits
_EARLIEST, _LATEST = 1850, 2200


def is_placeholder(text: str) -> bool:
    """
    Whether a cell says that there is no date.

    >>> is_placeholder("0.0.0000"), is_placeholder("31.12.9999"), is_placeholder("30.12.2009")
    (True, True, False)
    """
    if _BLANK_FORMS.fullmatch(text.strip()):
        return True
    return read_date(text) in PLACEHOLDERS


class Numbers(StrEnum):
    """What the bare numbers of a column of dates count, told by all of its values."""

    NONE = "none"
    SERIAL = "serial"
    """Days, as spreadsheets count them."""
    SERIAL_1904 = "serial_1904"
    """Days from 1904, as workbooks of the Mac once counted them."""
    UNIX = "unix"
    """Seconds or milliseconds since 1970."""
    YEAR = "year"
    """Nothing: they are the years of the days, of which no more is known."""
    MONTH = "month"
    """Nothing: they are year and month, as in 201503."""
    DAY_FIRST = "day_first"
    """Nothing: they are day, month and year, as in 07032019."""


_COMPACT = (Numbers.YEAR, Numbers.MONTH, Numbers.DAY_FIRST)
_ORIGINS = {Numbers.SERIAL: date(1899, 12, 30), Numbers.SERIAL_1904: date(1904, 1, 1)}


class Reading(NamedTuple):
    """How the dates of one column are read."""

    order: SlashOrder
    numbers: Numbers = Numbers.NONE
    years: Years = Years.LAST
    early: bool = False
    """Whether of a month or a year alone the first day is assumed, as of births and of starts."""

    def answered(self, order: SlashOrder | None) -> Reading:
        """The reading with what a plan says of the order in the place of what the column tells."""
        if order is None:
            return self
        if order is SlashOrder.YEAR_FIRST:
            return self._replace(years=Years.FIRST)
        return self._replace(order=order, years=Years.LAST)


def read_date(
    text: str,
    slashes: SlashOrder = SlashOrder.AMBIGUOUS,
    numbers: Numbers = Numbers.NONE,
    years: Years = Years.LAST,
    early: bool = False,  # noqa: FBT001
) -> date | None:
    """
    The date that a cell holds, or None if it holds none that can be told for certain.

    A month or a year alone is its last day (``is_month`` tells), or its first if ``early``; a day without
    its year is no date.

    >>> read_date("7.3.2019"), read_date("2016-11-22T23:30:00Z"), read_date("31.2.2020")
    (datetime.date(2019, 3, 7), datetime.date(2016, 11, 23), None)
    >>> read_date("4/5/2020"), read_date("4/5/2020", SlashOrder.DAY_FIRST)
    (None, datetime.date(2020, 5, 4))
    >>> read_date("23-02-07", years=Years.FIRST), read_date("23.02.07", years=Years.UNCERTAIN)
    (datetime.date(2023, 2, 7), None)
    >>> read_date("01/Jan/2026:23:30:00 +0000"), read_date("1700000000.125", numbers=Numbers.UNIX)
    (datetime.date(2026, 1, 2), datetime.date(2023, 11, 15))
    >>> read_date("Oct 11 08:00:02") is None  # of which year, a log of old does not say
    True
    >>> [str(read_date(text)) for text in ("ma 1.2.2010 klo 14.05", "1.2.-10", "1/2-2010", "1/2 10")]
    ['2010-02-01', '2010-02-01', '2010-02-01', '2010-02-01']
    >>> read_date("2008", numbers=Numbers.YEAR), read_date("2008", numbers=Numbers.YEAR, early=True)
    (datetime.date(2008, 12, 31), datetime.date(2008, 1, 1))
    >>> read_date("Sun Oct 08 2023 23:19:03 GMT+0200 (CET)"), read_date("2023-10-08 23:30 Europe/London")
    (datetime.date(2023, 10, 9), datetime.date(2023, 10, 9))
    >>> read_date("/Date(1700000000000+0200)/")
    datetime.date(2023, 11, 15)
    >>> read_date("2. tammikuuta 2024"), read_date("helmikuu 2024"), read_date("2.1.")
    (datetime.date(2024, 1, 2), datetime.date(2024, 2, 29), None)
    """
    text = _WEEKDAY.sub("", _stripped(text), count=1)
    if early and is_month(text):
        last = read_date(text, slashes, numbers, years)
        whole_year = _YEAR.fullmatch(text) is not None
        return None if last is None else last.replace(day=1, month=1 if whole_year else last.month)
    if years is not Years.LAST and (found := SHORT.fullmatch(text)):
        uncertain = years is Years.UNCERTAIN
        return None if uncertain else _date(_year(found[1]), int(found[3]), int(found[4]))
    if numbers in _COMPACT and (day := _compact(text, numbers)):
        return day
    for form, read in _FORMS:
        if found := form.fullmatch(text):
            return read(found)
    if found := SLASHED.fullmatch(text):
        return _slashed(found, slashes)
    found = _WORDED.fullmatch(text)
    return _counted(text, numbers) if found is None else _worded(found)


def is_month(text: str) -> bool:
    """
    Whether a cell names a month or a year and no day: its last day is assumed.

    >>> is_month("1/2024"), is_month("tammikuu 2024"), is_month("2024"), is_month("1.1.2024")
    (True, True, True, False)
    """
    text = normalise(text).strip()
    if any(form.fullmatch(text) for form in (_MONTH, _YEAR, _YEAR_AND_MONTH)):
        return True
    found = _WORDED.fullmatch(text)
    return found is not None and not (found["day"] or found["after"]) and bool(found["year"])


def is_months_name(word: str) -> bool:
    """Whether a word names a month: *May*, which is Swedish for nothing."""
    return word.rstrip(".").casefold() in _months()


def reading_of(texts: Iterable[str]) -> Reading:
    """
    How a column's dates are read, told by all of its values that are no plain dates.

    >>> reading_of(["4/5/2020", "4/25/2020"]).order, reading_of(["45293", "45294.5"]).numbers
    (<SlashOrder.MONTH_FIRST: 'month_first'>, <Numbers.SERIAL: 'serial'>)
    >>> [reading_of(texts).numbers.value for texts in (["2015", ""], ["201503", "201612"], ["07032019", "31122020"])]
    ['year', 'month', 'day_first']
    """
    texts = [_stripped(text) for text in texts]
    years = years_of(texts)
    numbers = _numbers_of(texts)
    if years is not Years.LAST:
        return Reading(slash_order(t for t in texts if not SHORT.fullmatch(t)), numbers, years)
    return Reading(slash_order(texts), numbers, years)


def _numbers_of(texts: Sequence[str]) -> Numbers:
    """What the bare numbers of a column are, which all must be."""
    eight = [text for text in texts if _EIGHT.fullmatch(text)]
    if eight and all(map(_day_first, eight)) and not all(map(read_date, eight)):
        return Numbers.DAY_FIRST
    bare = [
        text for text in texts if re.fullmatch(r"[\d.,]+", text) and not _DOTTED.fullmatch(text)
    ]
    bare = [text for text in bare if not _ISO.fullmatch(text) and not _MONTH.fullmatch(text)]
    if not bare:
        return Numbers.NONE
    if all(_SERIAL.fullmatch(text) and int(text[:5]) in _SERIALS for text in bare):
        return Numbers.SERIAL
    forms = ((Numbers.UNIX, _UNIX), (Numbers.YEAR, _YEAR), (Numbers.MONTH, _YEAR_AND_MONTH))
    return next((key for key, form in forms if all(map(form.fullmatch, bare))), Numbers.NONE)


def _compact(text: str, numbers: Numbers) -> date | None:
    """A date in figures alone, which its column tells the order of."""
    if numbers is Numbers.YEAR and _YEAR.fullmatch(text):
        return _last_day(int(text), 12)
    if numbers is Numbers.MONTH and _YEAR_AND_MONTH.fullmatch(text):
        return _last_day(int(text[:4]), int(text[4:]))
    return _day_first(text) if numbers is Numbers.DAY_FIRST and _EIGHT.fullmatch(text) else None


def _day_first(text: str) -> date | None:
    return _date(int(text[4:]), int(text[2:4]), int(text[:2]))


def witness(text: str) -> object:
    """
    What ``reading_of`` takes from one text; texts of the same are as good as each other.

    >>> witness("4/5/2020") == witness("5/4/2020"), witness("23-02-07") == witness("23-02-08")
    (True, False)
    """
    text = _stripped(text)
    short = SHORT.fullmatch(text)
    return (
        slash_order([text]),
        *(reading_of([bare, text]).numbers for bare in _OF_EACH_KIND),
        None if short is None else (short[1], short[2], short[4]),
    )


def _stripped(text: str) -> str:
    return normalise(text).strip().lstrip("'")


def needs_order(text: str) -> bool:
    """
    Whether a cell is a date of which other cells tell where its day, month and year stand.

    >>> needs_order("4/5/2020"), needs_order("85.02.07"), needs_order("4.5.2020")
    (True, True, False)
    """
    text = _stripped(text)
    return SLASHED.fullmatch(text) is not None or SHORT.fullmatch(text) is not None


def is_open(text: str, reading: Reading) -> bool:
    """
    Whether the column does not tell either how this cell is to be read.

    >>> is_open("4/5/2020", Reading(SlashOrder.AMBIGUOUS)), is_open("4/5/2020", Reading(SlashOrder.DAY_FIRST))
    (True, False)
    """
    text = _stripped(text)
    if reading.years is not Years.LAST and SHORT.fullmatch(text):
        return reading.years is Years.UNCERTAIN
    return reading.order is SlashOrder.AMBIGUOUS and SLASHED.fullmatch(text) is not None


def _dotted(found: re.Match[str]) -> date | None:
    return _date(_year(found[4]), int(found[2] or found[3]), int(found[1]))


def _month(found: re.Match[str]) -> date | None:
    return _last_day(int(found[1] or found[4]), int(found[2] or found[3]))


def _slashed(found: re.Match[str], order: SlashOrder) -> date | None:
    first, second, year = int(found[1]), int(found[3]), _year(found[4])
    if order is SlashOrder.DAY_FIRST:
        return _date(year, second, first)
    return _date(year, first, second) if order is SlashOrder.MONTH_FIRST else None


def _zoned(found: re.Match[str]) -> date | None:
    day = _date(int(found[1]), int(found[3] or found[5]), int(found[4] or found[6]))
    if day is None or found[10] is None:
        return day
    return in_helsinki(day, int(found[7]), int(found[8]), found[10])


def _worded(found: re.Match[str]) -> date | None:
    """A date whose month is written as a word."""
    month = _months().get(found["month"].rstrip(".").casefold())
    number = found["day"] or found["after"]
    if month is None or found["year"] is None or (found["day"] and found["after"]):
        return None
    if number is None:
        return _last_day(int(found["year"]), month) if len(found["year"]) == 4 else None  # noqa: PLR2004
    day = _date(_year(found["year"]), month, int(number))
    if day is None or found["zone"] is None:
        return day
    return in_helsinki(day, int(found["hours"]), int(found["minutes"]), found["zone"])


def _counted(text: str, numbers: Numbers) -> date | None:
    """A date written as a number."""
    if numbers in _ORIGINS and _SERIAL.fullmatch(text) and int(text[:5]) in _SERIALS:
        return _ORIGINS[numbers] + timedelta(days=int(text[:5]))
    if numbers is Numbers.UNIX and _UNIX.fullmatch(text):
        whole = len(text) == _MILLISECONDS and text.isdigit()
        return day_of_moment(float(text) / (1000 if whole else 1))
    found = _OF_MICROSOFT.fullmatch(text)
    return None if found is None else day_of_moment(int(found[1]) / 1000)


def _last_day(year: int, month: int) -> date | None:
    first = _date(year, month, 1)
    if first is None:
        return None
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@cache
def _months() -> Mapping[str, int]:
    """The number of each month by its names; Finnish ones also in the partitive."""
    found: dict[str, int] = {}
    for names in load("months").values():
        for number, name in enumerate(names, 1):
            found[name] = number
            if name.endswith("kuu"):
                found |= {f"{name}ta": number, f"{name}n": number, f"{name[:-2]}": number}
    return found


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


def _printed(found: re.Match[str]) -> date | None:
    """A moment as programs print it; without its year it is none."""
    year, month = found["year"] or found["last"], _months().get(found["month"].casefold())
    day = _date(int(year), month, int(found["day"])) if year and month else None
    zone = found["offset"] or (found["zone"] or "").removeprefix("GMT").removeprefix("UTC")
    if day is None or not (zone[:1] in ("+", "-") or zone in ZONES):
        return day
    return in_helsinki(day, int(found["hours"]), int(found["minutes"]), zone)


_FORMS = ((_DOTTED, _dotted), (_ISO, _zoned), (_MONTH, _month), (_PRINTED, _printed))
