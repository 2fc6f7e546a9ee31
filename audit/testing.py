"""
Try a check on a few rows: for the tests of this project, and for your own checks.

>>> run_check(
...     "STO01",
...     records=[{"retention_start": "2016-11-21"}, {"retention_start": "2016-11-22"}],
...     retention_period="P10Y",
...     as_of=date(2026, 11, 22),
... )[0]["row"]
1
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from audit.catalogue import Check, DeclaredCategories, RetentionScope
from audit.checks import catalogue
from audit.checks.storage_limitation._allowed import FACTS
from audit.engine.duckdb import Engine
from audit.engine.inline import Given, given, inlined, together
from audit.engine.people import COLUMNS as PEOPLE
from audit.engine.people import create_people, make_table
from audit.engine.workspace import workspace
from audit.errors import ArgumentUnusable, UnknownCode
from audit.materials import CELLS, COLUMNS
from audit.notice.model import Notice, RetentionPeriod
from audit.notice.sketch import sketch
from audit.plan import Plan
from audit.register.due_days import COLUMNS as DUE_DAYS
from audit.register.due_days import FIRST, due_day
from audit.register.kinds.model import kinds, schema
from audit.review import review

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["ENGINES", "MATERIALS", "TOLD", "Prepared", "prepared", "run_cases", "run_check"]

Rows = Sequence[Mapping[str, object]]

#: What gives the rows of a query.
Ask = Callable[[str], Sequence[Sequence[Any]]]

#: The engines that a check can be tried on.
ENGINES = ("duckdb", "spark")

#: What other engines than DuckDB tell of what a check returned.
TOLD = dict.fromkeys(
    ("result", "column", "category", "detail", "grade", "record_key"), "string"
) | {
    "row": "int64",
    "allowed_until": "date",
}

MATERIALS: dict[str, dict[str, str]] = {
    "records": schema("other") | FACTS,
    "cells": CELLS,
    "columns": COLUMNS,
    **{kind: schema(kind) for kind in kinds()},
}
"""The tables that a check may ask for, with the types of their columns."""
_BLANK: dict[str, dict[str, object]] = {
    "cells": {"table": "table", "ground": "format", "relation": "undetermined"},
    "columns": {"table": "table", "ground": "header", "filled": 1},
}


def run_check(
    check: str | Callable[..., ir.Table],
    *,
    records: Rows = (),
    cells: Rows = (),
    columns: Rows = (),
    declared: DeclaredCategories | Iterable[str] = (),
    closed: bool = True,
    retention_period: RetentionPeriod | Mapping[str, Any] | str | None = None,
    scope: RetentionScope | Mapping[str, Any] | None = None,
    as_of: date | None = None,
    notice: Notice | Mapping[str, Any] | None = None,
    plan: Plan | Mapping[str, Any] | None = None,
    given: Iterable[str] | None = None,
    kind: str | None = None,
    engine: str = "duckdb",
    **tables: Rows,
) -> list[dict[str, Any]]:
    """
    The rows that one check finds in small tables, each with its ``result``.

    Of a check of the notice, its remarks: result, grade, clauses, quote and detail.

    Parameters
    ----------
    check
        A code of the catalogue, or a function declared with ``@check``.
    records, cells, columns
        Rows as mappings. Columns left out are blank: not ended, not held, one filled cell, whose
        it is undetermined; rows are numbered from 1; a date is given if it is there.
    declared, closed
        The categories that the notice declares, and whether it says that this is all.
    retention_period
        An ISO 8601 duration such as ``P10Y``, or a whole rule, also as a mapping.
    scope
        What of the table the rule reaches, or some of it as a mapping; all of it if not given.
    as_of
        The day of the audit.
    notice, plan
        Where the check asks for the whole of them; a notice may be given as a few facts, as
        ``notice.sketch`` takes them.
    given
        The roles that the subject's table has columns for; without it, those that a row fills.
    kind
        Of what kind of table ``records`` is, where the check speaks of several; else of the first.
    tables
        The records of other kinds of tables, by the kind's name: ``requests=[…]``. A kind that the
        check can do without is missing unless it is given here.
    engine
        Where the check's expression runs; one of ``ENGINES``. On Spark the rows have the columns
        ``TOLD`` alone.
    """
    given_rows = {"records": records, "cells": cells, "columns": columns} | tables
    case = dict(given_rows) | {
        "declared": declared,
        "closed": closed,
        "retention_period": retention_period,
        "scope": scope,
        "as_of": as_of,
        "notice": notice,
        "plan": plan,
        "given": given,
        "kind": kind,
    }
    if engine not in ENGINES:
        raise ArgumentUnusable("engine", engine, f"one of {', '.join(ENGINES)}")
    found = _declared_check(check)
    if found.unit == "notice":
        return _told_by_notice(found, case)
    if engine == "spark":
        return run_cases([prepared(check, case)], engine, _ask_spark)[0]
    return _on_duckdb(found, case)


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A case of a check of data, ready to be put to any engine."""

    check: Check
    names: tuple[str, ...]
    """The columns that are told, of ``TOLD``."""
    given: Given


def prepared(check: str | Callable[..., ir.Table], case: Mapping[str, Any]) -> Prepared:
    """A case, its arguments those of ``run_check``."""
    found = _declared_check(check)
    with workspace() as folder, Engine(folder) as database:
        expression = _expression(database, found, case)
        names = tuple(name for name in TOLD if name in expression.columns)
        return Prepared(check=found, names=names, given=given(database, expression))


def run_cases(cases: Sequence[Prepared], engine: str, ask: Ask) -> list[list[dict[str, Any]]]:
    """
    What an engine finds in each of several cases, with the columns ``TOLD``.

    Their rows are written into the query, so that nothing is made there; all cases are one query,
    whose rows ``ask`` gives.
    """
    queries = [inlined(case.given, case.names, engine) for case in cases]
    rows = ask(together(queries, [case.names for case in cases], TOLD, engine))
    answers = []
    for n, case in enumerate(cases):
        mine = [dict(zip(TOLD, row[1:], strict=True)) for row in rows if row[0] == n]
        told = [[row[name] for name in case.names] for row in mine]
        answers.append(_sorted(case.check, case.names, told))
    return answers


def _on_duckdb(found: Check, case: Mapping[str, Any]) -> list[dict[str, Any]]:
    with workspace() as folder, Engine(folder) as database:
        expression = _expression(database, found, case)
        rows = database.ask(database.compile(expression))
        return _sorted(found, expression.columns, rows)


def _ask_spark(sql: str) -> list[tuple[Any, ...]]:
    from audit.spark.session import local, on_spark

    with workspace() as folder, on_spark(local(master="local[2]", memory="1g"))(folder) as spark:
        return spark.ask(sql)


def _sorted(
    found: Check, names: Sequence[str], answer: Iterable[Sequence[Any]]
) -> list[dict[str, Any]]:
    returned = [
        {"result": str(found.result)} | dict(zip(names, row, strict=True)) for row in answer
    ]
    return sorted(returned, key=lambda row: (row.get("row") or 0, row.get("column") or ""))


def _told_by_notice(found: Check, case: Mapping[str, Any]) -> list[dict[str, Any]]:
    notice, plan = _papers(case)
    return _remarks(found, notice or sketch({}), plan or Plan(), case.get("as_of"))


def _papers(case: Mapping[str, Any]) -> tuple[Notice | None, Plan | None]:
    notice, plan = case.get("notice"), case.get("plan")
    return (
        sketch(notice) if isinstance(notice, Mapping) else notice,
        Plan.model_validate(plan) if isinstance(plan, Mapping) else plan,
    )


def _expression(database: Engine, found: Check, case: Mapping[str, Any]) -> ir.Table:
    """The tables of one case made in the database; what is found in them."""
    import ibis

    rows_of: dict[str, Rows] = {
        name: rows for name, rows in case.items() if name not in _PARAMETERS
    }
    if unknown := sorted(set(rows_of) - set(MATERIALS)):
        raise ValueError(f"there is no kind of table called {unknown[0]!r}")
    notice, plan = _papers(case)
    declared, given = case.get("declared", ()), case.get("given")
    day = case.get("as_of")
    materials: dict[str, Any] = {
        "declared": declared
        if isinstance(declared, DeclaredCategories)
        else _list(declared, case.get("closed", True)),
        "retention_period": _rule(case.get("retention_period")),
        "scope": _scope(case.get("scope")),
        "as_of": day,
        "notice": notice,
        "plan": plan,
        "given": frozenset(
            _filled_in(rows_of.get(found.subject or "", ())) if given is None else given
        ),
    }
    for name in MATERIALS.keys() & set(found.asks):
        missing = name in found.optional and (name not in rows_of or name not in kinds())
        types = MATERIALS[name]
        if name == "records":
            for kind in (*found.tables, *found.dated_kinds):
                types = types | schema(kind)
        if name == found.subject and "retention_period" in found.asks:
            types = types | FACTS
        rows = rows_of.get(name, ())
        materials[name] = None if missing else _table(database, name, types, rows)
    if "people" in found.asks:
        materials["people"] = _people(database, found, rows_of, case.get("kind"))
    if "due_days" in found.asks:
        _due_days(database, rows_of, day)
        materials["due_days"] = ibis.table(DUE_DAYS, name="due_days")
    return found.function(**{name: materials[name] for name in found.asks})


_PARAMETERS = frozenset(
    ("declared", "closed", "retention_period", "scope", "as_of", "notice", "plan", "given", "kind")
)


def _remarks(found: Check, notice: Notice, plan: Plan, as_of: date | None) -> list[dict[str, Any]]:
    """What a check of the notice says, without what it leaves out."""
    made = review([found], notice, plan, as_of or date.today()).remarks
    return [one.as_data() for one in made]


def _due_days(database: Engine, tables: Mapping[str, Rows], day: date | None) -> None:
    """The days on which something of the case began; of all days there are thousands."""
    days = {value for rows in tables.values() for row in rows for value in row.values()}
    until = day or date.max.replace(year=2100)
    wanted = sorted(one for one in days if isinstance(one, date) and FIRST <= one <= until)
    make_table(database, "due_days", DUE_DAYS, map(due_day, wanted))


def _filled_in(rows: Rows) -> set[str]:
    """The columns that any of the rows names."""
    return {column for row in rows for column in row}


def _people(
    database: Engine, found: Check, tables: Mapping[str, Rows], kind: str | None
) -> ir.Table:
    """Who is who among the tables given; ``records`` are of ``kind``, or of the check's first kind."""
    import ibis

    shown = {kind: kind for kind in found.asks if kind in kinds() and kind in tables}
    if found.subject == "records":
        shown[kind or (found.tables or ("other",))[0]] = "records"
    elif found.subject is not None:
        shown[found.subject] = found.subject
    for of, table in shown.items():
        database.create(f"all_{of}", ibis.table(schema(of), name=table).select(*schema(of)))
    create_people(database, shown, None)
    return ibis.table(PEOPLE, name="people")


def _declared_check(check: str | Callable[..., ir.Table]) -> Check:
    if callable(check):
        declared = getattr(check, "check", None)
        if not isinstance(declared, Check):
            raise TypeError(f"{getattr(check, '__name__', check)!r} is not declared with @check")
        return declared
    if check not in catalogue():
        raise UnknownCode(check, list(catalogue()))
    return catalogue()[check]


def _list(keys: Iterable[str], closed: bool) -> DeclaredCategories:  # noqa: FBT001 - as the caller has it
    return DeclaredCategories(keys=tuple(sorted(keys)), closed=closed, clauses=())


def _rule(period: RetentionPeriod | Mapping[str, Any] | str | None) -> RetentionPeriod | None:
    if isinstance(period, Mapping):
        given = {"id": "S1", "kind": "fixed", "event": "retention_start", **period}
        return RetentionPeriod.model_validate(given)
    if isinstance(period, str):
        return RetentionPeriod(id="S1", kind="fixed", period=period, event="retention_start")
    return period


def _scope(said: RetentionScope | Mapping[str, Any] | None) -> RetentionScope:
    if isinstance(said, RetentionScope):
        return said
    given: dict[str, Any] = {
        name: tuple(one) if isinstance(one, list) else one for name, one in (said or {}).items()
    }
    if "columns" in given:
        given["columns"] = tuple((header, category) for header, category in given["columns"])
    return RetentionScope(**given)


def _table(database: Engine, name: str, columns: Mapping[str, str], rows: Rows) -> ir.Table:
    """One material, in the database and as Ibis sees it."""
    import ibis

    types = dict(columns)
    for row in rows:  # a check of your own may ask for more
        types |= {column: _type(value) for column, value in row.items() if column not in types}
    table = ibis.table(types, name=name)
    filled = (_filled(name, types, number, row) for number, row in enumerate(rows, 1))
    make_table(database, name, types, [[row.get(column) for column in types] for row in filled])
    return table


def _type(value: object) -> str:
    return {bool: "boolean", int: "int64", date: "date"}.get(type(value), "string")


def _filled(
    name: str, types: Mapping[str, str], number: int, row: Mapping[str, object]
) -> dict[str, object]:
    """The row with what it leaves out: a number, nothing ended or held, dates given if there."""
    place = list(MATERIALS).index(name)  # each table has its own
    blank = dict(_BLANK.get(name, {"place": place, "ended": False, "on_hold": False}))
    if name == "columns":
        blank["position"] = number - 1
    else:
        blank["row"] = number
    for column in types:
        if column.endswith("_given"):
            blank[column] = row.get(column.removesuffix("_given")) is not None
    return blank | dict(row)
