"""
Which number of a date such as 4/5/2024 or 23-02-07 is the day, told by a whole column.

Such forms are not guessed cell by cell: ``SlashOrder`` decides whether the day or the month comes
first, and ``Years`` whether years of two digits stand first, as in Swedish exports, or last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import log

__all__ = ["CLOCK", "SHORT", "SLASHED", "SlashOrder", "Years", "slash_order", "years_of"]

CLOCK = r"(?:,?[ T]+(?:klo|kl\.?|at)?\s?\d{1,2}[.:]\d{2}(?:[.:]\d{2}(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?)?"
SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})" + CLOCK)
SHORT = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{2})\.?" + CLOCK)
_LONGEST_MONTH = 31
# Days that many records share, so that a column may have nothing else: they look like years.
_CUSTOMARY = frozenset({1, 15, 28, 29, 30, 31})
# Numbers that are days: of so many kinds, as far apart, as late in the month, and so much likelier
# days than years, if days are as likely as each other and years are those between first and last.
_KINDS_OF_DAYS, _DAYS_APART, _LATE, _LIKELIER = 6, 20, 27, 1000


class SlashOrder(StrEnum):
    """The order of ``a/b/yyyy`` in a column."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    AMBIGUOUS = "ambiguous"
    """Nothing in the column tells: a question for the auditor."""
    YEAR_FIRST = "year_first"
    """Of years of two digits, as people answer it in a plan; a column tells it by ``Years``."""


class Years(StrEnum):
    """Where the years of two digits stand in a column, as in ``23-02-07``."""

    LAST = "last"
    FIRST = "first"
    UNCERTAIN = "uncertain"
    """Nothing in the column tells: a question for the auditor."""


def years_of(texts: Iterable[str]) -> Years:
    """
    Where the years of two digits stand, told by all of a column's values.

    Numbers above 31 are years; a first number of one digit is a day or a month. Where nothing of
    this kind tells, days do: over a column they are spread over the month, which years are not.
    """
    pairs = set()
    last = first = False
    for found in filter(None, map(SHORT.fullmatch, texts)):
        pairs.add((int(found[1]), int(found[4])))
        last |= len(found[1]) == 1 or int(found[4]) > _LONGEST_MONTH or _has_month_first(found)
        first |= int(found[1]) > _LONGEST_MONTH
    if not pairs:
        return Years.LAST
    firsts, lasts = [one for one, _ in pairs], [other for _, other in pairs]
    last |= _are_days(firsts, lasts)
    first |= _are_days(lasts, firsts)
    if last == first:
        return Years.UNCERTAIN
    return Years.FIRST if first else Years.LAST


def _has_month_first(found: re.Match[str]) -> bool:
    return found[2] != "." and int(found[3]) > 12  # noqa: PLR2004 - there are twelve months


def _are_days(numbers: Sequence[int], years: Sequence[int]) -> bool:
    """Whether numbers can only be days, when the ``years`` beside them are the other choice."""
    apart = max(numbers) - min(numbers) + 1
    spread = len(set(numbers)) >= _KINDS_OF_DAYS and apart > _DAYS_APART and max(numbers) >= _LATE
    if not spread or max(numbers) > _LONGEST_MONTH or set(years) <= _CUSTOMARY:
        return False
    return len(numbers) * log(apart / (max(years) - min(years) + 1)) >= log(_LIKELIER)


def slash_order(texts: Iterable[str]) -> SlashOrder:
    """
    Which comes first in a column of slashed dates, told by all of its values.

    >>> slash_order(["4/5/2020", "4/25/2020"]), slash_order(["4/5/2020"])
    (<SlashOrder.MONTH_FIRST: 'month_first'>, <SlashOrder.AMBIGUOUS: 'ambiguous'>)
    """
    day_first = month_first = False
    for text in texts:
        if found := SLASHED.fullmatch(text.strip()):
            day_first |= int(found[1]) > 12  # noqa: PLR2004 - there are twelve months
            month_first |= int(found[3]) > 12  # noqa: PLR2004
    if day_first == month_first:
        return SlashOrder.AMBIGUOUS
    return SlashOrder.DAY_FIRST if day_first else SlashOrder.MONTH_FIRST
