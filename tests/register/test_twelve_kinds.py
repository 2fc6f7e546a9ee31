"""A folder of twelve exports, each of another form, gives a plan that needs no correction."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from forms import (
    HAR,
    INSPECTION,
    LOG,
    RECORDS,
    VCARDS,
    as_gzip,
    as_json,
    as_ndjson,
    as_ods,
    as_parquet,
    as_sqlite,
    as_xls,
    as_xlsx,
    as_zip,
)

from audit.plan import Plan, read_plan, write_plan
from audit.plan.drafting import draft_plan
from audit.report.findings import as_data
from audit.report.html import render_fragment
from audit.run import run

AS_OF = date(2026, 11, 22)
NAMES = ("Aino Esimerkki", "Onni Esimerkki", "Eeva Koe", "Väinö Åberg")
DAYS = [date(2020 + n, n + 1, 28) for n in range(4)]
ORDERS = [(5000 + n, 1001 + n, DAYS[n], 120 + n) for n in range(4)]
INVOICES = [(7000 + n, 1001 + n, DAYS[n], 80 + n, "maksettu") for n in range(4)]
CONTACTS = [
    (n, NAMES[n], f"{n}@koe.example", f"+358 40 123 45{n}0", f"Koekatu {n}", f"0010{n}", "Helsinki")
    for n in range(4)
]

#: Kind, and by header category and role, of each table that the folder gives.
CUSTOMERS = {
    "Asiakasnro": ("technical", "record_key"),
    "Nimi": ("name", None),
    "Sähköposti": ("email", None),
    "Asiakassuhde alkoi": ("technical", "relationship_start"),
    "Asiakassuhde päättyi": ("technical", "customer_relationship_end"),
    "Tila": ("technical", "status"),
    "Lisätiedot": (None, "free_text"),
}
ORDER = {
    "Tilausnumero": ("order_history", "record_key"),
    "Asiakasnro": ("technical", "customer_reference"),
    "Tilauspäivä": ("technical", "ordered_on"),
    "Tilauksen summa": ("order_history", None),
}
INVOICE = {
    "Laskunumero": ("invoicing", "record_key"),
    "Asiakasnro": ("technical", "customer_reference"),
    "Laskun päiväys": ("technical", "invoiced_on"),
    "Laskun summa": ("technical", "amount"),
    "Tila": ("technical", "invoice_state"),
}
PEOPLE = {
    "Tunniste": ("technical", "record_key"),
    "Nimi": ("name", None),
    "Sähköposti": ("email", None),
    "Puhelin": ("phone", None),
    "Katuosoite": ("postal_address", None),
    "Postinumero": ("postal_address", None),
    "Postitoimipaikka": ("postal_address", None),
}
CARDS = {
    "Last name": ("name", None),
    "First name": ("name", None),
    "Full name": ("name", None),
    "Email": ("email", None),
    "Phone": ("phone", None),
    "Street address": ("postal_address", None),
    "City": ("postal_address", None),
    "Postal code": ("postal_address", None),
    "Country": ("postal_address", None),
    "Notes": (None, "free_text"),
    "Phone 2": ("phone", None),
    "Photo": ("photo_video", None),
}
EXPECTED = {
    "01_asiakkaat": ("customers", CUSTOMERS),
    "02_asiakkaat": ("customers", CUSTOMERS),
    "03_tilaukset": ("orders", ORDER),
    "04_laskut": ("invoices", INVOICE),
    "05_asiakkaat": ("customers", CUSTOMERS),
    "06_tilaukset": ("orders", ORDER),
    "07_laskut": ("invoices", INVOICE),
    "08_asiakkaat": ("customers", CUSTOMERS),
    "09_kontaktit": ("customers", CARDS),
    "10_access": ("web_log", None),
    "11_sivusto.cookies": ("cookie_inventory", None),
    "11_sivusto.requests": ("web_requests", None),
    "12_yhteyshenkilöt": ("contacts", PEOPLE),
    "13_asiakkaat": ("customers", CUSTOMERS),
    "14_inspection.cookies": ("cookie_inventory", None),
    "14_inspection.requests": ("web_requests", None),
}
LEFT_OUT = {
    "kuva.png": "picture",
    "ohje.txt": "prose",
    "seloste.pdf": "prose",
    "vanhat": "folder",
    "~$02_asiakkaat.xlsx": "lock_file",
}


@pytest.fixture
def folder(exports: Path) -> Path:
    (exports / "asiakkaat.csv").unlink()
    as_gzip(exports / "01_asiakkaat.csv.gz")
    as_xlsx(exports / "02_asiakkaat.xlsx")
    as_xls(exports / "03_tilaukset.xls", ORDERS, tuple(ORDER))
    as_ods(exports / "04_laskut.ods", INVOICES, tuple(INVOICE))
    as_json(exports / "05_asiakkaat.json")
    as_ndjson(exports / "06_tilaukset.ndjson", ORDERS, tuple(ORDER))
    as_parquet(exports / "07_laskut.parquet", INVOICES, tuple(INVOICE))
    as_sqlite(exports / "08_asiakkaat.db")
    (exports / "09_kontaktit.vcf").write_text(VCARDS, "utf-8")
    (exports / "10_access.log").write_text(LOG, "utf-8")
    (exports / "11_sivusto.har").write_text(json.dumps(HAR), "utf-8")
    as_zip(exports / "12_yhteyshenkilöt.zip", CONTACTS, tuple(PEOPLE))
    text = "\n".join(
        "\t".join("" if v is None else str(v) for v in row) for row in [tuple(CUSTOMERS), *RECORDS]
    )
    (exports / "13_asiakkaat.xls").write_bytes(text.encode("utf-16"))  # as some systems export
    (exports / "14_inspection.json").write_text(json.dumps(INSPECTION), "utf-8")
    (exports / "kuva.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (exports / "ohje.txt").write_text("Tämä on ohje.\nSe ei ole taulukko.\n", "utf-8")
    (exports / "seloste.pdf").write_bytes(b"%PDF-1.7\n")
    (exports / "~$02_asiakkaat.xlsx").write_bytes(b"\x05Aino")
    (exports / "vanhat").mkdir()
    return exports


def mapped(plan: Plan) -> dict[str | None, tuple[str | None, dict[str, tuple]]]:
    return {
        source.table: (
            source.kind,
            {header: (m.category, m.role) for header, m in source.columns.items()},
        )
        for source in plan.sources
    }


def test_the_drafted_plan_needs_no_correction(folder):
    """Tables, kinds, categories and roles are what a person would have written."""
    plan = draft_plan(folder)
    found = mapped(plan)
    assert list(found) == list(EXPECTED)
    for table, (kind, columns) in EXPECTED.items():
        assert found[table][0] == kind
        assert columns is None or found[table][1] == columns, table
    assert plan.left_out == LEFT_OUT
    unsure = [
        (source.table, header)
        for source in plan.sources
        for header, mapping in source.columns.items()
        if mapping.certainty == "unsure"
    ]
    assert unsure == []


def test_its_audit_is_complete_and_accounts_for_everything(folder):
    """Each table is audited from the plan as it was written down."""
    (folder / "audit.yaml").write_text(write_plan(draft_plan(folder)), "utf-8")
    audit = run(read_plan(folder / "audit.yaml"), AS_OF, folder.parent / "evidence.parquet")
    assert audit.complete
    assert [table.name for table in audit.tables] == list(EXPECTED)
    assert all(one.accounted == one.lines for one in audit.ledgers)
    assert all(one.rows for one in audit.ledgers)
    for lang, words in {
        "fi": ("taulukkolaskentatiedosto, laskettu: taulukon rivit", "kortteja, joissa on kuva"),
        "sv": ("kalkylfil, räknat i: rader i kalkylbladet", "kort med bild"),
        "en": ("workbook, counted in: rows of the sheet", "cards with a picture"),
    }.items():
        text = render_fragment("ledger", as_data(audit), {}, lang)
        assert all(word in text for word in words)
