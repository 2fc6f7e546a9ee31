"""
The phrases of a lexicon, as they stand in its file.

A lexicon is a text file in ``lexicon/``: its source on the first line, then phrases, one a line,
under ``[statement]``, ``[mention]``, ``[quiet]`` (what looks like one and is none, to this
lexicon alone), ``[aside]`` (what says something only where it is all that stands beside a
person's name: *Aino Koe (sokea)*, where a *blind* by itself is one for a window), ``[alone]`` (what
says it where it is all that a note says: *PAM*, which beside other words is a customer) and
``[value]`` (what says it only as one whole cell of a column that holds little else). In a phrase

``astma*``
    is a word that begins so, ``*allergi*`` a word that has it anywhere, ``hiv~`` one with nothing but
    an ending of Finnish, Swedish or English inflection;
``(a|b)``
    is either of the two (no space inside), and ``/`` an empty choice;
``_``
    is any word, and ``..`` up to three words of the same clause, which ``.. ,`` and ``.. :`` end;
``:``
    stands between a label and its value (*äidinkieli: ruotsi*, *civilstånd är gift*), and a ``_``
    behind it is a value that says something: not *ei*, *none* or *okänd*;
``,``
    is a comma between two things, or what stands for it (*2 aikuista, 2 lasta*);
``sairastanut``
    and other Finnish participles stand for their spoken form as well, which drops the *t*, as
    *joutui* and other past tenses drop the *i*;
``{NUMBER}``
    is any word of that list in ``lexicon/_values.txt``, and ``^`` a word written as a name is.

Words are apart by spaces or hyphens. What all lexicons share stands in ``lexicon/_common.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from math import prod
from pathlib import Path
from typing import NamedTuple

__all__ = [
    "FOLDER",
    "SHORTEST_ANCHOR",
    "Phrase",
    "common",
    "phrases_of",
    "says_nothing",
    "values_of",
    "word_pattern",
]

FOLDER = Path(__file__).with_name("lexicon")
_CHOICE = re.compile(r"\(([^()]*)\)")
SHORTEST_ANCHOR = 3
_TOO_MANY = 20  # phrases of one line
_TELLING_ANCHOR = 4  # a shorter one stands in names of many: *Esa*, *Pam*
_SPACE = "␣"  # within one word
_LONG_ENOUGH_TO_BEND = 6  # with the star
# What may stand between two words of one phrase; a slash between spaces begins something else.
_BETWEEN = r"(?!\s+/\s)[\s\-‐/'’\"]{1,3}"
_SOME_WORDS = rf"(?:{_BETWEEN}[^\W_]+){{0,3}}"
_GAP = rf"{_SOME_WORDS}{_BETWEEN}"
_LABELLED = r"(?:[\"'”]?\s?[:=]\s?[\"'”]?|\s-\s|\s(?:on|is|är)\s)"
_APART = {"..": _GAP, ":": _LABELLED, ",": r"\s?[,+&/]\s?(?:(?:ja|och|and)\s)?"}
_NAME = r"(?P<name>[^\W\d_]{2,})"
_CLIPPED = re.compile(r"[^\W\d_]{2,}[lnrs][uy]t|[^\W\d_]{3,}[klnrst][uy]i")
# Endings of nouns, adjectives and verbs, Finnish first, whose cases may say whose it is (*astmaani*); a
# superset, used only behind a whole stem.
_ENDING = (
    r"(?:[:'’-]?(?:i|ia|iä|ja|jä|a|ä|n|in|en|an|än|ien|jen|tta|ttä|ssa|ssä|sta|stä|lla|llä|lta|ltä|"
    r"lle|na|nä|ksi|t|issa|issä|ista|istä|ille|illa|illä|iksi|ina|inä|ta|tä|nsa|nsä|mme|si|ni|kin|"
    r"kaan|kään|s|es|er|ar|or|et|erna|arna|orna|ns|ens|ets"
    r"|(?:a|ä|ta|tä|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|na|nä|kse)(?:ni|si|mme|nne|nsa|nsä|an|än|en)))?"
)


class Phrase(NamedTuple):
    category: str
    ground: str
    """``statement``, ``mention``, ``aside``, or empty: it silences what it covers."""
    anchor: str
    """Its longest piece of letters, which the text must hold."""
    text: str

    @property
    def stem(self) -> str:
        """The anchor for the scan: a space before it where it begins a word."""
        if self.common:
            return max(_runs(self.text), key=len)  # with those beside it
        # Every word of the phrase is there, so that of several with the anchor the longest will do.
        anchor = self.anchor
        return max(
            (
                _stem(anchor, word)
                for word in self.text.split()
                if anchor in word and word[0] != "{"
            ),
            key=len,
        )

    @property
    def common(self) -> bool:
        """Whether all of its words stand in too many notes to look for."""
        return self.anchor in _common_words()

    @property
    def pattern(self) -> re.Pattern[str]:
        return _compiled(self.text)

    @property
    def names(self) -> bool:
        """Whether one of its words must be written as a name is: ``name`` in its matches."""
        return "^" in self.text


def _runs(text: str) -> Iterator[str]:
    """The words of a phrase that stand side by side, as stems; the last of a run may go on."""
    run = ""
    for word in text.split():
        spelled = re.sub(r"[^\w-]+", " ", word[:-2] if _bends(word) else word).strip()
        if word in ("_", "^", *_APART) or word.startswith(("*", "{")):
            yield f"{run} "
            run = ""
        elif word.endswith(("*", "~")):
            yield f"{run} {spelled}"
            run = ""
        else:
            run += f" {spelled}"
    yield f"{run} "


@cache
def _stem(anchor: str, word: str) -> str:
    """An anchor as a word of its phrase has it: short ones are the beginnings of many other words."""
    before = "" if word.startswith("*") else " "
    return f"{before}{anchor}{' ' if _ends_a_word(anchor, word) else ''}"


def _ends_a_word(anchor: str, word: str) -> bool:
    """Whether the word of a phrase goes on with no letter or digit behind its anchor."""
    behind = word[word.rindex(anchor) + len(anchor) :]
    return not behind or not (behind[0].isalnum() or behind[0] in "*~")


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
def common() -> Mapping[str, list[str]]:
    return _sections("_common")


@cache
def phrases_of(key: str) -> tuple[Phrase, ...]:
    found = {}
    for section, lines in _sections(key).items():
        if section == "value":
            continue
        ground = "" if section == "quiet" else section
        for text in (text for line in lines for text in _choices(line)):
            anchor = _anchor(text)
            if len(anchor) < SHORTEST_ANCHOR:
                raise ValueError(f"lexicon {key}: “{text}” has no word long enough to look for")
            found[text, ground] = Phrase(key, ground, anchor, text)
    return tuple(found.values())


@cache
def values_of(key: str) -> frozenset[str]:
    """The whole cells by which a column is told to be of a category, lower case."""
    sections = _sections(key)
    lines = [*sections.get("value", ()), *sections.get("aside", ())]
    return frozenset(text for line in lines for text in _choices(line))


def _choices(line: str) -> Iterator[str]:
    """The phrases that a line with choices stands for."""
    if "(" not in line:
        yield " ".join(line.split())
        return
    parts = _CHOICE.split(line)
    options = [part.split("|") if n % 2 else [part] for n, part in enumerate(parts)]
    if prod(map(len, options)) >= _TOO_MANY:
        _join_choices(parts, options)
    options = [["" if part == "/" else part for part in some] for some in options]
    for chosen in product(*options):
        yield " ".join("".join(chosen).split())


def _join_choices(parts: Sequence[str], options: list[list[str]]) -> None:
    """
    Make one word, ``{a|b}``, of each choice that no phrase needs as its anchor.

    A line with three choices of twenty stands for thousands of phrases otherwise, which take long to
    read. The choice is kept whose words are the longest, and rare.
    """
    alone = [
        n
        for n in range(1, len(parts), 2)
        if f" {''.join(parts[:n])}".endswith(" ")
        and f"{''.join(parts[n + 1 :])} ".startswith(" ")
        and len(options[n]) > 1
        and not any(one == "/" or set(one) & set("{}:,^") or ".." in one for one in options[n])
    ]
    shortest = {
        n: min(max(map(len, pieces), default=0) for pieces in map(_rare_of, options[n]))
        for n in range(1, len(parts), 2)
    }
    fixed = max((len(piece) for part in parts[::2] for piece in _rare_of(part)), default=0)
    kept = max(shortest, key=lambda n: (shortest[n], n))
    if max(shortest[kept], fixed) < _TELLING_ANCHOR:
        return
    for n in alone:
        if n != kept or fixed > shortest[kept]:
            options[n] = ["{" + "|".join(one.replace(" ", _SPACE) for one in options[n]) + "}"]


def _rare_of(text: str) -> list[str]:
    return [piece for word in text.split() for piece in _rare_pieces(word)]


def _anchor(text: str) -> str:
    """The longest word of a phrase that few notes have; of equals, the last."""
    words = text.split()
    return _longest(_rare_pieces, words) or _longest(_pieces, words)


def _longest(pieces_of: Callable[[str], Iterable[str]], words: Iterable[str]) -> str:
    longest = ""
    for word in words:
        for piece in pieces_of(word):
            if len(piece) >= len(longest):
                longest = piece
    return longest


@cache  # tens of thousands of phrases are made of a few thousand words
def _rare_pieces(word: str) -> tuple[str, ...]:
    return tuple(
        piece
        for piece in _pieces(word)
        if piece not in _common_words() and len(piece) >= SHORTEST_ANCHOR
    )


@cache
def _pieces(word: str) -> tuple[str, ...]:
    if word.startswith("{"):
        return ()
    rigid = word[:-2] if _bends(word) else word
    pieces = re.split(r"[^\w'’]+|\.\.|_", rigid)
    if _is_clipped(word):
        pieces[-1] = pieces[-1][:-1]
    return tuple(piece for piece in pieces if piece)


def _is_clipped(word: str) -> bool:
    """Whether a word is one whose end goes unsaid: *saanut*, *joutui*, *ei-sairastanut*."""
    return _CLIPPED.fullmatch(word.lstrip("*").rpartition("-")[2]) is not None


@cache
def _common_words() -> frozenset[str]:
    return frozenset(common()["too common"])


@cache
def _compiled(text: str) -> re.Pattern[str]:
    """A phrase as a regular expression, whole words."""
    pattern, gap = "", ""
    for part in text.split():
        if part in _APART:
            gap = f"{_SOME_WORDS}{_APART[part]}" if gap == _GAP else _APART[part]
            continue
        pattern += (gap or _BETWEEN) if pattern else ""
        pattern += _value() if part == "_" and gap == _LABELLED else word_pattern(part)
        gap = ""
    return re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])")


@cache
def _value() -> str:
    """A value that says something."""
    nothing = "|".join(map(word_pattern, _sections("_values")["NOTHING"]))
    return rf"(?!(?:{nothing})(?![^\W_]))[^\W_]+"


def says_nothing(value: str) -> bool:
    """
    Whether the value of a field says that there is none, or that nobody knows.

    >>> says_nothing("Ei"), says_nothing("-"), says_nothing("astma")
    (True, True, False)
    """
    return not any(map(str.isalnum, value)) or _nothing().fullmatch(value.casefold()) is not None


@cache
def _nothing() -> re.Pattern[str]:
    return re.compile("|".join(map(word_pattern, _sections("_values")["NOTHING"])))


@cache
def _one_of(name: str) -> str:
    return f"(?:{'|'.join(map(word_pattern, _sections('_values')[name]))})"


def word_pattern(word: str) -> str:
    if word == "_":
        return r"[^\W_]+"
    if word == "^":
        return _NAME
    if word.startswith("{") and "|" in word:
        options = (one.split(_SPACE) for one in word.strip("{}").split("|"))
        return f"(?:{'|'.join(_BETWEEN.join(map(word_pattern, one)) for one in options)})"
    if word.startswith("{"):
        return _one_of(word.strip("{}"))
    inner = word.strip("*~")
    before = r"[^\W_]*" if word.startswith("*") else ""
    after = r"[^\W_]*" if word.endswith("*") else _ENDING if word.endswith("~") else ""
    if _bends(word):
        return f"{before}{re.escape(inner[:-1])}(?:i|e[ij]){after}"
    return before + re.escape(inner) + ("?" if _is_clipped(word) else after)


def _bends(word: str) -> bool:
    """Whether a word's last *i* becomes *e* in the Finnish plural: *migreeni*, *migreeneistä*."""
    return word.endswith("i*") and len(word) > _LONG_ENOUGH_TO_BEND
