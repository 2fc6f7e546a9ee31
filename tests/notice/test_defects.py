"""The defects that a review names, held against those that a careful reader named."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from test_corpus import DEFECTS, NOTICES, labels_of

from audit.notice.model import (
    AutomatedDecisions,
    DataCategory,
    LegalBasis,
    Notice,
    Recipient,
    RetentionPeriod,
    Right,
    Source,
    Transfers,
)
from audit.notice.reading import read_published
from audit.notice.review.defects import WORDINGS, known_defects
from audit.notice.sketch import sketch

AS_OF = date(2026, 11, 22)
LEAST_F1, LEAST_F1_READ = 0.9, 0.8
"""Of all defects of the corpus: the facts being those of its labels, and read by rule."""
_ABOUT_BASES = {"legal_basis", "purpose", "legitimate_interest"}


@cache
def read(path: Path) -> tuple[Notice, ...]:
    return read_published(path).notices


def with_facts(path: Path) -> list[Notice]:
    """The clauses as they are read, the facts as the labels have them."""
    labels, notices = labels_of(path), read(path)
    registers = labels["registers"]
    same = len(notices) == len(registers)
    return [
        notices[number if same else 0].model_copy(
            update=facts(notices[number if same else 0], labels, register)
        )
        for number, register in enumerate(registers)
    ]


def facts(notice: Notice, labels: dict[str, Any], register: dict[str, Any]) -> dict[str, Any]:
    def saying(words: str) -> tuple[str, ...]:
        return tuple(c.id for c in notice.clauses if words and words in " ".join(c.quote.split()))

    bases = tuple(c.id for c in notice.clauses if _ABOUT_BASES & set(c.topics))
    return {
        "language": labels["language"],
        "dated": labels["dated"],
        "rights": tuple(Right(key=key, text="") for key in labels["rights"]),
        "automated_decisions": AutomatedDecisions(statement=labels["automated_decision_making"]),
        "legal_bases": tuple(
            LegalBasis(key=key, text="", clauses=bases) for key in register["legal_bases"]
        ),
        "retention": tuple(
            RetentionPeriod(
                id=f"S{number}",
                kind=rule["kind"],
                period=rule["duration"],
                event=rule["trigger"],
                applies_to="all" if rule["applies_to"] == "all" else tuple(rule["applies_to"]),
                text=rule["quote"],
                clauses=saying(rule["quote"][:40]),
            )
            for number, rule in enumerate(register["retention"], 1)
        ),
        "transfers": Transfers(statement=register["transfers_outside_eea"]),
        "recipients": tuple(
            Recipient(key=words, text=words, clauses=saying(words[:6]))
            for words in register["recipients"]
        ),
        "sources": tuple(Source(key=words, text=words) for words in register["sources"]),
        "data_categories": tuple(DataCategory(key=key, text=key) for key in register["categories"]),
    }


def heads(defects: Any) -> set[str]:
    return {defect.split(" -- ")[0] for defect in defects}


def test_every_wording_is_on_the_closed_list() -> None:
    """A wording that the conventions do not have would never be counted; none is forgotten."""
    assert set(WORDINGS) == DEFECTS


def test_defects_follow_from_the_facts_and_the_words() -> None:
    """On the corpus nine of ten defects are named, and hardly any that is none."""
    counts: Counter[str] = Counter()
    for path in NOTICES:
        wanted = heads(labels_of(path)["known_defects"])
        found = heads(known_defects(with_facts(path), AS_OF))
        counts["both"] += 2 * len(wanted & found)
        counts["either"] += len(wanted) + len(found)
    assert counts["both"] / counts["either"] >= LEAST_F1


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_a_right_that_is_not_granted_is_named(path: Path) -> None:
    """What follows from the facts alone is named without exception."""
    labels = labels_of(path)
    wanted, found = heads(labels["known_defects"]), heads(known_defects(with_facts(path), AS_OF))
    certain = {w for w in DEFECTS if w.startswith("right ") and "automated" not in w}
    certain |= {w for w in DEFECTS if w.startswith(("indefinite", "notice undated", "notice pre"))}
    certain.add("retention period missing (Art. 13(2)(a))")
    assert wanted & certain == found & certain


@pytest.mark.parametrize(
    ("given", "defect", "there"),
    [
        ({"clauses": ["Siirto perustuu Privacy Shieldiin."]}, "relies on the invalidated", True),
        ({"clauses": ["Siirto perustuu Data Privacy Frameworkiin."]}, "relies on the", False),
        ({"clauses": ["Henkilötietolaki (523/1999) 10 §"]}, "refers to the repealed", True),
        ({"clauses": ["Tietosuojalaki (1050/2018)"]}, "refers to the repealed", False),
        ({"clauses": ["Pyyntö on allekirjoitettava."]}, "signed paper request", True),
        ({"clauses": ["Käyttämällä sivustoa hyväksyt evästeet."]}, "consent inferred", True),
        (
            {"language": "sv", "clauses": ["Vi är gemensamt personuppgiftsansvariga."]},
            "joint controllers",
            True,
        ),
        (
            {"language": "en", "clauses": ["Access is free once a year."]},
            "data-subject right",
            True,
        ),
        (
            {
                "language": "en",
                "clauses": [
                    {
                        "heading": "What data we collect",
                        "text": "Above 10 000 euros we take a copy of your passport for a fee.",
                    }
                ],
            },
            "data-subject right",
            False,
        ),
        ({"dated": "2018-05-24"}, "notice predates", True),
        ({"dated": "2018-05-25"}, "notice predates", False),
        ({"dated": "2018-05"}, "notice predates", False),
    ],
)
def test_what_phrases_say(given: dict[str, Any], defect: str, there: bool) -> None:  # noqa: FBT001 - a case
    """A phrase is a defect where it is one, and its neighbour is none."""
    found = known_defects([sketch(given)], AS_OF)
    assert any(wording.startswith(defect) for wording in found) is there


def test_defects_of_notices_that_are_read_by_rule() -> None:
    """Read by rule from end to end, four of five defects are still named."""
    counts: Counter[str] = Counter()
    for path in NOTICES:
        wanted = heads(labels_of(path)["known_defects"])
        found = heads(known_defects(read(path), AS_OF))
        counts["both"] += 2 * len(wanted & found)
        counts["either"] += len(wanted) + len(found)
    assert counts["both"] / counts["either"] >= LEAST_F1_READ
