"""What is left of a table's columns is told by the table, and by the records that it stands in."""

from __future__ import annotations

from audit.register.columns.recognised import recognise_columns
from audit.register.kinds.told import tell_kind
from audit.register.model import Column, Role

PEOPLE = [
    *(("Beth", "Trialstone"), ("Alan", "Placer"), ("Ruth", "Dummett"), ("Otis", "Mockridge")),
    *(("Nell", "Sampleton"), ("Hugh", "Testfield"), ("Joan", "Specimen"), ("Neil", "Exampleby")),
]
NOTES = [
    "ok",
    "soita ensin aamulla",
    "vastattu kirjeellä",
    "kiisti laskun kokonaan",
    "ei tavattu",
    "",
    "",
]
TEE_TIMES = [
    [
        f"{1 + n % 28:02}/05/2026 {8 + n % 9:02}:{5 * (n % 12):02}",
        str(9 * (1 + n % 2)),
        " ".join(PEOPLE[n % 8]),
        f"{'.'.join(PEOPLE[n % 8]).lower()}@mail.example",
        ("Visitor", "Member")[n % 2],
        ("north", "south")[n % 2],
        f"{1 + n % 28:02}/04/2026",
    ]
    for n in range(16)
]
HEADER = ["Tee", "Holes", "Player", "Email", "Rate", "custom_2", "Booked"]


def by_header(header: list[str], rows: list[list[str]], kind: str) -> dict[str, Column]:
    return {column.header: column for column in recognise_columns(header, rows, kind)}


def test_a_list_of_people_and_hours_is_one_of_bookings() -> None:
    """Its days with hours are visits, and what else it says is of the booking."""
    assert tell_kind("sheet", HEADER, TEE_TIMES).kind == "orders"
    found = by_header(HEADER, TEE_TIMES, "orders")
    assert (found["Tee"].role, found["Booked"].role) == (Role.VISIT, Role.ORDERED_ON)
    assert found["Player"].category == "name"
    assert found["Holes"].category == found["Rate"].category == "order_history"


def test_a_programs_further_field_stays_for_the_auditor() -> None:
    """Nobody knows what *custom_2* is, in whatever list it stands."""
    assert by_header(HEADER, TEE_TIMES, "orders")["custom_2"].category is None


def test_moments_of_entries_make_no_bookings() -> None:
    """A program writes at any minute; and a list of customers says since when they are."""
    stamps = [
        [f"{1 + n:02}/05/2026 10:{(7 * n) % 60:02}", *row[1:6]] for n, row in enumerate(TEE_TIMES)
    ]
    assert tell_kind("sheet", ["Stamp", *HEADER[1:6]], stamps).kind == "customers"
    since = [[*row[:6], "1.2.2020"] for row in TEE_TIMES]
    assert tell_kind("sheet", [*HEADER[:6], "Customer since"], since).kind == "customers"


def test_few_notes_of_a_few_words_are_free_text() -> None:
    """Most records have none, or *ok*; goods are written with a capital, and are no notes."""
    rows = [[str(n), NOTES[n % len(NOTES)], f"Tuoli musta {n}"] for n in range(20)]
    found = by_header(["Nro", "Kenelle ja miten", "Malli ja väri"], rows, "other")
    assert found["Kenelle ja miten"].role is Role.FREE_TEXT
    assert found["Malli ja väri"].role is None


def test_what_every_record_says_is_of_nobody() -> None:
    """*object: customer*, as programs answer."""
    rows = [[str(n), "customer", "x" if n % 3 else "y"] for n in range(20)]
    found = by_header(["id", "object", "kentta7"], rows, "customers")
    assert (found["object"].category, found["kentta7"].category) == ("technical", None)


def test_glasses_are_of_somebodys_eyes() -> None:
    """Quarters with a sign are dioptres; sums and handicaps are not."""
    eyes = [
        ["+1,25", "1,25"],
        ["-0,50", "2,50"],
        ["-3,75", "7,00"],
        ["+2,00", "0,75"],
        ["-1,00", "3,00"],
    ]
    found = by_header(["H", "S"], eyes, "other")
    assert (found["H"].category, found["S"].category) == ("health", None)


def test_days_are_no_organisation() -> None:
    """*Left company* is when somebody left it."""
    rows = [[f"user{n}", "2024-05-0" + str(1 + n % 8)] for n in range(12)]
    found = by_header(["Username", "Left company"], rows, "access_list")
    assert found["Left company"].role is Role.EMPLOYED_UNTIL
