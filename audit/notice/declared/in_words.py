"""
What a notice declares in words that no lexicon knows: what its sources and disclosures are called.

A register's own word for a source, or for what data was given for, is held against these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.categories._text import fold
from audit.categories.lexicon import all_words, party_name
from audit.notice.declared.names import described_names
from audit.notice.declared.words import allowed_disclosures, on_sources, sources
from audit.notice.lexicon import entries, of_any, says
from audit.notice.model import DisclosurePurpose, Notice, Recipient, Source
from audit.vocabulary import load

__all__ = [
    "described_as_sources",
    "disclosures_in_words",
    "firms_of_sources",
    "other_sources_in_words",
    "recipients_in_words",
    "sources_beside",
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


def sources_beside(notice: Notice) -> frozenset[str]:
    """
    Sources that the sentences on sources tell beside those read: "Members may sign up a friend".

    A sentence that denies something tells none.

    >>> from audit.notice.sketch import sketch
    >>> said = {"key": "data_subject", "text": "jäseneltä tai hänen ystävältään", "clauses": ["C1"]}
    >>> sorted(sources_beside(sketch({"sources": [said], "clauses": ["Tiedot saadaan jäsenen ystävältä."]})))
    ['customer_report', 'referral']
    """
    told = [clause.quote for clause in notice.clauses if "sources" in clause.topics]
    told += [text for text in on_sources(notice) if text]
    open_ones = (text for text in told if not of_any("cookies", "denies").search(fold(text)))
    # "The population register (changes of address)": what it gives is no other source.
    bare = (re.sub(r"\([^()]*\)", " ", text) for text in open_ones)
    return frozenset(key for text in bare for key in all_words("source", text))


def firms_of_sources(notice: Notice) -> frozenset[str]:
    """
    Beginnings of the names of firms that are of a kind which the notice has among its sources.

    >>> from audit.notice.sketch import sketch
    >>> said = firms_of_sources(sketch({"sources": [{"key": "other", "text": "matkanjärjestäjiltä"}]}))
    >>> "matkatoimist" in said, "tilitoimisto" in said
    (True, False)
    """
    told = {kind for text in on_sources(notice) for kind in all_words("parties", text)}
    known = load("parties")["kinds"]
    return frozenset(
        name
        for kind in told - _NO_FIRMS
        for name in known[kind]
        if name[0] != "*" and name[-1] != "|"
    )


_NO_FIRMS = frozenset({"data_subject", "staff", "private_person", "partner", "acting_company"})


def described_as_sources(notice: Notice) -> frozenset[str]:
    """
    Firms that the notice calls by a word for one of its sources: "the importer Hanada Motors".

    >>> from audit.notice.sketch import sketch
    >>> sorted(described_as_sources(sketch({"sources": [{"key": "other", "text": "importörer"}]})))
    []
    """
    words = tuple(sources_in_words(notice))
    told = described_names(clause.quote for clause in notice.clauses if clause.quote)
    return frozenset(party_name(name) for noun, name in told if fold(noun).startswith(words))


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
    told = [
        item.text
        for item in notice.sources
        if item.key == "other" and not _are_themselves(item, notice)
    ]
    # A public register's data needs no word to the person: the law itself tells of it.
    texts = [text for text in told if not says("in_words", "of_a_register", fold(text))]
    return _beginnings(texts, "of_any_source")


def _are_themselves(item: Source, notice: Notice) -> bool:
    """Whether a source is the person in the trade's word: "inlämnaren och budgivaren själv"."""
    for clause in notice.clauses:
        if clause.id not in item.clauses:
            continue
        said = fold(clause.quote)
        for match in _THEMSELVES.finditer(said):
            begin = max(said.rfind(stop, 0, match.start()) for stop in (",", ";", ".")) + 1
            if fold(item.text) in said[begin : match.end()]:
                return True
    return False


_THEMSELVES = re.compile(r"\b(?:själva?|itse|himself|herself|themselves|yourself)\b")


def _beginnings(texts: Iterable[str], *lists: str) -> frozenset[str]:
    """The words that may name something, without their ends, but for those that begin as ``lists`` have it."""
    left_out = tuple(word for name in lists for word in entries("any", "in_words", name))
    words = {word for text in texts for word in re.findall(r"[^\W\d_]{5,}", fold(text))}
    kept = (word for word in words if not word.startswith(left_out))
    # "Host families" are each a host family.
    # "Tilaukset" are each a "tilaus", whatever stands before it.
    kept = (_OF_MANY.sub("", word) for word in kept)
    bare = (word[:-3] if word.endswith("ies") else word.removesuffix("s") for word in kept)
    return frozenset(word[: max(6, len(word) - 5)] for word in bare)


_OF_MANY = re.compile(r"(?<=\w{4}[uy])ks(?:et|ia|ien|iin|en|een|ista|iä)$")
