"""Whether a notice says that it holds nothing but what it lists, however it says so."""

from pathlib import Path

import pytest

from audit.notice.model import Exhaustive
from audit.notice.read import read_notice

_CALLED = {"D": "privacy notice", "V": "dataskyddsbeskrivning", "M": "tietosuojaseloste"}


@pytest.mark.parametrize(
    ("title", "text", "closed"),
    [
        ("Data we keep", "We keep these data and no others: name, phone and e-mail address.", True),
        ("Data we keep", "We keep your name, phone and e-mail address.", False),
        ("Data we keep", "We keep your name and phone. We call no others.", False),
        (
            "Vilka uppgifter samlar vi in?",
            "Namn, adress och telefonnummer. Vi samlar inte in andra uppgifter.",
            True,
        ),
        (
            "Vilka uppgifter samlar vi in?",
            "Namn, adress och telefonnummer. Uppgifter samlas inte in från andra.",
            False,
        ),
        ("Mitä tietoja keräämme?", "Nimi, osoite ja puhelinnumero. Muuta emme tallenna.", True),
        ("Mitä tietoja keräämme?", "Nimi, osoite ja puhelinnumero. Muualta emme kerää.", False),
    ],
)
def test_list_is_closed(title: str, text: str, closed: bool, tmp_path: Path) -> None:  # noqa: FBT001
    page = tmp_path / "notice.html"
    page.write_text(
        f"<h1>Koe Oy {_CALLED[title[0]]}</h1><h2>{title}</h2><p>{text}</p>",
        "utf-8",
    )
    assert (read_notice(page).exhaustive.data_categories is Exhaustive.YES) is closed
