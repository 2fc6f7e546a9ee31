"""
DuckDB beside Spark in local mode, the same register: ``python benchmarks/spark.py 1000000 10000000``.

The whole audit, process start to last file written, by the clock and by the processors' time of all
its processes, which other work on the machine disturbs less. ``--times 4`` writes the columns of the
register four times. For sizing, the growth from one number of rows to the next is the rate of these
processors.

``--evidence 1000000 10000000`` measures what is left to the driver instead: so many pieces of
evidence, which executors wrote as Parquet, are counted, given their lines and keys, and merged.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

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


def merge(pieces: int, folder: Path) -> None:
    """Merge so many pieces of evidence as the driver does, and print what it took."""
    from audit.engine.duckdb import Engine
    from audit.engine.evidence import Asked, create_evidence, write_evidence
    from audit.spark.evidence import PLACED, RETURNED, kept

    rows = f"FROM range({pieces}) AS r (n)"
    cells = (
        """0 AS n, 0 AS place, r.n + 1 AS "row", 'Lisätiedot' AS "column", 'email' AS category, """
        "'nonconformity' AS result, NULL AS detail, NULL AS grade, NULL AS topic, NULL AS examined"
    )
    keys = """0 AS place, r.n + 1 AS "row", r.n + 2 AS line, 'A' || r.n AS key"""
    written = folder / "evidence.parquet"
    with Engine(folder, bytes_to_read=150 * pieces) as engine:
        for name, of_each in (("returned", cells), ("placed", keys)):
            path = folder / f"{name}.parquet"
            engine.run(f"COPY (SELECT {of_each} {rows}) TO '{path}' (FORMAT parquet)")
        started, processor = time.perf_counter(), time.process_time()
        create_evidence(engine)
        for name, made in (("returned", RETURNED), ("placed", PLACED)):
            engine.run(f"CREATE TABLE {name} ({made})")
            path = folder / f"{name}.parquet"
            engine.run(f"INSERT INTO {name} BY NAME SELECT * FROM read_parquet('{path}')")
        table = SimpleNamespace(source="asiakkaat.csv", sheet=None)
        scanned: Any = SimpleNamespace(table=table, ledger=SimpleNamespace(unit="lines"))
        kept(engine, 0, Asked(code="MIN02", sql="", scanned=scanned, place=0))
        write_evidence(engine, written)
        taken = Taken(time.perf_counter() - started, time.process_time() - processor)
        there = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{pieces:12} pieces: {taken.clock:.1f} s, of the processors {taken.processor:.1f} s, "
        f"{written.stat().st_size / 1e6:.0f} MB written, {most:.0f} MB of memory at most, "
        f"{there / 1e6:.0f} MB in the private folder",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="*", default=[1_000_000])
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--evidence", action="store_true")
    asked = parser.parse_args()
    if asked.evidence:
        for pieces in asked.rows:
            with tempfile.TemporaryDirectory() as scratch:
                merge(pieces, Path(scratch))
        return
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
