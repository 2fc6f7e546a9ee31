"""
What executors do: the pass over one slice, and the records of one slice.

Both run in ``mapInArrow``. Cells are read and judged here, and stay here; what goes back is what
DuckDB keeps of a record as well, and for each slice one line of counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.categories.examine import Examiner
from audit.engine.dates import may_be_date, type_dates
from audit.engine.duckdb import Engine, EngineError, quoted
from audit.engine.evidence import line_sql, shown_key
from audit.engine.plausible import add_implausible
from audit.engine.projection import date_columns
from audit.engine.roles import create_view
from audit.engine.scan import Scanned, count_filled, create_tables, examine
from audit.engine.workspace import workspace
from audit.register.dates import Reading, is_month, needs_order, reading_of, slash_order
from audit.register.model import Table

if TYPE_CHECKING:
    import pyarrow as pa

    from audit.spark.slices import ByteSlice, GroupSlice

__all__ = [
    "Finishing",
    "Pass",
    "Stats",
    "finishing",
    "finishing_schema",
    "passing",
    "passing_schema",
]

_ROWS = 50_000  # of one batch that goes back
_SERIAL, _UNIX = "45293", "1700000000"  # see ``_witness``


@dataclass(frozen=True, kw_only=True)
class Pass:
    """The pass over every slice of a table."""

    table: Table
    place: int
    selected: str
    """The query of the pass, over ``source``."""
    controllers_own: frozenset[str]
    slices: tuple[ByteSlice | GroupSlice, ...]


@dataclass(frozen=True, kw_only=True)
class Stats:
    """The counts of one slice. No value, but for a few dates that tell how a column writes them."""

    slice: int
    read: bool
    """Whether DuckDB could read every record."""
    rows: int = 0
    breaks: int = 0
    """Line breaks inside cells, where they were counted."""
    examined: int = 0
    filled: tuple[int, ...] = ()
    whole: tuple[tuple[int, str, int], ...] = ()
    """Cells that are wholly of a category: column, category, how many."""
    found: tuple[tuple[str, str, int], ...] = ()
    """Rows of ``cells``: header, category, how many."""
    dates: Mapping[str, Sequence[str]] | None = None
    """By role, one text for each way of writing a date that DuckDB could not type."""

    @classmethod
    def read_from(cls, text: str) -> Stats:
        """The counts that an executor wrote."""
        said = json.loads(text)
        said |= {name: tuple(map(tuple, said[name])) for name in ("whole", "found")}
        return cls(**said | {"filled": tuple(said["filled"])})


@dataclass(frozen=True, kw_only=True)
class Finishing:
    """What the records of every slice need to be told: all that is known of the whole table."""

    scanned: Scanned
    place: int
    readings: Mapping[str, Reading]
    before: Mapping[int, tuple[int, int]]
    """By slice, the rows and the line breaks inside cells of the slices before it."""


Batches = Iterator["pa.RecordBatch"]


def _examiner(work: Pass) -> Examiner:
    """What examines the rows of the table that this executor works on."""
    columns = work.table.columns
    return Examiner(
        [column.category for column in columns],
        work.controllers_own,
        [column.header for column in columns],
    )


def passing(work: Pass) -> Callable[[Batches], Batches]:
    """The pass, for ``mapInArrow`` over the numbers of slices."""

    def over(batches: Batches) -> Batches:
        with _engine() as engine:
            examiner = _examiner(work)
            create_tables(engine)
            for batch in batches:
                for number in batch.column(0).to_pylist():
                    with work.slices[number].relation(engine) as relation:
                        yield from pass_over(engine, work, relation, number, examiner)

    return over


def finishing(work: Finishing) -> Callable[[Batches], Batches]:
    """The records, for ``mapInArrow`` over what the pass left; a partition is whole slices."""

    def over(batches: Batches) -> Batches:
        import pyarrow as pa

        held = list(batches)
        if held:
            with _engine() as engine:
                yield from records_of(engine, work, pa.Table.from_batches(held))

    return over


@contextmanager
def _engine() -> Iterator[Engine]:
    with workspace() as folder, Engine(folder) as engine:
        engine.run("SET threads = 1")  # a task has one processor
        yield engine


def pass_over(
    engine: Engine, work: Pass, relation: str, number: int, examiner: Examiner
) -> Batches:
    """What the pass leaves of one slice, and last a row ``n = 0`` with its counts."""
    table, place = work.table, work.place
    engine.run(f"CREATE OR REPLACE VIEW source AS SELECT * FROM {relation}")
    engine.run(f"DROP TABLE IF EXISTS scanned_{place}")
    read = True
    try:
        engine.run(f"CREATE TABLE scanned_{place} AS {work.selected}")
    except EngineError:
        # Without a row of its own: the driver then reads the file another way.
        empty = _nothing(len(table.columns))
        engine.run(f"CREATE OR REPLACE VIEW source AS SELECT * FROM {empty}")
        engine.run(f"CREATE TABLE scanned_{place} AS {work.selected}")
        read = False
    engine.run("DELETE FROM cells")
    examined, whole, texts = examine(engine, table, place, examiner)
    add_implausible(engine, table, place)
    [(rows,)] = engine.rows(f"SELECT count(*) FROM scanned_{place}")
    breaks = 0
    if engine.rows(f"SELECT 1 FROM pragma_table_info('scanned_{place}') WHERE name = 'breaks'"):
        [(breaks,)] = engine.rows(f"SELECT coalesce(sum(breaks), 0) FROM scanned_{place}")
    stats = Stats(
        slice=number,
        read=read,
        rows=rows,
        breaks=int(breaks),
        examined=examined,
        filled=tuple(count_filled(engine, table, place)),
        whole=tuple((at, category, n) for (at, category), n in whole.items()),
        found=tuple(engine.rows('SELECT "column", category, count(*) FROM cells GROUP BY ALL')),
        dates={role: _witnesses(text for _, text in found) for role, found in texts.items()},
    )
    yield from _left(engine, work, number, stats, texts)


def _nothing(width: int) -> str:
    """SQL of a source without records."""
    cells = ", ".join(f"CAST(NULL AS VARCHAR) AS c{n}" for n in range(width))
    more = "CAST(NULL AS BIGINT) AS line, CAST(NULL AS BIGINT) AS breaks"
    return f"(SELECT {more}, {cells} WHERE false)"


def _left(
    engine: Engine,
    work: Pass,
    number: int,
    stats: Stats,
    texts: Mapping[str, list[tuple[int, str]]],
) -> Batches:
    place = work.place
    engine.run('CREATE OR REPLACE TABLE unread (role VARCHAR, "row" BIGINT, text VARCHAR)')
    engine.insert("unread", ((role, *one) for role, found in texts.items() for one in found))
    told = quoted(json.dumps(stats.__dict__))
    yield from _batches(
        engine,
        f"SELECT CAST({number} AS INTEGER) AS slice, s.rowid + 1 AS n, s.*, f.found, u.unread, "
        f"CAST(NULL AS VARCHAR) AS stats FROM scanned_{place} AS s "
        'LEFT JOIN (SELECT "row", list(struct_pack(header := "column", category := category, '
        "ground := ground, relation := relation, also := also)) AS found FROM cells GROUP BY 1) AS f "
        'ON f."row" = s.rowid + 1 '
        'LEFT JOIN (SELECT "row", list(struct_pack(role := role, text := text)) AS unread '
        'FROM unread GROUP BY 1) AS u ON u."row" = s.rowid + 1 '
        f"UNION ALL BY NAME SELECT CAST({number} AS INTEGER) AS slice, CAST(0 AS BIGINT) AS n, "
        f"{told} AS stats",
    )


def _witnesses(texts: Iterator[str]) -> list[str]:
    """A few of the texts, by which a column's dates are read as by all of them."""
    seen: dict[object, str] = {}
    for text in dict.fromkeys(filter(may_be_date, texts)):
        seen.setdefault(_witness(text), text)
    return list(seen.values())


def _witness(text: str) -> object:
    """What ``reading_of`` and the notes on a column take from one text."""
    return (
        slash_order([text]),
        reading_of([_SERIAL, text]).numbers,
        reading_of([_UNIX, text]).numbers,
        needs_order(text),
        is_month(text),
    )


def records_of(engine: Engine, work: Finishing, held: pa.Table) -> Batches:
    """``records_<place>`` of the slices held, with line, key and what was found, one row a record."""
    table, place = work.scanned.table, work.place
    engine.connection.register("held", held)
    try:
        for (number,) in engine.rows("SELECT DISTINCT slice FROM held ORDER BY 1"):
            before, breaks = work.before.get(number, (0, 0))
            engine.run(f"DROP TABLE IF EXISTS scanned_{place} CASCADE")
            engine.run(
                f"CREATE TABLE scanned_{place} AS SELECT * EXCLUDE (slice, n, stats) FROM held "
                f"WHERE slice = {number} AND n > 0 ORDER BY n"
            )
            roles = [role for _, role in date_columns(table)]
            unread = engine.rows(
                "SELECT n, one.role, one.text FROM (SELECT rowid + 1 AS n, unnest(unread) AS one "
                f"FROM scanned_{place} WHERE unread IS NOT NULL)"
            )
            texts = {
                role: [(n, text) for n, of_role, text in unread if of_role == role]
                for role in roles
            }
            type_dates(engine, table, place, texts, work.readings)
            create_view(engine, table, place, roles)
            line, joined = line_sql(work.scanned, place)
            extra = before + breaks if work.scanned.ledger.unit == "lines" else 0
            shift = 0 if work.scanned.repaired else extra
            yield from _batches(
                engine,
                f'SELECT f.* REPLACE (f."row" + {before} AS "row"), {line} + {shift} AS line_, '
                f"{shown_key(work.scanned)} AS key_, s.found AS found_ "
                f'FROM records_{place} AS f JOIN scanned_{place} AS s ON s.rowid = f."row" - 1 '
                f"{joined}",
            )
    finally:
        engine.connection.unregister("held")


def _batches(engine: Engine, sql: str) -> Batches:
    import pyarrow as pa

    reader: Any = engine.connection.execute(sql).fetch_record_batch(_ROWS)
    none = True
    for batch in reader:
        none = False
        yield batch
    if none:  # a task that has nothing says so in its columns
        yield from pa.Table.from_batches([], reader.schema).to_batches() or [
            pa.RecordBatch.from_pylist([], schema=reader.schema)
        ]


def passing_schema(work: Pass) -> pa.Schema:
    """The columns of what the pass leaves, told by passing over nothing."""
    with _engine() as engine:
        create_tables(engine)
        examiner = _examiner(work)
        return next(pass_over(engine, work, _nothing(len(work.table.columns)), 0, examiner)).schema


def finishing_schema(work: Finishing, left: pa.Schema) -> pa.Schema:
    """The columns of the records, told by finishing a slice without any; ``left`` is the pass's."""
    import pyarrow as pa

    none = {name: [0] if name in ("slice", "n") else [None] for name in left.names}
    with _engine() as engine:
        return next(records_of(engine, work, pa.table(none, schema=left))).schema
