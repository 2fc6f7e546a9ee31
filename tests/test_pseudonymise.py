"""A list of erased people as keyed hashes, and an audit that compares them."""

from __future__ import annotations

import csv
import hashlib
import hmac
import stat
from datetime import date
from pathlib import Path

import duckdb
import pytest

from audit.errors import InputUnreadable, KeyMissing, OutputUnusable
from audit.finding import Result
from audit.plan.drafting import draft_plan
from audit.pseudonymise import pseudonymise
from audit.register.pseudonyms import KEY_VARIABLE, Key, key_of_environment
from audit.run import run

LIST = """\
Poistonro;Asiakasnro;Sähköposti;Puhelin;Poistettu
1;01001;Aino@Koe.example;;1.3.2026
2;;info@koe.example;+358 (0)40 123 4567;1.3.2026
"""
CUSTOMERS = """\
Asiakasnro;Nimi;Sähköposti;Puhelin
1001;Vieno Esimerkki;vieno@koe.example;
2001;Aino Esimerkki;AINO@koe.example ;
2002;Onni Esimerkki;onni@koe.example;040-1234567
2003;Helmi Esimerkki;info@koe.example;040-1234568
"""


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> Key:
    monkeypatch.setenv(KEY_VARIABLE, "a key of the tests")
    return key_of_environment()


@pytest.fixture
def hashed(exports: Path, key: Key) -> Path:
    """The folder with its list of the erased as hashes alone."""
    plain = exports.parent / "poistetut.csv"
    plain.write_text(LIST, "utf-8")
    pseudonymise(plain, exports / "poistetut.csv", key)
    (exports / "asiakkaat.csv").write_text(CUSTOMERS, "utf-8")
    return exports


def found(folder: Path) -> tuple[list[tuple[int, str]], list[str | None], tuple[str, ...]]:
    out = folder.parent / "evidence.parquet"
    audit = run(draft_plan(folder), date(2026, 11, 22), out, only=["RIG05"])
    rows = duckdb.execute('SELECT "row", result FROM read_parquet(?) ORDER BY ALL', [str(out)])
    reasons = [f.reason for f in audit.findings if f.result is Result.NOT_ASSESSED]
    return rows.fetchall(), reasons, audit.assumptions


def test_a_hash_is_that_of_the_one_spelling(hashed: Path, key: Key) -> None:
    """HMAC-SHA-256 of `email:`, `phone:` or `id:` and the identity; a generic box is none."""
    with (hashed / "poistetut.csv").open(encoding="utf-8") as file:
        header, *lines = csv.reader(file)
    assert header == ["pseudonym", "erased on"]
    identities = ("email:aino@koe.example", "phone:+358401234567", "id:1001")
    wanted = [hmac.new(key.secret, i.encode(), hashlib.sha256).hexdigest() for i in identities]
    assert lines == [[one, "2026-03-01"] for one in sorted(wanted)]
    assert stat.S_IMODE((hashed / "poistetut.csv").stat().st_mode) == 0o600


def test_an_audit_finds_the_erased_by_their_hashes(hashed: Path) -> None:
    """By number, by e-mail and by phone; not by a box that nobody in particular reads."""
    rows, reasons, assumptions = found(hashed)
    assert rows == [(1, "nonconformity"), (2, "nonconformity"), (3, "nonconformity")]
    assert reasons == []
    assert not [a for a in assumptions if a.startswith("run_key")]


def test_another_key_finds_nobody(hashed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only who has the key can compare."""
    monkeypatch.setenv(KEY_VARIABLE, "another key")
    assert found(hashed)[0] == []


def test_without_a_key_it_is_not_assessed(hashed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cannot be compared say nothing, and the audit says so."""
    monkeypatch.delenv(KEY_VARIABLE)
    rows, reasons, assumptions = found(hashed)
    assert (rows, reasons) == ([], ["key_missing"])
    assert "run_key:poistetut" in assumptions


def test_what_cannot_be_hashed_is_said(exports: Path, key: Key) -> None:
    """A list without identities, a place that is taken, and a missing key are one sentence each."""
    plain = exports / "nimet.csv"
    plain.write_text("Nimi;Poistettu\nAino Esimerkki;1.3.2026\n", "utf-8")
    with pytest.raises(InputUnreadable, match="no identities"):
        pseudonymise(plain, exports / "out.csv", key)
    plain.write_text(LIST, "utf-8")
    with pytest.raises(OutputUnusable, match="there already"):
        pseudonymise(plain, plain, key)
    with pytest.raises(KeyMissing, match=KEY_VARIABLE):
        pseudonymise(plain, exports / "out.csv", Key(secret=b"x" * 32, given=False))
    assert not (exports / "out.csv").exists()


def test_a_key_does_not_show_itself(key: Key) -> None:
    """Neither its representation nor its fingerprint tells the key."""
    assert "tests" not in repr(key)
    assert len(key.fingerprint) == 16


def test_a_long_key_is_hashed_as_the_standard_has_it() -> None:
    """The SQL gives what Python's `hmac` gives, also for a key longer than a block."""
    for secret in (b"k", b"k" * 64, b"k" * 200):
        key = Key(secret=secret, given=True)
        [(said,)] = duckdb.execute(
            f"SELECT {key.sql('email', 'x')} FROM (SELECT 'ä@ö' AS x)"
        ).fetchall()
        assert said == key.pseudonym("email", "ä@ö")


def test_the_command_writes_the_list(exports: Path, cli) -> None:
    """`register-audit pseudonymise FILE` says how many hashes there are, and no identity."""
    plain = exports / "poistetut.csv"
    plain.write_text(LIST, "utf-8")
    said = cli("pseudonymise", plain, **{KEY_VARIABLE: "a key of the tests"})
    assert said.returncode == 0
    assert "3 hashes" in said.stdout
    assert "aino" not in said.stdout.lower()
    assert (exports / "poistetut.pseudonyms.csv").is_file()
