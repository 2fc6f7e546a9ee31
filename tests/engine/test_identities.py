"""What people are told by across files: each spelling is one, whichever way it is computed."""

from __future__ import annotations

import unicodedata

import duckdb
import pytest

from audit.engine.duckdb import quoted
from audit.engine.identities import email, words_in_order


def said(sql: str) -> str | None:
    row = duckdb.execute(f"SELECT {sql}").fetchone()
    assert row is not None
    found: str | None = row[0]
    return found


@pytest.mark.parametrize(
    "cells",
    [
        ("Aino", "Virtanen"),
        ("Virtanen", "Aino"),
        ("Virtanen Aino", "Aino Virtanen"),
        ("Aino", "Aino"),
        ("Örn", "Zetterström"),
        ("Zetterström", "Örn"),
        ("O\u0308rn", "Åke"),
        ("Anna-Liisa", "von Koe"),
        ("Kipinäkuja 12 A 7", "00100 Helsinki", "Helsinki"),
        ("Öljymäenkuja 12 b A 7", "00100 Ähtäri", "b 7 100 20 9 zz å"),
        (" Koe ", "Oy"),
        ("Koe", ""),
        ("a1", "9b"),
        ("--", "."),
        ("", ""),
    ],
)
def test_words_in_any_order_are_one_spelling(cells: tuple[str, ...]) -> None:
    text = unicodedata.normalize("NFC", " ".join(cells)).lower()
    words = "".join(sign if sign.isalnum() else " " for sign in text).split()
    expected = " ".join(sorted(set(words), key=str.encode))
    assert said(words_in_order([quoted(cell) for cell in cells])) == (expected or None)


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("Aino.Koe@Koe.example", "aino.koe@koe.example"),
        ("Päivi.Hämäläinen@koe.example", "päivi.hämäläinen@koe.example"),
        ("Pa\u0308ivi@koe.example", "päivi@koe.example"),
        ("Päivi <päivi@koe.example>", "päivi@koe.example"),
        ("\uff41ino@koe.example", "aino@koe.example"),
        ("info@koe.example", None),
        ("ei ole", None),
    ],
)
def test_an_address_with_letters_of_ours_is_one_spelling(cell: str, address: str | None) -> None:
    assert said(email([quoted(cell)])) == address
