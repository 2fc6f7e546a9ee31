"""Every case of every check, through the expectations and the metric that are shipped."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
from test_checks import Case, every_case, holds

from audit.catalogue import Check
from audit.checks import catalogue
from audit.engine.duckdb import Engine
from audit.engine.evidence import create_evidence, write_evidence
from audit.engine.workspace import workspace
from audit.expectations import FAMILIES, findings_of
from audit.expectations import batch as batches
from audit.finding import Finding, Result
from audit.plan import PLAN_SCHEMA
from audit.register.extract import Extract
from audit.register.kinds.model import kinds, schema
from audit.testing import MATERIALS, run_check

if TYPE_CHECKING:
    import pytest

CASE = "case_of_the_test"
TABLE = "cases"
APART = 10_000  # rows of a case, in the numbers of the batch
#: As an expectation embeds it: the batch stands in the place of its one source.
PLAN = {
    "schema": PLAN_SCHEMA,
    "register": "koe",
    "sources": [{"file": "cases.csv", "table": TABLE}],
}
SQL = {"string": "VARCHAR", "int64": "BIGINT", "int32": "INTEGER"}


@dataclass
class Cases:
    """The cases of one check, in the place of an audit of the batch that holds their rows."""

    check: Check
    cases: list[Case]
    found: list[list[dict[str, Any]]] = field(default_factory=list)
    """What the check returned, case by case."""

    def run(
        self, _plan: Any, _day: Any, evidence: Path, *, frames: dict[str, Extract], **_: Any
    ) -> Any:
        """
        What ``audit.run.run`` would return and write, had a file held these records.

        The records are those that Great Expectations handed on, typed as the check asks for them.
        """
        rows = self.rows(frames[TABLE])
        self.found = []
        for n, (code, _name, given, _expected) in enumerate(self.cases):
            subject = subject_of(code, given)
            batch = {subject: rows.get(n, [])} if subject else {}
            self.found.append(run_check(code, **given | batch))
        with workspace() as folder, Engine(folder) as engine:
            create_evidence(engine)
            engine.insert("evidence", self.evidence())
            write_evidence(engine, evidence)
        return SimpleNamespace(
            findings=list(self.findings()),
            tables=[SimpleNamespace(name=TABLE, rows=len(rows))],
            failures=(),
            ledgers=(),
        )

    def rows(self, batch: Extract) -> dict[int, list[dict[str, Any]]]:
        """The rows of each case, read from the batch's texts."""
        types: dict[str, str] = {CASE: "int64"}
        for kind in self.check.tables or kinds():
            types |= schema(kind)
        for name in (self.check.subject or "", "cells", "columns", *self.check.tables):
            types |= MATERIALS.get(name, {})
        columns = [
            f"CAST(nullif(c{at}, '') AS {SQL.get(kind := types.get(name, 'string'), kind)})"
            for at, name in enumerate(batch.header)
        ]
        with duckdb.connect() as connection:
            connection.register("batch", batch.frame)
            relation = batch.relation(Path("batch"))
            told = connection.execute(f"SELECT {', '.join(columns)} FROM {relation}").fetchall()
        found: dict[int, list[dict[str, Any]]] = {}
        for cells in told:
            row = {
                name: value
                for name, value in zip(batch.header, cells, strict=True)
                if value is not None
            }
            found.setdefault(row.pop(CASE), []).append(row)
        return found

    def evidence(self) -> list[tuple[Any, ...]]:
        """A piece for each row that was returned, numbered apart from other cases'."""
        return [
            (
                self.check.code, row["result"], "cases.csv", None, number(n, row), None,
                row.get("column"), None, row.get("category"), row.get("detail"), None,
            )
            for n, found in enumerate(self.found)
            for row in found
        ]  # fmt: skip

    def findings(self) -> Any:
        """The findings of each case, which stands in the place of a rule."""
        for n, found in enumerate(self.found):
            counts = Counter(
                (row["result"], row.get("grade"), row.get("column"), row.get("category"))
                for row in found
            )
            for (result, grade, column, category), count in counts.items():
                deviates = result == Result.NONCONFORMITY
                yield Finding(
                    check=self.check.code,
                    result=Result(result),
                    grade=(grade or self.check.criterion.grade) if deviates else None,
                    table=TABLE,
                    column=column,
                    category=category,
                    rule=str(n),
                    count=count,
                    examined=count,
                )


def test_cases_in_great_expectations(
    record_property: pytest.RecordProperty, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    The rows that a check is about are the batch of a validation, those of all its cases together.

    What stands in for the audit is its first half alone, that reads files: a case gives what no file
    holds. The rest is what is shipped, from the batch to the findings that a result holds.
    """
    import great_expectations as gx

    from audit.expectations.suite import ephemeral

    of_check: dict[str, list[Case]] = {}
    for case in every_case():
        of_check.setdefault(case[0], []).append(case)
    wrong: list[str] = []
    with ephemeral() as context:
        asset = context.data_sources.add_pandas("p").add_dataframe_asset("a")
        whole = asset.add_batch_definition_whole_dataframe("b")
        for code, some in of_check.items():
            cases = Cases(catalogue()[code], some)
            monkeypatch.setattr(batches, "run", cases.run)
            expectation = FAMILIES[cases.check.criterion.family](
                plan=PLAN, table=TABLE, codes=[code], as_of="2026-11-22", fail_on="minor"
            )
            batch = whole.get_batch({"dataframe": frame_of(some)})
            done = batch.validate(expectation, result_format="COMPLETE")
            wrong += list(answered_otherwise(cases, done))
    assert gx.__version__
    assert wrong == []
    record_property("cases", sum(map(len, of_check.values())))


def answered_otherwise(cases: Cases, done: Any) -> Any:
    """The cases of which a validation says something else than they do."""
    if not done.result:
        yield f"{cases.check.code}: {done.exception_info}"
        return
    told = findings_of(done)
    deviating = {
        (key["check"], key.get("row"), key.get("column"))
        for key in done.result["unexpected_index_list"]
    }
    expected_to_deviate = set()
    for n, ((code, name, _, expected), found) in enumerate(
        zip(cases.cases, cases.found, strict=True)
    ):
        of_case = [one for one in told if one.rule == str(n)]
        counts = Counter({one.result: 0 for one in of_case})
        for one in of_case:
            counts[one.result] += one.count
        of_rows = Counter(Result(row["result"]) for row in found)
        if not holds(found, expected) or counts != of_rows:
            yield f"{code}: {name}"
        expected_to_deviate |= {
            (code, number(n, row), row.get("column"))
            for row in found
            if row["result"] == Result.NONCONFORMITY
        }
    if deviating != expected_to_deviate or done.success == bool(deviating):
        yield f"{cases.check.code}: other rows or another verdict"


def number(n: int, row: dict[str, Any]) -> int | None:
    """The number of a row in the evidence of all cases together."""
    return n * APART + row["row"] if row.get("row") is not None else None


def frame_of(some: list[Case]) -> pd.DataFrame:
    """The rows that a check is about, of all its cases; numbered by their case."""
    rows = [
        {CASE: n} | row
        for n, (code, _, given, _) in enumerate(some)
        for row in given.get(subject_of(code, given) or "", ())
    ]
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[row.get(name) for name in names] for row in rows]
    return pd.DataFrame(cells, columns=names, dtype=object)


def subject_of(code: str, given: dict[str, Any]) -> str | None:
    """The table whose rows are the batch, if the case gives it."""
    check = catalogue()[code]
    names = (check.subject,) if check.subject else ("cells", "columns")
    return next((name for name in names if given.get(name)), None)
