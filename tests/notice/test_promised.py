"""Clauses that promise something without declaring a value: the checks that assess them."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.notice.reading import read_published

HEAD = "# Tietosuojaseloste\n\n## Rekisterinpitäjä\nKoe Oy, Koekuja 1, 99999 Koela\n\n"


def checks(tmp_path: Path, heading: str, words: str) -> set[str]:
    """The checks that can assess the clause under a heading."""
    path = tmp_path / "notice.md"
    path.write_text(f"{HEAD}## {heading}\n{words}\n", "utf-8")
    (notice,) = read_published(path).notices
    return {
        code for clause in notice.clauses if heading in clause.heading for code in clause.checks
    }


@pytest.mark.parametrize(
    ("heading", "promised"), [("Kuvien julkaiseminen", True), ("Varausten vahvistaminen", False)]
)
def test_a_promise_to_ask_is_told_by_its_heading(
    tmp_path: Path, heading: str, *, promised: bool
) -> None:
    found = checks(tmp_path, heading, "Vain, jos olet antanut siihen suostumuksesi.")
    assert ("MAR02" in found) is promised


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("Emme rekisteröi alaikäisiä.", True),
        ("Rekisterissä ei ole alle 15-vuotiaita asiakkaita.", True),
        ("Emme luovuta alaikäisten tietoja markkinointiin.", False),
        ("Rekisterissä on nimi ja osoite.", False),
    ],
)
def test_a_clause_on_whose_data_is_not_held_is_assessed(
    tmp_path: Path, words: str, *, denied: bool
) -> None:
    assert ("MIN06" in checks(tmp_path, "Alaikäiset", words)) is denied
