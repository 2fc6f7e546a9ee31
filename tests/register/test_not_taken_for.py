"""Tables and columns that are not what a word of theirs might say."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.plan import PlannedSource, write_plan
from audit.plan.drafting import draft_plan
from audit.register.model import Certainty, Role

DEALS = """Deal ID\tDeal Name\tStage\tAmount\tClose Date\tContact\tEmail
901\tRoof repair\tWon\t1200.00\t2024-03-01\tAino Koski\taino@koti.example
902\tNew windows\tLost\t3400.00\t2024-04-11\tHelmi Laine\thelmi@firma.example
903\tSauna\tOpen\t880.00\t2024-06-21\tOnni Mäki\tonni@koe.example
"""
TEAM = """Name;Role;Email
Aino Koski;Manager;aino@koti.example
Eero Salo;Installer;eero@koti.example
Helmi Laine;Bookkeeper;helmi@koti.example
"""
PEOPLE = """id,name,email
1,Aino Koski,aino@koti.example
2,Eero Salo,eero@koti.example
3,Helmi Laine,helmi@koti.example
"""
DOORS = """Aika;Ovi;Kortti;Henkilö;Tapahtuma
1.10.2026 8.01;Pääovi;1001;Aino Koski;Avaus
1.10.2026 8.03;Pääovi;1002;Eero Salo;Avaus
1.10.2026 8.09;Varasto;1003;Helmi Laine;Hylätty
"""
SHOP = """Name,Email,Paid at,Created at,Cancelled at,Lineitem name,Total
#1001,aino@koti.example,2023-01-03 12:00:00 +0200,2023-01-02 12:00:00 +0200,,Lamppu,105.00
#1002,eero@koti.example,2023-02-03 12:00:00 +0200,2023-02-02 12:00:00 +0200,2023-02-04 12:00:00 +0200,Tuoli,5.00
#1003,helmi@koti.example,2023-03-03 12:00:00 +0200,2023-03-02 12:00:00 +0200,,Lamppu,105.00
"""
SALES_DOCUMENTS = """VBELN;ERDAT;ERNAM;AUART;KUNNR;NETWR
0000900001;20240103;MEIKA;TA;0000100001;1200,00
0000900002;20240204;MEIKA;TA;0000100002;800,00
0000900003;20240305;SALOE;TA;0000100001;90,00
"""
BILLING_DOCUMENTS = """VBELN;FKART;FKDAT;KUNAG;NETWR
0090000001;F2;03.01.2024;0000100001;1200,00
0090000002;F2;04.02.2024;0000100002;800,00
0090000003;F2;05.03.2024;0000100001;90,00
"""
SUBSCRIBERS = """ID,user_email,first_name,last_name,role,billing_phone
11,aino@koti.example,Aino,Koski,customer,0401234567
12,eero@koti.example,Eero,Salo,customer,0401234568
13,helmi@koti.example,Helmi,Laine,shop_manager,0401234569
"""


def drafted(folder: Path, name: str, text: str) -> PlannedSource:
    """What is drafted of one file."""
    (folder / name).write_text(text, encoding="utf-8")
    [source] = draft_plan(folder).sources
    return source


def roles(source: PlannedSource) -> dict[str, Role]:
    """The columns that have a role."""
    return {header: said.role for header, said in source.columns.items() if said.role is not None}


@pytest.mark.parametrize("name", ["deals.tsv", "export-1.tsv"])
def test_a_deal_is_no_contact_and_its_close_ends_no_relationship(tmp_path, name):
    """A CRM's deals are orders; the day on which one was closed is nobody's last day."""
    source = drafted(tmp_path, name, DEALS)
    assert source.kind == "orders"
    assert roles(source) == {"Deal ID": Role.RECORD_KEY}


@pytest.mark.parametrize("name", ["team.csv", "henkilöstö.csv", "personal.csv"])
def test_a_team_is_no_list_of_processors(tmp_path, name):
    """*Name* and *Role* may head anything; a list of staff says of itself that it is unsure."""
    source = drafted(tmp_path, name, TEAM)
    assert (source.kind, source.kind_certainty) == ("other", Certainty.UNSURE)
    assert source.columns["Name"].category == "name"


def test_assignments_with_their_persons_are_no_list_of_processors(tmp_path):
    """Assignments have roles and days as agreements have; who processes is named besides."""
    header = "Uppdrag;Kontaktperson;E-postadress;Tel;Roll;Startdatum;Notering"
    row = "U1;Aino Koe;aino@koe.example;073-1234567;Platschef;2024-01-01;ring först"
    assert drafted(tmp_path, "lista.csv", f"{header}\n{row}\n").kind != "processors"
    assert drafted(tmp_path, "lista.csv", f"Biträde;Land;{header}\nKoe AB;SE;{row}\n").kind == (
        "processors"
    )


def test_a_table_of_names_and_roles_is_no_list_of_processors(tmp_path):
    """Whatever its file is called."""
    assert drafted(tmp_path, "taulukko.csv", TEAM).kind != "processors"


def test_a_short_word_tells_no_kind(tmp_path):
    """Somebody calls a file *ok*: that is no consent."""
    source = drafted(tmp_path, "ok.csv", PEOPLE)
    assert (source.kind, source.kind_certainty) == ("customers", Certainty.UNSURE)


@pytest.mark.parametrize("name", ["kulunvalvonta.csv", "door access log.csv", "taulukko.csv"])
def test_a_log_of_doors_is_neither_orders_nor_a_systems_log(tmp_path, name):
    """Who went through a door neither ordered anything nor used a register."""
    assert drafted(tmp_path, name, DOORS).kind == "other"


def test_a_log_of_doors_with_members_numbers_is_of_their_visits(tmp_path):
    """Members of a gym come in by their numbers."""
    text = DOORS.replace("Kortti", "Jäsennumero")
    assert drafted(tmp_path, "kulunvalvonta.csv", text).kind == "orders"


def test_an_order_is_of_the_day_on_which_it_was_made(tmp_path):
    """Neither of that on which it was paid, nor does it end a contract when it is cancelled."""
    source = drafted(tmp_path, "orders_export_1.csv", SHOP)
    assert roles(source) == {"Name": Role.RECORD_KEY, "Created at": Role.ORDERED_ON}


def test_sales_and_billing_documents_have_their_numbers(tmp_path):
    """Both number them under one field name; the other fields tell them apart."""
    sales = drafted(tmp_path, "export.csv", SALES_DOCUMENTS)
    assert sales.kind == "orders"
    assert roles(sales) == {
        "VBELN": Role.RECORD_KEY,
        "ERDAT": Role.ORDERED_ON,
        "KUNNR": Role.CUSTOMER_REFERENCE,
    }
    billing = drafted(tmp_path, "export.csv", BILLING_DOCUMENTS)
    assert billing.kind == "invoices"
    assert roles(billing) == {
        "VBELN": Role.RECORD_KEY,
        "FKDAT": Role.INVOICED_ON,
        "KUNAG": Role.CUSTOMER_REFERENCE,
        "NETWR": Role.AMOUNT,
    }


def test_the_kind_of_an_account_is_nobodys_job(tmp_path):
    """A shop heads with *role* whether somebody is its customer or keeps it."""
    source = drafted(tmp_path, "customers.csv", SUBSCRIBERS)
    assert source.columns["role"].category == "technical"
    jobs = SUBSCRIBERS.replace("customer,0", "painter,0").replace("shop_manager", "chemist")
    assert drafted(tmp_path, "customers.csv", jobs).columns["role"].category == "job_title"


def test_a_plan_says_why_a_table_is_of_its_kind(tmp_path):
    """The ground stands beside the kind, as it does beside each column."""
    (tmp_path / "orders.csv").write_text(SHOP, encoding="utf-8")
    (tmp_path / "team.csv").write_text(TEAM, encoding="utf-8")
    written = write_plan(draft_plan(tmp_path))
    assert "kind: orders  # certain: name and columns\n" in written
    assert "kind: other  # unsure: name: staff\n" in written


def test_a_copy_of_a_file_is_left_out_and_said(tmp_path):
    """What stands in it would be found twice; the one whose name tells is audited."""
    for name in ("asiakkaat (1).csv", "asiakkaat.csv", "kopio.csv"):
        (tmp_path / name).write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "muut.csv").write_text(PEOPLE.replace("1,", "9,"), encoding="utf-8")
    (tmp_path / "a.csv").symlink_to("muut.csv")
    plan = draft_plan(tmp_path)
    assert [source.file for source in plan.sources] == ["asiakkaat.csv", "muut.csv"]
    assert plan.left_out == dict.fromkeys(("a.csv", "asiakkaat (1).csv", "kopio.csv"), "copy")


@pytest.mark.parametrize(
    ("cells", "category"),
    [
        (["24,00", "12,50", "0,00"], "order_history"),
        (["24 %", "14 %", "10 %"], "order_history"),
        (["FI12345671", "SE556677889901", ""], "organisation"),
    ],
)
def test_the_vat_of_an_order_is_no_number_of_a_firm(tmp_path, cells, category):
    """Both are headed with the same word."""
    rows = "".join(f"{n};1.2.2024;{cell}\n" for n, cell in enumerate(cells * 2))
    source = drafted(tmp_path, "tilaukset.csv", f"Tilausnro;Tilauspäivä;VAT\n{rows}")
    assert source.columns["VAT"].category == category


def test_an_account_is_not_the_name_beside_it(tmp_path):
    """A log of sign-ins has both, and heads the name with *User*."""
    rows = "".join(f"2026-10-0{n}T08:00:00Z;Aino Koski;aino{n}@koe.example\n" for n in range(1, 6))
    source = drafted(tmp_path, "signins.csv", f"Date (UTC);User;Username\n{rows}")
    assert source.kind == "access_log"
    assert roles(source) == {"Date (UTC)": Role.EVENT_ON, "Username": Role.USER_ID}


@pytest.mark.parametrize("header", ["Utskick", "Nyhetsbrev", "Uutiskirje", "Newsletter"])
def test_the_name_of_what_was_sent_is_nobodys_wish(tmp_path: Path, header: str) -> None:
    """Which message was sent says nothing of what its reader allows; on a list of people it does."""
    sent = (
        f"Skickat;{header};Typ;Kanal;Mottagare\n"
        "2026-02-14;Februari;reklam;e-post;aino@koti.example\n"
        "2026-03-14;Mars;reklam;e-post;eero@koti.example\n"
        "2026-04-14;April;reklam;e-post;helmi@koti.example\n"
    )
    source = drafted(tmp_path, "utskick.csv", sent)
    assert source.kind == "send_log"
    assert source.columns[header].category == "technical"


def test_on_a_list_of_people_it_is_a_wish(tmp_path: Path) -> None:
    """*Nyhetsbrev: ja* among the customers is what each of them allows."""
    people = (
        "Kundnr;Namn;E-post;Nyhetsbrev\n1;Aino Koski;aino@koti.example;ja\n"
        "2;Eero Salo;eero@koti.example;nej\n3;Helmi Laine;helmi@koti.example;ja\n"
    )
    source = drafted(tmp_path, "kunder.csv", people)
    assert source.columns["Nyhetsbrev"].category == "marketing_preferences"
