"""People's names in notes: what a model of names says of them, by a stand-in of its shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest

from audit.engine import names as engine_names
from audit.engine.names import GROUND, Names
from audit.plan.drafting import draft_plan
from audit.run import run

AS_OF = date(2026, 1, 1)
PEOPLE = re.compile(r"\b(?:Onni|Helmi) Koe\w+")
NOTES = """\
Asiakasnro;Nimi;Sähköposti;Lisätiedot
1;Aino Esimerkki;a1@koe.example;avain on Onni Koesella
2;Eeva Malli;a2@koe.example;ovi sininen
3;Onni Koenen;a3@koe.example;Onni Koenen soittaa itse
4;Eino Malli;a4@koe.example;
5;Saara Malli;a5@koe.example;avain on Onni Koesella
6;Väinö Malli;a6@koe.example;Helmi Koenen, hetu 010190-999W
"""


class StandIn:
    """What spaCy's ``Language`` offers, with a list for a model."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def pipe(self, texts: Iterable[str]) -> Iterator[SimpleNamespace]:
        for text in texts:
            self.asked.append(text)
            people = [SimpleNamespace(text=m[0], label_="PERSON") for m in PEOPLE.finditer(text)]
            yield SimpleNamespace(ents=(*people, SimpleNamespace(text="Koe Oy", label_="ORG")))


@pytest.fixture
def noted(exports: Path) -> Path:
    (exports / "asiakkaat.csv").write_text(NOTES, "utf-8")
    return exports


def found_in(folder: Path, *, asked: bool) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    """The evidence about names, and what was assumed."""
    plan = draft_plan(folder).model_copy(update={"person_names": asked})
    evidence = folder.parent / "evidence.parquet"
    audit = run(plan, AS_OF, evidence)
    rows = pq.read_table(evidence).to_pylist()
    return [row for row in rows if row["detail"] == GROUND], audit.assumptions


def test_a_name_of_somebody_else_is_an_observation(
    noted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each cell that names another than the record's own person is located; none is a nonconformity."""
    model = StandIn()
    monkeypatch.setattr("audit.reading.load_names", lambda: Names(model))
    evidence, assumptions = found_in(noted, asked=True)
    assert [(row["check"], row["row"], row["column"], row["result"]) for row in evidence] == [
        ("MIN02", 1, "Lisätiedot", "observation"),
        ("MIN02", 5, "Lisätiedot", "observation"),
    ]
    assert {row["category"] for row in evidence} == {"name"}
    assert not [a for a in assumptions if a.startswith("names_not_sought")]
    assert len(model.asked) == len(set(model.asked)) == 4  # each different note once


def test_what_was_proved_in_a_cell_keeps_its_code(
    noted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note with an identity code and a name has one code, the gravest."""
    monkeypatch.setattr("audit.reading.load_names", lambda: Names(StandIn()))
    found_in(noted, asked=True)
    rows = pq.read_table(noted.parent / "evidence.parquet").to_pylist()
    assert [r["check"] for r in rows if r["row"] == 6 and r["column"] == "Lisätiedot"] == ["MIN04"]


def test_names_are_sought_only_where_the_plan_asks(noted: Path) -> None:
    """Without the question no model is loaded, and the report says that names were not sought."""
    evidence, assumptions = found_in(noted, asked=False)
    assert evidence == []
    assert "names_not_sought:asiakkaat" in assumptions


def test_a_missing_model_is_said(noted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for names without the extra gets the audit, and reads that names were not sought."""
    monkeypatch.setattr(engine_names, "_MODEL", "no_such_model_of_names")
    evidence, assumptions = found_in(noted, asked=True)
    assert evidence == []
    assert "names_model_missing:asiakkaat" in assumptions
    assert "names_not_sought:asiakkaat" not in assumptions


if find_spec("spacy_fi_experimental_web_md"):  # too large for every machine that runs the tests

    def test_the_real_model_finds_inflected_names(
        noted: Path,
    ) -> None:
        """The model of the extra reads Finnish notes."""
        evidence, _ = found_in(noted, asked=True)
        assert {row["row"] for row in evidence} >= {1, 5}
