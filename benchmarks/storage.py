"""
Times what the checks of storage limitation add, against DuckDB's parse-only time of the same files.

A register of customers with three orders and three invoices each is audited twice in one process
after another: once with every check of the family, once with one check that reads no records. The
difference is what they add. The parse-only baseline counts every column of every file as text, on
the same two threads. Round after round in turn, so that a noisy machine slows all alike; the median
of the ratios is printed.

    python benchmarks/storage.py [--rows 300000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STORAGE = [f"STO{n:02}" for n in range(1, 10)]
NOTICE = """\
schema: register-audit/notice/1
register_name: Asiakasrekisteri
language: fi
controller: {name: Koe Oy}
retention:
  - {id: S1, kind: fixed, period: P10Y, event: customer_relationship_end}
"""
PLAN = """\
schema: register-audit/plan/1
register: mitattava
notice: notice.yaml
financial_years: [{start: 2000-01-01, end: 2026-12-31, yearly: true}]
sources:
  - {file: asiakkaat.csv, kind: customers}
  - {file: tilaukset.csv, kind: orders}
  - {file: laskut.csv, kind: invoices}
"""
PARSE = """
import sys, time, duckdb
connection = duckdb.connect(config={"memory_limit": "300MB"})
connection.execute("SET enable_progress_bar = false")
started = time.perf_counter()
for path in sys.argv[1:]:
    connection.execute(
        f"SELECT count(COLUMNS(*)) FROM read_csv('{path}', all_varchar = true)").fetchall()
print(time.perf_counter() - started)
"""


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name) / "register"
        generate(folder, asked.rows)
        rounds = [measure(folder, Path(name)) for _ in range(asked.rounds)]
    print(f"{asked.rows:,} customers, 3 orders and 3 invoices each; {asked.rounds} rounds\n")
    print("| | seconds (median) | × parse-only |")
    print("| --- | ---: | ---: |")
    for what in rounds[0]:
        seconds = statistics.median(found[what] for found in rounds)
        ratio = statistics.median(found[what] / found["parse-only"] for found in rounds)
        print(f"| {what} | {seconds:.2f} | {ratio:.2f} |")


def measure(folder: Path, scratch: Path) -> dict[str, float]:
    """One round: seconds of the baseline, of the audit with and without the family, and between."""
    files = [str(folder / f"{name}.csv") for name in ("asiakkaat", "tilaukset", "laskut")]
    said = subprocess.run(
        [sys.executable, "-c", PARSE, *files], capture_output=True, text=True, check=True
    )
    parse = float(said.stdout)
    without = audit(folder, scratch / "without", ["MIN05"])
    whole = audit(folder, scratch / "with", ["MIN05", *STORAGE])
    return {
        "parse-only": parse,
        "audit without": without,
        "audit with": whole,
        "the checks add": whole - without,
    }


def audit(folder: Path, out: Path, codes: list[str]) -> float:
    """Wall seconds of an audit with these checks only."""
    only = [part for code in codes for part in ("--only", code)]
    command = [sys.executable, "-m", "audit.cli", "run", str(folder), "--as-of", "2026-11-22"]
    command += ["--out", str(out), "--fail-on", "never", "-q", *only]
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True)
    seconds = time.perf_counter() - started
    assert json.loads((out / "findings.json").read_text("utf-8"))["complete"]
    return seconds


def generate(folder: Path, rows: int) -> None:
    """Customers of whom two in five have ended, one in a hundred past the period, with all theirs."""
    pick = random.Random(1)
    folder.mkdir()
    (folder / "notice.yaml").write_text(NOTICE, "utf-8")
    (folder / "audit.yaml").write_text(PLAN, "utf-8")
    days = [date(2004, 1, 1) + timedelta(days=n) for n in range(8300)]
    written = [f"{day.day}.{day.month}.{day.year}" for day in days]
    past, last = (date(2016, 11, 21) - days[0]).days, len(days) - 1
    with (
        (folder / "asiakkaat.csv").open("w", encoding="utf-8") as customers,
        (folder / "tilaukset.csv").open("w", encoding="utf-8") as orders,
        (folder / "laskut.csv").open("w", encoding="utf-8") as invoices,
    ):
        customers.write(
            "Asiakasnro;Etunimi;Sukunimi;Sähköposti;Puhelin;Katuosoite;Postinro;Postitoimipaikka;"
            "Asiakassuhde alkoi;Asiakassuhde päättyi;Tila;Poistoesto;Lisätiedot\n"
        )
        orders.write(
            "Tilausnro;Asiakasnro;Tilauspäivä;Tuote;Määrä;Yksikköhinta;Summa;Toimitusohje\n"
        )
        invoices.write("Laskunumero;Asiakasnro;Laskupäivä;Eräpäivä;Summa;Maksettu;Tila;Viesti\n")
        for n in range(rows):
            number, chance = 100_000 + n, pick.random()
            end = last if chance > 0.4 else pick.randint(past + 1, last)
            if chance < 0.01:
                end = pick.randint(past - 2000, past)
            start = pick.randint(0, end)
            ended = written[end] if chance <= 0.4 else ""
            state = "päättynyt" if ended else "aktiivinen"
            hold = "avoin lasku" if n % 50 == 0 else ""
            customers.write(
                f"{number};Aino;Esimerkki;aino{n}@koe.example;040 {1000000 + n % 8999999};"
                f"Koekatu {n % 99};00{n % 900 + 100};Helsinki;{written[start]};{ended};{state};"
                f"{hold};soitettu ja sovittu toimituksesta\n"
            )
            for k in range(3):
                day = pick.randint(start, end)
                orders.write(
                    f"T{3 * n + k};{number};{written[day]};Aino-tuoli;2;45,00;90,00;jätä ovelle\n"
                )
                due = written[min(day + 14, last)]
                paid = "" if pick.random() < 0.02 else written[min(day + 10, last)]
                invoices.write(
                    f"{3 * n + k};{number};{written[day]};{due};90,00;{paid};"
                    f"{'maksettu' if paid else 'avoin'};Kiitos tilauksesta\n"
                )


if __name__ == "__main__":
    main()
