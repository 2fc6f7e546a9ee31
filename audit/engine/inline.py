"""
A check's SQL over rows that stand in the query itself, in the dialect of any engine.

No table is made anywhere: a case of a check is one query, several of them are one query as well,
and what it is asked of may be read-only. For the few rows of an example.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from audit.engine.duckdb import Engine

__all__ = ["DIALECTS", "Given", "given", "inlined", "together"]


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How an engine writes what Ibis leaves to us."""

    compiler: str
    """Ibis' name of it."""
    types: Mapping[str, str]
    """By Ibis' type, the one that a value is cast to."""
    quote: str = '"'
    escape: bool = False
    """Whether a backslash in a text says something."""
    values: bool = False
    """Whether rows are written as ``VALUES``, which Spark plans sooner than a union."""

    def name(self, text: str) -> str:
        """An identifier."""
        return f"{self.quote}{text}{self.quote}"

    def literal(self, value: object, kind: str) -> str:
        """A value, of its type."""
        if value is None or value == "":
            said = "NULL"
        elif isinstance(value, bool):
            said = str(value).upper()
        elif isinstance(value, str | date):
            text = str(value).replace("'", "''")
            text = text.replace("\\", "\\\\") if self.escape else text
            said = f"'{text}'"
        else:
            said = str(value)
        return f"CAST({said} AS {self.types[kind]})"


_TYPES = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "int32": "INTEGER",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "decimal(18, 2)": "DECIMAL(18, 2)",
}
#: By engine.
DIALECTS = {
    "duckdb": Dialect(compiler="duckdb", types=_TYPES),
    "spark": Dialect(
        compiler="pyspark",
        types=_TYPES | {"string": "STRING"},
        quote="`",
        escape=True,
        values=True,
    ),
    "postgresql": Dialect(compiler="postgres", types=_TYPES),
    "mariadb": Dialect(
        compiler="mysql",
        types=_TYPES
        | dict.fromkeys(("int64", "int32", "boolean"), "SIGNED")
        | {"string": "CHAR(100)"},
        quote="`",
        escape=True,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Given:
    """An expression, with the few rows of the tables that it reads."""

    expression: ir.Table
    tables: Mapping[str, tuple[Mapping[str, str], Sequence[Sequence[object]]]]
    """By name, columns with Ibis' types, and rows."""


def given(database: Engine, expression: ir.Table) -> Given:
    """An expression with the rows of its tables, which are in ``database``."""
    from ibis.expr.operations import UnboundTable

    tables = {}
    for table in expression.op().find(UnboundTable):
        kinds = {name: str(kind).removeprefix("!") for name, kind in table.schema.items()}
        columns = ", ".join(f'"{name}"' for name in kinds)
        tables[table.name] = kinds, database.ask(f"SELECT {columns} FROM {table.name}")
    return Given(expression=expression, tables=tables)


def inlined(said: Given, wanted: Sequence[str], engine: str) -> str:
    """What returns the columns ``wanted`` of an expression on an engine, with all that it reads."""
    dialect = DIALECTS[engine]
    before, last = _compiled(said.expression.op(), engine)
    # Of hundreds of columns that a table has, the check reads some.
    named = set(re.findall(r"\w+", " ".join([last, *(sql for _, sql in before)]))) | set(wanted)
    tables = [
        (name, _values(kinds, rows, named, dialect)) for name, (kinds, rows) in said.tables.items()
    ]
    every = ", ".join(f"{dialect.name(name)} AS ({sql})" for name, sql in (*tables, *before))
    columns = ", ".join(map(dialect.name, wanted))
    return f"WITH {every} SELECT {columns} FROM ({last}) AS found"


def _values(
    kinds: Mapping[str, str], rows: Sequence[Sequence[object]], named: set[str], dialect: Dialect
) -> str:
    """Rows as a query of nothing, with those of their columns that are named."""
    told = list(kinds.items())
    at = [n for n, (name, _) in enumerate(told) if name in named] or [0]
    written = [
        [dialect.literal(row[n], told[n][1]) for n in at] for row in rows or [(None,) * len(told)]
    ]
    names = [dialect.name(told[n][0]) for n in at]
    if dialect.values:
        listed = ", ".join(f"({', '.join(row)})" for row in written)
        table = f"SELECT * FROM VALUES {listed} AS given ({', '.join(names)})"
        return table if rows else f"{table} WHERE FALSE"
    selects = [
        "SELECT " + ", ".join(f"{value} AS {name}" for value, name in zip(row, names, strict=True))
        for row in written
    ]
    none = "" if rows else " FROM (SELECT 1 AS one) AS nothing WHERE 1 = 0"
    return f"{' UNION ALL '.join(selects)}{none}"


@cache  # cases share notice, day and what is given
def _compiled(expression: Any, engine: str) -> tuple[list[tuple[str, str]], str]:
    """
    The SQL of an expression in a dialect: the queries that stand before it, by name, and the last.

    They are told apart since MariaDB does not find the tables that stand before the query around
    the one that names them.
    """
    from ibis import options
    from sqlglot import exp

    said = DIALECTS[engine]
    # Spark merges nested queries slowly itself, the others do not mind them.
    options.sql.fuse_selects = said.compiler == "pyspark"
    compiler = import_module(f"ibis.backends.sql.compilers.{said.compiler}").compiler
    tree = compiler.to_sqlglot(expression.to_expr())
    if said.compiler in ("mysql", "postgres"):
        _without_semi_joins(tree)
    if said.compiler == "postgres":  # it makes a flag an INTEGER, and no other number
        small = (exp.DataType.Type.SMALLINT, exp.DataType.Type.TINYINT)
        for cast in list(tree.find_all(exp.Cast)):
            if cast.to.this in small:
                cast.set("this", exp.cast(cast.this, "int"))
    before = [(one.alias, one.this.sql(compiler.dialect)) for one in tree.ctes]
    tree.set("with_", None)
    return before, tree.sql(compiler.dialect)


def _without_semi_joins(tree: Any) -> None:
    """Semi and anti joins as EXISTS, all of them: sqlglot itself leaves every second one."""
    from sqlglot import exp

    for select in reversed(list(tree.find_all(exp.Select))):  # what stands within is copied
        for join in list(select.args.get("joins") or ()):
            if join.kind in ("SEMI", "ANTI") and join.args.get("on"):
                there = exp.Exists(this=exp.select("1").from_(join.this).where(join.args["on"]))
                join.pop()
                select.where(there.not_() if join.kind == "ANTI" else there, copy=False)


def together(
    queries: Sequence[str], columns: Sequence[Iterable[str]], every: Mapping[str, str], dialect: str
) -> str:
    """
    Several queries as one, with ``n_`` for the number of the query.

    ``columns`` are those of each, of ``every`` column that there is; one that is lacking is blank.
    """
    said = DIALECTS[dialect]
    selects = []
    for n, (query, own) in enumerate(zip(queries, columns, strict=True)):
        shown = ", ".join(
            said.name(name) if name in own else f"{said.literal(None, kind)} AS {said.name(name)}"
            for name, kind in every.items()
        )
        selects.append(f"SELECT {n} AS n_, {shown} FROM ({query}) AS one")
    return " UNION ALL ".join(selects)
