"""Columns whose cells are values of what words tell, of animals, and of people who are no relatives."""

from __future__ import annotations

import pytest

from audit.categories.examine import Examiner
from audit.engine.examiners import examiner_of
from audit.register.columns.recognised import recognise_columns
from audit.register.model import Column, Table


def column(header: str, cells: list[str], kind: str = "customers") -> Column:
    """What a column is, alone in its table."""
    return recognise_columns([header], [[cell] for cell in cells], kind)[0]


@pytest.mark.parametrize(
    ("cells", "category"),
    [
        (["evl", "ortodoksi", "ei", "islam", "evl", "", "evl"], "religion"),
        (["astma", "nötallergi", "", "adhd", "vegetarian", "epilepsi", "astma"], "health"),
        (["single", "married", "widow", "divorced", "single"], "marital_status"),
        (["teacher", "nurse", "plumber", "student", "unemployed", "chef"], "job_title"),
        (["suomi", "ruotsi", "arabia", "suomi", "venäjä", "somali"], "language"),
        (["French", "German", "", "British", "Spanish", "Finnish"], "nationality"),
        (["nötter, laktos", "gluten", "nej", "laktos", "skaldjur", "gluten"], "diet_allergy"),
    ],
)
def test_values_tell_a_column_without_a_telling_header(cells: list[str], category: str) -> None:
    """A list of values is told as what it is, whichever word for nothing stands among them."""
    assert column("kentta7", cells).category == category


@pytest.mark.parametrize(
    "cells",
    [
        ["ei", "ei", "kyllä", "ei", "kyllä"],
        ["L", "M", "S", "XL", "M", "L"],
        ["punainen", "musta", "vihreä", "vihreä", "musta"],
        ["roadie", "mtb", "ebike", "trade", "mtb"],
    ],
)
def test_other_values_tell_nothing_of_a_person(cells: list[str]) -> None:
    """Sizes, colours and answers are no data of these kinds."""
    assert column("kentta7", cells).category in (None, "technical")


def test_who_services_a_car_is_no_guardian() -> None:
    """*Huoltaja* over a few names again and again is staff; over others, or relatives, family."""
    assert column("Huoltaja", ["Jari", "Mika", "Sami"] * 10).category == "name"
    assert column("Huoltaja", ["äiti", "isä", "mummo"] * 10).category == "family"
    names = [f"{first} {last}" for first in ("Aino", "Eero", "Onni") for last in ("Koe", "Malli")]
    assert column("Huoltaja", names * 2).category == "family"


def test_an_illness_in_a_table_of_animals_is_theirs() -> None:
    """Not a person's, where no word for one stands in the same cell."""
    header = ["Potilas", "Laji", "Diagnoosi", "Huom"]
    rows = [["Rekku", "koira", "diabetes", ""], ["Misse", "kissa", "allergia", ""]] * 4
    columns = recognise_columns(header, rows, "customers")
    assert columns[2].category is None
    examine = examiner_of(Table(name="t", file="t.csv", columns=columns)).row
    assert examine(["Rekku", "koira", "epilepsia", "Rekku astmaatikko"]) == []
    [found] = examine(["Rekku", "koira", "", "omistaja astmaatikko"])
    assert found.category == "health"


@pytest.mark.parametrize("number", ["5401039804", "199709069869", "540103-9804"])
def test_a_persons_number_in_the_place_of_a_firms(number: str) -> None:
    """A sole trader's is told by its month, which no firm's number has."""
    [found] = Examiner(["organisation"]).row([number])
    assert found.category == "personal_identity_code"


@pytest.mark.parametrize("number", ["556123-4567", "5561234567", "165561234567", "5413019804"])
def test_a_firms_number_is_nobodys(number: str) -> None:
    """Twenty and more where a month would be, or check digits that do not fit."""
    assert Examiner(["organisation"]).row([number]) == []
