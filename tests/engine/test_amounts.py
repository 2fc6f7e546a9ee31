"""A sum is read alike however an export writes it."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from audit.engine.roles import plain
from audit.register.roles import Role


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("90,00", "90.00"),
        ("-12", "-12.00"),
        (" 7,5 ", "7.50"),
        ("1 234,50 €", "1234.50"),
        ("1\u00a0234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234", "1234.00"),
        ("1.234", "1.23"),
        ("−12,00", "-12.00"),
        ("", None),
        ("-", None),
        ("maksettu", None),
    ],
)
def test_a_sum_is_read_in_every_form(written: str, read: str | None) -> None:
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT {plain(Role.AMOUNT)} FROM (SELECT ? AS amount_text)", [written]
        ).fetchall()
    assert found == [(Decimal(read) if read is not None else None,)]
