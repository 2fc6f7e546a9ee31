"""
The keys of a notice that a person wrote down, held against those that are known.

A key that nothing knows would be no error otherwise: the data that it was to declare would count as
undeclared, and the period that it was to bind as bound to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audit.categories import categories
from audit.errors import NoticeInvalid
from audit.notice.lexicon import LANGUAGES, load
from audit.notice.model import Notice
from audit.notice.validation import no_such

__all__ = ["OF_YOUR_OWN", "known_safeguards", "reject_unknown_keys"]

OF_YOUR_OWN = "; `other:` and a word names one of your own"


def reject_unknown_keys(notice: Notice, path: Path) -> None:
    """Raise ``NoticeInvalid`` for the first key that means nothing, with the one that was meant."""
    for place, problem in _unknown(notice):
        raise NoticeInvalid(path, place, problem, "correct it there")


def known_safeguards() -> tuple[str, ...]:
    """What a transfer may rest on, by key."""
    return tuple(sorted({key for language in LANGUAGES for key in load(language, "safeguards")}))


def _unknown(notice: Notice) -> Iterator[tuple[str, str]]:
    """The place of each key that means nothing, and what is wrong with it."""
    named = [(f"data_categories.{n}.key", c.key) for n, c in enumerate(notice.data_categories)]
    for n, rule in enumerate(notice.retention):
        if rule.applies_to != "all":
            named += [(f"retention.{n}.applies_to", key) for key in rule.applies_to]
    for place, key in named:
        if key not in categories() and not key.startswith("other:"):
            yield place, no_such("data category", key, categories(), OF_YOUR_OWN)
    for key in notice.transfers.safeguards:
        if key not in known_safeguards():
            yield "transfers.safeguards", no_such("safeguard", key, known_safeguards())
