"""
Small registers as other systems export them, in three languages: what must be found, row by row.

A bundle is a file of ``tests/bundles/disclosure``: the notice, the files of the folder, and the
evidence that an auditor would write down, as check, file, row and result. ``clean`` holds the same
files without what is wrong in them: nothing of these families is to be found there.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from ruamel.yaml import YAML

from audit.plan.drafting import draft_plan
from audit.run import run

FAMILIES = re.compile("REC|TRF|SEC0[1-6]|SRC|ACC|COO")
BUNDLES = sorted(Path(__file__).with_name("disclosure").glob("*.yaml"))
SAMPLE = Path(__file__).parents[2] / "data_samples" / "asiakasrekisteri"
CLAUSE = {"id": "K1", "heading": "h", "promise": "p", "kinds": ["testable"]}


def written(folder: Path, bundle: dict[str, Any], files: dict[str, str]) -> Path:
    """The bundle's folder, with its notice and its files."""
    folder.mkdir()
    if bundle["notice"] == "sample":
        shutil.copy(SAMPLE / "notice.yaml", folder)
        return filled(folder, bundle, files)
    notice = {
        "schema": "register-audit/notice/1",
        "register_name": "Asiakasrekisteri",
        "language": "fi",
        "controller": {"name": "Koe Oy"},
        "clauses": [CLAUSE],
    } | bundle["notice"]
    with (folder / "notice.yaml").open("w", encoding="utf-8") as file:
        YAML().dump(notice, file)
    return filled(folder, bundle, files)


def filled(folder: Path, bundle: dict[str, Any], files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_bytes(text.encode(bundle.get("encoding", "utf-8")))
    return folder


def found(folder: Path, as_of: date) -> list[tuple[str, str, int | None, str]]:
    """The evidence of these families, but for what was not assessed for want of a column."""
    out = folder.parent / f"{folder.name}.parquet"
    audit = run(draft_plan(folder), as_of, out)
    assert audit.complete, audit.failures
    rows = duckdb.execute(
        'SELECT "check", source, "row", result FROM read_parquet(?) ORDER BY ALL', [str(out)]
    ).fetchall()
    return sorted(row for row in rows if FAMILIES.match(row[0]))


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.stem)
def test_every_planted_place_is_found_and_no_other(path: Path, tmp_path: Path) -> None:
    """Recall and precision are one, row by row."""
    bundle = YAML(typ="safe").load(path)
    folder = written(tmp_path / "register", bundle, bundle["files"])
    expected = sorted((check, file, row, result) for check, file, row, result in bundle["expect"])
    assert found(folder, bundle["as_of"]) == expected


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.stem)
def test_the_clean_twin_has_none(path: Path, tmp_path: Path) -> None:
    """Rows that merely look wrong are not found, and nothing is where it was mended."""
    bundle = YAML(typ="safe").load(path)
    files = bundle["files"] | bundle["clean"]
    folder = written(tmp_path / "register", bundle, files)
    assert [row for row in found(folder, bundle["as_of"]) if row[3] == "nonconformity"] == []
