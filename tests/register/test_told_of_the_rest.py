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


def test_languages_are_told_from_countries_by_their_small_letters() -> None:
    """In Finnish both are *suomi*; a country has a capital."""
    said = [["suomi", "Suomi", "F"], ["ruotsi", "Ruotsi", "M"], ["viro", "Viro", "X"]] * 3
    found = by_header(["a1", "a2", "a3"], said, "other")
    categories = [column.category for column in found.values()]
    assert (categories[0], categories[2]) == ("language", "gender")
    assert categories[1] != "language"


def test_a_column_is_told_by_what_its_list_is_of() -> None:
    """A mark beside a newsletter is a consent; of two days the one that says so is the booking's."""
    said = [
        [f"V{n}", f"{n}.5.2026", f"{n}.4.2026", ("Peruttu", "Ok")[n % 2], f"JJ{n}77"]
        for n in range(1, 20)
    ]
    found = by_header(["Varausnro", "Päivä", "Varattu", "Varaustila", "Kollinr"], said, "orders")
    assert [column.role for column in found.values()] == [
        *(Role.RECORD_KEY, Role.VISIT, Role.ORDERED_ON, Role.STATUS, None),
    ]
    assert found["Kollinr"].category == "order_history"
    marks = [[str(n), f"Aino Koe{n}", ("Ja", "Nej")[n % 2], ("Ja", "Nej")[n % 2]] for n in range(9)]
    header = ["Kundnr", "Namn", "Vill ha nyhetsbrev"]
    assert by_header(header, marks, "customers")[header[2]].role is Role.MARKETING_CONSENT
    denied = by_header([*header[:2], "Inget nyhetsbrev, ej"], marks, "customers")
    assert Role.MARKETING_CONSENT not in {column.role for column in denied.values()}


def test_numbers_under_sms_are_phones() -> None:
    """In an export of a mailing service; and where they say yes or no, they are what people allow."""
    numbers = [[f"a{n}@koe.example", f"+44 7700 9001{n}"] for n in range(10, 30)]
    assert by_header(["EMAIL", "SMS"], numbers, "mailing_list")["SMS"].category == "phone"
    marks = [[f"a{n}@koe.example", ("yes", "no")[n % 2]] for n in range(10, 30)]
    assert (
        by_header(["EMAIL", "SMS"], marks, "mailing_list")["SMS"].role is Role.TEXT_MESSAGE_CONSENT
    )


def test_the_last_word_of_a_field_within_another_tells() -> None:
    """*leverans.ort* is a place; a product's name is nobody's."""
    rows = [["Malmö", "Lampa"], ["Lund", "Stol"], ["Visby", "Bord"]] * 4
    found = by_header(["leverans.ort", "produkt.namn"], rows, "orders")
    assert found["leverans.ort"].category == "postal_address"
    assert found["produkt.namn"].category != "name"
