"""A document as sections: each heading with what stands under it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from audit.notice.answers import with_answers
from audit.notice.document import Block, Document
from audit.notice.lexicon import Language, pattern, patterns
from audit.notice.topics import topics_of

__all__ = ["LISTED", "Part", "outline"]


_SAYS_WHO = frozenset(("title", "date", "register_name", "controller", "contact", "dpo"))
"""Topics that no heading below hands down: they say who and when, in a line."""
_OF_DATA = frozenset(("contents", "automated", "cookies", "recipients", "protection", "subjects"))
"""Topics that a label on data may seem to have, where it heads a rule on retention."""
_ON_DATA = (("contents",), ("cookies", "contents"), ("contents", "purpose"))
"""Topics of a section on data alone, and of one in it on what a site collects."""
_SAID_OF_WHERE = frozenset(("purpose", "controller", "recipients"))
"""Topics that a heading may seem to have which says when something is collected."""
_LEADING = re.compile(r"^[\W\d]+")
_LEAST_BELOW = 4  # headings of a document of which the first can be the title
_OF_A_TITLE = frozenset(
    ("title", "purpose", "contents", "registers", "register_name", "protection")
)
"""What a title may seem to be about: "processing of personal data in ..."."""
LISTED = frozenset(("contents", "recipients", "disclosures"))
"""Topics of sections that list things: data, or whoever gets it."""
_MOST_OF_REASON = 250  # characters that say why one thing of a list is there
_MOST_OF_RIGHT = 4  # words of a heading that names one right
_RIGHTS = {
    "access": "right_access",
    "rectification": "right_rectification",
    "erasure": "right_erasure",
    "restriction": "right_restriction",
    "portability": "right_portability",
    "objection": "right_objection",
    "withdraw_consent": "right_withdraw",
    "complaint": "complaint",
}
"""The topic of a heading that names one right, by the key of the right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading and the blocks under it; the first part may have no heading."""

    heading: Block | None
    title: str
    """The heading's words; empty where there is none."""
    topics: tuple[str, ...]
    level: int
    blocks: tuple[Block, ...] = field(default=())
    parent: int | None = None
    """The number of the part under whose heading this one stands."""
    register: int | None = None
    """Which of several registers it is about; None where it is about all of them."""
    explained: bool = False
    """Whether its heading is one of the things that the section lists, and what stands under it says why."""

    @property
    def says(self) -> bool:
        """Whether the heading is a sentence under which nothing stands: it says all there is."""
        return not self.blocks and self.title.endswith(".")

    @property
    def start(self) -> int:
        """Where its first block begins."""
        return self.blocks[0].start if self.blocks else self.heading.end if self.heading else 0

    @property
    def end(self) -> int:
        """Where its last block ends."""
        return self.blocks[-1].end if self.blocks else self.start


def outline(document: Document, language: Language) -> list[Part]:
    """The parts of a document in their order, without the noise around the notice."""
    blocks = _without_contents(document, _without_noise(document, language))
    blocks = with_answers(document, blocks, language)
    parts: list[Part] = []
    gathered: list[Block] = []
    heading: Block | None = None
    number: int | None = None
    for block in blocks:
        if (
            block.kind == "item"
            and number is not None
            and _goes_on(document, block, number, gathered)
        ):
            # "6. Data is given to the bookkeeper." is under no "5. Retention".
            parts.append(_part(document, heading, gathered))
            heading, gathered, number = None, [replace(block, kind="text")], number + 1
            continue
        if block.kind != "heading":
            gathered.append(block)
            continue
        number = _number(document, block)
        if not gathered and heading and _is_who(document, heading, block):
            gathered.append(replace(block, kind="text"))
            continue
        if heading is not None or gathered:
            parts.append(_part(document, heading, gathered))
        heading, gathered = block, []
    if heading is not None or gathered:
        parts.append(_part(document, heading, gathered))
    return _with_explained(_with_parents(_titled(parts), language), document, language)


def _number(document: Document, block: Block) -> int | None:
    """The number before, or at the head of, a block that a line begins with."""
    line = document.plain.rfind("\n", 0, block.start) + 1
    found = _NUMBER.match(document.plain, line)
    return int(found[1]) if found and found.end() >= block.start else None


_NUMBER = re.compile(r"\s*(\d{1,2})[.)](?:\s+|(?=[^\W\d_]))")


def _goes_on(document: Document, block: Block, number: int, above: list[Block]) -> bool:
    """Whether an item goes on with the numbers of the headings, and with no list under the last."""
    listed = any(_number(document, one) is not None for one in above)
    return bool(above) and not listed and _number(document, block) == number + 1


def _is_who(document: Document, heading: Block, below: Block) -> bool:
    """Whether a heading right below *Controller* is its name, and tells of no section."""
    title = document.words(below.start, below.end)
    asks = topics_of(document.words(heading.start, heading.end)) == ("controller",)
    return asks and not topics_of(title) and not title.rstrip().endswith("?")


def _titled(parts: list[Part]) -> list[Part]:
    """The parts, the first heading a title where all others stand below it: it tells of no section."""
    headed = [number for number, part in enumerate(parts) if part.heading is not None]
    if len(headed) == 1 and set(parts[headed[0]].topics) <= _OF_A_TITLE:
        found = list(parts)
        found[headed[0]] = replace(parts[headed[0]], topics=("title",))
        return found  # the one heading of a notice in prose
    found = list(parts)
    for place in range(2):  # a title, and one below it
        below = headed[place + 1 :]
        if len(below) + 1 < _LEAST_BELOW:
            break
        first = parts[headed[place]]
        if any(parts[number].level <= first.level for number in below):
            break
        if not set(first.topics) <= _OF_A_TITLE:
            break
        found[headed[place]] = replace(first, topics=("title",))
    return found


def _part(document: Document, heading: Block | None, blocks: list[Block]) -> Part:
    title = document.words(heading.start, heading.end) if heading else ""
    return Part(
        heading=heading,
        title=title,
        topics=topics_of(title) if title else (),
        level=heading.level if heading else 1,
        blocks=tuple(blocks),
    )


def _with_parents(parts: list[Part], language: Language) -> list[Part]:
    """Each part with the one above it; a heading that says nothing known is about what that is."""
    found: list[Part] = []
    open_: list[int] = []
    for number, part in enumerate(parts):
        while open_ and found[open_[-1]].level >= part.level:
            open_.pop()
        parent = open_[-1] if open_ else None
        above = found[parent] if parent is not None else None
        topics = part.topics
        if not topics and above is not None and not set(above.topics) <= _SAYS_WHO:
            topics = above.topics
        title = part.title.lower()
        if not topics and found and pattern(language, "holding", "asks_on").match(title):
            topics = found[-1].topics  # "What do we ask of the child?", "And of the parents?"
        if above is not None:
            topics = _below(part, topics, above, language)
        found.append(replace(part, parent=parent, topics=topics))
        if part.heading is not None:
            open_.append(number)
    return found


def _below(part: Part, topics: tuple[str, ...], above: Part, language: Language) -> tuple[str, ...]:
    """The topics of a part by those of the one under whose heading it stands."""
    if above.topics in _ON_DATA:
        topics = _of_contents(part, topics, language)
        title = _LEADING.sub("", part.title.lower())
        if _SAID_OF_WHERE.issuperset(topics) and pattern(language, "holding", "explains").match(
            title
        ):
            # "When you use our form" says where, and not why; "3.1 When we are the controller".
            topics = above.topics
    if _lists_rules(above) and _OF_DATA.issuperset(topics):
        topics = above.topics  # "8.4 Support messages: 18 months" is a rule
    if "rights" in above.topics:
        topics = _of_right(part, topics, language)
    # "Data" under definitions is what is defined there, and lists none.
    return above.topics if "definitions" in above.topics else topics


def _of_contents(part: Part, topics: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """The topics of a heading under one on what is collected: "Contact form", "Cookies" say where.

    "Suppliers" there says of whom.
    """
    of_whom = pattern(language, "retention", "of_people").fullmatch(part.title.lower())
    if topics in (("contact",), ("requirement",)) or (topics == ("recipients",) and of_whom):
        return ("contents",)
    return ("cookies", "contents") if topics == ("cookies",) else topics


def _of_right(part: Part, topics: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """The topics of a heading under one on rights: "Erasure" there is a right, and no retention."""
    if len(part.title.split()) > _MOST_OF_RIGHT or set(topics) & set(_RIGHTS.values()):
        return topics
    named = patterns(language, "rights")
    of = [topic for right, topic in _RIGHTS.items() if named[right].match(part.title.lower())]
    return tuple(of) or topics


def _with_explained(parts: list[Part], document: Document, language: Language) -> list[Part]:
    """
    The parts, those told apart that are a thing and its reason: *Phone*, over *So that we can call*.

    A page often sets what it lists as cards, each with a heading; of one section two at least.
    """
    begins = pattern(language, "holding", "explains")
    cards: dict[int, list[int]] = {}
    for number, part in enumerate(parts):
        if part.parent is None or not _is_of_list(part) or not _is_of_list(parts[part.parent]):
            continue
        words = [document.plain[block.start : block.end] for block in part.blocks]
        if len(words) == 1 and len(words[0]) <= _MOST_OF_REASON and begins.match(words[0].lower()):
            cards.setdefault(part.parent, []).append(number)
    told = {number for of_one in cards.values() if len(of_one) > 1 for number in of_one}
    return [replace(part, explained=number in told) for number, part in enumerate(parts)]


def _is_of_list(part: Part) -> bool:
    return not LISTED.isdisjoint(part.topics)


def _lists_rules(part: Part) -> bool:
    """Whether a section is on how long data is kept, and what stands below it are its rules."""
    return part.topics == ("retention",) == topics_of(part.title) and not part.blocks


def _without_contents(document: Document, blocks: list[Block]) -> list[Block]:
    """The blocks but for a table of contents: a heading over the lines of headings below."""
    titles = {_bare(document.words(b.start, b.end)) for b in blocks if b.kind == "heading"}
    found: list[Block] = []
    for block in blocks:
        lines = document.plain[block.start : block.end].split("\n")
        listed = [line for line in map(_bare, lines) if line]
        if (
            block.kind != "heading"
            and len(listed) >= _LEAST_BELOW
            and sum(line in titles for line in listed) * 2 >= len(listed)
        ):
            if found and found[-1].kind == "heading":
                found.pop()
            continue
        found.append(block)
    return found


def _bare(line: str) -> str:
    """A line without the blanks and the page number that a table of contents has."""
    return " ".join(re.sub(r"[\s.]*\d*\s*$", "", line).split()).lower()


def _without_noise(document: Document, language: Language) -> list[Block]:
    """The blocks but for menus, banners, footers and boxes that are no part of a notice."""
    noise = pattern(language, "noise", "anywhere")
    kept = [
        block
        for block in document.blocks
        if block.kind == "heading" or not noise.search(document.plain[block.start : block.end])
    ]
    if document.form in ("text", "markdown"):
        first = next((n for n, block in enumerate(kept) if block.kind == "heading"), 0)
        menu = pattern(language, "noise", "before_title")
        kept = [
            block
            for n, block in enumerate(kept)
            if n >= first or not menu.search(document.plain[block.start : block.end])
        ]
    newsletter = pattern(language, "noise", "headings")
    found: list[Block] = []
    dropping = False
    for block in kept:
        if block.kind == "heading":
            dropping = bool(newsletter.search(document.words(block.start, block.end)))
        if not dropping:
            found.append(block)
    return found
