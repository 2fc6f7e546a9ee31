"""What the pass kept is examined, cell by cell, and its text is dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audit.categories.chance import passes_by_chance, resembled
from audit.categories.examine import Cell, Examiner
from audit.engine.duckdb import Engine, quoted
from audit.engine.patterns import exact_patterns, used_markers
from audit.engine.projection import MASK_BITS, date_columns
from audit.engine.roles import hide_keys, key_place
from audit.register.model import Role, Table

__all__ = ["Examined", "by_chance", "count_filled", "examine", "promote"]

_BATCH = 5000
_FEW = 1000  # rows; to read so many takes less time than to make ready what tells those apart
_PROMOTED_FROM = 0.9  # share of a column's filled cells that makes it a column of that category


@dataclass(frozen=True, kw_only=True)
class Examined:
    """What was established of the rows that the pass kept; no text but of what is no date yet."""

    rows: int
    whole: Counter[tuple[int, str]] = field(default_factory=Counter)
    """Cells that are wholly of a category, by column."""
    alike: Counter[tuple[int, str, int]] = field(default_factory=Counter)
    """Cells that are so but perhaps for a check digit, by column, and by one in how many has it."""
    texts: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """By role, the rows and the cells that are no date yet."""


def examine(engine: Engine, table: Table, place: int, examiner: Examiner) -> Examined:
    """
    Decide the rows that the pass kept, then drop their text.

    Where they are many, those that the sieve passed for a word's beginning are told first.
    """
    key, dates = key_place(table), date_columns(table)
    whole: Counter[tuple[int, str]] = Counter()
    alike: Counter[tuple[int, str, int]] = Counter()
    examined, masked = 0, []
    texts: dict[str, list[tuple[int, str]]] = {role: [] for _, role in dates}
    reader = engine.connection.cursor()
    typed = "".join(f", {role} IS NULL" for _, role in dates)
    passed = f"FROM scanned_{place} WHERE candidates IS NOT NULL"
    [(many,)] = engine.rows(f"SELECT count(*) {passed}")
    if many > _FEW and not engine.names:  # each is matched in less time than it is read here
        patterns = [
            f"regexp_matches(candidates, {quoted(p)})" for p in exact_patterns(table.columns)
        ]
        passed += f" AND ({' OR '.join(patterns)})"
    reader.execute(f"SELECT rowid + 1, candidates{typed} {passed}")
    # A control character that stands before no cell of this table may stand in one.
    apart = str.maketrans(dict.fromkeys(map(ord, used_markers(table.columns)), "\x1f"))
    while batch := reader.fetchmany(_BATCH):
        found: list[tuple[int, Cell]] = []
        read: list[tuple[int, list[str]]] = []
        for row, joined, *untyped in batch:
            cells = joined.translate(apart).split("\x1f")[1:]
            read += [(row, cells)] if engine.names else []
            found += [(row, cell) for cell in examiner.row(cells)]
            alike.update(
                (at, *one) for at, text in enumerate(cells) for one in resembled(text.strip())
            )
            for (at, role), missing in zip(dates, untyped, strict=True):
                if missing and cells[at].strip():
                    texts[role].append((row, cells[at]))
        examined += len(batch)
        whole.update((cell.column, cell.category) for _, cell in found if cell.whole)
        masked += [row for row, cell in found if cell.column == key]
        if engine.names:
            found = engine.names.cells(table, read, found)
        _add_cells(engine, table, found)
    reader.close()
    if masked:  # a key that holds somebody's details is not shown
        hide_keys(engine, table, place, masked)
    engine.run(f"ALTER TABLE scanned_{place} DROP COLUMN candidates")
    return Examined(rows=examined, whole=whole, alike=alike, texts=texts)


def _add_cells(engine: Engine, table: Table, found: list[tuple[int, Cell]]) -> None:
    if not found:
        return
    engine.insert(
        "cells",
        (
            (
                table.name,
                row,
                table.columns[cell.column].header,
                cell.category,
                cell.ground,
                cell.relation,
                ", ".join(cell.also) or None,
            )
            for row, cell in found
        ),
    )


def count_filled(engine: Engine, table: Table, place: int) -> list[int]:
    """Filled cells by column, from the rows' masks: there are few different ones."""
    masks = ", ".join(f"filled_{n}" for n in range((len(table.columns) - 1) // MASK_BITS + 1))
    counts = [0] * len(table.columns)
    for *bits, rows in engine.rows(f"SELECT {masks}, count(*) FROM scanned_{place} GROUP BY ALL"):
        for n in range(len(counts)):
            counts[n] += rows * (bits[n // MASK_BITS] >> n % MASK_BITS & 1)
    return counts


def promote(
    table: Table, filled: Sequence[int], cells: Mapping[tuple[int, str], int]
) -> tuple[Table, list[tuple[str, str]]]:
    """
    Where nearly every cell of a column is of one category, the column is: one row, not millions.

    Returns the table with such columns, and their headers and categories.
    """
    columns, promoted = list(table.columns), []
    for (at, category), count in cells.items():
        if count < 2 or count < filled[at] * _PROMOTED_FROM:  # noqa: PLR2004 - one cell is a cell
            continue
        columns[at] = columns[at].model_copy(
            update={"category": category, "ground": f"content: {count} of {filled[at]} cells"}
        )
        promoted.append((columns[at].header, category))
    return table.model_copy(update={"columns": tuple(columns)}), promoted


def by_chance(
    table: Table, whole: Mapping[tuple[int, str], int], alike: Mapping[tuple[int, str, int], int]
) -> list[tuple[str, str]]:
    """
    The headers and categories of columns in which no more cells pass a check than chance has it.

    In notes nobody writes order numbers alone, but whoever tries an audit might.
    """
    found = []
    for (at, category), passed in whole.items():
        column = table.columns[at]
        odds = {
            n: count for (place, key, n), count in alike.items() if (place, key) == (at, category)
        }
        if column.role != Role.FREE_TEXT and passes_by_chance(passed, odds):
            found.append((column.header, category))
    return found
