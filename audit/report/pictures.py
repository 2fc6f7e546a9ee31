"""
The geometry of the report's pictures: bars over time, the map of columns, the trend of audits.

Whole units of the drawing, left to right and top to bottom. Templates draw and word them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from audit.report.retention import Schedule

__all__ = ["Cell", "Grid", "Mark", "Timeline", "Trend", "grid_of", "timeline_of", "trend_of"]

_HEIGHT = 120
_SLOT = 26
_LEAST = 3  # a bar that is there can be seen
_MONTHS_AHEAD = 12


class Mark(NamedTuple):
    """One bar or point, with what it stands for."""

    label: str
    """A year, ``2016``; a month, ``2027-01``; or a day."""
    kind: str
    n: int
    x: int
    y: int
    height: int


class Timeline(NamedTuple):
    """Records past their time by year, then those that fall due by month."""

    marks: tuple[Mark, ...]
    width: int
    height: int
    now: int
    """Where the day of the audit is."""


class Cell(NamedTuple):
    """What one column holds of one category."""

    kind: str
    """``declared``, ``undeclared``, ``technical`` or ``stray``."""
    n: int
    x: int
    y: int


class Grid(NamedTuple):
    """The columns of a table against the categories that stand in them."""

    columns: tuple[str, ...]
    categories: tuple[str, ...]
    cells: tuple[Cell, ...]


class Trend(NamedTuple):
    """Nonconformities of this audit and of earlier ones, oldest first."""

    audits: tuple[Mapping[str, Any], ...]
    points: tuple[Mark, ...]
    width: int
    height: int

    def line(self, kind: str) -> str:
        """The points of one kind as a polyline."""
        return " ".join(f"{p.x},{p.y}" for p in self.points if p.kind == kind)


def timeline_of(schedule: Schedule, as_of: date) -> Timeline:
    """
    The bars of a schedule; of the months ahead every one has its place, also where none is due.

    >>> [mark.label for mark in timeline_of(Schedule(past=(("2016", 3),)), date(2026, 11, 22)).marks][:2]
    ['2016', '2026-11']
    """
    due = dict(schedule.due)
    months = list(_months(as_of)) if due or schedule.past else []
    bars = [(year, "past", n) for year, n in schedule.past]
    bars += [(month, "due", due.get(month, 0)) for month in months]
    most = max((n for _, _, n in bars), default=0)
    marks: list[Mark] = []
    x = now = 0
    for label, kind, n in bars:
        if kind == "due" and not now:
            x = now = x + _SLOT // 2 if marks else 0
        height = max(_LEAST, round(_HEIGHT * n / most)) if n else 0
        marks.append(Mark(label, kind, n, x, _HEIGHT - height, height))
        x += _SLOT
    return Timeline(tuple(marks), max(x, 1), _HEIGHT, now)


def _months(as_of: date) -> Iterable[str]:
    for n in range(_MONTHS_AHEAD + 1):
        year, month = divmod(as_of.year * 12 + as_of.month - 1 + n, 12)
        yield f"{year}-{month + 1:02d}"


def grid_of(table: Mapping[str, Any], findings: Iterable[Mapping[str, Any]]) -> Grid:
    """A table's map: what each column is for, and what else stands in its cells."""
    columns = [column["header"] for column in table["columns"]]
    strays: dict[tuple[str, str], int] = {}
    for finding in findings:
        if (
            finding["table"] == table["name"]
            and finding["unit"] == "cells"
            and finding.get("column") in columns
            and finding.get("category")
            and finding["result"] in ("nonconformity", "observation", "waived")
        ):
            key = (finding["column"], finding["category"])
            strays[key] = strays.get(key, 0) + finding["count"]
    own = [column["category"] for column in table["columns"] if column["category"]]
    found = dict.fromkeys([*own, *(category for _, category in strays)])
    # What is technical says nothing of people: it stands last.
    categories = sorted(found, key=lambda key: key == "technical")
    place = {key: n for n, key in enumerate(categories)}
    cells = [
        Cell(_kind(column), column["filled"], x, place[column["category"]])
        for x, column in enumerate(table["columns"])
        if column["category"]
    ]
    cells += [
        Cell("stray", n, columns.index(column), place[category])
        for (column, category), n in strays.items()
    ]
    return Grid(tuple(columns), tuple(categories), tuple(cells))


def _kind(column: Mapping[str, Any]) -> str:
    if column["category"] == "technical" or column["declared"] is None:
        return "technical"
    return "declared" if column["declared"] else "undeclared"


def trend_of(audits: Sequence[Mapping[str, Any]]) -> Trend | None:
    """The trend over two audits or more, each with ``as_of``, ``major`` and ``minor``; else None."""
    if len(audits) < 2:  # noqa: PLR2004 - one audit has no trend
        return None
    ordered = sorted(audits, key=lambda audit: audit["as_of"])
    most = max(max(audit["major"], audit["minor"]) for audit in ordered) or 1
    step = max(60, 480 // (len(ordered) - 1))
    points = [
        Mark(
            audit["as_of"],
            kind,
            audit[kind],
            n * step,
            _HEIGHT - round(_HEIGHT * audit[kind] / most),
            0,
        )
        for n, audit in enumerate(ordered)
        for kind in ("major", "minor")
    ]
    return Trend(tuple(ordered), tuple(points), step * (len(ordered) - 1), _HEIGHT)
