"""
What words tell of a person, by degrees: a statement, or a mention that says so only perhaps.

The phrases of a category are those of its lexicon (see ``_phrases``). A phrase is silent where its
clause denies it (*ei allergioita*, *allergier: inga*), where the word goes on as goods, a place of
work or an association (*allergiasuodatin*, *diabetesliitto*, *sairaalakatu*), or before the form of
a company. Time grows with the text, since a phrase is looked for only around its rarest word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from audit.categories._asides import is_aside
from audit.categories._phrases import (
    FOLDER,
    SHORTEST_ANCHOR,
    Phrase,
    common,
    phrases_of,
    values_of,
    word_pattern,
)
from audit.categories.model import Match

__all__ = ["OF_ANIMALS", "Lexicon", "lexicon", "names_person"]

#: What befalls animals as it does people.
OF_ANIMALS = ("health", "diet_allergy")
_LISTED = re.compile(r"[,;/+]")
_SHORT = 200  # characters; what is longer is not kept
_BESIDE_WORDS = " .!?()\"'\t\r\n-"
_AROUND = 90  # characters that a phrase may take before and after its rarest word
# A key of JSON whose value says nothing: `"allergies": ""`, or a pair of key and value.
_KEY_ALONE = re.compile(
    r"""[^\W_]{0,3}"\s?(?::|,\s?"value"\s?:)\s?"""
    r"""(?:"(?:|-|0|no|none|false|ei|ei ole|nej|inga|n/a)"|null|false|0|\[\s?\]|\{\s?\})\s?[,}\]]"""
)


@dataclass(frozen=True)
class Lexicon:
    """The words of one category: what ``Category`` takes of it."""

    words: tuple[str, ...]
    find: Callable[[str], Iterator[Match]]
    tells: Callable[[str], bool]


def lexicon(key: str) -> Lexicon:
    """
    The lexicon of a category, read from ``lexicon/<key>.txt``.

    >>> health = lexicon("health")
    >>> [(m.value, m.ground) for m in health.find("Asiakkaalla todettu diabetes, ei epilepsiaa")]
    [('todettu diabetes', 'statement')]
    """

    def find(text: str) -> Iterator[Match]:
        found = _found_in_short(text) if len(text) <= _SHORT else _found(text)
        return iter(found.get(key, ()))

    def tells(text: str) -> bool:
        values = values_of(key)
        low = text.casefold()
        return low in values or any(
            part in values for part in map(str.strip, _LISTED.split(low)) if part != low
        )

    said = (phrase for phrase in phrases_of(key) if phrase.ground)
    # In a column of names the scan looks for whatever stands beside one.
    anchors = {one.stem for one in said if not (one.ground == "aside" and one.common)}
    return Lexicon(words=tuple(sorted(_shortest(anchors))), find=find, tells=tells)


def _shortest(stems: Iterable[str]) -> set[str]:
    """The stems without those that hold another: whatever has the longer one has the shorter."""
    kept: set[str] = set()
    inside: list[str] = []
    for stem in sorted(stems, key=lambda stem: (len(stem), stem)):
        begun = any(stem[:end] in kept for end in range(2, len(stem)))
        if begun or any(map(stem.__contains__, inside)):
            continue
        kept.add(stem)
        if stem[0] != " ":
            inside.append(stem)
    return kept


class _Anchors(NamedTuple):
    """The phrases of all lexicons by their anchor, and how long the anchors are that begin alike."""

    phrases: Mapping[str, tuple[Phrase, ...]]
    lengths: Mapping[str, tuple[int, ...]]
    """Of the anchors with these first letters, the longest first."""

    def within(self, text: str) -> Iterator[tuple[int, str]]:
        """The longest anchor at each place of a text that has one, with that place."""
        lengths, phrases = self.lengths, self.phrases
        for at in range(len(text) - SHORTEST_ANCHOR + 1):
            for length in lengths.get(text[at : at + SHORTEST_ANCHOR], ()):
                if (anchor := text[at : at + length]) in phrases:
                    yield at, anchor
                    break


@cache
def _anchors() -> _Anchors:
    by_anchor: dict[str, list[Phrase]] = {}
    for path in sorted(FOLDER.glob("[a-z]*.txt")):
        for phrase in phrases_of(path.stem):
            by_anchor.setdefault(phrase.anchor, []).append(phrase)
    lengths: dict[str, set[int]] = {}
    for anchor in sorted(by_anchor, key=len):  # what begins with a shorter one has that one too
        lengths.setdefault(anchor[:SHORTEST_ANCHOR], set()).add(len(anchor))
        for end in range(SHORTEST_ANCHOR, len(anchor)):
            by_anchor[anchor] += by_anchor.get(anchor[:end], [])
    return _Anchors(
        {anchor: tuple(dict.fromkeys(found)) for anchor, found in by_anchor.items()},
        {begins: tuple(sorted(found, reverse=True)) for begins, found in lengths.items()},
    )


@lru_cache(maxsize=1024)  # each lexicon asks for each cell of a column, one lexicon after another
def _found_in_short(text: str) -> Mapping[str, tuple[Match, ...]]:
    return _found.__wrapped__(text)


@lru_cache(maxsize=4)
def _found(text: str) -> Mapping[str, tuple[Match, ...]]:
    """What every lexicon finds in one text: they share the search."""
    # Lower case letter by letter, so that places stay those of the text.
    low = text.lower() if text.isascii() else "".join(map(_lower, text))
    anchors = _anchors()
    spans: dict[tuple[int, int, str], tuple[str, int, bool]] = {}
    quiet: dict[str, list[tuple[int, int]]] = {}
    for at, anchor in anchors.within(low):
        begin, end = max(0, at - _AROUND), min(len(low), at + len(anchor) + _AROUND)
        for phrase in anchors.phrases[anchor]:
            match = _around(phrase, low, at, begin, end)
            if match is None or not _is_written_so(phrase, text, match):
                continue
            if phrase.ground:
                where = (match.start(), match.end(), phrase.category)
                ground = "mention" if phrase.ground == "mention" else "statement"
                whole = phrase.ground in ("statement", "alone") and ".." not in phrase.text
                told = (ground, at + len(phrase.anchor), whole)
                # A statement before a mention, then what says most of the word.
                other = spans.get(where, told)
                spans[where] = (*max(told[:2], other[:2]), told[2] or other[2])
            else:
                quiet.setdefault(phrase.category, []).append(match.span())
    if not spans:
        return {}
    found: dict[str, list[Match]] = {}
    # What one lexicon knows to be innocent says nothing to another: a widow in a hospital bed.
    silenced = {category: _Quiet(quiet.get(category, [])) for _, _, category in spans}
    for (start, end, category), (ground, stem_end, whole) in sorted(spans.items()):
        if silenced[category].hush(start, end, takes_in=whole) or _is_other(low, stem_end, end):
            continue
        if _is_denied(low, start, end) or (category in OF_ANIMALS and _is_animals(low, start, end)):
            continue
        found.setdefault(category, []).append(Match(start, end, low[start:end], ground))
    return {category: tuple(_longest(matches)) for category, matches in found.items()}


def _is_written_so(phrase: Phrase, text: str, match: re.Match[str]) -> bool:
    """
    Whether a name is written as one, an aside stands beside one, and what must be the whole note is.

    Of three letters that is in capitals: *PAM*, since *Pam* is a name.
    """
    if phrase.ground == "alone":
        said = text.strip(_BESIDE_WORDS)
        written = len(said) > SHORTEST_ANCHOR or said.isupper()
        return written and len(said) == match.end() - match.start()
    if phrase.ground == "aside":
        return is_aside(text, *match.span(), in_notes=not phrase.common)
    return not phrase.names or _is_name(text, match.start("name"))


def _is_name(text: str, at: int) -> bool:
    """Whether the word is written as a name is, not in capitals throughout, and is no firm's form."""
    if not (text[at].isupper() and text[at + 1].islower()):
        return False
    word = re.match(r"[^\W_]+", text[at : at + 20])
    return word is not None and word[0].lower() not in common()["firms"]


def _lower(sign: str) -> str:
    small = sign.lower()
    return small if len(small) == 1 else sign


def _around(phrase: Phrase, text: str, at: int, begin: int, end: int) -> re.Match[str] | None:
    """The phrase in the text, where it takes the anchor in."""
    for match in phrase.pattern.finditer(text, begin, end):
        if match.start() <= at < match.end():
            return match
    return None


class _Covered:
    """Whether a span overlaps one of those given; one step for each, since they are sorted."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans, self._next = sorted(spans), 0
        self._until: list[int] = []
        furthest = 0
        for _, end in self._spans:
            furthest = max(furthest, end)
            self._until.append(furthest)

    def __call__(self, start: int, end: int) -> bool:
        before = bisect_left(self._spans, (end, 0))
        return before > 0 and self._until[before - 1] > start


class _Quiet(_Covered):
    """What is known to be innocent; a statement that begins before it and takes it in says more."""

    def hush(self, start: int, end: int, *, takes_in: bool) -> bool:
        """
        Whether what stands there says nothing: *Catholic church*, but not *left the Catholic church*.

        ``takes_in`` says whether all the words of the phrase are its own, with no gap for others.
        """
        if not self(start, end):
            return False
        if not takes_in:
            return True
        near = self._spans[bisect_left(self._spans, (start - 2 * _AROUND, 0)) :]
        for begins, ends in near:
            if begins >= end:
                break
            if ends > start and not (start < begins and ends <= end):
                return True
        return False


def _longest(matches: list[Match]) -> Iterator[Match]:
    """Of those that overlap, a statement before a mention, then the first, then the longest."""
    stated = _apart([match for match in matches if match.ground == "statement"])
    covered = _Covered([(match.start, match.end) for match in stated])
    mentions = [m for m in matches if m.ground != "statement" and not covered(m.start, m.end)]
    return iter(sorted([*stated, *_apart(mentions)]))


def _apart(matches: list[Match]) -> list[Match]:
    """The matches that do not overlap an earlier one."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


@cache
def _rules() -> tuple[re.Pattern[str], ...]:
    shared = common()
    bridge = "|".join(word_pattern(word) for word in shared["bridge"])
    negators = "|".join(word_pattern(word) for word in shared["negators"])
    heads = "|".join(map(re.escape, shared["heads"]))
    after = "|".join(word_pattern(word) for word in shared["after"])
    firms = "|".join(map(re.escape, shared["firms"]))
    none_after = "|".join(map(_compact, shared["denied after"]))
    apart = r"[\s\-/'’\"(]{1,3}"
    # A dash between spaces begins what is not denied: *no - has asthma*.
    joined = rf"(?!\s-\s){apart}"
    goods = rf"[^\W_]*?(?:{heads})[^\W_]{{0,5}}"
    papers = "|".join(word_pattern(word) for word in shared["papers"])
    tails = "|".join(map(re.escape, shared["tails"]))
    works = "|".join(word_pattern(word) for word in shared["works"])
    return (
        re.compile(rf"(?<![^\W_])(?:{negators})(?:{joined}(?:{bridge}))*{joined}(?:[^\W_]+-)?$"),
        re.compile(rf"[\"')]?\s{{0,2}}(?:[:=?-]\s?)?(?:{none_after})\s?(?:$|[^\w\s])"),
        re.compile(rf"-?{goods}(?![^\W_])"),
        # A slash between spaces begins something else: *astma / tuote 12*. What goes on behind a
        # hyphen is one word with it (*reuma-patja*, but for *ADHD-lapsi*), the number of an article
        # (*FIBRO-280*), or shares its end (*astma- ja allergialiitto*).
        re.compile(
            rf"(?!\s+/\s)(?:{apart}(?:(?:{after})|(?:[^\W_]+{apart})?(?:{papers})"
            rf"|(?:[^\W_]+{apart}){{0,2}}(?:{firms}))|['’]?s?\s?\((?:{works})"
            rf"|-(?!(?:{tails}))[^\W\d_]{{3,}}|-[0-9]{{3,}}|-{goods}|-\s(?:ja|tai|sekä|och|eller|and|or|&)\s{goods})(?![^\W_])"
        ),
    )


@cache
def _beings() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """An animal in one clause before its end, an animal that follows, and a word for a person."""
    shared = common()
    animals = "|".join(map(re.escape, sorted(shared["animals"], key=len, reverse=True)))
    helpers = "|".join(shared["helpers"])
    people = "|".join(map(word_pattern, shared["people"]))
    return (
        re.compile(
            rf"(?<![^\W_])(?<!-)(?P<helps>(?:{helpers})\s)?(?:{animals})(?![^\W_]|-)([^.,;:!?()\n]*)$"
        ),
        re.compile(rf"\s(?:{animals})(?![^\W_])"),
        re.compile(rf"(?<![^\W_])(?:{people})(?![^\W_])"),
    )


def names_person(text: str) -> bool:
    """
    Whether a word for a person stands in a text.

    >>> names_person("Omistaja allerginen"), names_person("vasen tassu kipeä")
    (True, False)
    """
    return _beings()[2].search(text.lower()) is not None


def _is_animals(text: str, start: int, end: int) -> bool:
    """Whether it is an animal's: *koiralla diabetes*, *hunden är döv*, *a blind cat*."""
    before, after, person = _beings()
    found = before.search(text[max(0, start - 60) : start])
    if found is not None and found["helps"] is None:
        return person.search(found[2]) is None
    return after.match(text, end, end + 30) is not None


def _compact(phrase: str) -> str:
    return r"\s".join(map(re.escape, phrase.split()))


def _is_denied(text: str, start: int, end: int) -> bool:
    before, after, _, _ = _rules()
    return bool(
        before.search(text[max(0, start - 60) : start])
        or after.match(text, end, end + 40)
        or _KEY_ALONE.match(text, end, end + 40)
    )


def _is_other(text: str, stem_end: int, end: int) -> bool:
    """Whether the word goes on behind its stem as something else, or the phrase names a firm."""
    _, _, heads, after = _rules()
    return bool(heads.match(text, stem_end, end) or after.match(text, end, end + 40))
