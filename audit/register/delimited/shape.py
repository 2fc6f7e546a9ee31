"""What the cells of a column look like, so that a record's cells can be held against the columns."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

__all__ = ["TYPED", "Profile", "are_unlike", "are_words", "fits", "is_drawn", "is_of", "shape"]

_SHAPES = (
    ("date", re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?:[ T]\d.*)?|\d{4}-\d{2}-\d{2}(?:[ T]\d.*)?")),
    ("time", re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?")),
    ("whole", re.compile(r"[-+]?\d+")),
    ("number", re.compile(r"[^\w\s]?\s?[-+]?\d[\d .,\u00a0]*(?:[%€$£]|\s?EUR|\s?kr)?")),
    ("mail", re.compile(r"[^@\s]+@[^@\s]+\.[a-z]+", re.IGNORECASE)),
    ("url", re.compile(r"(?:https?://|www\.)\S+")),
    ("code", re.compile(r"(?=\S*\d)[\w./+#-]+")),
    ("word", re.compile(r"[^\W\d]+")),
)  # fmt: skip
#: Shapes that a header does not have.
TYPED = frozenset({"date", "time", "whole", "number", "mail", "url", "code"})
_DRAWN = re.compile(
    r"\s*[+|][-+|=:\s]*-{2}[-+|=:\s]*"
    r"|(?=(?:[^-=_]*[-=_]){5})(?:[\s;,+|]*[-=_]{2,})+[\s;,+|]*"
    r"|\s*[\u2500-\u257f]{3}[\u2500-\u257f\s]*"
)
_KINDS = len(_SHAPES) + 3
_LONG = 60  # characters: nobody's name is as long


@lru_cache(maxsize=1 << 14)
def shape(cell: str) -> str:
    """
    The shape of a cell.

    >>> [shape(c) for c in ("1.2.2024", "13:45", "17", "1 234,50 €", "a@b.fi", "A-17", "Aino", "two words", "")]
    ['date', 'time', 'whole', 'number', 'mail', 'code', 'word', 'text', 'blank']
    """
    text = cell.strip()
    if not text:
        return "blank"
    if len(text) > _LONG:
        return "prose"
    return next((name for name, pattern in _SHAPES if pattern.fullmatch(text)), "text")


def is_of(cell: str, kind: str) -> bool:
    """Whether a cell has the shape of a column's kind; whole numbers are numbers."""
    return shape(cell) in (kind, "whole" if kind == "number" else kind)


def is_drawn(line: str) -> bool:
    """
    Whether a line is drawn between the rows of a printed table, and holds nothing.

    >>> [is_drawn(line) for line in ("+------+-----+", "|:----|----:|", "---- ---", "-----;---", "├──┼──┤")]
    [True, True, True, True, True]
    >>> is_drawn("| -- | 5 |"), is_drawn("--"), is_drawn("-;-;-;-;-;-")
    (False, False, False)
    """
    return _DRAWN.fullmatch(line) is not None


def are_words(cells: Sequence[str]) -> bool:
    """Whether each cell is filled, and none has a shape that no header has."""
    return all(cell.strip() and shape(cell) not in TYPED for cell in cells)


def are_unlike(one: dict[int, str], other: dict[int, str]) -> bool:
    """
    Whether the columns of two stretches of records, by their kinds, cannot be those of one table.

    >>> are_unlike({0: "number", 2: "mail"}, {0: "number", 1: "date", 3: "number"})
    True
    >>> are_unlike({0: "number", 2: "mail"}, {0: "number"})
    False
    """
    either = one.keys() | other.keys()
    unlike = sum(one.get(n) != other.get(n) for n in either)
    return min(len(one), len(other), unlike) > 1 and unlike * 2 >= len(either)


class Profile:
    """How often each column of a table has each shape, in the records that are whole."""

    def __init__(self, rows: Sequence[Sequence[str]], width: int) -> None:
        self.rows = len(rows)
        self.counts = [Counter(shape(row[n]) for row in rows) for n in range(width)]

    def cost(self, column: int, kind: str) -> float:
        """How little a cell of a shape belongs in a column, in bits; 0 where nothing is known."""
        if not self.rows:
            return 0.0
        share = (self.counts[column][kind] + 0.2) / (self.rows + 0.2 * _KINDS)
        return -math.log2(share)

    def typed(self) -> dict[int, str]:
        """The columns of which nearly every filled cell has one shape that no header has."""
        found = {}
        for n, counts in enumerate(self.counts):
            filled = sum(counts.values()) - counts["blank"]
            kinds = {"number": counts["whole"] + counts["number"]} | {
                kind: counts[kind] for kind in TYPED - {"number"}
            }
            kind = max(sorted(kinds), key=lambda kind: (kinds[kind], kind != "number"))
            if filled and kinds[kind] * 5 >= filled * 4:
                found[n] = kind
        return found


def fits(cells: Sequence[str], typed: dict[int, str]) -> bool:
    """
    Whether nearly all cells look like the others of their columns, of which ``typed`` tells the kinds.

    >>> fits(["1", "", "x"], {0: "number", 1: "date"}), fits(["x", "", ""], {0: "number"})
    (True, False)
    """
    filled = [n for n, cell in enumerate(cells) if cell.strip()]
    unlike = sum(n in typed and not is_of(cells[n], typed[n]) for n in filled)
    return unlike * 3 <= len(filled)
