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

import pytest
from bundled import as_expected, unseen
from ruamel.yaml import YAML

AS_OF = date(2026, 11, 22)
FAMILIES = re.compile("REC|TRF|SEC|SRC|ACC|COO")
CASES = sorted(Path(__file__).with_name("whole").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_all_that_was_planted_is_found_and_no_more(path: Path, tmp_path: Path) -> None:
    """Recall and precision are one, row by row, with nobody to correct the plan."""
    case = YAML(typ="safe").load(path)
    found = unseen(case, case.get("published_as", "notice.txt"), AS_OF, tmp_path, FAMILIES)
    marks = {"nonconformity": "", "observation": " o"}
    places = {f"{check} {file} {row}{marks[result]}" for check, file, row, result in found}
    as_expected(case, places)
