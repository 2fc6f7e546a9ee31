"""What the columns of well-known exports are, told by their headers alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from audit.register.columns.recognised import recognise_columns
from audit.register.model import Column, Role

SYSTEMS: dict[str, dict[str, str]] = YAML(typ="safe").load(Path(__file__).with_name("systems.yaml"))
_OF_KEYS = {"technical", "customer_number", "organisation", "personal_identity_code"}


def what(column: Column, *, key: bool) -> str | None:
    """A column as the list names it."""
    if column.role is Role.FREE_TEXT:
        return "free_text"
    return "key" if key and column.category in _OF_KEYS else column.category


@pytest.mark.parametrize("system", sorted(SYSTEMS))
def test_every_column_of_a_system_is_what_it_is(system: str) -> None:
    """Each header of an export gives its column the category, or the role of free text, that it has."""
    expected = SYSTEMS[system]
    kind = "orders" if system.endswith("orders") else "customers"
    columns = recognise_columns(list(expected), [], kind)
    found = {c.header: what(c, key=expected[c.header] == "key") for c in columns}
    assert found == expected
