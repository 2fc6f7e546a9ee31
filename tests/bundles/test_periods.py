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

import pytest
from bundled import as_expected, unseen
from ruamel.yaml import YAML

FAMILIES = re.compile("STO|RIG|MAR|MIN0[3678]")
CASES = sorted(Path(__file__).with_name("periods").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_all_that_was_planted_is_found_and_no_more(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recall and precision are one, row by row, with nobody to correct the plan."""
    case = YAML(typ="safe").load(path)
    monkeypatch.setenv("REGISTER_AUDIT_KEY", "koe-avain-2026")  # of the hashes of the erased
    day = date.fromisoformat(case["as_of"])
    found = unseen(case, f"notice.{case['form']}", day, tmp_path, FAMILIES)
    as_expected(case, {f"{check} {file} {row}" for check, file, row, _ in found})
