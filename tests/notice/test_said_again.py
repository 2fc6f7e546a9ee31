"""What notices say twice, beside something else, or in a word that means something else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from audit.notice.extract.terms import keys_of
from audit.notice.formats.labels import as_labels
from audit.notice.lexicon import Language
from audit.notice.reading import Reading, read_published
from audit.notice.review.defects import known_defects
from audit.notice.topics import topics_of


def published(tmp_path: Path, text: str) -> Reading:
    """What is read of a notice with this text."""
    path = tmp_path / "notice.txt"
    path.write_text(text, "utf-8")
    return read_published(path)


def register(tmp_path: Path, text: str) -> dict[str, Any]:
    """The labels of the one register of a notice."""
    (only,) = as_labels(published(tmp_path, text))["registers"]
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
        tmp_path, head + "Orders are kept for two years. Letters are kept for three years.\n"
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


@pytest.mark.parametrize(
    ("topic", "about_it", "about_something_else"),
    [
        ("automated", "Automatiserade beslut", "Automatisk radering av uppgifter"),
        ("automated", "Automated decisions", "Automatic deletion of data"),
        ("retention", "Hur länge uppgifterna sparas", "Vad sparas"),
        ("retention", "Keeping of data", "Grounds for keeping the register"),
        ("contents", "Uppgifter som ingår i registret", "Grund för registret"),
        ("subjects", "Categories of data subjects", "Rights of the data subject"),
        ("contents", "Personal data (required for an account)", "Opening hours (such as a name)"),
        ("disclosures", "Whom we share data with", "The data that we collect, hold and share"),
    ],
)
def test_what_headings_are_about(topic: str, about_it: str, about_something_else: str) -> None:
    """A word of a topic in a heading is not always its topic."""
    assert topic in topics_of(about_it)
    assert topic not in topics_of(about_something_else)


def test_what_a_machine_deletes_is_no_automated_decision(tmp_path: Path) -> None:
    """Messages that vanish by themselves decide nothing about anyone."""
    read = published(
        tmp_path,
        "Integritetspolicy\n\nPersonuppgiftsansvarig\nProv AB, Provvägen 1\n\nUppgifter\nNamn, e-post\n\n"
        "Lagringstid\nMeddelanden kan raderas automatiskt efter en tid.\n",
    )
    assert as_labels(read)["automated_decision_making"] == "unstated"


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Senast uppdaterad: 29/1 2025", "2025-01-29"),
        ("Senast uppdaterad: 29.1.2025", "2025-01-29"),
        ("Integritetspolicy: den 25 maj 2018 trädde dataskyddsförordningen i kraft.", None),
    ],
)
def test_the_day_of_the_notice_and_of_a_law(tmp_path: Path, line: str, iso: str | None) -> None:
    """The day on which a law came into force is not the day of the notice."""
    read = published(
        tmp_path,
        f"Integritetspolicy\n\n{line}\n\nPersonuppgiftsansvarig\nProv AB, Provvägen 1\n\n"
        "Uppgifter\nNamn, e-post\n",
    )
    assert as_labels(read)["dated"] == iso


def test_the_title_above_the_main_part_of_a_page(tmp_path: Path) -> None:
    """A page may hold its title and its date above its main part; a menu there is no notice."""
    path = tmp_path / "notice.html"
    path.write_text(
        "<html><body><nav><a>Updated 1.1.2020 menu</a></nav><div class='hero'>"
        "<h1>Privacy notice</h1><p>Last updated 12 August 2026</p></div><main>"
        "<h2>Controller</h2><p>Test Ltd, Test Street 1</p><h2>Data content</h2>"
        f"<p>Name, e-mail. {'We look after the data with care. ' * 20}</p></main></body></html>",
        "utf-8",
    )
    assert as_labels(read_published(path))["dated"] == "2026-08-12"


def test_when_a_right_holds_is_no_ground(tmp_path: Path) -> None:
    """A right "where processing is based on a contract" says of no processing that it is."""
    read = register(
        tmp_path,
        "Privacy notice\n\nController\nTest Ltd, Test Street 1\n\nLegal basis\n"
        "The legal basis is consent.\n\nYour rights\n"
        "The right to move data (only applies where the processing is based on consent or a "
        "contract).\n",
    )
    assert read["legal_bases"] == ["consent"]


def test_clauses_and_addresses_are_no_recipients(tmp_path: Path) -> None:
    """Of a section on sharing, only parties are recipients, and a list in a sentence is a list."""
    read = register(
        tmp_path,
        "Integritetspolicy\n\nPersonuppgiftsansvarig\nProv AB, Provvägen 1\n\n"
        "Vem delar vi uppgifter med\nVi säljer aldrig dina personuppgifter.\n"
        "De utomstående firmorna agerar biträden och behandlar uppgifter för oss.\n"
        "Mottagare är till exempel: Paketposten, försäkringsbolaget.\n",
    )
    assert set(read["recipients"]) >= {"Paketposten", "försäkringsbolaget"}
    assert not any("säljer" in one or "agerar" in one for one in read["recipients"])


@pytest.mark.parametrize(
    ("told", "is_relied_on"),
    [
        ("Dataskyddsförordningen har ersatt personuppgiftslagen.", False),
        ("Uppgifterna behandlas enligt personuppgiftslagen.", True),
    ],
)
def test_a_law_that_was_replaced(tmp_path: Path, told: str, *, is_relied_on: bool) -> None:
    """A repealed act that is only said to have been replaced is not relied on."""
    read = published(
        tmp_path,
        f"Integritetspolicy\n\nPersonuppgiftsansvarig\nProv AB, Provvägen 1\n\nÄndamål\n{told}\n",
    )
    found = known_defects(read.notices, date(2026, 1, 1))
    assert any("repealed Personal Data Act" in defect for defect in found) is is_relied_on


def test_a_vague_criterion_beside_a_law(tmp_path: Path) -> None:
    """Keeping "as long as necessary or required by law" leads to no day, whatever law there is."""
    read = published(
        tmp_path,
        "Integritetspolicy\n\nPersonuppgiftsansvarig\nProv AB, Provvägen 1\n\nLagringstid\n"
        "Uppgifterna sparas så länge det är nödvändigt för ändamålet eller enligt bokföringslagen.\n",
    )
    found = known_defects(read.notices, date(2026, 1, 1))
    assert any("too vague" in defect for defect in found)


def test_what_a_sentence_leads_in_as_held_is_held(tmp_path: Path) -> None:
    """A list of what is collected is of data under whatever heading, and is none of sources."""
    read = register(
        tmp_path,
        "Integritetspolicy\n\nPersonuppgiftsansvarig\nKören, Sångvägen 1\n\n"
        "Hur samlar vi in uppgifter?\nInformationen vi samlar in för ett medlemskap är:\n"
        "- Namn\n- Födelseår\n- Gatuadress\n",
    )
    assert {"name", "date_of_birth", "postal_address"} <= set(read["categories"])
    assert not read["sources"]


def test_who_begins_an_item_of_a_list_of_providers(tmp_path: Path) -> None:
    """Each provider is named before what it does, and a list of something else names none."""
    head = "Privacy notice\n\nController\nTest Ltd, Test Street 1\n\nData content\nName, e-mail\n\n"
    read = register(
        tmp_path,
        head + "Where the data is processed\nAll processing happens with these providers:\n"
        "- Frosthost (Finland): servers\n- Mailhare (France): letters\n",
    )
    assert set(read["recipients"]) == {"Frosthost", "Mailhare"}
    other = register(
        tmp_path,
        head + "Opening hours\nWe are open as follows:\n- Monday (winter): nine to five\n",
    )
    assert not other["recipients"]


@pytest.mark.parametrize(
    ("told", "statement"),
    [
        ("You may change the settings in your member profile.", "unstated"),
        ("We profile visitors to target advertising.", "declared"),
        ("Uppgifterna raderas automatiskt efter 30 dagars spärrtid.", "unstated"),
        ("Order spärras automatiskt utifrån kreditupplysningen.", "declared"),
    ],
)
def test_profiles_that_are_no_profiling(tmp_path: Path, told: str, statement: str) -> None:
    """A page on a member is no profiling, and a time for which an account is shut no decision."""
    heads = (
        "Privacy notice\n\nController\nTest Ltd, Test Street 1\n\nData content\nName, e-mail\n\nPurpose",
        "Integritetspolicy\n\nPersonuppgiftsansvarig\nProv AB\n\nUppgifter\nNamn\n\nÄndamål",
    )
    read = published(tmp_path, f"{heads['spärr' in told]}\n{told}\n")
    assert as_labels(read)["automated_decision_making"] == statement


def test_a_complaint_in_the_section_on_contact(tmp_path: Path) -> None:
    """The right to complain may stand beside the address, and an address alone grants none."""
    head = "Integritetspolicy\n\nUppgifter\nNamn, e-post\n\nKontakt\nProv AB, Provvägen 1. "
    assert as_labels(published(tmp_path, f"{head}Du har rätt att lämna klagomål till IMY.\n"))[
        "rights"
    ] == ["complaint"]
    assert (
        as_labels(published(tmp_path, f"{head}Skriv till oss om en vara är trasig.\n"))["rights"]
        == []
    )


def test_a_line_that_answers_the_heading_above_it(tmp_path: Path) -> None:
    """An answer without a stop is no heading; two headings over nothing are both empty."""
    read = register(
        tmp_path,
        "Privacy notice\n\nController\nTest Ltd, Test Street 1\n\nData content\nName, e-mail\n\n"
        "Recipients and groups of recipients\n\n"
        "The controller's staff and external partners (financial management), where applicable\n\n"
        "Regular sources of information\n\nThe customer\n",
    )
    assert "external partners" in read["recipients"]
    assert read["sources"] == ["The customer"]


def test_consents_that_are_listed_as_data_are_no_rights(tmp_path: Path) -> None:
    """Prohibitions and consents that may be recorded are data; a right to object is a right."""
    head = "Privacy notice\n\nController\nTest Ltd, Test Street 1\n\nData content\n"
    listed = published(
        tmp_path,
        f"{head}Such data may be recorded: name, consents and their withdrawal, objections, "
        "customer feedback.\n",
    )
    assert as_labels(listed)["rights"] == []
    granted = published(tmp_path, f"{head}Name, e-mail. You have the right to object.\n")
    assert as_labels(granted)["rights"] == ["objection"]
