"""Notices in plain prose: what sentences say without a heading that tells what they are about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from audit.notice.formats.labels import as_labels
from audit.notice.reading import read_published

FRAME = {
    "fi": "Tietosuojasta asiakkailleni\n\nOlen Koe Koenen ja korjaan pyöriä (Koepyörä tmi, Koekuja 1, 99999 Koela).\n\n"
    "Kirjaan vihkoon nimesi ja osoitteesi.\n\n{}\n\nHenkilötiedoista kerron mielelläni lisää.\n",
    "sv": "Om dataskydd för mina kunder\n\nJag är Prov Provsson och lagar cyklar (Provcykel, Provvägen 1, 99999 Provby).\n\n"
    "Jag antecknar ditt namn och din adress i ett häfte.\n\n{}\n\nJag berättar gärna mer om personuppgifter.\n",
    "en": "Privacy of my customers\n\nI am Tess Tester and mend bicycles (Test Cycles, Test Street 1, 99999 Testville).\n\n"
    "I write down your name and address in a notebook.\n\n{}\n\nI gladly tell more of personal data.\n",
}
HELD = {"name", "postal_address"}
PATH = Path(__file__).parent / "sentences" / "prose.yaml"
CASES = [
    (language, sentence, said)
    for language, listed in yaml.safe_load(PATH.read_text("utf-8")).items()
    for sentence, said in listed.items()
]


@pytest.mark.parametrize(("language", "sentence", "said"), CASES)
def test_a_sentence_of_prose(
    tmp_path: Path, language: str, sentence: str, said: dict[str, Any]
) -> None:
    """It says what it says, and nothing of what it is silent about."""
    path = tmp_path / "notice.txt"
    path.write_text(FRAME[language].format(sentence), "utf-8")
    labels = as_labels(read_published(path))
    (register,) = labels["registers"]
    rules = [
        " ".join(
            (
                rule["duration"] or rule["kind"],
                rule["trigger"],
                rule["applies_to"] if rule["applies_to"] == "all" else " ".join(rule["applies_to"]),
            )
        )
        for rule in register["retention"]
        if rule["kind"] != "missing"
    ]
    known = {key for key in register["categories"] if not key.startswith("other:")}
    assert rules == ([said["rule"]] if "rule" in said else [])
    assert set(labels["rights"]) == set(said.get("rights", "").split())
    assert known - HELD == set(said.get("categories", "").split())
    assert set(register["legal_bases"]) == set(said.get("bases", "").split())
    assert len(register["recipients"]) == said.get("recipients", 0)
    assert len(register["sources"]) == said.get("sources", 0)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (
            (
                "Tietosuojaseloste Rekisterinpitäjä Puutarha Vehka Oy, Ruukkutie 3, 99999 Keksilä Rekisterin nimi"
                " Puutarhan asiakasrekisteri Käyttötarkoitus Tilausten toimittaminen. Rekisterin tietosisältö"
                " Nimi, osoite ja tilaukset. Tietojen luovutukset Tietoja luovutetaan tilitoimistolle."
            ),
            "Puutarhan asiakasrekisteri",
        ),
        (
            (
                "Dataskyddsbeskrivning Registeransvarig Trädgård Vide Ab, Krukvägen 3, 99999 Påhitt Registrets namn"
                " Trädgårdens kundregister Ändamål Leverans av beställningar. Uppgifter Namn, adress och"
                " beställningar. Utlämnande Uppgifter lämnas ut till bokföringsbyrån."
            ),
            "Trädgårdens kundregister",
        ),
    ],
)
def test_headings_that_have_run_into_the_text_head_it(
    tmp_path: Path, words: str, name: str
) -> None:
    """Text without any line break still says what the register is called, and that it is the controller's own."""
    path = tmp_path / "notice.txt"
    path.write_text(words, "utf-8")
    (register,) = as_labels(read_published(path))["registers"]
    assert register["name"] == name
    assert not [one for one in register["recipients"] if "Oy" in one or "Ab" in one]
