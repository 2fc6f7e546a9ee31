"""Sections of pages as small firms and associations write them: what each says, and what it does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from audit.notice.formats.labels import as_labels
from audit.notice.forms import pdf
from audit.notice.reading import read_published
from audit.notice.review.defects import known_defects

PATHS = sorted((Path(__file__).parent / "sentences").glob("pages*.yaml"))
CASES: dict[str, dict[str, Any]] = {
    name: case for path in PATHS for name, case in yaml.safe_load(path.read_text("utf-8")).items()
}
FRAME = "<html><body><h1>{}</h1><h2>{}</h2><p>{}</p>{}</body></html>"
HEAD = {
    "fi": ("Tietosuojaseloste", "Rekisterinpitäjä"),
    "sv": ("Integritetspolicy", "Personuppgiftsansvarig"),
    "en": ("Privacy notice", "Controller"),
}
WHO = "Koepaja Oy, Koekuja 1, 99999 Koela, info@koepaja.example"


def page(case: dict[str, Any]) -> str:
    """The page of a case: in Finnish, and with a controller who says all there is, unless it says otherwise."""
    return FRAME.format(*HEAD[case.get("language", "fi")], case.get("who", WHO), case["page"])


def said(rule: dict[str, Any]) -> str:
    about = rule["applies_to"]
    scope = about if isinstance(about, str) else " ".join(sorted(about))
    return f"{rule['duration'] or rule['kind']} {rule['trigger']} {scope}"


FIELDS = {
    "categories",
    "others",
    "rules",
    "bases",
    "transfers",
    "recipients",
    "sources",
    "rights",
    "automated",
    "dated",
}


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if {"lacks", "keeps"} & set(case)]
)
def test_a_page_lacks_what_it_lacks(tmp_path: Path, name: str) -> None:
    """The defects that a case names are found, and those that it says it has not are none."""
    case = CASES[name]
    path = tmp_path / "notice.html"
    path.write_text(page(case), "utf-8")
    told = known_defects(read_published(path).notices, date(2026, 11, 26))
    assert [words for words in case.get("lacks", ()) if not any(words in one for one in told)] == []
    assert [words for words in case.get("keeps", ()) if any(words in one for one in told)] == []


@pytest.mark.parametrize("name", CASES)
def test_a_page_says_what_it_says(tmp_path: Path, name: str) -> None:
    """Each field that a case names is read as a careful reader does."""
    case = CASES[name]
    path = tmp_path / "notice.html"
    path.write_text(page(case), "utf-8")
    labels = as_labels(read_published(path))
    (register,) = labels["registers"]
    keys = register["categories"]
    known = {key for key in keys if not key.startswith("other:")}
    read = {
        "categories": known,
        "others": [key.removeprefix("other:") for key in keys if key not in known],
        "rules": [said(rule) for rule in register["retention"] if rule["kind"] != "missing"],
        "bases": set(register["legal_bases"]),
        "transfers": register["transfers_outside_eea"],
        "recipients": register["recipients"],
        "sources": register["sources"],
        "rights": set(labels["rights"]),
        "automated": labels["automated_decision_making"],
        "dated": labels["dated"],
    }
    sets = ("categories", "bases", "rights")
    wanted = {
        field: set(value.split()) if field in sets else value
        for field, value in case.items()
        if field in FIELDS
    }
    assert {field: read[field] for field in wanted} == wanted


class _Page:
    """A page of a PDF whose text holds each word on a line of its own."""

    def extract_text(self, **how: object) -> str:
        told = ["Tietojen säilytysaika", "Tiedot poistetaan kahden vuoden", "kuluttua tilauksesta."]
        return "\n".join(told) if how else "\n \n".join(" ".join(told).split())


def test_words_of_a_pdf_that_stand_one_by_one_are_lines_again() -> None:
    """A word processor on the web prints each word by itself; the page shows whole lines."""
    assert pdf._words(_Page()).split("\n")[1] == "Tiedot poistetaan kahden vuoden"  # type: ignore[arg-type]
    assert not pdf._is_in_splinters("Rekisterinpitäjä\nKoepaja Oy, Koekuja 1\n99999 Koela")
