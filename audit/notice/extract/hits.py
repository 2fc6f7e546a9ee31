"""Words of a lexicon in a passage: the longest match wins, and a misspelt word is still that word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from audit.notice.lexicon import Language, load, patterns
from audit.notice.model import Certainty, Found

__all__ = ["Hit", "found_at", "hits", "misspelt"]

_LEAST_LETTERS = 6  # of a word that may be misspelt and still be told
_NEAR = 88  # of 100: two letters in a long word, one in a short one


@dataclass(frozen=True, slots=True)
class Hit:
    """A key of a lexicon and the place of its words, counted in the passage."""

    key: str
    start: int
    end: int
    how: Literal["lexicon", "spelling"] = "lexicon"


def hits(words: str, language: Language, lexicon: str) -> list[Hit]:
    """The keys that the words name, in their order; where two overlap, the longer."""
    found = [
        Hit(key, match.start(), _word_end(words, match.end()))
        for key, expression in patterns(language, lexicon).items()
        for match in expression.finditer(words)
        if match.end() > match.start()
    ]
    found.sort(key=lambda hit: (hit.start - hit.end, hit.start))
    taken: list[Hit] = []
    for hit in found:
        if all(hit.end <= other.start or hit.start >= other.end for other in taken):
            taken.append(hit)
    return sorted(taken, key=lambda hit: hit.start)


def _word_end(words: str, end: int) -> int:
    """Where the word ends in which a match ends."""
    while end < len(words) and (words[end].isalnum() or words[end] == "_"):
        end += 1
    return end


@cache
def _spellings(language: Language, lexicon: str) -> dict[str, str]:
    """Plain words of a lexicon, as they may be misspelt, with their keys."""
    known: dict[str, str] = {}
    for key, listed in load(language, lexicon).items():
        for entry in listed:
            word = entry.removeprefix("~")
            word = re.sub(
                r"\(\?<?[!=][^()]*\)|\(\?:[^()]*\)\?|\\b|\\w[*+?]?(?:\{[^}]*\})?|\?", "", word
            )
            if re.fullmatch(r"[a-zåäöü-]+", word) and len(word) >= _LEAST_LETTERS:
                known.setdefault(word, key)
    return known


def misspelt(words: str, language: Language, lexicon: str) -> list[Hit]:
    """Words that are nearly those of the lexicon, where the lexicon itself finds none."""
    from rapidfuzz import fuzz, process

    known = _spellings(language, lexicon)
    found = []
    for match in re.finditer(rf"[^\W\d_]{{{_LEAST_LETTERS},}}", words):
        near = process.extractOne(match[0], list(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
        if near is not None and near[0][0] == match[0][0]:
            found.append(Hit(known[near[0]], match.start(), match.end(), "spelling"))
    return found


def found_at(hit: Hit, offset: int, certainty: Certainty = Certainty.CERTAIN) -> Found:
    """How a hit was found, its place counted in the text."""
    sure = Certainty.LIKELY if hit.how == "spelling" else certainty
    return Found(how=hit.how, certainty=sure, span=(offset + hit.start, offset + hit.end))
