"""JSON as interfaces, dumps of databases and databases of documents write it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import audit
from audit.finding import Audit
from audit.plan.drafting import draft_plan
from audit.run import run

PEOPLE = [("Aino Esimerkki", "aino@koe.example"), ("Onni Koe", "onni@koe.example")]
CUSTOMERS = [{"id": f"c{n}", "name": a, "email": b} for n, (a, b) in enumerate(PEOPLE)]
ORDERS = [{"id": f"o{n}", "customer_id": f"c{n}", "ordered": f"2024-03-0{n + 1}"} for n in (0, 1)]


def audited(folder: Path) -> Audit:
    return run(draft_plan(folder), date(2026, 11, 22), folder.parent / "evidence.parquet")


def loaded(folder: Path, document: Any, name: str = "x.json") -> Any:
    for path in folder.glob("*.csv"):
        path.unlink()
    (folder / name).write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return audit.load(folder)


def kinds(folder: Path) -> dict[str, str | None]:
    return {source.name: source.kind for source in draft_plan(folder).sources}


@pytest.mark.parametrize(
    "dump",
    [
        [
            {"type": "header", "version": "5.2"},
            {"type": "database", "name": "shop"},
            {"type": "table", "name": "customers", "database": "shop", "data": CUSTOMERS},
            {"type": "table", "name": "orders", "database": "shop", "data": ORDERS},
        ],
        {
            "tables": [
                {"table": "customers", "rows": CUSTOMERS},
                {"table": "orders", "rows": ORDERS},
            ]
        },
        [{"entity": "customers", "records": CUSTOMERS}, {"entity": "orders", "records": ORDERS}],
    ],
)
def test_elements_that_name_a_table_each_are_tables(exports, dump):
    """A dump of a database is not one table of all its columns; its first words are accounted for."""
    register = loaded(exports, dump)
    assert list(register.table("x.customers").columns) == ["id", "name", "email"]
    assert list(register.table("x.orders").columns) == ["id", "customer_id", "ordered"]
    assert kinds(exports) == {"x.customers": "customers", "x.orders": "orders"}
    for ledger in audited(exports).ledgers:
        assert (ledger.rows, ledger.accounted) == (2, ledger.lines)


@pytest.mark.parametrize(
    "records",
    [
        [{"id": n, "name": "Aino", "data": [{"k": 1}]} for n in (1, 2)],
        [{"name": "Aino Esimerkki", "items": [{"sku": "a"}]}, {"name": "Onni Koe", "items": []}],
    ],
)
def test_people_with_lists_of_their_own_are_no_tables(exports, records):
    """Somebody's name is no name of a table."""
    assert len(loaded(exports, records).table("x")) == 2


CONNECTION = {
    "data": {
        "customers": {
            "edges": [
                {
                    "cursor": "e30",
                    "node": c
                    | {
                        "tags": [],
                        "orders": {"edges": [{"node": {"id": f"o{n}", "createdAt": "2024-03-01"}}]},
                        "addresses": [{"address1": f"Koekatu {n}", "city": "Oulu", "zip": "90100"}],
                    },
                }
                for n, c in enumerate(CUSTOMERS)
            ],
            "pageInfo": {"hasNextPage": True, "endCursor": "e30"},
        }
    },
    "extensions": {"cost": {"requestedQueryCost": 12}},
}


def test_nodes_of_a_connection_are_records(exports):
    """Orders keep whose they are, addresses are no further customers, and pages no table."""
    register = loaded(exports, CONNECTION, "customers.json")
    of = "customers.data.customers"
    assert list(register.table(of).columns) == ["id", "name", "email"]
    assert register.table(f"{of}.orders").to_numpy().tolist() == [
        ["c0", "o0", "2024-03-01"],
        ["c1", "o1", "2024-03-01"],
    ]
    assert kinds(exports) == {of: "customers", f"{of}.orders": "orders", f"{of}.addresses": "other"}
    [customers] = [one for one in audited(exports).ledgers if one.sheet == "data.customers"]
    assert customers.notes == (("more_pages", 1),)
    assert (customers.rows, customers.header) == (2, 2)


@pytest.mark.parametrize(
    ("beside", "more"),
    [
        ({"has_more": True}, 1),
        ({"next": "https://api.example/customers?page=2"}, 1),
        ({"paging": {"next": {"after": "100"}}}, 1),
        ({"@odata.nextLink": "https://api.example/customers?$skip=2"}, 1),
        ({"links": [{"rel": "next", "href": "https://api.example/?page=2"}]}, 1),
        ({"has_more": False, "next": None, "nextPageToken": ""}, 0),
        ({"links": {"next": None, "self": "https://api.example/"}, "total": 2}, 0),
        ({"next_billing": "2026-01-01"}, 0),
    ],
)
def test_a_page_that_is_not_the_last_is_told(exports, beside, more):
    """The ledger says that the export is not whole."""
    loaded(exports, beside | {"customers": CUSTOMERS})
    [ledger] = audited(exports).ledgers
    assert ledger.notes == ((("more_pages", 1),) if more else ())
    assert ledger.accounted == ledger.lines


def test_links_of_an_interface_are_nobody(exports):
    """They are cells of the record that they lead to."""
    records = [
        c | {"_links": {"self": [{"href": f"https://shop.example/customers/{c['id']}"}]}}
        for c in CUSTOMERS
    ]
    register = loaded(exports, records, "customers.json")
    assert list(register.tables) == ["customers"]
    assert list(register.table("customers").columns)[-1] == "_links.self.href"


def test_objects_beside_a_list_are_read_where_they_hold_details(exports):
    """What the document says of its customer is a record; the count of a query is none."""
    document = {
        "customer": {"name": "Aino Esimerkki", "hetu": "010190-999W"},
        "query": {"from": "2024-01-01"},
        "invoices": [{"number": n, "date": "2024-01-01", "total": 1} for n in range(4)],
        "notes": ["hetu 010190-999W"],
    }
    register = loaded(exports, document)
    assert set(register.tables) == {"x.invoices", "x.customer", "x.notes"}
    assert register.table("x.customer").to_numpy().tolist() == [["Aino Esimerkki", "010190-999W"]]
    found = {(f.table, f.column) for f in audited(exports).findings if f.check == "MIN04"}
    assert {("x.customer", "hetu"), ("x.notes", "notes")} <= found


def test_types_that_json_has_not_are_their_values(exports):
    """As MongoDB writes them; its own id is the record's key."""
    record = {"_id": {"$oid": "65a1"}, "created": {"$date": {"$numberLong": "1072915200000"}}}
    frame = loaded(exports, [record | CUSTOMERS[0] for _ in (1, 2)]).table("x")
    assert frame.iloc[0]["_id"] == "65a1"
    assert frame.iloc[0]["created"] == "1072915200000"


def test_people_that_are_keys_head_no_column(exports):
    """Neither by name nor by login; what a field is called stays one."""
    document = [
        c | {"family": {"Väinö Mäkelä": "spouse"}, "limits": {"Max Value": "1", "Min Value": "0"}}
        for c in CUSTOMERS
    ]
    register = loaded(exports, document)
    assert list(register.table("x").columns)[3:] == ["limits.Max Value", "limits.Min Value"]
    assert list(register.table("x.keyed")["key"]) == ["Väinö Mäkelä"] * 2
    (exports / "x.json").unlink()
    rights = {"CRM": {"anna.koe": {"from": "2020-01-01"}, "liisa.virtanen": {"from": "2021-01-01"}}}
    frame = loaded(exports, rights, "rights.json").table("rights")
    assert frame.to_numpy().tolist() == [
        ["CRM", "anna.koe", "2020-01-01"],
        ["CRM", "liisa.virtanen", "2021-01-01"],
    ]


def test_the_text_of_an_element_is_its_value(exports):
    """Converters of XML put it under a key that is no name."""
    frame = loaded(
        exports, [{"@id": "1", "phone": {"@type": "home", "#text": "040 000 1000"}}]
    ).table("x")
    assert list(frame.columns) == ["@id", "phone.@type", "phone"]


def test_a_list_of_values_is_a_column(exports):
    """Addresses alone are the newsletter's list; a value alone is no register."""
    (exports / "uutiskirje.json").write_text('["a1@koe.example", "a2@koe.example", null]', "utf-8")
    assert list(audit.load(exports).table("uutiskirje")["column 1"]) == [
        "a1@koe.example",
        "a2@koe.example",
        "",
    ]
    (exports / "uutiskirje.json").write_text('"a1@koe.example"', "utf-8")
    assert "no records with named fields" in draft_plan(exports).unread["uutiskirje.json"]


def test_documents_one_below_the_other_are_records(exports):
    """So `jq` writes what it selects: each object on lines of its own."""
    people = [{"id": n, "name": f"Aino Koe{n}", "tags": ["a"]} for n in range(4)]
    text = "\n".join(json.dumps(one, indent=1) for one in people)
    (exports / "asiakkaat.json").write_text(text, "utf-8")
    assert list(audit.load(exports).table("asiakkaat.json")["id"]) == list("0123")
