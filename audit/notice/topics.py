"""What a heading is about."""

from __future__ import annotations

import re
from functools import cache

from audit.notice.lexicon import LANGUAGES, pattern, patterns, says

__all__ = [
    "is_headline",
    "is_of_all_registers",
    "label_topics",
    "names_register",
    "topics_of",
]

_NUMBER = re.compile(
    r"^\s*(?:(?:\d{1,2}(?:\.\d{1,2})*[.):]?(?:\s+§)?|\(?[A-Za-zÅÄÖ][.)]|\(\d{1,2}\)|[•●*–-]|[IVX]{1,4}\.\d{1,2}[.)]?|[IVX]{1,5}[.)]|"
    r"(?:osa|del|part|section|avsnitt|luku|kapitel|chapter)\s+(?:[IVX]{1,5}|\d{1,2})[.:)]?)\s+|"
    r"\d{1,2}(?:\.\d{1,2})*(?:[.)](?=[^\W\d_]{3})|(?=[^\W\d_]{4})))",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_MOST_WORDS = 12  # of a heading that says what it is about
_MOST_PRINTED = 30  # of one that a form of the authority has in print
_GOES_ON = frozenset(
    """ja tai sekä että jos och att av med eller and or the of with by our your this""".split()
)
"""Words on which no heading ends: the sentence goes on."""
_MOST_NAME_WORDS = 5  # of a register
_SHORT_NAME = 2  # words of one that says what it is of
_MOST_LABEL_WORDS = 6  # before a colon, within a line
_ASKS = frozenset("who whom which what how where vilka vem vad hur varifrån".split())
"""Words with which a question begins, which may end as "who we share your data with" does."""
_TITLE = "title"
ALONE = "contents_alone"
_FIRM = re.compile(
    r"^[^:?]*[^\W\d_][^:?]*\s(?:Oyj?|OYJ?|Abp?|ABP?|Ky|Kb|Tmi|Osk|ry|rf|r\.y\.|r\.f\.|Ltd|LLC|GmbH)\W*$"
)
"""A line that ends in the name of a firm, whose words say nothing of a section."""
_BESIDE_A_FIRM = frozenset(("title", "registers", "register_name", "controller", "date"))


@cache
def topics_of(heading: str) -> tuple[str, ...]:
    """The topics of a heading, in the order in which its words name them; the languages in turn."""
    words = _apart(_NUMBER.sub("", heading).strip().rstrip(".").lower())
    # "Account details (required when you register)": brackets tell more of what is before them.
    told = _told_of(_IN_BRACKETS.sub(_unless_examples, words).strip(), heading)
    return told if told and told != (_TITLE,) else _told_of(words, heading)


def _unless_examples(bracket: re.Match[str]) -> str:
    """Brackets that list what is meant, which an item of a list has: "personal data (such as a name)"."""
    return bracket[0] if says("rules", "examples", bracket[0]) else ""


def _told_of(words: str, heading: str) -> tuple[str, ...]:
    best: tuple[str, ...] = ()
    covered = (0, 0)
    for language in LANGUAGES:
        found: list[tuple[int, str]] = []
        letters = {True: 0, False: 0}  # of words for data alone, and of all others
        for topic, expression in patterns(language, "headings").items():
            if match := expression.search(words):
                found.append((match.start(), topic))
                letters[topic == ALONE] += len(match[0])
        # "Delning av information" is no English heading on information.
        if (letters[False], letters[True]) > covered:
            covered = letters[False], letters[True]
            best = tuple(topic for _, topic in sorted(found))
    if "protection" in best and len(words.split()) <= _SHORT_NAME and names_register(words):
        best = tuple(topic for topic in best if topic != "protection")  # "Security register"
    if _FIRM.search(heading):
        best = tuple(topic for topic in best if topic in _BESIDE_A_FIRM)
    return _told_apart(best)


def _apart(words: str) -> str:
    """
    A heading whose words have lost the blanks between them, with those blanks.

    >>> _apart("henkilötietojensäilytysaika"), _apart("rekisterinpitäjä")
    ('henkilötietojen säilytysaika', 'rekisterinpitäjä')
    """
    for language in LANGUAGES:
        first = pattern(language, "glued", "first")
        before = ""
        while before != words:
            before = words
            words = first.sub(_with_blank, words)
    return words


def _with_blank(match: re.Match[str]) -> str:
    """A first word with a blank behind it where another word stands there."""
    following = match.string[match.end() : match.end() + 1]
    return f"{match[0]} " if following.isalpha() else match[0]


def is_headline(line: str) -> bool:
    """Whether a line of its own could be a heading by its looks: short, and no sentence."""
    words = line.split()
    bare = _NUMBER.sub("", line).strip().lower()
    printed = any(pattern(each, "headings_printed", "whole").match(bare) for each in LANGUAGES)
    return (
        0 < len(words) <= (_MOST_PRINTED if printed else _MOST_WORDS)
        and not line.rstrip().endswith((".", ",", ";", "!", ":"))
        and "@" not in line
        and (words[-1].lower() not in _GOES_ON or words[0].lower() in _ASKS)
        and any(c.isalpha() for c in line)
        and _opens(line.lstrip())
    )


def _opens(line: str) -> bool:
    """Whether a line begins as a heading does: a capital or a number, in a bracket or not."""
    first = line.removeprefix("(")[:1]
    return first.isupper() or first.isdigit()


@cache
def is_of_all_registers(words: str) -> bool:
    """Whether a short line says that what follows is of all registers: "Both registers"."""
    lower = _NUMBER.sub("", words).strip().lower()
    return len(lower.split()) <= _MOST_NAME_WORDS and any(
        pattern(language, "registers", "all").match(lower) for language in LANGUAGES
    )


@cache
def names_register(words: str) -> bool:
    """Whether a short line is the name of a register, in any of the languages."""
    lower = _NUMBER.sub("", words).strip().lower()
    return len(lower.split()) <= _MOST_NAME_WORDS and any(
        pattern(language, "registers", "word").search(lower)
        and pattern(language, "registers", "name").search(lower)
        for language in LANGUAGES
    )


def label_topics(label: str) -> tuple[str, ...]:
    """The topics of what stands before a colon; none where it is too long for a label."""
    words = _NUMBER.sub("", label).split()
    numbered = bool(_NUMBER.match(label))
    most = _MOST_WORDS if numbered else _MOST_LABEL_WORDS
    if not words or len(words) > most or not _NUMBER.sub("", label)[:1].isupper():
        return ()
    found = topics_of(label)
    return () if found == (_TITLE,) else found


_NEEDLESS = (
    # Where one of the first stands, the others only repeat it.
    ({"requirement"}, {"disclosures", "purpose"}),
    ({"complaint"}, {"purpose"}),
    ({"complaint"}, {"rights"}),
    ({"other_rights"}, {"rights"}),
    ({"right_portability"}, {"transfers"}),
    ({"requirement"}, {"disclosures"}),
    ({"register_name"}, {"registers", "contents", "sources"}),
    ({"registers"}, {"contents", ALONE}),
    ({"protection", "protection_paper", "protection_systems"}, {"contents", "transfers"}),
)


def _told_apart(topics: tuple[str, ...]) -> tuple[str, ...]:
    """Topics without those that another one makes needless."""
    kept = list(topics)
    if any(topic.startswith("right_") for topic in kept):
        kept = [topic for topic in kept if topic != "rights"]
    for there, needless in _NEEDLESS:
        if there.intersection(kept):
            kept = [topic for topic in kept if topic not in needless]
    if {"protection_paper", "protection_systems"}.intersection(kept) and "protection" not in kept:
        kept.append("protection")
    if {"sources", "contents"} <= set(kept) and kept.index("sources") < kept.index("contents"):
        kept.remove("contents")
    if ALONE in kept:
        # "Data" alone heads the contents; behind anything else it is only what the rest is about.
        kept = [topic for topic in kept if topic != ALONE] or ["contents"]
    return tuple(topic for topic in kept if topic != _TITLE) or tuple(kept)
