"""Lines that look like headings, and answer the heading right above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.notice.document import Block, Document
from audit.notice.lexicon import Language, pattern
from audit.notice.topics import topics_of

__all__ = ["with_answers"]

_PLAIN = frozenset(("text", "markdown", "pdf", "docx"))
"""Forms in which a line is told to be a heading by its looks."""
_MANY = ",("


def with_answers(document: Document, blocks: Sequence[Block], language: Language) -> list[Block]:
    """
    The blocks, where a line that answers the heading above it is text.

    In "Recipients / Our staff and partners (accounting) / Sources" the second line ends in no stop
    and speaks of recipients as a heading would: it lists what the first one asks for, and nothing
    stands below it. A denial, "We never disclose data to others", answers whatever goes on.
    """
    if document.form not in _PLAIN:
        return list(blocks)
    found: list[Block] = []
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        above = found[-1] if found else None
        if above is not None and _answers(document, above, block, following, language):
            found.append(replace(block, kind="text", level=0))
        else:
            found.append(block)
    return found


def _answers(
    document: Document, above: Block, block: Block, following: Block | None, language: Language
) -> bool:
    """Whether a heading answers the one right above it."""
    if not (above.kind == block.kind == "heading") or above.level != block.level:
        return False
    asked, words = document.words(above.start, above.end), document.words(block.start, block.end)
    if not set(topics_of(asked)) & set(topics_of(words)):
        return False
    below_nothing = following is None or following.kind == "heading"
    lists = any(mark in words for mark in _MANY)
    denies = pattern(language, "transfers", "denied").search(words.lower())
    says_no = pattern(language, "parties", "denied_party").search(words.lower()) or denies
    return (below_nothing and lists) or (says_no is not None and not words.endswith("?"))
