"""Backslashes as MySQL writes them: before quotes, line breaks and delimiters that are a cell's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import audit
from audit.plan.drafting import draft_plan
from audit.run import run

HEADER = ["id", "name", "email", "created_at", "notes"]


def row(n: int, note: str, mark: str, quote: str = "") -> str:
    cells = [str(n), f"Aino Koe{n}", f"a{n}@koe.example", f"2020-01-{n + 10}"]
    return mark.join([f"{quote}{cell}{quote}" for cell in cells] + [note])


@pytest.mark.parametrize(
    ("mark", "quote", "note", "meant"),
    [
        (",", '"', '"said \\"yes\\", and\\\nmore"', 'said "yes", and\\\nmore'),
        (",", '"', '"said \\"yes\\"\\\nand \\"no\\"\\\nmore"', 'said "yes"\\\nand "no"\\\nmore'),
        ("\t", "", "first\\\nsecond\\\tthird", "first\nsecond\tthird"),
        ("\t", "", 'a 12" pipe\\\nsecond', 'a 12" pipe\nsecond'),
        ("|", "", "a\\|b", "a|b"),
    ],
)
def test_a_break_behind_a_backslash_is_the_cells_own(
    exports: Path, mark: str, quote: str, note: str, meant: str
) -> None:
    """The record goes on, and each line is accounted for."""
    (exports / "asiakkaat.csv").unlink()
    lines = [mark.join(f"{quote}{name}{quote}" for name in HEADER)]
    lines += [row(n, note if n % 4 == 0 else "\\N", mark, quote) for n in range(20)]
    (exports / "customers.csv").write_text("\n".join(lines) + "\n", "utf-8")
    frame = audit.load(exports).table("customers")
    assert len(frame) == 20
    assert list(frame["notes"])[:2] == [meant, "\\N"]
    found = run(draft_plan(exports), date(2026, 11, 22), exports.parent / "evidence.parquet")
    [ledger] = found.ledgers
    assert (ledger.rows, ledger.accounted, ledger.quarantined) == (20, ledger.lines, ())


def test_a_path_that_ends_in_a_backslash_is_no_break(exports: Path) -> None:
    """With the line below it there would be too many cells."""
    (exports / "asiakkaat.csv").unlink()
    lines = ["\t".join(HEADER), *(row(n, f"D:\\a{n}\\", "\t") for n in range(20))]
    (exports / "customers.csv").write_text("\n".join(lines) + "\n", "utf-8")
    assert next(iter(audit.load(exports).table("customers")["notes"])) == "D:\\a0\\"
