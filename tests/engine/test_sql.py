"""The SQL of expressions is written here in one walk: it says what Ibis' own says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import ibis
import pytest

from audit.catalogue import Check
from audit.engine.duckdb import Engine, by_ibis
from audit.engine.sql import Unwritten, written
from audit.engine.workspace import workspace
from audit.testing import prepared
from tests.test_checks import CHECKS, cases, with_notice

if TYPE_CHECKING:
    import ibis.expr.types as ir

KINDS = {
    "a": "string",
    "b": "string",
    "n": "int64",
    "i": "int32",
    "d": "date",
    "e": "date",
    "f": "boolean",
    "m": "decimal(18, 2)",
}
T = ibis.table(KINDS, name="t")
SOME = T.filter(T.n > 0).select("a", "n")
U = ibis.table({"a": "string", "k": "int64"}, name="u")
AN = ibis.literal("x'y")

VALUES = {
    "texts": ibis.coalesce(T.a, T.b, AN),
    "numbers": T.n + 1 - T.i * ibis.literal(2, "int64"),
    "sums": T.m - ibis.literal(0, "decimal(18, 2)"),
    "flags": ~T.f.fill_null(False) | ((T.a == T.b) & (T.n >= 3)),
    "more flags": (T.n < 3) | (T.n <= 1) | (T.a != T.b) | (T.n > 9),
    "blanks": T.a.isnull() | T.d.notnull(),
    "no text": ibis.null("string"),
    "no day": ibis.coalesce(ibis.null("date"), T.d),
    "cases": ibis.cases((T.f, "x"), (T.a == "q", T.b), else_="z"),
    "cases alone": ibis.cases((T.f, "x")),
    "either": ibis.ifelse(T.f, T.a, "y"),
    "among": T.a.isin(["Ab c", "q"]),
    "not among": T.a.notin(("Ab c",)),
    "among none": T.a.isin([]),
    "small numbers": T.f.cast("int8"),
    "days later": (T.d + ibis.interval(3, unit="M")).cast("timestamp").cast("date"),
    "years later": (T.d + ibis.interval(1, unit="Y")).cast("timestamp").cast("date"),
    "weeks later": (T.d + ibis.interval(2, unit="W")).cast("timestamp").cast("date"),
    "day as text": T.d.cast("string").substr(0, 10),
    "day as told": T.d.strftime("%Y-%m-%d"),
    "day made": ibis.date(T.n + 2000, T.i, 1),
    "between": T.d.between(T.e, date(2026, 1, 1)),
    "latest": ibis.greatest(T.d, T.e),
    "earliest": ibis.least(T.d, T.e),
    "joined": AN.concat(T.a, "; ", T.b),
    "contains": T.a.contains("b"),
    "begins": T.a.startswith("A"),
    "ends": T.a.endswith("c"),
    "part": T.a.substr(1),
    "right": T.a.right(2),
    "padded": T.a.lpad(6, "0"),
    "padded short": T.a.lpad(2, "0"),
    "replaced": T.a.replace("b", "'"),
    "small letters": T.a.lower(),
    "capitals": T.a.upper(),
    "like": T.a.like("%b%"),
    "no such": T.a.nullif("q"),
}

TABLES = {
    "filtered": T.filter(T.f, T.n < 9),
    "inner": T.inner_join(U, ["a"]),
    "left": T.left_join(U, T.a == U.a),
    "semi": T.semi_join(U, "a"),
    "anti": T.anti_join(U, [T.a == U.a, T.n == U.k]),
    "crossed": T.select("a").cross_join(U.select("k")),
    "with itself": T.inner_join(T.view(), ["a"]).select("a", "n", "n_right"),
    "united": T.select("a").union(U.select("a")),
    "united once": T.select("a").union(U.select("a"), distinct=True),
    "different": T.select("a", "f").distinct(),
    "dropped": T.drop("a", "b"),
    "among a table": T.filter(T.a.isin(U.a)),
    "if any": T.filter(U.count() > 0),
    "the highest": T.filter(T.n == T.n.max()),
    "read twice": SOME.inner_join(SOME.view(), ["a"]),
    "counted": T.group_by("a", "f").agg(
        most=T.d.max(),
        least=T.n.min(where=T.f),
        number=T.count(),
        some=T.count(where=T.f),
        sorts=T.b.nunique(),
        filled=T.b.count(),
        total=T.n.sum(),
        any=T.f.any(),
    ),
    "counted all": T.agg(number=T.count(where=T.n > 1)),
    "first column of a name": T.select(**{'a "b"': T.a}),
}


@pytest.fixture(scope="module")
def engine() -> Any:
    with workspace() as folder, Engine(folder) as made:
        made.run(
            "CREATE TABLE t AS SELECT * FROM (VALUES "
            "('Ab c', 'q', 1, 2, DATE '2024-02-29', DATE '2025-01-01', true, 1.50), "
            "('Ab c', NULL, 3, 1, DATE '2025-12-31', NULL, false, -2.00), "
            "('q', 'Ab c', 10, 12, NULL, DATE '2026-01-01', NULL, NULL), "
            "(NULL, 'q', NULL, 3, NULL, NULL, true, 0.01), "
            "('q', 'q', 2, 4, DATE '2025-01-31', DATE '2024-12-31', false, 5)) "
            "AS v (a, b, n, i, d, e, f, m)"
        )
        made.run(
            "CREATE TABLE u AS SELECT * FROM (VALUES ('q', 10), ('q', 2), ('x', NULL)) v (a, k)"
        )
        yield made


def answers(engine: Engine, expression: ir.Table) -> tuple[list[Any], list[Any]]:
    """The rows by the SQL of ours and of Ibis."""
    operation = expression.op()
    return tuple(  # type: ignore[return-value]  # of two
        sorted(engine.rows(sql), key=repr) for sql in (written(operation), by_ibis(operation))
    )


@pytest.mark.parametrize("name", VALUES)
def test_value(engine: Engine, name: str) -> None:
    """A value is the same, whichever SQL it is asked by."""
    ours, theirs = answers(engine, T.select("n", value=VALUES[name]))
    assert ours == theirs
    assert len(ours) == 5


@pytest.mark.parametrize("name", TABLES)
def test_table(engine: Engine, name: str) -> None:
    """A table has the same rows and the same columns, whichever SQL it is asked by."""
    ours, theirs = answers(engine, TABLES[name])
    assert ours == theirs
    assert ours


@pytest.mark.parametrize(
    "found", [one for one in CHECKS if one.unit != "notice"], ids=lambda f: f.code
)
def test_checks_are_written(found: Check) -> None:
    """No expression of the catalogue has to wait for Ibis: that takes ten times as long."""
    given = max((case["given"] for case in cases(found)), key=len)
    assert written(prepared(found.code, with_notice(given)).given.expression.op())


def test_what_has_no_text_is_left_to_ibis(engine: Engine) -> None:
    """A check of one's own may ask for what no check of the catalogue does."""
    expression = T.mutate(place=ibis.row_number().over(order_by=T.n)).select("place")
    with pytest.raises(Unwritten):
        written(expression.op())
    assert len(engine.rows(engine.compile(expression))) == 5
