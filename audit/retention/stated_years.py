"""The financial years that a notice itself states: "our financial year is the calendar year"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from audit.notice.model import Notice
from audit.plan.financial_years import FinancialYear
from audit.vocabulary import load

__all__ = ["financial_years_said"]

_YEAR = (
    r"(?:tilikau\w*|tilivuo\w*|räkenskaps(?:period|år)\w*|bokföringsår\w*|"
    r"(?:financial|fiscal|accounting) (?:year|period)s?)"
)
_CALENDAR = r"(?:kalenterivuo\w*|kalenderår\w*|calendar years?)"
_IS = r"(?:on|vastaa|noudattaa|är|motsvarar|följer|sammanfaller med|is|equals|follows|matches|coincides with|corresponds to)"
_SAID = re.compile(
    rf"\b{_YEAR}(?:[^\S\n]+\w+){{0,2}}?\s+{_IS}\s+(?:aina\s+|alltid\s+|always\s+|the\s+|a\s+|our\s+)?{_CALENDAR}"
    # "(tilikausi kalenterivuosi)" leaves out the verb.
    rf"|\b(?:tilikausi(?:mme)?|räkenskaps(?:perioden|året)|financial year)\s*[=:–—-]?\s*"
    rf"(?:kalenterivuosi|kalenderår(?:et)?|calendar year)\s*(?:[).,;]|$)"
    # "Tilikauden (kalenterivuosi) päättymisestä", in passing.
    rf"|\b{_YEAR}\s*\((?:{_IS}\s+)?{_CALENDAR}\)"
    rf"|\b{_CALENDAR}\s+{_IS}\s+(?:myös\s+|även\s+|also\s+|our\s+|vår\s+|yhtiön\s+|yrityksen\s+)?{_YEAR}",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"\b{_YEAR}[^.;\n]{{0,40}}?\b(\d{{1,2}})\.(\d{{1,2}})\.?\s*(?:[-–—]|till|to)\s*(\d{{1,2}})\.(\d{{1,2}})\b",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    rf"\b{_YEAR}[^.;\n]{{0,40}}?\b(\d{{1,2}})(?:st|nd|rd|th)? ([a-z]{{3,9}})\s*(?:[-–—]|till|to|until)\s*"
    r"(?:the )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\b",
    re.IGNORECASE,
)
# "Our financial year ends on 30 June": the next one begins the day after.
_ENDS = re.compile(
    rf"\b{_YEAR}(?:[^\S\n]+\w+){{0,2}}?\s+(?:päättyy|loppuu|slutar|avslutas|upphör|går ut|ends?|closes)"
    r"(?:\s+(?:aina|vuosittain|alltid|årligen|always|each year|every year|on|the|den))*\s+"
    r"(\d{1,2})(?:st|nd|rd|th)?(?:\.(\d{1,2})\b|\.?\s+(?:of\s+)?([^\W\d_]{3,12}))",
    re.IGNORECASE,
)
_FIRST = 1990
"""The year with which the run begins: older vouchers are long past every minimum."""


def financial_years_said(notice: Notice, as_of: date) -> tuple[FinancialYear, ...]:
    """
    The run of years that the notice's own words tell, up to the year after the audit's; or none.

    Only years of twelve months are told so: a long or a changed year stands in the plan.
    """
    texts = [clause.words for clause in notice.clauses]
    texts += [rule.text for rule in notice.retention if rule.text]
    for text in texts:
        start = _start(" ".join(text.split()))
        if start is not None:
            month, day = start
            first, after = date(_FIRST, month, day), date(as_of.year + 2, month, day)
            last = date.fromordinal(after.toordinal() - 1)
            return (FinancialYear(start=first, end=last, yearly=True),)
    return ()


def _start(text: str) -> tuple[int, int] | None:
    """Month and day on which the years begin, where a text tells it."""
    if _SAID.search(text):
        return (1, 1)
    if found := _ENDS.search(text):
        return _day_after(int(found[1]), int(found[2]) if found[2] else _month(found[3]))
    if found := _SPAN.search(text):
        day, month = int(found[1]), int(found[2])
    elif found := _IN_WORDS.search(text):
        named = _month(found[2])
        if named is None or _month(found[4]) is None:
            return None
        day, month = int(found[1]), named
    else:
        return None
    return (month, day) if day == 1 and 1 <= month <= 12 else None  # noqa: PLR2004 - December


def _day_after(day: int, month: int | None) -> tuple[int, int] | None:
    """
    Month and day of the first day after the last of a year, where that is a month's.

    >>> _day_after(30, 6), _day_after(31, 12), _day_after(28, 2), _day_after(15, 6)
    ((7, 1), (1, 1), (3, 1), None)
    """
    if month is None or not 1 <= month <= _MONTHS or not 1 <= day <= monthrange(2023, month)[1]:
        return None
    last = monthrange(2023, month)[1]
    return (month % _MONTHS + 1, 1) if day == last else None


_MONTHS = 12


def _month(word: str) -> int | None:
    known = load("months")
    for names in known.values():
        for number, name in enumerate(names, 1):
            if name.startswith(word.casefold()[:3]) and len(word) >= len(_SHORTEST):
                return number
    return None


_SHORTEST = "jan"
