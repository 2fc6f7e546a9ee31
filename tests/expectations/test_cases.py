"""Every case of every check, as a DataFrame that Great Expectations validates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from test_checks import Case, every_case, holds

from audit.checks import catalogue
from audit.testing import run_check

if TYPE_CHECKING:
    import pytest

CASE = "case_of_the_test"


def test_cases_in_great_expectations(record_property: pytest.RecordProperty) -> None:
    """The rows that a check is about are the batch, those of all cases together."""
    import great_expectations as gx
    from great_expectations.execution_engine import PandasExecutionEngine
    from great_expectations.expectations.expectation import BatchExpectation
    from great_expectations.expectations.metrics.metric_provider import metric_value
    from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

    from audit.expectations.suite import ephemeral

    of_check: dict[str, list[Case]] = {}
    for case in every_case():
        of_check.setdefault(case[0], []).append(case)

    class RowsOfCases(TableMetricProvider):
        """What a check finds in the batch's rows of each case, and in the case's other tables."""

        metric_name = "register_audit.cases"
        value_keys = ("code",)

        @metric_value(engine=PandasExecutionEngine)
        def _pandas(
            cls,  # noqa: N805 - the decorator makes it a method of the class
            execution_engine: PandasExecutionEngine,
            metric_domain_kwargs: dict[str, Any],
            metric_value_kwargs: dict[str, Any],
            **_: Any,
        ) -> list[list[dict[str, Any]]]:
            frame = execution_engine.get_domain_records(metric_domain_kwargs)
            rows: dict[int, list[dict[str, Any]]] = {}
            for row in frame.to_dict("records"):
                told = {name: value for name, value in row.items() if value is not None}
                rows.setdefault(told.pop(CASE), []).append(told)
            found = []
            for n, (code, _, given, _) in enumerate(of_check[metric_value_kwargs["code"]]):
                subject = subject_of(code, given)
                batch = {subject: rows[n]} if subject else {}
                found.append(run_check(code, **given | batch))
            return found

    class ExpectCases(BatchExpectation):
        """A batch in which a check finds what its cases say."""

        code: str
        metric_dependencies = ("register_audit.cases",)
        success_keys = ("code",)

        def _validate(self, metrics: Any, **_: Any) -> Any:
            wrong = [
                name
                for (_, name, _, expected), found in zip(
                    of_check[self.code], metrics["register_audit.cases"], strict=True
                )
                if not holds(found, expected)
            ]
            return {"success": not wrong, "result": {"details": {"wrong": wrong}}}

    wrong = {}
    with ephemeral() as context:
        asset = context.data_sources.add_pandas("p").add_dataframe_asset("a")
        whole = asset.add_batch_definition_whole_dataframe("b")
        for code, some in of_check.items():
            batch = whole.get_batch({"dataframe": frame_of(some)})
            done = batch.validate(ExpectCases(code=code))
            if not done.success:
                wrong[code] = done.result or done.exception_info
    assert gx.__version__
    assert wrong == {}
    record_property("cases", sum(map(len, of_check.values())))


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
