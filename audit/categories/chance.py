"""
Columns of numbers of which some pass a check digit, as chance has it: orders, parcels, invoices.

Of a hundred order numbers that begin with a day, three have the check character of an identity code.
A single one cannot be told from a code, but the column can: where cells have a code's form and no
more of them pass than chance predicts, it is no column of codes, and what passes proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from math import sqrt

from audit.categories import categories, forms
from audit.categories.model import Odds

__all__ = ["GROUND", "passes_by_chance", "resembled"]

GROUND = "chance"
"""The ground of what passed though the column is no column of codes."""
_ENOUGH = 5  # cells; of fewer nothing can be told
_AT_MOST = 3  # one in so many may pass: codes with errors among them pass more often
_DEVIATIONS = 3
_LONGEST = 34
_OF_DIGITS = re.compile(r"[0-9A-Za-z][0-9A-Za-z +-]{9,}[0-9A-Za-z]")


def resembled(text: str) -> Iterator[tuple[str, int]]:
    """
    What a whole cell is but perhaps for its check digit: the category, and in how many one passes.

    >>> list(resembled("010190-999W")), list(resembled("010190-9990")), list(resembled("kiitos"))
    ([('personal_identity_code', 31)], [('personal_identity_code', 31)], [])
    """
    if len(text) > _LONGEST or not text[1:2].isalnum() or _OF_DIGITS.fullmatch(text) is None:
        return
    for category, odds in _odds():
        if odds.looks(text):
            yield category, odds.one_in


@cache
def _odds() -> tuple[tuple[str, Odds], ...]:
    own = ((key, category.odds) for key, category in categories().items())
    of_forms = ((form.category, form.odds) for form in forms().values())
    return tuple((key, odds) for key, odds in (*own, *of_forms) if odds is not None)


def passes_by_chance(passed: int, alike: Mapping[int, int]) -> bool:
    """
    Whether no more cells passed than chance predicts; ``alike`` has, by one in how many pass, the cells.

    >>> passes_by_chance(10, {31: 220}), passes_by_chance(60, {31: 70}), passes_by_chance(1, {31: 3})
    (True, False, False)
    """
    cells = sum(alike.values())
    expected = sum(count / one_in for one_in, count in alike.items())
    within = expected + _DEVIATIONS * sqrt(expected) + 1
    return 0 < passed <= within and cells >= max(_ENOUGH, passed * _AT_MOST)
