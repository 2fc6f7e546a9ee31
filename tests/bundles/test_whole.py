"""
Whole bundles: a notice as it is published, and a folder of exports, planned and audited unseen.

A case in ``whole`` has the text of the notice, the files, and what an auditor would write down of
recipients, transfers, access, sources, accuracy and cookies (check, file, row, ``o`` for an
observation), and what the law leaves open (``allow``). Of the other rows nothing may be found: most
of them look wrong, and are not.
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

AS_OF = date(2026, 11, 22)
FAMILIES = re.compile("REC|TRF|SEC|SRC|ACC|COO")
CASES = sorted(Path(__file__).with_name("whole").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_all_that_was_planted_is_found_and_no_more(path: Path, tmp_path: Path) -> None:
    """Recall and precision are one, row by row, with nobody to correct the plan."""
    case = YAML(typ="safe").load(path)
    folder, out = tmp_path / "exports", tmp_path / "evidence.parquet"
    folder.mkdir()
    notice = tmp_path / case.get("published_as", "notice.txt")
    notice.write_text(case["notice"], "utf-8")
    for name, file in case["files"].items():
        (folder / name).write_bytes(file["text"].encode(file.get("encoding", "utf-8")))
    audit = run(draft_plan(folder, notice), AS_OF, out)
    assert audit.complete, audit.failures
    rows = duckdb.execute(
        """SELECT DISTINCT "check", source, coalesce("row"::VARCHAR, '-'), result
        FROM read_parquet(?) WHERE result IN ('nonconformity', 'observation')""",
        [str(out)],
    ).fetchall()
    places = {
        f"{check} {Path(source).name} {row}{' o' if result == 'observation' else ''}"
        for check, source, row, result in rows
        if FAMILIES.match(check)
    }
    expected, allowed = set(case["expect"]), set(case.get("allow", []))
    assert sorted(expected - places) == []
    assert sorted(places - expected - allowed) == []
