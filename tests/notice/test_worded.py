"""How notices word grounds, transfers, rights and headings, in the three languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from audit.notice.extract.terms import keys_of
from audit.notice.formats.labels import as_labels
from audit.notice.lexicon import Language
from audit.notice.reading import read_published
from audit.notice.review.provision import is_answered
from audit.notice.topics import topics_of

FRAME = {
    "fi": "Tietosuojaseloste\n\nRekisterinpitäjä\nKoe Oy, Koekuja 1\n\nRekisterin tietosisältö\n"
    "Nimi, sähköposti, puhelin\n\n{}\n{}\n",
    "sv": "Dataskyddsbeskrivning\n\nPersonuppgiftsansvarig\nProv Ab, Provvägen 1\n\n"
    "Registrets innehåll\nNamn, e-post, telefon\n\n{}\n{}\n",
    "en": "Privacy notice\n\nController\nTest Ltd, Test Street 1\n\nData content\n"
    "Name, e-mail, phone\n\n{}\n{}\n",
}
HEADINGS = {
    "transfers": {
        "fi": "Siirrot EU:n tai ETA:n ulkopuolelle",
        "sv": "Överföring utanför EU eller EES",
        "en": "Transfers outside the EU or EEA",
    },
    "bases": {
        "fi": "Henkilötietojen käsittelyn tarkoitus ja oikeusperuste",
        "sv": "Ändamål och rättslig grund",
        "en": "Purpose and legal basis of processing",
    },
    "automated": {
        "fi": "Automaattinen päätöksenteko ja profilointi",
        "sv": "Automatiserat beslutsfattande och profilering",
        "en": "Automated decision-making and profiling",
    },
    "rights": {
        "fi": "Rekisteröidyn oikeudet",
        "sv": "Den registrerades rättigheter",
        "en": "Rights of the data subject",
    },
}


def bank(name: str) -> dict[str, Any]:
    """The sentences, or the headings, of one file."""
    path = Path(__file__).parent / "sentences" / f"{name}.yaml"
    listed: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return listed


@pytest.mark.parametrize("language", FRAME)
@pytest.mark.parametrize("field", HEADINGS)
def test_sentences_under_their_heading(tmp_path: Path, field: str, language: str) -> None:
    """Each sentence says of its field what it says, however it is worded."""
    wanted = bank(field)[language]
    read = {}
    for sentence in wanted:
        path = tmp_path / "notice.txt"
        path.write_text(FRAME[language].format(HEADINGS[field][language], sentence), "utf-8")
        labels = as_labels(read_published(path))
        (register,) = labels["registers"]
        read[sentence] = {
            "transfers": register["transfers_outside_eea"],
            "bases": sorted(register["legal_bases"]),
            "rights": sorted(labels["rights"]),
            "automated": labels["automated_decision_making"],
        }[field]
    assert read == wanted


@pytest.mark.parametrize("language", FRAME)
def test_whether_data_must_be_given(tmp_path: Path, language: str) -> None:
    """A sentence answers whether people must give their data, wherever it stands."""
    wanted = bank("provision")[language]
    heading = {"fi": "Käsittelyn tarkoitus", "sv": "Ändamål", "en": "Purpose of processing"}
    read = {}
    for sentence in wanted:
        path = tmp_path / "notice.txt"
        path.write_text(FRAME[language].format(heading[language], sentence), "utf-8")
        read[sentence] = is_answered(read_published(path).notices[0])
    assert read == wanted


@pytest.mark.parametrize("topic", bank("headings"))
def test_headings_have_their_topic(topic: str) -> None:
    """Each heading is about its topic, whether it is a noun, a question or a remark."""
    either = {"recipients", "disclosures"} if topic == "recipients" else {topic}
    missed = [words for words in bank("headings")[topic] if not either & set(topics_of(words))]
    assert not missed


@pytest.mark.parametrize("language", FRAME)
def test_what_notices_call_data(language: Language) -> None:
    """Each term names its category, and no other."""
    read = {
        (key, term): {hit.key for hit in keys_of(term.lower(), language, spelling=True)}
        for key, terms in bank("categories")[language].items()
        for term in terms
    }
    assert {place: found for place, found in read.items() if found != {place[0]}} == {}


@pytest.mark.parametrize(
    ("language", "term", "keys"),
    [
        ("fi", "lasten nimet", {"family", "name"}),
        ("fi", "lapsesi nimi ja ikä", {"family", "name", "date_of_birth"}),
        ("sv", "barnets namn", {"family", "name"}),
        ("en", "your child's name", {"family", "name"}),
    ],
)
def test_the_name_of_a_child_is_two_categories(
    language: Language, term: str, keys: set[str]
) -> None:
    """It tells of the family, and it is a name."""
    assert {hit.key for hit in keys_of(term, language)} == keys


@pytest.mark.parametrize("language", FRAME)
def test_what_suspends_erasure(tmp_path: Path, language: str) -> None:
    """Each sentence names the grounds on which erasure waits, and none where it names none."""
    wanted = bank("holds")[language]
    heading = {"fi": "Säilytysaika", "sv": "Förvaringstid", "en": "Retention"}[language]
    read = {}
    for sentence in wanted:
        path = tmp_path / "notice.txt"
        path.write_text(FRAME[language].format(heading, sentence), "utf-8")
        read[sentence] = {hold.key for hold in read_published(path).notice.holds}
    assert read == {sentence: set(keys.split()) for sentence, keys in wanted.items()}


def test_which_register_is_meant_is_no_source() -> None:
    """A heading that asks which register it is about tells its name, and not where data comes from."""
    assert topics_of("2. Mistä rekisteristä on kyse") == ("register_name",)
