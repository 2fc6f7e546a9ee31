"""What a notice says of the firms that get data, and of what for."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.api import read_notice
from audit.notice.declared.words import (
    denied_purposes,
    disclosure_purposes,
    named_parties,
    own_purposes,
)
from audit.notice.model import Exhaustive, Notice

HEADINGS = {"fi": "Tietojen luovutukset", "sv": "Mottagare", "en": "Recipients"}
SENTENCES = {
    "fi": "Tietoja luovutetaan ainoastaan laboratorio Proteesi-Apu Oy:lle asennusta varten ja "
    "Saatavaturva Oy:lle perintää varten. Tietoja ei luovuteta markkinointitarkoituksiin.",
    "sv": "Uppgifter lämnas ut endast till laboratoriet Proteesi-Apu Oy för montering och "
    "inkassobolaget Saatavaturva Oy för indrivning. Uppgifter lämnas inte ut för marknadsföring.",
    "en": "We disclose data only to the laboratory Proteesi-Apu Oy (installation) and to the debt "
    "collector Saatavaturva Oy for debt collection. We do not disclose data for marketing.",
}
FIRST = {
    "fi": "Rekisterinpitäjä\nKoe Oy, Koekatu 1, 00100 Helsinki\n\n",
    "sv": "Personuppgiftsansvarig\nKoe Ab, Koegatan 1, 00100 Helsingfors\n\n",
    "en": "Controller\nKoe Ltd, 1 Koe Street, 00100 Helsinki\n\n",
}


def notice_of(folder: Path, language: str) -> Notice:
    """The notice of a few sentences."""
    path = folder / "notice.txt"
    path.write_text(f"{FIRST[language]}{HEADINGS[language]}\n{SENTENCES[language]}\n", "utf-8")
    return read_notice(path)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_firms_and_their_purposes_are_read_and_what_is_denied_is_kept_apart(tmp_path, language):
    """Each firm by its name, what it gets data for, that the list is closed, and the denial."""
    notice = notice_of(tmp_path, language)
    assert {"proteesi apu", "saatavaturva"} <= named_parties(notice)
    assert {"installation", "debt_collection"} <= disclosure_purposes(notice)
    assert denied_purposes(notice) == {"direct_marketing"}
    assert notice.exhaustive.disclosure_purposes is Exhaustive.YES


NOBODYS = [
    ("en", "Nobody else receives your data and we never give it to others for their marketing."),
    ("en", "Data is never handed over to third parties for advertising."),
    ("fi", "Emme koskaan anna tietoja muille heidän markkinointiaan varten."),
    ("fi", "Tietoja ei koskaan myydä eikä vuokrata markkinointia varten."),
    ("sv", "Ingen annan får dina uppgifter och vi ger dem aldrig till andra för deras marknadsföring."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "denial"), NOBODYS)
def test_whatever_the_verb_what_is_denied_is_no_purpose(tmp_path, language, denial):
    """Neither the marketing of others nor their advertising is what data is given for."""
    path = tmp_path / "notice.txt"
    told = SENTENCES[language].rpartition(". ")[0]
    path.write_text(f"{FIRST[language]}{HEADINGS[language]}\n{told}. {denial}\n", "utf-8")
    notice = read_notice(path)
    assert not disclosure_purposes(notice) & {"direct_marketing", "advertising"}
    assert {"proteesi apu", "saatavaturva"} <= named_parties(notice)
    assert [item.denied for item in notice.disclosure_purposes if "mark" in item.text] in (
        [],
        [True],
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fi", "Tietoja saa vain Postikas Oy, joka lähettää uutiskirjeemme."),
        ("sv", "Uppgifter lämnas ut endast till Postikas Oy, som skickar vårt nyhetsbrev."),
        ("en", "We disclose data only to Postikas Oy, which sends our newsletter."),
    ],
)
def test_what_a_firm_does_is_what_it_gets_data_for(tmp_path, language, told):
    """A newsletter is direct marketing, and the firm that sends it gets data for that."""
    path = tmp_path / "notice.txt"
    path.write_text(f"{FIRST[language]}{HEADINGS[language]}\n{told}\n", "utf-8")
    assert "direct_marketing" in own_purposes(read_notice(path))
