"""Pages set in two columns, which a PDF may hold line by line across both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from audit.notice.topics import is_headline, topics_of

__all__ = ["Columns", "in_columns"]

_LEAST_LINES = 6  # that both columns share, for a page to be set in two
_LEAST_SHARE = 0.6  # of the lines of the right column that have words in the left one as well
_LABELS = 0.7  # of the left lines that begin something and head it: it is a table
_FEW = 3  # words of a heading, and labels to each line that answers with one
_GUTTER = 3  # blanks between the columns
_SAME = (
    6  # letters by which the beginnings of lines of one column may differ: they are set to widths
)
_PIECE = re.compile(rf"\S+(?: {{1,{_GUTTER - 1}}}\S+)*")


class _Piece(NamedTuple):
    """Words of a line, and the letter of the page at which they begin."""

    words: str
    at: int


class Columns:
    """The pages of a document one after another; a table of labels and answers may go on over them."""

    def __init__(self) -> None:
        self._answers: int | None = None

    def read(self, page: str) -> str | None:
        """The text of the next page in two columns, or of the table that goes on; None for neither."""
        lines = _lines(page)
        if self._answers is not None and _goes_on(lines, self._answers):
            return _by_row(lines, self._answers)
        text, self._answers = _set(lines)
        return text


def in_columns(page: str) -> str | None:
    """
    The text of a page in two columns, the left one first; None where it has but one.

    ``page`` is set as it looks, blanks and all. A table of labels and answers has two columns as
    well, and is read row by row: there what stands on the left heads what stands beside it.

    >>> rows = ["Sukkula kutoo kangasta    Villa on", "pitkinä iltoina           lampaasta"]
    >>> in_columns(chr(10).join(rows * 4)).splitlines()[:2]
    ['Sukkula kutoo kangasta', 'pitkinä iltoina']
    """
    return _set(_lines(page))[0]


def _set(lines: Sequence[Sequence[_Piece]]) -> tuple[str | None, int | None]:
    """The text of lines in two columns, and of a table of labels where its answers begin."""
    edge = _edge(lines)
    if edge is None:
        return None, None
    shared = _shared(lines, edge)
    if len(shared) < _LEAST_LINES:
        return None, None
    if _is_table(lines, shared, edge):
        return _by_row(lines, edge), edge
    right = _right(lines, edge)
    return (_by_column(lines, edge) if len(shared) >= _LEAST_SHARE * len(right) else None), None


def _lines(page: str) -> list[list[_Piece]]:
    """The pieces of each line that has any."""
    return [
        [_Piece(m[0], m.start()) for m in _PIECE.finditer(line)]
        for line in page.split("\n")
        if line.strip()
    ]


def _right(lines: Sequence[Sequence[_Piece]], edge: int) -> list[Sequence[_Piece]]:
    """The lines that have words in the right column."""
    return [line for line in lines if any(abs(p.at - edge) <= _SAME for p in line)]


def _shared(lines: Sequence[Sequence[_Piece]], edge: int) -> list[Sequence[_Piece]]:
    """The lines that have words in both columns."""
    return [line for line in _right(lines, edge) if line[0].at < edge - _SAME]


def _is_table(
    lines: Sequence[Sequence[_Piece]], shared: Sequence[Sequence[_Piece]], edge: int
) -> bool:
    """Whether what stands on the left heads what stands beside it."""
    begun = [line[0].words for line in shared if line[0].words[0].isupper()]
    labels = sum(bool(topics_of(words)) for words in begun)
    answers = [_text([p for p in line if p.at >= edge - _SAME]) for line in _right(lines, edge)]
    return labels >= _LABELS * max(1, len(begun)) and _heads(answers) * _FEW <= labels


def _goes_on(lines: Sequence[Sequence[_Piece]], edge: int) -> bool:
    """Whether a page holds the rest of a table: no line crosses to its answers, and labels are told."""
    ends = max((n for n, line in enumerate(lines) if _right([line], edge)), default=-1)
    table = lines[: ends + 1]
    crossing = any(
        p.at < edge - _SAME and p.at + len(p.words) > edge for line in table for p in line
    )
    return not crossing and any(topics_of(line[0].words) for line in _shared(table, edge))


def _heads(lines: Sequence[str]) -> int:
    """How many lines are headings themselves: a column of a text has them, one of answers hardly."""
    return sum(
        is_headline(words) and len(words.split()) <= _FEW and bool(topics_of(words))
        for words in lines
    )


def _edge(lines: Sequence[Sequence[_Piece]]) -> int | None:
    """Where the right column begins: the letter at which most lines begin anew behind a gap."""
    begins = Counter(piece.at for line in lines for piece in line[1:])
    if not begins:
        return None
    near = {
        at: sum(times for other, times in begins.items() if abs(other - at) <= _SAME)
        for at in begins
    }
    best = max(near, key=lambda at: (near[at], begins[at]))
    return best if near[best] >= _LEAST_LINES else None


def _by_row(lines: Sequence[Sequence[_Piece]], edge: int) -> str:
    """A table: each label on a line of its own over its answer; a small letter goes on with one."""
    rows: list[tuple[list[str], list[str]]] = [([], [])]
    for line in lines:
        label = _text([piece for piece in line if piece.at < edge - _SAME])
        answer = _text([piece for piece in line if piece.at >= edge - _SAME])
        if label and not label[0].islower():
            rows.append(([], []))
        if label:
            rows[-1][0].append(label)
        if answer:
            rows[-1][1].append(answer)
    return "\n\n".join(
        "\n".join(" ".join(words) for words in row if words) for row in rows if any(row)
    )


def _by_column(lines: Sequence[Sequence[_Piece]], edge: int) -> str:
    """The words: what is set across both columns where it stands, else left before right."""
    found: list[str] = []
    left: list[str] = []
    right: list[str] = []
    for line in lines:
        first = [piece for piece in line if piece.at < edge - _SAME]
        second = [piece for piece in line if piece.at >= edge - _SAME]
        if first and not second and first[-1].at + len(first[-1].words) > edge:
            found += [*left, *right, _text(first)]
            left, right = [], []
            continue
        if first:
            left.append(_text(first))
        if second:
            right.append(_text(second))
    return "\n".join([*found, *left, *right])


def _text(pieces: Sequence[_Piece]) -> str:
    return " ".join(piece.words for piece in pieces)
