"""A finished audit, as notebooks and scripts hold it: its findings, its evidence, its report."""

from __future__ import annotations

import shutil
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import ArgumentUnusable
from audit.finding import Audit as Conclusion
from audit.finding import ClauseState, Finding, Grade
from audit.report.findings import as_data
from audit.report.retention import schedule_of
from audit.report.texts import load_texts
from audit.report.write import EVIDENCE, examples_of, staged, write_reports

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Audit", "Fragment"]


class Fragment(str):
    """A piece of the report; notebooks show it as HTML."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Audit:
    """A finished audit."""

    conclusion: Conclusion
    folder: Path = field(repr=False)
    """Where the evidence is; gone with this object."""
    provenance: dict[str, Any] = field(repr=False)

    def __post_init__(self) -> None:
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, conformities and what was not assessed included."""
        return self.conclusion.findings

    @property
    def clauses(self) -> tuple[ClauseState, ...]:
        """The state of each clause of the notice."""
        return self.conclusion.clauses

    def evidence(self) -> pd.DataFrame:
        """The evidence, one row a piece, without cell values."""
        import pandas as pd

        return pd.read_parquet(self.folder / EVIDENCE)

    def show(self, fragment: str, lang: str = "en", *, linked: bool = False) -> Fragment:
        """
        A fragment of the report: ``verdict``, ``actions``, ``findings``, ``clauses`` and others.

        ``linked`` where the others stand on the same page too: names then lead to their findings.
        """
        from audit.report.html import render_fragment

        data = as_data(self.conclusion)
        evidence = self.folder / EVIDENCE
        examples, schedule = examples_of(data, evidence), schedule_of(evidence, data["as_of"])
        html = render_fragment(fragment, data, examples, lang, schedule, linked=linked)
        return Fragment(html)

    def write(
        self, out: str | Path, lang: str = "en", fail_on: Grade | str | None = Grade.MAJOR
    ) -> Path:
        """
        Write the reports to a folder, as the command line does.

        ``fail_on`` is the grade at which JUnit's testcases fail: ``major``, ``minor``, or ``never``.
        """
        load_texts(lang)  # before anything is written
        fail_on = _grade(fail_on)
        with staged(Path(out)) as folder:
            shutil.copyfile(self.folder / EVIDENCE, folder / EVIDENCE)
            write_reports(self.conclusion, folder, self.provenance, lang=lang, fail_on=fail_on)
        return Path(out)


def _grade(said: Grade | str | None) -> Grade | None:
    """A grade, or None for ``never``."""
    if said in (None, "never"):
        return None
    if said not in tuple(Grade):
        raise ArgumentUnusable("fail_on", said, "major, minor or never")
    return Grade(said)
