"""
The geometry of the report's pictures: bars over time, the map of columns, the trend of audits.

Whole units of the drawing, left to right and top to bottom. Templates draw and word them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import cos, radians, sin
from typing import Any, NamedTuple

from audit.report.retention import Schedule

__all__ = [
    "Cell",
    "Grid",
    "Mark",
    "Stray",
    "Timeline",
    "Trend",
    "grid_of",
    "strays_of",
    "timeline_of",
    "trend_of",
]

_HEIGHT = 120
_DAY_WIDTH = 86  # of a day and its month, as the longest language writes them
_YEAR, _MONTH = 34, 30  # px that one takes
_GAP = 18  # between years and months, which are not to one scale
_LEAST = 3  # a bar that is there can be seen
_MONTHS_AHEAD = 12
_YEARS = 24
"""Years back that have a place each; what is older stands together."""
_STEP = 30
_LETTER = 6.2  # width of a letter of 11 px, on average
_SLANT = 50  # degrees of the labels above columns
_LONGEST_LABEL = 30
_WORTH_DRAWING = 3  # categories


class Mark(NamedTuple):
    """One bar or point, with what it stands for."""

    label: str
    """A year, ``2016``; a month, ``2027-01``; or a day."""
    kind: str
    n: int
    x: int
    """Its middle."""
    y: int
    height: int


class Timeline(NamedTuple):
    """Records past their time by year, then those that fall due by month."""

    marks: tuple[Mark, ...]
    width: int
    height: int
    now: int
    """Where the day of the audit is."""

    def first_of_year(self, mark: Mark) -> bool:
        """Whether a month is the first that is drawn of its year, which then stands under it."""
        same = [m for m in self.marks if m.kind != "past" and m.label[:4] == mark.label[:4]]
        return bool(same) and same[0] == mark


class Stray(NamedTuple):
    """Cells of a column in which data of another category stands."""

    category: str
    n: int
    deviates: bool


class Cell(NamedTuple):
    """What one column holds of one category."""

    kind: str
    """``declared``, ``undeclared``, ``silent``, ``stray`` or ``noted``."""
    n: int
    x: int
    y: int


class Grid(NamedTuple):
    """The columns of a table that hold data of people, against the categories of it."""

    columns: tuple[str, ...]
    categories: tuple[str, ...]
    cells: tuple[Cell, ...]
    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0
    step: int = _STEP


class Trend(NamedTuple):
    """Nonconformities of this audit and of earlier ones, oldest first."""

    audits: tuple[Mapping[str, Any], ...]
    points: tuple[Mark, ...]
    width: int
    height: int

    def label_y(self, point: Mark) -> int:
        """Where a point's number stands: over the upper line, under the lower one."""
        others = [p for p in self.points if p.x == point.x and p.kind != point.kind]
        under = any(p.y < point.y or (p.y == point.y and p.kind == "major") for p in others)
        return point.y + 18 if under else point.y - 9

    def line(self, kind: str) -> str:
        """The points of one kind as a polyline."""
        return " ".join(f"{p.x},{p.y}" for p in self.points if p.kind == kind)


def timeline_of(schedule: Schedule, as_of: date) -> Timeline:
    """
    The bars of a schedule along time: every year and every month has its place, also the empty ones.

    >>> marks = timeline_of(Schedule(past=(("2024", 3),)), date(2026, 11, 22)).marks
    >>> [mark.label for mark in marks][:4]
    ['2024', '2025', '2026', '2026-11']
    """
    if not (schedule.past or schedule.lapsed or schedule.due):
        return Timeline((), 1, _HEIGHT, 0)
    lapsed, due = dict(schedule.lapsed), dict(schedule.due)
    this = f"{as_of:%Y-%m}"
    before = _months(min(lapsed), this) if lapsed else []
    # Of an older export nobody knows more than what was due within a year of it.
    ahead = _months(this, max(due, default=this) if lapsed else _later(this, _MONTHS_AHEAD))
    bars = [(year, "past", n) for year, n in _years(schedule.past, as_of.year)]
    bars += [(month, "lapsed", lapsed.get(month, 0)) for month in before]
    bars += [(month, "due", due.get(month, 0)) for month in ahead]
    most = max(n for _, _, n in bars) or 1
    marks: list[Mark] = []
    x = now = 0
    for label, kind, n in bars:
        if marks and marks[-1].kind != kind:
            x += _GAP
        now = now or (x if kind == "due" else 0)
        slot = _YEAR if kind == "past" else _MONTH
        height = max(_LEAST, round(_HEIGHT * n / most)) if n else 0
        marks.append(Mark(label, kind, n, x + slot // 2, _HEIGHT - height, height))
        x += slot
    return Timeline(tuple(marks), x, _HEIGHT, now - _GAP // 2 if now else 0)


def _years(past: Sequence[tuple[str, int]], last: int) -> list[tuple[str, int]]:
    """Each year from the first to ``last``; what is very old in one, as ``–1990``."""
    if not past:
        return []
    known = {int(year): n for year, n in past}
    since = max(min(known), last - _YEARS)
    older = sum(n for year, n in known.items() if year < since)
    every = [(str(year), known.get(year, 0)) for year in range(since, max(last, *known) + 1)]
    return [(f"–{since - 1}", older), *every] if older else every


def _months(first: str, last: str) -> list[str]:
    found = [first]
    while found[-1] < last:
        found.append(_later(found[-1], 1))
    return found


def _later(month: str, months: int) -> str:
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + months, 12)
    return f"{year}-{number + 1:02d}"


def strays_of(
    table: Mapping[str, Any], findings: Iterable[Mapping[str, Any]]
) -> dict[str, list[Stray]]:
    """
    By column, the cells that hold something else than the column, the most first.

    What a whole column holds, and what is implausible in it, is no other data.
    """
    own = {column["header"]: column["category"] for column in table["columns"]}
    counted: dict[tuple[str, str], list[int]] = {}
    for finding in findings:
        column, category = str(finding.get("column", "")), finding.get("category")
        if (
            finding["table"] == table["name"]
            and finding["unit"] in ("cells", "records")
            and column in own
            and category
            and category not in ("technical", own[column])
            and finding["result"] in ("nonconformity", "observation", "waived")
        ):
            counts = counted.setdefault((column, category), [0, 0])
            counts[0] += finding["count"]
            counts[1] += finding["result"] == "nonconformity"
    found: dict[str, list[Stray]] = {}
    for (column, category), (n, deviating) in counted.items():
        found.setdefault(column, []).append(Stray(category, n, bool(deviating)))
    return {column: sorted(strays, key=lambda s: -s.n) for column, strays in found.items()}


def grid_of(table: Mapping[str, Any], findings: Iterable[Mapping[str, Any]]) -> Grid:
    """A table's map: what each column is for, and what else stands in its cells."""
    strays = strays_of(table, findings)
    shown = [
        column for column in table["columns"] if _of_people(column) or strays.get(column["header"])
    ]
    own = [column["category"] for column in shown if _of_people(column)]
    categories = tuple(
        dict.fromkeys([*own, *(stray.category for column in strays.values() for stray in column)])
    )
    place = {key: n for n, key in enumerate(categories)}
    cells = [
        Cell(_kind(column), column["filled"], x, place[column["category"]])
        for x, column in enumerate(shown)
        if _of_people(column)
    ]
    cells += [
        Cell("stray" if stray.deviates else "noted", stray.n, x, place[stray.category])
        for x, column in enumerate(shown)
        for stray in strays.get(column["header"], ())
    ]
    headers = tuple(column["header"] for column in shown)
    # Little to see, and all of it well: the table says it as fast.
    well = all(cell.kind == "declared" for cell in cells)
    if len(cells) == 1 or (well and len(categories) < _WORTH_DRAWING):
        return Grid((), (), ())
    # Labels rise to the right: the picture has room for each of them.
    slant = [min(len(header), _LONGEST_LABEL) * _LETTER for header in headers]
    top = round(max(slant, default=0) * sin(radians(_SLANT))) + 24
    right = max(
        (x * _STEP + _STEP + length * cos(radians(_SLANT)) for x, length in enumerate(slant)),
        default=0,
    )
    left = 210  # the longest names of categories have 31 letters
    return Grid(
        headers,
        categories,
        tuple(cells),
        left,
        top,
        left + max(round(right) + 8, len(headers) * _STEP),
        top + len(categories) * _STEP + 6,
    )


def _of_people(column: Mapping[str, Any]) -> bool:
    return bool(column["filled"]) and column["category"] not in (None, "technical")


def _kind(column: Mapping[str, Any]) -> str:
    if column["declared"] is None:
        return "silent"
    return "declared" if column["declared"] else "undeclared"


def trend_of(audits: Sequence[Mapping[str, Any]]) -> Trend | None:
    """The trend over two audits or more, each with ``as_of``, ``major`` and ``minor``; else None."""
    if len(audits) < 2:  # noqa: PLR2004 - one audit has no trend
        return None
    ordered = sorted(audits, key=lambda audit: audit["as_of"])
    most = max(max(audit["major"], audit["minor"]) for audit in ordered) or 1
    step = max(_DAY_WIDTH, min(150, 270 // (len(ordered) - 1)))  # a few audits fit a phone
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
