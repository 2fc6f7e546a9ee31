"""Backslashes and quotes of other writers than spreadsheets: before breaks, and around whole rows."""

from __future__ import annotations

import codecs
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import audit
from audit.plan.drafting import draft_plan
from audit.register.delimited.twice import TWICE
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
    assert list(frame["notes"])[:2] == [meant, ""]
    found = run(draft_plan(exports), date(2026, 11, 22), exports.parent / "evidence.parquet")
    [ledger] = found.ledgers
    assert (ledger.rows, ledger.accounted, ledger.quarantined) == (20, ledger.lines, ())


def test_a_path_that_ends_in_a_backslash_is_no_break(exports: Path) -> None:
    """With the line below it there would be too many cells."""
    (exports / "asiakkaat.csv").unlink()
    lines = ["\t".join(HEADER), *(row(n, f"D:\\a{n}\\", "\t") for n in range(20))]
    (exports / "customers.csv").write_text("\n".join(lines) + "\n", "utf-8")
    assert next(iter(audit.load(exports).table("customers")["notes"])) == "D:\\a0\\"


def test_rows_in_quotes_are_read_as_what_is_in_them(exports: Path) -> None:
    """A text of commas that was opened as one column, and saved once more."""
    (exports / "asiakkaat.csv").unlink()
    rows = [row(n, '"a, b"' if n % 2 else "c", ",") for n in range(20)]
    lines = ['"' + line.replace('"', '""') + '"' for line in [",".join(HEADER), *rows]]
    (exports / "customers.csv").write_text("\n".join(lines) + "\n", "utf-8")
    frame = audit.load(exports).table("customers")
    assert list(frame.columns) == HEADER
    assert list(frame["notes"])[:2] == ["c", "a, b"]
    found = run(draft_plan(exports), date(2026, 11, 22), exports.parent / "evidence.parquet")
    [ledger] = found.ledgers
    assert (ledger.rows, ledger.repaired) == (20, (("row_in_quotes", 20),))


def test_texts_in_quotes_are_one_column(exports: Path) -> None:
    """What nobody parted stays whole, though it has commas."""
    (exports / "asiakkaat.csv").unlink()
    lines = ["feedback", *(f'"good, but {n}, and late"' for n in range(20))]
    (exports / "palaute.csv").write_text("\n".join(lines) + "\n", "utf-8")
    frame = audit.load(exports).table("palaute")
    assert frame.shape == (20, 1)


def misread(text: str) -> str:
    """A text in UTF-8 as a program shows it that takes it for what Windows writes."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_letters_that_were_encoded_twice_are_read_as_meant(
    exports: Path, tmp_path: Path, mark: bytes
) -> None:
    """Headers and names are known again, the ledger says what the file was, and a correct one stays."""
    rows = [f"{n};Åke Öhman{n};Mäkitie {n};5 €;”hän” – Äänekoski" for n in range(9)]
    text = "\n".join(["Asiakasnro;Nimi;Lähiosoite;Velka;Lisätiedot", *rows, ""])
    (exports / "asiakkaat.csv").write_bytes(mark + misread(text).encode())
    (exports / "oikein.csv").write_bytes(mark + (text + "9;São Ãland;;;\n").encode())
    loaded = audit.load(exports)
    assert list(loaded.table("asiakkaat").columns) == text.split("\n")[0].split(";")
    assert list(loaded.table("asiakkaat").iloc[1]) == rows[1].split(";")
    assert list(loaded.table("oikein").iloc[1]) == rows[1].split(";")
    found = run(draft_plan(exports), date(2026, 11, 22), tmp_path / "evidence.parquet")
    told = {ledger.file: ledger.encoding for ledger in found.ledgers}
    assert told == {"asiakkaat.csv": "utf-8-twice", "oikein.csv": "utf-8-sig" if mark else "utf-8"}


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])), st.integers(1, 9))
def test_what_was_encoded_twice_comes_back_however_it_is_cut(text: str, size: int) -> None:
    """A letter may begin in one chunk of a file and end in the next."""
    data = misread(f"ä{text}").encode()
    decoder = codecs.getincrementaldecoder(TWICE)()
    cut = [data[at : at + size] for at in range(0, len(data), size)]
    assert "".join(map(decoder.decode, cut)) + decoder.decode(b"", final=True) == data.decode(TWICE)
