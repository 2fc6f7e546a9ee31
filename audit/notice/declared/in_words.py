"""
What a notice declares in words that no lexicon knows: what its sources and disclosures are called.

A register's own word for a source, or for what data was given for, is held against these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.categories._text import fold
from audit.notice.declared.words import allowed_disclosures, on_sources, sources
from audit.notice.lexicon import entries, of_any, says
from audit.notice.model import DisclosurePurpose, Notice, Recipient

__all__ = [
    "disclosures_in_words",
    "other_sources_in_words",
    "recipients_in_words",
    "sources_in_words",
]


def sources_in_words(notice: Notice) -> frozenset[str]:
    """
    Beginnings of the words by which the notice names its sources, for what no lexicon knows.

    >>> from audit.notice.sketch import sketch
    >>> sorted(sources_in_words(sketch({"sources": [{"key": "other", "text": "Postens adressregister"}]})))
    ['adressreg', 'posten']
    """
    return _beginnings(on_sources(notice), "of_any_source")


def disclosures_in_words(notice: Notice) -> frozenset[str]:
    """
    Beginnings of the words by which the notice says who gets the data, and for what.

    >>> from audit.notice.sketch import sketch
    >>> sorted(disclosures_in_words(sketch({"disclosure_purposes": [{"key": "other", "text": "takuuhuoltoa varten"}]})))
    ['takuuhu']
    """
    every: list[Recipient | DisclosurePurpose] = [*notice.recipients, *allowed_disclosures(notice)]
    clauses = {name for item in every for name in item.clauses}
    quoted = [clause.quote for clause in notice.clauses if clause.id in clauses]
    return _beginnings(
        [*(item.text for item in every), *quoted], "of_any_source", "of_any_disclosure"
    )


def recipients_in_words(notice: Notice) -> frozenset[str]:
    """
    Beginnings of the words by which the notice says who gets the data.

    >>> from audit.notice.sketch import sketch
    >>> said = {"recipients": [{"key": "other", "text": "kohteen ostajalle"}]}
    >>> sorted(recipients_in_words(sketch(said)))
    ['kohtee', 'ostaja']
    """
    others = [item for item in notice.recipients if item.role != "staff"]
    clauses = {name for item in others for name in item.clauses}
    quoted = [one.quote for one in notice.clauses if one.id in clauses]
    # "The shop that sent the parcel" names a shop.
    said = [*(item.text for item in others), *quoted]
    texts = [of_any("in_words", "aside").sub(" ", text) for text in said]
    return _beginnings(texts, "of_any_source", "of_any_disclosure", "of_any_party")


def other_sources_in_words(notice: Notice) -> frozenset[str]:
    """
    Those of sources that are not the person, where the notice names the person as a source besides.

    >>> from audit.notice.sketch import sketch
    >>> said = {"key": "other", "text": "saadaan klinikalta"}
    >>> sorted(other_sources_in_words(sketch({"sources": [said]})))
    []
    >>> sorted(other_sources_in_words(sketch({"sources": [{"key": "data_subject", "text": "itseltään"}, said]})))
    ['klinik']
    """
    if not {"customer_registration", "customer_report"} & set(sources(notice)):
        return frozenset()
    told = [item.text for item in notice.sources if item.key == "other"]
    # A public register's data needs no word to the person: the law itself tells of it.
    texts = [text for text in told if not says("in_words", "of_a_register", fold(text))]
    return _beginnings(texts, "of_any_source")


def _beginnings(texts: Iterable[str], *lists: str) -> frozenset[str]:
    """The words that may name something, without their ends, but for those that begin as ``lists`` have it."""
    left_out = tuple(word for name in lists for word in entries("any", "in_words", name))
    words = {word for text in texts for word in re.findall(r"[^\W\d_]{5,}", fold(text))}
    bare = (word.removesuffix("s") for word in words if not word.startswith(left_out))
    return frozenset(word[: max(6, len(word) - 5)] for word in bare)
