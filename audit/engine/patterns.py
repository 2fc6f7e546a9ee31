"""
What the cells of a row are matched against in the pass: the candidates and words of every category.

A row is one string, with a marker before each cell that tells what is looked for in it. There are
some three thousand stems of words, more than one automaton of RE2 has room for, so ``exact_patterns``
take several matches of a row. What the pass matches every row against is a sieve, which lets through
at least what they do, with the stems cut short; what is left in it is held against them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from math import ceil

from audit.categories import categories
from audit.categories._asides import ASIDE_BEGINS
from audit.categories._text import OBFUSCATED, any_of, fold
from audit.categories.examine import looks_in
from audit.categories.swedish_identity_number import AS_A_FIRMS
from audit.engine.duckdb import quoted
from audit.register.delimited import MARKERS
from audit.register.model import Column

__all__ = ["exact_patterns", "joined", "sieves", "used_markers"]

_DATE = MARKERS[-2]
_STEMS_TOGETHER, _LONGEST_PATTERN = 900, 45_000
_LONGEST_SIEVE, _LETTERS, _PARTS = 40_000, (5, 4, 3), (0.75, 0.5, 0.25)
_HEAD_ROWS = 300
_HEAD_WORDS, _LONGEST_WORD = 12_000, 40  # each stem is sought among them
_LETTERS_FIRST = re.compile(r"[^\W\d_]+")
_ASCII = re.compile("[a-z]+")


def sieves(
    columns: Sequence[Column], texts: Sequence[str], rows: Sequence[Sequence[str]]
) -> list[tuple[str, str]]:
    """
    SQL of the cells of a row as a string or two, and for each a pattern that is matched first.

    A row in which none is found has nothing that the patterns below would pass. Prose stands apart,
    since the most words are looked for there only. ``rows`` are those of the head: they choose how
    far stems are cut, never what is found.
    """
    markers, every = _markers(columns), used_markers(columns)
    begins = _begins(markers)
    there = {_marker(column, text, markers) for column, text in zip(columns, texts, strict=True)}
    prose = there & _of_prose(begins)
    met = _words_of(rows)
    return [
        (_concat(columns, texts, markers, cells), _sieve(begins, every, cells, met))
        for cells in map("".join, map(sorted, (prose, there - prose)))
        if cells
    ]


def _sieve(begins: Mapping[str, str], every: str, there: str, met: str) -> str:
    """One pattern, with stems as long as RE2 has room for; else what is always true."""

    @cache
    def to(letters: int) -> dict[str, list[str]]:
        """Each stem's beginning of so many letters, in the order of the stems."""
        return {key: [_cut(*stem, letters, met) for stem in all_] for key, all_ in _stems().items()}

    def cut(short: float) -> str:
        """With that part of the stems cut to fewer letters than the others."""
        long, few = _LETTERS[int(short)], _LETTERS[min(int(short) + 1, len(_LETTERS) - 1)]
        part = short - int(short)
        stems = {}
        for key, cut_long in to(long).items():
            first = ceil(len(cut_long) * part)
            stems[key] = {*to(few)[key][:first], *cut_long[first:]}
        return "|".join((*_forms(begins, every, there), *_words(begins, every, there, stems)))

    for whole in range(len(_LETTERS)):
        pattern = cut(whole)
        if len(pattern) <= _LONGEST_SIEVE:
            # A row that is let through for nothing costs more than another pattern to choose from.
            between = (cut(whole - part) for part in _PARTS if whole)
            return next((one for one in between if len(one) <= _LONGEST_SIEVE), pattern)
    return ""


def exact_patterns(columns: Sequence[Column]) -> list[str]:
    """
    What a row, joined, is matched against to tell whether the exact step is to see it.

    As few patterns as RE2 has room for: with more states than that it crawls.
    """
    markers, every = _markers(columns), used_markers(columns)
    begins = _begins(markers)
    stems = {key: item.words for key, item in categories().items()}
    patterns = ["|".join(_forms(begins, every, every))]
    for words in _words(begins, every, every, stems):
        if len(patterns[-1]) + len(words) > _LONGEST_PATTERN:
            patterns.append(words)
        else:
            patterns[-1] += f"|{words}"
    return patterns


def joined(columns: Sequence[Column], texts: Sequence[str]) -> str:
    """SQL of a row as one string: each cell behind its marker; ``texts`` is SQL of the cells."""
    return _concat(columns, texts, _markers(columns), used_markers(columns))


def _words_of(rows: Sequence[Sequence[str]]) -> str:
    """
    The words of the head's first rows, each behind a space.

    To a pattern a word begins behind ä and ö as well: *Mäkelä* has a *kel* in it.
    """
    cells = dict.fromkeys(cell for row in rows[:_HEAD_ROWS] for cell in row)
    every = (word[0] for cell in cells for word in _LETTERS_FIRST.finditer(fold(cell)))
    words = dict.fromkeys(word[:_LONGEST_WORD] for word in islice(every, _HEAD_WORDS))
    return " ".join({"", *words, *(part for word in words for part in _ASCII.findall(word))})


@cache
def _stems() -> dict[str, list[tuple[str, int, int]]]:
    """By category its stems, each with the places at which its first letters begin and end."""
    found = {}
    for key, item in categories().items():
        begun = [(stem, int(stem[0] == " ")) for stem in sorted(item.words)]
        words = [(stem, begin, _LETTERS_FIRST.match(stem, begin)) for stem, begin in begun]
        found[key] = [(stem, begin, word.end() if word else 0) for stem, begin, word in words]
    return found


def _cut(stem: str, begin: int, end: int, letters: int, met: str) -> str:
    """The shortest beginning of a stem, of so many letters at least, that no word of the head has."""
    for at in range(begin + letters, end + 1):
        if stem[:at] not in met:
            return stem[:at]
    return stem


def used_markers(columns: Sequence[Column]) -> str:
    """The control characters that stand before the cells of such a table."""
    return "".join(sorted({_DATE, *_markers(columns).values()}))


def _left_out(column: str | None) -> frozenset[str]:
    """The categories that are not looked for in a column of this one."""
    return frozenset(key for key, item in categories().items() if not looks_in(item, column))


def _markers(columns: Sequence[Column]) -> dict[frozenset[str], str]:
    """What stands before a cell, by the categories that are not looked for in it."""
    sets: set[frozenset[str]] = {_left_out(column.category) for column in columns} | {frozenset()}
    # More sets than there are markers are not met; whatever has none is looked at for everything.
    return dict(zip(sorted(sets, key=sorted), (MARKERS[-1], *MARKERS[:-2]), strict=False))


def _forms(begins: Mapping[str, str], every: str, there: str) -> Iterator[str]:
    """What has a form: numbers, addresses, dates that were not typed, what is disguised."""
    together: dict[str, list[str]] = {}
    for key, category in categories().items():
        if category.candidate:
            together.setdefault(begins[key], []).append(category.candidate)
    for markers, candidates in together.items():
        before = _before(markers, every, there, "0-9A-Za-z")
        if before is not None:
            yield f"{before}(?:{'|'.join(candidates)})(?:$|[^0-9A-Za-z])"
    names = "".join(m for m in there if m not in begins["name"])
    if names:
        yield f"[{names}]{ASIDE_BEGINS.format(every)}"
    firms = "".join(m for m in there if m not in begins["organisation"])
    if firms:
        yield f"[{firms}][^0-9{every}]*{AS_A_FIRMS}(?:$|[^0-9A-Za-z])"
    if _DATE in there:
        yield f"{_DATE}[^{every}]"  # whatever stands after the marker of a date was not typed
    yield OBFUSCATED


def _before(markers: str, every: str, there: str, inside: str) -> str | None:
    """
    What stands before a token in the cells with the markers given, in a text with those ``there``.

    None where there is no such cell. ``inside`` are the characters that a token goes on with.
    """
    if not set(markers) & set(there):
        return None
    if set(there) <= set(markers):
        return f"(?:^|[^{inside}])"
    return f"[{markers}](?:[^{every}]*[^{inside}{every}])?"


def _concat(
    columns: Sequence[Column], texts: Sequence[str], markers: Mapping[frozenset[str], str], of: str
) -> str:
    """SQL of the cells that have one of the markers given, each behind its own."""
    marked = [
        (_marker(column, text, markers), text) for column, text in zip(columns, texts, strict=True)
    ]
    return f"concat({', '.join(f'{quoted(m)}, {text}' for m, text in marked if m in of)})"


def _marker(column: Column, text: str, markers: Mapping[frozenset[str], str]) -> str:
    if text.startswith("again_"):
        return _DATE
    return markers.get(_left_out(column.category), markers[frozenset()])


def _begins(markers: Mapping[frozenset[str], str]) -> dict[str, str]:
    """By category, the markers behind which it is looked for."""
    return {
        key: "".join(
            sorted([_DATE, *(m for left_out, m in markers.items() if key not in left_out)])
        )
        for key in categories()
    }


def _of_prose(begins: Mapping[str, str]) -> set[str]:
    """The markers of cells in which phrases about a person are looked for."""
    return {m for key, item in categories().items() if item.told for m in begins[key]}


def _words(
    begins: Mapping[str, str], every: str, there: str, stems: Mapping[str, Iterable[str]]
) -> Iterator[str]:
    """
    The stems of categories, in the cells in which each is looked for, some hundreds at a time.

    They stand apart from the candidates, and together: a state of the automaton for each place in
    each stem, times those of the numbers, is more than RE2 keeps. ``there`` are the markers of the
    text that is matched.
    """
    together: dict[str, set[str]] = {}
    for key, of_category in stems.items():
        together.setdefault(begins[key], set()).update(of_category)
    for markers, some in together.items():
        begins_word = _before(markers, every, there, "A-Za-z")
        if begins_word is None:
            continue
        inside = "" if set(there) <= set(markers) else f"[{markers}][^{every}]*"
        for few in _some_at_a_time(sorted(some)):
            yield any_of(few, begins=begins_word, inside=inside)


def _some_at_a_time(stems: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(stems), _STEMS_TOGETHER):
        yield stems[start : start + _STEMS_TOGETHER]
