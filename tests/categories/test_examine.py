"""What a cell is said to hold when its words or numbers tell several things."""

from __future__ import annotations

import pytest

from audit.categories.examine import Examiner


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("toimii pääluottamusmiehenä", "union_membership"),
        ("äidinkieli: ruotsi, synt. 1.1.1980", "date_of_birth"),
        ("kaksi lasta, molemmilla diabetes", "health"),
        ("yrke: präst, tillhör pingstkyrkan", "religion"),
    ],
)
def test_the_graver_and_the_surer_name_the_cell(text: str, category: str) -> None:
    """Of two statements in the same words the graver counts, and a number before words."""
    [cell] = Examiner([None]).row([text])
    assert cell.category == category


@pytest.mark.parametrize("column", ["organisation", "name", "job_title", "postal_address"])
def test_no_person_is_told_of_in_a_column_of_firms_or_goods(column: str) -> None:
    """A firm may be called after a widow or two children; that says nothing of anybody."""
    assert Examiner([column]).row(["Leski & kaksi lasta"]) == []


def test_a_state_of_a_record_is_no_state_of_marriage() -> None:
    """Ordinary phrases are not believed in a column of states."""
    assert Examiner(["technical"]).row(["divorced"]) == []


def test_what_is_declared_gives_way_to_what_is_not() -> None:
    """An account or an identity code that may be there hides nothing that may not."""
    text = "tili FI21 1234 5600 0007 85, äidinkieli: arabia"
    both = Examiner([None, "bank_account"], declared=frozenset({"bank_account"}))
    [cell] = both.row([text, "FI2112345600000785"])
    assert (cell.category, cell.also) == ("language", ("bank_account",))
    coded = Examiner([None], declared=frozenset({"personal_identity_code"}))
    [cell] = coded.row(["hetu 010190-999W, diabetes, puh. 040 1234567"])
    assert cell.category == "health"
    [cell] = Examiner([None]).row(["hetu 010190-999W, diabetes"])
    assert cell.category == "personal_identity_code"


@pytest.mark.parametrize("text", ["Y-tunnus 2077474-0, lasku sinne", "alv-tunnus FI20774740"])
def test_a_firms_number_in_a_note_tells_of_nobody(text: str) -> None:
    """Whoever is invoiced through a firm has its business id in the notes; it is no phone number either."""
    assert Examiner([None]).row([text]) == []
    [cell] = Examiner([None]).row([f"{text}, hetu 010190-999W"])
    assert (cell.category, cell.also) == ("personal_identity_code", ())


@pytest.mark.parametrize(
    "address", ["laskut@koe.example", "faktura@koe.example", "info@koe.example"]
)
def test_a_box_that_nobody_in_particular_reads_is_nobodys(address: str) -> None:
    """Where an invoice goes tells of no person; an address with a name in it does."""
    examiner = Examiner([None, "email"])
    assert examiner.row([f"lasku: {address}", "aino@koe.example"]) == []
    [cell] = examiner.row([f"{address}, onni.koe@koe.example", "aino@koe.example"])
    assert (cell.category, cell.relation) == ("email", "other")


def test_a_login_by_email_is_a_login() -> None:
    """The address that somebody logs in with does not hide the password behind it."""
    [cell] = Examiner([None]).row(["inlogg: sven@koe.example / Hund2020"])
    assert (cell.category, cell.also) == ("password", ("email",))


def test_a_mention_hides_nothing_that_is_sure() -> None:
    """A door code beside the word for a union is a code, whatever the word means."""
    [cell] = Examiner([None]).row(["pinkod 4711; Fackförbundet hyr lokalen"])
    assert (cell.category, cell.also) == ("password", ("union_membership",))


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Pirjo Suvikoe (kuurosokea)", "health"),
        ("KOENEN MATTI (KUUROSOKEA)", "health"),
        ("Helmi Koenen, vaimo", "family"),
        ("Ebba Ek (dotter till Maj)", "family"),
        ("Koenen Eero, äidin tililtä", "family"),
        ("Thornbury (autistic)", "health"),
        ("Toby Koe, ex-offender", "criminal"),
        ("Gustav Ek (änkling)", "marital_status"),
        ("Matilda Koe (Muslim)", "religion"),
        ("Oliver Koe, b. 1951", "date_of_birth"),
        ("Eva Ek, skyddad identitet", "protected_person"),
    ],
)
def test_what_stands_beside_a_name_is_said_of_that_person(name: str, category: str) -> None:
    """In brackets, or behind a comma, a word alone tells of the person whose name stands before it."""
    [cell] = Examiner(["name"]).row([name])
    assert cell.category == category


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Virtakoe, Matti",
            "Aino Koe (Turku)",
            "Koe Pekka, isännöitsijä",
            "Sokea Piste Oy (kirkko)",
        ),
        *(
            "Leski & kaksi lasta",
            "Kuurola Aino",
            "Blind Lena",
            "Koe Eero (c/o Kirkkoherranvirasto)",
        ),
    ],
)
def test_a_name_and_its_place_or_trade_say_nothing(name: str) -> None:
    """Names are of widows, blind and deaf people, and an office or a town beside one is no statement."""
    assert Examiner(["name"]).row([name]) == []


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("call my daughter on +358 40 1234567", "other"),
        ("soita 0401234567, se on mun miehen numero", "other"),
        ("soita 0401234567", "unknown"),
    ],
)
def test_a_number_beside_a_relative_is_not_the_records_own(text: str, relation: str) -> None:
    """Where the record has no number of its own, the words beside one tell whose it is."""
    [cell] = Examiner([None]).row([text])
    assert (cell.category, cell.relation) == ("phone", relation)


def test_a_number_is_surer_than_the_relative_whose_it_is() -> None:
    """The note holds both, and the number names its cell; by itself the relative does."""
    row = Examiner(["phone", None]).row
    told = [
        row(["040 1234567", note]) for note in ("tytär hoitaa asiat 050 7654321", "tytär maksaa")
    ]
    assert [[cell.category for cell in cells] for cells in told] == [["phone"], ["family"]]


def test_a_value_stands_in_its_own_place_where_its_key_says_so() -> None:
    """Of *billing_email* the e-mail is the record's own; under *notes* it may be anybody's."""
    headers = ["umeta_id", "user_id", "meta_key", "meta_value"]
    examiner = Examiner([None] * 4, headers=headers, declared=frozenset({"email"}))
    own, unknown = (
        examiner.row(["1", "2", key, "aino@koe.example"]) for key in ("billing_email", "notes")
    )
    assert [cell.relation for cell in (*own, *unknown)] == ["own", "unknown"]
    assert examiner.row(["1", "2", "billing_hetu", ""]) == []


def test_who_left_an_address_in_the_place_of_a_number_left_their_own() -> None:
    """*Yhteystieto* has one or the other; beside a number of the record's own it is another's."""
    examiner = Examiner(["phone"], declared=frozenset({"email", "phone"}))
    [cell] = examiner.row(["aino@koe.example"])
    assert (cell.category, cell.relation) == ("email", "own")
    [cell] = examiner.row(["aino@koe.example, Onni"])
    assert cell.relation == "unknown"
    [cell] = Examiner(["email", "phone"]).row(["aino@koe.example", "onni@koe.example"])
    assert cell.relation == "other"


def test_one_word_says_it_of_a_person_only_where_it_is_the_whole_note() -> None:
    """Unions and municipal firms are customers' groups as well."""
    [cell] = Examiner([None]).row(["Kommunal"])
    assert cell.category == "union_membership"
    assert Examiner(["technical"]).row(["Kommunal"]) == []


def test_ten_digits_in_a_column_of_identity_codes_are_no_phone_number() -> None:
    """*0203239827* is somebody born in 2002, where the column is of such codes."""
    assert Examiner(["personal_identity_code"]).row(["0203239827"]) == []
    [cell] = Examiner(["personal_identity_code"]).row(["0203239821"])
    assert cell.category == "phone"


def test_a_number_behind_a_word_for_a_relative_is_that_persons() -> None:
    """Where the record has no number to compare with."""
    assert [cell.relation for cell in Examiner([None]).row(["vaimo 040 123 4567"])] == ["other"]
    assert [cell.relation for cell in Examiner([None]).row(["työ 040 123 4567"])] == ["unknown"]
