"""Defects of short notices, each beside a neighbour that has none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from audit.notice.reading import read_published
from audit.notice.review.defects import known_defects

HEADS = {
    "fi": ("Tietosuojaseloste\n\nRekisterinpitäjä\nKoe Oy, Koekuja 1\n\n", "Rekisterin tietosisältö\n"),
    "sv": ("Dataskyddsbeskrivning\n\nPersonuppgiftsansvarig\nProv Ab, Provvägen 1\n\n", "Registrets innehåll\n"),
    "en": ("Privacy notice\n\nController\nTest Ltd, Test Street 1\n\n", "Data content\n"),
}  # fmt: skip
PLAIN = {"fi": "Nimi, osoite", "sv": "Namn, adress", "en": "Name, address"}
FILLER = "".join(f"Suojaus\nTiloihin pääsee avaimella numero {n}.\n\n" for n in "abcdefgh")

DISCLOSED = "no-disclosure statement"
DECIDED = "right not to be subject"
PROFILED = "no-profiling statement"
SPECIAL = "special-category data"
CHILDREN = "children's data"
JOINT = "joint controllers"
COOKIES = "non-essential cookies"
RELATION = "customer/member relationship"
UNLINKED = "legal bases listed but not linked"
STATUTE = "retention by reference to a statute"
RESTRICTED = "data-subject right wrongly restricted"
FORMAL = "signed paper request"
SAFEGUARDS = "transfer safeguards not described"
CONTRADICTED = "contradictory legal bases"
PERIODS = "contradictory retention statements"
INFERRED = "consent inferred"
NO_BASIS = "legal basis not stated"
INTEREST = "legitimate interest not described"
LONG = "retention period looks excessive"
GIVING = "not stated whether providing data"
SOURCE = "source of data not stated"
LOGIC = "profiling or automated decisions declared"
SERVICE = "no-transfer statement contradicted"

CASES = [
    # A statute behind a period that is given elsewhere is no period that is missing.
    ("fi", "Tietojen säilytysaika\nKirjanpitolaki edellyttää, että säilytämme laskut. Laskut: 6 vuotta tilikauden päättymisestä.", STATUTE, False),
    ("fi", "Tietojen säilytysaika\nKirjanpitolaki edellyttää, että säilytämme laskut. Tilaukset: 6 vuotta tilikauden päättymisestä.", STATUTE, True),
    # Cookies that are denied, or asked for where the web data is listed, lack no consent.
    ("fi", "Evästeet\nKotisivuilla ei ole evästeitä eikä kävijäseurantaa.", COOKIES, False),
    ("fi", "Evästeet\nKotisivuilla on kävijäseuranta.", COOKIES, True),
    ("sv", "Laglig grund\n- IP-nummer, webbläsare: samtycke\n\nMottagare\nGoogle Analytics används för statistik.", COOKIES, False),
    ("sv", "Laglig grund\n- Nyhetsbrev: samtycke\n\nMottagare\nGoogle Analytics används för statistik.", COOKIES, True),
    ("en", "Recipients\nOur analytics provider processes purchases on our instructions.", COOKIES, False),
    # What profiling leads to, and what it does not, are its consequences.
    ("en", "Profiling\nWe profile customers. The segment determines which discounts you see.", LOGIC, False),
    ("en", "Profiling\nWe profile customers by their purchases.", LOGIC, True),
    ("sv", "Profilering\nVi profilerar kunderna. Det påverkar inte priset.", LOGIC, False),
    ("sv", "Profilering\nNyhetsbrevets innehåll anpassas automatiskt. Inga beslut som påverkar dig i övrigt fattas automatiskt.", DECIDED, False),
    # The Commission's decision is a safeguard, in whichever words.
    ("en", "Transfers outside the EEA\nOur parent in Japan has access to the data. Japan has been found adequate by the Commission.", SAFEGUARDS, False),
    ("en", "Transfers outside the EEA\nOur parent in Japan has access to the data.", SAFEGUARDS, True),
    ("fi", "Siirrot EU:n ja ETA:n ulkopuolelle\nTietoja siirretään Japaniin, jonka tietosuojan komissio on todennut riittäväksi.", SAFEGUARDS, False),
    # In a list each interest is described by its own item.
    ("en", "Legal basis\nYour consent to electronic marketing; our legitimate interests; legal obligations.", INTEREST, True),
    ("en", "Legal basis\nYour consent to electronic marketing; our legitimate interest in preventing theft; legal obligations.", INTEREST, False),
    # What is not given out without leave does not answer whether people must give their data.
    ("sv", "Utlämnande\nUppgifter lämnas inte ut utan patientens samtycke.", GIVING, True),
    ("sv", "Uppgifterna\nVi kan inte boka utan namn och telefonnummer.", GIVING, False),
    ("fi", "Luovutukset\nTietoja emme luovuta ilman asiakkaan suostumusta.", GIVING, True),
    # A page where people present themselves is a source of data; as a channel it is a service.
    ("sv", "Källor\nKandidaten själv och LinkedIn.\n\nÖverföring utanför EU och EES\nUppgifter överförs inte.", SERVICE, False),
    ("sv", "Mottagare\nAnnonser riktas via LinkedIn.\n\nÖverföring utanför EU och EES\nUppgifter överförs inte.", SERVICE, True),
    # Consent to statistics of visits is consent to the cookies behind them; a firm's name is none.
    ("sv", "Ändamål och rättslig grund\nBesöksstatistik.", COOKIES, True),
    ("sv", "Ändamål och rättslig grund\nStatistik över besök: samtycke", COOKIES, False),
    ("en", "Controller\nTide Analytics Oy, Test Street 2", COOKIES, False),
    # A relationship is no ground, wherever it is a relationship to.
    ("fi", "Käsittelyn peruste\nJäsenyys yhdistyksessä", RELATION, True),
    ("en", "Legal basis\nMembership of the club", RELATION, True),
    # The articles beside a list of grounds do not say what each is for.
    ("en", "Legal basis\n- explicit consent (GDPR Art. 6(1)(a))\n- contract (GDPR Art. 6(1)(b))", UNLINKED, True),
    ("en", "Legal basis\n- consent (newsletter)\n- contract (deliveries and returns)", UNLINKED, False),
    # Leave to record what is told of one's health is the consent that such data needs.
    ("fi", "Terveystiedot\nTerveystietoja kirjaan vain, jos annat siihen luvan.", SPECIAL, False),
    ("fi", "Terveystiedot\nTerveystietoja kirjaan jokaisella käynnillä.", SPECIAL, True),
    # A denial, and what is given all the same: in another sentence, or only what it excepts.
    ("fi", "Tietojen luovutukset\nTietoja ei luovuteta ulkopuolisille. Vakuutusyhtiölle ilmoitetaan vahingoista.", DISCLOSED, True),
    ("fi", f"{FILLER}Tietojen luovutukset\nTietoja ei luovuteta ulkopuolisille. Vakuutusyhtiölle ilmoitetaan vahingoista.", DISCLOSED, True),
    ("fi", "Tietojen luovutukset\nTietoja ei luovuteta ulkopuolisille kuin perintää varten perintätoimistolle.", DISCLOSED, False),
    ("fi", "Tietojen luovutukset\nTietoja ei luovuteta markkinointiin. Vakuutusyhtiölle ilmoitetaan vahingoista.", DISCLOSED, False),
    ("sv", "Utlämnande\nUppgifter lämnas inte till utomstående. Polisen och försäkringsbolaget underrättas om olyckor.", DISCLOSED, True),
    ("sv", "Utlämnande\nUppgifter lämnas inte till andra än försäkringsbolaget vid olyckor.", DISCLOSED, False),
    ("en", "Sharing\nWe never share your data with third parties. Our insurance company is informed of accidents.", DISCLOSED, True),
    ("en", "Sharing\nNothing is given to others. In an accident the information is given to the insurance company.", DISCLOSED, True),
    ("en", "Sharing\nThe information is given to the insurance company after an accident. Nothing is given to others.", DISCLOSED, False),
    # What is decided by a machine, and what is only shown by it.
    ("fi", "Profilointi\nProfiloimme asiakkaita. Hakemukset hylätään automaattisesti maksuhäiriöiden vuoksi.", DECIDED, True),
    ("fi", "Profilointi\nEmme profiloi asiakkaitamme emmekä tee automaattisia päätöksiä. Näytämme kohdennettuja suosituksia aiempien ostosten perusteella.", DECIDED, False),
    ("sv", "Profilering\nKöphistoriken kopplas ihop automatiskt för att välja ut erbjudanden till medlemmarna.", DECIDED, False),
    ("sv", "Profilering\nKreditbeslut fattas automatiskt, vilket kan leda till att du inte får handla mot faktura.", DECIDED, True),
    ("fi", "Profilointi\nEmme profiloi asiakkaitamme. Näytämme kohdennettuja suosituksia aiempien ostosten perusteella.", PROFILED, True),
    ("fi", "Profilointi\nEmme profiloi asiakkaitamme. Päätökset tekee ihminen.", PROFILED, False),
    ("en", "Profiling\nWe do not profile you. We recommend products on the basis of what you have bought.", PROFILED, True),
    ("en", "Profiling\nWe do not profile you.", PROFILED, False),
    # A guardian's consent to photographs is none to data on health.
    ("sv", "Grund\nFotografering sker med vårdnadshavarens samtycke.\n\nRegistrets innehåll\nsjukdomar och allergier", SPECIAL, True),
    ("sv", "Ändamål\nUppgifter om hälsa behandlas för att göra gällande rättsliga anspråk.\n\nRegistrets innehåll\nhälsa", SPECIAL, False),
    ("en", "Purpose\nHealth data is processed to defend legal claims.\n\nData content\nhealth data", SPECIAL, False),
    # Clubs and schools have children as a group, a dentist the guardian's number.
    ("fi", "Rekisteröidyt\nTanssikoulun oppilaat ja heidän huoltajansa. Oppilaat jaetaan ryhmiin leirillä.", CHILDREN, True),
    ("fi", "Tietosisältö\nalaikäisen potilaan huoltajan nimi ja puhelinnumero", CHILDREN, False),
    ("en", "Data subjects\nMembers of the junior club and their guardians. The club and its camps are open to all.", CHILDREN, True),
    ("en", "Data subjects\nPatients and the guardian of a minor.", CHILDREN, False),
    ("en", "Who we are\nThe festival is run jointly by Test Ltd and the Test Society.", JOINT, True),
    ("en", "Who we are\nThe festival is run by Test Ltd with volunteers.", JOINT, False),
    ("en", "Retention\nPatient records are kept for the period laid down in the Act on Client Data.", STATUTE, True),
    ("en", "Retention\nPatient records are kept for twelve years, as laid down in the Act on Client Data.", STATUTE, False),
    # A right that is denied to all, and one that the law does not give.
    ("fi", "Oikeudet\nRekisteröidyllä ei ole oikeutta rajoittaa käsittelyä.", RESTRICTED, True),
    ("fi", "Oikeudet\nOikeutta siirtää tiedot ei ole, koska käsittely perustuu lakiin.", RESTRICTED, False),
    ("en", "Rights\nInformation on members is not deleted from the file at the member's request.", RESTRICTED, True),
    ("en", "Rights\nInvoices are not deleted on request, since the Accounting Act requires them.", RESTRICTED, False),
    ("sv", "Rättigheter\nUppgifterna stryks inte, även om kunden begär det.", RESTRICTED, True),
    # A court's documents are no visit in person.
    ("fi", "Oikeudet\nPyyntö tehdään käymällä toimistossa.", FORMAL, True),
    ("fi", "Oikeudet\nTarkastuspyyntö voi koskea myös oikeudenkäyntiaineistoa.", FORMAL, False),
    # Article 49 is a ground for a transfer as well.
    ("fi", "Siirrot EU:n ulkopuolelle\nTietoja siirretään Yhdysvaltoihin 49 artiklan 1 kohdan e alakohdan nojalla.", SAFEGUARDS, False),
    ("fi", "Siirrot EU:n ulkopuolelle\nTietoja siirretään Yhdysvaltoihin.", SAFEGUARDS, True),
    ("fi", "Käsittelyn peruste\nKäsittely perustuu suostumukseen. Oikeusperuste ei ole suostumus vaan sopimus.", CONTRADICTED, True),
    ("fi", "Käsittelyn peruste\nKäsittely perustuu suostumukseen ja sopimukseen.", CONTRADICTED, False),
    # What stands beside a general rule, on data of its own, contradicts nothing.
    ("sv", "Förvaringstid\nunder medlemskapet och ett år därefter; tävlingsresultaten bevaras permanent", PERIODS, False),
    # A relationship in the place of a ground is one defect, and that there is no ground another.
    ("fi", "Käsittelyn peruste\nAsiakassuhde", NO_BASIS, True),
    ("fi", "Käsittelyn peruste\nAsiakassuhde ja sopimus", NO_BASIS, False),
    # What a register is for tells the one interest that it rests on.
    ("sv", "Ändamål\natt förebygga stölder i korridoren\n\nRättslig grund\nberättigat intresse", INTEREST, False),
    ("sv", "Ändamål\nregistret\n\nRättslig grund\nberättigat intresse", INTEREST, True),
    ("en", "Legal basis\nthe legitimate interest of the register manager (customer relationship)", INTEREST, True),
    ("sv", "Förvaringstid\nUppgifterna bevaras i tjugo år efter att arbetet har lämnats över.", LONG, True),
    ("sv", "Förvaringstid\nUppgifterna bevaras i tio år efter att arbetet har lämnats över, eftersom ansvaret för felen varar så länge.", LONG, False),
    ("sv", "Förvaringstid\nUppgifterna bevaras i fem år efter att arbetet har lämnats över.", LONG, False),
    # Days that run from nothing in particular, and days from the recording, of the same pictures.
    ("fi", "Säilytysaika\nTallenteet säilytetään enintään 14 vuorokautta.\n\nSuojaus\nKameran tallenne poistuu 30 päivän kuluttua tallennuksesta.", PERIODS, True),
    ("fi", "Säilytysaika\nTallenteet säilytetään enintään 14 vuorokautta.\n\nSuojaus\nKameran tallenne poistuu 14 päivän kuluttua tallennuksesta.", PERIODS, False),
    ("en", "Automated decisions\nAccounts that fall below a rating of 2.5 are suspended automatically.", DECIDED, True),
    ("en", "Who we are\nTest Ltd together with the Test Chain Ltd decides on the processing.", JOINT, True),
    ("en", "Legal basis\nConsent: by staying with us you consent to marketing messages.", INFERRED, True),
    ("en", "Legal basis\nConsent that you give when you book.", INFERRED, False),
    ("en", "Purpose\nWithout an e-mail address I can't book you in.", GIVING, False),
    ("en", "Profiling\nThere is no profiling. The system does suggest classes to you on the basis of those you have attended.", PROFILED, True),
    # A heading may tell when people give their data.
    ("sv", "När du skapar ett konto\nAnvändarnamn", SOURCE, False),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words", "defect", "there"), CASES)
def test_a_defect_and_its_neighbour(
    tmp_path: Path,
    language: str,
    words: str,
    defect: str,
    there: bool,  # noqa: FBT001 - a case
) -> None:
    """Each is named where it is one, and its neighbour is none."""
    path = tmp_path / "notice.txt"
    head, contents = HEADS[language]
    path.write_text(f"{head}{contents}{PLAIN[language]}\n\n{words}\n", "utf-8")
    found = known_defects(read_published(path).notices, date(2026, 11, 22))
    assert any(wording.startswith(defect) for wording in found) is there
