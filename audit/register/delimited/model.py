"""What is known of a delimited file before, while and after it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from audit.finding import Quarantined
from audit.register.model import Dialect

__all__ = [
    "CHUNK",
    "CLEAN",
    "HEAD_BYTES",
    "MARKERS",
    "Head",
    "LineCount",
    "Part",
    "Repaired",
    "Told",
    "cleaning",
]

#: Control characters that the scan puts between cells; a file that holds one itself is repaired.
MARKERS = "".join(map(chr, [*range(0x01, 0x09), *range(0x0E, 0x20)]))

#: Bytes of a file that decisions are made from.
HEAD_BYTES = 1 << 20

#: Bytes that are read at once.
CHUNK = 1 << 22

#: What a control character becomes, so that it does not pass for one of the scan's own.
CLEAN = str.maketrans(dict.fromkeys([*map(ord, MARKERS), 0], "\ufffd"))


def cleaning(delimiter: str) -> dict[int, str]:
    """``CLEAN`` for the lines of a file, whose delimiter may be a control character itself."""
    return {at: text for at, text in CLEAN.items() if chr(at) not in delimiter}


@dataclass(frozen=True, kw_only=True)
class Part:
    """Which physical lines of a file are one table; a file may hold several, one below the other."""

    first: int = 1
    last: int | None = None
    """None: to the end of the file."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What people say of how a whole file is written; None where they say nothing."""

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    escape: str | None = None
    header_lines: int | None = None
    """Of the first table: no other begins among them."""
    one_table: bool = False
    """Whether the file is one table, however much it looks like several."""

    @property
    def marks(self) -> dict[str, str]:
        """The parts of the dialect that are said."""
        each = {"delimiter": self.delimiter, "quote": self.quote, "escape": self.escape}
        return {name: mark for name, mark in each.items() if mark is not None}


@dataclass(frozen=True, kw_only=True)
class Head:
    """What the start of a file tells."""

    dialect: Dialect
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Up to a thousand records, to recognise columns by; never the ground of a finding."""
    ragged: bool
    """Whether something of the head needs repair: a record not as wide as the header, a lone
    return that ends a line, a repeated header."""
    multiline: bool
    """Whether a cell of the head holds a line break."""
    trimmed: bool = False
    """Whether lines end with their last filled cell, so that one with fewer cells is whole."""
    again: frozenset[tuple[str, ...]] = frozenset()
    """Its titles and its header, which a printed list has above each of its pages."""
    part: Part = Part()
    """The lines that are this table."""
    seen: int | None = None
    """The lines that were looked at for further tables; None where they are all, or it is said that
    the file is one table."""
    sheet: str | None = None
    """``table 2`` for the second table of a file; None for the first or only one."""


@dataclass(frozen=True, kw_only=True)
class LineCount:
    """The independent count, taken in one read that shares the file with the hash."""

    lines: int
    sha256: str
    markers: bool
    """Whether the file holds control characters that the scan needs for itself."""
    emptied: bool = False
    """Whether a record of nothing but delimiters was met, where one was looked for."""


@dataclass(kw_only=True)
class Repaired:
    """What a repair did with each physical line."""

    rows: int = 0
    longest: int = 0
    """Bytes of the longest record, as it was rewritten; 0 where none is longer than usual."""
    inside_cells: int = 0
    blank: int = 0
    header: int = 0
    """Repeated headers; those above the first record are in the dialect."""
    footer: int = 0
    elsewhere: int = 0
    """Lines of the file's other tables."""
    quarantined: list[Quarantined] = field(default_factory=list)
    repaired: Counter[str] = field(default_factory=Counter)

    def measure(self, cells: Sequence[str]) -> None:
        """Remember how much room the record takes, where that is more than usual."""
        if sum(map(len, cells)) > _LONG:
            written = sum(len(cell.encode("utf-8", "replace")) + cell.count('"') for cell in cells)
            self.longest = max(self.longest, written + _MARKS * (len(cells) + 1))


_LONG = 1 << 20  # characters
_MARKS = 24  # bytes beside a cell: its quotes and delimiter, or the line's number
