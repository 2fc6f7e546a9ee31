"""Column headers, as real exports spell them, name the right category or none."""

from collections import defaultdict
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from time import process_time

import pytest
from ruamel.yaml import YAML

import audit.categories
from audit.categories.headers import best_name, words
from audit.categories.model import Category, Group

SURE_ENOUGH = 0.6

CATEGORIES = {
    value.key: value
    for module in iter_modules(audit.categories.__path__)
    for name, value in vars(import_module(f"audit.categories.{module.name}")).items()
    if name.isupper() and isinstance(value, Category)
}
LEXICON = {category.key: category.headers for category in CATEGORIES.values()}
CASES = [
    (header, key)
    for entry in YAML(typ="safe").load(Path(__file__).with_name("headers.yaml"))
    for header, key in entry.items()
]
GROUPS = {
    Group.SPECIAL: "health diet_allergy religion union_membership political_opinion ethnic_origin "
    "sexual_life biometrics",
    Group.CRIME_AND_CREDIT: "criminal credit",
    Group.IDENTITY_CODE: "personal_identity_code",
    Group.CREDENTIAL: "password payment_card",
    Group.PROTECTED: "protected_person",
    Group.TECHNICAL: "technical",
}


@pytest.mark.parametrize(("header", "key"), CASES, ids=[repr(header) for header, _ in CASES])
def test_header_names_its_category(header: str, key: str | None) -> None:
    """A header names the category a reader would give it; free text and look-alikes name none."""
    named = best_name(header, LEXICON)
    assert (named.key if named and named.score >= SURE_ENOUGH else None) == key, named


def test_cases_are_many_and_cover_every_category() -> None:
    """The table stays wide: no header twice, every category met, headers of no category too."""
    headers = [header for header, _ in CASES]
    assert len(headers) == len(set(headers)) >= 350
    assert {key for _, key in CASES} == {None, *CATEGORIES}


def test_phrase_belongs_to_one_category() -> None:
    """No phrase is in two categories, nor becomes so when an export loses spaces and dots."""
    homes = defaultdict(set)
    for key, phrases in LEXICON.items():
        assert len(phrases) == len(set(phrases)), key
        for phrase in phrases:
            homes[phrase.replace(" ", "").translate(str.maketrans("äöåéü", "aoaeu"))].add(key)
    assert {phrase: keys for phrase, keys in homes.items() if len(keys) > 1} == {}


@pytest.mark.parametrize("key", sorted(LEXICON))
def test_phrases_are_folded(key: str) -> None:
    """A phrase is written as headers are folded: lower-case words apart by single spaces."""
    odd = [p for p in LEXICON[key] if words(p).replace(" ", "") != p.replace(" ", "")]
    assert odd == []
    assert all(phrase == " ".join(phrase.casefold().split()) for phrase in LEXICON[key])


@pytest.mark.parametrize("key", sorted(LEXICON))
def test_category_names_itself(key: str) -> None:
    """Every category has a name in each language, and headers."""
    assert set(CATEGORIES[key].names) == {"fi", "sv", "en"}
    assert all(CATEGORIES[key].names.values())
    assert CATEGORIES[key].headers


def test_groups_are_those_of_the_law() -> None:
    """Special categories, crime and credit, credentials and technical data are told apart."""
    expected = {key: group for group, keys in GROUPS.items() for key in keys.split()}
    assert {k: c.group for k, c in CATEGORIES.items() if c.group is not Group.ORDINARY} == expected


@pytest.mark.parametrize("header", ["p" * 100_000, "pitkä" * 20_000, "a." * 50_000])
def test_a_header_of_any_length_is_told_at_once(header: str) -> None:
    """Nobody waits a minute for a header that an export made of a whole text."""
    begun = process_time()
    assert best_name(header, {"email": ["sähköposti"], "phone": ["puh"]}) is None
    assert process_time() - begun < 2  # seconds; it took fifty
