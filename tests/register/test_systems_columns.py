"""Columns of systems' exports with their records: kinds, roles and categories that need no correction."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from audit.plan.drafting import draft_plan
from audit.register.columns.recognised import recognise_columns
from audit.register.kinds.told import recognise_kind

TABLES: dict[str, dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).with_name("systems_columns.yaml")
)


@pytest.mark.parametrize("system", sorted(TABLES))
def test_the_columns_of_a_table_are_what_they_are(system: str) -> None:
    """Each column has the category and the role that an auditor would give it."""
    table = TABLES[system]
    rows = [[str(cell) for cell in row] for row in table["rows"]]
    found = recognise_columns(list(table["columns"]), rows, table["kind"])
    told = {c.header: f"{c.category or '-'} {c.role.value if c.role else '-'}" for c in found}
    assert told == table["columns"]


def test_a_list_within_each_record_is_not_what_its_file_is_called(tmp_path: Path) -> None:
    """Settings of a shop's customers are no further customers; their own addresses stay with them."""
    people = [
        {
            "id": 300 + n,
            "email": f"{n}@koe.example",
            "first_name": "Aino",
            "last_name": "Höylä",
            "date_created": "2020-01-02T10:00:00",
            "options": [{"id": 9 + n, "key": "_count", "value": str(n), "of": "x"}],
        }
        for n in range(5)
    ]
    (tmp_path / "woocommerce_customers.json").write_text(json.dumps(people), "utf-8")
    kinds = {source.table: source.kind for source in draft_plan(tmp_path).sources}
    assert kinds == {
        "woocommerce_customers": "customers",
        "woocommerce_customers.options": "other",
    }


def test_keys_and_values_within_a_record_are_its_fields(tmp_path: Path) -> None:
    """What plug-ins add to a shop's customers are columns by their keys; a list of people's is none."""
    people = [
        {
            "id": 300 + n,
            "email": f"{n}@koe.example",
            "meta_data": [
                {"id": 9 + n, "key": "billing_birth_date", "value": f"198{n}-02-03"},
                {"id": 19 + n, "key": "_last_update", "value": 1600000000 + n},
                {"id": 29 + n, "key": "size", "value": {"shoe": 42}},
            ],
            "friends": [{"key": f"ystava{n}@koe.example", "value": 1}],
        }
        for n in range(5)
    ]
    (tmp_path / "woocommerce_customers.json").write_text(json.dumps(people), "utf-8")
    customers, friends = draft_plan(tmp_path).sources
    told = {header: column.category for header, column in customers.columns.items()}
    assert told == {
        "id": "technical",
        "email": "email",
        "meta_data.billing_birth_date": "date_of_birth",
        "meta_data._last_update": "technical",
        "meta_data.size": None,
    }
    assert set(friends.columns) == {"id", "key", "value"}


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (["ID", "user_login", "user_pass", "user_email", "user_registered"], "customers"),
        (["id", "username", "password", "email", "is_staff", "date_registered"], "access_list"),
        (["user", "name", "email", "role", "registered"], "access_list"),
    ],
)
def test_users_who_registered_themselves_are_customers(header: list[str], kind: str) -> None:
    """A website's accounts are of its customers, but where they say what their holders may do."""
    assert recognise_kind("wp_users", header) == kind


@pytest.mark.parametrize(
    ("stem", "header", "kind"),
    [
        ("orders", ["id", "status", "date_created", "first_name", "email"], "orders"),
        ("orders", ["id", "name", "email", "started", "ended", "hold"], "customers"),
        (
            "projektit",
            ["Projektinumero", "Asiakas", "Puhelin", "Alkupvm", "Päättymispvm"],
            "orders",
        ),
        ("toimeksiannot", ["Velallinen", "Asiakasnro", "Perinnän tila", "Pääoma"], "collection"),
        ("kunder", ["Kundnr", "Namn", "E-post", "Affär"], "customers"),
    ],
)
def test_what_is_done_for_people_is_no_list_of_them(
    stem: str, header: list[str], kind: str
) -> None:
    """Orders have names, a day and a state, and projects an end, without being a list of people."""
    assert recognise_kind(stem, header) == kind


@pytest.mark.parametrize(
    ("stem", "header", "kind"),
    [
        ("Spärrlista utskick", ["E-post", "Sedan", "Kanal"], "objections"),
        ("uutiskirje kieltolista", ["Sposti", "Pvm"], "objections"),
        ("lianamailer_vastaanottajat", ["Sposti", "Tila", "Lupa annettu"], "mailing_list"),
        ("ärenden", ["Ärendenr", "Gäldenär", "Fakturanr", "Kapital", "Ränta"], "collection"),
        ("fakturor", ["Fakturanr", "Kundnr", "Belopp", "Inkassobyrå", "Betald"], "invoices"),
        ("suostumusloki_verkkokauppa", ["Sposti", "Mihin suostui", "Suostui"], "consents"),
        ("kerholaiset", ["Lapsen nimi", "Kastettu", "Vanhemman puh"], "customers"),
        ("dnc register uk", ["Phone/email", "Added to DNC", "Applies to"], "objections"),
        ("lista", ["Person-ID", "Namn", "Företag", "Titel", "E-post"], "contacts"),
        ("lista", ["Jäsennro", "Nimi", "Yritys", "Titteli", "Sähköposti"], "customers"),
    ],
)
def test_a_list_is_what_it_is_of_though_it_names_another(
    stem: str, header: list[str], kind: str
) -> None:
    """Bans name the mail that they ban, claims the invoices behind them, and people their firms."""
    assert recognise_kind(stem, header) == kind


@pytest.mark.parametrize("kind", ["consents", "disclosures", "erasures", "objections", "send_log"])
def test_who_entered_what_in_the_controllers_own_list_is_of_the_list(kind: str) -> None:
    """Initials and few words beside its days need no correction."""
    rows = [[f"{n}", f"{n}.2.2026", ("KT", "AH")[n % 2]] for n in range(1, 15)]
    assert recognise_columns(["Nro", "Pvm", "Kirjasi"], rows, kind)[2].category == "technical"


@pytest.mark.parametrize(
    ("stem", "kind", "columns"),
    [
        (
            "hubspot-crm-exports-kontakter",
            "contacts",
            {
                "Post-ID": "record_key",
                "Förnamn": None,
                "E-post": None,
                "Skapad": "relationship_start",
            },
        ),
        (
            "hubspot-crm-exports-contacts",
            "contacts",
            {"Record ID": "record_key", "Email": None, "Create Date": "relationship_start"},
        ),
        ("customers", "customers", {"id": "record_key", "Created (UTC)": "relationship_start"}),
        (
            "asiakkaat",
            "customers",
            {"ASIAKASNRO": "record_key", "PERUSTETTU": "relationship_start"},
        ),
        (
            "export",
            "orders",
            {"Asiakas": None, "Tuote": None, "Ostopäivä": "ordered_on", "Hinta": None},
        ),
        ("asiakkaat", "customers", {"Nimi": None, "Sähköposti": None, "Ostopäivä": "last_order"}),
        (
            "asiakkaat",
            "customers",
            {"key": "record_key", "nimi": None, "alkoi": "relationship_start"},
        ),
    ],
)
def test_systems_say_when_a_record_was_made(
    stem: str, kind: str, columns: dict[str, str | None]
) -> None:
    """In whatever inflection, and who is keyed by an address is no bare account."""
    cells = {"Post-ID": "10{n}", "Record ID": "10{n}", "id": "cus_{n}", "ASIAKASNRO": "{n}"}
    cells |= {"Tuote": "Pyörä", "Hinta": "12,00", "Asiakas": "Aino Koe", "Förnamn": "Aino"}
    cells |= {"nimi": "Aino Koe", "Nimi": "Aino Koe"} | dict.fromkeys(
        ("E-post", "Email", "Sähköposti", "key"), "a{n}@koe.example"
    )
    rows = [[cells.get(c, "2024-01-0{n}").format(n=n) for c in columns] for n in range(1, 9)]
    assert recognise_kind(stem, list(columns), rows) == kind
    found = recognise_columns(list(columns), rows, kind)
    assert {c.header: c.role and c.role.value for c in found} == columns


@pytest.mark.parametrize("header", ["Toinen nimi", "Mellannamn", "Middle Name", "Muut nimet"])
def test_further_names_are_names(header: str) -> None:
    """As address books of mail programs head them."""
    rows = [["Aino", "Maria", "Koe"] for _ in range(8)]
    columns = recognise_columns(["Etunimi", header, "Sukunimi"], rows, "contacts")
    assert [column.category for column in columns] == ["name"] * 3
