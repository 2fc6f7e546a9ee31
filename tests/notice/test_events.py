"""How notices word a period and the event that it runs from, in the three languages."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from audit.notice.formats.labels import as_labels
from audit.notice.reading import read_published

FRAME = {
    "fi": "Tietosuojaseloste\n\nRekisterinpitäjä\nKoe Oy, Koekuja 1\n\nRekisterin tietosisältö\n"
    "Nimi, sähköposti, tilaukset\n\nHenkilötietojen säilytysaika\n{}\n",
    "sv": "Dataskyddsbeskrivning\n\nPersonuppgiftsansvarig\nProv Ab, Provvägen 1\n\nRegistrets innehåll\n"
    "Namn, e-post, beställningar\n\nFörvaringstid för personuppgifter\n{}\n",
    "en": "Privacy notice\n\nController\nTest Ltd, Test Street 1\n\nData content\n"
    "Name, e-mail, orders\n\nRetention of personal data\n{}\n",
}
SENTENCES = {
    "fi": {
        "Asiakastiedot poistetaan kahden vuoden kuluessa siitä, kun asiakassuhde on päättynyt.": "P2Y customer_relationship_end",
        "Säilytämme tietojasi niin kauan kuin olet asiakkaamme ja sen jälkeen kolme vuotta.": "P3Y customer_relationship_end",
        "Tietoja ei säilytetä kauempaa kuin viisi vuotta asiakkuuden loputtua.": "P5Y customer_relationship_end",
        "Passiivisten asiakkaiden tiedot hävitetään, kun edellisestä asioinnista on kulunut 36 kuukautta.": "P36M last_contact",
        "Asiakkaan tiedot säilyvät rekisterissä kolme vuotta viimeisimmästä ostotapahtumasta.": "P3Y last_order",
        "Tilaustietoja säilytetään 24 kuukautta tilauksen toimittamisesta.": "P24M last_order",
        "Ostohistoria säilytetään 3 vuotta ostohetkestä.": "P3Y last_order",
        "Takuuasioiden hoitamiseksi kauppatietoja säilytetään kolme vuotta ostopäivästä.": "P3Y last_order",
        "Yhteydenottolomakkeella lähetetyt tiedot poistetaan 12 kuukauden kuluttua yhteydenotosta.": "P12M last_contact",
        "Uutiskirjeen tilaajan tiedot säilytetään siihen asti, kun hän peruuttaa tilauksen.": "criteria consent_withdrawal",
        "Markkinointirekisterin tiedot poistetaan, kun henkilö kieltää markkinoinnin.": "criteria consent_withdrawal",
        "Suostumukseen perustuvat tiedot poistetaan 30 päivän kuluessa suostumuksen peruuttamisesta.": "P30D consent_withdrawal",
        "Tietoja säilytetään, kunnes pyydät niiden poistamista.": "criteria consent_withdrawal",
        "Jäsenen tiedot poistetaan rekisteristä vuoden kuluttua eroamisesta.": "P1Y membership_end",
        "Tietoja säilytetään jäsenyyden ajan sekä kaksi kalenterivuotta sen jälkeen.": "P2Y membership_end",
        "Eronneiden jäsenten tiedot säilytetään viisi vuotta eroilmoituksesta.": "P5Y membership_end",
        "Työntekijän tiedot säilytetään kymmenen vuotta työsuhteen päättymisen jälkeen.": "P10Y employment_end",
        "Palkkatiedot säilytetään 10 vuotta palvelussuhteen päättymisestä lukien.": "P10Y employment_end",
        "Työhakemukset säilytetään kuusi kuukautta niiden vastaanottamisesta.": "P6M collection",
        "Avoimet hakemukset tuhotaan 6 kk:n kuluttua hakemuksen jättämisestä.": "P6M collection",
        "Hakijoiden tiedot poistetaan kahden vuoden kuluttua hakemuksen saapumispäivästä.": "P2Y collection",
        "Kameravalvonnan tallenteet tuhoutuvat automaattisesti 30 vuorokauden kuluttua.": "P30D unspecified",
        "Kamerakuva tallentuu kiintolevylle ja säilyy siellä enintään 14 päivää tallennushetkestä.": "P14D collection",
        "Puhelutallenteita säilytetään kuusi kuukautta puhelun päättymisestä.": "P6M collection",
        "Lokitiedot säilytetään 12 kk niiden syntymisestä.": "P12M collection",
        "Laskutustiedot säilytetään kirjanpitolain mukaisesti kuusi vuotta sen kalenterivuoden lopusta, jonka aikana tilikausi on päättynyt.": "P6Y fiscal_year_end",
        "Kirjanpitoaineisto: 10 vuotta tilikauden päättymisestä.": "P10Y fiscal_year_end",
        "Tositteet säilytetään kuusi vuotta sen vuoden lopusta, jona tilikausi päättyi.": "P6Y fiscal_year_end",
        "Tiedot säilytetään sopimuksen voimassaolon ajan ja kolme vuotta sen päätyttyä.": "P3Y contract_end",
        "Toimeksiantoon liittyvät asiakirjat hävitetään 10 vuoden kuluttua toimeksiannon päättymisestä.": "P10Y contract_end",
        "Vuokrasuhteen tiedot poistetaan kolmen vuoden kuluttua vuokrasuhteen päättymisestä.": "P3Y contract_end",
        "Kurssilaisten tiedot poistetaan puolen vuoden kuluttua kurssin päätyttyä.": "P6M contract_end",
        "Ajanvaraustiedot poistetaan kahden vuoden kuluttua edellisestä käynnistä.": "P2Y visit",
        "Asiakastiedot säilytämme kolme vuotta viimeisestä kuvauksesta.": "P3Y visit",
        "Valokuvat poistetaan puolentoista vuoden kuluttua kuvauksesta.": "P18M collection",
        "Mikäli asiakas ei ole käynyt liikkeessämme kolmeen vuoteen, tiedot poistetaan.": "P3Y visit",
        "Majoittujan tiedot hävitetään vuoden kuluttua oleskelun päättymisestä.": "P1Y visit",
        "Tapahtumaan ilmoittautuneiden tiedot poistetaan kuukauden kuluttua tapahtumasta.": "P1M visit",
        "Käyttäjätili poistetaan, jos sitä ei ole käytetty 24 kuukauteen.": "P24M last_contact",
        "Käyttäjätilin tiedot poistetaan 90 päivän kuluessa tilin sulkemisesta.": "P90D customer_relationship_end",
        "Potilasasiakirjat säilytetään vähintään 12 vuotta potilaan kuolemasta.": "P12Y unspecified",
        "Henkilötietoja säilytetään niin kauan kuin on tarpeen.": "criteria unspecified",
        "Tiedot säilytetään lainsäädännön edellyttämän ajan.": "criteria unspecified",
        "Tietoja säilytetään toistaiseksi.": "indefinite -",
        "Potentiaalisten asiakkaiden tietoja säilytämme enintään vuoden viimeisestä yhteydenotosta.": "P1Y last_contact",
    },
    "sv": {
        "Kunduppgifterna raderas senast två år efter att kundrelationen har avslutats.": "P2Y customer_relationship_end",
        "Vi sparar dina uppgifter så länge du är kund hos oss och därefter i 24 månader.": "P24M customer_relationship_end",
        "Uppgifterna lagras inte längre än fem år efter kundförhållandets slut.": "P5Y customer_relationship_end",
        "När avtalet mellan oss har upphört raderas uppgifterna efter maximalt 12 månader.": "P12M contract_end",
        "Orderuppgifter bevaras i tre år från köptillfället.": "P3Y last_order",
        "Köphistoriken gallras 36 månader efter det senaste inköpet.": "P36M last_order",
        "Ärendehistorik raderas 36 månader efter kontakten.": "P36M last_contact",
        "Samtalsinspelningar förstörs 90 dagar efter samtalet.": "P90D collection",
        "Uppgifterna sparas tills du återkallar ditt samtycke.": "criteria consent_withdrawal",
        "Din e-postadress finns kvar i vårt register tills du avregistrerar dig från nyhetsbrevet.": "criteria consent_withdrawal",
        "Uppgifter för marknadsföring sparas till dess att du motsätter dig behandlingen.": "criteria consent_withdrawal",
        "Medlemmens uppgifter raderas ett år efter utträdet.": "P1Y membership_end",
        "Uppgifterna förvaras under medlemskapet och två år därefter.": "P2Y membership_end",
        "Öppna ansökningar förstörs sex månader efter att de kommit in.": "P6M collection",
        "Anställdas uppgifter bevaras tio år efter anställningens upphörande.": "P10Y employment_end",
        "Övervakningsbilder sparas i högst en månad från inspelningen.": "P1M collection",
        "Loggar sparas i 12 månader från registreringen.": "P12M collection",
        "Bokföringsmaterialet förvaras i sex år från utgången av det kalenderår under vilket räkenskapsperioden har gått ut.": "P6Y fiscal_year_end",
        "Verifikationer bevaras 6 år efter räkenskapsårets slut.": "P6Y fiscal_year_end",
        "Fakturor sparas i tio år från räkenskapsperiodens utgång.": "P10Y fiscal_year_end",
        "Uppgifterna raderas tre år efter hyresförhållandets slut.": "P3Y contract_end",
        "Handlingarna arkiveras i tio år efter att uppdraget slutförts.": "P10Y contract_end",
        "Deltagaruppgifter raderas sex månader efter kursens slut.": "P6M contract_end",
        "Gästens uppgifter gallras ett år efter avresan.": "P1Y visit",
        "Bokningar raderas två år efter senaste besöket.": "P2Y visit",
        "Konton som inte har använts på två år raderas.": "P2Y last_contact",
        "Uppgifterna raderas inom 30 dagar efter att du stängt ditt konto.": "P30D customer_relationship_end",
        "Journalen bevaras i 12 år efter patientens död.": "P12Y unspecified",
        "Offertförfrågningar raderas ett år efter offertdatum.": "P1Y last_contact",
        "Personuppgifterna lagras så länge det behövs för ändamålet.": "criteria unspecified",
        "Uppgifterna lagras tills vidare.": "indefinite -",
        "Uppgifterna förvaras så länge lagen kräver.": "criteria unspecified",
    },
    "en": {
        "Customer data will be deleted within two years of the end of the customer relationship.": "P2Y customer_relationship_end",
        "We keep your data for as long as you are our customer and for three years thereafter.": "P3Y customer_relationship_end",
        "Data is not kept for longer than five years after the relationship has ended.": "P5Y customer_relationship_end",
        "Where a customer has been inactive for 24 months, the data is erased.": "P24M last_contact",
        "Accounts that have not been used for two years are deleted.": "P2Y last_contact",
        "Purchase data is stored for 36 months from the date of purchase.": "P36M last_order",
        "Order information is kept for three years after your most recent order.": "P3Y last_order",
        "Enquiries sent through the contact form are deleted a year after they were answered.": "P1Y last_contact",
        "Quotations that did not lead to an order are removed after 12 months from the date of the quotation.": "P12M last_contact",
        "Leads are purged 18 months after the last interaction.": "P18M last_contact",
        "We hold your e-mail address until you unsubscribe from the newsletter.": "criteria consent_withdrawal",
        "Marketing data is retained until you opt out.": "criteria consent_withdrawal",
        "Data processed on the basis of consent is erased within 30 days of the withdrawal of consent.": "P30D consent_withdrawal",
        "Members' data is removed one year after they leave the association.": "P1Y membership_end",
        "Membership information is kept throughout the membership and for two years after its termination.": "P2Y membership_end",
        "Personnel files are retained for ten years following the termination of employment.": "P10Y employment_end",
        "Applications are kept for six months from receipt.": "P6M collection",
        "CVs sent to us on a candidate's own initiative are deleted two years from submission.": "P2Y collection",
        "Surveillance recordings are stored for at most 14 days from recording.": "P14D collection",
        "Call recordings are erased 90 days after the call.": "P90D collection",
        "Accounting records are kept for six years from the end of the calendar year during which the financial year ended.": "P6Y fiscal_year_end",
        "Invoices are stored for 10 years after the close of the financial year.": "P10Y fiscal_year_end",
        "Vouchers must be preserved for six years from the end of the year in which the accounting period ended.": "P6Y fiscal_year_end",
        "Contract documents are kept for the term of the contract and ten years after its expiry.": "P10Y contract_end",
        "Tenant data is deleted three years after the tenancy has ended.": "P3Y contract_end",
        "Participants' data is erased six months after the end of the course.": "P6M contract_end",
        "Case files are archived for ten years from the completion of the assignment.": "P10Y contract_end",
        "Guest data is deleted one year after check-out.": "P1Y visit",
        "Booking data is kept for two years from the last appointment.": "P2Y visit",
        "Your data is erased 90 days after you close your account.": "P90D customer_relationship_end",
        "Patient records are kept for 12 years from the death of the patient.": "P12Y unspecified",
        "Personal data is stored only for as long as necessary.": "criteria unspecified",
        "Data is retained for the period required by law.": "criteria unspecified",
        "Data is kept indefinitely.": "indefinite -",
        "Data on prospective customers is deleted no later than one year after the last contact.": "P1Y last_contact",
    },
}


DECOYS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "sentences" / "decoys.yaml").read_text("utf-8")
)
BANK: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "sentences" / "retention.yaml").read_text("utf-8")
)
DEEDS: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "sentences" / "deeds.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("bank", [SENTENCES, BANK, DEEDS], ids=["tuned", "varied", "deeds"])
def test_periods_and_their_events(
    tmp_path: Path, language: str, bank: dict[str, dict[str, str]]
) -> None:
    """Each sentence is one rule, with its length or kind and the event it runs from or ends with."""
    read = {}
    for sentence in bank[language]:
        path = tmp_path / "notice.txt"
        path.write_text(FRAME[language].format(sentence), "utf-8")
        (register,) = as_labels(read_published(path))["registers"]
        read[sentence] = " & ".join(
            f"{rule['duration'] or rule['kind']} {rule['trigger'] or '-'}"
            for rule in register["retention"]
        )
    assert read == bank[language]


@pytest.mark.parametrize("language", FRAME)
def test_numbers_that_are_no_retention(tmp_path: Path, language: str) -> None:
    """Of goods, deadlines and terms nothing is kept, though their sentence stands under retention."""
    read = {}
    for sentence in DECOYS[language]:
        path = tmp_path / "notice.txt"
        path.write_text(FRAME[language].format(sentence), "utf-8")
        (register,) = as_labels(read_published(path))["registers"]
        read[sentence] = [rule["kind"] for rule in register["retention"]]
    assert read == {sentence: ["missing"] for sentence in DECOYS[language]}


CONTENTS = {
    "fi": "Nimi, sähköposti, osoite, tilaukset, laskut, viestit, terveystiedot",
    "sv": "Namn, e-post, adress, beställningar, fakturor, meddelanden, hälsouppgifter",
    "en": "Name, e-mail, address, orders, invoices, messages, health data",
}
SCOPES: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "sentences" / "scopes.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("language", FRAME)
def test_what_rules_are_about(tmp_path: Path, language: str) -> None:
    """A rule on the register, or on data in general, is about all; others about what they name."""
    lines = FRAME[language].split("\n")
    lines[6] = CONTENTS[language]
    read = {}
    for sentence in SCOPES[language]:
        path = tmp_path / "notice.txt"
        path.write_text("\n".join(lines).format(sentence), "utf-8")
        (register,) = as_labels(read_published(path))["registers"]
        (rule,) = register["retention"]
        about = rule["applies_to"]
        read[sentence] = {"all"} if about == "all" else set(about)
    assert read == {sentence: set(keys.split()) for sentence, keys in SCOPES[language].items()}


def test_a_sentence_of_many_alternatives_is_read_at_once(tmp_path: Path) -> None:
    """Hundreds of periods joined by "or" take no longer than a page: each is looked at once."""
    path = tmp_path / "notice.txt"
    path.write_text(FRAME["fi"].format("Tiedot säilytetään " + "tai 3 vuotta " * 600), "utf-8")
    begin = time.process_time()
    read_published(path)
    assert time.process_time() - begin < 10  # seconds; it took minutes when each was looked at anew
