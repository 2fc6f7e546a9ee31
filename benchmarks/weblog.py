"""
Times the audit's pass over a web server log against DuckDB reading the same file line by line.

In turn, round after round, each in a process of its own: DuckDB counts the lines, which looks at
nothing but their ends; it matches each line once against one regular expression, the least that
looks at every character; it stores them in a table; it takes the fields out with one regular
expression; and the pass, which takes the fields out, examines every cell and hashes the file. Processor seconds are given,
which a busy machine disturbs less than the clock does, and the median of their ratios.

    python benchmarks/weblog.py [--lines 10000000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/604.1",
    "Mozilla/5.0 (compatible; Koebot/2.1; +https://www.koe.example/bot)",
    "curl/8.5.0",
)
PATTERN = r'^(\S+) (\S+) (\S+) \[([^\]]+)\] "([^"]*)" (\d{3}) (\d+|-)(?: "([^"]*)" "([^"]*)")?$'
PLAIN = """
import sys, duckdb
from pathlib import Path
from audit.register.web.log import line_reader
connection = duckdb.connect(config={"memory_limit": "300MB", "temp_directory": sys.argv[3]})
connection.execute("SET enable_progress_bar = false")
lines = line_reader(Path(sys.argv[1]))
connection.execute(sys.argv[2].replace("LINES", lines)).fetchall()
"""
PASS = """
import sys
from pathlib import Path
from audit.engine.duckdb import Engine
from audit.engine.scan import create_tables, scan
from audit.engine.workspace import workspace
from audit.plan.drafting import draft_plan
from audit.plan import resolve
path = Path(sys.argv[1])
plan = draft_plan(path.parent)
with workspace() as folder, Engine(folder, bytes_to_read=path.stat().st_size) as engine:
    table, found, _ = resolve(plan, plan.sources[0], "the plan", folder)
    create_tables(engine)
    one = scan(engine, table, found.path, 0, found.head, extract=found.extract)
    assert one.ledger.accounted == one.ledger.lines == int(sys.argv[2]), one.ledger
"""
QUERIES = {
    "lines counted": "SELECT count(l) FROM LINES",
    "lines matched": "SELECT count(*) FROM LINES WHERE regexp_matches(l, '[0-9]{30}x')",
    "lines stored": "CREATE TABLE stored AS SELECT l FROM LINES",
    "one regular expression": "SELECT count(x) FROM (SELECT regexp_extract(l, '"
    + PATTERN
    + "', ['a','b','c','d','e','f','g','h','i']) AS x FROM LINES)",
}


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        path = Path(name) / "access.log"
        generate(path, asked.lines)
        rounds = [measure(path, asked.lines) for _ in range(asked.rounds)]
        size = path.stat().st_size
    print(f"{asked.lines:,} lines, {size / 1e6:,.0f} MB; {asked.rounds} rounds\n")
    print("| | processor seconds (median) | × lines counted | × lines matched | × lines stored |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for what in rounds[0]:
        ratios = [
            statistics.median(r[what] / r[base] for r in rounds)
            for base in ("lines counted", "lines matched", "lines stored")
        ]
        seconds = statistics.median(r[what] for r in rounds)
        print(f"| {what} | {seconds:.2f} | {' | '.join(f'{r:.1f}' for r in ratios)} |")


def measure(path: Path, lines: int) -> dict[str, float]:
    """Processor seconds of each, without the start of the interpreter."""
    idle = timed([sys.executable, "-c", "import duckdb, audit.engine.scan, audit.plan"])
    found = {
        what: timed([sys.executable, "-c", PLAIN, str(path), query, str(path.parent / "spill")])
        - idle
        for what, query in QUERIES.items()
    }
    return found | {"pass": timed([sys.executable, "-c", PASS, str(path), str(lines)]) - idle}


def timed(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def generate(path: Path, lines: int) -> None:
    """An invented log in the combined format, one request a second."""
    chance, moment = random.Random(7), datetime(2026, 1, 1, tzinfo=UTC)
    paths = ("/", "/tuotteet/keittio-{}", "/ostoskori?id={}&lang=fi", "/kuvat/a{}.jpg", "/hinnasto")
    with path.open("w", encoding="utf-8") as file:
        for _ in range(lines):
            moment += timedelta(seconds=1)
            target = chance.choice(paths).format(chance.randrange(99999))
            file.write(
                f"192.0.2.{chance.randrange(256)} - - [{moment:%d/%b/%Y:%H:%M:%S} +0000] "
                f'"GET {target} HTTP/1.1" {chance.choice((200, 200, 304, 404))} '
                f'{chance.randrange(99999)} "{chance.choice(("-", "https://www.koe.example/"))}" '
                f'"{chance.choice(AGENTS)}"\n'
            )


if __name__ == "__main__":
    main()
