"""
Which engines find the same: the parity tests, run and written down as ``docs/parity.md``.

``python benchmarks/parity.py`` runs them; ``python benchmarks/parity.py junit.xml`` takes what a run
of all tests wrote with ``--junitxml``. Spark needs its extra and Java 17, PostgreSQL and MariaDB their
servers and the extra ``database``. A test that is skipped is a cell that says so.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
PARITY = "tests/test_parity.py"
DATABASE = "tests/engine/test_database.py::test_the_sample_gives_the_findings_of_its_export"
#: By engine, the test of all cases and that of the sample register.
TESTS = {
    "DuckDB": ("tests/test_checks.py", "tests/test_sample.py"),
    "pandas through Great Expectations": (
        "tests/expectations/test_cases.py::test_cases_in_great_expectations",
        "tests/expectations/test_expectations.py::test_findings_are_those_of_run",
    ),
    "Spark": (f"{PARITY}::test_cases_on_spark", f"{PARITY}::test_the_sample_on_spark"),
    "PostgreSQL": (f"{PARITY}::test_cases_in_a_database[postgresql]", f"{DATABASE}[postgresql]"),
    "MariaDB": (f"{PARITY}::test_cases_in_a_database[mariadb]", f"{DATABASE}[mariadb]"),
}
HEAD = """\
# Parity of the engines

Written by `python benchmarks/parity.py`, which runs the tests that it names.

A case is a named example of `tests/checks/`, or the table on a check's page. It gives a check typed
records, as no file holds them: on every engine it is the check's expression that is tried, in the
engine's own way of running it (compiled for Spark and for the servers; in Great Expectations on the
batch of a validation, by the expectations and the metric that are shipped, with the pass that reads
files left out). Checks of the notice alone run on no engine.

The sample register goes the way that is shipped, from its files or tables through the scan to the
findings. Its `findings.json` is compared with DuckDB's byte for byte, the evidence as a set; through
Great Expectations, whose suites hold no check of the notice, each finding of the data. In PostgreSQL
and MariaDB the server finds the candidates and the checks run here ([databases.md](databases.md)).

| engine | cases | the sample | tests |
| --- | --- | --- | --- |
"""


def main() -> None:
    found = list(ET.parse(sys.argv[1]).iter("testcase")) if sys.argv[1:] else _run()
    lines = []
    for engine, (of_cases, of_sample) in TESTS.items():
        of_case = _of(found, of_cases)
        number = "".join(one.get("value", "") for one in of_case[0].iter("property"))
        cases = f"{number} {_said(of_case)}".strip()
        named = ", ".join(f"`{test.partition('::')[2] or test}`" for test in (of_cases, of_sample))
        lines.append(f"| {engine} | {cases} | {_said(_of(found, of_sample))} | {named} |")
    (ROOT / "docs" / "parity.md").write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


def _run() -> list[ET.Element]:
    """Run the tests; their results."""
    wanted = [test for pair in TESTS.values() for test in pair]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "junit.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *wanted]
        subprocess.run(command, cwd=ROOT, check=False)
        return list(ET.parse(report).iter("testcase"))


def _of(found: list[ET.Element], test: str) -> list[ET.Element]:
    """The results of a test, or of all tests of a file."""
    file, _, name = test.partition("::")
    module = file.removesuffix(".py").replace("/", ".")
    return [
        one
        for one in found
        if one.get("classname") == module and (not name or one.get("name") == name)
    ] or [ET.Element("testcase")]


def _said(results: list[ET.Element]) -> str:
    kinds = {child.tag for one in results for child in one}
    if not results[0].get("name"):
        return "not run"
    if kinds & {"failure", "error"}:
        return "**differ**"
    return "not run" if "skipped" in kinds else "the same"


if __name__ == "__main__":
    main()
