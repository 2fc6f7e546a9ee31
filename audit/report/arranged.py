"""What the report's sections are made of: bars, checks with their places, tasks, mapped tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from audit.report.actions import Action
from audit.report.pictures import Grid, Stray, grid_of, strays_of

__all__ = ["Bar", "Conforming", "Group", "Mapped", "Place", "Segment", "Task", "bar_of", "mapped"]

Data = Mapping[str, Any]


class Segment(NamedTuple):
    """One part of a bar, in units of a bar that is 1 000 wide."""

    key: str
    n: int
    x: int
    width: int


class Bar(NamedTuple):
    """A stacked bar and what it adds up to."""

    segments: tuple[Segment, ...]
    total: int


def bar_of(counts: Iterable[tuple[str, int]]) -> Bar:
    """Parts side by side, none so thin that it cannot be seen."""
    given = [(key, n) for key, n in counts if n]
    total = sum(n for _, n in given)
    widths = [max(12, round(1000 * n / total)) for _, n in given]
    if widths:
        widths[widths.index(max(widths))] -= sum(widths) - 1000
    segments, x = [], 0
    for (key, n), width in zip(given, widths, strict=True):
        segments.append(Segment(key, n, x, width))
        x += width
    return Bar(tuple(segments), total)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where one finding stands, how often, and the first pieces of its evidence."""

    fingerprint: str
    table: str
    column: str | None
    category: str | None
    rule: str | None
    count: int
    examined: int
    unit: str
    filled: int | None
    """Filled cells, where the finding is the whole column."""
    rows: tuple[Data, ...]

    @property
    def more(self) -> int:
        """Pieces of evidence that are not among ``rows``."""
        return max(0, self.count - len(self.rows))


@dataclass(kw_only=True)
class Group:
    """One check and all that it found."""

    criterion: Data
    nonconforming: list[Place] = field(default_factory=list)
    observed: list[Place] = field(default_factory=list)
    conforming: list[Place] = field(default_factory=list)
    grade: str = ""
    clauses: dict[str, None] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The check's code."""
        return str(self.criterion["code"])

    @property
    def total(self) -> int:
        """Pieces of evidence of nonconformity."""
        return sum(place.count for place in self.nonconforming)

    @property
    def rules(self) -> list[str]:
        """The retention rules that were not kept."""
        return sorted({place.rule for place in self.nonconforming if place.rule})

    @property
    def observed_columns(self) -> dict[str, list[str]]:
        """Whole columns that were observed, by table."""
        found: dict[str, list[str]] = defaultdict(list)
        for place in self.observed:
            if place.filled is not None and place.column:
                found[place.table].append(place.column)
        return found

    def conforms(self, place: Place) -> int:
        """What conforms in a table: all that was examined but for what was observed there."""
        doubtful = sum(p.count for p in self.observed if p.table == place.table)
        return max(0, place.examined - doubtful)

    @property
    def confirmed(self) -> Conforming:
        """All that conforms, in one line."""
        return Conforming(
            self.code,
            sum(self.conforms(place) for place in self.conforming),
            sum(place.examined for place in self.conforming),
            tuple(dict.fromkeys(p.table for p in self.conforming if p.unit != "notice")),
        )


class Conforming(NamedTuple):
    """What one check confirmed, over all the tables that it looked at."""

    code: str
    ok: int
    examined: int
    tables: tuple[str, ...]
    """None of them where the notice itself was looked at."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to do by one day, and the checks whose findings call for it."""

    action: Action
    by: date
    groups: tuple[Group, ...]

    @property
    def total(self) -> int:
        """Places to see to."""
        return sum(group.total for group in self.groups)


#: A column, what else stands in its cells, and how many cells hold anything further.
Described: TypeAlias = "tuple[Data, tuple[Stray, ...], int]"
_WORTH_FOLDING = 3


def _deviates(one: Described) -> bool:
    column, strays, _ = one
    undeclared = column["declared"] is False and column["category"] and column["filled"]
    return bool(undeclared) or any(stray.deviates for stray in strays)


class Mapped(NamedTuple):
    """A table as the data map shows it."""

    name: str
    rows: int
    grid: Grid
    columns: tuple[Described, ...]
    """Each column, what else stands in its cells, and how many cells hold anything further."""

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Columns that the notice declares and does not, and cells with data that deviates."""
        declared = [column["declared"] for column, _, _ in self.columns if column["filled"]]
        cells = sum(s.n for _, strays, _ in self.columns for s in strays if s.deviates)
        return ("yes", declared.count(True)), ("no", declared.count(False)), ("cells", cells)

    @property
    def parts(self) -> tuple[tuple[Described, ...], ...]:
        """The columns that deviate, and all others; all together where one of the two is short."""
        apart = tuple(one for one in self.columns if _deviates(one))
        rest = tuple(one for one in self.columns if not _deviates(one))
        return (apart, rest) if apart and len(rest) >= _WORTH_FOLDING else (self.columns,)

    @property
    def ground(self) -> str | None:
        """On what all columns were recognised, where that is one and the same."""
        grounds = {str(column["ground"] or "") for column, _, _ in self.columns}
        return grounds.pop() if len(grounds) == 1 and len(self.columns) > 1 else None

    @property
    def mixed(self) -> bool:
        """Whether cells of any column hold something else too."""
        return any(strays or other for _, strays, other in self.columns)

    @property
    def deviates(self) -> bool:
        """Whether anything in the table is not as the notice says."""
        return any(n for key, n in self.counts if key != "yes")


def mapped(table: Data, findings: Iterable[Data]) -> Mapped:
    """A table of the data map, with what its findings say of each column."""
    strays = strays_of(table, findings)
    columns = tuple(
        (column, found, max(0, column["cells_found"] - sum(stray.n for stray in found)))
        for column in table["columns"]
        for found in [tuple(strays.get(column["header"], ()))]
    )
    return Mapped(table["name"], table["rows"], grid_of(table, findings), columns)
