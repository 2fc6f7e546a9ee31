"""The categories of data that some words name: the terms of the lexicon, compounds, contact details."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from audit.notice.extract.hits import Hit, hits, misspelt
from audit.notice.extract.pieces import pieces
from audit.notice.lexicon import Language, load, pattern, patterns

__all__ = ["books", "collective", "keys_of", "of_people", "without_purposes"]

CONTACT = "contact_details"
_CONTACT_KEYS = ("email", "phone", "postal_address")
_OPENS = re.compile(
    r"\s*(?:[(:]|(?:[—–]|(?<=\s)-)\s(?!om\b|när\b|för\b|vid\b|if\b|when\b|to\b|for\b|jos\b|kun\b)|eli\b|kuten\b|så ?som\b|such as\b|like\b|dvs\b|i\.e"
    r"|,? (?:including|namely|which means|inklusive|det vill säga|nämligen)\b|som (?=(?:namn|e-?post|e-?mail|mejl|mail|tele|tfn|mobil|adress|postadress)))"
)
_HYPHENED = re.compile(
    r"(?<![\w-])([^\W\d_]{3,})-,? (?:ja|tai|sekä|och|samt|eller) (?:[^\W\d_]+-,? (?:ja|tai|och|eller) )?([^\W\d_]{6,})"
)
_OF_ANIMALS = frozenset(
    ("health", "diet_allergy", "date_of_birth", "gender", "ethnic_origin", "passport")
)
_ACT = "accounting_act"
_SUBJECT = 15  # characters within which the subject of a rule stands
_LEAST_PART = 3  # letters of either half of a compound


def keys_of(words: str, language: Language, *, spelling: bool = False) -> list[Hit]:
    """The categories that some words name; "contact details" are three unless they are spelt out."""
    words = _without_other_senses(words, language)
    named = hits(words, language, "categories")
    named = sorted((*named, *_shared(words, named, language)), key=lambda hit: hit.start)
    if not named and spelling:
        named = misspelt(words, language, "categories")
    spread: list[Hit] = []
    for hit in named:
        if hit.key != CONTACT:
            spread.append(hit)
        elif not (_OPENS.match(words, hit.end) and _spelt_out(hit.end, named)):
            spread += [Hit(key, hit.start, hit.end, hit.how) for key in _CONTACT_KEYS]
    return spread


def _without_other_senses(words: str, language: Language) -> str:
    """
    The words with phrases blanked in which a word for data names something else.

    >>> words = "diagnostic data of your mobile device, and your health"
    >>> [hit.key for hit in keys_of(words, "en")]
    ['health']
    """
    other = pattern(language, "holding", "other_sense")
    return other.sub(lambda match: " " * len(match[0]), words)


def _shared(words: str, named: Sequence[Hit], language: Language) -> list[Hit]:
    """
    The categories of words whose end stands in the next one: "terveys- ja ruokavaliotiedot".

    The first word is tried with each end of the second that leaves it a beginning of its own.
    """
    found = []
    for match in _HYPHENED.finditer(words):
        if any(hit.start <= match.start(1) < hit.end for hit in named):
            continue
        if key := _of_compound(match[1], match[2], language):
            found.append(Hit(key, match.start(1), match.end(1)))
    return found


@cache
def _of_compound(first: str, second: str, language: Language) -> str:
    """The category of a first word with some end of a second, of which the end says most."""
    fits = []
    for cut in range(_LEAST_PART, len(second) - _LEAST_PART):
        whole = first + second[cut:]
        for key, expression in patterns(language, "categories").items():
            match = expression.match(whole)
            if match and match.end() > len(first) + 1:
                fits.append((match.end() / len(whole), key))
    return max(fits, default=(0.0, ""))[1]


def collective(words: str, language: Language, *, named: bool = False) -> tuple[str, ...]:
    """
    The categories that a word for documents can stand for: accounting records, logs.

    An act on documents stands for them only where they are not ``named`` beside it.
    """
    stands_for: dict[str, list[str]] = load("any", "scopes")["stands_for"]
    return tuple(
        dict.fromkeys(
            key
            for name, expression in patterns(language, "scopes").items()
            if not (named and name == _ACT) and expression.search(words)
            for key in stands_for[name]
        )
    )


def books(words: str, language: Language) -> tuple[str, ...]:
    """
    What accounting records are where nothing that they stand for is listed: invoices.

    >>> books("accounting records", "en"), books("customer data and accounting records", "en")
    (('invoicing',), ())
    """
    words = pattern(language, "retention", "on_it").sub("", words)  # "data on accounting"
    if pattern(language, "retention", "general").search(words):
        return ()
    found = pattern(language, "scopes", "accounting").search(words)
    return ("invoicing",) if found and found.start() < _SUBJECT else ()


def of_people(named: Sequence[Hit], words: str, language: Language) -> list[Hit]:
    """The categories without those of an animal or a thing.

    A dog or a boat has a registration number as well, and a dog an age and vaccinations.
    """
    animal = pattern(language, "holding", "animals").search(words)
    if animal is None:
        return list(named)
    return [
        hit
        for hit in named
        if hit.key != "car_registration"
        and not (hit.key in _OF_ANIMALS and hit.start > animal.start())
    ]


def without_purposes(named: Sequence[Hit], words: str, language: Language) -> list[Hit]:
    """The categories without those that only say what another one is for.

    >>> words = "bank account number for refunds, e-mail"
    >>> [hit.key for hit in without_purposes(keys_of(words, "en"), words, "en")]
    ['bank_account', 'email']
    """
    dropped: set[Hit] = set()
    for begin, stop in pieces(words):
        own = [hit for hit in named if begin <= hit.start < stop]
        purpose = pattern(language, "holding", "purpose").search(words, begin, stop)
        if purpose is None or not own:
            continue
        a, b = purpose.span()
        if not words[begin:a].strip(" •–-"):
            continue  # "for members, e-mail": a piece that begins so says of whom it holds what
        dropped |= {hit for hit in own if a <= hit.start < b and hit.start > own[0].start}
    return [hit for hit in named if hit not in dropped]


def _spelt_out(after: int, named: Iterable[Hit]) -> bool:
    """Whether contact details are spelt out behind the word."""
    return any(hit.start >= after and hit.key in _CONTACT_KEYS for hit in named)
