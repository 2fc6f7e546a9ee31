"""What tables of known systems are, by the headers that these systems write."""

import pytest

from audit.register.columns.recognised import recognise_columns
from audit.register.kinds.told import tell_kind

LIANA = "E-mail;Etunimi;Sukunimi;Lista;Tila;Liittynyt;Liittymistapa;Poistunut;Poistumistapa"
MAILERLITE = "Subscriber;Name;Last name;Status;Subscribed;Unsubscribed;Opens;Clicks;Signup IP;Signup timestamp"
WORKSPACE = (
    "First Name [Required];Last Name [Required];Email Address [Required];Password [Required];"
    "Org Unit Path [Required];Status [READ ONLY];Last Sign In [READ ONLY];Recovery Email;Work Phone;"
    "Home Phone;Work Address;Home Address;Employee ID;Department"
)
ZOHO = "Record Id;First Name;Last Name;Account Name;Email;Title;Phone;Email Opt Out;Created Time;Locked"
RIGHTS = "Nimi;Tunnus;Oikeudet alkaen;Salassapitositoumus pvm;Työsuhde päättyi;Oikeudet poistettu"
DEALS = "Deal - ID;Deal - Organization;Deal - Status;Deal - Deal created;Deal - Deal closed on"


@pytest.mark.parametrize(
    ("name", "header", "kind"),
    [
        ("tilaajat", LIANA, "mailing_list"),
        ("tilaajat", "Tilaajanro;Nimi;Osoite;Tilaus alkoi;Tilaus päättyi;Liittynyt", "customers"),
        ("subscribers_all", MAILERLITE, "mailing_list"),
        ("User_Download", WORKSPACE, "access_list"),
        ("Contacts", ZOHO, "contacts"),
        ("Contacts", "Name;Email;Membership start date;Membership end date", "customers"),
        ("Käyttöoikeudet ja salassapito", RIGHTS, "access_list"),
        ("salassapito", "Nimi;Tunnus;Salassapitositoumus pvm;Työsuhde päättyi", "staff"),
    ],
)
def test_kind(name: str, header: str, kind: str) -> None:
    assert tell_kind(name, header.split(";")).kind == kind


def roles(header: str, kind: str) -> dict[str, str | None]:
    found = recognise_columns(header.split(";"), (), kind)
    return {column.header: column.role.value if column.role else None for column in found}


def test_a_deal_that_was_closed_ends_no_relationship() -> None:
    told = roles(DEALS, "orders")
    assert told["Deal - Deal created"] == "ordered_on"
    assert told["Deal - Deal closed on"] is None


def test_an_employees_number_is_no_name() -> None:
    assert roles(WORKSPACE, "access_list")["Employee ID"] != "user_name"
    assert roles("User;Employee;Access from", "access_list")["Employee"] == "user_name"


def test_mailing_service_tells_when_somebody_joined_and_left() -> None:
    told = roles(LIANA, "mailing_list")
    assert (told["Liittynyt"], told["Poistunut"]) == ("subscribed_on", "consent_withdrawal")
