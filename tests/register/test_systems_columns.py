"""Columns of systems' exports with their records: kinds, roles and categories that need no correction."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from audit.plan.drafting import draft_plan
from audit.register.columns.recognised import recognise_columns

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
            "meta_data": [{"id": 9 + n, "key": "_count", "value": str(n)}],
        }
        for n in range(5)
    ]
    (tmp_path / "woocommerce_customers.json").write_text(json.dumps(people), "utf-8")
    kinds = {source.table: source.kind for source in draft_plan(tmp_path).sources}
    assert kinds == {
        "woocommerce_customers": "customers",
        "woocommerce_customers.meta_data": "other",
    }
