"""
Financial years, and the days until which bookkeeping law requires material to be kept at least.

The periods are counted from the end of the financial year, never from a document's own date: so
without the financial years of the plan nothing is computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, model_validator

from audit.vocabulary import load

__all__ = ["FinancialYear", "Year", "minimum_until", "years"]

_LONGEST = timedelta(days=550)  # eighteen months, Kirjanpitolaki 1:4 §


class Year(NamedTuple):
    """One financial year, both days included."""

    start: date
    end: date


class FinancialYear(BaseModel):
    """
    A financial year of the plan, or with ``yearly`` a run of years of twelve months.

    A bare date is the end of a year that begins the day after the one before it ended.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    start: date | None = None
    """Its first day; without it the day after the year before it, or a year before its end."""
    end: date
    """Its last day."""
    yearly: bool = False
    """Whether ``start`` to ``end`` is a run of years of twelve months."""

    @model_validator(mode="before")
    @classmethod
    def _a_bare_date_is_an_end(cls, said: Any) -> Any:
        return said if isinstance(said, dict | cls) else {"end": said}

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if self.start is None:
            if self.yearly:
                raise ValueError("a run of years needs `start`, the first day of the first")
            return self
        if self.start > self.end:
            raise ValueError("`start` is after `end`")
        if not self.yearly and self.end - self.start > _LONGEST:
            raise ValueError("a financial year has eighteen months at most; `yearly` is for a run")
        return self


def years(said: Iterable[FinancialYear]) -> list[Year]:
    """
    The financial years in their order, each with its first day.

    >>> [str(one.start) for one in years([FinancialYear(end=date(2016, 6, 30)), FinancialYear(end=date(2017, 12, 31))])]
    ['2015-07-01', '2016-07-01']
    """
    found: list[Year] = []
    for one in sorted(said, key=lambda one: one.end):
        if one.yearly and one.start is not None:
            found += _twelve_months_each(one.start, one.end)
            continue
        before = found[-1].end if found else None
        start = one.start or (before and before + timedelta(days=1)) or _a_year_before(one.end)
        if one.start is None and one.end - start > _LONGEST:
            start = _a_year_before(one.end)  # the years between were not told
        found.append(Year(start, one.end))
    return found


def _twelve_months_each(start: date, end: date) -> Iterator[Year]:
    while start <= end:
        last = _same_day(start, start.year + 1) - timedelta(days=1)
        yield Year(start, min(last, end))
        start = last + timedelta(days=1)


def _a_year_before(end: date) -> date:
    after = end + timedelta(days=1)
    return _same_day(after, after.year - 1)


def _same_day(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def minimum_until(material: str, year_ended: date) -> date:
    """
    The last day on which the law requires ``material`` of a financial year to be kept.

    >>> minimum_until("voucher", date(2024, 3, 31)), minimum_until("book", date(2024, 3, 31))
    (datetime.date(2030, 12, 31), datetime.date(2034, 3, 31))
    """
    for rule in load("retention")["minimum"]:
        in_force = rule["valid_from"] <= year_ended <= rule.get("valid_to", date.max)
        # A year that ended before the rule came into force is long past every minimum.
        if rule["material"] == material and (in_force or year_ended < rule["valid_from"]):
            if rule["counted_from"] == "end_of_financial_year":
                leap = (year_ended.month, year_ended.day) == (2, 29)
                day = 28 if leap else year_ended.day
                return year_ended.replace(year=year_ended.year + rule["years"], day=day)
            return date(year_ended.year + rule["years"], 12, 31)
    raise KeyError(material)
