"""
DuckDB beside Spark in local mode, the same register: ``python benchmarks/spark.py 1000000 10000000``.

The whole audit, process start to last file written; ratios are what counts. For sizing, the growth
from one number of rows to the next is the rate of these processors.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from invented import write_register


def seconds(folder: Path, engine: str) -> float:
    """How long an audit takes, after one exit status that is no failure."""
    command = [sys.executable, "-m", "audit.cli", "run", str(folder), "--notice"]
    command += [str(folder / "notice.yaml"), "--engine", engine, "--fail-on", "never", "-q"]
    started = time.perf_counter()
    subprocess.run([*command, "--out", str(folder.with_name(engine))], check=True)
    return time.perf_counter() - started


def main(sizes: list[int]) -> None:
    print(f"{'rows':>12} {'duckdb s':>9} {'spark s':>9} {'ratio':>6}")
    for rows in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "register"
            write_register(folder, rows)
            alone, spark = seconds(folder, "duckdb"), seconds(folder, "spark")
        print(f"{rows:12} {alone:9.1f} {spark:9.1f} {spark / alone:6.2f}", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000_000])
