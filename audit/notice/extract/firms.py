"""Firms that a sentence names, and what it says that data is given to them for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from audit.notice.lexicon import Language, entries, pattern
from audit.notice.model import Certainty, DisclosurePurpose, Found
from audit.notice.passages import Passage

__all__ = ["Firm", "firms_in", "purposes_in_words"]

#: A firm's form, at the end of its name or, as in *Oy Firma Ab*, at both ends; an ending may follow.
_FORM = r"(?:Oyj?|OYJ?|Abp?|ABP?|Ky|Kb|Tmi|Ay|Osk|Osuuskunta|HB|KB|OU|CIC|CIO|ry|rf|r\.y\.|r\.f\.|Ltd|Limited|Inc|LLC|LLP|PLC|plc|Corp|GmbH|AG|A/S|AS|ASA|ApS|OÜ|SIA|UAB|B\.?V\.?|N\.?V\.?|S\.?A\.?|SARL|S\.?r\.?l\.?)"
_WORD = r"[A-ZÅÄÖÉÜ0-9][\w&'’.+-]*"
_FIRM = re.compile(
    rf"(?<![\w.])(?:Oy |Ab )?(?P<name>{_WORD}(?: (?:{_WORD}|&|ja|och|and|of|för)){{0,4}}?(?: {_FORM}|, (?:Inc|LLC|Ltd|Limited|GmbH)))"
    r"(?=[:.,;)\s]|$)"
)


class Firm(NamedTuple):
    """A firm as a sentence names it, at ``[start, end)`` of its words."""

    name: str
    start: int
    end: int


def firms_in(words: str) -> Iterator[Firm]:
    """
    The firms that some words name, by the form at the end of a firm's name.

    >>> [firm.name for firm in firms_in("bokningskanalen Resväska Ab och Siffra Ab för bokföring")]
    ['Resväska Ab', 'Siffra Ab']
    >>> [firm.name for firm in firms_in("hammaslaboratorio Proteesi-Apu Oy:lle")]
    ['Proteesi-Apu Oy']
    """
    for match in _FIRM.finditer(words):
        yield Firm(match["name"], match.start("name"), match.end("name"))


def purposes_in_words(
    passages: Sequence[Passage], language: Language
) -> tuple[list[DisclosurePurpose], bool]:
    """
    What recipients get data for in the notice's own words, and whether nobody gets it otherwise.

    The words themselves are kept: what a log of disclosures says is held against them. A sentence
    that denies a purpose says so of the purpose alone, up to where it turns: "to nobody, and only for".
    """
    found: list[DisclosurePurpose] = []
    closed = False
    for passage in passages:
        if not passage.about("recipients", "disclosures"):
            continue
        gives = pattern(language, "disclosing", "gives").search(passage.lower)
        denial = pattern(language, "disclosing", "denies").search(passage.lower)
        named = []
        firms = list(firms_in(passage.words))
        if denial is None and gives is None and passage.kind != "item" and not firms:
            continue
        turn = denial and pattern(language, "disclosing", "turns").search(
            passage.lower, denial.start()
        )
        excepted = _places(passage.lower, language, "but_for")
        named += [_purpose(passage, start, end, denied=False) for start, end in excepted]
        closed |= bool(excepted) and denial is not None
        for start, end in _places(passage.lower, language, "what_for"):
            within = any(a < end and start < b for a, b in excepted)
            if not within and (denial is None or start > denial.start()):
                still = denial is not None and (turn is None or start < turn.start())
                named.append(_purpose(passage, start, end, denied=still))
        if denial is None and passage.kind == "row":
            named += _other_cells(passage)
        elif denial is None:
            named += _beside_firms(passage, firms)
        found += named
        only = pattern(language, "disclosing", "only").search(passage.lower)
        kept = denial is None or turn is not None
        closed |= only is not None and gives is not None and kept and bool(named)
    return found, closed


def _other_cells(passage: Passage) -> list[DisclosurePurpose]:
    """What a table of recipients says beside each of them."""
    places = [place for _, place in map(passage.cell, range(1, len(passage.cells)))]
    return [
        _purpose(passage, start - passage.start, end - passage.start, denied=False)
        for start, end in places
        if end > start
    ]


def _beside_firms(passage: Passage, firms: Sequence[Firm]) -> list[DisclosurePurpose]:
    """What stands before each firm: "Laskutuksen hoitaa Maksupolku Oy"."""
    found, start = [], 0
    for firm in firms:
        said = passage.words[start : firm.start]
        if any(map(str.isalpha, said)) and len(said.split()) <= _MOST_WORDS:
            found.append(_purpose(passage, start, firm.start, denied=False))
        start = firm.end
    return found


_MOST_WORDS = 8


def _places(words: str, language: Language, key: str) -> list[tuple[int, int]]:
    """Where some words say ``what_for`` data is given, or what a denial leaves out (``but_for``)."""
    found = [m.span("what") for one in _phrases(language, key) for m in one.finditer(words)]
    return sorted(set(found))


@cache
def _phrases(language: Language, key: str) -> tuple[re.Pattern[str], ...]:
    listed = entries(language, "disclosing", key)
    return tuple(re.compile(rf"(?<!\w)(?:{one})") for one in listed)


def _purpose(passage: Passage, start: int, end: int, *, denied: bool) -> DisclosurePurpose:
    return DisclosurePurpose(
        key="other",
        text=" ".join(passage.words[start:end].split()),
        denied=denied,
        found=Found(
            how="grammar",
            certainty=Certainty.LIKELY,
            span=(passage.start + start, passage.start + end),
        ),
    )
