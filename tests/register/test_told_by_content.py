"""Columns whose header says nothing are told by what stands in them, or left open."""

from __future__ import annotations

import pytest

from audit.plan import Plan, PlannedSource, resolve
from audit.register.columns.content import _looked, _proved
from audit.register.columns.recognised import recognise_columns
from audit.register.columns.told_roles import _are_days
from audit.register.kinds.told import recognise_kind

HEADERS = ("kentta7", "custom_2", "Lisätieto 3", "VAPAA1")
TOLD = {
    "name": ["Aino Esimerkki", "Esimerkki Onni", "Eeva Koenen", "Väinö Åberg", "Matti Meikäläinen"],
    "date_of_birth": ["24.12.1971", "1.3.1950", "1988-05-06", "30.6.1999", "2.2.1945"],
    "postal_address": ["Koivukuja 7", "Mäntytie 12 B 3", "Storgatan 4", "Rantatie 1", "Sahakatu 9"],
    "gender": ["mies", "he/him", "nainen", "non-binary", "nainen"],
    "marital_status": ["naimisissa", "leski", "eronnut", "naimaton", "naimisissa"],
    "health": ["diabetes", "astma", "epilepsia", "rintasyöpä", "masennus"],
    "diet_allergy": [
        "pähkinäallergia",
        "keliakia",
        "vegaani",
        "ei siedä laktoosia",
        "kala-allergia",
    ],
    "personal_identity_code": [
        "39001019006",
        "39001019017",
        "39001019028",
        "39001019039",
        "39001019041",
    ],
    "location": ["60.16952, 24.93545", "60.17000, 24.94000", "61.49911, 23.78712"] * 2,
    "union_membership": ["Metallityöväen Liitto", "PAM", "JHL", "Tehy", "ei", "OAJ"],
    "nationality": ["suomalainen", "virolainen", "ruotsalainen", "suomalainen", "venäläinen"],
    "criminal": ["rattijuopumus", "varkaus", "petos", "varkaus", "pahoinpitely"],
    "family": ["2 lasta", "ei lapsia", "1 lapsi", "2 lasta", "3 lasta"],
    "social_media": ["@aino_k", "linkedin.com/in/onni.koe", "@eeva", "instagram.com/eino.e"] * 2,
    "email": ["a@koe.example", "b@koe.example", "c@koe.example", "d@koe.example", "e@koe.example"],
}
OPEN = {
    "order numbers": ["010124-1234", "020124-1235", "030124-1236", "040124-1237", "050124-1238"],
    "days of orders": ["24.12.2023", "1.3.2024", "2024-05-06", "30.6.2022", "2.2.2021"],
    "articles": ["ABC-123", "ABC-124", "ABD-200", "XYZ-1", "XYZ-2"],
    "bar codes": [
        "6438158000012",
        "6438158000029",
        "6438158000036",
        "6438158000043",
        "6438158000050",
    ],
    "goods": ["Hylly valkoinen", "Pöytä tammi", "Tuoli musta", "Lamppu", "Sohva harmaa"],
    "colours": ["punainen", "valkoinen", "sininen", "keltainen", "ruskea"],
    "sizes of clothes": ["S", "M", "L", "XL", "M", "XXL"],
    "countries of origin": ["Kiina", "Suomi", "Saksa", "Italia", "Kiina"],
    "sums": ["12.50", "99.00", "120.00", "7.10", "5.00"],
    "flags": ["0", "1", "0", "1", "1"],
    "one default": ["Helsinki"] * 8,
    "blank": ["", "", "", "", ""],
}


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("category", sorted(TOLD))
def test_content_tells(category: str, header: str) -> None:
    """The column has the category of its cells, and the ground says how many were read so."""
    [column] = recognise_columns([header], [[cell] for cell in TOLD[category]], "other")
    assert column.category == category
    assert column.ground.startswith("content: ")


@pytest.mark.parametrize("kind", sorted(OPEN))
def test_what_only_looks_like_it_is_left_open(kind: str) -> None:
    """Numbers, days and goods of the register itself are nobody's data."""
    [column] = recognise_columns(["kentta7"], [[cell] for cell in OPEN[kind]], "other")
    assert column.category is None


def test_a_header_that_says_it_goes_before_a_guess() -> None:
    """A known header is not overruled by what its cells merely look like."""
    [column] = recognise_columns(
        ["Tuote"], [[n] for n in ("Aino", "Onni", "Helmi", "Eino", "Eeva")], "other"
    )
    assert column.category == "order_history"


def test_identity_numbers_outweigh_a_header_of_taxes() -> None:
    """A tax field that holds people's identity numbers is what its cells are; firms' numbers are not."""
    people = [[str(n), code] for n, code in enumerate(TOLD["personal_identity_code"])]
    firms = [[str(n), code] for n, code in enumerate(("12345678", "10345833", "16100008") * 3)]
    assert recognise_columns(("KUNNR", "STCD1"), people, "customers")[1].category == (
        "personal_identity_code"
    )
    assert recognise_columns(("KUNNR", "STCD1"), firms, "customers")[1].category == "organisation"


def test_handles_alone_are_of_social_media() -> None:
    """A column of nothing but handles is told, whatever it is called."""
    rows = [[f"@aino.koe{n}"] for n in range(6)]
    assert recognise_columns(("kentta4",), rows, "customers")[0].category == "social_media"


def test_no_cell_is_kept_once_a_table_was_held_against_its_plan(tmp_path):
    """What was found out about columns is remembered by their cells, which are people's."""
    (tmp_path / "vienti.csv").write_text(
        "nro;kentta7;kentta8\n" + "".join(f"{n};koe{n}@esim.example;Aino Koe\n" for n in range(9)),
        "utf-8",
    )
    plan = Plan(sources=(PlannedSource(file="vienti.csv"),), folder=tmp_path)
    resolved = resolve(plan, plan.sources[0], "audit.yaml", tmp_path)
    assert "email" in {column.category for column in resolved.table.columns}
    kept = {look.__name__: look.cache_info().currsize for look in (_proved, _looked, _are_days)}
    assert not any(kept.values()), kept


@pytest.mark.parametrize(
    "header", ["Customer", "Contact", "Requester", "Asiakas", "Kund", "Pyytäjä"]
)
@pytest.mark.parametrize(
    "cells",
    [
        ["Aino Esimerkki", "Onni Koe", "Eeva Malli", "Väinö Åberg"],
        ["Koe Oy", "Malli Ab", "Rakennus Esimerkki Oy", "Tmi Testi"],
        ["Koe Oy", "Aino Esimerkki", "Malli Ab", "Onni Koe"],
    ],
)
def test_a_word_for_people_may_head_who_they_are(header: str, cells: list[str]) -> None:
    """The customers of a register are people or firms; what the column has is their names."""
    [column] = recognise_columns([header], [[cell] for cell in cells], "orders")
    assert (column.category, column.certainty) == ("name", "likely")


def test_plates_of_vehicles_share_no_letters_as_articles_do() -> None:
    """A free field of plates is told by its letters, all different; articles of one form are not."""
    letters = ("ABE", "KLM", "XZO", "IOB", "NRC", "TYV", "GHA", "SUI", "BJJ", "LZB", "FEC", "MSE")
    plates = [[f"{three}-{n + 101}"] for n, three in enumerate(letters)]
    articles = [[f"{letters[n % 3]}-{n + 101}"] for n in range(12)]
    assert recognise_columns(["VAPAA3"], plates, "other")[0].category == "car_registration"
    assert recognise_columns(["VAPAA3"], articles, "other")[0].category is None


@pytest.mark.parametrize(
    ("headers", "at", "category"),
    [
        (["Nro", "Henkilötunnus", "Nimike", "Tuntipalkka"], 2, "job_title"),
        (["Tilausnro", "Nimike", "Määrä", "Hinta"], 1, "order_history"),
        (["Task ID", "Name", "Due Date", "Notes"], 2, "technical"),
        (["Invoice number", "Amount", "Due Date"], 2, "invoicing"),
        (["comment_ID", "comment_author_email", "comment_parent", "comment_date"], 2, None),
    ],
)
def test_what_a_column_is_depends_on_its_company(
    headers: list[str], at: int, category: str | None
) -> None:
    """An item of a payroll is a job, a task's due date no invoice's, a comment's parent no mother."""
    assert recognise_columns(headers, [], "customers")[at].category == category


def test_marks_of_who_was_there_are_no_gender() -> None:
    """In a matrix of days and people an x is a mark, and its list is no list of bans."""
    rows = [[f"{n}.1.2026", "x" if n % 2 else "", "x"] for n in range(1, 20)]
    rows = [["Päivä", "Aino Esimerkki", "Onni Koe"], *rows]
    header = ["column 1", "column 2", "column 3"]
    assert [c.category for c in recognise_columns(header, rows, "other")] == [None] * 3
    for name in ("läsnäolot", "läsnäololista", "närvarolista"):
        assert recognise_kind(name, header, rows) in ("other", "orders")
