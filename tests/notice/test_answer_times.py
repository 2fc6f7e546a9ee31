"""By when a notice says that requests are answered: a promise that the log of requests is held against."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.notice.reading import read_published

FRAME = {
    "fi": "Tietosuojaseloste\n\nRekisterinpitäjä\nKoepaja Oy\n\nRekisterin nimi\n{}\n\n"
    "Rekisteröidyn oikeudet\nVoit pyytää tietojesi poistamista. {}\n\nSäilytysaika\n"
    "Vastaamme siitä, että tiedot poistetaan 30 päivän kuluessa asiakkuuden päättymisestä.\n",
    "sv": "Integritetspolicy\n\nPersonuppgiftsansvarig\nProvverkstan Ab\n\nRegistrets namn\n{}\n\n"
    "Dina rättigheter\nDu kan begära att dina uppgifter raderas. {}\n\nLagringstid\n"
    "Vi svarar för att uppgifterna raderas inom 30 dagar efter kundförhållandets slut.\n",
    "en": "Privacy notice\n\nController\nTrial Works Ltd\n\nName of the register\n{}\n\n"
    "Your rights\nYou may ask us to erase your data. {}\n\nRetention\n"
    "We answer for it that data is deleted within 30 days of the end of the relationship.\n",
}


def checks_of(folder: Path, language: str, sentence: str) -> tuple[str, ...]:
    """The checks of the clause that has the sentence."""
    path = folder / "notice.txt"
    path.write_text(FRAME[language].format("Asiakasrekisteri", sentence), "utf-8")
    notice = read_published(path).notice
    return next(c.checks for c in notice.clauses if sentence.rstrip(".") in c.quote)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Vastaamme kuukauden kuluessa."),
        ("fi", "Pyyntöihin vastataan viimeistään kuukauden kuluttua."),
        ("fi", "Kuukauden kuluessa pyynnöstä annamme siihen vastauksen."),
        ("fi", "Toimitamme vastauksen 30 päivässä."),
        ("sv", "Vi besvarar alla förfrågningar inom 30 dagar."),
        ("sv", "Inom en månad får du ett svar."),
        ("en", "We will respond within one month."),
        ("en", "We have one calendar month to respond."),
    ],
)
def test_the_time_of_an_answer_is_a_promise(tmp_path: Path, language: str, sentence: str) -> None:
    """It is held against the answers: late ones, and those that are still due."""
    assert {"RIG02", "RIG03"} <= set(checks_of(tmp_path, language, sentence))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Vastaamme mielellämme kysymyksiin."),
        ("fi", "Vastuuhenkilö käy yhteydenotot läpi."),
        ("sv", "Vi svarar gärna på frågor."),
        ("en", "We are glad to respond to questions."),
    ],
)
def test_an_answer_without_a_time_promises_none(
    tmp_path: Path, language: str, sentence: str
) -> None:
    """That questions are welcome is nothing that a log could show."""
    assert "RIG02" not in checks_of(tmp_path, language, sentence)


@pytest.mark.parametrize("language", FRAME)
def test_a_time_of_erasure_is_no_time_of_an_answer(tmp_path: Path, language: str) -> None:
    """What stands under retention is a period."""
    path = tmp_path / "notice.txt"
    path.write_text(FRAME[language].format("Asiakasrekisteri", ""), "utf-8")
    notice = read_published(path).notice
    (kept,) = [c for c in notice.clauses if "30" in c.quote]
    assert "RIG02" not in kept.checks


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Asiakasrekisteri (potilailla on oma selosteensa)", "Asiakasrekisteri"),
        ("Asiakasrekisteri (CRM)", "Asiakasrekisteri (CRM)"),
        ("Asiakas- ja markkinointirekisteri", "Asiakas- ja markkinointirekisteri"),
    ],
)
def test_a_remark_in_brackets_is_no_part_of_the_name(tmp_path: Path, line: str, name: str) -> None:
    """The name heads the report; a short bracket belongs to it."""
    path = tmp_path / "notice.txt"
    path.write_text(FRAME["fi"].format(line, ""), "utf-8")
    assert read_published(path).notice.register_name == name


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Tekstiviestimainoksia lähetämme vain suostumuksella."),
        ("sv", "Vi skickar inte reklam per sms utan samtycke."),
        ("en", "We only send marketing text messages to those who have consented."),
    ],
)
def test_to_ask_before_marketing_is_a_promise(tmp_path: Path, language: str, sentence: str) -> None:
    """The messages that were sent are held against it."""
    assert "MAR03" in checks_of(tmp_path, language, sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Lähetämme asiakkaillemme uutiskirjeen."),
        ("sv", "Vi skickar nyhetsbrev till våra kunder."),
        ("en", "We send our customers a newsletter."),
    ],
)
def test_to_send_a_newsletter_promises_to_ask_nobody(
    tmp_path: Path, language: str, sentence: str
) -> None:
    """It says what is done, and not with whose consent."""
    assert "MAR03" not in checks_of(tmp_path, language, sentence)
