"""
Until when a request must be answered: Art. 12(3) GDPR, counted as Regulation 1182/71 has it.

One month from receipt, or three where the extension was told in time with reasons; the day of
receipt is not counted, a month that lacks the date ends with its last day, and a period that would
end on a Saturday, Sunday or public holiday ends with the next working day (Art. 3(4)).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["due", "in_future", "started"]

_PROMPT = 7  # days within which asking for proof of identity is without delay
_LONGEST = 5  # days: Christmas with its eve and a weekend
_YEARS = 8
_SATURDAY, _SUNDAY, _FRIDAY = 5, 6, 4


def started(requests: ir.Table) -> ir.DateValue:
    """The day from which the period runs: receipt, or the proof of identity asked for promptly."""
    asked, proved = requests.identity_asked_on, requests.identity_received_on
    prompt = asked <= requests.received_on + ibis.interval(_PROMPT, unit="D")
    return ibis.cases(
        ((prompt & (proved >= requests.received_on)).fill_null(False), proved),
        else_=requests.received_on,
    )


def due(start: ir.DateValue, months: int, as_of: date, *, eves: bool = False) -> ir.DateValue:
    """
    The last day for an answer, as an expression.

    ``eves`` counts Midsummer Eve and Christmas Eve as holidays, which national law does and the
    Regulation's list does not: an answer in time only because of an eve is in doubt.
    """
    last = _later(start, months, "M")
    weekday = last.day_of_week.index()
    return ibis.cases(
        *(
            (last.isin(days), _later(last, shift, "D"))
            for shift, days in _shifted(as_of.year, eves=eves)
        ),
        (weekday == _SATURDAY, _later(last, 2, "D")),
        (weekday == _SUNDAY, _later(last, 1, "D")),
        else_=last,
    )


def in_future(day: ir.DateValue, as_of: date) -> ir.BooleanValue:
    """Whether a day is after the audit's; a blank is not."""
    return (day > ibis.literal(as_of)).fill_null(False)


def _later(day: ir.DateValue, number: int, unit: str) -> ir.DateValue:
    # By way of a time: Ibis takes the sum for a date already, DuckDB for a time.
    return (day + ibis.interval(number, unit=unit)).cast("timestamp").cast("date")


@cache
def _shifted(year: int, *, eves: bool) -> tuple[tuple[int, tuple[date, ...]], ...]:
    """
    The days near a public holiday on which nobody works, by the days until somebody does.

    Listed, since an expression that looked ahead day by day would be a thousand times as long.
    """
    import holidays

    found = holidays.country_holidays("FI", years=range(year - _YEARS, year + 2), language="en_US")
    closed = {day for day in found if eves or not _is_eve(day)}
    near = {day + timedelta(days=n) for day in closed for n in range(-_LONGEST, 1)}
    shifts: dict[int, list[date]] = {}
    for day in sorted(near):
        then = day
        while then in closed or then.weekday() >= _SATURDAY:
            then += timedelta(days=1)
        if then != day:
            shifts.setdefault((then - day).days, []).append(day)
    return tuple((shift, tuple(days)) for shift, days in sorted(shifts.items()))


def _is_eve(day: date) -> bool:
    """Christmas Eve, or Midsummer Eve, the Friday of 19–25 June."""
    christmas = (day.month, day.day) == (12, 24)
    friday = day.weekday() == _FRIDAY
    return christmas or (friday and date(day.year, 6, 19) <= day <= date(day.year, 6, 25))
