"""
Times the pass and the whole audit beside DuckDB, Great Expectations and Presidio, in one run.

Everything reads the same invented registers, each in a process of its own, in turn, round after
round, so that a noisy machine slows all alike. Given are medians, and medians of the rounds' ratios.
A peer is left out at sizes for which it would need more than a minute.

    python benchmarks/run.py [--rows 1000 100000 1000000] [--rounds 5] [--presidio PYTHON] [--write]

Presidio is asked for with the interpreter of an environment that has it; see docs/benchmarks.md.
With ``--write``, table and chart go into ``docs/``.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from chart import chart
from invented import write_register
from timing import ROOT, Taken, timed

WHAT = ("parse-only", "pass", "whole audit", "Great Expectations", "Presidio")
#: The most rows that a peer manages in a minute.
MOST = {"Great Expectations": 100_000, "Presidio": 1_000}
DOCS = ROOT / "docs"
Rounds = list[dict[str, Taken]]


def main() -> None:
    """Generate, measure, print or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--presidio", help="an interpreter that has presidio-analyzer and pandas")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.{md,svg}")
    asked = parser.parse_args()
    if asked.rounds < 1 or min(asked.rows) < 1:
        parser.error("--rows and --rounds begin at 1")
    peers = {"Great Expectations": sys.executable, "Presidio": asked.presidio}
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        by_rows = _by_rows(Path(name), sorted(asked.rows), asked.rounds, peers)
        by_columns = _by_columns(Path(name), asked.rounds)
    text = "\n\n".join([_table(by_rows), _growth(by_rows), _columns(by_columns)])
    if not asked.write:
        print(text)
        return
    page = DOCS / "benchmarks.md"
    before, _, rest = page.read_text("utf-8").partition("<!-- measured -->\n")
    _, _, after = rest.partition("<!-- end -->")
    page.write_text(f"{before}<!-- measured -->\n{text}\n<!-- end -->{after}", "utf-8")
    lines = {
        what: [
            (n, _median(rounds, what, "seconds"))
            for n, rounds in by_rows.items()
            if what in rounds[0]
        ]
        for what in WHAT
    }
    drawn = chart({k: v for k, v in lines.items() if v}, "Seconds by number of rows")
    (DOCS / "benchmarks.svg").write_text(drawn, "utf-8")


def _by_rows(
    scratch: Path, sizes: Sequence[int], rounds: int, peers: Mapping[str, str | None]
) -> dict[int, Rounds]:
    found: dict[int, Rounds] = {}
    for rows in sizes:
        folder = scratch / f"register-{rows}"
        write_register(folder, rows)
        works = _works(folder, scratch)
        for what, python in peers.items():
            if python and rows <= MOST[what]:
                works[what] = _work(what, folder, python)
        found[rows] = []
        for n in range(rounds if rows < 5_000_000 else min(rounds, 2)):
            # What takes long is measured once, and the same in every round.
            slow = {k: found[rows][0][k] for k in works if n and found[rows][0][k].seconds > 10}
            slow = {k: taken for k, taken in slow.items() if k in peers}
            found[rows].append({k: slow[k] if k in slow else work() for k, work in works.items()})
        for path in folder.iterdir():  # the next is larger
            path.unlink()
    return found


def _by_columns(scratch: Path, rounds: int) -> dict[int, Rounds]:
    found = {}
    for times in (1, 2, 4):
        folder = scratch / f"wide-{times}"
        write_register(folder, 100_000, times=times)
        works = _works(folder, scratch)
        del works["whole audit"]
        found[15 * times] = [{k: work() for k, work in works.items()} for _ in range(rounds)]
    return found


def _works(folder: Path, scratch: Path) -> dict[str, Callable[[], Taken]]:
    audit = [sys.executable, "-m", "audit.cli", "run", str(folder), "--as-of", "2026-11-22"]
    audit += ["--out", str(scratch / "out"), "--fail-on", "never", "-q"]
    return {
        "parse-only": _work("parse-only", folder, sys.executable),
        "pass": _work("pass", folder, sys.executable),
        "whole audit": lambda: timed(audit),
    }


def _work(what: str, folder: Path, python: str) -> Callable[[], Taken]:
    return lambda: timed([python, str(ROOT / "benchmarks" / "works.py"), what, str(folder)])


# --- tables --------------------------------------------------------------------------------------


def _median(rounds: Rounds, what: str, of: str) -> float:
    return statistics.median(getattr(taken[what], of) for taken in rounds)


def _ratio(rounds: Rounds, what: str, of: str, base: str = "parse-only") -> float:
    return statistics.median(getattr(r[what], of) / getattr(r[base], of) for r in rounds)


def _table(by_rows: dict[int, Rounds]) -> str:
    lines = [
        "| rows | | seconds | × parse-only | processor seconds | × parse-only | memory, MB |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for rows, rounds in by_rows.items():
        for what in rounds[0]:
            memory = max(taken[what].memory for taken in rounds)
            lines.append(
                f"| {_number(rows)} | {what} | {_seconds(_median(rounds, what, 'seconds'))} "
                f"| {_ratio(rounds, what, 'seconds'):,.2f} "
                f"| {_seconds(_median(rounds, what, 'processor'))} "
                f"| {_ratio(rounds, what, 'processor'):,.2f} | {memory:,.0f} |"
            )
    return "\n".join(lines)


def _growth(by_rows: dict[int, Rounds]) -> str:
    """What each takes at no rows, and for each million more; and how the peers compare."""
    lines = []
    sizes = list(by_rows)
    if len(sizes) > 1:
        for what in WHAT[:3]:
            start, slope = _fitted([(n, _median(by_rows[n], what, "processor")) for n in sizes])
            lines.append(
                f"- {what}: {start:.2f} + {slope:.2f} processor seconds for each million rows."
            )
    for what in WHAT[3:]:
        known = [n for n in sizes if what in by_rows[n][0]]
        if not known:
            continue
        last, largest = known[-1], min(sizes, key=lambda n: abs(n - 1_000_000))
        factor = largest / last
        said = "" if factor == 1 else f", extrapolated by the row from {_number(last)} rows"
        against = ", ".join(
            f"the {ours} {_median(by_rows[last], what, of) * factor / _median(by_rows[largest], ours, of):,.0f} times"
            f"{' (processor seconds)' if of == 'processor' else ''}"
            for of in ("seconds", "processor")
            for ours in ("pass", "whole audit")
        )
        lines.append(f"- {what} at {_number(largest)} rows{said} takes longer than {against}.")
    return "\n".join(lines)


def _fitted(points: Sequence[tuple[int, float]]) -> tuple[float, float]:
    """Intercept, and slope by the million, by the least relative squares: no size outweighs others."""
    weights = [1 / y**2 for _, y in points]
    whole = sum(weights)
    x_mean = sum(w * x for w, (x, _) in zip(weights, points, strict=True)) / whole
    y_mean = sum(w * y for w, (_, y) in zip(weights, points, strict=True)) / whole
    above = sum(w * (x - x_mean) * (y - y_mean) for w, (x, y) in zip(weights, points, strict=True))
    below = sum(w * (x - x_mean) ** 2 for w, (x, _) in zip(weights, points, strict=True))
    slope = above / below
    return y_mean - slope * x_mean, slope * 1e6


def _columns(by_columns: dict[int, Rounds]) -> str:
    lines = [
        "| columns (100 000 rows) | parse-only, processor seconds | pass | × parse-only |",
        "| ---: | ---: | ---: | ---: |",
    ]
    for columns, rounds in by_columns.items():
        both = [_seconds(_median(rounds, what, "processor")) for what in ("parse-only", "pass")]
        ratio = _ratio(rounds, "pass", "processor")
        lines.append(f"| {columns} | {both[0]} | {both[1]} | {ratio:.2f} |")
    return "\n".join(lines)


def _seconds(number: float) -> str:
    return f"{number:,.1f}" if number >= 10 else f"{number:.2f}"


def _number(number: int) -> str:
    return f"{number:,}".replace(",", " ")


if __name__ == "__main__":
    main()
