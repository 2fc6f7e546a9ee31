"""
The reports of an audit with a million pieces of evidence: seconds and size of each.

    python benchmarks/report.py --pieces 1000000

The findings are those of the sample register; its evidence is multiplied, so that every check, table
and column has its share. Seconds are medians; the figure to hold is what HTML, JSON, JUnit and
calendar take together, and the size of the page.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from audit.finding import Grade
from audit.report.calendar import render_calendar
from audit.report.html import prepare, render_html
from audit.report.junit import render_junit
from audit.report.retention import schedule_of
from audit.report.workbook import write_workbook
from audit.report.write import examples_of

ROOT = Path(__file__).resolve().parents[1]


def audited(folder: Path) -> tuple[dict, Path]:
    """The sample's findings and evidence."""
    import audit

    audit.audit(ROOT / "data_samples/asiakasrekisteri/audit.yaml").write(folder / "out")
    data = json.loads((folder / "out/findings.json").read_text("utf-8"))
    return data, folder / "out/evidence.parquet"


def multiplied(evidence: Path, pieces: int, target: Path) -> int:
    """The evidence many times over, each copy with rows and keys of its own; how many times."""
    with duckdb.connect() as database:
        [(count,)] = database.execute(f"SELECT count(*) FROM '{evidence}'").fetchall()
        times = -(-pieces // count)
        database.execute(
            f'COPY (SELECT e.* REPLACE ("row" + 1000 * n AS "row", line + 1000 * n AS line, '
            f"record_key || '-' || n AS record_key) FROM '{evidence}' e, range({times}) t(n)) "
            f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )
    return times


def median(work: Callable[[], object], rounds: int) -> float:
    took = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return statistics.median(took)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pieces", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, evidence = audited(folder)
        many = folder / "many.parquet"
        times = multiplied(evidence, chosen.pieces, many)
        for finding in data["findings"]:
            finding["count"] *= times
        prepare()
        page = folder / "report.html"
        works: dict[str, Callable[[], object]] = {
            "report.html": lambda: page.write_text(
                render_html(
                    data, examples_of(data, many), {}, "fi", schedule_of(many, data["as_of"])
                ),
                "utf-8",
            ),
            "findings.json": lambda: json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True),
            "junit.xml": lambda: render_junit(data, Grade.MAJOR, "fi"),
            "deadlines.ics": lambda: render_calendar(
                data, schedule_of(many, data["as_of"]), 365, "fi"
            ),
            "remediation.xlsx": lambda: write_workbook(data, many, folder / "w.xlsx", "fi"),
        }
        took = {key: median(work, chosen.rounds) for key, work in works.items()}
        without = sum(seconds for key, seconds in took.items() if key != "remediation.xlsx")
        print(f"{chosen.pieces:,} pieces of evidence; {chosen.rounds} rounds\n")
        print("| | seconds (median) |\n| --- | ---: |")
        for key, seconds in took.items():
            print(f"| {key} | {seconds:.2f} |")
        print(f"| all but the workbook | {without:.2f} |")
        print(f"| all | {sum(took.values()):.2f} |")
        print(f"\nreport.html: {page.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
