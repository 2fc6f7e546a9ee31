"""What kind a table is, told by its headers alone: three languages, the habits of many systems."""

from __future__ import annotations

import duckdb
import pytest

from audit.engine.identities import customer_number
from audit.register.columns.recognised import recognise_columns
from audit.register.kinds.told import recognise_kind

HEADERS = [
    (
        "customers",
        "Asiakaskoodi,Nimi,Nimen jatke,Osoite,Postinumero,Postitoimipaikka,Maa,Aktiivinen,Lisätietoja",
    ),
    ("customers", "Kundnummer;Namn;Adress;Postnr;Ort;E-post;Telefon;Kund sedan;Avslutad datum"),
    (
        "customers",
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Total Spent,Total Orders,Note,Tax Exempt,Tags",
    ),
    (
        "customers",
        "Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code",
    ),
    (
        "customers",
        "email,_website,_store,confirmation,created_at,created_in,dob,firstname,gender,group_id,lastname,password_hash,rp_token,taxvat",
    ),
    (
        "mailing_list",
        "Email Address,First Name,Last Name,Address,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,TAGS",
    ),
    (
        "contacts",
        "First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Last Activity Date,Lifecycle Stage",
    ),
    (
        "contacts",
        "First Name,Middle Name,Last Name,Organization Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Notes,Labels",
    ),
    (
        "contacts",
        "Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Organization 1 - Name",
    ),
    (
        "contacts",
        "First Name,Last Name,Company,Job Title,Business Street,Business City,Business Phone,E-mail Address,Government ID Number,Gender,Birthday",
    ),
    (
        "customers",
        "ASIAKASTUNNUS;NIMI1;NIMI2;OSOITE;POSTINRO;POSTITMP;PUHELIN;KARHUESTO;LUOTTOKIELTO;LUOTTORAJA",
    ),
    (
        "customers",
        "CustomerID;CustomerFirstName;CustomerLastName;CustomerEmail;CustomerStreetAddress;CustomerPostalCode;CustomerCity",
    ),
    ("customers", "KUNNR|NAME1|NAME2|STRAS|PSTLZ|ORT01|LAND1|TELF1|ERDAT"),
    (
        "customers",
        "Asiakasnro;Sukunimi;Etunimi;Katuosoite;Pno;Ptp;Puh;S-posti;Asiakassuhde alkoi;Asiakassuhde päättyi",
    ),
    (
        "orders",
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Billing Name",
    ),
    (
        "orders",
        "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Email (Billing)",
    ),
    ("orders", "Tilausnro;Asiakasnro;Tilauspvm;Tuote;Määrä;Summa"),
    ("orders", "Ordernr;Kundnr;Orderdatum;Artikel;Antal;Belopp"),
    ("invoices", "Laskunumero;Asiakasnumero;Laskupäivä;Eräpäivä;Summa;Avoinna;Tila"),
    ("invoices", "Fakturanr;Kundnr;Fakturadatum;Förfallodatum;Belopp;Restbelopp;Status"),
    ("invoices", "Invoice No,Customer,Invoice Date,Due Date,Total,Balance Due,Paid"),
    ("invoices", "Laskun nro;Asiakas;Laskun pvm;Eräpvm;Verollinen summa;Maksettu"),
    ("collection", "Toimeksianto;Asiakasnro;Perintään siirretty;Päättynyt;Pääoma;Tila"),
    ("collection", "Ärendenummer;Kundnr;Inledd;Avslutad;Kapital;Läge"),
    ("requests", "Pyynnön laji;Saapunut;Vastattu;Ratkaisu;Nimi;Sähköposti"),
    ("requests", "Nr;Typ av begäran;Inkommen;Besvarad;Beslut"),
    ("requests", "Request ID,Type,Received,Completed,Outcome,Reason for refusal"),
    ("erasures", "Nimi;Sähköposti;Poistettu;Poistaja"),
    ("erasures", "Email,Erased on,Erased by"),
    ("restrictions", "Asiakasnro;Rajoitus alkoi;Rajoitus päättyi;Peruste"),
    ("objections", "Sähköposti;Kieltopäivä;Kiellon laajuus;Kanava"),
    ("objections", "E-post;Spärrdatum;Omfattning"),
    ("objections", "Email,Opted out on,Purpose,Scope"),
    ("consents", "Sähköposti;Suostumus annettu;Suostumus peruttu;Käyttötarkoitus"),
    ("consents", "Email,Consented on,Withdrawn on,Purpose"),
    ("send_log", "Sähköposti;Lähetetty;Kampanja;Viestin laji"),
    ("send_log", "Email,Sent at,Campaign,Message type"),
    ("publication_list", "Nimi;Julkaistu;Kuva;Julkaisupaikka"),
    ("disclosures", "Luovutettu;Vastaanottaja;Käyttötarkoitus;Peruste;Asiakasnro"),
    ("disclosures", "Datum;Mottagare;Ändamål;Rättslig grund;Land"),
    ("disclosures", "Disclosed on,Recipient,Purpose,Legal ground,Country"),
    ("processors", "Käsittelijä;Palvelu;Maa;Sopimus tehty;Siirtoperuste"),
    ("processors", "Processor,Service,Country,DPA signed,Transfer mechanism"),
    ("access_list", "Käyttäjätunnus;Nimi;Rooli;Oikeudet alkaen;Oikeudet päättyy;Vaitiolositoumus"),
    ("access_list", "Username,Full name,Role,Access from,Access until,NDA signed,Last login"),
    ("access_log", "Aika;Käyttäjä;Toiminto;Asiakasnro"),
    ("access_log", "Timestamp,User ID,Action,Record ID"),
    ("source_log", "Asiakasnro;Lähde;Hankittu;Ilmoitettu"),
    ("cookie_inventory", "Eväste;Verkkotunnus;Käyttötarkoitus;Voimassaoloaika"),
    ("cookie_inventory", "Name,Domain,Purpose,Duration,Provider"),
    ("cookie_inventory", "Kaka;Domän;Ändamål;Livslängd"),
    ("web_log", "remote_host,time,method,path,status,referer,user_agent"),
    (
        "customers",
        "Asiakas ID;Yrityksen nimi;Y-tunnus;Laskutusosoite;Verkkolaskuosoite;Puhelinnumero;Sähköpostiosoite",
    ),
    ("customers", "CUSTOMER_NO\tCUSTOMER_NAME\tSTREET\tZIP\tCITY\tPHONE\tEMAIL\tCREATED"),
    (
        "customers",
        "Kund-ID;Förnamn;Efternamn;Personnummer;Gatuadress;Postnummer;Postort;Mobil;E-post",
    ),
    ("customers", "nimi,osoite,puh,gsm,s-posti,synt."),
    ("customers", "Företag;Org.nr;Kontaktperson;Telefon;E-post;Adress"),
    ("invoices", "Lasku nro;Asiakas nro;Laskutuspäivä;Eräpäivä;Loppusumma;Maksupvm"),
    ("invoices", "Tositenro;Laskunumero;Asiakas;Päiväys;Eräpäivä;Summa;Avoinna"),
    ("invoices", "InvoiceNumber,CustomerCode,InvoiceDate,InvoiceDueDate,InvoiceSum,OpenSum"),
    ("orders", "OrderID,CustomerID,OrderDate,ShipDate,Total"),
    ("orders", "increment_id,created_at,customer_email,grand_total,status"),
    ("orders", "Tilaus,Päivämäärä,Tila,Asiakas,Yhteensä"),
    ("collection", "Asiakas;Lasku;Perintään;Perintätoimisto;Tila;Pääoma"),
    ("collection", "Case number,Customer,Sent to collection,Principal,State"),
    ("requests", "Pvm;Pyyntö;Rekisteröity;Saapumistapa;Vastauspäivä;Päätös"),
    ("requests", "Received on,Data subject,Right,Answered on,Decision"),
    ("objections", "Puhelin;Kielletty;Syy"),
    ("objections", "Email Address,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON"),
    ("mailing_list", "Sähköposti;Tilattu;Lista;Tila"),
    ("mailing_list", "E-post;Prenumererar;Prenumererat sedan"),
    ("mailing_list", "Email,Subscribed,Subscribed on,List"),
    ("access_list", "Käyttäjä;Työsuhde päättynyt;Tunnus voimassa;Salassapitosopimus pvm"),
    ("access_list", "Användarnamn;Namn;Roll;Behörighet från;Behörighet till;Sekretessförbindelse"),
    ("access_log", "Tid;Användare;Händelse;Kundnr"),
    ("processors", "Personuppgiftsbiträde;Tjänst;Land;Avtal datum;Skyddsåtgärd"),
    ("disclosures", "Päivä;Saaja;Tarkoitus;Luovutetut tiedot;Maa"),
    ("source_log", "Kundnr;Källa;Inhämtad;Informerad"),
    ("cookie_inventory", "Cookie name,Domain,Category,Expires,First party"),
    ("consents", "E-post;Samtycke givet;Samtycke återkallat;Ändamål"),
    ("erasures", "Namn;E-post;Raderad den"),
    ("restrictions", "Kundnr;Begränsad från;Begränsad till"),
    ("publication_list", "Namn;Publicerad;Plats"),
    ("send_log", "E-post;Utskickad;Kampanj"),
    ("contacts", "Yritys;Yhteyshenkilön nimi;Titteli;Puhelin;Sähköposti"),
    ("contacts", "Company,Contact name,Job title,Direct phone,Email"),
]


def split(header: str) -> list[str]:
    return header.split(next(mark for mark in ";|\t," if mark in header))


@pytest.mark.parametrize(("kind", "header"), HEADERS)
def test_headers_tell_the_kind(kind, header):
    """A file that is called nothing in particular is still known by its headers."""
    assert recognise_kind("export 2026-11", split(header)) == kind


@pytest.mark.parametrize(
    ("kind", "header", "roles"),
    [
        ("customers", "Asiakasnro;Nimi;Asiakassuhde alkoi;Asiakassuhde päättyi;Tila;Lisät.",
         {"record_key", "relationship_start", "customer_relationship_end", "status", "free_text"}),
        ("customers", "Kundnummer;Namn;Kund sedan;Kundförhållande upphört;Anteckningar",
         {"record_key", "relationship_start", "customer_relationship_end", "free_text"}),
        ("invoices", "Laskunumero;Asiakasnumero;Laskupvm;Eräpvm;Summa;Avoinna;Tila",
         {"record_key", "customer_reference", "invoiced_on", "due_on", "amount", "amount_open",
          "invoice_state"}),
        ("invoices", "Fakturanr;Kundnr;Fakturadatum;Förfallodatum;Belopp;Restbelopp;Status",
         {"record_key", "customer_reference", "invoiced_on", "due_on", "amount", "amount_open",
          "invoice_state"}),
        ("requests", "Request ID,Request type,Received,Completed,Outcome,Reason for refusal",
         {"record_key", "request_kind", "received_on", "answered_on", "outcome", "refusal_reason"}),
        ("access_list", "Username,Full name,Role,Access from,Access until,Last login",
         {"user_id", "user_name", "access_from", "access_until", "last_login_on"}),
        ("disclosures", "Datum;Mottagare;Ändamål;Rättslig grund;Land",
         {"disclosed_on", "recipient", "purpose", "legal_ground", "country"}),
        ("cookie_inventory", "Eväste;Verkkotunnus;Käyttötarkoitus;Voimassaoloaika",
         {"cookie_name", "host", "purpose", "lifetime"}),
    ],
)  # fmt: skip
def test_headers_tell_the_roles(kind, header, roles):
    """Each role of the kind that the export has is found."""
    columns = recognise_columns(split(header), [], kind)
    assert roles <= {column.role.value for column in columns if column.role}


def test_content_tells_where_no_header_does():
    """Names and addresses in columns that nobody named are people."""
    rows = [(str(n), f"asiakas{n}@koe.example", "Aino Esimerkki") for n in range(1, 9)]
    assert recognise_kind("export", ["Nimi", "column 2"], [r[2:0:-1] for r in rows]) == "customers"


def test_prices_and_measurements_are_no_people():
    """A table of things stays what it is."""
    assert recognise_kind("export", ["Tuote", "Hinta", "Varasto"], []) == "other"


def test_one_column_does_not_make_a_list_of_customers_another_list():
    """A consent, a campaign or a date of publication may stand beside a customer's details."""
    own = "Nimi;Osoite;Postinumero;Kaupunki;Puhelin;Sähköposti;Syntymäaika;Huomautukset"
    for further in ("Suostumus annettu;Suostumus peruttu", "Kampanja", "Julkaistu", "Poistettu"):
        assert recognise_kind("export", f"Asiakasnro;{own};{further}".split(";")) == "customers"


def test_a_mailing_program_has_its_members_in_several_files():
    """Who unsubscribed objected; who is subscribed is on the list."""
    header = ["Email Address", "First Name", "OPTIN_TIME"]
    assert recognise_kind("subscribed_members_export_8a1", header) == "mailing_list"
    assert recognise_kind("unsubscribed_members_export_8a1", header) == "objections"


def test_a_customers_number_is_one_in_every_spelling():
    """A shop's apostrophe and a system's zeros make no other customer."""
    with duckdb.connect() as connection:
        spelled = ["'1001", "0001001", " 1001 ", "1001"]
        found = connection.execute(
            f"SELECT DISTINCT {customer_number('x')} FROM (SELECT unnest($1) AS x)", [spelled]
        )
        assert found.fetchall() == [("1001",)]


def test_the_day_of_a_change_is_no_objection():
    """Mailchimp writes when a member was last changed before it writes when it unsubscribed."""
    header = "Email Address,CONFIRM_TIME,LAST_CHANGED,UNSUB_TIME,UNSUB_REASON".split(",")
    days = ["2019-01-01 10:00:00", "2026-10-30 10:00:00", "2024-01-15 10:00:00"]
    rows = [(f"a{n}@koe.example", *days, "") for n in range(5)]
    roles = {c.header: c.role for c in recognise_columns(header, rows, "objections")}
    assert roles["UNSUB_TIME"] == "objected_on"
    assert roles["LAST_CHANGED"] is None
    alone = recognise_columns(
        ["Email Address", "LAST_CHANGED"], [r[:2] for r in rows], "objections"
    )
    assert alone[1].role is None
