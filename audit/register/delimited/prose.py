"""Whether a text is prose, which nobody exported as records."""

from __future__ import annotations

from collections.abc import Iterator

from audit.register.delimited.model import Head
from audit.register.delimited.shape import TYPED, Profile, shape

__all__ = ["is_prose"]

_FEWEST_COLUMNS = 3  # of what is a table however its cells end
_LONGEST_ENTRY = 5  # words: "von Essen, Anna Maria (mamma)"
_ENDS = (".", "!", "?", ":", "…")
_FEWEST_LINES = 4  # of a list of words


def is_prose(head: Head) -> bool:
    """
    Whether the lines of a text are sentences, or the words of some, and not the entries of a list.

    A list has one detail on each line, or a few words that end as no sentence does.

    >>> from audit.register.model import Dialect
    >>> one = Dialect(encoding="utf-8", delimiter=";", header_lines=0)
    >>> listed = (("a@x.example",), ("b@x.example",))
    >>> told = (("Hello,",), ("I rang them today, and they will come on Monday.",), ("Bo",))
    >>> [is_prose(Head(dialect=one, header=("column 1",), rows=rows, ragged=False, multiline=False)) for rows in (listed, told)]
    [False, True]
    """
    width, spaced = len(head.header), head.dialect.delimiter == " "
    if width >= _FEWEST_COLUMNS:
        return spaced and not Profile(head.rows, width).typed()
    cells = list(_cells(head))
    ended = sum(cell.endswith(_ENDS) or len(cell.split()) > _LONGEST_ENTRY for cell in cells)
    details = sum(shape(cell) in TYPED for cell in cells)
    if details * 2 >= len(cells):
        return False
    return len(cells) < _FEWEST_LINES or ended * 10 > len(cells)


def _cells(head: Head) -> Iterator[str]:
    """What stands in the lines of a text, its header too where it has one."""
    named = head.header if head.dialect.header_lines else ()
    for row in (named, *head.rows):
        yield from (text for cell in row if (text := cell.strip()))
