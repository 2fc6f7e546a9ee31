"""Records whose fields stand one below the other, each behind its label."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from pathlib import Path

import pytest

import audit
from audit.plan.drafting import draft_plan
from audit.run import run

LABELS = ("Asiakasnro", "Nimi", "Puhelin", "Lisätieto")


def card(n: int) -> list[str]:
    note = ["soitettu", "", "hetu 010190-999W", "kaksi riviä:\nks. kansio"][n % 4]
    return [f"{label}: {value}" for label, value in zip(LABELS, values(n, note), strict=True)]


def values(n: int, note: str) -> tuple[str, ...]:
    return (str(1000 + n), f"Aino Koe{n}", f"040 555 8{n:03}", note)


@pytest.mark.parametrize("apart", ["\n\n", "\n", "\n------------\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_cards_are_records(exports: Path, tmp_path: Path, apart: str, encoding: str) -> None:
    """Each field is a column, notes of several lines stay whole, and each line is accounted for."""
    (exports / "asiakkaat.csv").unlink()
    text = apart.join("\n".join(card(n)) for n in range(12))
    (exports / "kortit.txt").write_bytes(f"ASIAKASKORTIT\n\n{text}\n".encode(encoding))
    loaded = audit.load(exports)
    frame = loaded.table("kortit")
    assert list(frame.columns) == list(LABELS)
    assert frame.iloc[3, 3] == "kaksi riviä:\nks. kansio"
    found = run(draft_plan(exports), date(2026, 11, 28), tmp_path / "evidence.parquet")
    [ledger] = found.ledgers
    assert (ledger.form, ledger.rows, ledger.accounted) == ("labelled", 12, ledger.lines)
    codes = {f.check: f.count for f in found.findings if f.result == "nonconformity"}
    assert codes["MIN04"] == 3


def test_a_directory_of_accounts_is_read(tmp_path: Path) -> None:
    """Folded lines are joined, base 64 is decoded, and an attribute may stand several times."""
    (tmp_path / "ad.ldif").write_text(
        "version: 1\n\n# a\ndn: CN=a\nobjectClass: top\nobjectClass: user\ncn: Aino Koe\n"
        f"description:: {b64encode('Pääkäyttäjä'.encode()).decode()}\n\n# b\ndn: CN=b\ncn: Bo Koe\n"
        "description: a long line that goes\n  on\nobjectClass: user\n",
        "utf-8",
    )
    frame = audit.load(tmp_path).table("ad")
    names = ["comment", "dn", "objectClass", "objectClass 2", "cn", "description"]
    assert list(frame.columns) == names
    assert list(frame["comment"]) == ["a", "b"]
    assert list(frame["description"]) == ["Pääkäyttäjä", "a long line that goes on"]


@pytest.mark.parametrize(
    "text",
    [
        "Aino: hei\nBo: moi\nAino: tuletko\nBo: en\n" * 5,
        "Rekisterinpitäjä: Koe Oy\nYhteyshenkilö: Aino Koe\nPuhelin: 040 555 8100\n",
        "From: a@koe.example\nSubject: tarjous\n\nHei,\ntässä on tarjous.\nSe on voimassa viikon.\n"
        * 3,
    ],
)
def test_talk_and_letters_are_no_records(tmp_path: Path, text: str) -> None:
    """Names of those who talk head no column."""
    (tmp_path / "teksti.txt").write_text(text, "utf-8")
    plan = draft_plan(tmp_path)
    assert not [source for source in plan.sources if "Aino" in source.columns]
    assert all(source.encoding for source in plan.sources)


def test_what_a_letter_begins_with_heads_no_column(tmp_path: Path) -> None:
    """*Hei Aino …:* stands in one record, or names somebody: it is part of a text."""
    text = "\n\n".join(
        f"Lähettäjä: a{n}@koe.example\nAihe: Pyyntö\nPvm: 1.{n}.2019\n\n"
        f"Hei {name} Kuvitelma: pyydän tietojani.\nPuh: 040 555 810{n}"
        for n, name in enumerate(["Aino", "Eero", "Aino", "Liisa", "Eero"], 1)
    )
    (tmp_path / "kirjeet.txt").write_text(text, "utf-8")
    frame = audit.load(tmp_path).table("kirjeet")
    assert list(frame.columns) == ["Lähettäjä", "Aihe", "Pvm", "Puh"]
    assert frame.iloc[0, 2] == "1.1.2019\nHei Aino Kuvitelma: pyydän tietojani."
