"""
The metric behind every expectation: the batch, scanned once, held against all checks of data.

The expectations of all families ask for the same metric with the same arguments, so that Great
Expectations computes it once for a batch.
"""

from __future__ import annotations

from typing import Any

from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.execution_engine.sparkdf_execution_engine import SparkDFExecutionEngine
from great_expectations.execution_engine.sqlalchemy_execution_engine import (
    SqlAlchemyExecutionEngine,
)
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

from audit.engine.workspace import workspace
from audit.expectations.batch import assessed, assessed_frame
from audit.expectations.database import extract_of_database

__all__ = ["METRIC", "RegisterAudit"]

METRIC = "register_audit.findings"


class RegisterAudit(TableMetricProvider):
    """What the catalogue finds in a batch, as ``batch.assessed`` gives it."""

    metric_name = METRIC
    domain_keys = ("batch_id",)  # not ``table``, which the expectation means otherwise
    value_keys = ("plan", "table", "as_of")

    @metric_value(engine=PandasExecutionEngine)
    def _pandas(
        cls,  # noqa: N805 - the decorator makes it a method of the class
        execution_engine: PandasExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        **_: Any,
    ) -> dict[str, Any]:
        frame = _domain(execution_engine, metric_domain_kwargs)
        return assessed_frame(**_asked(metric_value_kwargs), frame=frame)

    @metric_value(engine=SqlAlchemyExecutionEngine)
    def _sqlalchemy(
        cls,  # noqa: N805 - as above
        execution_engine: SqlAlchemyExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        **_: Any,
    ) -> dict[str, Any]:
        selected = _domain(execution_engine, metric_domain_kwargs)
        return assessed(
            **_asked(metric_value_kwargs),
            batch=lambda: extract_of_database(
                execution_engine.engine, selected, metric_value_kwargs["table"]
            ),
        )

    @metric_value(engine=SparkDFExecutionEngine)
    def _spark(
        cls,  # noqa: N805 - as above
        execution_engine: SparkDFExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        **_: Any,
    ) -> dict[str, Any]:
        from audit.spark.frames import extract_of_spark
        from audit.spark.session import on_spark

        frame = _domain(execution_engine, metric_domain_kwargs)
        with workspace() as scratch:  # below TMPDIR, which executors elsewhere must share
            return assessed(
                **_asked(metric_value_kwargs),
                batch=lambda: extract_of_spark(frame, scratch, metric_value_kwargs["table"]),
                opened=on_spark(frame.sparkSession, scratch),
            )


def _asked(value_kwargs: dict[str, Any]) -> dict[str, Any]:
    return {name: value_kwargs.get(name) for name in RegisterAudit.value_keys}


def _domain(
    engine: PandasExecutionEngine | SqlAlchemyExecutionEngine | SparkDFExecutionEngine,
    domain_kwargs: dict[str, Any],
) -> Any:
    return engine.get_compute_domain(domain_kwargs, domain_type=MetricDomainTypes.TABLE)[0]
