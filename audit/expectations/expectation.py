"""What the expectations of all families have in common: the metric, the verdict and the texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from great_expectations.expectations.expectation import (
    BatchExpectation,
    render_suite_parameter_string,
)
from great_expectations.render.components import (
    LegacyRendererType,
    RenderedStringTemplateContent,
)
from great_expectations.render.renderer.renderer import renderer
from great_expectations.render.renderer_configuration import (
    RendererConfiguration,
    RendererValueType,
)

from audit.errors import AuditError, UnknownCode
from audit.expectations.batch import families
from audit.expectations.findings import told
from audit.expectations.metric import METRIC
from audit.finding import Grade, Result
from audit.report.texts import Texts

__all__ = ["FailOn", "OfFamily"]

FailOn = Literal["major", "minor", "never"]

_PARTIAL = 20  # row keys of a check, in a result that is not asked for complete

_KEYLESS = "; no record could be named: the batch has no order, and no column is its record key"
_UNNAMED = (
    "; of {n} it cannot be told which records they are: the batch has no order, and no record key or "
    "a blank one (map a column to record_key in the plan)"
)
_UNLISTED = "; {n} more row keys are not listed, of which a check has its first 1000"


class NotAssessed(AuditError):
    """A batch that could not be held against the notice; Great Expectations writes it down."""

    sentence = "{reason}"


def _with_check(keys: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    return [{"check": code, **key} for code, of_check in keys.items() for key in of_check]


class OfFamily(BatchExpectation):
    """A batch, held against the checks of one family."""

    plan: str | dict[str, Any]
    """The path of ``audit.yaml`` or of a folder of exports, or the plan itself; see ``as_kwarg``."""
    table: str
    """The name of the plan's table in whose place the batch stands."""
    codes: list[str] | None = None
    """The checks; all of the family if not given."""
    as_of: str | None = None
    """YYYY-MM-DD; the plan's day, or today, if not given."""
    fail_on: FailOn = "major"
    """The grade of nonconformity that fails."""

    family: ClassVar[str] = ""
    metric_dependencies: ClassVar[tuple[str, ...]] = (METRIC,)
    success_keys: ClassVar[tuple[str, ...]] = ("plan", "table", "codes", "as_of", "fail_on")

    def __init_subclass__(cls, **more: Any) -> None:
        """The family is the class' name: ``ExpectStorageLimitation`` is of ``storage_limitation``."""
        super().__init_subclass__(**more)
        words = re.findall("[A-Z][a-z]*", cls.__name__.removeprefix("Expect"))
        cls.family = "_".join(words).lower()

    @classmethod
    def is_abstract(cls) -> bool:
        """Only a family's own class is registered."""
        return not cls.family

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: Any = None,  # noqa: ARG002 - the base class passes it
    ) -> dict[str, Any]:
        """Success is what the exit status of ``register-audit run`` is: nothing at or above the grade."""
        wanted = self._wanted()
        found = metrics[METRIC]
        if "failed" in found:
            raise NotAssessed(reason=found["failed"])
        findings = [one for one in found["findings"] if one["check"] in wanted]
        deviating = [one for one in findings if one["result"] == Result.NONCONFORMITY]
        grades = {"never": (), "minor": tuple(Grade)}.get(self.fail_on, (Grade.MAJOR,))
        result: dict[str, Any] = {
            "observed_value": told(findings),
            "element_count": found["rows"],
            "unexpected_count": sum(one["count"] for one in deviating),
            "details": {
                "as_of": found["as_of"],
                "findings": findings,
                "unread": found["failures"],
            },
        }
        unnamed = sum(found["unnamed"].get(code, 0) for code in wanted)
        if unnamed or found["keyless"]:
            result["details"]["unnamed"] = unnamed
            result["observed_value"] += _UNNAMED.format(n=unnamed) if unnamed else _KEYLESS
        keys = {code: found["keys"].get(code, ()) for code in wanted}
        asked: Any = self._get_result_format(runtime_configuration=runtime_configuration)
        form = asked.get("result_format") if isinstance(asked, dict) else asked
        if form == "COMPLETE":
            result["unexpected_index_list"] = _with_check(keys)
            if more := sum(found["unlisted"].get(code, 0) for code in wanted):
                result["details"]["unlisted"] = more
                result["observed_value"] += _UNLISTED.format(n=more)
        elif form == "SUMMARY":
            some = {code: of_check[:_PARTIAL] for code, of_check in keys.items()}
            result["partial_unexpected_index_list"] = _with_check(some)
        return {"success": not any(one["grade"] in grades for one in deviating), "result": result}

    def _wanted(self) -> tuple[str, ...]:
        mine = families()[self.family]
        for code in self.codes or ():
            if code not in mine:
                raise UnknownCode(code, list(mine))
        return tuple(self.codes or mine)

    @classmethod
    def _prescriptive_template(
        cls, renderer_configuration: RendererConfiguration[Any]
    ) -> RendererConfiguration[Any]:
        for name in ("table", "as_of"):
            renderer_configuration.add_param(name=name, param_type=RendererValueType.STRING)
        kwargs = renderer_configuration.kwargs
        renderer_configuration.template_str = cls._sentence(
            kwargs.get("codes"), kwargs.get("as_of")
        )
        return renderer_configuration

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    @render_suite_parameter_string
    def _prescriptive_renderer(
        cls,
        configuration: Any = None,
        result: Any = None,
        runtime_configuration: dict[str, Any] | None = None,
        **_: Any,
    ) -> list[RenderedStringTemplateContent]:
        configuration = configuration or (result and result.expectation_config)
        kwargs = dict(configuration.kwargs) if configuration else {}
        return [
            RenderedStringTemplateContent(
                content_block_type="string_template",
                string_template={
                    "template": cls._sentence(kwargs.get("codes"), kwargs.get("as_of")),
                    "params": {"table": kwargs.get("table"), "as_of": kwargs.get("as_of")},
                    "styling": (runtime_configuration or {}).get("styling"),
                },
            )
        ]

    @classmethod
    def _sentence(cls, codes: list[str] | None, as_of: str | None) -> str:
        family = Texts("en").t(f"families.{cls.family}")
        listed = ", ".join(codes or families()[cls.family])
        day = ", as of $as_of" if as_of else ""
        return f"$table keeps what the privacy notice says ({family.lower()}: {listed}){day}."
