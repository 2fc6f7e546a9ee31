"""Sentences as people type them: what the lexicons find in them, and in which they find nothing."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML

from audit.categories import Group, categories
from audit.categories._text import normalise

SENTENCES = YAML(typ="safe").load(Path(__file__).with_name("heldout") / "sentences.yaml")
LEXICONS = [c for c in categories().values() if c.group in (Group.SPECIAL, Group.CRIME_AND_CREDIT)]


def found(text: str) -> set[tuple[str, str]]:
    """The categories found in a text, with their grounds."""
    return {
        (category.key, match.ground)
        for category in LEXICONS
        if category.find
        for match in category.find(normalise(text))
    }


def test_there_are_sentences_enough() -> None:
    """At least 150 sentences, of every category that words tell, and others with nothing in them."""
    assert len(SENTENCES) >= 150
    assert {s["category"] for s in SENTENCES if "category" in s} == {c.key for c in LEXICONS}
    assert sum("category" not in s for s in SENTENCES) >= 50


def test_nearly_every_statement_is_found() -> None:
    """Of those that say something of a person, few are missed, and most are called statements."""
    telling = [s for s in SENTENCES if "category" in s]
    stated = [s for s in telling if (s["category"], "statement") in found(s["text"])]
    assert len(stated) >= 0.95 * len(telling)


def test_nothing_is_said_of_goods_firms_and_denials() -> None:
    """In a sentence about nobody's secrets there is no statement, and hardly ever a mention."""
    others = [s["text"] for s in SENTENCES if "category" not in s]
    assert [text for text in others if any(g == "statement" for _, g in found(text))] == []
    assert sum(bool(found(text)) for text in others) <= 0.05 * len(others)
