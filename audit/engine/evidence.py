"""
The evidence: one row a piece, with the place where it stands and no cell value.

Checks run as SQL that DuckDB adds to ``evidence`` without the rows ever reaching Python; only
counts do.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import singledispatch
from pathlib import Path
from typing import NamedTuple

from audit.engine.duckdb import Engine, quoted
from audit.engine.roles import named_by
from audit.engine.scan import Scanned, focus
from audit.register.query import fetched

__all__ = [
    "Asked",
    "Found",
    "Group",
    "add_evidence",
    "add_quarantined",
    "create_evidence",
    "groups_found",
    "insert_found",
    "line_sql",
    "read_examples",
    "shown_key",
    "write_evidence",
]

COLUMNS = (
    "check",
    "result",
    "source",
    "table",
    "row",
    "line",
    "column",
    "record_key",
    "category",
    "detail",
)

# A key is short, has a digit and no word in it: a name that strayed into the column is not shown.
_KEY_SHAPE = (
    r"[0-9A-Za-z]{0,4}[-_./# ]?[0-9][0-9A-Za-z]{0,3}"
    r"(?:[-_./]?[0-9A-Za-z]{0,3}[0-9]){0,12}[A-Za-z]{0,2}"
    r"|[0-9a-fA-F-]{32,36}|gid://[0-9A-Za-z/]{1,40}"
)


class Group(NamedTuple):
    """How many pieces of evidence one check gave for one column and category."""

    result: str
    column: str | None
    category: str | None
    pieces: int
    grade: str | None = None
    """The heaviest grade that the check gave them; its own where it gave none."""
    topics: tuple[tuple[str | None, int], ...] = ()
    """The pieces by topic, where the check tells topics."""


class Found(NamedTuple):
    """What one check left in ``found``: its evidence, and what it examined by topic."""

    groups: list[Group]
    examined: tuple[tuple[str | None, int], ...] = ()


def create_evidence(engine: Engine) -> None:
    """The empty table; ``table`` is a workbook's sheet or a database's table, else null."""
    engine.run(
        'CREATE TABLE evidence ("check" VARCHAR, result VARCHAR, source VARCHAR, "table" VARCHAR, '
        '"row" BIGINT, line BIGINT, "column" VARCHAR, record_key VARCHAR, category VARCHAR, '
        "detail VARCHAR, rule VARCHAR)"
    )


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one check asks of one table."""

    code: str
    sql: str
    """What returns the evidence, over ``records_here``, ``cells_here`` and their like."""
    scanned: Scanned
    place: int
    """The table's place among those that were scanned."""
    rule: str | None = None
    column: str | None = None
    """Where evidence stands that names no column of its own."""


@singledispatch
def add_evidence(engine: Engine, asked: Iterable[Asked]) -> list[Found]:
    """Keep what checks return, with line and record key; for each of them counts by column."""
    found, place = [], -1
    with ThreadPoolExecutor(1) as beside:  # while one is answered, the next is made
        for one in asked:
            found.append(beside.submit(_add, engine, one, anew=one.place != place))
            place = one.place  # what is asked of one table comes in a row
    return [each.result() for each in found]


def _add(engine: Engine, one: Asked, *, anew: bool) -> Found:
    if anew:
        focus(engine, one.scanned, one.place)
    [(pieces,)] = engine.rows(f"CREATE OR REPLACE TABLE found AS {one.sql}")
    found = groups_found(engine, one.column) if pieces else Found([])
    if found.groups:
        line, breaks = line_sql(one.scanned, one.place)
        source = f'FROM found AS f LEFT JOIN scanned_{one.place} AS s ON s.rowid = f."row" - 1'
        insert_found(engine, one, f"{source} {breaks}", line=line, key=shown_key(one.scanned))
    return found


def groups_found(engine: Engine, column: str | None) -> Found:
    """What a check left in ``found``, counted by column; a row that counts others is no piece."""
    examined: list[tuple[str | None, int]] = []
    groups: dict[tuple[str | None, ...], Group] = {}
    for result, name, category, topic, pieces, grade, counted in engine.rows(
        # Of "major" and "minor" the first is the heavier.
        'SELECT result, "column", category, topic, count(*), min(grade), sum(examined) FROM found '
        'GROUP BY result, "column", category, topic ORDER BY ALL'
    ):
        if counted is not None:
            examined.append((topic, int(counted)))
            continue
        of = (result, name, category)
        known = groups.get(of, Group(result, name or column, category, 0))
        groups[of] = Group(
            *known[:3],
            pieces=known.pieces + pieces,
            grade=min(filter(None, (known.grade, grade)), default=None),
            topics=(*known.topics, (topic, pieces)),
        )
    return Found(list(groups.values()), tuple(examined))


def line_sql(scanned: Scanned, place: int) -> tuple[str, str]:
    """SQL of the line of ``f."row"``, with ``scanned_<place>`` as ``s``, and a join that it needs."""
    if scanned.ledger.unit != "lines":
        return "CAST(NULL AS BIGINT)", ""
    # Whatever came from a repaired file has its line; elsewhere it follows from the row and from
    # the line breaks inside the cells of the rows before it.
    if scanned.repaired:
        return "s.line", ""
    line = f'f."row" + {scanned.ledger.header}'
    if not scanned.ledger.inside_cells:
        return line, ""
    return f"{line} + coalesce(b.total, 0)", (
        # A sum is a HUGEINT, which Parquet would keep as DOUBLE.
        "ASOF LEFT JOIN (SELECT rowid + 1 AS n, "
        "CAST(sum(breaks) OVER (ORDER BY rowid) AS BIGINT) AS total "
        f'FROM scanned_{place} WHERE breaks > 0) AS b ON f."row" > b.n'
    )


def insert_found(engine: Engine, one: Asked, source: str, *, line: str, key: str) -> None:
    """Add to ``evidence`` what ``source`` has as ``f``; ``line`` and ``key`` are SQL."""
    scanned = one.scanned
    elsewhere = quoted(one.column) if one.column else "NULL"
    unread = '-f."row"' if scanned.ledger.unit == "lines" else "CAST(NULL AS BIGINT)"
    engine.run(
        f"INSERT INTO evidence SELECT {quoted(one.code)}, f.result, {quoted(scanned.table.source)}, "
        f"{_sheet(scanned)}, "
        f'CASE WHEN f."row" > 0 THEN f."row" END, '
        f'CASE WHEN f."row" < 0 THEN {unread} ELSE {line} END, '
        f'coalesce(f."column", {elsewhere}), {key}, f.category, f.detail, '
        f"{quoted(one.rule) if one.rule else 'NULL'} {source} WHERE f.examined IS NULL"
    )


def _sheet(scanned: Scanned) -> str:
    return quoted(scanned.table.sheet) if scanned.table.sheet else "NULL"


def shown_key(scanned: Scanned) -> str:
    """The record's key, unless it may be somebody's details: then the row number must do."""
    if named_by(scanned.table) is None:
        return "NULL"
    shape = quoted(_KEY_SHAPE)
    code = quoted("[0-3][0-9][01][0-9]{6}[A-Ya-y]")  # an identity code that lost its separator
    return (
        f"CASE WHEN regexp_full_match(s.record_key, {shape}) "
        f"AND NOT regexp_full_match(s.record_key, {code}) THEN s.record_key END"
    )


def add_quarantined(engine: Engine, scanned: Scanned) -> None:
    """The lines that could not be read, as evidence that was not assessed."""
    engine.insert(
        "evidence",
        (
            (
                "LOAD",
                "not_assessed",
                scanned.table.source,
                scanned.table.sheet,
                None,
                q.line if scanned.ledger.unit == "lines" else None,
                None,
                None,
                None,
                q.reason,
                None,
            )
            for q in scanned.ledger.quarantined
        ),
    )


def write_evidence(engine: Engine, path: Path) -> None:
    """Write the evidence as Parquet, sorted, so that the same audit gives the same file."""
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    engine.run(
        f'COPY (SELECT {columns} FROM evidence ORDER BY "check", source, "table", "row" NULLS FIRST, '
        f'line, "column", category, detail, record_key) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)'
    )


def read_examples(
    path: Path, at_most: int = 40
) -> dict[tuple[str | None, ...], list[dict[str, object]]]:
    """The first pieces of evidence of each check, result, source, table, column and category."""
    shown = ("row", "line", "column", "record_key", "detail")
    keys = ("check", "result", "source", "table", "column", "category")
    columns = ", ".join(f'"{name}"' for name in keys + shown)
    group = ", ".join(f'"{name}"' for name in keys)
    rows = fetched(
        f"SELECT {columns} FROM read_parquet({quoted(str(path))}) QUALIFY row_number() OVER "
        f"(PARTITION BY {group}, split_part(detail, ':', 1) ORDER BY \"row\", line) <= {at_most} "
        'ORDER BY "row", line'
    )
    examples: dict[tuple[str | None, ...], list[dict[str, object]]] = {}
    for row in rows:
        found = examples.setdefault(tuple(row[: len(keys)]), [])
        found.append(dict(zip(shown, row[len(keys) :], strict=True)))
    return examples
