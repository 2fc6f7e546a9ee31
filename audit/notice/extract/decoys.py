"""Which numbers of days and years in a notice are about something else than keeping."""

from __future__ import annotations

import re

from audit.notice.extract.periods import Period, periods
from audit.notice.lexicon import Language, pattern

__all__ = ["clause_around", "is_decoy"]

_LONGEST_CLAUSE = 300  # characters before and behind a period that can be of its clause
_NEXT = 12  # characters behind a period within which it is said what it runs from
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
    clause = _before_event(words, period, clause_around(words, period), language)
    if pattern(language, "retention", "overwrites").search(words, *clause):
        # What is written over every thirty days is kept for thirty days, but for backups and lockers.
        return pattern(language, "retention", "unkept").search(words) is not None
    early = pattern(language, "retention", "early").search(before)
    return bool(
        pattern(language, "retention", "decoy_after").match(after.lstrip())
        or (early is None and pattern(language, "retention", "decoy_before").search(before))
        or pattern(language, "retention", "decoy").search(words, *clause)
    )


def _before_event(
    words: str, period: Period, clause: tuple[int, int], language: Language
) -> tuple[int, int]:
    """A clause without what data is removed after: "deleted a year after the goods are picked up"."""
    begin, end = clause
    if pattern(language, "retention", "destroys").search(words, begin, period.start):
        runs = pattern(language, "anchors", "opens").search(words, period.end, period.end + _NEXT)
        end = runs.start() if runs else end
    return begin, end


def clause_around(words: str, period: Period) -> tuple[int, int]:
    """The clause around a period: what another one speaks of does not tell what it is."""
    first = max(0, period.start - _LONGEST_CLAUSE)
    last = min(len(words), period.end + _LONGEST_CLAUSE)
    begin = max((m.end() for m in _COMMA.finditer(words, first, period.start)), default=first)
    after = _COMMA.search(words, period.end, last)
    return begin, after.start() if after else last
