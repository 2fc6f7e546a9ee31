"""
Dates as exports write them, read the same on every engine.

The scan types the two or three forms that an engine reads fast; whatever is left over comes here.
Dates are local to Helsinki: a stamp with a zone is moved there before the time is dropped.

Forms with slashes are not guessed cell by cell: ``SlashOrder`` decides per column, from all of its
values, whether the day or the month comes first; and ``Years``, whether years of two digits stand
first, as in Swedish exports, or last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from math import log
from typing import NamedTuple
from zoneinfo import ZoneInfo

from audit.categories._text import normalise
from audit.vocabulary import load

__all__ = [
    "FAST_FORMS",
    "PLACEHOLDERS",
    "Numbers",
    "Reading",
    "SlashOrder",
    "Years",
    "is_month",
    "is_open",
    "is_placeholder",
    "needs_order",
    "read_date",
    "reading_of",
    "slash_order",
    "witness",
]

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

_CLOCK = r"(?:,?[ T]+(?:klo|kl\.?|at)?\s?\d{1,2}[.:]\d{2}(?:[.:]\d{2}(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?)?"
# As people type them as well: "ma 1.2.2010", "1.2.-10", and in Swedish "1/2-2010", where the day is first.
_WEEKDAY = re.compile(
    r"\A(?:ma|ti|ke|to|pe|la|su|mån?|må|tis?|ons?|tors?|fre?|lör?|sön?|mon|tue|wed|thu|fri|sat|sun)\.?,?\s+(?=\d)",
    re.IGNORECASE,
)
_DOTTED = re.compile(
    r"(\d{1,2})(?:\.\s?(\d{1,2})\.\s?[-'’]?|/(\d{1,2})[- ]{1,3})(\d{4}|\d{2})\.?" + _CLOCK
)
_ISO = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))"
    r"(?:,?[ T]?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s?(Z|UTC|GMT|EET|EEST|[+-]\d{2}(?::?\d{2})?)?)?"
)
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})" + _CLOCK)
_SHORT = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{2})\.?" + _CLOCK)
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
_MILLISECONDS = 13  # digits
_ZONES = {"EET": 2, "EEST": 3}
_EARLIEST, _LATEST = 1850, 2200
_LONGEST_MONTH = 31
# Days that many records share, so that a column may have nothing else: they look like years.
_CUSTOMARY = frozenset({1, 15, 28, 29, 30, 31})
# Numbers that are days: of so many kinds, as far apart, as late in the month, and so much likelier
# days than years, if days are as likely as each other and years are those between first and last.
_KINDS_OF_DAYS, _DAYS_APART, _LATE, _LIKELIER = 6, 20, 27, 1000


class SlashOrder(StrEnum):
    """The order of ``a/b/yyyy`` in a column."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    AMBIGUOUS = "ambiguous"
    """Nothing in the column tells: a question for the auditor."""
    YEAR_FIRST = "year_first"
    """Of years of two digits, as people answer it in a plan; a column tells it by ``Years``."""


class Years(StrEnum):
    """Where the years of two digits stand in a column, as in ``23-02-07``."""

    LAST = "last"
    FIRST = "first"
    UNCERTAIN = "uncertain"
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


class Numbers(StrEnum):
    """What the bare numbers of a column of dates count, told by all of its values."""

    NONE = "none"
    SERIAL = "serial"
    """Days, as spreadsheets count them."""
    SERIAL_1904 = "serial_1904"
    """Days from 1904, as workbooks of the Mac once counted them."""
    UNIX = "unix"
    """Seconds or milliseconds since 1970."""


_ORIGINS = {Numbers.SERIAL: date(1899, 12, 30), Numbers.SERIAL_1904: date(1904, 1, 1)}


class Reading(NamedTuple):
    """How the dates of one column are read."""

    order: SlashOrder
    numbers: Numbers = Numbers.NONE
    years: Years = Years.LAST

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
) -> date | None:
    """
    The date that a cell holds, or None if it holds none that can be told for certain.

    A month alone is its last day (``is_month`` tells); a day without its year is no date.

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
    >>> read_date("/Date(1700000000000+0200)/")
    datetime.date(2023, 11, 15)
    >>> read_date("2. tammikuuta 2024"), read_date("helmikuu 2024"), read_date("2.1.")
    (datetime.date(2024, 1, 2), datetime.date(2024, 2, 29), None)
    """
    text = _WEEKDAY.sub("", _stripped(text), count=1)
    if years is not Years.LAST and (found := _SHORT.fullmatch(text)):
        uncertain = years is Years.UNCERTAIN
        return None if uncertain else _date(_year(found[1]), int(found[3]), int(found[4]))
    if found := _DOTTED.fullmatch(text):
        return _date(_year(found[4]), int(found[2] or found[3]), int(found[1]))
    if found := _ISO.fullmatch(text):
        return _zoned(found)
    if found := _SLASHED.fullmatch(text):
        return _slashed(found, slashes)
    if found := _MONTH.fullmatch(text):
        return _last_day(int(found[1] or found[4]), int(found[2] or found[3]))
    found = _WORDED.fullmatch(text)
    return _counted(text, numbers) if found is None else _worded(found)


def is_month(text: str) -> bool:
    """
    Whether a cell names a month and no day: its last day is assumed.

    >>> is_month("1/2024"), is_month("tammikuu 2024"), is_month("1.1.2024")
    (True, True, False)
    """
    text = normalise(text).strip()
    if _MONTH.fullmatch(text):
        return True
    found = _WORDED.fullmatch(text)
    return found is not None and not (found["day"] or found["after"]) and bool(found["year"])


def reading_of(texts: Iterable[str]) -> Reading:
    """
    How a column's dates are read, told by all of its values that are no plain dates.

    >>> reading_of(["4/5/2020", "4/25/2020"]).order, reading_of(["45293", "45294.5"]).numbers
    (<SlashOrder.MONTH_FIRST: 'month_first'>, <Numbers.SERIAL: 'serial'>)
    """
    texts = [_stripped(text) for text in texts]
    years = _years_of(texts)
    bare = [
        text for text in texts if re.fullmatch(r"[\d.,]+", text) and not _DOTTED.fullmatch(text)
    ]
    bare = [text for text in bare if not _ISO.fullmatch(text) and not _MONTH.fullmatch(text)]
    numbers = Numbers.NONE
    if bare and all(_SERIAL.fullmatch(text) and int(text[:5]) in _SERIALS for text in bare):
        numbers = Numbers.SERIAL
    elif bare and all(_UNIX.fullmatch(text) for text in bare):
        numbers = Numbers.UNIX
    if years is not Years.LAST:
        return Reading(slash_order(t for t in texts if not _SHORT.fullmatch(t)), numbers, years)
    return Reading(slash_order(texts), numbers, years)


def witness(text: str) -> object:
    """
    What ``reading_of`` takes from one text; texts of the same are as good as each other.

    >>> witness("4/5/2020") == witness("5/4/2020"), witness("23-02-07") == witness("23-02-08")
    (True, False)
    """
    text = _stripped(text)
    short = _SHORT.fullmatch(text)
    return (
        slash_order([text]),
        *(reading_of([bare, text]).numbers for bare in ("45000", "1500000000")),
        None if short is None else (short[1], short[2], short[4]),
    )


def _stripped(text: str) -> str:
    return normalise(text).strip().lstrip("'")


def _years_of(texts: Iterable[str]) -> Years:
    """
    Where the years of two digits stand, told by all of a column's values.

    Numbers above 31 are years; a first number of one digit is a day or a month. Where nothing of
    this kind tells, days do: over a column they are spread over the month, which years are not.
    """
    pairs = set()
    last = first = False
    for found in filter(None, map(_SHORT.fullmatch, texts)):
        pairs.add((int(found[1]), int(found[4])))
        last |= len(found[1]) == 1 or int(found[4]) > _LONGEST_MONTH or _has_month_first(found)
        first |= int(found[1]) > _LONGEST_MONTH
    if not pairs:
        return Years.LAST
    firsts, lasts = [one for one, _ in pairs], [other for _, other in pairs]
    last |= _are_days(firsts, lasts)
    first |= _are_days(lasts, firsts)
    if last == first:
        return Years.UNCERTAIN
    return Years.FIRST if first else Years.LAST


def _has_month_first(found: re.Match[str]) -> bool:
    return found[2] != "." and int(found[3]) > 12  # noqa: PLR2004 - there are twelve months


def _are_days(numbers: Sequence[int], years: Sequence[int]) -> bool:
    """Whether numbers can only be days, when the ``years`` beside them are the other choice."""
    apart = max(numbers) - min(numbers) + 1
    spread = len(set(numbers)) >= _KINDS_OF_DAYS and apart > _DAYS_APART and max(numbers) >= _LATE
    if not spread or max(numbers) > _LONGEST_MONTH or set(years) <= _CUSTOMARY:
        return False
    return len(numbers) * log(apart / (max(years) - min(years) + 1)) >= log(_LIKELIER)


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
            month_first |= int(found[3]) > 12  # noqa: PLR2004
    if day_first == month_first:
        return SlashOrder.AMBIGUOUS
    return SlashOrder.DAY_FIRST if day_first else SlashOrder.MONTH_FIRST


def needs_order(text: str) -> bool:
    """
    Whether a cell is a date of which other cells tell where its day, month and year stand.

    >>> needs_order("4/5/2020"), needs_order("85.02.07"), needs_order("4.5.2020")
    (True, True, False)
    """
    text = _stripped(text)
    return _SLASHED.fullmatch(text) is not None or _SHORT.fullmatch(text) is not None


def is_open(text: str, reading: Reading) -> bool:
    """
    Whether the column does not tell either how this cell is to be read.

    >>> is_open("4/5/2020", Reading(SlashOrder.AMBIGUOUS)), is_open("4/5/2020", Reading(SlashOrder.DAY_FIRST))
    (True, False)
    """
    text = _stripped(text)
    if reading.years is not Years.LAST and _SHORT.fullmatch(text):
        return reading.years is Years.UNCERTAIN
    return reading.order is SlashOrder.AMBIGUOUS and _SLASHED.fullmatch(text) is not None


def _slashed(found: re.Match[str], order: SlashOrder) -> date | None:
    first, second, year = int(found[1]), int(found[3]), _year(found[4])
    if order is SlashOrder.DAY_FIRST:
        return _date(year, second, first)
    return _date(year, first, second) if order is SlashOrder.MONTH_FIRST else None


def _zoned(found: re.Match[str]) -> date | None:
    day = _date(int(found[1]), int(found[3] or found[5]), int(found[4] or found[6]))
    if day is None or found[10] is None:
        return day
    return _in_helsinki(day, int(found[7]), int(found[8]), found[10])


def _in_helsinki(day: date, hours: int, minutes: int, zone: str) -> date | None:
    """The day in Helsinki when it was that time of the day in a zone."""
    offset = timedelta(hours=_ZONES.get(zone, 0))
    if zone[0] in "+-":
        sign = -1 if zone[0] == "-" else 1
        past = int(zone[-2:]) if len(zone) > 3 else 0  # noqa: PLR2004 - `+02` has no minutes
        offset = sign * timedelta(hours=int(zone[1:3]), minutes=past)
    try:
        moment = datetime(day.year, day.month, day.day, hours, minutes, tzinfo=ZoneInfo("UTC"))
    except ValueError:
        return None
    return _reached(moment, -offset)


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
    return _in_helsinki(day, int(found["hours"]), int(found["minutes"]), found["zone"])


def _counted(text: str, numbers: Numbers) -> date | None:
    """A date written as a number."""
    if numbers in _ORIGINS and _SERIAL.fullmatch(text) and int(text[:5]) in _SERIALS:
        return _ORIGINS[numbers] + timedelta(days=int(text[:5]))
    if numbers is Numbers.UNIX and _UNIX.fullmatch(text):
        whole = len(text) == _MILLISECONDS and text.isdigit()
        return _moment(float(text) / (1000 if whole else 1))
    found = _OF_MICROSOFT.fullmatch(text)
    return None if found is None else _moment(int(found[1]) / 1000)


def _moment(seconds: float) -> date | None:
    """The day in Helsinki so many seconds after 1970 began."""
    return _reached(datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC")), timedelta(seconds=seconds))


def _reached(start: datetime, passed: timedelta) -> date | None:
    try:
        return (start + passed).astimezone(HELSINKI).date()
    except (ValueError, OverflowError):
        return None


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
