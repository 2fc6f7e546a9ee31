"""
What stands beside a person's name and is no part of it: *Aino Koe (sokea)*, *Eero Koe, vaimo*.

A word alone says little in a note; beside a name it says it of that person. In a column of names
nothing but that is read as words about somebody, since names themselves are of widows and churches.
"""

from __future__ import annotations

import re

from audit.categories.lexicon import is_firm
from audit.categories.name import tells_name

__all__ = ["ASIDE_BEGINS", "ASIDE_IN_CELL", "aside_of", "is_aside"]

#: For the scan, in the portable subset: where a cell of a column of names goes on with an aside.
#: ``{0}`` are characters that end a cell.
ASIDE_BEGINS = r"(?:[^{0}]*[(\[]|[^ ,{0}]+ [^,{0}]+,)"
ASIDE_IN_CELL = r"[(\[]|^[^ ,]+ [^,]+,"
# A comma behind one word parts a surname from a first name.
_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]?|(?<=\S),.*", re.DOTALL)
_TWO_WORDS = re.compile(r"\s*[^\s,]+\s+[^\s,]")
_CLOSED = re.compile(r"\s{0,3}(?:[)\];,]|\.?\s*$|\s(?:/|-)\s)")
_NAMED = re.compile(
    r"([^\W\d_]*[^\W\d_a-zåäöéü][a-zåäöéü][^\W\d_]*(?:-[^\W\d_]+)?)\s"
    r"([^\W\d_a-zåäöéü][a-zåäöéü][^\W\d_]*(?:-[^\W\d_]+)?)\s{0,2}[(\[,]\s{0,2}$"
)
_FAR_ENOUGH = 60  # characters before an aside in which the name stands


def aside_of(text: str) -> str | None:
    """
    The text with blanks for all but what stands beside the name; None where nothing does.

    >>> aside_of("Aino Koe (sokea)"), aside_of("Koe, Aino") is None, aside_of("Koe Eero, vaimo")
    ('         (sokea)', True, '        , vaimo')
    >>> aside_of("Sokea Piste Oy (Kirkko)") is None
    True
    """
    two = _TWO_WORDS.match(text) is not None
    kept = [found for found in _ASIDE.finditer(text) if two or found[0][0] != ","]
    if not kept or is_firm(text[: kept[0].start()]) or is_firm(text):
        return None
    blank, at = "", 0
    for found in kept:
        blank += " " * (found.start() - at) + found[0]
        at = found.end()
    return blank + " " * (len(text) - at)


def is_aside(text: str, start: int, end: int, *, in_notes: bool = True) -> bool:
    """
    Whether a phrase is all that stands in brackets, or behind a comma, beside a person's name.

    ``in_notes`` says whether that name may stand in the text as well, and not only in its column.

    >>> said = "Slingor Ingrid Koe (döv)"
    >>> is_aside(said, said.index("döv"), said.index(")")), is_aside("flange (blind)", 8, 13)
    (True, False)
    """
    if not _CLOSED.match(text, end):
        return False
    before = text[max(0, start - _FAR_ENOUGH) : start]
    if not before.strip(" ([,"):  # all but asides is blank
        return bool(before.strip())
    named = _NAMED.search(before) if in_notes else None
    return named is not None and tells_name(f"{named[1]} {named[2]}")
