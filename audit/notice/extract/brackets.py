"""Rules on retention in brackets: "as long as the law demands (vouchers 6 years)", "receipts (6 years)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.notice.extract.periods import Period, periods
from audit.notice.extract.terms import collective, keys_of
from audit.notice.lexicon import Language, pattern

__all__ = ["bracketed", "noted"]

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_FEW_LETTERS = 12  # before the period: "at most", "for"


def noted(words: str, language: Language) -> Iterator[tuple[int, int]]:
    """The places in brackets that say nothing but how long, and from when: "(six years from the sale)"."""
    for match in _IN_BRACKETS.finditer(words):
        said = match[0][1:-1]
        first = next(iter(periods(said, language)), None)
        behind = said[first.end :] if first and first.start <= _FEW_LETTERS else ""
        runs = pattern(language, "anchors", "heads").search(behind) or pattern(
            language, "anchors", "opens"
        ).match(behind.lstrip())
        as_above = pattern(language, "retention", "ditto").fullmatch(said.strip())
        if (runs or as_above) and not pattern(language, "retention", "verbs").search(said):
            yield match.start() + 1, match.end() - 1


def bracketed(words: str, real: Sequence[Period], language: Language) -> Iterator[tuple[int, int]]:
    """Where brackets hold a rule of their own: "as long as the law demands (vouchers 6 years)"."""
    for match in _IN_BRACKETS.finditer(words):
        own = [period for period in real if match.start() < period.start < match.end()]
        before = words[match.start() : own[0].start] if own else ""
        clause = words[: match.start()].rpartition(",")[2].strip()
        if pattern(language, "anchors", "unless").match(clause):
            continue
        if (
            keys_of(before, language) or collective(before, language, named=True)
        ) and match.start():
            yield match.start() + 1, match.end()
