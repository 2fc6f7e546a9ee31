"""What shops and old programs write beside the letter: order names, scopes, German, broken headers."""

from __future__ import annotations

from pathlib import Path

import pytest

import audit
from audit.register.columns.recognised import recognise_columns
from audit.register.kinds.told import recognise_kind
from audit.register.model import Column, Role

ORDERS = ("Name", "Email", "Paid at", "Created at", "Lineitem name", "Billing Name", "Id")


def of_orders(lines: int) -> dict[str, Column]:
    """The columns of a shop's orders, each of which goes on over some further lines."""
    rows = []
    for n in range(12):
        day, email = f"2025-03-{n + 1:02} 10:11:12 +0200", f"a{n}@koe.example"
        rows.append((f"#10{n:02}", email, day, day, "Hylly", "Aino Esimerkki", f"50000{n}"))
        rows += [(f"#10{n:02}", email, "", day, "Lista", "", "")] * lines
    return {column.header: column for column in recognise_columns(ORDERS, rows, "orders")}


@pytest.mark.parametrize("lines", [0, 2])
def test_an_order_is_known_on_each_of_its_lines(lines: int) -> None:
    """What a shop calls an order names its further lines too; it is no person's name."""
    found = of_orders(lines)
    assert found["Id"].role is not Role.CUSTOMER_REFERENCE  # the order has a number besides
    assert found["Name"].category == "order_history"
    assert found["Name"].role is Role.RECORD_KEY
    assert found["Billing Name"].category == "name"


def test_the_day_of_an_order_stands_on_each_of_its_lines() -> None:
    """Of two columns that may be the day of the order, that which is always filled."""
    assert of_orders(2)["Created at"].role is Role.ORDERED_ON
    assert of_orders(2)["Paid at"].role is None


def test_a_scope_of_a_shop_is_no_website() -> None:
    """*_website* has the shop's scope; a column of addresses of the web still is one."""
    rows = [("base", "www.koe.example"), ("base", "koe.example"), ("admin", "")] * 4
    scope, site = recognise_columns(["_website", "Website"], rows, "customers")
    assert (scope.category, site.category) == ("technical", "organisation")


def test_a_card_s_fingerprint_is_no_finger_s() -> None:
    [column] = recognise_columns(["Card Fingerprint"], [("fp1",)] * 5, "orders")
    assert column.category == "payment"


def test_german_exports_are_read() -> None:
    header = ("Kundennummer", "Anrede", "Vorname", "Nachname", "Straße", "PLZ", "Geburtsdatum")
    rows = [("1", "Frau", "Anna", "Muster", "Koeweg 1", "10115", "1.2.1990")] * 5
    found = [c.category for c in recognise_columns(header, rows, "customers")]
    assert found == ["technical", "name", "name", "name", *["postal_address"] * 2, "date_of_birth"]
    assert recognise_kind("export", header, rows) == "customers"


def test_headers_in_a_wrong_encoding_are_understood() -> None:
    [column] = recognise_columns(["SÃ¤hkÃ¶posti"], [], "customers")
    assert column.category == "email"


def test_a_null_in_a_cell_that_stands_over_and_over(exports: Path) -> None:
    """A text with NUL that many rows have is read, mended and counted, not refused."""
    lines = "".join(f"{n};Aino\0 Koe {'x' * 20};2010-01-04;;aktiivinen\n" for n in range(1, 41))
    header = "Asiakasnro;Nimi;Asiakassuhde alkoi;Asiakassuhde päättyi;Tila\n"
    (exports / "asiakkaat.csv").write_bytes((header + lines).encode())
    [ledger] = audit.audit(audit.load(exports).plan, "2026-11-22").conclusion.ledgers
    assert (ledger.rows, ledger.accounted) == (40, ledger.lines)
    assert dict(ledger.repaired)["control_characters"] == 40
