"""
What words tell of a person, by degrees: a statement, or a mention that says so only perhaps.

A lexicon is a text file in ``lexicon/``: its source on the first line, then phrases, one a line,
under ``[statement]``, ``[mention]`` and ``[quiet]`` (what looks like one and is none). In a phrase

``astma*``
    is a word that begins so, ``*allergi*`` a word that has it anywhere, ``hiv~`` one with nothing but
    an ending of Finnish, Swedish or English inflection;
``(a|b)``
    is either of the two (no space inside), and ``/`` an empty choice;
``_``
    is any word, and ``..`` up to three words of the same clause.

Words are apart by spaces or hyphens. A phrase is silent where its clause denies it (*ei
allergioita*, *allergier: inga*), where the word goes on as goods, a place of work or an association
(*allergiasuodatin*, *diabetesliitto*, *sairaalakatu*), or before the form of a company: all that
stands in ``lexicon/_common.txt``. Time grows with the text, since a phrase is looked for only around
its rarest word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from audit.categories.model import Match

__all__ = ["FOLDER", "Lexicon", "lexicon"]

FOLDER = Path(__file__).with_name("lexicon")
_AROUND = 90  # characters that a phrase may take before and after its rarest word
_CHOICE = re.compile(r"\(([^()]*)\)")
_SHORTEST_ANCHOR = 3
_LONG_ENOUGH_TO_BEND = 6  # with the star
# What may stand between two words of one phrase.
_BETWEEN = r"[\s\-‐/'’\"]{1,3}"
_GAP = rf"(?:{_BETWEEN}[^\W_]+){{0,3}}{_BETWEEN}"
# Endings of nouns, adjectives and verbs, Finnish first; a superset, used only behind a whole stem.
_ENDING = (
    r"(?:[:'’-]?(?:i|ia|iä|ja|jä|a|ä|n|in|en|an|än|ien|jen|tta|ttä|ssa|ssä|sta|stä|lla|llä|lta|ltä|"
    r"lle|na|nä|ksi|t|issa|issä|ista|istä|ille|illa|illä|iksi|ina|inä|ta|tä|nsa|nsä|mme|si|ni|kin|"
    r"kaan|kään|s|es|er|ar|or|et|erna|arna|orna|ns|ens|ets))?"
)


# A key of JSON whose value says nothing: `"allergies": ""`, or a pair of key and value.
_KEY_ALONE = re.compile(
    r"""[^\W_]{0,3}"\s?(?::|,\s?"value"\s?:)\s?"""
    r"""(?:"(?:|-|0|no|none|false|ei|ei ole|nej|inga|n/a)"|null|false|0|\[\s?\]|\{\s?\})\s?[,}\]]"""
)


class _Phrase(NamedTuple):
    category: str
    ground: str
    """``statement``, ``mention``, or empty: it silences what it covers."""
    anchor: str
    """Its longest piece of letters, which the text must hold."""
    text: str

    @property
    def stem(self) -> str:
        """The anchor for the scan: a space before it where it begins a word."""
        if self.anchor in _common_words():
            return max(_runs(self.text), key=len)  # with those beside it
        words = self.text.split()
        # Every word of the phrase is there, so that of several with the anchor the longest will do.
        # Short words are the beginnings of many others: a phrase that has them whole says so.
        of_anchor = (
            f"{'' if word.startswith('*') else ' '}{self.anchor}"
            f"{' ' if _ends_a_word(self.anchor, word) else ''}"
            for word in words
            if self.anchor in word
        )
        return max(of_anchor, key=len)

    @property
    def pattern(self) -> re.Pattern[str]:
        return _compiled(self.text)


def _runs(text: str) -> Iterator[str]:
    """The words of a phrase that stand side by side, as stems; the last of a run may go on."""
    run = ""
    for word in text.split():
        spelled = re.sub(r"[^\w-]+", " ", word[:-2] if _bends(word) else word).strip()
        if word in ("..", "_") or word.startswith("*"):
            yield f"{run} "
            run = ""
        elif word.endswith(("*", "~")):
            yield f"{run} {spelled}"
            run = ""
        else:
            run += f" {spelled}"
    yield f"{run} "


def _ends_a_word(anchor: str, word: str) -> bool:
    """Whether the word of a phrase goes on with no letter or digit behind its anchor."""
    behind = word[word.rindex(anchor) + len(anchor) :]
    return not behind or not (behind[0].isalnum() or behind[0] in "*~")


@dataclass(frozen=True)
class Lexicon:
    """The words of one category: what ``Category`` takes of it."""

    words: tuple[str, ...]
    find: Callable[[str], Iterator[Match]]


def lexicon(key: str) -> Lexicon:
    """
    The lexicon of a category, read from ``lexicon/<key>.txt``.

    >>> health = lexicon("health")
    >>> [(m.value, m.ground) for m in health.find("Asiakkaalla todettu diabetes, ei epilepsiaa")]
    [('todettu diabetes', 'statement')]
    """

    def find(text: str) -> Iterator[Match]:
        return iter(_found(text).get(key, ()))

    anchors = {phrase.stem for phrase in _phrases(key) if phrase.ground}
    return Lexicon(words=tuple(sorted(_shortest(anchors))), find=find)


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


# --- reading -------------------------------------------------------------------------------------


def _sections(name: str) -> Mapping[str, list[str]]:
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.append(line)
    return sections


@cache
def _common() -> Mapping[str, list[str]]:
    return _sections("_common")


@cache
def _phrases(key: str) -> tuple[_Phrase, ...]:
    found = {}
    for section, lines in _sections(key).items():
        ground = "" if section == "quiet" else section
        for text in (text for line in lines for text in _choices(line)):
            anchor = _anchor(text)
            if len(anchor) < _SHORTEST_ANCHOR:
                raise ValueError(f"lexicon {key}: “{text}” has no word long enough to look for")
            found[text, ground] = _Phrase(key, ground, anchor, text)
    return tuple(found.values())


def _choices(line: str) -> Iterator[str]:
    """The phrases that a line with choices stands for."""
    parts = _CHOICE.split(line)
    options = [part.split("|") if n % 2 else [part] for n, part in enumerate(parts)]
    for chosen in product(*options):
        yield " ".join("".join("" if part == "/" else part for part in chosen).split())


def _anchor(text: str) -> str:
    """The longest word of a phrase that few notes have; of equals, the last."""
    words = text.split()
    rare = [piece for word in words for piece in _rare_pieces(word)]
    pieces = rare or [piece for word in words for piece in _pieces(word)]
    return max(reversed(pieces), key=len, default="")


@cache  # tens of thousands of phrases are made of a few thousand words
def _rare_pieces(word: str) -> tuple[str, ...]:
    return tuple(
        piece
        for piece in _pieces(word)
        if piece not in _common_words() and len(piece) >= _SHORTEST_ANCHOR
    )


@cache
def _pieces(word: str) -> tuple[str, ...]:
    rigid = word[:-2] if _bends(word) else word
    return tuple(piece for piece in re.split(r"[^\w'’]+|\.\.|_", rigid) if piece)


@cache
def _common_words() -> frozenset[str]:
    return frozenset(_common()["too common"])


@cache
def _compiled(text: str) -> re.Pattern[str]:
    """A phrase as a regular expression, whole words."""
    pattern, gap = "", ""
    for part in text.split():
        if part == "..":
            gap = _GAP
            continue
        pattern += (gap or _BETWEEN) if pattern else ""
        pattern += _word(part)
        gap = ""
    return re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])")


def _word(word: str) -> str:
    if word == "_":
        return r"[^\W_]+"
    inner = word.strip("*~")
    before = r"[^\W_]*" if word.startswith("*") else ""
    after = r"[^\W_]*" if word.endswith("*") else _ENDING if word.endswith("~") else ""
    if _bends(word):
        return f"{before}{re.escape(inner[:-1])}(?:i|e[ij]){after}"
    return before + re.escape(inner) + after


def _bends(word: str) -> bool:
    """Whether a word's last *i* becomes *e* in the Finnish plural: *migreeni*, *migreeneistä*."""
    return word.endswith("i*") and len(word) > _LONG_ENOUGH_TO_BEND


@cache
def _index() -> tuple[re.Pattern[str], Mapping[str, tuple[_Phrase, ...]]]:
    """What finds an anchor at any place of a text, and the phrases by their anchor."""
    by_anchor: dict[str, list[_Phrase]] = {}
    for path in sorted(FOLDER.glob("[a-z]*.txt")):
        for phrase in _phrases(path.stem):
            by_anchor.setdefault(phrase.anchor, []).append(phrase)
    for anchor in sorted(by_anchor, key=len):  # what begins with a shorter one has that one too
        for end in range(_SHORTEST_ANCHOR, len(anchor)):
            by_anchor[anchor] += by_anchor.get(anchor[:end], [])
    frozen = {anchor: tuple(dict.fromkeys(found)) for anchor, found in by_anchor.items()}
    return re.compile(f"(?=({_tree_of(frozen)}))"), frozen


def _tree_of(words: Iterable[str]) -> str:
    """
    A regular expression for the longest of the words, shared beginnings once.

    Python tries the branches of an alternation one by one; a tree has few at each step.

    >>> _tree_of(["astma", "asta", "ab"])
    'a(?:b|st(?:a|ma))'
    """
    tree: dict[str, Any] = {}
    for word in sorted(set(words)):
        node = tree
        for sign in word:
            node = node.setdefault(sign, {})
        node[""] = {}
    return _spelled(tree)


def _spelled(node: Mapping[str, Any]) -> str:
    branches = [re.escape(sign) + _spelled(below) for sign, below in node.items() if sign]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return joined if "" not in node else f"(?:{joined})?"


# --- finding -------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _found(text: str) -> Mapping[str, tuple[Match, ...]]:
    """What every lexicon finds in one text: they share the search."""
    # Lower case letter by letter, so that places stay those of the text.
    low = text.lower() if text.isascii() else "".join(map(_lower, text))
    anchors, phrases = _index()
    spans: dict[tuple[int, int, str], tuple[str, int]] = {}
    quiet: list[tuple[int, int]] = []
    for at in anchors.finditer(low):
        begin, end = max(0, at.start() - _AROUND), min(len(low), at.end(1) + _AROUND)
        for phrase in phrases[at[1]]:
            match = _around(phrase, low, at.start(), begin, end)
            if match is None:
                continue
            if phrase.ground:
                where = (match.start(), match.end(), phrase.category)
                if where not in spans or spans[where][0] != "statement":
                    spans[where] = (phrase.ground, at.start() + len(phrase.anchor))
            else:
                quiet.append(match.span())
    if not spans:
        return {}
    found: dict[str, list[Match]] = {}
    silenced = _Covered(quiet)
    for (start, end, category), (ground, stem_end) in sorted(spans.items()):
        if silenced(start, end) or _is_other(low, stem_end, end) or _is_denied(low, start, end):
            continue
        found.setdefault(category, []).append(Match(start, end, low[start:end], ground))
    return {category: tuple(_longest(matches)) for category, matches in found.items()}


def _lower(sign: str) -> str:
    small = sign.lower()
    return small if len(small) == 1 else sign


def _around(phrase: _Phrase, text: str, at: int, begin: int, end: int) -> re.Match[str] | None:
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
    common = _common()
    bridge = "|".join(_word(word) for word in common["bridge"])
    negators = "|".join(_word(word) for word in common["negators"])
    heads = "|".join(map(re.escape, common["heads"]))
    after = "|".join(_word(word) for word in common["after"])
    firms = "|".join(map(re.escape, common["firms"]))
    none_after = "|".join(map(_compact, common["denied after"]))
    apart = r"[\s\-/'’\"(]{1,3}"
    return (
        re.compile(rf"(?<![^\W_])(?:{negators})(?:{apart}(?:{bridge}))*{apart}(?:[^\W_]+-)?$"),
        re.compile(rf"[\"')]?\s{{0,2}}(?:[:=?-]\s?)?(?:{none_after})\s?(?:$|[^\w\s])"),
        re.compile(rf"-?[^\W_]*?(?:{heads})[^\W_]{{0,5}}(?![^\W_])"),
        re.compile(rf"{apart}(?:(?:{after})|(?:[^\W_]+{apart}){{0,2}}(?:{firms}))(?![^\W_])"),
    )


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
