"""The records in Spark, the evidence and the few small tables in DuckDB on the driver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any

from audit.engine.duckdb import Engine, EngineError
from audit.engine.people import make_table
from audit.errors import ClusterFailed
from audit.spark.session import finished, place_of, sentence

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from ibis.expr.operations import Relation
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

__all__ = ["SparkEngine", "small_table", "spark_kinds"]

_KINDS = {"string": "STRING", "int64": "BIGINT", "int32": "INT"}


def _private(scratch: Path) -> TemporaryDirectory[str]:
    """A folder of one audit's own: another on the same ``scratch`` neither sees nor meets it."""
    return TemporaryDirectory(prefix="register-audit-", dir=scratch, ignore_cleanup_errors=True)


class SparkEngine(Engine):
    """
    One audit on a Spark session.

    ``scratch`` is a folder that driver and executors share; in a private folder of each audit's own,
    evidence, and copies of files that Spark cannot read where they lie, are kept there until it ends.
    """

    def __init__(
        self,
        folder: Path,
        session: SparkSession,
        scratch: Path | None = None,
        *,
        bytes_to_read: int = 0,
        watched: bool = False,
        stopped_after: bool = False,
    ) -> None:
        super().__init__(folder, bytes_to_read=bytes_to_read, watched=watched)
        self.session = session
        self._shared = None if scratch is None else _private(scratch)
        self.scratch = folder if self._shared is None else Path(self._shared.name)
        self._stopped_after = stopped_after
        self.records: dict[int, Path] = {}
        """By place, the folder of a table's records."""
        self._numbers = count()
        self._met: set[Relation] = set()
        self._made: dict[Relation, Relation] = {}

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._stopped_after:
            with suppress(Exception):  # it may be gone already
                self.session.stop()
        super().__exit__(kind, error, trace)
        if self._shared is not None:
            self._shared.cleanup()
        if error is not None and (said := sentence(error, "a step of the audit")) is not None:
            raise said from None

    def new_folder(self, name: str) -> Path:
        """A new empty folder that driver and executors share."""
        folder = self.scratch / f"{name}_{next(self._numbers)}"
        folder.mkdir(mode=0o700)
        return folder

    def compile(self, expression: ir.Table) -> str:
        """The SQL of an Ibis expression, for Spark."""
        from ibis import options
        from ibis.backends.sql.compilers.pyspark import compiler

        options.sql.fuse_selects = True  # each nested query is one more for Spark to look through
        made = self._with_shared(expression.op()).to_expr()
        return str(compiler.to_sqlglot(made).sql(compiler.dialect, copy=False))

    def _with_shared(self, relation: Relation) -> Relation:
        """
        A relation that reads from tables what an earlier one had in it as well.

        In each query Spark would plan that anew, which takes longer than to make it once.
        """
        from audit.checks._shared import SHARED

        parts = relation.find_topmost(lambda node: node is not relation and node in SHARED)
        parts = [part for part in parts if not _is_of_one_table(part)]
        tables = {part: self._table_of(part) for part in parts if part in self._met}
        self._met.update(parts)
        return relation.replace(tables) if tables else relation

    def _table_of(self, relation: Relation) -> Relation:
        """A table with the rows of a relation."""
        import ibis

        if relation not in self._made:
            name = f"shared_{len(self._made)}"
            self._made[relation] = ibis.table(relation.schema, name=name).op()
            self.create(name, relation.to_expr())
        return self._made[relation]

    def sql(self, query: str) -> DataFrame:
        """A query on the views of this audit."""
        from pyspark.errors import AnalysisException

        try:
            with finished("a query", but=(AnalysisException,)):
                return self.session.sql(query)
        except AnalysisException:  # the query is wrong, and Spark is not
            raise EngineError(query.split(None, 1)[0]) from None

    def create(self, name: str, expression: ir.Table) -> None:
        """Make a table of an expression; the executors write it."""
        self.keep(name, self.sql(self.compile(expression)))

    def holds(self, place: int) -> bool:
        """The executors have read all that is in a table's records when it is known."""
        del place
        return True

    def keep(self, name: str, frame: DataFrame) -> DataFrame:
        """
        Let the executors write a table, and show what they wrote.

        To what is then asked of it Spark need not know how it came about. A table that is kept in
        memory instead drags all that it was made of through the planning of every query.
        """
        return self.show(name, frame.schema, self.written(frame, name))

    def show(self, name: str, kinds: str | StructType, *folders: Path) -> DataFrame:
        """Show the Parquet files of folders as one table; ``kinds`` are its columns."""
        found = self.session.read.schema(kinds).parquet(*(place_of(one) for one in folders))
        found.createOrReplaceTempView(name)
        return found

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The few rows of a query on the records."""
        return [tuple(row) for row in self.collected(self.sql(sql))]

    def collected(self, frame: DataFrame, work: str = "a query") -> list[Any]:
        """The rows of a small table."""
        with finished(work):
            return list(frame.collect())

    def written(self, frame: DataFrame, name: str = "evidence") -> Path:
        """
        A folder into which the executors wrote the table as Parquet.

        What a task that died left half-written is not in it: Spark moves only whole files there,
        and marks the folder when it has them all.
        """
        folder = self.scratch / f"{name}_{next(self._numbers)}"
        with finished("what it was to write"):
            frame.write.parquet(place_of(folder))
        if not (folder / "_SUCCESS").exists():
            raise ClusterFailed("what it was to write")
        return folder


@make_table.register
def _make_table(
    engine: SparkEngine, name: str, types: Mapping[str, str], rows: Iterable[Iterable[object]]
) -> None:
    small_table(engine, types, rows).createOrReplaceTempView(name)


def small_table(
    engine: SparkEngine, types: Mapping[str, str], rows: Iterable[Iterable[object]]
) -> DataFrame:
    """A table of rows that are here; types are Ibis'. As Arrow it is part of the plan, and no task."""
    import pyarrow as pa

    kinds = {
        "string": pa.string(),
        "int64": pa.int64(),
        "int32": pa.int32(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "decimal(18, 2)": pa.decimal128(18, 2),
    }
    columns = list(zip(*rows, strict=True)) or [()] * len(types)
    arrays = [
        pa.array([_typed(value, kind) for value in column], kinds[kind])
        for column, kind in zip(columns, types.values(), strict=True)
    ]
    return engine.session.createDataFrame(pa.Table.from_arrays(arrays, list(types)))


def _is_of_one_table(relation: Relation) -> bool:
    """Whether a relation reads the table that a check is put to, which has one name for all."""
    from ibis.expr.operations import UnboundTable

    return any(table.name.endswith("_here") for table in relation.find(UnboundTable))


def spark_kinds(types: Mapping[str, str]) -> str:
    """Columns as Spark declares them; types are Ibis'."""
    return ", ".join(f"`{name}` {_KINDS.get(kind, kind)}" for name, kind in types.items())


def _typed(value: object, kind: str) -> object:
    if value is None or value == "":
        return None
    if kind == "date":
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    if kind.startswith("decimal"):
        return Decimal(str(value))
    return str(value) if kind == "string" else value
