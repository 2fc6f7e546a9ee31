"""Parties by what a sentence, or an item of a list, says that they do or are given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.notice.extract.named import Named, joined
from audit.notice.extract.pieces import pieces
from audit.notice.lexicon import Language, pattern
from audit.notice.passages import Passage

__all__ = ["acting", "provider"]

_GIVE = ("given_to", "given_after", "given_on")
_SAY = ("acting", *_GIVE, "who_are", "served_by")
_MOST_NAME_WORDS = 5
_NEAR = 40  # characters before a party in which a denial is of it
_OPENS_ITEM = re.compile(
    r"\W*(?P<name>[A-ZÅÄÖ][\w&.-]*(?: [A-ZÅÄÖ][\w&.-]*){0,3})\s*(?:\(|:|–|—| - )"
)
"""A name in capitals that something is told of: "Frosthost (Finland): servers"."""


def acting(
    passage: Passage,
    words: str,
    taken: Sequence[tuple[int, int]],
    language: Language,
    *,
    own: bool,
) -> Iterator[Named]:
    """Whoever a sentence says to be given the data, or on recipients to see, get or process it."""
    # "Signs in via a service provided by the college": of sources, it is one.
    of_sources = passage.about("sources") and not own
    if of_sources or pattern(language, "parties", "nameless").search(words):
        return
    nobody = pattern(language, "parties", "nobody_acts")
    listed = [
        match.span("who")
        for key in (_SAY if own else _GIVE)
        for match in pattern(language, "parties", key).finditer(words)
        # "We use no analytics, but Stripe handles payments" does not begin with who gets data.
        if not (key == "acting" and nobody.match(words, match.start("who")))
        and not (key != "acting" and _is_denied(words, match.start(), language))
    ]
    for begin, end in listed:
        for start, stop in _each_of(words, begin, end, language):
            named = words[start:stop]
            known = any(start < b and stop > a for a, b in taken)
            if known or nobody.match(named) or not 0 < len(named.split()) <= _MOST_NAME_WORDS:
                continue
            if pattern(language, "parties", "verb").search(named):
                continue  # "The outside firms act as processors and handle ..."
            yield Named(
                "other", " ".join(passage.words[start:stop].split()), start, stop, "grammar"
            )


def _is_denied(words: str, start: int, language: Language) -> bool:
    """Whether a sentence says right before a place that data is not given: "is not disclosed to"."""
    near = words[max(0, start - _NEAR) : start]
    return bool(pattern(language, "parties", "denied_party").search(near))


def _each_of(words: str, begin: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """The parts of a list of parties, without articles before them and clauses behind them."""
    purpose = pattern(language, "parties", "in_order").search(words, begin, end)
    end = purpose.start() if purpose else end
    for a, b in pieces(words[begin:end]):
        for start, stop in joined(words, begin + a, begin + b, language):
            clause = pattern(language, "parties", "aside").search(words, start, stop)
            last = clause.start() if clause else stop
            first = start
            while led := pattern(language, "parties", "article").match(words, first, last):
                first = led.end()
            bare = words[first:last].rstrip(" .,;:")
            bare = bare if "(" in bare else bare.rstrip(")")
            # "The call centre and, where the law so requires, others".
            open_end = pattern(language, "parties", "and").search(f"{bare} ", max(0, len(bare) - 6))
            yield first, first + (open_end.start() if open_end else len(bare))


def provider(passage: Passage, language: Language) -> Iterator[Named]:
    """Who begins an item of a list of providers, wherever it stands: "Frosthost (Finland): servers"."""
    led = pattern(language, "parties", "leads_providers").search(passage.lead.lower())
    if passage.kind == "item" and led and (name := _OPENS_ITEM.match(passage.words)):
        yield Named("other", name["name"], name.start("name"), name.end("name"), "name")
