"""Totals and remarks below the last record of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.categories.headers import words
from audit.register.delimited.shape import shape

__all__ = ["as_on_each_page", "has_page_number", "is_remark", "is_subtotal", "is_total"]

_TOTALS = frozenset(
    "yhteensä yht summa loppusumma välisumma kaikki yhteensä total totals grand total subtotal "
    "sum summa totalt totalsumma delsumma".split()
)

_NUMBER_OF_ROWS = re.compile(
    r"(?i)\(?[0-9][0-9 ]*(?:rows?|records?|riviä|tietuetta|rader|poster)\b[^;|]{0,40}"
)
_SUM = re.compile(r"-?[0-9]{1,3}(?:[ \u00a0.]?[0-9]{3})*[.,][0-9]{2}(?: ?€)?")


def is_total(cells: Sequence[str]) -> bool:
    """
    Whether a row begins with a word for a total, or has sums below some columns and nothing else.

    A console says below a table how many rows it has.

    >>> is_total(["", "Yhteensä:", "120,00"]), is_total(["(20 rows)"]), is_total(["1001", "Summa Oy"])
    (True, True, False)
    >>> is_total(["", "", "", "1 435,00", ""]), is_total(["", "", "", "0401234567", ""])
    (True, False)
    """
    filled = [text.strip() for text in cells if text.strip()]
    few = bool(cells) and not cells[0].strip() and 0 < len(filled) * 2 < len(cells)
    if few and all(map(_SUM.fullmatch, filled)):
        return True
    if len(filled) == 1 and _NUMBER_OF_ROWS.fullmatch(filled[0]):
        return True
    first = next((text for text in cells if text.strip()), "")
    return bool(_TOTALS & {words(first), (words(first).split() or [""])[0]})


def is_subtotal(cells: Sequence[str]) -> bool:
    """
    Whether a row between records has a word for a total and nothing but numbers beside it.

    >>> is_subtotal(["Yhteensä", "", "3", "1 200,00 €"]), is_subtotal(["Summa", "Aino", "3"])
    (True, False)
    """
    filled = [text.strip() for text in cells if text.strip()]
    if len(cells) < 3 or len(filled) < 2 or filled[0][0].isdigit():  # noqa: PLR2004
        return False
    return is_total(filled[:1]) and all(shape(text) in ("whole", "number") for text in filled[1:])


def is_remark(cells: Sequence[str], width: int) -> bool:
    """Whether a row below the records has a single cell of a wide table."""
    return width > 2 and sum(bool(text.strip()) for text in cells) == 1  # noqa: PLR2004


def as_on_each_page(cells: Sequence[str]) -> tuple[str, ...]:
    """
    A title as it stands above each page of a list: without the page's number, and blanks at its end.

    >>> as_on_each_page(["Members", "", "Page 2/3", ""])
    ('Members', '', 'Page')
    """
    found = [_PAGE.sub(r"\1", cell.strip()) for cell in cells]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def has_page_number(cells: Sequence[str]) -> bool:
    """
    Whether a row is a title with the number of its page in a cell of its own.

    >>> has_page_number(["Members", "", "Page 2/3"]), has_page_number(["1", "Page 3 is torn"])
    (True, False)
    """
    return any(_PAGE.fullmatch(cell.strip()) for cell in cells)


_PAGE = re.compile(r"(?i)\b(sivu|sida|sidan|page|blad|s\.)\s*[0-9]+(?:\s*/\s*[0-9]+)?")
