"""A page of validation results in the style of the report; it loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from audit.expectations.findings import exception_of, findings_of, results_in
from audit.finding import Finding, Result
from audit.report.texts import Texts, clean

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["render_results"]

_ORDER = (
    Result.NONCONFORMITY,
    Result.OBSERVATION,
    Result.WAIVED,
    Result.NOT_ASSESSED,
    Result.CONFORMITY,
)


def render_results(results: Any, lang: str = "en", *, title: str | None = None) -> str:
    """
    Validation results, as ``findings_of`` takes them, as an HTML page in ``lang``.

    Of what was found it shows checks, columns, counts and record keys; of an expectation that could
    not be validated, why.
    """
    texts = Texts(lang)
    tables: dict[str, list[dict[str, Any]]] = {}
    for result in results_in(results):
        kwargs = result["expectation_config"].get("kwargs") or {}
        tables.setdefault(str(kwargs.get("table", "")), []).append(_family(result))
    return (
        _environment()
        .get_template("results.html.jinja")
        .render(
            lang=lang,
            texts=texts,
            t=texts.t,
            title=title or texts.t("expectations.title"),
            tables=tables,
            words=_ORDER,
            totals={
                table: {word: sum(part["results"][word] for part in parts) for word in _ORDER}
                for table, parts in tables.items()
            },
            style=_style(),
        )
        + "\n"
    )


def _family(result: Mapping[str, Any]) -> dict[str, Any]:
    """One expectation's part of the page: what was found check by check, and what was not assessed."""
    body = result.get("result") or {}
    findings = sorted(
        findings_of(dict(result)), key=lambda finding: (_ORDER.index(finding.result), finding.key)
    )
    keys: dict[str, list[str]] = {}
    for key in body.get("unexpected_index_list") or body.get("partial_unexpected_index_list") or []:
        keys.setdefault(key["check"], []).append(str(key.get("record_key") or key.get("row") or ""))
    shown: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.result not in (Result.CONFORMITY, Result.NOT_ASSESSED):
            shown.setdefault(finding.check, []).append(finding)
    return {
        "family": str(result["expectation_config"]["type"]).removeprefix("expect_"),
        "exception": exception_of(result),
        "unnamed": (body.get("details") or {}).get("unnamed", 0),
        "checks": [
            {
                "code": code,
                "findings": found,
                "keys": list(dict.fromkeys(filter(None, keys.get(code, [])))),
                "more": _deviating(found) > len(keys.get(code, [])),
            }
            for code, found in shown.items()
        ],
        "unassessed": [one for one in findings if one.result is Result.NOT_ASSESSED],
        "results": {word: sum(finding.result is word for finding in findings) for word in _ORDER},
    }


def _deviating(findings: Iterable[Finding]) -> int:
    return sum(one.count for one in findings if one.result is Result.NONCONFORMITY)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(
            lambda name: files("audit.expectations").joinpath("templates", name).read_text("utf-8")
        ),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clean"] = clean
    return environment


@cache
def _style() -> Any:
    """The report's own style sheet."""
    from markupsafe import Markup

    sheet = files("audit.report").joinpath("templates", "style.css").read_text("utf-8")
    return Markup(sheet)  # noqa: S704 - a file of this package
