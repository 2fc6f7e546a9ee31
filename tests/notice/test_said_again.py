"""What notices say twice, beside something else, or in a word that means something else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audit.notice.extract.terms import keys_of
from audit.notice.formats.labels import as_labels
from audit.notice.lexicon import Language
from audit.notice.reading import read_published


def register(tmp_path: Path, text: str) -> dict[str, Any]:
    """The labels of the one register of a notice."""
    path = tmp_path / "notice.txt"
    path.write_text(text, "utf-8")
    (only,) = as_labels(read_published(path))["registers"]
    return dict(only)


def rules(read: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(r["kind"], r["duration"], r["trigger"], r["applies_to"]) for r in read["retention"]]


@pytest.mark.parametrize(
    ("language", "words", "keys"),
    [
        ("en", "diagnostic data of your mobile device", set()),
        ("en", "your mobile, diagnoses", {"phone", "health"}),
        ("en", "our legitimate interests", set()),
        ("en", "hobbies and interests", {"interests"}),
        ("en", "the health and safety folder", set()),
        ("en", "data revealing racial or ethnic origin or religion", set()),
        ("en", "racial or ethnic origin", {"ethnic_origin"}),
        ("en", "the internet protocol address", {"ip_address"}),
        ("sv", "vårt berättigade intresse", set()),
        ("sv", "intressen och hobbyer", {"interests"}),
        ("sv", "teknisk data och diagnostik", set()),
        ("sv", "diagnoser", {"health"}),
        ("sv", "när du besöker vår webbplats", set()),
        ("sv", "antal besök", {"order_history"}),
        ("sv", "e-postkorrespondens", {"communication"}),
        ("sv", "e-postadress", {"email"}),
        ("sv", "provisionsloggar", set()),
    ],
)
def test_words_of_data_in_another_sense(language: Language, words: str, keys: set[str]) -> None:
    """A word for a category is none within a phrase that means something else."""
    assert {hit.key for hit in keys_of(words, language)} == keys


def test_a_list_of_people_is_no_list_of_data(tmp_path: Path) -> None:
    """Whom the data is about is not what is held."""
    read = register(
        tmp_path,
        "Integritetspolicy\n\nPersonuppgiftsansvarig\nProv AB, Provvägen 1\n\n"
        "Vilka personuppgifter behandlar vi?\nVi behandlar uppgifter om följande personer:\n"
        "- Kontaktpersoner hos organisationer\n- Personer i ärenden\n\n"
        "Vi sparar namn, e-post och telefon.\n",
    )
    assert set(read["categories"]) >= {"name", "email", "phone"}
    assert not {"organisation", "communication"} & set(read["categories"])


def test_a_criterion_told_twice_is_one_rule(tmp_path: Path) -> None:
    """The same criterion in other words is the same rule; two periods are two."""
    head = (
        "Privacy notice\n\nController\nTest Ltd, Test Street 1\n\nData content\n"
        "Name, e-mail, orders\n\nRetention\n"
    )
    twice = register(
        tmp_path,
        head
        + "We keep data only as long as necessary. Data that is no longer needed is deleted.\n",
    )
    assert rules(twice) == [("criteria", None, "unspecified", "all")]
    both = register(
        tmp_path, head + "Orders are kept for two years. Visits are kept for two years.\n"
    )
    assert len(rules(both)) == 2


def test_another_thing_behind_a_contrast(tmp_path: Path) -> None:
    """What a clause on other data says is not said of what stands before it."""
    read = register(
        tmp_path,
        "Integritetspolicy\n\nPersonuppgiftsansvarig\nProv AB, Provvägen 1\n\nUppgifter\n"
        "Namn, e-post, meddelanden, fakturor\n\nHur länge sparar vi uppgifterna\n"
        "Meddelanden bevaras, medan fakturor sparas i 7 år.\n",
    )
    assert rules(read) == [("fixed", "P7Y", "unspecified", ["invoicing"])]


def test_logs_of_a_server_are_of_what_it_logs(tmp_path: Path) -> None:
    """Log data is the address and the browser that are held; logs of commissions are neither."""
    head = (
        "Privacy notice\n\nController\nTest Ltd, Test Street 1\n\nData content\n"
        "Name, IP address, browser type, pages visited\n\nRetention\n"
    )
    of_server = register(tmp_path, head + "Server logs are kept for 90 days.\n")
    ((kind, length, _, about),) = rules(of_server)
    assert (kind, length) == ("fixed", "P90D")
    assert set(about) == {"ip_address", "device_browser", "cookies_usage"}
