"""
What the work list holds: each piece of work on its action, in the report's order of actions.

Nothing is worded here and no cell is written: ``workbook`` does that.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from audit.register.query import fetched, quoted
from audit.report.actions import action_of, actions, do_by
from audit.report.view import View, quoted_words

__all__ = ["KEEP", "NOTICE", "Job", "day_of", "evidence_of", "jobs_of", "remarks_of"]

NOTICE, KEEP = "notice", "keep"
#: Besides nonconformities, what these actions list: there is nothing to accuse, but work to do.
_ALSO = {
    "decide": ("not_assessed",),
    "keep": ("observation",),
    "hold": ("observation",),
    "answer": ("observation",),
}
#: The actions of which each record has its own day.
_BY_RECORD = (KEEP, "hold")
_OWN_DAY = re.compile(r"(?P<what>allowed until|required until|answer due) (?P<day>\d{4}-\d\d-\d\d)")
_COLUMNS = 'source, "table", "row", line, "column", record_key, category, detail'


@dataclass(frozen=True, kw_only=True)
class Job:
    """What one check's findings call for."""

    action: str
    """The key of its action."""
    code: str
    n: int
    """Pieces of work."""
    by: date
    """Where each record has its own day, the first of these."""

    @property
    def by_record(self) -> bool:
        """Whether each record has its own day."""
        return self.action in _BY_RECORD


def jobs_of(data: dict[str, Any], evidence: Path) -> list[Job]:
    """All the work: what is due first stands first, on one day as the report has it (``View.tasks``)."""
    as_of = date.fromisoformat(data["as_of"])
    told = [group.code for task in View(data, {}).tasks for group in task.groups]
    known = [*told, *(code for key in actions() for code in sorted(_codes_of(data, key)))]
    counted = _counted(data)
    jobs = [
        Job(action=action, code=code, n=counted[code], by=_first_day(evidence, action, code, as_of))
        for code in counted
        for action in [action_of(code).key]
    ]
    return sorted(jobs, key=lambda job: (job.by, known.index(job.code)))


def _codes_of(data: dict[str, Any], action: str) -> set[str]:
    """The checks of an action that found anything."""
    return {f["check"] for f in data["findings"] if action_of(f["check"]).key == action}


def _counted(data: dict[str, Any]) -> Counter[str]:
    """Pieces of work by check."""
    work: Counter[str] = Counter()
    for finding in data["findings"]:
        code = finding["check"]
        if finding["result"] in _listed(action_of(code).key) and not _is_technical(finding):
            work[code] += max(finding["count"], 1)
    return work


def _listed(action: str) -> tuple[str, ...]:
    return ("nonconformity", *_ALSO.get(action, ()))


def _is_technical(finding: dict[str, Any]) -> bool:
    """Whether there is nothing to do: a technical column, or a check that had no table at all."""
    return finding.get("category") == "technical" or (
        finding["result"] == "not_assessed" and not finding.get("column")
    )


def day_of(code: str, detail: str | None, as_of: date) -> date:
    """
    By when one piece of work is to be done: where the record has a day of its own, by that.

    What may, or must, be kept until a day is to be erased on the next.

    >>> day_of("STO04", "S1: allowed until 2027-02-09; due in 2027-02", date(2026, 11, 22))
    datetime.date(2027, 2, 10)
    """
    days = [
        date.fromisoformat(one["day"]) + timedelta(days=one["what"] != "answer due")
        for one in _OWN_DAY.finditer(detail or "")
    ]
    # A day that has gone by is no deadline: the work is then as urgent as its action.
    return max((day for day in days if day >= as_of), default=do_by(code, as_of))


def _first_day(evidence: Path, action: str, code: str, as_of: date) -> date:
    """By when the first piece of a check's work is to be done."""
    by = do_by(code, as_of)
    if action not in _BY_RECORD or not evidence.is_file():
        return by
    details = fetched(
        f"SELECT DISTINCT detail FROM read_parquet({quoted(str(evidence))}) "
        f"WHERE {_of(action, [code])}"
    )
    return min((day_of(code, detail, as_of) for (detail,) in details), default=by)


def evidence_of(evidence: Path, jobs: list[Job], at_most: int) -> list[tuple[Any, ...]]:
    """The pieces of evidence of an action's jobs, in the order of these, at most so many."""
    if not evidence.is_file():
        return []
    ranked = " ".join(f"WHEN {quoted(job.code)} THEN {rank}" for rank, job in enumerate(jobs))
    return fetched(
        f'SELECT "check", {_COLUMNS} FROM read_parquet({quoted(str(evidence))}) '
        f"WHERE {_of(jobs[0].action, [job.code for job in jobs])} "
        f'ORDER BY CASE "check" {ranked} END, source, "table", "row" NULLS FIRST, line LIMIT {at_most}'
    )


def _of(action: str, checks: list[str]) -> str:
    """What tells the evidence of checks of one action."""
    codes, results = (", ".join(map(quoted, names)) for names in (checks, _listed(action)))
    return f"\"check\" IN ({codes}) AND result IN ({results}) AND coalesce(category, '') <> 'technical'"


def remarks_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """What was found wrong in the notice, each matter once with all of its clauses."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in data["notice"].get("remarks", ()):
        if one["result"] != "nonconformity":
            continue
        said = {"detail": "", "quote": "", "wording": "", "clauses": ()} | one
        key = (said["check"], said["detail"], said["wording"])
        known = found.setdefault(key, said | {"clauses": (), "quotes": {}})
        known["clauses"] = (*known["clauses"], *said["clauses"])
        if words := quoted_words(said["quote"]):
            known["quotes"][words] = None
    return sorted(found.values(), key=lambda one: (one.get("grade", ""), one["check"]))
