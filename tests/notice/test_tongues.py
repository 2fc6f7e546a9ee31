"""Notices printed in two languages are read in one of them, and a quotation in another stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from audit.notice.formats.labels import as_labels
from audit.notice.forms.reader import read_document
from audit.notice.reading import read_published
from audit.notice.tongues import in_one_language

WHO = "Provblomman AB, Provgatan 1, 123 45 Prov, info@provblomman.example"
HALVES = {
    "sv": [
        ("Personuppgiftsansvarig", WHO),
        ("Vilka uppgifter samlar vi in?", "Vi samlar in namn, e-post och telefonnummer av dig."),
        ("Rättslig grund", "Behandlingen grundar sig på avtal."),
        ("Hur länge sparar vi uppgifterna?", "Vi sparar uppgifterna i två år efter det senaste köpet."),
        ("Dina rättigheter", "Du har rätt att få tillgång till, rätta och radera dina uppgifter."),
    ],
    "en": [
        ("Controller", WHO),
        ("What data do we collect?", "We collect your name, e-mail and telephone number from you."),
        ("Legal basis", "The processing is based on a contract."),
        ("How long do we keep the data?", "We keep the data for two years from your last purchase."),
        ("Your rights", "You have the right to access, rectify and erase your data."),
    ],
}  # fmt: skip


def half(language: str, level: int) -> str:
    told = HALVES[language]
    return "".join(f"<h{level}>{head}</h{level}><p>{words}</p>" for head, words in told)


def written(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "notice.html"
    path.write_text(f"<html><body><h1>Integritetspolicy</h1>{body}</body></html>", "utf-8")
    return path


@pytest.mark.parametrize(("first", "second"), [("sv", "en"), ("en", "sv")])
@pytest.mark.parametrize("headed", [True, False])
def test_the_first_half_is_read(tmp_path: Path, first: str, second: str, *, headed: bool) -> None:
    """One register, once, in the language that comes first; no heading of a language is a register."""
    names = {"sv": "På svenska", "en": "In English"}
    heads = [f"<h2>{names[each]}</h2>" if headed else "" for each in (first, second)]
    path = written(tmp_path, heads[0] + half(first, 3) + heads[1] + half(second, 3))
    labels = as_labels(read_published(path))
    (register,) = labels["registers"]
    assert labels["language"] == first
    assert register["categories"] == ["name", "email", "phone"]
    assert register["legal_bases"] == ["contract"]
    assert [rule["duration"] for rule in register["retention"]] == ["P2Y"]
    assert register["name"] == ""


def test_a_quotation_in_another_language_stays(tmp_path: Path) -> None:
    """A service's own words in English make no second notice of it."""
    quoted = "<h3>Google Analytics</h3><p>We collect the data on our site and you have the right to opt out.</p>"
    document = read_document(written(tmp_path, half("sv", 3) + quoted))
    assert in_one_language(document) is document
    assert document.notes == ()


def test_the_command_says_which_language_was_read(tmp_path: Path) -> None:
    """Beside what was written, and beside what is shown."""
    path = written(tmp_path, half("sv", 3) + half("en", 3))
    for further in (["-o", str(tmp_path / "notice.yaml")], ["--review"]):
        done = subprocess.run(
            [sys.executable, "-m", "audit.cli", "notice", str(path), *further],
            capture_output=True, text=True, check=True, timeout=120,
        )  # fmt: skip
        assert "read in Swedish" in " ".join(done.stderr.split())


def test_what_is_left_out_keeps_its_place(tmp_path: Path) -> None:
    """The characters of the half that is read stay where they were in the text."""
    document = read_document(written(tmp_path, half("sv", 3) + half("en", 3)))
    read = in_one_language(document)
    assert len(read.plain) == len(document.plain)
    assert "purchase" not in read.plain
    (note,) = read.notes
    assert "read in Swedish" in note
    assert "in English is left out" in note
    assert all(
        read.plain[block.start : block.end] == document.plain[block.start : block.end]
        for block in read.blocks
    )
