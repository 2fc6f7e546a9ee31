"""Runs of parties: what a list or a sentence names without a verb, and what of it names nobody."""

from __future__ import annotations

import re

from audit.notice.extract.firms import firms_in
from audit.notice.extract.named import Party, first_named, is_verbless
from audit.notice.extract.pieces import pieces, single
from audit.notice.lexicon import Language, pattern
from audit.notice.model import Certainty
from audit.notice.passages import Passage

__all__ = ["ANY", "is_occasion", "run_of_names", "without_any"]

ANY = "service_provider"
_SHORT = 3  # words of a name in a list of them
_LEAST = 2  # parties that make a list


def run_of_names(passage: Passage, words: str, language: Language) -> tuple[str, int] | None:
    """
    The words of a passage that names parties without a verb, and where in it they begin.

    Behind a colon they may stand in a sentence: "Data is processed by: Pilvi (server), Kirje (mail)".
    """
    colon = passage.words.find(": ") + 2
    names = [
        passage.words[a:b].rstrip(".")
        for start, stop in pieces(passage.words[colon:])
        for a, b in single(words, colon + start, colon + stop, language)
    ]
    if passage.kind == "sentence" and colon > 1 and len(names) >= _LEAST:
        short = all(len(re.sub(r"\(.*?\)", "", one).split()) <= _SHORT for one in names)
        if short and all(one[0].isupper() for one in names):
            return passage.words[colon:], colon
    first = first_named(passage.words, language) if passage.kind == "item" else passage.words
    if first != passage.words:
        return first, 0
    if not is_verbless(words, language) or is_occasion(passage, language):
        return None
    leads = passage.kind == "sentence" and words.rstrip().endswith(":")
    return ("" if leads else passage.words), 0


def is_occasion(passage: Passage, language: Language) -> bool:
    """Whether an item says on which occasion data is given, and not to whom: "if a court so orders"."""
    begins = pattern(language, "holding", "explains").match(passage.lower.lstrip(" •–-"))
    return begins is not None and not any(firms_in(passage.words))


def without_any(found: list[Party]) -> list[Party]:
    """The parties without "a provider", where a list says who they are."""
    listed = [one for one in found if _certainty(one) == Certainty.CERTAIN]
    named = [one for one in listed if one.value.key != ANY]
    if len(named) < _LEAST:
        return found
    return [
        one
        for one in found
        if one.value.key != ANY or (_certainty(one) == Certainty.CERTAIN and not _is_bare(one))
    ]


def _certainty(party: Party) -> Certainty | None:
    return party.value.found.certainty if party.value.found else None


def _is_bare(party: Party) -> bool:
    """Whether nothing but a word for any provider stands there."""
    return len(party.value.text.split()) == 1
