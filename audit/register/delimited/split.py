"""A line, or the lines of one record, as cells: by the letter of the dialect, or saying that it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from audit.register.delimited.fixed_width import cut
from audit.register.model import Dialect

__all__ = [
    "LONGEST_RECORD",
    "Record",
    "Split",
    "escaped_cells",
    "may_close",
    "records",
    "split",
    "unescaped",
]

#: Lines: a quote that is open for longer was never meant to be one.
LONGEST_RECORD = 20_000


class Split(NamedTuple):
    """The cells of a text."""

    cells: list[str]
    clean: bool = True
    """Whether every quote stands where the dialect has one."""
    open: bool = False
    """Whether a quoted cell has no end yet."""
    wrapped: bool = False
    """Whether the record stood in one quoted cell, as where a text of commas was saved once more."""


class Record(NamedTuple):
    """A record of the head."""

    cells: list[str]
    text: str
    lines: int
    clean: bool
    wrapped: bool = False


class _Patterns(NamedTuple):
    quoted: re.Pattern[str]
    """A whole quoted cell, with the delimiter or the end behind it."""
    opened: re.Pattern[str]
    """A quoted cell that goes on beyond the end."""
    escaped: str
    quote: str


def split(text: str, dialect: Dialect) -> Split:
    """
    The cells of one record.

    >>> split('1; "a;b";"12"" pipe"', Dialect())
    Split(cells=['1', 'a;b', '12" pipe'], clean=True, open=False, wrapped=False)
    >>> split('1;"a;b', Dialect()).open, split('1;"a"b;c', Dialect()).clean
    (True, False)
    >>> split('"1,""a,b"",c"', Dialect(delimiter=",")).cells
    ['1', 'a,b', 'c']
    """
    if dialect.gaps:
        return Split(cut(text, dialect.gaps))
    read = _split(text, dialect)
    if len(read.cells) == 1 and not read.open and dialect.delimiter in read.cells[0]:
        within = _split(read.cells[0], dialect)
        if within.clean and not within.open:
            return within._replace(wrapped=True)
    return read


def _split(text: str, dialect: Dialect) -> Split:
    delimiter, quote = dialect.delimiter, dialect.quote
    if not quote or quote not in text:
        return Split(text.split(delimiter))
    patterns = _patterns(delimiter, quote, dialect.escape)
    cells: list[str] = []
    place, clean = 0, True
    while True:
        found = patterns.quoted.match(text, place)
        if found is not None:
            cells.append(found[1].replace(patterns.escaped, quote))
            if not found[2]:
                return Split(cells, clean)
            place = found.end()
            continue
        if text.startswith(quote, _after_spaces(text, place)):
            if patterns.opened.match(text, place):
                return Split(cells, clean, open=True)
            clean = False
        end = text.find(delimiter, place)
        if end < 0:
            cells.append(text[place:])
            return Split(cells, clean)
        cells.append(text[place:end])
        place = end + len(delimiter)


def unescaped(text: str, dialect: Dialect) -> str:
    """What stood between two quotes, with its own quotes as they are meant."""
    escape = dialect.escape or dialect.quote
    return text.replace(escape + dialect.quote, dialect.quote)


def escaped_cells(text: str, delimiter: str) -> list[str]:
    r"""
    The cells of a record without quotes, where a backslash makes the mark after it the cell's own.

    >>> escaped_cells("1|a\\|b|c|\\N", "|")
    ['1', 'a|b', 'c', '\\N']
    """
    d = re.escape(delimiter)
    cells = re.split(rf"(?<!\\)((?:\\\\)*){d}", text)
    found = [cell + slashes for cell, slashes in zip(cells[::2], [*cells[1::2], ""], strict=True)]
    return [re.sub(rf"\\(\n|{d})", r"\1", cell) for cell in found]


def may_close(line: str, dialect: Dialect) -> bool:
    """
    Whether a quoted cell that is open before a line may end in it: not where each quote is the cell's own.

    >>> may_close('and ""thanks"" again', Dialect()), may_close('thanks";3', Dialect())
    (False, True)
    """
    escaped = (dialect.escape or dialect.quote) + dialect.quote
    return dialect.quote in line.replace(escaped, "")


def records(lines: Sequence[str], dialect: Dialect, *, cut: bool = False) -> Iterator[Record]:
    """
    The records of some lines; a quote that does not close again makes its line a record.

    Where the file goes on behind the lines, which are ``cut``, a quote that is open at their end is left
    with what follows it.
    """
    place = 0
    while place < len(lines):
        found, taken = split(lines[place], dialect), 1
        if found.open:
            longer = _continued(lines, place, dialect)
            if longer is None or (longer[0].open and not cut):
                found = Split(lines[place].split(dialect.delimiter), clean=False)
            elif longer[0].open:
                return
            else:
                found, taken = longer
        text = lines[place] if taken == 1 else "\n".join(lines[place : place + taken])
        yield Record(found.cells, text, taken, found.clean, found.wrapped)
        place += taken


def _continued(lines: Sequence[str], place: int, dialect: Dialect) -> tuple[Split, int] | None:
    """The record that begins with a line whose quote is open: whole, still open at the end, or none."""
    for taken in range(2, min(LONGEST_RECORD, len(lines) - place) + 1):
        if may_close(lines[place + taken - 1], dialect):
            found = split("\n".join(lines[place : place + taken]), dialect)
            if not found.open:
                return (found, taken) if found.clean else None
            if not found.clean:
                return None
    ended = place + LONGEST_RECORD >= len(lines)
    return (Split([], open=True), len(lines) - place) if ended else None


def _after_spaces(text: str, place: int) -> int:
    while text.startswith(" ", place):
        place += 1
    return place


@cache
def _patterns(delimiter: str, quote: str, escape: str) -> _Patterns:
    d, q = re.escape(delimiter), re.escape(quote)
    if escape and escape != quote:
        e = re.escape(escape)
        body = f"[^{q}{e}]*(?:{e}.[^{q}{e}]*)*"
        cut = f"{e}?"  # MySQL writes it before a line break within a cell
    else:
        cut = ""
        body = f"[^{q}]*(?:{q}{q}[^{q}]*)*"
    spaces = "" if delimiter == " " else " *"
    return _Patterns(
        re.compile(f"{spaces}{q}({body}){q}{spaces}({d}|\\Z)", re.DOTALL),
        re.compile(f"{spaces}{q}{body}{cut}\\Z", re.DOTALL),
        (escape or quote) + quote,
        quote,
    )
