"""How a text sets its parts apart: by blank lines, labels, run-in headings or marks of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audit.notice.forms.marks import (
    BULLET,
    DASHED,
    GAPPED,
    HASHES,
    LABEL,
    begins,
    decorated,
    follows_a_stop,
    runs_in,
    stands_alone,
)
from audit.notice.topics import is_headline, label_topics, names_register, topics_of

__all__ = ["Habits", "habits_of", "with_colons"]

_SEMICOLON = re.compile(r"^\s*([^;:.!?@|]{3,60});(?=\s|$)")
_MANY_LABELS = 4  # known ones, for a setting to be a habit and no chance
_NEARLY_ALL = 0.8
_MANY_HEADS = 3
_LEAST_BLANKS = 2
_WRAPPED = 160  # characters that no line has which a width wraps
_LINES_A_BLANK = 8  # lines to a blank one, where blank lines set the parts apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What holds for a whole text, and tells what its lines are."""

    markdown: bool
    hashes: bool
    """Whether hashes mark its headings."""
    airy: bool
    """Whether blank lines set the parts apart."""
    heads_apart: bool
    """Whether blank lines also set its headings apart from what they head."""
    width: int
    """Characters of its longest line."""
    unwrapped: bool
    """Whether a line is a whole paragraph, as in text copied from a page, where no width wraps it."""
    labelled: bool
    """Whether labels before colons are how it is divided."""
    dashed: bool
    """Whether labels before dashes are."""
    gapped: bool
    """Whether labels before a gap are: it is set in columns."""
    run_in: bool
    """Whether paragraphs begin with their headings."""
    run_in_dense: bool
    """Whether they do so without a blank line between them."""
    decorated: bool
    """Whether a mark that is no number sets its headings off: an arrow, a tick, a bracket."""
    mark: str
    """The mark with which every heading begins, and nothing else, where no blank lines do."""


def habits_of(lines: Sequence[str], *, markdown: bool) -> Habits:
    """The habits of a text, by its lines."""
    blanks = sum(not words.strip() for words in lines[:-1])
    hashes = markdown and sum(bool(HASHES.match(words)) for words in lines) > 1
    starts = [words for at, words in enumerate(lines) if begins(lines, at)]
    return Habits(
        markdown=markdown,
        hashes=hashes,
        airy=blanks >= _LEAST_BLANKS and blanks * _LINES_A_BLANK >= len(lines),
        heads_apart=sum(_heads_apart(lines, at) for at in range(len(lines))) >= _MANY_HEADS,
        width=max((len(words.strip()) for words in lines), default=0),
        unwrapped=sum(len(words) > _WRAPPED for words in lines) > 1,
        labelled=_many(lines, lambda words: _labels(words, LABEL.match(words))),
        dashed=_many(lines, lambda words: _labels(words, DASHED.match(words))),
        gapped=_many(lines, lambda words: _labels(words, GAPPED.match(words))),
        run_in=_many(starts, lambda words: runs_in(words) is not None),
        run_in_dense=_many(
            [words for at, words in enumerate(lines) if follows_a_stop(lines, at)],
            lambda words: runs_in(words) is not None,
        ),
        decorated=not hashes and _heads_sections(starts),
        mark="" if hashes else _mark_of_headings(lines),
    )


def _heads_apart(lines: Sequence[str], at: int) -> bool:
    """Whether a line of known words stands alone over a sentence, as a heading does."""
    words = lines[at].strip()
    if not (stands_alone(lines, at) and is_headline(words)):
        return False  # a paragraph, in which nothing is looked for
    return bool(topics_of(words)) or names_register(words)


def with_colons(lines: Sequence[str]) -> list[str]:
    """
    The lines, with a colon for the semicolon behind each heading, where headings end in one.

    >>> told = ["Controller;", "Test Ltd", "Data content;", "name;", "Retention; one year"]
    >>> with_colons([*told, "Transfers;", "none"])[2:5]
    ['Data content:', 'name;', 'Retention: one year']
    """
    ended = {number: match for number, words in enumerate(lines) if (match := _ended(words))}
    topics = {topic for match in ended.values() for topic in label_topics(match[1])}
    if len(topics - {"title"}) < _MANY_LABELS:
        return list(lines)
    return [
        f"{words[: ended[number].end(1)]}:{words[ended[number].end(1) + 1 :]}"
        if number in ended
        else words
        for number, words in enumerate(lines)
    ]


def _ended(words: str) -> re.Match[str] | None:
    """The heading that a semicolon ends in a line, where its words say what it is about."""
    match = _SEMICOLON.match(words)
    return match if match and not BULLET.match(words) and label_topics(match[1]) else None


def _many(lines: Sequence[str], is_one: Callable[[str], bool]) -> bool:
    return sum(map(is_one, lines)) >= _MANY_LABELS


def _labels(words: str, match: re.Match[str] | None) -> bool:
    """Whether a line that is no item begins with a label that says what it is about."""
    return match is not None and not BULLET.match(words) and bool(label_topics(match[1]))


def _mark_of_headings(lines: Sequence[str]) -> str:
    """The mark that sets off headings of several kinds and nearly nothing that is none."""
    marked: dict[str, list[str]] = {}
    for words in lines:
        if BULLET.match(words) and not words.lstrip()[0].isalnum():
            marked.setdefault(words.lstrip()[0], []).append(words)
    for mark, own in marked.items():
        known = sum(decorated(words) is not None for words in own)
        if _heads_sections(own) and known >= _NEARLY_ALL * len(own):
            return mark
    return ""


def _heads_sections(starts: Sequence[str]) -> bool:
    """Whether marked lines head sections of several kinds, and are no list of rights."""
    found = set()
    for words in starts:
        if place := decorated(words):
            topics = topics_of(words[slice(*place)])
            found |= {topic for topic in topics if not topic.startswith("right")}
    return len(found) >= _MANY_LABELS
