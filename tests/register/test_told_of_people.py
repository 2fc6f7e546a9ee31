"""Columns of people's and accounts' tables under a trade's own headers, told by content in company."""

from __future__ import annotations

import re

import pytest

from audit.engine.remarks import may_be_noted, says_left, says_outdated
from audit.register.columns.recognised import recognise_columns
from audit.register.query import fetched, quoted
from audit.vocabulary import load

PEOPLE = (
    ("1", "Aino Koe", "aino@koe.example", "Rex", "Owner", "2025-03-01", "2025-03-20"),
    ("2", "Onni Koe", "onni@koe.example", "Tess", "Neighbour", "2025-03-02", "2025-03-21"),
    ("3", "Eeva Esimerkki", "eeva@koe.example", "Mog", "Owner by phone", "2025-03-03", ""),
    ("4", "Matti Malli", "matti@koe.example", "Zed", "Facebook", "2025-03-04", "2025-03-23"),
)
HEADER = ("No", "Animal keeper", "E-mail", "Pet", "Who told", "Taken down", "Owner told on")


def is_outdated(note: str) -> bool:
    """What the pass would keep of a note."""
    [(said,)] = fetched(f"SELECT {says_outdated(quoted(note))}")
    return bool(said)


def roles(
    header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], kind: str
) -> dict[str, str | None]:
    """What each column was told to be: its role, else its category."""
    found = recognise_columns(header, rows, kind)
    return {one.header: one.role.value if one.role else one.category for one in found}


def test_a_trades_own_headers_are_told_by_what_the_table_lacks() -> None:
    told = roles(HEADER, PEOPLE, "customers")
    assert told["Animal keeper"] == "name"
    assert told["Who told"] == "source"
    assert told["Owner told on"] == "informed_on"
    assert told["Taken down"] == "obtained_on"
    assert told["Pet"] not in ("name", "source")


def test_kinds_of_customers_are_no_sources() -> None:
    rows = tuple((n, name, kind) for n, name, kind in zip(
        ("1", "2", "3", "4"),
        ("Aino Koe", "Onni Koe", "Eeva Malli", "Matti Malli"),
        ("Asiakas", "Kumppani", "Jälleenmyyjä", "Asiakas"),
        strict=True,
    ))  # fmt: skip
    assert roles(("Nro", "Nimi", "Lohko"), rows, "customers")["Lohko"] != "source"


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (("Hieroja", "Systemkonto", "Vastaanotto", "Hieroja"), "account_kind"),
        (("Hieroja", "API Only", "Vastaanotto", "Hieroja"), "account_kind"),
        (("Järjestelmäasiantuntija", "Palvelupäällikkö", "Hieroja", "Hieroja"), None),
    ],
)
def test_systems_accounts_are_told_by_their_group(
    groups: tuple[str, ...], expected: str | None
) -> None:
    ids = ("ainkoe", "onnkoe", "eevmal", "matmal")
    names = ("Aino Koe", "Onni Koe", "Eeva Malli", "Matti Malli")
    rows = tuple(zip(ids, names, groups, strict=True))
    told = roles(("Käyttäjätunnus", "Operatör", "Grupp"), rows, "access_list")
    assert told["Operatör"] == "user_name"
    assert (told["Grupp"] == "account_kind") is (expected is not None)


@pytest.mark.parametrize(
    ("note", "outdated"),
    [
        ("Lasku palautui, osoite ei ole enää voimassa", True),
        ("Brevet kom i retur", True),
        ("Letters come back - gone away", True),
        ("Numero ei enää käytössä", True),
        ("Kirje palautui, uusi osoite saatu 3.3.", False),
        ("Palautti lainasoittimen", False),
        ("Returned the feedback form", False),
        ("Routern returnerad", False),
    ],
)
def test_notes_tell_of_dead_details_unless_they_were_corrected(
    note: str, *, outdated: bool
) -> None:
    assert is_outdated(note) is outdated


def test_a_database_sends_each_note_that_tells_of_returned_post():
    """What it looks for there finds whatever is found here, however it is written."""
    for words in load("words")["note"]["outdated"]:
        for note in (words.replace("…", " kauas, "), f"12.3. {words.upper()}!", f"x\u2013{words}"):
            if is_outdated(note):
                assert re.search(may_be_noted(), note), ascii(note)
    assert is_outdated("Kirje palautui")


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("Left the company in spring, talk to the new buyer", True),
        ("Ei enää töissä täällä, seuraaja Niilo", True),
        ("Lopetti firmassa 2025", True),
        ("Inte längre anställd", True),
        ("Edeltäjä jäi eläkkeelle", False),
        ("Her predecessor left the company", False),
        ("Left a voicemail on Monday", False),
        ("Vaihtoi osastoa, sama yritys", False),
        ("Ei enää laskuja paperilla", False),
    ],
)
def test_notes_tell_that_a_contact_person_left(note: str, *, left: bool) -> None:
    assert fetched(f"SELECT {says_left(quoted(note))}")[0][0] is left
