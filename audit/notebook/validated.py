"""What Great Expectations found, table by table and family by family, in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from audit.finding import Finding, Grade, Result
from audit.notebook.tables import fragment, listed
from audit.report.texts import Texts
from audit.result import Fragment

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["validation_table"]


def validation_table(results: Mapping[str, Any], lang: str = "en") -> Fragment:
    """
    A line for each table and family of checks that could be assessed: whether it is as it should be.

    ``results`` are those of each table, by its name, as ``validate`` gives them.
    """
    texts = Texts(lang)
    heads = (
        texts.t("notebook.table"),
        texts.t("notebook.family"),
        texts.t("notebook.result"),
        texts.t("notebook.found"),
    )
    caption = texts.t("expectations.overview")
    return fragment(listed(texts, heads, _rows(results, texts), caption=caption), lang)


def _rows(results: Mapping[str, Any], texts: Texts) -> Iterator[tuple[str, ...]]:
    from audit.expectations.findings import findings_of

    for table, done in results.items():
        for one in done.results:
            findings = findings_of(one)
            result = _result(findings)
            if result is not Result.NOT_ASSESSED:
                family = str(one.expectation_config.type).removeprefix("expect_")
                name = texts.known("families", family)
                yield table, name, texts.t(f"results.{result}"), found_words(findings, texts)


def _result(findings: Sequence[Finding]) -> Result:
    """The gravest of the results."""
    order = (Result.NONCONFORMITY, Result.WAIVED, Result.CONFORMITY, Result.OBSERVATION)
    found = {finding.result for finding in findings}
    return next((result for result in order if result in found), Result.NOT_ASSESSED)


def found_words(findings: Sequence[Finding], texts: Texts) -> str:
    """How many nonconformities by grade, and in how many places; then what else there is."""
    wrong = [one for one in findings if one.result is Result.NONCONFORMITY]
    grades = Counter(one.grade for one in wrong)
    said = [texts.plural(f"count.{grade}", grades[grade]) for grade in Grade if grades[grade]]
    if wrong:
        said.append(texts.plural("count.places", sum(one.count for one in wrong)))
    for result, key in ((Result.OBSERVATION, "observation"), (Result.NOT_ASSESSED, "not_assessed")):
        if n := sum(one.result is result for one in findings):
            said.append(f"{texts.t(f'bar.{key}')}: {texts.number(n)}")
    return ", ".join(said)
