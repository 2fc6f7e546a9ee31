"""Whole bundles, as their cases have them: written into a folder, and what an audit finds there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from audit.plan import Plan
from audit.plan.drafting import draft_plan
from audit.run import run


def evidence(
    plan: Plan, as_of: date, out: Path, families: re.Pattern[str]
) -> list[tuple[str, str, str, str]]:
    """Check, file, row (``-`` of a whole column) and result of what deviates or is worth a word."""
    audit = run(plan, as_of, out)
    assert audit.complete, audit.failures
    rows = duckdb.execute(
        """SELECT DISTINCT "check", source, coalesce("row"::VARCHAR, '-'), result
        FROM read_parquet(?) WHERE result IN ('nonconformity', 'observation')""",
        [str(out)],
    ).fetchall()
    return [row for row in rows if families.match(row[0])]


def unseen(
    case: Mapping[str, Any], notice: str, as_of: date, folder: Path, families: re.Pattern[str]
) -> list[tuple[str, str, str, str]]:
    """The evidence of a case, its notice under a name, with nobody to correct the plan."""
    exports, published = folder / "exports", folder / notice
    exports.mkdir()
    published.write_text(case["notice"], "utf-8")
    for name, file in case["files"].items():
        (exports / name).write_bytes(file["text"].encode(file.get("encoding", "utf-8")))
    plan = draft_plan(exports, published)
    found = evidence(plan, as_of, folder / "evidence.parquet", families)
    return [(check, Path(source).name, row, result) for check, source, row, result in found]


def as_expected(case: Mapping[str, Any], places: set[str]) -> None:
    """Everything that is expected was found, and nothing besides but what may be."""
    expected, allowed = set(case["expect"]), set(case.get("allow", []))
    assert sorted(expected - places) == []
    assert sorted(places - expected - allowed) == []
