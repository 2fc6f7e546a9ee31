"""Who a notice says gets the data: lists that a lead opens, and parties without a firm's form."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.api import read_notice
from audit.notice.declared.words import disclosure_purposes, named_parties
from audit.notice.model import Exhaustive, Notice

FIRST = {
    "fi": "# Tietosuoja\n\n## Rekisterinpitäjä\nKoe Oy, Koekatu 1, 00100 Helsinki\n\n",
    "sv": "# Dataskydd\n\n## Personuppgiftsansvarig\nKoe Ab, Koegatan 1, 00100 Helsingfors\n\n",
    "en": "# Privacy\n\n## Controller\nKoe Ltd, 1 Koe Street, 00100 Helsinki\n\n",
}
LISTS = [
    ("sv", "Vem som får uppgifter", "Uppgifter lämnas ut endast till följande mottagare:"),
    ("sv", "Uppgifter", "Uppgifter lämnas ut endast till:"),
    ("sv", "Vilka som ser uppgifterna", "Uppgifter ges till endast dessa:"),
    ("fi", "Tiedot", "Tietoja luovutetaan ainoastaan seuraaville:"),
    ("en", "Your data", "We share data only with the following:"),
]
ITEMS = {
    "fi": "- Sinipaino Oy (painatus)\n- Jakelu Joutsen (jakelu)\n- Kirjanpito Kynä Oy (kirjanpito)\n",
    "sv": "- Sinipaino Oy (tryckning)\n- Jakelu Joutsen (utdelning)\n- Kirjanpito Kynä Oy (bokföring)\n",
    "en": "- Sinipaino Oy (printing)\n- Jakelu Joutsen (delivery)\n- Kirjanpito Kynä Oy (bookkeeping)\n",
}
LAST = {
    "fi": "\nMuille tietoja ei anneta.\n",
    "sv": "\nIngen annan får uppgifter.\n",
    "en": "\nNobody else gets data.\n",
}
SENTENCES = [
    (
        "fi",
        "Luovutukset",
        (
            "Tietoja luovutetaan ainoastaan kuvalaboratoriolle kuvien valmistamista varten ja "
            "tilitoimistolle kirjanpitoa varten."
        ),
        {"kuvalaboratorio", "tilitoimisto"},
    ),
    (
        "en",
        "Recipients",
        "We share data only with the framing workshop for mounting and an accountant for bookkeeping.",
        {"framing workshop"},
    ),
    (
        "fi",
        "Luovutukset",
        (
            "Tietoja luovutetaan ainoastaan Koiranet-rekisterin ylläpitäjälle (sirun rekisteröinti), "
            "Laboratorio Vasu Oy:lle (näytteet) ja Suomen Hevosliitolle tuloksia varten."
        ),
        {"koiranet rekisterin ylläpitäjä", "laboratorio vasu", "suomen hevosliitto"},
    ),
    (
        "sv",
        "Mottagare",
        (
            "Uppgifter lämnas ut endast till upprätthållaren av Hundregistret (registrering av chip), "
            "Vasu Ab (prov) och Riksförbundet Hästen för resultat."
        ),
        {"upprätthållaren av hundregistret", "vasu", "riksförbundet hästen"},
    ),
    (
        "en",
        "Recipients",
        (
            "We share data only with the keeper of the Dogs Register (chips), Vasu Ltd (samples) and "
            "the National Horse League for results."
        ),
        {"keeper of the dogs register", "vasu", "national horse league"},
    ),
]


def notice_of(folder: Path, language: str, heading: str, text: str) -> Notice:
    """The notice with one section beside the controller's."""
    path = folder / "notice.md"
    path.write_text(f"{FIRST[language]}## {heading}\n{text}\n", "utf-8")
    return read_notice(path)


@pytest.mark.parametrize(("language", "heading", "lead"), LISTS)
def test_a_list_is_one_of_recipients_where_its_lead_says_so(tmp_path, language, heading, lead):
    """Whatever the heading says; and no item of it is a category of data."""
    text = f"{lead}\n{ITEMS[language]}{LAST[language]}"
    notice = notice_of(tmp_path, language, heading, text)
    assert {"sinipaino", "jakelu joutsen", "kirjanpito kynä"} <= named_parties(notice)
    assert {"printing", "transport", "financial_administration"} <= disclosure_purposes(notice)
    assert not notice.data_categories


@pytest.mark.parametrize(("language", "heading", "text", "named"), SENTENCES)
def test_a_party_without_a_firms_form_is_named(tmp_path, language, heading, text, named):
    """By the words of a closed list: an authority's register, an association."""
    notice = notice_of(tmp_path, language, heading, text)
    assert named <= named_parties(notice)
    assert notice.exhaustive.disclosure_purposes is Exhaustive.YES


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fi",
            "Tietoja luovutetaan vain seuraaville: kuljetusyritys, jyrsintäkeskus ja tilitoimisto.",
        ),
        (
            "sv",
            "Uppgifter lämnas endast till följande: transportföretag, fräscenter och bokförare.",
        ),
        (
            "en",
            "Data is given only to the following: a carrier, a milling centre and an accountant.",
        ),
    ],
)
def test_a_list_is_closed_by_the_words_that_lead_it_in(tmp_path, language, text):
    """Though the reader takes them for the heading of the list."""
    notice = notice_of(
        tmp_path,
        language,
        {"fi": "Vastaanottajat", "sv": "Mottagare", "en": "Recipients"}[language],
        text,
    )
    assert notice.exhaustive.recipients is Exhaustive.YES
