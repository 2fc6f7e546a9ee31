"""Several registers in one notice: in a table, under headings, in prose; and rules beside their data."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from audit.notice.formats.labels import as_labels
from audit.notice.reading import read_published

HEAD = "Päivitetty 1.2.2024. Rekisterinpitäjä: Koe Oy, Koekuja 1, 99999 Keksilä."
TAIL = "Sinulla on oikeus tarkastaa ja oikaista henkilötietosi."
ROWS = [
    ["", "Asiakasrekisteri", "Työnhakijarekisteri"],
    ["Tietosisältö", "nimi, sähköposti, tilaukset", "nimi, syntymäaika"],
    ["Oikeusperuste", "sopimus", "suostumus"],
    ["Säilytysaika", "2 vuotta viimeisestä tilauksesta", "6 kk hakemuksen saapumisesta"],
]
TURNED = [list(row) for row in zip(*ROWS, strict=True)]


def as_markdown(rows: list[list[str]]) -> str:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    ruled = "|" + "---|" * len(rows[0])
    return "\n".join(
        ["# Tietosuojaseloste", "", HEAD, "", head, ruled, *body, "", "## Oikeudet", "", TAIL]
    )


def as_html(rows: list[list[str]]) -> str:
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    return f"<h1>Tietosuojaseloste</h1><p>{HEAD}</p><table>{body}</table><h2>Oikeudet</h2><p>{TAIL}</p>"


def told_of_each(path: Path) -> list[tuple[str, list[str], str, str]]:
    """What a notice tells of each of its registers: name, bases, transfers, what the period runs from."""
    return [
        (r["name"], r["legal_bases"], r["transfers_outside_eea"], r["retention"][0]["trigger"])
        for r in as_labels(read_published(path))["registers"]
    ]


@pytest.mark.parametrize("rows", [ROWS, TURNED], ids=["a column each", "a row each"])
@pytest.mark.parametrize("form", ["md", "html", "docx"])
def test_a_table_describes_registers(tmp_path: Path, form: str, rows: list[list[str]]) -> None:
    """Each register of the table has its own data, ground and period, in every form."""
    path = tmp_path / f"notice.{form}"
    if form == "docx":
        document = docx.Document()
        document.add_heading("Tietosuojaseloste", 1)
        document.add_paragraph(HEAD)
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
        document.add_heading("Oikeudet", 1)
        document.add_paragraph(TAIL)
        document.save(str(path))
    else:
        path.write_text(as_markdown(rows) if form == "md" else as_html(rows), "utf-8")
    labels = as_labels(read_published(path))
    told = [
        (r["name"], r["categories"], r["legal_bases"], r["retention"][0]["trigger"])
        for r in labels["registers"]
    ]
    assert told == [
        ("Asiakasrekisteri", ["name", "email", "order_history"], ["contract"], "last_order"),
        ("Työnhakijarekisteri", ["name", "date_of_birth"], ["consent"], "collection"),
    ]
    assert labels["rights"] == ["access", "rectification"]


def test_a_rule_is_about_the_data_beside_it(tmp_path: Path) -> None:
    """Where each paragraph lists data and says how long it is kept, the rule is about that data."""
    path = tmp_path / "notice.html"
    path.write_text(
        "<h1>Integritetspolicy</h1><p>Personuppgiftsansvarig är Prov Ab, Provvägen 1.</p>"
        "<h2>Vilka uppgifter behandlar vi och hur länge?</h2><dl>"
        "<dt>Kunduppgifter</dt><dd>Namn och adress. Vi sparar uppgifterna två år.</dd>"
        "<dt>Konto</dt><dd>Användarnamn och lösenord. Raderas efter sex månader.</dd></dl>",
        "utf-8",
    )
    (register,) = as_labels(read_published(path))["registers"]
    assert [(r["duration"], r["applies_to"]) for r in register["retention"]] == [
        ("P2Y", ["name", "postal_address"]),
        ("P6M", ["login_credentials"]),
    ]


def test_words_cut_at_the_end_of_a_line_are_whole(tmp_path: Path) -> None:
    """Text copied from paper is read as if its words were whole, and quoted as it stands."""
    path = tmp_path / "notice.txt"
    text = (
        "Dataskyddsbeskrivning\n\n1  Registeransvarig\n\nProv Ab, Provvägen 1, 99999 Fantasiby\n\n"
        "2  Uppgifter i registret\n\nNamn, personbeteckning, adress, telefon, e-post och fakture-\n"
        "ringsuppgifter samt uppgifter om kundens beställningar och bank-\nkonto.\n\n"
        "3  Lagringstid\n\nPersonuppgifterna raderas två år efter den senaste beställ-\nningen.\n"
    )
    path.write_text(text, "utf-8")
    reading = read_published(path)
    (register,) = as_labels(reading)["registers"]
    assert {"invoicing", "bank_account"} <= set(register["categories"])
    assert register["retention"][0]["trigger"] == "last_order"
    assert any(clause.quote.endswith("beställ-\nningen.") for clause in reading.notice.clauses)


def test_paragraphs_introduce_registers(tmp_path: Path) -> None:
    """In prose a paragraph that says what a register contains begins it; shared words end it."""
    path = tmp_path / "notice.txt"
    path.write_text(
        "Privacy statement of the Test Choir\n\n"
        "The membership register holds each singer's name, home address and year of birth. The"
        " Associations Act obliges us to keep it. Members' details are removed two years after"
        " membership has ended.\n\n"
        "The concert mailing list contains e-mail addresses. It rests on consent. Addresses are"
        " deleted when consent is withdrawn.\n\n"
        "Neither list is transferred outside the EU or EEA. You have the right to inspect your data.\n",
        "utf-8",
    )
    assert told_of_each(path) == [
        ("Membership register", ["legal_obligation"], "none", "membership_end"),
        ("Concert mailing list", ["consent"], "none", "consent_withdrawal"),
    ]


def test_our_registers_are_introduced_as_others_are(tmp_path: Path) -> None:
    """A possessive ending on the name of a register, as a housing manager writes, is none of its name."""
    path = tmp_path / "notice.txt"
    path.write_text(
        "Tietosuoja yrityksessämme\n\n"
        "Asiakasrekisterimme sisältää seuraavia henkilötietoja osakkaista:\n\n"
        " • sukunimet\n • henkilötunnukset\n\n"
        "Säilytämme henkilötietoja asiakasrekisterissämme sopimuksen päättymiseen asti.\n\n"
        "Markkinointirekisterimme sisältää luvan antaneiden henkilöiden sähköpostiosoitteet. Tiedot"
        " poistetaan, kun suostumus perutaan.\n\n"
        "Tietoja ei siirretä EU:n tai ETA:n ulkopuolelle.\n",
        "utf-8",
    )
    assert [(name, event) for name, _, _, event in told_of_each(path)] == [
        ("Asiakasrekisteri", "contract_end"),
        ("Markkinointirekisteri", "consent_withdrawal"),
    ]


@pytest.mark.parametrize("shared", ["Provisions common to both", "Common information"])
def test_lettered_headings_without_blank_lines_head_registers(tmp_path: Path, shared: str) -> None:
    """Sub-headings stand right below the letter and the name of a register, as in a PDF."""
    path = tmp_path / "notice.txt"
    path.write_text(
        "Privacy statement of Test Ltd\nController\n"
        "Test Ltd, Test Street 1, 99999 Town, data@test.example, +358 50 000 0132, on weekdays.\n"
        "A. Customer register\nPurpose and legal basis\n"
        "Orders and deliveries, which rest on the contract with the customer of our company.\n"
        "Personal data\nName, e-mail, phone, orders.\n"
        "Retention\nThree years from the latest order, and then the data is deleted.\n"
        "B. Volunteer register\nPurpose and legal basis\n"
        "Organising the work of volunteers, with the consent of each of them, for our events.\n"
        "Personal data\nName, date of birth, allergies.\n"
        "Retention\nThe data is deleted when the consent is withdrawn, and no later than that.\n"
        f"{shared}\nTransfers\nThe data is not transferred outside the EU or EEA at all.\n",
        "utf-8",
    )
    assert told_of_each(path) == [
        ("Customer register", ["contract"], "none", "last_order"),
        ("Volunteer register", ["consent"], "none", "consent_withdrawal"),
    ]


SECTION_EACH = """Tietosuojaseloste

1 Rekisterinpitäjä
Koe Oy, Koekuja 1, 99999 Keksilä

2 Mihin tietoja käytetään ja millä perusteella?

2.1 Potilasrekisteri
Potilastietoja käsitellään lakisääteisen velvoitteen täyttämiseksi.

2.2 Ajanvarausrekisteri
Ajat varataan sopimuksen perusteella.

3 Mitä tietoja käsitellään?

3.1 Potilasrekisteri
Nimi, henkilötunnus ja diagnoosit.

3.2 Ajanvarausrekisteri
Nimi, puhelinnumero ja varatut ajat.

4 Mistä tiedot saadaan?
Potilaalta itseltään ja lääkäriltä.
"""


def test_each_section_tells_the_registers_apart(tmp_path: Path) -> None:
    """Names that recur under the headings of a notice are those of its registers."""
    path = tmp_path / "notice.txt"
    path.write_text(SECTION_EACH, encoding="utf-8")
    registers = as_labels(read_published(path))["registers"]
    assert [(r["name"], r["legal_bases"], r["categories"]) for r in registers] == [
        ("Potilasrekisteri", ["legal_obligation"], ["name", "personal_identity_code", "health"]),
        ("Ajanvarausrekisteri", ["contract"], ["name", "phone", "order_history"]),
    ]
    assert all(len(r["sources"]) == 2 for r in registers), "patients are whom both come from"


@pytest.mark.parametrize(
    ("first", "second"),
    [("2 {}\n2.1 ", "3 {}\n3.1 "), ("I. {}\n", "II. {}\n")],
    ids=["a number over its parts", "Roman numbers"],
)
def test_numbered_names_of_registers_need_no_blank_line(
    tmp_path: Path, first: str, second: str
) -> None:
    """A line with a number is a heading where its first part, or a register's name, stands there."""
    path = tmp_path / "notice.txt"
    path.write_text(
        "Privacy notice\n1 Controller\nTest Ltd, Test Street 1, 99999 Testville\n"
        + first.format("Guest register")
        + "Personal data\nName, e-mail address and stays.\n"
        + second.format("Club register")
        + "Personal data\nName and date of birth.\n",
        encoding="utf-8",
    )
    registers = as_labels(read_published(path))["registers"]
    assert [(r["name"], r["categories"]) for r in registers] == [
        ("Guest register", ["name", "email", "order_history"]),
        ("Club register", ["name", "date_of_birth"]),
    ]


SHARED = """# Tietosuojaseloste

## Asiakasrekisteri

Nimi ja sähköposti. Käsittely perustuu sopimukseen.

## Työnhakijarekisteri

Nimi ja työhistoria. Käsittely perustuu suostumukseen.

## Tietolähteet

Asiakkaat ja isännöitsijät; työnhakijat itse.

## Luovutukset ja siirrot

Asiakasrekisterin tietoja luovutetaan tilitoimistolle. {}
"""


@pytest.mark.parametrize(
    "sentence",
    [
        "Tietoja ei siirretä EU:n tai ETA:n ulkopuolelle.",
        "Molempien rekisterien tietoja ei siirretä EU:n tai ETA:n ulkopuolelle.",
        "Muita tietoja ei luovuteta. Tietoja ei siirretä ETA-alueen ulkopuolelle.",
    ],
)
def test_what_is_said_of_all_follows_what_is_said_of_one(tmp_path: Path, sentence: str) -> None:
    """A sentence on one register hands its name down no further than what is said of all."""
    path = tmp_path / "notice.md"
    path.write_text(SHARED.format(sentence), encoding="utf-8")
    customers, applicants = as_labels(read_published(path))["registers"]
    assert customers["transfers_outside_eea"] == applicants["transfers_outside_eea"] == "none"
    assert (len(customers["recipients"]), len(applicants["recipients"])) == (1, 0)


def test_parts_at_semicolons_are_about_the_register_that_each_names(tmp_path: Path) -> None:
    """A list of sources tells them apart where each part begins with its own register's people."""
    path = tmp_path / "notice.md"
    path.write_text(SHARED.format(""), encoding="utf-8")
    customers, applicants = as_labels(read_published(path))["registers"]
    assert (len(customers["sources"]), len(applicants["sources"])) == (2, 1)


def test_what_is_said_of_the_others_is_not_said_of_the_one_before(tmp_path: Path) -> None:
    """The club's data goes abroad, and other data does not: neither statement qualifies the other."""
    path = tmp_path / "n.md"
    sections = "".join(
        f"## {name}\n### Data\nName, e-mail\n### Retention\nTwo years from collection.\n"
        for name in ("Guest register", "Club register")
    )
    path.write_text(
        f"# Privacy notice\n{sections}## Recipients and transfers\nClub data is processed in the United States under"
        " the standard contractual clauses. Other data is not transferred outside the EEA.\n",
        "utf-8",
    )
    registers = as_labels(read_published(path))["registers"]
    assert [part["transfers_outside_eea"] for part in registers] == ["none", "yes"]


def test_data_called_as_the_register_is_all_of_it(tmp_path: Path) -> None:
    """Data on assignments is all that a register of assignments holds, and not one kind of it."""
    path = tmp_path / "n.txt"
    told = (
        "Tietosuojaseloste\n\nRekisterin nimi\n{}\n\nTietosisältö\nNimi, puhelin, toimeksiannot\n\n"
        "Säilytysaika\nToimeksiantotietoja säilytetään viisi vuotta toimeksiannon päättymisestä.\n"
    )
    read = []
    for name in ("Toimeksiantorekisteri", "Asiakas- ja toimeksiantorekisteri"):
        path.write_text(told.format(name), "utf-8")
        read.append(as_labels(read_published(path))["registers"][0]["retention"][0]["applies_to"])
    assert read == ["all", ["order_history"]]


ALIKE = """# Data protection at Test Ltd

## 1. Client contacts
- **What:** name, e-mail
- **Why:** projects (contract)
- **How long:** two years after the contract ends

## 2. {second}
- **What:** name, CV
- **{why}:** hiring (legitimate interest)
- **How long:** one year from receipt
"""


@pytest.mark.parametrize(
    ("second", "why", "names"),
    [("Job seekers", "Why", ["Client contacts", "Job seekers"]), ("Your rights", "How", [""])],
)
def test_headings_over_the_same_sections_are_registers(
    tmp_path: Path, second: str, why: str, names: list[str]
) -> None:
    """What tells for whom, what, why and how long is held is a register, whatever its name."""
    path = tmp_path / "notice.md"
    path.write_text(ALIKE.format(second=second, why=why), "utf-8")
    assert [register["name"] for register in as_labels(read_published(path))["registers"]] == names


def test_a_heading_between_registers_may_be_one(tmp_path: Path) -> None:
    """Whatever it is called, if it tells a ground, data and how long; "About us" is none."""
    path = tmp_path / "notice.md"
    path.write_text(
        "# Tietosuojaseloste\n\n## Avainrekisteri\nNimi, osoite ja puhelin. Perusteena on sopimus. Tiedot "
        "poistetaan vuoden kuluttua.\n\n## Asennukset\nNimi, puhelin, tilaukset ja laskut. Perusteena on "
        "sopimus. Tilaukset säilytetään kaksi vuotta.\n\n## Liikkeestämme\nOlemme toimineet 20 vuotta.\n\n"
        "## Myymälän kameravalvonta\nKuva. Perusteena on oikeutettu etu. Kuvaa säilytetään viikko.\n",
        "utf-8",
    )
    names = [register["name"] for register in as_labels(read_published(path))["registers"]]
    assert names == ["Avainrekisteri", "Asennukset", "Myymälän kameravalvonta"]


def test_notices_one_below_another_are_of_a_register_each(tmp_path: Path) -> None:
    """What a Markdown file says of itself is no text; each notice names its register itself."""
    path = tmp_path / "notice.md"
    own = "## 1. Rekisterinpitäjä\n\nNimi: Koekerho ry\nSähköposti: info@koekerho.example\n\n"
    path.write_text(
        "---\npermalink: /rekisteriseloste/\n---\n\n# Rekisteriseloste\n\n"
        f"{own}## 2. Rekisterin nimi\n\nJäsenrekisteri\n\n"
        "## 3. Rekisterin tietosisältö\n\n* Nimi\n* Jäsenmaksut\n\n"
        "## 4. Säilytysaika\n\nKaksi vuotta jäsenyyden päättymisestä.\n\n"
        "# Kameravalvonnan rekisteriseloste\n\n"
        f"{own}## 2. Rekisterin nimi\n\nKoekerhon tallentava valvonta\n\n"
        "## 3. Rekisterin tietosisältö\n\nKameroiden kuvat.\n\n"
        "## 4. Säilytysaika\n\nEnintään kuusi kuukautta.\n",
        "utf-8",
    )
    labels = as_labels(read_published(path))
    assert [each["name"] for each in labels["registers"]] == [
        "Jäsenrekisteri",
        "Koekerhon tallentava valvonta",
    ]
    periods = [rule["duration"] for each in labels["registers"] for rule in each["retention"]]
    assert periods == ["P2Y", "P6M"]
    assert all("permalink" not in clause.quote for clause in read_published(path).notice.clauses)


GROUPS = """INTEGRITETSPOLICY

3. HUR VI BEHANDLAR DINA PERSONUPPGIFTER

3.1 Om du besöker vår webbsida

3.1.1 Vilka personuppgifter behandlar vi?
Vi behandlar din IP-adress.

3.1.2 Rättslig grund
Berättigat intresse.

3.1.3 Hur länge sparar vi uppgifterna?
I en månad.

3.2 Om du går på vårt event

3.2.1 Vilka personuppgifter behandlar vi?
Namn och specialkost.

3.2.2 Rättslig grund
Samtycke.

3.2.3 Hur länge sparar vi uppgifterna?
I ett år.

4. VEM LÄMNAR VI UT DINA PERSONUPPGIFTER TILL?
Till revisorn.
"""


def test_a_section_above_the_groups_is_of_all_of_them(tmp_path: Path) -> None:
    """Recipients under "4." are of all that "3.1" and "3.2" tell apart; those under "3.2.4" of one."""
    path = tmp_path / "notice.txt"
    path.write_text(GROUPS, "utf-8")
    first, last = as_labels(read_published(path))["registers"]
    assert [first["categories"], last["legal_bases"]] == [["ip_address"], ["consent"]]
    assert [first["recipients"], last["recipients"]] == [["revisorn"], ["revisorn"]]
    own = "3.1.4 Vem lämnar vi ut dina personuppgifter till?\nTill banken.\n\n3.2 Om"
    path.write_text(GROUPS.replace("4. VEM", "3.2.4 VEM").replace("3.2 Om", own), "utf-8")
    first, last = as_labels(read_published(path))["registers"]
    assert [first["recipients"], last["recipients"]] == [["banken"], ["revisorn"]]


WHOLE = """\
# Dataskyddsbeskrivning

Personuppgiftsansvarig: Snöplogen Ab, Grusvägen 9, 99975 Fantasiby, 9.9.2024

## Snöröjning

Vi sparar kundens uppgifter (namn, adress och telefon) i tre år efter att avtalet sagts upp.

## Jouren

Den som ringer får sitt namn och sitt telefonnummer antecknade. De raderas tolv månader efter samtalet.
"""


@pytest.mark.parametrize(
    ("more", "number"), [("", 2), ("\n## Förvaringstid\n\nUppgifterna förvaras i ett år.\n", 1)]
)
def test_sections_that_tell_data_and_how_long_are_registers(
    tmp_path: Path, more: str, number: int
) -> None:
    """Headings without a known word, where no section tells how long for all."""
    path = tmp_path / "notice.md"
    path.write_text(WHOLE + more, "utf-8")
    registers = as_labels(read_published(path))["registers"]
    assert len(registers) == number
    if number > 1:
        events = [rule["trigger"] for each in registers for rule in each["retention"]]
        assert events == ["contract_end", "collection"]
