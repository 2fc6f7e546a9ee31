"""Which rows of a table are given a case, and what an audit must then find there."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, NamedTuple

from audit.sample.invented import Invented

__all__ = ["Cases", "Expected", "load", "places"]


class Expected(NamedTuple):
    """One piece of evidence that an audit must give."""

    check: str
    table: str
    row: int | None
    """1-based data row; None for a column, and for a line that is no record."""
    column: str | None
    category: str | None
    result: str = "nonconformity"
    line: int | None = None
    """Only of a line that is no record."""
    clause: str | None = None
    """Only of the notice: ``table`` is then its file."""
    file: str | None = None
    """Only where the file's name is not that of its table."""

    @property
    def source(self) -> str:
        """The file in which it stands."""
        return self.file or (self.table if self.table.endswith(".yaml") else f"{self.table}.csv")


@cache
def load(name: str) -> dict[str, Any]:
    """The data file ``<name>.toml`` of this folder."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


def places(kind: str, table: str, rows: int, seed: int) -> dict[int, int]:
    """
    Which of ``rows`` rows is given which case.

    Every case stands in the table thrice at least, if it is long enough, and in larger tables on
    one row of a hundred together. The first row is nobody's, so that no column is empty.
    """
    count = len(load(kind)[table])
    wanted = min((rows - 1) // 2, max(3 * count, rows // 100))
    chosen = Random(f"{seed}/{kind}/{table}/places").sample(range(1, rows), wanted)
    return {row: number % count for number, row in enumerate(chosen)}


class Cases:
    """The cases of one kind for one table, ready to be written over its rows."""

    def __init__(
        self, kind: str, table: str, columns: tuple[str, ...], rows: int, seed: int
    ) -> None:
        self.at = places(kind, table, rows, seed)
        self.found: list[Expected] = []
        self._table = table
        self._columns = columns
        self._random = Random(f"{seed}/{kind}/{table}/values")
        self._cases = [
            (
                {name: text for name, text in case.items() if name in columns},
                [tuple(found) for found in case.get("finds", ())],
            )
            for case in load(kind)[table]
        ]

    def apply(self, row: int, cells: list[str]) -> None:
        """Write the case of ``row`` (0-based) over its cells."""
        changes, finds = self._cases[self.at[row]]
        own = dict(zip(self._columns, cells, strict=True))
        invented = Invented(self._random, own)
        # Blanks first: "somebody else's" depends on whether the row has its own.
        for name, text in sorted(changes.items(), key=lambda change: change[1] != ""):
            own[name] = text.format_map(invented)
        cells[:] = own.values()
        for check, column, *rest in finds:
            category = rest[0] if rest else None
            result = rest[1] if len(rest) > 1 else "nonconformity"
            self.found.append(Expected(check, self._table, row + 1, column, category, result))
