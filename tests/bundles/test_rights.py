"""
Requests, erasures, marketing and publication in small registers as other systems export them.

A bundle is a file of ``tests/bundles/rights``, written as those of ``disclosure``.
"""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from ruamel.yaml import YAML
from test_disclosure import written

from audit.plan.drafting import draft_plan
from audit.run import run

FAMILIES = re.compile("RIG|MAR|MIN06|MIN08")
BUNDLES = sorted(Path(__file__).with_name("rights").glob("*.yaml"))


def found(folder: Path, as_of):
    """The evidence of these families, by check, file, row and result."""
    out = folder.parent / f"{folder.name}.parquet"
    audit = run(draft_plan(folder), as_of, out)
    assert audit.complete, audit.failures
    rows = duckdb.execute(
        'SELECT "check", source, "row", result FROM read_parquet(?)', [str(out)]
    ).fetchall()
    return sorted(row for row in rows if FAMILIES.match(row[0]))


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.stem)
def test_every_planted_place_is_found_and_no_other(path, tmp_path):
    """Recall and precision are one, row by row."""
    bundle = YAML(typ="safe").load(path)
    folder = written(tmp_path / "register", bundle, bundle["files"])
    expected = sorted((check, file, row, result) for check, file, row, result in bundle["expect"])
    assert found(folder, bundle["as_of"]) == expected


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.stem)
def test_the_clean_twin_has_none(path, tmp_path):
    """Rows that merely look wrong are not found, and nothing is where it was mended."""
    bundle = YAML(typ="safe").load(path)
    folder = written(tmp_path / "register", bundle, bundle["files"] | bundle["clean"])
    rows = found(folder, bundle["as_of"])
    assert [row for row in rows if row[3] == "nonconformity"] == []
