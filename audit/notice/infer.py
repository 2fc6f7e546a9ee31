"""What a sentence is about, where no heading says so: notices in running prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.notice.extract.categories import keys_of
from audit.notice.extract.periods import periods
from audit.notice.lexicon import Language, pattern, patterns
from audit.notice.passages import Passage

__all__ = ["inferred"]

_SAYS_NOTHING = frozenset(("title", "registers", "unknown"))
_MANY = 2  # categories in a sentence that lists what is held


def inferred(passages: Sequence[Passage], language: Language) -> list[Passage]:
    """The passages, each under no telling heading with the topics that its own words have."""
    return [
        passage
        if set(passage.topics) - _SAYS_NOTHING
        else replace(passage, topics=_topics(passage.lower, language), inferred=True)
        for passage in passages
    ]


def _topics(words: str, language: Language) -> tuple[str, ...]:
    found = []
    if _grants(words, language):
        return ("rights",)
    if _says(words, language, "transfers", "abroad") and _says(
        words, language, "transfers", "crosses"
    ):
        found.append("transfers")
    if _says(words, language, "retention", "verbs") and (
        periods(words, language)
        or _says(words, language, "retention", "strong")
        or _says(words, language, "retention", "indefinite")
    ):
        found.append("retention")
    if _says(words, language, "parties", "obtained"):
        found.append("sources")
    if _says(words, language, "parties", "on_behalf"):
        found.append("recipients")
    if _says(words, language, "automated", "named"):
        found.append("automated")
    held = _says(words, language, "holding", "verbs") and "retention" not in found
    if held and len({hit.key for hit in keys_of(words, language)}) >= _MANY:
        found.append("contents")
    if _says(words, language, "bases", "speaks") and any(
        expression.search(words) for expression in patterns(language, "grounds").values()
    ):
        found.append("legal_basis")
    return tuple(found)


def _grants(words: str, language: Language) -> bool:
    return _says(words, language, "granting", "grants_strongly") and any(
        expression.search(words) for expression in patterns(language, "rights").values()
    )


def _says(words: str, language: Language, lexicon: str, key: str) -> bool:
    return bool(pattern(language, lexicon, key).search(words))
