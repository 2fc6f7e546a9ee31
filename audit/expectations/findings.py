"""
Validation results as this project's findings.

``exception_info`` is read first. It comes in two shapes: flat, or keyed by the id of the metric that
failed. An exception, and a result that holds nothing, say that nothing was assessed, never that
something does not conform.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from audit.catalogue import Check
from audit.checks import catalogue
from audit.errors import ArgumentUnusable, AuditError
from audit.expectations.batch import families
from audit.finding import Finding, Grade, Result, Topic

__all__ = ["NothingValidated", "exception_of", "findings_of", "results_in", "told"]

_PREFIX = "expect_"


class NothingValidated(AuditError):
    """A validation without a result, which Great Expectations calls a success."""

    sentence = (
        "{suite} validated nothing: import FAMILIES from audit.expectations before the suite is read, "
        "and validate again."
    )


_WANTED = "validation results of Great Expectations, or their JSON, of this version"
_FIELDS = frozenset(one.name for one in fields(Finding))


def findings_of(result: Any) -> tuple[Finding, ...]:
    """
    The findings of validation results, each once, in the order of ``run``.

    ``result`` is a result of one expectation, of a suite or of a checkpoint, as an object of Great
    Expectations or as its JSON, read or as a text; or several, in a list or by name. Expectations of others are passed
    over. What a result could not say is ``not_assessed`` with the reason ``not_validated``. Raises
    ``NothingValidated`` of a suite without any expectation of this project: Great Expectations leaves
    out what it does not know. Raises ``ArgumentUnusable`` of what is no validation result.
    """
    # The same finding of two registers, or of two batches, has other numbers: it is another.
    found = dict.fromkeys(finding for one in results_in(result) for finding in _findings(one))
    return tuple(sorted(found, key=lambda finding: finding.key))


def results_in(result: Any) -> Iterator[dict[str, Any]]:
    """
    The results of this project's expectations, as JSON.

    Raises ``ArgumentUnusable`` of what is no result: nothing found in it is not nothing found.
    """
    data = result.to_json_dict() if hasattr(result, "to_json_dict") else _read(result)
    if isinstance(data, Mapping) and "expectation_config" in data:
        if _family(data) is not None:
            yield dict(data)
        return
    for one in _inside(result, data):
        yield from results_in(one)


def _read(result: Any) -> Any:
    """What JSON says, if it is given as a text."""
    if not isinstance(result, str):
        return result
    try:
        return json.loads(result)
    except ValueError:
        raise ArgumentUnusable("results", result, _WANTED) from None


def _inside(result: Any, data: Any) -> Iterable[Any]:
    """What a result of a suite, of a checkpoint, or several of them, are made of."""
    if isinstance(data, Mapping) and "results" in data:
        return _of_suite(data)
    if hasattr(result, "run_results"):
        return [result.run_results]
    if isinstance(data, Mapping):
        return [data["run_results"]] if "run_results" in data else data.values()
    if isinstance(data, Sequence) and not isinstance(data, str | bytes):
        return data
    raise ArgumentUnusable("results", result, _WANTED)


def _of_suite(data: Mapping[str, Any]) -> list[Any]:
    if not any(_family(one) for one in data["results"]):
        raise NothingValidated(suite=data.get("suite_name") or "the suite")
    return list(data["results"])


def exception_of(result: Mapping[str, Any]) -> str | None:
    """What was raised, in either of its shapes; None if nothing was."""
    info = result.get("exception_info") or {}
    told = (
        [info] if "raised_exception" in info else [v for v in info.values() if isinstance(v, dict)]
    )
    for one in told:
        if one.get("raised_exception"):
            return str(one.get("exception_message") or "an exception without a message")
    return None


def told(findings: Sequence[Mapping[str, Any]]) -> str:
    """
    What findings say together, in one line.

    >>> told([{"result": "nonconformity", "grade": "major", "count": 3}])
    'does not conform: 1 major, 0 minor; 3 pieces of evidence'
    >>> told([{"result": "nonconformity", "grade": "minor", "count": 1}])
    'does not conform: 0 major, 1 minor; 1 piece of evidence'
    >>> told([{"result": "not_assessed", "count": 0}])
    'not assessed'
    """
    results = Counter(one["result"] for one in findings)
    if results[Result.NONCONFORMITY]:
        wrong = [one for one in findings if one["result"] == Result.NONCONFORMITY]
        major = sum(one["grade"] == Grade.MAJOR for one in wrong)
        pieces = sum(one["count"] for one in wrong)
        evidence = _counted(pieces, "piece of evidence", "pieces of evidence")
        return f"does not conform: {major} major, {len(wrong) - major} minor; {evidence}"
    if not results[Result.CONFORMITY] and not results[Result.OBSERVATION]:
        return "accepted for a while" if results[Result.WAIVED] else "not assessed"
    left = results[Result.NOT_ASSESSED]
    part = f"; {left} not assessed" if left else ""
    seen = results[Result.OBSERVATION]
    word = "conforms" if results[Result.CONFORMITY] else "observed"
    noted = f", {_counted(seen, 'observation', 'observations')}" if seen else ""
    return f"{word}{noted}{part}"


def _counted(n: int, one: str, many: str) -> str:
    """So many, in the right number."""
    return f"{n} {one if n == 1 else many}"


def _findings(result: Mapping[str, Any]) -> Iterator[Finding]:
    try:
        body = result.get("result") or {}
        listed = (body.get("details") or {}).get("findings")
        if exception_of(result) is not None or listed is None:
            found = list(_unassessed(result))
        else:
            found = [_finding(data) for data in listed]
    except (AttributeError, KeyError, TypeError, ValueError):  # of another version, or edited
        raise ArgumentUnusable("results", result, _WANTED) from None
    yield from found


def _finding(data: Mapping[str, Any]) -> Finding:
    said = {key: value for key, value in data.items() if key in _FIELDS}
    grade = said.get("grade")
    return Finding(
        **said
        | {
            "result": Result(said["result"]),
            "grade": Grade(grade) if grade else None,
            "clauses": tuple(said.get("clauses", ())),
            "topics": tuple(Topic(**topic) for topic in said.get("topics", ())),
        }
    )


def _unassessed(result: Mapping[str, Any]) -> Iterator[Finding]:
    """Every check that was asked for, as not assessed."""
    family = _family(result)
    assert family is not None
    kwargs = result["expectation_config"].get("kwargs") or {}
    for code in kwargs.get("codes") or families()[family]:
        check: Check | None = catalogue().get(code)
        yield Finding(
            check=code,
            result=Result.NOT_ASSESSED,
            table=str(kwargs.get("table") or ""),
            unit=check.unit if check else "records",
            reason="not_validated",
        )


def _family(result: Mapping[str, Any]) -> str | None:
    config = result.get("expectation_config") or {} if isinstance(result, Mapping) else None
    if not isinstance(config, Mapping):
        raise ArgumentUnusable("results", result, _WANTED)
    family = str(config.get("type", "")).removeprefix(_PREFIX)
    return family if family in families() else None
