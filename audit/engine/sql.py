"""
The SQL of an Ibis expression for DuckDB, written in one walk over its nodes.

Ibis' own compiler makes the graph anew for each of its rewrites, then a tree of another library, then
the text: for the checks of one audit that takes several seconds, longer than all of their queries.
Here each node that the checks use has its text, made of those of its arguments. An expression with
a node that has none here, as a check of your own may have, is left to Ibis; both say the same
(``tests/engine/test_sql.py``).

A relation that several others read stands before the query, by name; any other stands in its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Any

from ibis.common.graph import Graph
from ibis.expr import datatypes as dt
from ibis.expr import operations as ops

from audit.register.query import quoted

__all__ = ["Unwritten", "written"]


class Unwritten(Exception):
    """The expression has a node that has no text here."""


def written(operation: ops.Relation) -> str:
    """The SQL of an expression. ``Unwritten`` is raised where Ibis has to write it."""
    graph, _ = Graph.from_bfs(operation).toposort()
    readers = Counter(
        one
        for node, below in graph.items()
        if not isinstance(node, ops.Field | ops.CountStar)
        for one in set(below)
        if isinstance(one, ops.Relation)
    )
    said, before, names = _Said(), list[str](), count()
    for node in graph:
        make = _MADE.get(type(node))
        if make is None:
            raise Unwritten(type(node).__name__)
        text = make(node, said)
        if isinstance(node, ops.Relation):
            said.alias[node] = f"t{next(names)}"
            if isinstance(node, ops.UnboundTable):
                said.source[node], text = text, f"SELECT * FROM {text}"
            elif readers[node] > 1 and not isinstance(node, _OTHER_NAMES):
                said.source[node] = name = f"c{len(before)}"
                before.append(f"{name} AS ({text})")
                text = f"SELECT * FROM {name}"
            else:
                said.source[node] = f"({text})"
        said[node] = text
    return (f"WITH {', '.join(before)} " if before else "") + said[operation]


class _Said(dict[ops.Node, str]):
    """The text of each node: of a relation, its query."""

    def __init__(self) -> None:
        super().__init__()
        self.alias: dict[ops.Node, str] = {}
        """By relation, what its columns are called after."""
        self.source: dict[ops.Node, str] = {}
        """By relation, what a query names to read it."""

    def read(self, relation: ops.Relation) -> str:
        """What stands behind FROM, JOIN."""
        whole = relation
        while isinstance(whole, _OTHER_NAMES):
            whole = whole.parent
        return f"{self.source[whole]} AS {self.alias[relation]}"

    def listed(self, nodes: Iterable[ops.Node], between: str = ", ") -> str:
        return between.join(self[node] for node in nodes)

    def named(self, values: Mapping[str, ops.Node]) -> list[str]:
        return [
            self[value]
            if isinstance(value, ops.Field) and value.name == name
            else f"{self[value]} AS {_name(name)}"
            for name, value in values.items()
        ]


_OTHER_NAMES = (ops.JoinReference, ops.SelfReference)
_JOINS = {"cross": "CROSS", "inner": "INNER", "left": "LEFT", "semi": "SEMI", "anti": "ANTI"}


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


# --- relations -----------------------------------------------------------------------------------


def _table(op: ops.UnboundTable, _: _Said) -> str:
    if op.namespace.catalog or op.namespace.database:
        raise Unwritten(op.name)
    return _name(op.name)


def _project(op: ops.Project, said: _Said) -> str:
    return f"SELECT {', '.join(said.named(op.values))} FROM {said.read(op.parent)}"


def _filter(op: ops.Filter, said: _Said) -> str:
    return f"SELECT * FROM {said.read(op.parent)} WHERE {said.listed(op.predicates, ' AND ')}"


def _aggregate(op: ops.Aggregate, said: _Said) -> str:
    values = ", ".join(said.named({**op.groups, **op.metrics}))
    places = ", ".join(str(n + 1) for n in range(len(op.groups)))
    grouped = f" GROUP BY {places}" if places else ""
    return f"SELECT {values} FROM {said.read(op.parent)}{grouped}"


def _joined(op: ops.JoinChain, said: _Said) -> str:
    joins = ""
    for link in op.rest:
        if link.how not in _JOINS:
            raise Unwritten(f"{link.how} join")
        joins += f" {_JOINS[link.how]} JOIN {said.read(link.table)}"
        joins += f" ON {said.listed(link.predicates, ' AND ')}" if link.predicates else ""
    return f"SELECT {', '.join(said.named(op.values))} FROM {said.read(op.first)}{joins}"


def _union(op: ops.Union, said: _Said) -> str:
    every = "" if op.distinct else " ALL"
    return f"SELECT * FROM {said.read(op.left)} UNION{every} SELECT * FROM {said.read(op.right)}"


def _dropped(op: ops.DropColumns, said: _Said) -> str:
    names = ", ".join(map(_name, sorted(op.columns_to_drop)))
    return f"SELECT * EXCLUDE ({names}) FROM {said.read(op.parent)}"


def _limited(op: ops.Limit, said: _Said) -> str:
    if not isinstance(op.n, int) or op.offset != 0:
        raise Unwritten("LIMIT")
    return f"SELECT * FROM {said.read(op.parent)} LIMIT {op.n}"


# --- values --------------------------------------------------------------------------------------


def _literal(op: ops.Literal, _: _Said) -> str:
    value, kind = op.value, op.dtype
    if value is None:
        return "NULL" if kind.is_null() else f"CAST(NULL AS {_type(kind)})"
    for one, write in _LITERALS.items():
        if isinstance(kind, one):
            return write(value, kind)
    raise Unwritten(str(kind))


_LITERALS: dict[type[dt.DataType], Callable[[Any, Any], str]] = {
    dt.Boolean: lambda value, _: str(bool(value)).upper(),
    dt.String: lambda value, _: quoted(value),
    dt.Integer: lambda value, _: str(value),
    dt.Decimal: lambda value, kind: f"CAST({value} AS {_type(kind)})",
    dt.Date: lambda value, _: f"DATE '{value.isoformat()}'",
    dt.Interval: lambda value, kind: f"INTERVAL '{value}' {kind.unit.name}",
}


def _type(kind: dt.DataType) -> str:
    name = str(kind).removeprefix("!")
    if kind.is_decimal():
        digits = (kind.precision, kind.scale)
        return "DECIMAL" if None in digits else f"DECIMAL({digits[0]}, {digits[1]})"
    if name not in _TYPES:
        raise Unwritten(name)
    return _TYPES[name]


_TYPES = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "int32": "INTEGER",
    "int8": "TINYINT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}


def _among(op: ops.InValues, said: _Said) -> str:
    return f"({said[op.value]} IN ({said.listed(op.options)}))" if op.options else "FALSE"


def _cases(op: ops.SearchedCase, said: _Said) -> str:
    pairs = zip(op.cases, op.results, strict=True)
    said_of = " ".join(f"WHEN {said[case]} THEN {said[result]}" for case, result in pairs)
    return f"CASE {said_of} ELSE {said[op.default]} END"


def _part(op: ops.Substring, said: _Said) -> str:
    if not isinstance(op.start, ops.Literal) or op.start.value < 0:
        raise Unwritten("SUBSTRING")
    length = "" if op.length is None else f", {said[op.length]}"
    return f"SUBSTRING({said[op.arg]}, {op.start.value + 1}{length})"


def _place(op: ops.StringFind, said: _Said) -> str:
    if op.start is not None or op.end is not None:
        raise Unwritten("INSTR from a place")
    return f"(INSTR({said[op.arg]}, {said[op.substr]}) - 1)"


def _padded(op: ops.LPad, said: _Said) -> str:
    text, width = said[op.arg], said[op.length]
    longer = f"REPEAT({said[op.pad]}, {width} - LENGTH({text})) || {text}"
    return f"CASE WHEN LENGTH({text}) >= {width} THEN {text} ELSE {longer} END"


def _like(op: ops.StringSQLLike, said: _Said) -> str:
    if op.escape is not None:
        raise Unwritten("LIKE … ESCAPE")
    return f"({said[op.arg]} LIKE {said[op.pattern]})"


def _between(template: str) -> Callable[[Any, _Said], str]:
    """What is written with the arguments of a node in the places of a template."""
    return lambda op, said: template.format(*(said[one] for one in op.__args__))


def _call(name: str) -> Callable[[Any, _Said], str]:
    """A function of as many values as a node has, one by one or as a list."""

    def make(op: ops.Value, said: _Said) -> str:
        values = op.__args__[0] if isinstance(op.__args__[0], tuple) else op.__args__
        return f"{name}({said.listed(values)})"

    return make


def _aggregated(template: str) -> Callable[[Any, _Said], str]:
    """An aggregate of a value, or of rows, where a condition holds."""

    def make(op: Any, said: _Said) -> str:
        where = f" FILTER (WHERE {said[op.where]})" if op.where is not None else ""
        return template.format(said[op.arg]) + where

    return make


_MADE: dict[type[ops.Node], Callable[[Any, _Said], str]] = {
    ops.UnboundTable: _table,
    ops.JoinReference: lambda op, said: said[op.parent],
    ops.SelfReference: lambda op, said: said[op.parent],
    ops.Project: _project,
    ops.Filter: _filter,
    ops.Aggregate: _aggregate,
    ops.JoinChain: _joined,
    ops.JoinLink: lambda *_: "",  # the chain has it
    ops.Union: _union,
    ops.Distinct: lambda op, said: f"SELECT DISTINCT * FROM {said.read(op.parent)}",
    ops.DropColumns: _dropped,
    ops.Limit: _limited,
    ops.Field: lambda op, said: f"{said.alias[op.rel]}.{_name(op.name)}",
    ops.ScalarSubquery: lambda op, said: f"({said[op.rel]})",
    ops.InSubquery: lambda op, said: f"({said[op.needle]} IN ({said[op.rel]}))",
    ops.Literal: _literal,
    ops.Cast: lambda op, said: f"CAST({said[op.arg]} AS {_type(op.to)})",
    ops.InValues: _among,
    ops.SearchedCase: _cases,
    ops.IfElse: _between("CASE WHEN {} THEN {} ELSE {} END"),
    ops.Coalesce: _call("COALESCE"),
    ops.Greatest: _call("GREATEST"),
    ops.Least: _call("LEAST"),
    ops.NullIf: _call("NULLIF"),
    ops.IsNull: _between("({} IS NULL)"),
    ops.NotNull: _between("({} IS NOT NULL)"),
    ops.Not: _between("(NOT {})"),
    ops.And: _between("({} AND {})"),
    ops.Or: _between("({} OR {})"),
    ops.Equals: _between("({} = {})"),
    ops.NotEquals: _between("({} <> {})"),
    ops.Less: _between("({} < {})"),
    ops.LessEqual: _between("({} <= {})"),
    ops.Greater: _between("({} > {})"),
    ops.GreaterEqual: _between("({} >= {})"),
    ops.Between: _between("({} BETWEEN {} AND {})"),
    ops.Add: _between("({} + {})"),
    ops.Subtract: _between("({} - {})"),
    ops.Multiply: _between("({} * {})"),
    ops.DateAdd: _between("({} + {})"),
    ops.DateFromYMD: _call("MAKE_DATE"),
    ops.Strftime: _call("STRFTIME"),
    ops.StringConcat: lambda op, said: f"({said.listed(op.arg, ' || ')})",
    ops.StringContains: _call("CONTAINS"),
    ops.StartsWith: _call("STARTS_WITH"),
    ops.EndsWith: _call("SUFFIX"),
    ops.StringReplace: _call("REPLACE"),
    ops.StringFind: _place,
    ops.StringSQLLike: _like,
    ops.RegexSearch: _call("REGEXP_MATCHES"),
    ops.Lowercase: _call("LOWER"),
    ops.Uppercase: _call("UPPER"),
    ops.StrRight: _call("RIGHT"),
    ops.Substring: _part,
    ops.LPad: _padded,
    ops.Max: _aggregated("MAX({})"),
    ops.Min: _aggregated("MIN({})"),
    ops.Sum: _aggregated("SUM({})"),
    ops.Any: _aggregated("BOOL_OR({})"),
    ops.Count: _aggregated("COUNT({})"),
    ops.CountStar: _aggregated("COUNT(*)"),
    ops.CountDistinct: _aggregated("COUNT(DISTINCT {})"),
}
