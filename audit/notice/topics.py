"""What a heading is about."""

from __future__ import annotations

import re
from functools import cache

from audit.notice.lexicon import LANGUAGES, patterns

__all__ = ["is_headline", "label_topics", "topics_of"]

_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.):]?|[A-Za-zÅÄÖ][.)]|[•●*–-])\s+")
_MOST_WORDS = 12  # of a heading that says what it is about
_MOST_LABEL_WORDS = 6  # before a colon, within a line
_TITLE = "title"


@cache
def topics_of(heading: str) -> tuple[str, ...]:
    """The topics of a heading, in the order in which its words name them; the languages in turn."""
    words = _NUMBER.sub("", heading).strip().lower()
    best: tuple[str, ...] = ()
    covered = 0
    for language in LANGUAGES:
        found: list[tuple[int, str]] = []
        letters = 0
        for topic, pattern in patterns(language, "headings").items():
            if match := pattern.search(words):
                found.append((match.start(), topic))
                letters += len(match[0])
        if letters > covered:
            covered = letters
            best = tuple(topic for _, topic in sorted(found))
    return _told_apart(best)


def is_headline(line: str) -> bool:
    """Whether a line of its own could be a heading by its looks: short, and no sentence."""
    words = line.split()
    return (
        0 < len(words) <= _MOST_WORDS
        and not line.rstrip().endswith((".", ",", ";", "!", ":"))
        and "@" not in line
        and any(c.isalpha() for c in line)
        and (line.lstrip()[0].isupper() or line.lstrip()[0].isdigit())
    )


def label_topics(label: str) -> tuple[str, ...]:
    """The topics of what stands before a colon; none where it is too long for a label."""
    words = label.split()
    if not words or len(words) > _MOST_LABEL_WORDS or not _NUMBER.sub("", label)[:1].isupper():
        return ()
    found = topics_of(label)
    return () if found == (_TITLE,) else found


def _told_apart(topics: tuple[str, ...]) -> tuple[str, ...]:
    """Topics without those that another one makes needless."""
    kept = list(topics)
    rights = [topic for topic in kept if topic.startswith("right_")]
    if rights and "rights" in kept:
        kept.remove("rights")
    if "complaint" in kept and "rights" in kept:
        kept.remove("rights")
    if "right_portability" in kept and "transfers" in kept:
        kept.remove("transfers")
    if "other_rights" in kept:
        kept = [topic for topic in kept if topic != "rights"]
    for special in ("protection_paper", "protection_systems"):
        if special in kept and "protection" not in kept:
            kept.append("protection")
    if len(kept) > 1 and _TITLE in kept:
        kept.remove(_TITLE)
    return tuple(kept)
