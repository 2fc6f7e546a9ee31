"""Things that the contents list and no key names: "shoe size", "belts"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from audit.notice.document import Place
from audit.notice.extract.hits import Hit
from audit.notice.extract.periods import periods
from audit.notice.extract.pieces import pieces, single
from audit.notice.extract.terms import keys_of
from audit.notice.lexicon import Language, pattern
from audit.notice.model import Certainty, DataCategory, Found
from audit.notice.passages import Passage

__all__ = ["unnamed"]

_LEAST_OTHER = 4  # letters of a thing that no key names
_MOST_OTHER = 6  # words of it


def unnamed(passage: Passage, start: int, words: str, language: Language) -> Iterator[DataCategory]:
    """Things listed that no key names: kept in the notice's own words, and unsure."""
    if words.rstrip().endswith(":"):
        return
    if passage.kind == "item" and pattern(language, "parties", "occasions").search(passage.lead):
        return  # "we ask for it if:" leads in when, and not what
    head, _, told = words.partition(": ")
    if passage.about("retention") and _is_a_rule(told, language):
        words = head  # "Register of members (name, share): while you own it, then two years"
    named = keys_of(words, language, spelling=True)
    free = [
        place
        for a, b in _run(words, named, prose=passage.kind == "sentence")
        for start, end in single(words, a, b, language, "as_well")
        if all(hit.start >= end or hit.end <= start for hit in named)
        for place in single(words, start, end, language)
    ]
    for begin, stop in free:
        piece = words[begin:stop]
        bare = re.sub(r"\(.*?\)", "", piece).strip(" .:;–-")
        bare = re.sub(r"^(?:and|or|ja|sekä|och|samt)\s+", "", bare)
        if len(bare) < _LEAST_OTHER or len(bare.split()) > _MOST_OTHER:
            continue
        if pattern(language, "holding", "not_a_thing").search(piece):
            continue
        if pattern(language, "holding", "finite").search(piece):
            continue
        if passage.kind == "sentence" and pattern(language, "holding", "of_prose").search(piece):
            continue
        if passage.kind == "row" and _is_a_set(bare, language):
            continue
        place = (passage.start + start + begin, passage.start + start + stop)
        yield DataCategory(
            key=f"other:{bare}",
            text=bare,
            found=Found(how="structure", certainty=Certainty.UNSURE, span=place),
        )


def _is_a_rule(told: str, language: Language) -> bool:
    """Whether what stands behind a label says how long: "then two years", "for good"."""
    return bool(periods(told, language)) or any(
        pattern(language, "retention", key).search(told)
        for key in ("strong", "until", "indefinite")
    )


def _run(words: str, named: Sequence[Hit], *, prose: bool) -> list[Place]:
    """
    The items of a run with commas that list things: those of prose, next to one that a key names.

    "As such, in the parish that we serve on all days of the year, we keep names, sizes, wishes".
    """
    run = pieces(words)
    if not prose or ": " in words or len(run) == 1:
        return run
    places = [
        (place, any(hit.start < place[1] and hit.end > place[0] for hit in named)) for place in run
    ]
    found: list[Place] = []
    for fits, group in itertools.groupby(
        places, lambda each: each[1] or len(words[slice(*each[0])].split()) <= _MOST_OTHER
    ):
        side_by_side = list(group)
        if fits and any(is_named for _, is_named in side_by_side):
            found += [place for place, _ in side_by_side]
    return found


def _is_a_set(piece: str, language: Language) -> bool:
    """Whether a cell names a set of data rather than what is in it: "account", "prospect data"."""
    return any(
        pattern(language, "retention", name).search(piece) for name in ("general", "account")
    )
