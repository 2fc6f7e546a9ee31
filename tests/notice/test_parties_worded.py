"""Recipients and sources as notices word them: by what they do, and without what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.notice.formats.labels import as_labels
from audit.notice.reading import read_published

HEAD = {
    "fi": "Tietosuojaseloste\n\nRekisterinpitäjä\nKoe Oy, Koekuja 1\n\nTietosisältö\nNimi, osoite\n\n",
    "sv": "Dataskyddsbeskrivning\n\nPersonuppgiftsansvarig\nProv Ab, Provvägen 1\n\nInnehåll\nNamn, adress\n\n",
    "en": "Privacy notice\n\nController\nTest Ltd, Test Street 1\n\nData content\nName, address\n\n",
}  # fmt: skip
TO = {"fi": "Tietojen luovutukset", "sv": "Utlämnande", "en": "Disclosures"}
FROM = {"fi": "Tietolähteet", "sv": "Källor", "en": "Sources"}


def read(tmp_path: Path, language: str, heading: str, words: str) -> dict[str, list[str]]:
    """The register of a short notice that says one thing."""
    path = tmp_path / "notice.txt"
    path.write_text(f"{HEAD[language]}{heading}\n{words}\n", "utf-8")
    (register,) = as_labels(read_published(path))["registers"]
    return register


@pytest.mark.parametrize(
    ("language", "words", "wanted"),
    [
        ("fi", "Hammasteknikko saa työhönsä tarvittavat tiedot.", ["Hammasteknikko"]),
        ("fi", "Välityskeskus ja siivousliike näkevät tiedot tehtävissään.", ["Välityskeskus", "siivousliike"]),
        ("fi", "Tallenne voidaan luovuttaa poliisille.", ["poliisille"]),
        ("fi", "Maksupalvelu Klarna käsittelee maksut.", ["Klarna"]),
        ("sv", "Stripe — betalningar (kort). Stripes integritetspolicy", ["Stripe"]),
        ("fi", "Matkahuolto – pakettien kuljetus", ["Matkahuolto"]),
        ("sv", "Mejla — utskick av kvitton via e-post", ["Mejla"]),
        ("en", "You may write to us by post or e-post.", []),
        ("en", "Accounts – Saldo Ltd", ["Accounts – Saldo Ltd"]),
        ("sv", "Vi använder inget Google Analytics.", []),
        ("fi", "Emme käytä Google Analyticsia.", []),
        (
            "fi",
            "Tietoja luovutetaan seurakunnalle, kiviveistämölle ja kukkakaupalle sekä lehdelle ilmoitusta varten.",
            ["seurakunnalle", "kiviveistämö", "kukkakaupalle", "lehdelle"],
        ),
        ("fi", "Sivujen tekninen toteuttaja (Verkkola Oy)", ["Verkkola Oy"]),
        ("fi", "Sähköpostipalveluntarjoaja (Postila)", ["Postila"]),
        ("fi", "Varausjärjestelmän toimittaja (Varaamo Oy) käsittelee tietoja lukuumme.", ["Varaamo Oy"]),
        ("fi", "Analytiikkaevästeitä (Google Analytics) käytetään sivuston kehittämiseen.", ["Google Analytics"]),
        ("fi", "Emme itse käytä Google Analyticsia.", []),
        ("fi", "Tukipyyntöjärjestelmän toimittaja (Alankomaat)", ["Tukipyyntöjärjestelmän toimittaja"]),
        ("fi", "Maksujen käsittelyssä käytämme maksupalveluntarjoajaa, kuten Stripe.", ["Stripe"]),
        ("en", "We use a payment service such as Stripe.", ["Stripe"]),
        ("fi", "Uutispiste (uutiskirje, palvelimet Yhdysvalloissa, siirto vakiolausekkeilla)", ["Uutispiste"]),
        ("fi", "Ohjelmistotalomme toimii tietojen käsittelijänä.", ["Ohjelmistotalomme"]),
        ("fi", "Tietoja ei luovuteta seurakunnalle eikä lehdelle.", []),
        ("fi", "Verohallinto, tulorekisteri, pankit.", ["Verohallinto", "tulorekisteri", "pankit"]),
        ("fi", "Tiedot annetaan tilitoimistolle. Tilitoimisto laskee palkat.", ["tilitoimistolle"]),
        ("sv", "Bokföraren, låssmeden och revisorn.", ["Bokföraren", "låssmeden", "revisorn"]),
        ("en", "Our accountants, and the police if a bicycle is stolen.", ["Our accountants", "the police"]),
        ("en", "The shop Tiketti Oy, which sells tickets and runs the door on both days of it.", ["The shop Tiketti Oy"]),
        ("en", "We do not use Google Analytics, but Stripe handles payments.", ["Stripe"]),
        ("fi", "Emme käytä muita palveluja kuin Google Analytics.", ["Google Analytics"]),
        ("fi", "Lomakkeen viestit välittää Lomakko-palvelu.", ["Lomakko"]),
        ("fi", "Sivut ovat Sivula Host -palvelussa.", ["Sivula Host"]),
        ("sv", "Formuläret skickas via tjänsten Blankett.", ["Blankett"]),
        ("en", "We use Formlet for enquiries and share data with nobody else.", ["Formlet"]),
        ("fi", "Tietoja ei luovuteta yhdistyksen ulkopuolelle.", []),
        ("fi", "Osoite on muotoa etunimi (at) gmail.com.", []),
        ("fi", "Asiakas saa kuitin sähköpostiinsa.", []),
        ("fi", "Näyttelytulokset ja omistajan nimi julkaistaan kotisivuilla.", []),
        ("fi", "Tietoja saavat jakeluverkonhaltijat, perintätoimisto ja vakuutusyhtiö.", ["perintätoimisto", "vakuutusyhtiö", "jakeluverkonhaltijat"]),
        ("fi", "Leirikeskuksen keittiölle annetaan ruokavaliot. Laskutuksen hoitaa Kirkon palvelukeskus.", ["Leirikeskuksen keittiölle", "Kirkon palvelukeskus"]),
        ("fi", "Asiakkaalle annetaan kuitti.", []),
        ("sv", "Städfirman sköter systemet.", ["Städfirman"]),
        ("sv", "Uppgifter lämnas till kommunen, skolan och distriktsförbundet.", ["kommunen", "distriktsförbundet", "skolan"]),
        ("sv", "Uppgifter lämnas inte till andra.", []),
        ("sv", "Kommunen får antalet deltagare utan namn.", []),
        ("en", "The timekeeping company and the photo agency receive the data they need.", ["timekeeping company", "photo agency"]),
        ("en", "Data is shared with our call centre and, where the law so requires, with others.", ["call centre"]),
        ("en", "Our insurer and the coast guard are informed of accidents.", ["Our insurer", "coast guard"]),
    ],
)  # fmt: skip
def test_recipients(tmp_path: Path, language: str, words: str, wanted: list[str]) -> None:
    """Whoever sees or gets the data is a recipient; who gets numbers without names is none."""
    assert read(tmp_path, language, TO[language], words)["recipients"] == wanted


@pytest.mark.parametrize(
    ("language", "words", "count"),
    [
        ("fi", "Tilaajalta puhelimitse tai sovelluksella, sairaalan osastolta.", 2),
        ("fi", "Ilmoittaja, ilmoituksen kohde, kuultavat henkilöt ja yhtiön omat järjestelmät.", 4),
        ("fi", "Saamme tiedot sinulta, kun\n- täytät lomakkeen\n- soitat meille", 1),
        ("en", "The data is received from the customer by means of web forms.", 1),
        ("en", "You; the cashier systems of our stores; the Population Information System.", 3),
        ("fi", "Yhdistyksen hallitukselta, yhdistyksen pankkitililtä.", 2),
        ("fi", "Lähteenä käytetään henkilön itse luovuttamia tietoja.", 1),
        ("fi", "Annat tiedot itse, kun ilmoittaudut.", 1),
        ("fi", "Lukemat saadaan etäluettavasta mittarista.", 1),
        ("fi", "Asiakkaalta saadaan tieto veden katkeamisesta.", 1),
    ],
)
def test_sources(tmp_path: Path, language: str, words: str, count: int) -> None:
    """A source is from whom data comes, and not by which means."""
    assert len(read(tmp_path, language, FROM[language], words)["sources"]) == count


def test_a_row_of_a_table_names_its_recipient_alone(tmp_path: Path) -> None:
    """What the other cells of the row say is no recipient."""
    path = tmp_path / "notice.html"
    path.write_text(
        "<html lang='en'><body><h1>Privacy notice</h1><h2>Controller</h2><p>Test Ltd</p>"
        "<h2>Personal data</h2><p>Name, e-mail</p><h2>Who receives it</h2><table>"
        "<tr><th>Sub-processor</th><th>Purpose</th><th>Place</th></tr>"
        "<tr><td>Quick Host</td><td>hosting</td><td>Ireland and USA</td></tr>"
        "<tr><td>Stripe</td><td>payments</td><td>USA</td></tr></table></body></html>",
        "utf-8",
    )
    (register,) = as_labels(read_published(path))["registers"]
    assert register["recipients"] == ["Quick Host", "Stripe"]


def test_occasions_of_a_list_are_no_recipients(tmp_path: Path) -> None:
    """A list that says when data is given names nobody; one that says to whom does."""
    lead = "Vi lämnar inte ut uppgifter, förutom i följande fall:"
    assert not read(tmp_path, "sv", TO["sv"], f"{lead}\n- Om lagen kräver det\n- För att skydda våra rättigheter")["recipients"]  # fmt: skip
    assert read(tmp_path, "sv", TO["sv"], "- Bokföringsbyrån\n- Tullverket")["recipients"] == ["Bokföringsbyrån", "Tullverket"]  # fmt: skip
