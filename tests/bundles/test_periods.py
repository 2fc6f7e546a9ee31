"""
Whole bundles for periods, rights, marketing and what a register should not hold, planned unseen.

A case in ``periods`` has the text of the notice as it is published, the exports, and what an auditor
would sign: check, file and row; ``allow`` is what the law and the notice leave open. Of the other
rows nothing may be found: most of them stand a day, a word or a column beside one that is.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest
from ruamel.yaml import YAML

from audit.plan.drafting import draft_plan
from audit.run import run

FAMILIES = re.compile("STO|RIG|MAR|MIN0[3678]")
CASES = sorted(Path(__file__).with_name("periods").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_all_that_was_planted_is_found_and_no_more(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recall and precision are one, row by row, with nobody to correct the plan."""
    case = YAML(typ="safe").load(path)
    monkeypatch.setenv("REGISTER_AUDIT_KEY", "koe-avain-2026")  # of the hashes of the erased
    folder, out = tmp_path / "exports", tmp_path / "evidence.parquet"
    folder.mkdir()
    notice = tmp_path / f"notice.{case['form']}"
    notice.write_text(case["notice"], "utf-8")
    for name, file in case["files"].items():
        (folder / name).write_bytes(file["text"].encode(file.get("encoding", "utf-8")))
    audit = run(draft_plan(folder, notice), date.fromisoformat(case["as_of"]), out)
    assert audit.complete, audit.failures
    rows = duckdb.execute(
        """SELECT DISTINCT "check", source, coalesce("row"::VARCHAR, '-')
        FROM read_parquet(?) WHERE result IN ('nonconformity', 'observation')""",
        [str(out)],
    ).fetchall()
    places = {
        f"{check} {Path(source).name} {row}" for check, source, row in rows if FAMILIES.match(check)
    }
    expected, allowed = set(case["expect"]), set(case.get("allow", []))
    assert sorted(expected - places) == []
    assert sorted(places - expected - allowed) == []
