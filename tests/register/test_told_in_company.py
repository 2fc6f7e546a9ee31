"""What a list's columns are where a header names what another column is, or a system's own field."""

from __future__ import annotations

import pytest

from audit.register.columns.recognised import recognise_columns
from audit.register.model import Role

PARTIES = ["Luku Oy (kirjanpito)", "Kuitti Oy", "Luku Oy", "Poliisi"]
MATTERS = ["Laskutus", "Perintä", "Kirjanpito", "Esitutkinta"]
DAYS = ["1.2.2025", "2.2.2025", "3.2.2025", "14.2.2025"]
AGREED = ["1.2.2023", "in negotiation", "n/a - no personal data", "2.2.2023"]


@pytest.mark.parametrize(
    ("kind", "table", "wanted"),
    [
        ("disclosures", {"Päiväys": DAYS, "Kohde": PARTIES, "Syy": MATTERS},
         {"Kohde": Role.RECIPIENT, "Syy": Role.PURPOSE}),
        ("disclosures", {"Aikaleima": DAYS, "Saaja": PARTIES}, {"Aikaleima": Role.DISCLOSED_ON}),
        ("processors",
         {"Processor": PARTIES, "Processor agreement (Art. 28)": AGREED, "Processing since": DAYS},
         {"Processor": Role.RECIPIENT, "Processor agreement (Art. 28)": Role.AGREEMENT_ON}),
    ],
    ids=["firms", "stamp of a log", "agreement"],
)  # fmt: skip
def test_the_cells_tell_what_a_list_needs(kind, table, wanted):
    """A role that another column has, or none, is given to the one column that fits."""
    rows = list(zip(*table.values(), strict=True))
    found = {c.header: c.role for c in recognise_columns(tuple(table), rows, kind)}
    assert {header: found[header] for header in wanted} == wanted


def test_what_was_given_is_nobody() -> None:
    """A firm's name in one of the cells makes no column one of recipients."""
    table = {"Päiväys": DAYS, "Kohde": ["lasku", "osoite", "Luku Oy:n lasku", "nimi"]}
    rows = list(zip(*table.values(), strict=True))
    found = recognise_columns(tuple(table), rows, "disclosures")
    assert Role.RECIPIENT not in {column.role for column in found}


PEOPLE = ["Salo Aino", "Koe Onni", "Niemi Bo", "Ranta Eeva"]
GIVEN = ["3.1.2024", "3.1.2024", "2.5.2024", "5.6.2024"]
LATELY = ["19.11.2026", "20.11.2026", "1.11.2026", "18.11.2026"]


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ({"TUNN": ["SALOAI", "KOEON", "NIEMIBO", "RANTAEE"], "NIMI": PEOPLE, "AVATTU": GIVEN},
         {"TUNN": Role.USER_ID}),
        ({"Nimi": PEOPLE, "Tunnus luovutettu": GIVEN, "Viimeisin käyttö": LATELY},
         {"Tunnus luovutettu": Role.ACCESS_FROM}),
        ({"Nimi": PEOPLE, "Pvm A": LATELY, "Pvm B": GIVEN},
         {"Pvm A": Role.LAST_LOGIN_ON, "Pvm B": Role.ACCESS_FROM}),
        ({"Nimi": PEOPLE, "Ryhmä": ["Salonki", "Keittiö", "Varasto", "Halli"], "Salasana vaihdettu": LATELY,
          "Avattu": GIVEN}, {"Ryhmä": None, "Salasana vaihdettu": None}),
    ],
    ids=["ids as names begin", "days no ids", "first and last days", "a password's day"],
)  # fmt: skip
def test_a_list_of_accounts_tells_by_its_people_and_its_days(table, wanted) -> None:
    """Ids begin as names do, and what was last used lies behind what was given."""
    rows = list(zip(*table.values(), strict=True))
    found = {c.header: c.role for c in recognise_columns(tuple(table), rows, "access_list")}
    assert {header: found[header] for header in wanted} == wanted
