"""The parts of a notice as passages: sentences, items of lists, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audit.notice.document import Block, Document, Place
from audit.notice.outline import LISTED, Part
from audit.notice.sentences import sentences
from audit.notice.topics import label_topics

__all__ = ["Passage", "passages"]

_LISTED = frozenset(("contents", "recipients", "sources", "disclosures", "subjects"))
_LEAST_WIDTH = 45  # characters of the lines of a paragraph
_EVEN = 0.7  # of the longest line of a paragraph, what the others reach
_LABEL = re.compile(r"[A-ZÅÄÖ][^:.;]{2,100}?(?::| [-–—]) ")
_NAMED = re.compile(r"[^\W\d_][^—–:.;]{1,40}(?:\.[a-z]{2,3})? [—–-] \S")
"""A line that names a thing before a dash, and says behind it what that is."""
_LEAST_NAMED = 2
_ANSWERS = ("legal_basis", "retention", "recipients", "disclosures", "transfers", "sources")
"""What a label within a section on what is held, or what for, can ask."""
_ANSWERS_IN_LISTS = ("legal_basis", "retention", "purpose")
_BEHIND = re.compile(r"([^:.;?!]{3,50}):(?: (?=\S)|(?=[^\sa-zåäö]))")
_LONGEST_ITEM = 70  # characters of a line that can be an item without a mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence, an item or a row, at ``[start, end)``."""

    start: int
    end: int
    kind: str
    """``sentence``, ``item`` or ``row``."""
    words: str
    """The plain text in its own case, as long as the place: a place in it is one in the text."""
    part: int
    topics: tuple[str, ...]
    title: str
    block: int
    """The number of its block, so that sentences of one paragraph can be told."""
    lead: str = ""
    """Of an item: the words that lead its list in, in lower case."""
    page: int | None = None
    cells: tuple[Place, ...] = ()
    columns: tuple[str, ...] = ()
    register: int | None = None
    inferred: bool = False
    """Whether its own words say what it is about, and no heading."""

    @property
    def lower(self) -> str:
        """The words in lower case, as long as they were."""
        lowered = self.words.lower()
        return lowered if len(lowered) == len(self.words) else self.words

    def about(self, *topics: str) -> bool:
        """Whether its heading is about one of these."""
        return not set(topics).isdisjoint(self.topics)

    def cell(self, number: int) -> tuple[str, Place]:
        """The words and the place of a cell."""
        start, end = self.cells[number]
        return self.words[start - self.start : end - self.start], (start, end)


def passages(document: Document, parts: Sequence[Part]) -> list[Passage]:
    """Every passage of the notice in its order."""
    found: list[Passage] = []
    number = 0
    for place, part in enumerate(parts):
        lead = ""
        topics = part.topics
        if part.heading is not None and (part.says or part.explained):
            number += 1
            kind = "item" if part.explained else "sentence"
            found.append(_heading_as(kind, document, part, part.heading, place, number))
        if part.explained:
            topics = tuple(topic for topic in topics if topic not in LISTED)
        for block in part.blocks:
            number += 1
            own = topics
            for kind, (begin, end) in _pieces(document, block, topics):
                start, words = begin, document.plain[begin:end].replace("\n", " ")
                if begin == block.start and (asked := _labelled(words, kind, topics)):
                    own, behind = asked
                    start, words = begin + behind, words[behind:]
                found.append(
                    Passage(
                        start=start,
                        end=end,
                        kind=kind,
                        words=words,
                        part=place,
                        topics=own,
                        title=part.title,
                        block=number,
                        lead=lead if kind == "item" else "",
                        page=block.page,
                        cells=block.cells if kind == "row" else (),
                        columns=block.columns if kind == "row" else (),
                        register=part.register,
                    )
                )
                if kind == "sentence":
                    lead = words.lower() if block.kind == "text" else lead
    return found


def _labelled(words: str, kind: str, topics: tuple[str, ...]) -> tuple[tuple[str, ...], int] | None:
    """
    What the label of a paragraph asks that its heading does not, and where the answer begins.

    >>> _labelled("Legal basis: consent", "sentence", ("contents",))
    (('legal_basis',), 13)
    >>> _labelled("Sources: the web", "item", ("contents",))
    >>> _labelled("Invoices kept for: six years", "sentence", ("retention",))
    """
    label = _BEHIND.match(words)
    if label is None or kind == "row" or not set(topics).isdisjoint(_ANSWERS):
        return None
    asked = label_topics(label[1])[:1]
    known = asked and asked[0] in (
        (*_ANSWERS, "purpose") if kind == "sentence" else _ANSWERS_IN_LISTS
    )
    return (asked, label.end()) if known else None


def _heading_as(
    kind: str, document: Document, part: Part, heading: Block, place: int, number: int
) -> Passage:
    """A heading that is a sentence, such as "No automated decisions are made.", or an item of a list."""
    return Passage(
        start=heading.start,
        end=heading.end,
        kind=kind,
        words=document.plain[heading.start : heading.end].replace("\n", " "),
        part=place,
        topics=part.topics,
        title=part.title,
        block=number,
        page=heading.page,
        register=part.register,
    )


def _pieces(document: Document, block: Block, topics: tuple[str, ...]) -> list[tuple[str, Place]]:
    if block.kind == "row":
        return [("row", (block.start, block.end))]
    if block.kind == "item":
        return [("item", place) for place in sentences(document.plain, block.start, block.end)]
    lines = _lines(document.plain, block)
    if len(lines) > 1 and "retention" in topics and _are_labelled(document.plain, lines):
        return [("item", line) for line in lines]
    if first := _led_in(document.plain, lines):
        told = sentences(document.plain, block.start, lines[first - 1][1])
        return [("sentence", place) for place in told] + [("item", one) for one in lines[first:]]
    if len(lines) > 1 and _are_items(document.plain, lines):
        capitals = all(document.plain[start].isupper() for start, _ in lines)
        if not _LISTED.isdisjoint(topics) or ("retention" in topics and capitals):
            return [("item", line) for line in lines]
    return [("sentence", place) for place in sentences(document.plain, block.start, block.end)]


def _led_in(plain: str, lines: list[Place]) -> int:
    r"""
    The number of the first of the lines that a colon leads in, each a name and what it is; 0 where none is.

    >>> text = "We use:\nPilvi Oy — servers\nPosti.com — mail (Germany)"
    >>> _led_in(text, [(0, 7), (8, 26), (27, 53)]), _led_in(text, [(8, 26), (27, 53)])
    (1, 0)
    """
    for number, (_, end) in enumerate(lines[:-_LEAST_NAMED], 1):
        if plain[end - 1] == ":" and all(_NAMED.match(plain, *line) for line in lines[number:]):
            return number
    return 0


def _lines(plain: str, block: Block) -> list[Place]:
    found: list[Place] = []
    start = block.start
    for line in plain[block.start : block.end].split("\n"):
        left = len(line) - len(line.lstrip())
        if line.strip():
            found.append((start + left, start + len(line.rstrip())))
        start += len(line) + 1
    return found


def _are_items(plain: str, lines: list[Place]) -> bool:
    """Whether lines are one item each: short, and few of them end a sentence."""
    ended = sum(plain[end - 1] in ".:" for _, end in lines)
    joined = sum(plain[end - 1] == "," for _, end in lines)
    if _is_wrapped(plain, lines):
        return False
    return (
        max(end - start for start, end in lines) <= _LONGEST_ITEM
        and ended * 3 <= len(lines)
        and (joined * 2 <= len(lines) or joined >= len(lines) - 1)
    )


def _are_labelled(plain: str, lines: list[Place]) -> bool:
    """Whether each line says first what it is about: "Member data: one year", "Invoices - six"."""
    return all(_LABEL.match(plain, *line) for line in lines)


def _is_wrapped(plain: str, lines: list[Place]) -> bool:
    """Whether lines are those of a paragraph set to a width: all but the last are about as long."""
    lengths = [end - start for start, end in lines]
    full = max(lengths)
    small = sum(plain[start].islower() for start, _ in lines[1:])
    even = all(length >= _EVEN * full for length in lengths[:-1])
    return full >= _LEAST_WIDTH and even and small * 2 >= len(lines) - 1
