"""
What executors do: the pass over one slice, and the records of one slice.

Both run in ``mapInArrow`` over the numbers of slices. Cells are read and judged here, and stay here.
What DuckDB keeps of a record as well is written here as Parquet, a file for each slice, into a folder
that driver and executors share; what goes back is one line of counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from audit.categories.chance import GROUND as CHANCE
from audit.categories.examine import Examiner
from audit.engine.dates import may_be_date, type_dates
from audit.engine.duckdb import Engine, EngineError, quoted
from audit.engine.evidence import line_sql, shown_key
from audit.engine.examined import count_filled, examine
from audit.engine.examiners import examiner_of
from audit.engine.plausible import add_implausible
from audit.engine.projection import date_columns
from audit.engine.roles import create_view
from audit.engine.scan import Scanned, create_tables
from audit.engine.workspace import workspace
from audit.register.dates import Reading, is_month, needs_order, witness
from audit.register.model import Table

if TYPE_CHECKING:
    import pyarrow as pa

    from audit.spark.slices import Slice

__all__ = ["Batches", "Finishing", "Pass", "Stats", "finishing", "part", "passing", "written_whole"]


@dataclass(frozen=True, kw_only=True)
class Pass:
    """The pass over every slice of a table."""

    table: Table
    place: int
    selected: str
    """The query of the pass, over ``source``."""
    controllers_own: frozenset[str]
    declared: frozenset[str]
    slices: tuple[Slice, ...]
    left: Path
    """Where what is left of each slice is written."""


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
    alike: tuple[tuple[int, str, int, int], ...] = ()
    """Cells that are so but perhaps for a check digit: column, category, odds, how many."""
    found: tuple[tuple[str, str, int], ...] = ()
    """Rows of ``cells``: header, category, how many."""
    dates: Mapping[str, Sequence[str]] | None = None
    """By role, one text for each way of writing a date that DuckDB could not type."""

    @classmethod
    def read_from(cls, text: str) -> Stats:
        """The counts that an executor wrote."""
        said = json.loads(text)
        said |= {name: tuple(map(tuple, said[name])) for name in ("whole", "alike", "found")}
        return cls(**said | {"filled": tuple(said["filled"])})


@dataclass(frozen=True, kw_only=True)
class Finishing:
    """What the records of every slice need to be told: all that is known of the whole table."""

    scanned: Scanned
    place: int
    readings: Mapping[str, Reading]
    before: Mapping[int, tuple[int, int]]
    """By slice, the rows and the line breaks inside cells of the slices before it."""
    promoted: Sequence[tuple[str, str]]
    """Headers and categories of columns whose cells are not told one by one."""
    by_chance: Sequence[tuple[str, str]]
    """Headers and categories of columns whose cells pass a check digit by chance."""
    left: Path
    """Where the pass left its slices."""
    records: Path
    cells: Path
    """Where records, and what was found in cells, are written."""


Batches = Iterator["pa.RecordBatch"]


def _examiner(work: Pass) -> Examiner:
    """What examines the rows of the table that this executor works on."""
    return examiner_of(work.table, work.controllers_own, work.declared)


def passing(work: Pass) -> Callable[[Batches], Batches]:
    """The pass, for ``mapInArrow`` over the numbers of slices; the counts of each as JSON."""

    def over(batches: Batches) -> Batches:
        with _engine() as engine:
            examiner = _examiner(work)
            create_tables(engine)
            for batch in batches:
                numbers = batch.column(0).to_pylist()
                yield _told(pass_over(engine, work, number, examiner) for number in numbers)

    return over


def finishing(work: Finishing) -> Callable[[Batches], Batches]:
    """The records, for ``mapInArrow`` over the numbers of slices."""

    def over(batches: Batches) -> Batches:
        with _engine() as engine:
            for batch in batches:
                numbers = batch.column(0).to_pylist()
                yield _told(finish(engine, work, number) for number in numbers)

    return over


def _told(lines: Iterator[str]) -> pa.RecordBatch:
    import pyarrow as pa

    return pa.RecordBatch.from_arrays([pa.array(list(lines), pa.string())], ["told"])


def part(folder: Path, number: int) -> Path:
    """The file of one slice."""
    return folder / f"slice_{number:06}.parquet"


def written_whole(engine: Engine, sql: str, target: Path) -> None:
    """
    Write what a query returns as a Parquet file, which is there whole or not at all.

    A task that died leaves a file that nobody reads: to Spark a name with a dot before it is none.
    """
    unfinished = target.with_name(f".{uuid4().hex}")
    engine.run(f"COPY ({sql}) TO {quoted(str(unfinished))} (FORMAT parquet)")
    unfinished.replace(target)


@contextmanager
def _engine() -> Iterator[Engine]:
    with workspace() as folder, Engine(folder) as engine:
        engine.run("SET threads = 1")  # a task has one processor
        yield engine


def pass_over(engine: Engine, work: Pass, number: int, examiner: Examiner) -> str:
    """Pass over one slice, write what is left of it, and tell its counts."""
    with work.slices[number].relation(engine) as relation:
        stats, texts = _passed(engine, work, relation, number, examiner)
        _write_left(engine, work, number, texts)
    return json.dumps(stats.__dict__)


def _passed(
    engine: Engine, work: Pass, relation: str, number: int, examiner: Examiner
) -> tuple[Stats, Mapping[str, list[tuple[int, str]]]]:
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
    examined = examine(engine, table, place, examiner)
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
        examined=examined.rows,
        filled=tuple(count_filled(engine, table, place)),
        whole=tuple((*where, n) for where, n in examined.whole.items()),
        alike=tuple((*where, n) for where, n in examined.alike.items()),
        found=tuple(engine.rows('SELECT "column", category, count(*) FROM cells GROUP BY ALL')),
        dates={
            role: _witnesses(text for _, text in found) for role, found in examined.texts.items()
        },
    )
    return stats, examined.texts


def _nothing(width: int) -> str:
    """SQL of a source without records."""
    cells = ", ".join(f"CAST(NULL AS VARCHAR) AS c{n}" for n in range(width))
    more = "CAST(NULL AS BIGINT) AS line, CAST(NULL AS BIGINT) AS breaks"
    return f"(SELECT {more}, {cells} WHERE false)"


def _write_left(
    engine: Engine, work: Pass, number: int, texts: Mapping[str, list[tuple[int, str]]]
) -> None:
    place = work.place
    engine.run('CREATE OR REPLACE TABLE unread (role VARCHAR, "row" BIGINT, text VARCHAR)')
    engine.insert("unread", ((role, *one) for role, found in texts.items() for one in found))
    sql = (
        "SELECT s.rowid + 1 AS n, s.*, f.found, u.unread "
        f"FROM scanned_{place} AS s "
        'LEFT JOIN (SELECT "row", list(struct_pack(header := "column", category := category, '
        "ground := ground, relation := relation, also := also)) AS found FROM cells GROUP BY 1) AS f "
        'ON f."row" = s.rowid + 1 '
        'LEFT JOIN (SELECT "row", list(struct_pack(role := role, text := text)) AS unread '
        'FROM unread GROUP BY 1) AS u ON u."row" = s.rowid + 1'
    )
    written_whole(engine, sql, part(work.left, number))


def _witnesses(texts: Iterator[str]) -> list[str]:
    """A few of the texts, by which a column's dates are read as by all of them."""
    seen: dict[object, str] = {}
    for text in dict.fromkeys(filter(may_be_date, texts)):
        seen.setdefault((witness(text), needs_order(text), is_month(text)), text)
    return list(seen.values())


def finish(engine: Engine, work: Finishing, number: int) -> str:
    """Write ``records_<place>`` of one slice, with line and key, and its cells; tell the number."""
    table, place = work.scanned.table, work.place
    before, breaks = work.before.get(number, (0, 0))
    left = quoted(str(part(work.left, number)))
    engine.run(f"DROP TABLE IF EXISTS scanned_{place} CASCADE")
    engine.run(
        f"CREATE TABLE scanned_{place} AS SELECT * EXCLUDE n FROM read_parquet({left}) ORDER BY n"
    )
    roles = [role for _, role in date_columns(table)]
    unread = engine.rows(
        "SELECT n, one.role, one.text FROM (SELECT rowid + 1 AS n, unnest(unread) AS one "
        f"FROM scanned_{place} WHERE unread IS NOT NULL)"
    )
    texts = {role: [(n, text) for n, of_role, text in unread if of_role == role] for role in roles}
    type_dates(engine, table, place, texts, work.readings)
    create_view(engine, table, place, roles)
    line, joined = line_sql(work.scanned, place)
    extra = before + breaks if work.scanned.ledger.unit == "lines" else 0
    shift = 0 if work.scanned.repaired else extra
    records = (
        f'SELECT f.* REPLACE (f."row" + {before} AS "row"), {line} + {shift} AS line_, '
        f"CAST({shown_key(work.scanned)} AS VARCHAR) AS key_ FROM records_{place} AS f "
        f'JOIN scanned_{place} AS s ON s.rowid = f."row" - 1 {joined} ORDER BY f."row"'
    )
    written_whole(engine, records, part(work.records, number))
    promoted, chance = _in_columns(work.promoted), _in_columns(work.by_chance)
    ground = f"CASE WHEN {chance} THEN {quoted(CHANCE)} ELSE ground END AS ground"
    cells = (
        f'SELECT {quoted(table.name)} AS "table", n + {before} AS "row", one.header AS "column", '
        "one.category AS category, one.ground AS ground, one.relation AS relation, "
        "one.also AS also FROM (SELECT rowid + 1 AS n, unnest(found) AS one "
        f"FROM scanned_{place} WHERE found IS NOT NULL)"
    )
    written_whole(
        engine,
        f"SELECT * REPLACE ({ground}) FROM ({cells}) WHERE NOT ({promoted})",
        part(work.cells, number),
    )
    return str(number)


def _in_columns(some: Sequence[tuple[str, str]]) -> str:
    """SQL of what was found of a category in a column, for some of these."""
    each = (f'("column" = {quoted(header)} AND category = {quoted(key)})' for header, key in some)
    return " OR ".join(each) or "false"
