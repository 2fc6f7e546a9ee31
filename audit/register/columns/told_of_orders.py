"""
What the days of orders, hires and repairs tell in company: which came first, and which last.

A hire has the days on which it was to start and to end, and those on which the thing was taken and
given back. It was ordered on the first, and what a rule calls its end is the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from audit.register.columns.concepts import may_mean
from audit.register.columns.told_roles import are_days
from audit.register.dates import read_date
from audit.register.model import Column, Role

__all__ = ["with_told_of_orders"]

_DAYS = (Role.ORDERED_ON, Role.VISIT)


def with_told_of_orders(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], kind: str
) -> list[Column]:
    """
    The columns of orders, where several head the day of an order or of a visit, by their order.

    >>> hires = [Column(header=n, role=Role.VISIT) for n in ("Starts", "PickupDate", "ReturnDate")]
    >>> rows = [["2026-01-02", "2026-01-02", "2026-01-05"], ["2026-01-03", "2026-01-03", "2026-01-04"],
    ...         ["2026-02-03", "2026-02-03", ""], ["2026-02-03", "2026-02-03", "2026-02-09"]]
    >>> [column.role and column.role.value for column in with_told_of_orders(hires, rows, "orders")]
    ['ordered_on', None, 'visit']
    """
    found = list(columns)
    if kind != "orders":
        return found
    places = [n for n, column in enumerate(found) if column.role in _DAYS and not _is_due(column)]
    days = {n: [read_date(row[n].strip()) for row in rows] for n in places if _has_days(rows, n)}
    visits = [n for n in days if found[n].role is Role.VISIT]
    if not visits:
        return found
    last = max(days, key=lambda n: (_after(n, days), n in visits, n))
    first = max(days, key=lambda n: (_after(n, days, sign=-1), n not in visits, -n))
    if last == first or (last not in visits and _after(last, days) <= _after(visits[-1], days)):
        return found
    for n in days:
        role = {last: Role.VISIT, first: Role.ORDERED_ON}.get(n)
        found[n] = found[n].model_copy(update={"role": role, "category": "technical"})
    return found


def _is_due(column: Column) -> bool:
    """Whether a day is only that by which something is to be done."""
    return may_mean(column.header, "due")


def _has_days(rows: Sequence[Sequence[str]], n: int) -> bool:
    return are_days([row[n].strip() for row in rows if row[n].strip()])


def _after(n: int, days: dict[int, list[date | None]], sign: int = 1) -> int:
    """In how many more records a day is after another than before one; the reverse with ``sign`` -1."""
    of = days[n]
    return sum(
        sign * ((one > other) - (one < other))
        for m, others in days.items()
        if m != n
        for one, other in zip(of, others, strict=True)
        if one is not None and other is not None
    )
