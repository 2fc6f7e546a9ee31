"""
Times the pass and the whole audit against DuckDB's parse-only time of the same file, in one run.

The parse-only baseline lets DuckDB find the dialect and count every column of the file as text, on
the same two threads, and does nothing else; the pass likewise begins with finding the dialect and
the columns. The three are run in turn, round after round, each in a process of its own, so that
a noisy machine slows all alike; medians and the median of the ratios are printed. Memory is the
peak of anonymous memory (RssAnon) of the process.

    python benchmarks/scan.py [--rows 1000000] [--rounds 5]
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADER = (
    "Asiakasnro;Etunimi;Sukunimi;Yritys;Sähköposti;Puhelin;Katuosoite;Postinro;Postitoimipaikka;"
    "Asiakassuhde alkoi;Asiakassuhde päättyi;Tila;Tilauksia;Y-tunnus;Lisätiedot"
).split(";")
WORDS = (
    "soitettu tarjous lähetetty toivoi yhteydenottoa ensi viikolla takuuhuolto sovittu toimitus "
    "myöhässä ovi ikkuna kaappi keittiö listat asennettu maksettu kuitti avain naapurilla"
).split()

PARSE = """
import sys, time, duckdb
path, width = sys.argv[1], int(sys.argv[2])
connection = duckdb.connect(config={"memory_limit": "300MB"})
connection.execute("SET enable_progress_bar = false")
started = time.perf_counter()
counted = connection.execute(
    f"SELECT count(COLUMNS(*)) FROM read_csv('{path}', all_varchar = true)").fetchall()
assert len(counted[0]) == width
print(time.perf_counter() - started)
"""
PASS = """
import sys, time
from pathlib import Path
from audit.engine.duckdb import Engine
from audit.engine.scan import create_tables, scan
from audit.engine.workspace import workspace
from audit.notice.read import read_notice
from audit.plan import draft_plan, resolve
from audit.run import _with_asked_dates
folder = Path(sys.argv[1])
notice = read_notice(folder / "notice.yaml")
started = time.perf_counter()
plan = draft_plan(folder)
size = (folder / plan.sources[0].file).stat().st_size
with workspace() as scratch, Engine(scratch, bytes_to_read=size) as engine:
    resolved = resolve(plan, plan.sources[0], "the plan", scratch)
    table = _with_asked_dates(resolved.table, notice)
    create_tables(engine)
    scan(engine, table, resolved.found.path, 0, resolved.found.head)
    print(time.perf_counter() - started)
"""


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name) / "register"
        generate(folder, asked.rows)
        file = folder / "asiakkaat.csv"
        size = file.stat().st_size
        rounds = [measure(folder, file, Path(name)) for _ in range(asked.rounds + 1)][1:]
    print(
        f"{asked.rows:,} rows × {len(HEADER)} columns, {size / 1e6:,.0f} MB; {asked.rounds} rounds\n"
    )
    print("| | seconds (median) | min–max | × parse-only | anonymous memory, MB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for what in ("parse-only", "pass", "whole audit"):
        seconds = [r[what][0] for r in rounds]
        ratio = statistics.median(r[what][0] / r["parse-only"][0] for r in rounds)
        memory = max(r[what][1] for r in rounds)
        print(
            f"| {what} | {statistics.median(seconds):.2f} | {min(seconds):.2f}–{max(seconds):.2f} "
            f"| {ratio:.2f} | {memory:,.0f} |"
        )


def measure(folder: Path, file: Path, scratch: Path) -> dict[str, tuple[float, float]]:
    """One round: seconds and peak anonymous memory of each of the three."""
    out = scratch / "out"
    audit = [sys.executable, "-m", "audit.cli", "run", str(folder), "--as-of", "2026-11-22"]
    wall, said, memory = timed([*audit, "--out", str(out), "--fail-on", "never", "-q"])
    found = json.loads((out / "findings.json").read_text("utf-8"))["summary"]
    assert found["cells"] == found["records"] * len(HEADER), said
    _, parse, parse_memory = timed([sys.executable, "-c", PARSE, str(file), str(len(HEADER))])
    _, passed, pass_memory = timed([sys.executable, "-c", PASS, str(folder)])
    return {
        "parse-only": (float(parse), parse_memory),
        "pass": (float(passed), pass_memory),
        "whole audit": (wall, memory),
    }


def timed(command: list[str]) -> tuple[float, str, float]:
    """Wall seconds, what it said, and the peak of its anonymous memory in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    peak = [0.0]

    def watch() -> None:
        status = Path(f"/proc/{process.pid}/status")
        while process.poll() is None:
            try:
                line = next(x for x in status.read_text().splitlines() if x.startswith("RssAnon"))
            except (OSError, StopIteration):
                return
            peak[0] = max(peak[0], int(line.split()[1]) / 1024)
            time.sleep(0.005)

    watcher = threading.Thread(target=watch)
    watcher.start()
    said, _ = process.communicate()
    wall = time.perf_counter() - started
    watcher.join()
    assert process.returncode == 0, said
    return wall, said.strip(), peak[0]


def generate(folder: Path, rows: int) -> None:
    """A customers' export; one row in a thousand has an identity code in its note."""
    pick = random.Random(1)
    folder.mkdir()
    sample = ROOT / "data_samples" / "asiakasrekisteri"
    for name in ("notice.yaml", "tietosuojaseloste.txt"):
        (folder / name).write_bytes((sample / name).read_bytes())
    notes = [" ".join(pick.choices(WORDS, k=pick.randint(2, 12))) for _ in range(5000)] + [
        ""
    ] * 2500
    first = ["Aino", "Veikko", "Helmi", "Onni", "Sofia", "Eino", "Kerttu", "Urho", "Lempi", "Toivo"]
    last = ["Virtanen", "Korhonen", "Nieminen", "Mäkelä", "Hämäläinen", "Laine", "Koskinen"]
    streets = ["Kipinäkuja", "Neulatie", "Puistokatu", "Rantatie", "Kauppakatu", "Lastulaidantie"]
    days = [f"{d}.{m}." for d in range(1, 29) for m in range(1, 13)]
    with (folder / "asiakkaat.csv").open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, delimiter=";", lineterminator="\r\n")
        write.writerow(HEADER)
        for n in range(rows):
            given, family = pick.choice(first), pick.choice(last)
            ended = pick.random() < 0.4
            note = pick.choice(notes)
            if n % 1000 == 7:
                note += " hetu 010190-999W"
            write.writerow(
                [
                    100000 + n, given, family, f"{family} Oy",
                    f"{given}.{family}{n}@yritys.example".lower(),
                    f"040 {pick.randint(1000000, 9999999)}",
                    f"{pick.choice(streets)} {pick.randint(1, 99)} A {pick.randint(1, 60)}",
                    f"{pick.randint(100, 99999):05d}", "Tampere",
                    f"{pick.choice(days)}{pick.randint(2005, 2015)}",
                    f"{pick.choice(days)}{pick.randint(2016, 2025)}" if ended else "",
                    "päättynyt" if ended else "aktiivinen",
                    pick.randint(0, 50), f"{pick.randint(1000000, 3999999)}-{n % 10}", note,
                ]
            )  # fmt: skip


if __name__ == "__main__":
    main()
