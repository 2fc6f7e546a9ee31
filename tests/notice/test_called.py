"""What people call the data that they hold: everyday words of each category, in each language."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from audit.notice.formats.labels import as_labels
from audit.notice.reading import read_published

CALLED = tomllib.loads(Path(__file__).with_name("called.toml").read_text("utf-8"))
NOTICE = {
    "fi": "Tietosuojaseloste\n\nRekisterinpitäjä: Koe Oy\n\nRekisterin tietosisältö\n\n- nimi\n",
    "sv": "Dataskyddsbeskrivning\n\nPersonuppgiftsansvarig: Prov Ab\n\nPersonuppgifter\n\n- namn\n",
    "en": "Privacy notice\n\nController: Test Ltd\n\nPersonal data we hold\n\n- name\n",
}
EVERY = [(lang, key) for lang, said in CALLED.items() for key in said]


@pytest.mark.parametrize(("lang", "key"), EVERY, ids=lambda one: one)
def test_everyday_words_are_of_one_category(lang: str, key: str, tmp_path: Path) -> None:
    """Whatever else the notice lists: nothing of another category is found in them, nor left over."""
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE[lang] + "".join(f"- {words}\n" for words in CALLED[lang][key]), "utf-8")
    (register,) = as_labels(read_published(path))["registers"]
    assert set(register["categories"]) == {"name", key}


def test_an_item_in_capitals_is_no_heading(tmp_path: Path) -> None:
    """*- IBAN* in a list is an item; headings in capitals, each with a mark, stay headings."""
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE["fi"] + "- IBAN\n- HETU\n- puhelin\n", "utf-8")
    (register,) = as_labels(read_published(path))["registers"]
    assert set(register["categories"]) == {
        "name",
        "bank_account",
        "personal_identity_code",
        "phone",
    }
    path.write_text(
        "TIETOSUOJASELOSTE\n\n- REKISTERINPITÄJÄ\n\nKoe Oy\n\n- REKISTERIN TIETOSISÄLTÖ\n\nnimi, puhelin\n",
        "utf-8",
    )
    (register,) = as_labels(read_published(path))["registers"]
    assert set(register["categories"]) == {"name", "phone"}
