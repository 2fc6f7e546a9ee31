"""DuckDB, set up so that it reads fast, stays within its memory and never calls the network."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import duckdb

from audit.register.database import Connections
from audit.register.query import OFFLINE, quoted

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from ibis.expr.operations import Relation

    from audit.engine.names import Names

__all__ = ["Engine", "EngineError", "by_ibis", "quoted"]

_IN_MEMORY_BELOW = 1 << 30  # bytes of sources; larger registers get a database on disk
_MEMORY_LIMIT = 260  # megabytes
_WIDE = 300  # columns
_PER_COLUMN = 0.2  # megabytes: the vectors of each, and what is made of them, on two threads
_REMEMBERED = 500  # expressions: where one process audits again, checks ask much the same
_SLOW_COMPRESSION = "dictionary,fsst,dict_fsst,zstd"


class EngineError(Exception):
    """DuckDB refused. Its message is not kept: it quotes cells."""


class Engine:
    """One DuckDB database in the private workspace, for one audit."""

    names: Names | None = None
    """What looks for people's names in notes, where the plan asks for it."""

    databases: Connections
    """The databases that are audited in place, each in one state."""

    def __init__(self, folder: Path, *, bytes_to_read: int = 0, watched: bool = False) -> None:
        self.folder = folder
        self.databases = Connections()
        in_memory = bytes_to_read < _IN_MEMORY_BELOW
        self.connection = duckdb.connect(
            ":memory:" if in_memory else str(folder / "audit.duckdb"),
            config={
                "memory_limit": f"{_MEMORY_LIMIT}MB",
                "temp_directory": str(folder / "spill"),
                **OFFLINE,
            },
        )
        if not in_memory:  # to look for how texts could be shorter takes longer than to write them
            self.connection.execute(f"SET disabled_compression_methods = '{_SLOW_COMPRESSION}'")
        # It would print among the output of long audits. In a notebook without ipywidgets DuckDB
        # has no bar, and refuses to hear of it.
        with suppress(duckdb.Error):
            self.connection.execute("SET enable_progress_bar_print = false")
            self.connection.execute(f"SET enable_progress_bar = {str(watched).lower()}")

    def percent(self) -> float:
        """How much of the query that is running is done; negative where DuckDB cannot tell."""
        return float(self.connection.query_progress())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.databases.close()
        self.connection.close()

    # Values are written into the SQL with ``quoted``, never passed as parameters: the first string
    # parameter makes DuckDB import pandas, which takes longer than auditing a small register.

    def run(self, sql: str) -> None:
        """Execute a statement."""
        try:
            self._execute(sql)
        except duckdb.Error:
            raise EngineError(sql.split(None, 1)[0]) from None

    @contextmanager
    def room_for(self, columns: int) -> Iterator[None]:
        """
        Let a query over so many columns be planned in time, and have the memory that it takes.

        DuckDB holds each part of a query against every other to find what it need not do twice:
        over three thousand columns that took it ten seconds, and the query itself less than one.
        """
        if columns <= _WIDE:
            yield
            return
        limit = _MEMORY_LIMIT + int(_PER_COLUMN * columns)
        self.run(f"SET memory_limit = '{limit}MB'")
        self.run("SET disabled_optimizers = 'common_subexpressions'")
        try:
            yield
        finally:
            self.run("SET disabled_optimizers = ''")
            self.run(f"SET memory_limit = '{_MEMORY_LIMIT}MB'")

    def holds(self, place: int) -> bool:
        """Whether all that is known of the records of a table can be read: views are read late."""
        try:
            self.run(f"CREATE OR REPLACE TEMP TABLE held AS SELECT * FROM records_{place}")
            self.run("DROP TABLE held")
        except EngineError:
            return False
        return True

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query; for counts and the few rows a report shows."""
        try:
            return self._execute(sql).fetchall()
        except duckdb.Error:
            raise EngineError(sql.split(None, 1)[0]) from None

    def _execute(self, sql: str) -> duckdb.DuckDBPyConnection:
        try:
            return self.connection.execute(sql)
        except duckdb.OutOfMemoryException:
            # Each thread holds memory of its own: one alone gets through with what there is.
            self.connection.execute("SET threads = 1")
            return self.connection.execute(sql)

    def insert(self, table: str, rows: Iterable[Iterable[object]]) -> None:
        """Append rows to a table; values are strings, numbers, dates, booleans or None."""
        # Through a file of the private folder: a thousand rows of VALUES take longer to parse.
        path = self.folder / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        self.run(
            f"COPY {table} FROM {quoted(str(path))} (FORMAT csv, HEADER false, AUTO_DETECT false, "
            "DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR '', STRICT_MODE false)"  # lone line feeds
        )

    def create(self, name: str, expression: ir.Table) -> None:
        """Make a table of an Ibis expression over the records, there where the records are."""
        self.run(f"CREATE TABLE {name} AS {self.compile(expression)}")

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The few rows of a plain query on the records, there where they are."""
        return self.rows(sql)

    def compile(self, expression: ir.Table) -> str:
        """The SQL of an Ibis expression. Nothing is run, and pandas is not imported."""
        return _sql(expression.op())


@lru_cache(maxsize=_REMEMBERED)
def _sql(operation: Relation) -> str:
    from audit.engine.sql import Unwritten, written

    try:
        return written(operation)
    except Unwritten:
        return by_ibis(operation)


def by_ibis(operation: Relation) -> str:
    """The SQL of any expression, as Ibis itself writes it."""
    from ibis import options
    from ibis.backends.sql.compilers.duckdb import compiler

    # DuckDB merges nested queries itself, in a fraction of the time, and nobody reads the SQL.
    options.sql.fuse_selects = False
    return str(compiler.to_sqlglot(operation.to_expr()).sql("duckdb", copy=False))
