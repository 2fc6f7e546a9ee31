"""Tables that nobody named before: kinds and roles by what headers mean and what columns say."""

from __future__ import annotations

import pytest

from audit.plan.drafting import draft_plan
from audit.register.columns.header_roles import role_of_kind
from audit.register.columns.recognised import recognise_columns
from audit.register.kinds.told import recognise_kind
from audit.register.model import Role


def roles_of(kind: str, header: list[str], rows: list[list[str]]) -> dict[str, Role | None]:
    """The role of each column, by its header."""
    return {column.header: column.role for column in recognise_columns(header, rows, kind)}


def test_questions_for_headers_name_what_was_given_to_whom():
    """A log of disclosures whose headers are questions."""
    header = ["Milloin", "Kenen tiedot", "Mille yritykselle", "Mihin tarkoitukseen", "Mihin maahan"]
    rows = [
        [f"{n}.5.2026", str(5000 + n), f"Firma {n} Oy", "laskutus", "Suomi"] for n in range(1, 9)
    ]
    assert roles_of("disclosures", header, rows) == {
        "Milloin": Role.DISCLOSED_ON,
        "Kenen tiedot": None,
        "Mille yritykselle": Role.RECIPIENT,
        "Mihin tarkoitukseen": Role.PURPOSE,
        "Mihin maahan": Role.COUNTRY,
    }


def test_content_tells_a_role_that_no_header_names():
    """What was asked and what became of it, by the words of the cells alone."""
    header = ["A", "B", "C"]
    rows = [
        ["1", "tietojen poisto", "tehty"],
        ["2", "tietojen tarkastus", "hylätty"],
        ["3", "tietojen korjaus", "kesken"],
        ["4", "tietojen poisto", "tehty"],
    ]
    found = roles_of("requests", header, rows)
    assert (found["B"], found["C"]) == (Role.REQUEST_KIND, Role.OUTCOME)


def test_a_column_that_says_one_thing_only_tells_no_role():
    """One word may be chance, and prose says many."""
    rows = [[str(n), "poisto"] for n in range(5)]
    assert roles_of("requests", ["A", "B"], rows)["B"] is None


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("JASENNRO", ["000101", "000102", "000103"]),
        ("Gästnr", ["401", "402", "403"]),
        ("potilas", ["P1", "P2", "P3"]),
        ("guest_id", ["9", "8", "7"]),
    ],
)
def test_the_number_by_which_people_go_is_a_reference(header, cells):
    """Whatever the register calls its people."""
    assert (
        roles_of("send_log", [header], [[cell] for cell in cells])[header]
        is Role.CUSTOMER_REFERENCE
    )


@pytest.mark.parametrize(
    ("name", "header", "kind"),
    [
        ("reklamförbud", ["Gästnr", "E-post", "Förbud från", "Gäller"], "objections"),
        ("gästkatalog_2026", ["Gästnr", "Namn", "Publicerad"], "publication_list"),
        ("poistetut_jasenet", ["poistettu", "nimi", "email"], "erasures"),
        ("kulunvalvonta", ["tapahtuma", "jasen", "aika", "ovi"], "orders"),
        (
            "kirjeet ja kampanjaviestit",
            ["Lähetyspvm", "Asiakasnumero", "Kanava", "Aihe"],
            "send_log",
        ),
        ("markkinointiluvat", ["Potilasnro", "Lupa annettu", "Lupa peruttu"], "consents"),
    ],
)
def test_a_compound_or_a_header_of_its_own_tells_the_kind(name, header, kind):
    """File names of two words, and headers that stand in one kind of list alone."""
    assert recognise_kind(name, header) == kind


def test_a_list_of_requests_is_not_the_notice(tmp_path):
    """Its name begins as a notice's does, and comes before it."""
    rows = "".join(f"{n};tarkastus;{n}.5.2026;{n + 9}.5.2026\n" for n in range(1, 9))
    listed = f"Pyyntö;Pyynnön laji;Saapunut;Vastattu\n{rows}"
    (tmp_path / "tietosuojapyynnöt.txt").write_text(listed, "utf-8")
    (tmp_path / "tietosuojaseloste.txt").write_text("Tietosuojaseloste\n", "utf-8")
    plan = draft_plan(tmp_path)
    assert plan.notice == "tietosuojaseloste.txt"
    assert [source.file for source in plan.sources] == ["tietosuojapyynnöt.txt"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("luovutusrekisteri", "disclosures"),
        ("käyttöoikeusrekisteri", "access_list"),
        ("poistettujen lista", "erasures"),
        ("asukasluettelo", "customers"),
        ("förbud mot nyhetsbrev", "objections"),
        ("do-not-email", "objections"),
        ("subject access log", "requests"),
        ("repair_requests", "orders"),
    ],
)
def test_the_name_of_a_list_tells_what_it_is_of(name, kind):
    """By the meaning of its words, without those that say only that it is a list."""
    assert recognise_kind(name, ["A", "B"]) == kind


def test_behind_a_hold_stand_its_reason_and_its_days():
    """*Varför* and *Till och med* say nothing alone, but much behind *Får ej raderas*."""
    header = ["Medlem nr", "Får ej raderas", "Varför", "Till och med"]
    rows = [
        ["1", "x", "obetald avgift", "1.8.2026"],
        ["2", "", "", ""],
        ["3", "x", "indrivning", ""],
    ]
    found = roles_of("customers", header, rows)
    assert found["Får ej raderas"] is Role.HOLD
    assert (found["Varför"], found["Till och med"]) == (Role.HOLD_REASON, Role.HOLD_UNTIL)


DAYS = [f"{n}.5.2024" for n in range(1, 6)]


@pytest.mark.parametrize(
    ("kind", "header", "role"),
    [
        ("customers", "Opetus päättyi", Role.CUSTOMER_RELATIONSHIP_END),
        ("customers", "Opetuksen päättymispäivä", Role.CUSTOMER_RELATIONSHIP_END),
        ("customers", "Valmennus loppui", Role.CUSTOMER_RELATIONSHIP_END),
        ("customers", "Undervisningen slutade", Role.CUSTOMER_RELATIONSHIP_END),
        ("customers", "Vård avslutad", Role.CUSTOMER_RELATIONSHIP_END),
        ("customers", "Tuition finished", Role.CUSTOMER_RELATIONSHIP_END),
        ("customers", "Care terminated", Role.CUSTOMER_RELATIONSHIP_END),
        ("customers", "Koulutus alkoi", Role.RELATIONSHIP_START),
        ("customers", "Utbildning började", Role.RELATIONSHIP_START),
        ("customers", "Viimeisin laskutus", Role.LAST_INVOICE),
        ("customers", "Senaste faktura", Role.LAST_INVOICE),
        ("customers", "Last invoiced", Role.LAST_INVOICE),
        ("customers", "Viimeisin ostos", Role.LAST_ORDER),
        ("customers", "Takuu päättyi", None),
        ("customers", "Rajoitus päättyi", Role.RESTRICTED_UNTIL),
        ("orders", "Koulutus päättyi", None),
        ("access_list", "Viimeksi sisällä", Role.LAST_LOGIN_ON),
        ("access_list", "Senast inne", Role.LAST_LOGIN_ON),
    ],
)
def test_what_a_person_had_for_a_time_begins_and_ends(kind: str, header: str, role: Role | None):
    """A service's end is the relationship's in a list of people, and nobody's among orders."""
    rows = [[day, str(n)] for n, day in enumerate(DAYS)]
    assert roles_of(kind, [header, "Muu"], rows)[header] is role


def test_a_number_of_invoices_is_no_day_of_the_last():
    """What stands under *Viimeisin lasku* may be its number."""
    rows = [[str(20_000 + n), str(n)] for n in range(5)]
    assert roles_of("customers", ["Viimeisin lasku", "Muu"], rows)["Viimeisin lasku"] is None


@pytest.mark.parametrize("header", ["Spärrorsak", "Lukon peruste", "Raderingsspärrsorsak"])
def test_the_reason_of_a_hold_may_be_a_compound(header: str):
    """A *spärrorsak* is a reason, as a *laskunumero* is a number."""
    rows = [["x", "Perintä"], ["x", "Avoin lasku"], ["x", "Tilasto"]]
    assert roles_of("customers", ["Hold", header], rows)[header] is Role.HOLD_REASON


@pytest.mark.parametrize(
    ("header", "cells", "role"),
    [
        ("Tarjousviestit", ["kyllä", "ei", "kyllä"], Role.MARKETING_CONSENT),
        ("Erbjudanden per e-post", ["ja", "nej", "nej"], Role.MARKETING_CONSENT),
        ("Offers by email", ["yes", "no", "yes"], Role.MARKETING_CONSENT),
        ("Tarjousviestit", ["12", "3", "7"], None),
        ("Tarjous", ["kattoremontti", "ikkunat", "kaivo"], None),
    ],
)
def test_whether_somebody_wants_offers_is_a_consent(header: str, cells: list[str], role: Role):
    """Yes and no are; how many were sent, or what was offered, is not."""
    rows = [[str(n), cell] for n, cell in enumerate(cells)]
    assert roles_of("customers", ["Asiakasnro", header], rows)[header] is role


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (
            "Tallennushetki",
            ["Ensimmäinen käynti", "Suostumuksen jälkeen", "Kieltäytymisen jälkeen"],
        ),
        ("Milloin", ["Ensimmäinen lataus"] * 3),
        ("Seen at", ["First load", "After acceptance", "After refusal"]),
        ("X", ["Ennen suostumusta", "Suostumuksen jälkeen", "Ennen suostumusta"]),
    ],
)
def test_when_a_cookie_was_seen_is_told_by_header_or_content(header: str, cells: list[str]):
    """The visitor's choice is said in the cells, whatever heads them."""
    rows = [[f"_c{n}", cell] for n, cell in enumerate(cells)]
    assert roles_of("cookie_inventory", ["Eväste", header], rows)[header] is Role.RECORDING


HEADED = {
    ("requests", "jatkoaika.syy"): "extension_reason",
    ("customers", "Uppgiftskälla"): "source",
    ("customers", "Hakulähde"): "source",
    ("access_log", "actor.alternateId"): "user_id",
    ("access_log", "customer_user"): None,
}


@pytest.mark.parametrize(("kind", "header"), HEADED)
def test_a_header_is_read_for_its_kind(kind, header):
    """Of a customer who signs in nobody asks what right of access they have."""
    named = role_of_kind(header, ["a b c", "d e f"], kind)
    assert (named and named.key) == HEADED[kind, header]
