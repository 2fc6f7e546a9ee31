"""Tables whose lines end with their last filled cell: the header alone tells how wide they are."""

from __future__ import annotations

from collections.abc import Sequence

from audit.register.delimited.header import MOST_TITLES, are_headers
from audit.register.delimited.shape import Profile, fits
from audit.register.delimited.split import Record

__all__ = ["padded", "trimmed_width"]

_FEWEST = 2  # records: one that is short is damaged
_NARROWEST = 3  # columns: of two, what is short is one cell of prose


def trimmed_width(found: Sequence[Record], width: int) -> int | None:
    """
    How wide a table is whose blank cells at the ends of lines are not written; None of any other.

    ``width`` is that of most records. The header has a name for each column and no record is wider;
    the short ones end in a cell that is filled, and so do the whole ones, or nobody left any out.

    >>> rows = ["no;name;left;note", "1;Ab", "2;Cd;1.2.2020", "3;Ef", "4;Gh;2.2.2020;x y"]
    >>> trimmed_width([Record(row.split(";"), row, 1, True) for row in rows], 2)
    4
    """
    filled = [r for r in found if r.text.strip()]
    heads = (n for n, r in enumerate(filled[:MOST_TITLES]) if len(r.cells) >= width)
    head = next((n for n in heads if are_headers(filled[n].cells)), None)
    if head is None or len(filled[head].cells) < _NARROWEST:
        return None
    wide, below = len(filled[head].cells), [r for r in filled[head + 1 :] if len(r.cells) > 1]
    while below and len(below[-1].cells) < wide and len(below) > len(filled) // 2:
        below.pop()  # what stands short at the very end may be a remark
    short = [r for r in below if r.clean and len(r.cells) < wide]
    if len(short) < _FEWEST or len(short) * 10 < len(below):
        return None
    wider = sum(len(r.cells) > wide for r in below)
    open_ended = sum(not r.cells[-1].strip() for r in below if len(r.cells) <= wide)
    if max(wider, open_ended) * 20 > len(below):
        return None
    rows = [padded(r.cells, wide) for r in below if len(r.cells) <= wide]
    typed = Profile(rows[-200:], wide).typed()
    unlike = sum(not fits(padded(r.cells, wide), typed) for r in short[:200])
    return wide if typed and unlike * 10 <= len(short[:200]) else None


def padded(cells: Sequence[str], width: int) -> list[str]:
    """Cells with blank ones behind them, where they are fewer than the table has columns."""
    return [*cells, *[""] * (width - len(cells))]
