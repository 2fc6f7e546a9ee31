"""The day in Helsinki at a moment that was written down in any zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["ZONES", "day_of_moment", "in_helsinki"]

#: Hours before UTC, of zones that programs abbreviate.
ZONES = {"EET": 2, "EEST": 3}
_HELSINKI = ZoneInfo("Europe/Helsinki")


def in_helsinki(day: date, hours: int, minutes: int, zone: str) -> date | None:
    """
    The day in Helsinki when it was that time of the day in a zone: None where there is no such time.

    >>> in_helsinki(date(2026, 1, 1), 23, 30, "Z"), in_helsinki(date(2026, 1, 1), 23, 30, "+0200")
    (datetime.date(2026, 1, 2), datetime.date(2026, 1, 1))
    """
    if "/" in zone:
        return _at(day, hours, minutes, zone)
    offset = timedelta(hours=ZONES.get(zone, 0))
    if zone[0] in "+-":
        sign = -1 if zone[0] == "-" else 1
        past = int(zone[-2:]) if len(zone) > 3 else 0  # noqa: PLR2004 - `+02` has no minutes
        offset = sign * timedelta(hours=int(zone[1:3]), minutes=past)
    return _at(day, hours, minutes, "UTC", -offset)


def _at(
    day: date, hours: int, minutes: int, zone: str, later: timedelta = timedelta()
) -> date | None:
    try:
        moment = datetime(day.year, day.month, day.day, hours, minutes, tzinfo=ZoneInfo(zone))
    except (ValueError, ZoneInfoNotFoundError):
        return None
    return _reached(moment, later)


def day_of_moment(seconds: float) -> date | None:
    """The day in Helsinki so many seconds after 1970 began."""
    return _reached(datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC")), timedelta(seconds=seconds))


def _reached(start: datetime, passed: timedelta) -> date | None:
    try:
        return (start + passed).astimezone(_HELSINKI).date()
    except (ValueError, OverflowError):
        return None
