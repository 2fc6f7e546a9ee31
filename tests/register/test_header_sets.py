"""What kind a table is, told by its headers alone: three languages, the habits of many systems."""

from __future__ import annotations

import pytest

from audit.register.columns import recognise_columns, recognise_kind

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
]


def split(header: str) -> list[str]:
    return header.split(next(mark for mark in ";|," if mark in header))


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
