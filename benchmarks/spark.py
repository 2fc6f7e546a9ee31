"""
DuckDB beside Spark in local mode, the same register: ``python benchmarks/spark.py 1000000 10000000``.

The whole audit, process start to last file written, by the clock and by the processors' time of all
its processes, which other work on the machine disturbs less. ``--times 4`` writes the columns of the
register four times. For sizing, the growth from one number of rows to the next is the rate of these
processors.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from invented import write_register

_TICKS = os.sysconf("SC_CLK_TCK")


class Taken(NamedTuple):
    """What an audit took, in seconds."""

    clock: float
    processor: float


def taken(folder: Path, engine: str) -> Taken:
    """How long an audit takes, with every process that it starts."""
    command = [sys.executable, "-m", "audit.cli", "run", str(folder), "--notice"]
    command += [str(folder / "notice.yaml"), "--engine", engine, "--fail-on", "never", "-q"]
    command += ["--out", str(folder.with_name(engine))]
    started = time.perf_counter()
    process = subprocess.Popen(command, start_new_session=True)
    spent: dict[int, float] = {}
    while process.poll() is None:
        spent |= _spent(process.pid)
        time.sleep(0.2)
    if process.returncode:
        raise SystemExit(f"{engine} failed")
    return Taken(time.perf_counter() - started, sum(spent.values()))


def _spent(session: int) -> dict[int, float]:
    """The processors' seconds of each process of a session."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(told[3]) == session or int(told[2]) == session:
            found[int(path.parent.name)] = (int(told[11]) + int(told[12])) / _TICKS
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="*", default=[1_000_000])
    parser.add_argument("--times", type=int, default=1)
    asked = parser.parse_args()
    print(
        f"{'rows':>12} {'columns':>7} {'duckdb s':>9} {'cpu':>8} {'spark s':>9} {'cpu':>8} ratio   cpu"
    )
    for rows in asked.rows:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "register"
            write_register(folder, rows, times=asked.times)
            one, two = taken(folder, "duckdb"), taken(folder, "spark")
        print(
            f"{rows:12} {15 * asked.times:7} {one.clock:9.1f} {one.processor:8.1f} "
            f"{two.clock:9.1f} {two.processor:8.1f} {two.clock / one.clock:5.2f} "
            f"{two.processor / one.processor:5.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
