"""Which numbers of days and years in a notice are about something else than keeping."""

from __future__ import annotations

import re

from audit.notice.extract.periods import Period, periods
from audit.notice.lexicon import Language, pattern

__all__ = ["clause_around", "is_decoy"]

_LONGEST_CLAUSE = 300  # characters before and behind a period that can be of its clause
_COMMA = re.compile(r"[,;](?!\d)|[()]")


def is_decoy(words: str, period: Period, language: Language) -> bool:
    """Whether a number of days or years is about something else than keeping."""
    before, after = (
        words[max(0, period.start - 45) : period.start],
        words[period.end : period.end + 40],
    )
    if pattern(language, "retention", "term_length").search(before):
        # "The warranty, which is two years, and one more": the term's length is no retention.
        return any(each.start > period.start for each in periods(words, language))
    clause = clause_around(words, period)
    if pattern(language, "retention", "overwrites").search(words, *clause):
        # What is written over every thirty days is kept for thirty days, but for backups and lockers.
        return pattern(language, "retention", "unkept").search(words) is not None
    return bool(
        pattern(language, "retention", "decoy_after").match(after.lstrip())
        or pattern(language, "retention", "decoy_before").search(before)
        or pattern(language, "retention", "decoy").search(words, *clause)
    )


def clause_around(words: str, period: Period) -> tuple[int, int]:
    """The clause around a period: what another one speaks of does not tell what it is."""
    first = max(0, period.start - _LONGEST_CLAUSE)
    last = min(len(words), period.end + _LONGEST_CLAUSE)
    begin = max((m.end() for m in _COMMA.finditer(words, first, period.start)), default=first)
    after = _COMMA.search(words, period.end, last)
    return begin, after.start() if after else last
