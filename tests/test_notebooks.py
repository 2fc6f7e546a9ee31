"""The notebooks run top to bottom on the sample, and say what the command line says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_notebooks_are_committed_without_outputs(path):
    """Outputs are for the auditor's machine alone."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


def test_audit_notebook_gives_the_counts_of_the_command_line(cli, tmp_path):
    """`jupyter nbconvert --execute` on the audit notebook: the same verdict, and no value shown."""
    cli(
        "run",
        ROOT / "data_samples/asiakasrekisteri",
        "--as-of",
        "2026-11-22",
        "--out",
        tmp_path / "o",
        "-q",
    )
    data = json.loads((tmp_path / "o/findings.json").read_text("utf-8"))
    done = subprocess.run(
        [
            sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", "--execute",
            "--output-dir", str(tmp_path),
            str(ROOT / "notebooks/01_audit.ipynb"),
        ],
        capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "REGISTER_AUDIT_LANG": "en"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    page = (tmp_path / "01_audit.html").read_text("utf-8")
    report = (tmp_path / "o/report.html").read_text("utf-8")
    verdict = re.compile(r'class="[^"]*verdict[^"]*".*?<p[^>]*>(.*?)</p>', re.DOTALL)
    assert verdict.search(report)[1] in page
    assert data["summary"]["evidence"] > 0
