"""Columns one beneath the other, which no mark parts: what mainframes, consoles and printers write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

__all__ = ["FIXED_WIDTH", "cut", "gaps_of"]

#: What stands for the delimiter of such a text; a plan calls it ``fixed width``.
FIXED_WIDTH = "  "

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_RULER = re.compile(r" *(?:-+(?: +-+)+|=+(?: +=+)+) *")
_RUN = re.compile(r"[-=]+")
_MARKS = (";", "|", "│", "\t", ",")
_OWN = re.compile(r'(?<=[0-9]),(?=[0-9])|"[^"]*"')  # the comma of an amount parts nothing
_FEWEST = 4  # lines
_FEWEST_APART = 10  # lines that tell whether one blank parts two columns or two words
_STRAYS = 50  # one line of so many may have something between two columns
_MOSTLY = 0.6

Gaps = tuple[tuple[int, int], ...]


def gaps_of(lines: Sequence[str]) -> Gaps:
    """
    Where each column but the last ends and the next begins; nothing where no columns are to be seen.

    >>> gaps_of(["no   name     town", "1    Aino     Espoo", "12   Bo       Turku", "13            Oulu"])
    ((2, 5), (9, 14))
    >>> gaps_of(["1  ;Aino  ;Espoo", "12 ;Bo    ;Turku"] * 2), gaps_of(["Hello  there, all", "Bye"] * 4)
    ((), ())
    """
    filled = [line for line in lines if line.strip() and _RULER.fullmatch(line) is None]
    often = [len(_GAP.findall(line)) for line in filled]
    usual = sorted(often)[len(often) // 2] if often else 0
    # Titles, page heads and totals have fewer gaps than the lines of a table.
    table = [line for line, gaps in zip(filled, often, strict=True) if gaps * 2 >= usual]
    if not usual or len(table) < max(_FEWEST, _MOSTLY * len(filled)):
        return ()
    ruler = next((line for line in lines if _RULER.fullmatch(line)), None)
    spans = [found.span() for found in _RUN.finditer(ruler)] if ruler else list(_columns(table))
    gaps = tuple((end, begin) for (_, end), (begin, _) in pairwise(spans))
    return () if _are_parted(table, len(gaps)) else gaps


def _columns(table: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where columns begin and end: parted by what is blank in all lines, alike on one side."""
    often = Counter(at for line in table for at, mark in enumerate(line) if mark != " ")
    full = "".join("x" if often[at] * _STRAYS > len(table) else " " for at in range(max(often) + 1))
    begin, end = 0, 0
    for found in re.finditer("x+", full):
        apart = found.start() - end
        enough = apart > 1 or len(table) >= _FEWEST_APART
        names = apart > 1 or table[0][end:].startswith(" ")  # nothing heads two columns
        if end and enough and names and _are_alike(table, *found.span()):
            yield begin, end
            begin = found.start()
        end = found.end()
    yield begin, end


def _are_alike(table: Sequence[str], begin: int, end: int) -> bool:
    """Whether the cells between two places begin at the first, or end at the second, nearly all."""
    cells = [cell for line in table if (cell := line[begin:end]).strip()]
    left = sum(cell[0] != " " for cell in cells)
    right = sum(len(cell) == end - begin and cell[-1] != " " for cell in cells)
    return max(left, right) >= _MOSTLY * len(cells)


def _are_parted(table: Sequence[str], gaps: int) -> bool:
    """Whether a mark stands between the columns all the same: they were filled up with blanks."""
    bare = [_OWN.sub("", line) for line in table]
    for mark in _MARKS:
        often, lines = Counter(line.count(mark) for line in bare).most_common(1)[0]
        enough = max(gaps, 1) if mark == "," else 1
        if often >= enough and lines >= _MOSTLY * len(table):
            return True
    return False


def cut(line: str, gaps: Gaps) -> list[str]:
    """
    The cells of a line; the whole line as one where it is none of the table.

    An amount that is wider than its column begins in the gap.

    >>> cut("7    Aino     Espoo", ((2, 5), (9, 14))), cut("List of members", ((2, 5), (9, 14)))
    (['7', 'Aino', 'Espoo'], ['List of members'])
    >>> cut("7    Aino  1 200,00", ((2, 5), (9, 13)))
    ['7', 'Aino', '1 200,00']
    """
    stripped = line.strip()
    if len(stripped) < gaps[-1][0] // 2 and _GAP.search(stripped) is None:
        return [stripped]
    cells, place, across = [], 0, 0
    for end, begin in gaps:
        at = begin
        between = line[end:begin]
        apart = between[:1] == " " or line[end - 1 : end] == " "
        if apart and between.strip():
            at = begin - len(between.lstrip())
        elif line[begin - 1 : begin].strip() and line[begin : begin + 1].strip():
            across += 1
        cells.append(line[place:at].strip())
        place = at
    cells.append(line[place:].strip())
    filled = sum(map(bool, cells))
    outside = not any(cells[1:]) or (across > 0 and across * 2 >= filled - 1)
    return [stripped] if outside else cells
