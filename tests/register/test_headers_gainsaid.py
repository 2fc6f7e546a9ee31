"""Headers that name one thing in one system and another in the next: the cells decide."""

from __future__ import annotations

import pytest

from audit.register.columns.recognised import recognise_columns
from audit.register.model import Column, Role


def column(header: str, cells: list[str], kind: str = "customers") -> Column:
    """What a column is recognised as."""
    [found] = recognise_columns([header], [[cell] for cell in cells], kind)
    return found


@pytest.mark.parametrize("header", ["AccountNumber", "Account number", "Account no", "A/c no"])
def test_an_account_number_may_be_the_customer_s(header: str) -> None:
    """Accounting systems call the customer's number so; a bank's has another form."""
    assert (
        column(
            header, ["0035g00000100037AAB", "0035g00000100074AAB", "0035g00000100111AAB"]
        ).category
        == "technical"
    )
    assert column(header, ["1001", "1002", "1003"]).role is not None


@pytest.mark.parametrize(
    "header", ["AccountNumber", "Bank account number", "Tilinumero", "Kontonr"]
)
def test_an_account_number_is_the_bank_s_where_it_looks_so(header: str) -> None:
    assert (
        column(header, ["FI2112345600000785", "FI5542345670000081", "FI2112345600000785"]).category
        == "bank_account"
    )


def test_a_header_that_says_bank_is_believed() -> None:
    """Whatever somebody wrote there."""
    assert column("Bank account number", ["1001", "1002", "1003"]).category == "bank_account"


@pytest.mark.parametrize("cells", [["en>fi", "sv>en", "fi>sv"], ["EN-FI", "SV-EN", "FI-EN"]])
@pytest.mark.parametrize("header", ["Languages", "Kielet", "Språk"])
def test_a_pair_of_languages_is_of_a_job(header: str, cells: list[str]) -> None:
    """A translation is from one language into another; a person speaks them."""
    assert column(header, cells, "orders").category == "technical"


@pytest.mark.parametrize(
    "cells", [["fi", "sv", "en"], ["fi-FI", "sv-FI", "en-GB"], ["suomi, ruotsi"] * 3]
)
def test_what_a_person_speaks_is_personal(cells: list[str]) -> None:
    assert column("Languages", cells).category == "language"


@pytest.mark.parametrize(
    "header",
    ["Language pair", "Source language", "Kielipari", "Lähdekieli", "Språkpar", "Målspråk"],
)
def test_languages_of_a_text_are_no_person_s(header: str) -> None:
    assert column(header, []).category == "technical"


@pytest.mark.parametrize("header", ["address_2", "Osoite 2", "Adressrad 2", "Delivery address 2"])
def test_codes_of_doors_do_not_make_an_address_a_column_of_codes(header: str) -> None:
    """Eleven of three hundred customers have one: each is found by itself."""
    assert (
        column(header, ["ovikoodi 4711", "portkod 1234", "door code 9911"]).category
        == "postal_address"
    )


def test_a_column_of_hashes_is_one_whatever_it_is_called() -> None:
    hashes = [f"$2y$10${'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0'[:53]}"] * 4
    assert column("Nickname", hashes).category == "password"


def test_why_an_address_bounced_is_no_address() -> None:
    """The day and the reason stand in two columns, and either says that it bounced."""
    header = ["Email", "EmailBouncedReason", "EmailBouncedDate"]
    rows = [["a@koe.example", "550 mailbox full", "2026-01-01"], ["b@koe.example", "", ""]] * 3
    email, reason, day = recognise_columns(header, rows, "contacts")
    assert email.category == "email"
    assert {reason.category, day.category} == {"technical"}
    assert Role.EMAIL_BOUNCED in (reason.role, day.role)


def test_columns_of_addresses_and_phone_numbers_may_be_mixed_up() -> None:
    """Phone numbers stay what they are under a header for e-mail; addresses do as well."""
    phones = ["040 123 4567", "050 123 4567", "+358 40 765 4321"]
    assert column("Sähköposti", phones).category == "phone"
    assert column("Sähköposti", ["ei", "palautuu", "ok"]).category == "technical"
    assert column("Sähköposti", ["aino@koe.example"] * 3).category == "email"


def test_headers_tell_that_a_table_is_of_animals() -> None:
    """A vet's table without a species: a pet's name says so, a breed alone may be a person's."""
    cells = [["1", "Sigge", "Tax", "diabetes"], ["2", "Molly", "Perser", "epilepsi"]]
    of_pets = recognise_columns(["Nr", "Djurets namn", "Ras", "Journal"], cells, "customers")
    assert "content: of animals" in {found.ground for found in of_pets}
    of_people = recognise_columns(["Nr", "Namn", "Ras", "Journal"], cells, "customers")
    assert "content: of animals" not in {found.ground for found in of_people}
