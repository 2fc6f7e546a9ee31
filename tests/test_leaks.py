"""Personal data reaches no report, log, exception, notebook output or file that stays."""

from __future__ import annotations

import zipfile
from pathlib import Path

import duckdb
import pytest

PLANTED = {
    "name": "Kerttuliina Vuotoniemi",
    "email": "kerttuliina.vuotoniemi@salainen.example",
    "phone": "040 9876543",
    "street": "Piilokuja 77 C 3",
    "code": "010190-999W",
    "iban": "FI21 1234 5600 0007 85",
    "card": "4111 1111 1111 1111",
    "note": "riitaisa avioerotapaus",
}
FOUND = (
    "kerttuliina",
    "vuotoniemi",
    "9876543",
    "piilokuja",
    "010190",
    "000785",
    "4111 1111",
    "41111111",
    "avioero",
)


@pytest.fixture
def planted(exports: Path) -> Path:
    """An export whose every cell is a secret, the key among them."""
    p = PLANTED
    (exports / "asiakkaat.csv").write_text(
        "Asiakasnro;Nimi;Sähköposti;Puhelin;Katuosoite;Asiakassuhde päättyi;Tila;Lisätiedot;kentta7\n"
        f"1;{p['name']};{p['email']};{p['phone']};{p['street']};1.1.2010;päättynyt;{p['code']} {p['note']};{p['iban']}\n"
        f"{p['code']};{p['name']};;;{p['iban']};31.2.2015;;{p['card']};{p['iban']}\n"
        f"{p['email']};{p['name']};;;;{p['name']};;{p['note']};{p['iban']}\n"
        f"{p['name']};{p['name']};;;;1.1.2001;;;\n"
        f'4;"{p["name"]};{p["code"]}\n',  # a quote that never closes
        "utf-8",
    )
    (exports / "sahkopostit.csv").write_text(
        f"Sähköposti;Nimi\n{p['email']};{p['name']}\nx@y.example;{p['name']}\nz@y.example;Z\n",
        "utf-8",
    )
    (exports / "otsikoton.csv").write_text(
        f"1;{p['email']};{p['name']}\n2;a@b.example;B\n", "utf-8"
    )
    return exports


def text_of(path: Path) -> str:
    if path.suffix == ".parquet":
        return str(duckdb.connect().execute(f"SELECT * FROM '{path}'").fetchall())
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return path.read_bytes().decode("utf-8", "replace")


def leaks(text: str) -> list[str]:
    return [secret for secret in FOUND if secret in text.casefold()]


def test_no_output_holds_a_planted_value(command, planted, tmp_path):
    """Every file that is written, and both streams, are searched for what was planted."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    done = command(
        "run",
        planted,
        "--as-of",
        "2026-11-22",
        "--out",
        tmp_path / "out",
        "-v",
        TMPDIR=str(scratch),
    )
    assert done.returncode in (1, 2), done.stderr
    assert not leaks(done.stdout + done.stderr)
    for path in (tmp_path / "out").iterdir():
        assert not leaks(text_of(path)), path.name
    assert not list(scratch.iterdir()), "the workspace was left behind"


def test_the_search_would_find_a_leak(planted):
    """The export itself is full of what is searched for: the check can fail."""
    assert set(leaks(text_of(planted / "asiakkaat.csv"))) == set(FOUND) - {"41111111", "000785"}


def test_a_drafted_plan_holds_no_value(cli, planted):
    """The plan names columns and grounds only, also where a file has no header."""
    done = cli("plan", planted)
    assert not leaks(done.stdout + done.stderr)
    assert "column 2" in done.stdout


@pytest.mark.parametrize("broken", ["notice.yaml", "audit.yaml"])
def test_errors_quote_no_value(cli, planted, tmp_path, broken):
    """A value in the wrong place of a file is not repeated by the sentence about it."""
    (planted / "audit.yaml").write_text(
        "schema: register-audit/plan/1\nnotice: notice.yaml\nsources:\n  - file: asiakkaat.csv\n"
    )
    path = planted / broken
    path.write_text(path.read_text("utf-8") + f"surprise: {PLANTED['code']}\n", "utf-8")
    done = cli("run", planted, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "surprise" in done.stderr
    assert not leaks(done.stdout + done.stderr)
