"""
A record that is not as wide as its table: its cells where they belong, if one place is the best.

Every delimiter may be one, or stand inside a cell; between a quote and a letter one may be missing.
Of all ways to make as many cells as the table has columns, the one is taken that costs least: a
stray quote costs little, a lost or added delimiter more, and a cell that does not look like its
column's others as much as it is unlikely. Where a second way is nearly as good, nobody can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from audit.register.delimited.shape import Profile, fits, shape
from audit.register.delimited.split import split, unescaped
from audit.register.model import Dialect

__all__ = ["Aligned", "align"]

_SLOPPY, _STRAY, _MISSING, _ADDED, _JOINED, _ACROSS = 1.0, 2.0, 6.0, 6.0, 12.0, 8.0
_PROSE = 6.0  # a delimiter inside a cell with a space behind it, as a sentence has it
_SPACED = 2.0  # a space inside a cell, where spaces delimit: words have them
_MARGIN = 3.0  # bits between the best way and the second: eight times as likely
_MOST_MENDED = 8  # cells: beyond that a line is no record of this table
_MOST_PIECES = 300
_OTHERS = (";", ",", "\t", "|", " ")
_OTHER = 8.0


class Aligned(NamedTuple):
    """The best way to read a record."""

    cells: tuple[str, ...]
    repair: str
    """What was wrong with it: a key of the ledger's repairs."""
    certain: bool
    """Whether no other way is nearly as good."""


class _Way(NamedTuple):
    cost: float
    cells: tuple[str, ...]
    repair: str


class _Boundary(NamedTuple):
    start: int
    end: int
    """Equal where no delimiter stands, but one may be missing."""


def align(text: str, width: int, dialect: Dialect, profile: Profile | None) -> Aligned | None:
    """
    The record's cells in ``width`` columns, or None if it cannot be one of this table.

    >>> seen = Profile([["1", "a@b.fi", "x y"]] * 20, 3)
    >>> align('1;a@b.fi;;x y', 3, Dialect(), seen).cells
    ('1', 'a@b.fi', 'x y')
    >>> align('2;"b@c.fi;x;', 3, Dialect(), None) is None
    False
    >>> align('1;x', 3, Dialect(), None).certain
    False
    """
    if dialect.gaps:
        return None
    ways = _ways(text, width, dialect, profile)
    exact = _otherwise(text, width, dialect, profile)
    ways += [way for way in exact if all(way.cells != known.cells for known in ways)]
    if not ways:
        return None
    best, *others = sorted(ways)
    second = min((other.cost for other in others), default=best.cost + 2 * _MARGIN)
    known = profile is not None and profile.rows >= 5  # noqa: PLR2004 - fewer tell little of a column
    certain = second - best.cost >= _MARGIN and (known or best.repair == "stray_quote")
    return Aligned(best.cells, best.repair, certain)


def _otherwise(text: str, width: int, dialect: Dialect, profile: Profile | None) -> list[_Way]:
    """The record as another delimiter cuts it: exactly, or nearly where its own cuts hardly at all."""
    found: list[_Way] = []
    own = len(split(text, dialect).cells)
    for other in _OTHERS:
        if other == dialect.delimiter or text.count(other) < width - 1 or width == 1:
            continue
        another = dialect.model_copy(update={"delimiter": other})
        read = split(text, another)
        # A remark has words, as many as there are columns perhaps, but they are not of their kinds.
        if other == " " and profile is not None and not fits(read.cells, profile.typed()):
            continue
        if len(read.cells) == width and read.clean and not read.open:
            cost = sum(_fit(profile, n, cell) for n, cell in enumerate(read.cells))
            found.append(_Way(_OTHER + cost, tuple(read.cells), "other_delimiter"))
        elif own * 2 <= width and profile is not None:
            found += [
                way._replace(cost=way.cost + _OTHER, repair="other_delimiter")
                for way in _ways(text, width, another, profile)
            ]
    return found


def _ways(text: str, width: int, dialect: Dialect, profile: Profile | None) -> list[_Way]:
    """The two best ways to cut a record into ``width`` cells."""
    boundaries = list(_boundaries(text, dialect))
    real = sum(b.end > b.start for b in boundaries[1:-1]) + 1
    if len(boundaries) > _MOST_PIECES:
        return []
    lacks = width - real
    if lacks > min(_MOST_MENDED, width // 2):
        return []
    # best[b] after some columns: the ways in which they hold the text before boundary b.
    best: dict[int, list[_Way]] = {0: [_Way(0.0, (), "")]}
    steps: dict[int, list[tuple[int, str, float, str]]] = {}  # the same for every column
    for column in range(width):
        following: dict[int, list[_Way]] = {}
        for at, ways in best.items():
            if at not in steps:
                steps[at] = list(_steps(text, boundaries, at, dialect, lacks))
            for to, cell, cost, repair in steps[at]:
                price = cost + _fit(profile, column, cell)
                kept = following.setdefault(to, [])
                kept += [
                    _Way(way.cost + price, (*way.cells, cell), _worse(way.repair, repair))
                    for way in ways
                ]
        best = {at: _two_best(ways) for at, ways in following.items()}
    return best.get(len(boundaries) - 1, [])


def _steps(
    text: str, boundaries: list[_Boundary], at: int, dialect: Dialect, lacks: int
) -> Iterator[tuple[int, str, float, str]]:
    """The cells that may begin after a boundary: where each ends, its text, its cost."""
    begin = boundaries[at].end
    if lacks > 0:
        yield at, "", _MISSING, "missing_delimiter"
    inside = 0  # delimiters within the cell
    for to in range(at + 1, len(boundaries)):
        stop = boundaries[to]
        cell, cost, repair = _cell(text[begin : stop.start], dialect, inside)
        if stop.start == stop.end and to < len(boundaries) - 1:
            cost, repair = cost + _MISSING / 2, "missing_delimiter"
        yield to, cell, cost, repair
        if not text[begin : stop.start].strip() and stop.end > stop.start:
            # A delimiter too many: what stands after it is this cell.
            yield from _skipped(text, boundaries, to, dialect)
        if stop.end > stop.start:
            inside += 1
            if inside > 64:  # noqa: PLR2004 - a cell with more has a quote that is not its own
                return


def _skipped(
    text: str, boundaries: list[_Boundary], at: int, dialect: Dialect
) -> Iterator[tuple[int, str, float, str]]:
    begin, inside = boundaries[at].end, 0
    for to in range(at + 1, len(boundaries)):
        stop = boundaries[to]
        if stop.start == stop.end and to < len(boundaries) - 1:
            continue
        cell, cost, _ = _cell(text[begin : stop.start], dialect, inside)
        yield to, cell, cost + _ADDED, "extra_delimiter"
        inside += 1
        if not dialect.quote or dialect.quote not in text[begin : stop.start]:
            return


def _cell(raw: str, dialect: Dialect, inside: int) -> tuple[str, float, str]:
    """A stretch of text as one cell, with what it costs to see it so."""
    quote, bare = dialect.quote, raw.strip(" ")
    joined = (_JOINED if dialect.delimiter != " " else _SPACED) * inside
    if inside and not dialect.delimiter.endswith(" "):  # words are spaced, cells here are not
        joined -= (_JOINED - _PROSE) * min(inside, raw.count(dialect.delimiter + " "))
    if not quote or quote not in raw:
        return raw, joined, "extra_delimiter" if inside else ""
    if len(bare) > 1 and bare.startswith(quote) and bare.endswith(quote):
        inner = bare[1:-1]
        escape = dialect.escape or quote
        odd = inner.replace(escape + quote, "").count(quote)
        if not odd:
            return unescaped(inner, dialect), 0.0, ""
        across = len(re.findall(_across(quote, dialect.delimiter), inner))
        return unescaped(inner, dialect), _SLOPPY + _ACROSS * across, "stray_quote"
    stray = _STRAY if bare.startswith(quote) or bare.endswith(quote) else _SLOPPY / 2
    return raw, stray + joined, "extra_delimiter" if inside else "stray_quote"


@cache
def _across(quote: str, delimiter: str) -> str:
    return re.escape(quote) + " ?" + re.escape(delimiter) + " ?" + re.escape(quote)


def _boundaries(text: str, dialect: Dialect) -> Iterator[_Boundary]:
    """Where cells may end: at delimiters, and where a quote stands against a letter or a quote."""
    delimiter, quote = dialect.delimiter, dialect.quote
    yield _Boundary(0, 0)
    wanted = re.escape(delimiter)
    if quote:
        q = re.escape(quote)
        wanted += rf"|(?<=[\w.]{q})(?=[\w{q}])|(?<=\w)(?={q}\w)"
    for found in re.finditer(wanted, text):
        yield _Boundary(found.start(), found.end())
    yield _Boundary(len(text), len(text))


def _fit(profile: Profile | None, column: int, cell: str) -> float:
    return 0.0 if profile is None else profile.cost(column, shape(cell))


def _worse(one: str, other: str) -> str:
    order = ("", "stray_quote", "missing_delimiter", "extra_delimiter", "other_delimiter")
    return max(one, other, key=order.index)


def _two_best(ways: list[_Way]) -> list[_Way]:
    """The two cheapest ways that give different cells."""
    kept: list[_Way] = []
    for way in sorted(ways):
        if all(way.cells != other.cells for other in kept):
            kept.append(way)
            if len(kept) == 2:  # noqa: PLR2004 - the best, and what it is held against
                break
    return kept
