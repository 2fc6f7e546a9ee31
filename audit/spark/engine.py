"""The records in Spark, the evidence and the few small tables in DuckDB on the driver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import reduce
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from audit.engine.duckdb import Engine, EngineError
from audit.engine.people import make_table

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["SparkEngine", "small_table"]


class SparkEngine(Engine):
    """
    One audit on a Spark session.

    ``scratch`` is a folder that driver and executors share; evidence, and copies of files that
    Spark cannot read where they lie, are kept there until the audit ends.
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
        self.scratch = scratch or folder
        self._stopped_after = stopped_after
        self._held: list[DataFrame] = []
        self._numbers = count()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for frame in reversed(self._held):
            frame.unpersist()
        if self._stopped_after:
            self.session.stop()
        super().__exit__(kind, error, trace)

    def hold(self, frame: DataFrame) -> DataFrame:
        """Keep a table in the executors until the audit ends, once it was made."""
        self._held.append(frame.persist())
        return frame

    def let_go(self, frame: DataFrame) -> None:
        """Keep a table no longer."""
        self._held.remove(frame)
        frame.unpersist()

    def compile(self, expression: ir.Table) -> str:
        """The SQL of an Ibis expression, for Spark."""
        import ibis

        return str(ibis.to_sql(expression, dialect="pyspark"))

    def sql(self, query: str) -> DataFrame:
        """A query on the views of this audit."""
        from pyspark.errors import PySparkException

        try:
            return self.session.sql(query)
        except PySparkException:
            raise EngineError(query.split(None, 1)[0]) from None

    def create(self, name: str, expression: ir.Table) -> None:
        """Make a table of an expression; the executors keep it."""
        self.hold(self.sql(self.compile(expression))).createOrReplaceTempView(name)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The few rows of a query on the records."""
        return [tuple(row) for row in self.collected(self.sql(sql))]

    def collected(self, frame: DataFrame) -> list[Any]:
        """The rows of a small table."""
        from pyspark.errors import PySparkException

        try:
            return list(frame.collect())
        except PySparkException:
            raise EngineError("SELECT") from None

    def together(self, frames: Sequence[DataFrame]) -> list[list[Any]]:
        """The rows of each of several small tables, in one query."""
        from pyspark.sql import functions as f

        numbered = [frame.withColumn("_n", f.lit(n)) for n, frame in enumerate(frames)]
        every = reduce(lambda a, b: a.unionByName(b, allowMissingColumns=True), numbered)
        found: list[list[Any]] = [[] for _ in frames]
        for row in self.collected(every):
            found[row["_n"]].append(row)
        return found

    def written(self, frame: DataFrame) -> Path:
        """
        A folder into which the executors wrote the table as Parquet.

        What a task that died left half-written is not in it: Spark moves only whole files there,
        and marks the folder when it has them all.
        """
        from pyspark.errors import PySparkException

        folder = self.scratch / f"evidence_{next(self._numbers)}"
        try:
            frame.write.parquet(folder.as_uri())
        except PySparkException:
            raise EngineError("COPY") from None
        if not (folder / "_SUCCESS").exists():
            raise EngineError("COPY")
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


def _typed(value: object, kind: str) -> object:
    if value is None or value == "":
        return None
    if kind == "date":
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    if kind.startswith("decimal"):
        return Decimal(str(value))
    return str(value) if kind == "string" else value
