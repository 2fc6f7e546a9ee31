"""
Words that exports and notices use for the same thing: parties, purposes, sources.

A lexicon is a table of ``vocabulary/``: a key and the beginnings of what is said for it. Exports
are read with it cell by cell, notices sentence by sentence, so that both end in the same keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from audit.categories._text import fold
from audit.vocabulary import load

__all__ = [
    "FIRM",
    "SAID",
    "all_words",
    "first_word",
    "is_firm",
    "lexicon",
    "party_name",
    "words_inside",
]

FIRM = "firm:"
"""What stands before the name of a firm from which data came, where no word tells its kind."""
SAID = "said:"
"""What stands before the words for a source that no lexicon knows and that are no firm's name."""
_FORMS = load("legal_forms")


# What a firm is called without its form, its punctuation and its group's country.
def _any_of(*lists: str) -> str:
    return "|".join(re.escape(form) for name in lists for form in _FORMS[name])


# "Nordic Cabins" begins with its name.
_LEFT_OUT = re.compile(
    rf"\b(?:{_any_of('at_the_end', 'beside_a_name')})\b\.?|(?<!^)\b(?:{_any_of('of_a_group')})\b\.?"
)
_ADDED = re.compile(r"\(.*?\)|\bc/o\b.*|[,;]\s*y-?tunnus.*|\b\d{7}-\d\b", re.IGNORECASE)


def party_name(text: str) -> str:
    """
    The name of a firm or authority without what differs from one list to the next.

    >>> party_name("Paytrail Oyj"), party_name("PAYTRAIL"), party_name("Google Ireland Ltd.")
    ('paytrail', 'paytrail', 'google')
    >>> party_name("Oy Firma Ab (1234567-8)"), party_name("R.S.A.")
    ('firma', 'rsa')
    """
    folded = fold(text)
    if _DOTTED.fullmatch(folded.strip()):
        return re.sub(r"\W", "", folded)
    bare = re.sub(r"[\W_]+", " ", _LEFT_OUT.sub(" ", _ADDED.sub(" ", folded))).strip()
    return bare or folded


_DOTTED = re.compile(r"(?:[^\W\d_]\.\s?){2,}[^\W\d_]?\.?")


def is_firm(text: str) -> bool:
    """
    Whether a text is the name of a firm, by the form at one of its ends.

    >>> is_firm("Nordvagn Import Oy"), is_firm("Oy Luku Ab"), is_firm("Asiakas soitti")
    (True, True, False)
    """
    return _AT_AN_END.search(fold(text).strip(" .,")) is not None


_AT_AN_END = re.compile(
    rf"^(?:oy|ab)\s\w|\w\s(?:{'|'.join(_FORMS['at_the_end'])})(?:\s\([^)]*\))?$"
)


@cache
def lexicon(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The keys of a lexicon in their order, each with its beginnings; parties by kind."""
    found = load("parties")["kinds"] if name in ("parties", "service") else load("words")[name]
    return tuple((key, tuple(said)) for key, said in found.items())


def first_word(name: str, text: str) -> str | None:
    """
    The key with the longest word that the text begins with, else the first that it has in it.

    >>> first_word("parties", "Tilitoimisto Luku Oy"), first_word("parties", "Oy Luku Ab")
    ('financial_administration', None)
    >>> first_word("objection_purpose", "Marknadsundersökningar")
    'market_research'
    """
    folded = fold(text).replace("_", " ")
    begun = [
        (-len(match[0]), place, key)
        for place, (key, pattern) in enumerate(_patterns(name, begins=True))
        if (match := pattern.match(folded))
    ]
    if begun:
        return min(begun)[2]
    within = (key for key, pattern in _patterns(name, begins=False) if pattern.search(folded))
    return next(within, None)


@lru_cache(maxsize=1000)  # every check of what a notice declares asks of the same words
def all_words(name: str, text: str) -> tuple[str, ...]:
    """
    Every key whose words stand in a text, also as the later part of a compound.

    >>> sorted(all_words("parties", "luottopäätöksen tueksi, perintää, laskutusta"))
    ['credit', 'debt_collection', 'invoicing']
    """
    folded = fold(text).replace("_", " ")
    return tuple(key for key, pattern in _patterns(name, begins=False) if pattern.search(folded))


def words_inside(name: str, text: str) -> Iterator[str]:
    """
    Every key of which a longer word stands somewhere in a text, inside a compound as well.

    >>> sorted(words_inside("purpose", "sairausvakuutuskorvausten maksamista"))
    ['insurance']
    """
    folded = fold(text)
    for key, listed in lexicon(name):
        if any(len(said) >= _LONG and said.strip("*|") in folded for said in listed):
            yield key


_LONG = 6


@cache
def _patterns(name: str, *, begins: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    start = "^" if begins else r"(?:^|[^\w])"
    return tuple(
        # Of several that fit at one place, the longest.
        (
            key,
            re.compile(
                "|".join(_pattern(w, start, begins=begins) for w in sorted(said, key=len)[::-1])
            ),
        )
        for key, said in lexicon(name)
        if said
    )


def _pattern(said: str, start: str, *, begins: bool) -> str:
    """
    What is looked for: a beginning, unless a mark says otherwise.

    A bar at the end: a whole word, with the genitive's ending or not; a star before: what may stand
    inside a compound.
    """
    whole = said.endswith("|")
    ending = r"(?:n|s|:n|in)?(?![\w])" if whole else ""
    if said.startswith("*"):
        return "(?!)" if begins else re.escape(said[1:].removesuffix("|")) + ending
    return start + re.escape(said.removesuffix("|")) + ending
