"""
Which engines find the same: the cases of every check, and the sample register, on each engine.

``python benchmarks/parity.py`` writes ``docs/parity.md``; Spark needs its extra and Java 17.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from audit.checks import catalogue
from audit.notice.model import Notice
from audit.plan import read_plan
from audit.register.query import fetched, quoted
from audit.report.findings import as_data
from audit.run import run
from audit.spark.session import local, on_spark
from audit.testing import ENGINES, run_cases

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "checks"
SAMPLE = ROOT / "data_samples" / "asiakasrekisteri"
DAY = date(2026, 11, 22)
HEAD = """\
# Parity of the engines

Written by `python benchmarks/parity.py`, which runs every case of every check
(`tests/checks/`) and audits the sample register on each engine.

"""


def cases_of(code: str) -> list[dict[str, Any]]:
    """The cases of a check; a notice by name is the one of ``notices.yaml``."""
    found = catalogue()[code]
    yaml = YAML(typ="safe")
    notices = yaml.load(CASES / "notices.yaml")
    cases = yaml.load(CASES / found.criterion.family / f"{found.function.__name__}.yaml")
    for case in cases:
        said = case["given"].get("notice")
        if said is not None:
            said = notices[said] if isinstance(said, str) else said
            whole = {"register_name": "r", "language": "fi", "controller": {"name": "Koe Oy"}}
            case["given"] = case["given"] | {"notice": Notice.model_validate(whole | said)}
    return list(cases)


def holds(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> bool:
    return len(found) == len(expected) and all(
        wanted.items() <= row.items() for row, wanted in zip(found, expected, strict=True)
    )


def of_cases(engine: str) -> tuple[int, list[str]]:
    """How many cases were asked, and those that an engine answers otherwise."""
    asked, wrong = 0, []
    for code, found in catalogue().items():
        if found.unit == "notice":  # such a check runs on no engine
            continue
        cases = cases_of(code)
        answers = run_cases(code, [case["given"] for case in cases], engine=engine)
        asked += len(cases)
        wrong += [
            f"{code}: {case['name']}"
            for case, rows in zip(cases, answers, strict=True)
            if not holds(rows, case["expect"])
        ]
    return asked, wrong


def of_sample(**how: Any) -> tuple[str, Counter[tuple[Any, ...]]]:
    """The findings of the sample register as they are written, and its evidence as a set."""
    with tempfile.TemporaryDirectory() as folder:
        evidence = Path(folder) / "evidence.parquet"
        audit = run(read_plan(SAMPLE / "audit.yaml"), DAY, evidence, **how)
        rows = Counter(fetched(f"SELECT * FROM read_parquet({quoted(str(evidence))})"))
        return json.dumps(as_data(audit), default=str).replace(folder, ""), rows


def main() -> None:
    session = local(master="local[2]", memory="1g")
    how = {"duckdb": {}, "spark": {"opened": on_spark(session)}}
    first, evidence = of_sample()
    lines = [
        "| engine | cases | answered otherwise | `findings.json` of the sample | evidence |",
        "| --- | --- | --- | --- | --- |",
    ]
    for engine in ENGINES:
        asked, wrong = of_cases(engine)
        findings, pieces = of_sample(**how[engine])
        lines.append(
            f"| {engine} | {asked} | {'; '.join(wrong) or 'none'} | "
            f"{'byte-identical' if findings == first else 'differs'} | "
            f"{'the same' if pieces == evidence else 'differs'}, {sum(pieces.values())} pieces |"
        )
    (ROOT / "docs" / "parity.md").write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
