"""What the checks return on Spark: written by the executors, counted and kept by DuckDB."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from audit.engine.duckdb import Engine, quoted
from audit.engine.evidence import Asked, Found, add_evidence, groups_found, insert_found
from audit.spark.engine import SparkEngine

__all__ = ["PLACED", "RETURNED", "kept"]

#: The columns of what checks returned, and of the lines and keys of the rows among it.
RETURNED = (
    'n INTEGER, place INTEGER, "row" BIGINT, "column" VARCHAR, category VARCHAR, result VARCHAR, '
    "detail VARCHAR, grade VARCHAR, topic VARCHAR, examined BIGINT"
)
PLACED = 'place INTEGER, "row" BIGINT, line BIGINT, key VARCHAR'

_HERE = re.compile(r"`(records|kept|cells|columns)_here`")
#: Of one job: Spark plans a query in a time that grows faster than the query.
_CHECKS_TOGETHER = 12
_TABLES_TOGETHER = 24
_PLANNED_AT_ONCE = 2  # planning takes one processor of the driver, and may take longer than the job


@add_evidence.register
def _add_evidence(engine: SparkEngine, asked: Iterable[Asked]) -> list[Found]:
    """Run many checks in one job, find line and key of what they return in another."""
    engine.run(f"CREATE OR REPLACE TABLE returned ({RETURNED})")
    engine.run(f"CREATE OR REPLACE TABLE placed ({PLACED})")
    asked = tuple(asked)
    queries = [_query(n, one) for n, one in enumerate(asked)]
    _write(engine, queries, _CHECKS_TOGETHER, "returned")
    _write(engine, _lines(engine), _TABLES_TOGETHER, "placed")
    return [kept(engine, n, one) for n, one in enumerate(asked)]


def _lines(engine: SparkEngine) -> list[str]:
    """
    What finds line and key of the rows that were returned, table by table.

    How many rows that are is known by now: as long as they are few they are sent to where the
    records are, and no record moves.
    """
    folder = engine.new_folder("rows")
    engine.run(
        'COPY (SELECT DISTINCT place, "row" FROM returned WHERE "row" > 0) '
        f"TO {quoted(str(folder / 'rows.parquet'))} (FORMAT parquet)"
    )
    engine.show("rows_returned", "place INT, `row` BIGINT", folder)
    return [
        f"SELECT {place} AS place, `row`, line_ AS line, key_ AS key FROM made_{place} "
        f"LEFT SEMI JOIN (SELECT `row` AS r FROM rows_returned WHERE place = {place}) ON `row` = r"
        for (place,) in engine.rows(
            'SELECT DISTINCT place FROM returned WHERE "row" > 0 ORDER BY 1'
        )
    ]


def _query(n: int, one: Asked) -> str:
    """What one check asks, of its own table: by a view of each name, which others would replace."""
    here = sorted(set(_HERE.findall(one.sql)))
    views = ", ".join(f"{name}_here AS (SELECT * FROM {name}_{one.place})" for name in here)
    of_table = f"WITH {views} " if views else ""
    return (
        f"SELECT {n} AS n, {one.place} AS place, `row`, `column`, category, result, detail, grade, "
        f"topic, examined FROM ({of_table}SELECT * FROM ({one.sql}))"
    )


def _write(engine: SparkEngine, queries: Sequence[str], size: int, table: str) -> None:
    """Let the executors write what queries return, and add it to a table of DuckDB's."""
    parts = [" UNION ALL ".join(queries[at : at + size]) for at in range(0, len(queries), size)]
    with ThreadPoolExecutor(_PLANNED_AT_ONCE) as beside:
        for folder in beside.map(lambda part: engine.written(engine.sql(part)), parts):
            files = quoted(f"{folder}/*.parquet")
            engine.run(f"INSERT INTO {table} BY NAME SELECT * FROM read_parquet({files})")


def kept(engine: Engine, n: int, one: Asked) -> Found:
    """Add to the evidence what one check returned: here, since all of it stands in one file."""
    engine.run(f"CREATE OR REPLACE VIEW found AS SELECT * FROM returned WHERE n = {n}")
    found = groups_found(engine, one.column)
    if found.groups:
        source = (
            f'FROM found AS f LEFT JOIN placed AS p ON p."row" = f."row" AND p.place = {one.place}'
        )
        insert_found(engine, one, source, line="p.line", key="p.key")
    return found
