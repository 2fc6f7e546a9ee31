"""Registers that no word of their headings tells: each heading stands over the same sections, or tells all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.notice.extract.periods import periods
from audit.notice.extract.terms import keys_of
from audit.notice.lexicon import Language, pattern
from audit.notice.outline import Part
from audit.notice.topics import topics_of

__all__ = ["OWN", "beside", "one_by_one", "told_alike", "told_whole"]

OWN = frozenset(("contents", "retention", "legal_basis", "purpose", "sources", "subjects"))
"""Topics of sections that each register has for itself."""
_OPENS = frozenset(("title", "controller", "contact", "dpo", "date", "registers"))
"""Topics above the name of a register, in a notice that begins with them."""
_CONTACTS = frozenset(("contact",))
"""What a heading on people can seem to be about: "Contact persons at our customers"."""
_LEAST_HELD = 2  # kinds of data under the heading of a register that tells all in prose
_LEAST_ALIKE = 3  # sections that only a register has, in each of several


def told_alike(parts: Sequence[Part]) -> set[int]:
    """
    Headings that say nothing known, over the same sections each: what is held, and how long or why.

    "Client contacts" and "Job applicants" are registers then, whatever they are called.
    """
    below: dict[int, set[str]] = {}
    for part in parts:
        if part.parent is not None:
            below.setdefault(part.parent, set()).update(topics_of(part.title))
    found = {
        n
        for n, own in below.items()
        if not topics_of(parts[n].title) and "contents" in own and len(OWN & own) >= _LEAST_ALIKE
    }
    levels = [parts[n].level for n in found]
    return {n for n in found if levels.count(parts[n].level) > 1}


def told_whole(parts: Sequence[Part], plain: str, language: Language) -> set[int]:
    """
    Headings that say nothing known, each over what data is held and how long.

    "Snow clearing" and "On-call" are registers then, where no section tells either for all.
    """
    topics = {topic for part in parts for topic in part.topics}
    if not topics.isdisjoint(("contents", "retention", "register_name")):
        return set()
    unknown = [
        n for n, part in enumerate(parts) if part.blocks and {*topics_of(part.title)} <= _CONTACTS
    ]
    found = [n for n in unknown if len(_told(parts[n], plain, language)) >= _LEAST_HELD]
    # "Bookings" and "Skin analysis" beside "Chat" and "Calendar" are what one site does.
    levels = [parts[n].level for n in unknown if parts[n].heading is not None]
    own = [parts[n].level for n in found]
    return {
        n
        for n in found
        if own.count(parts[n].level) > 1
        and own.count(parts[n].level) * 2 >= levels.count(parts[n].level)
    }


def _told(part: Part, plain: str, language: Language) -> set[str]:
    """The categories that stand under a heading, where it also tells how long; none where not."""
    words = " ".join(plain[b.start : b.end] for b in part.blocks).lower()
    kept = pattern(language, "retention", "verbs").search(words)
    ends = pattern(language, "retention", "strong").search(words) or periods(words, language)
    return {hit.key for hit in keys_of(words, language)} if kept and ends else set()


def beside(
    parts: Sequence[Part], heads: Sequence[int], plain: str, language: Language
) -> list[int]:
    """Headings that say nothing known beside those of registers, over all that a register has.

    Between "Key register" and "Camera surveillance", "Installations" is one as well.
    """
    levels = {parts[n].level for n in heads}
    if len(heads) < 2 or len(levels) > 1:  # noqa: PLR2004 - one register is no several
        return []
    between = range(heads[0], heads[-1])
    return [
        n
        for n in between
        if parts[n].level in levels
        and not topics_of(parts[n].title)
        and _tells_all(parts[n], plain, language)
    ]


def _tells_all(part: Part, plain: str, language: Language) -> bool:
    """Whether what stands under a heading tells a ground, data and how long it is kept."""
    words = " ".join(plain[b.start : b.end] for b in part.blocks).lower()
    return bool(
        pattern(language, "bases", "speaks").search(words)
        and pattern(language, "retention", "verbs").search(words)
        and periods(words, language)
        and len({hit.key for hit in keys_of(words, language)}) >= _LEAST_ALIKE
    )


def one_by_one(parts: Sequence[Part], plain: str) -> tuple[list[Part], list[str]]:
    """The registers of whole notices, one below another: each has its own name and contents."""
    named = [n for n, part in enumerate(parts) if "register_name" in part.topics and part.blocks]
    if len(named) < 2:  # noqa: PLR2004 - one register is no several
        return list(parts), []
    starts = [_opening(parts, n) for n in named]
    ends = [*starts[1:], len(parts)]
    names = [" ".join(plain[parts[n].start : parts[n].end].split()).strip(" .:") for n in named]
    whole = all(
        any("contents" in part.topics for part in parts[begin:end])
        for begin, end in zip(starts, ends, strict=True)
    )
    if len(set(names)) < len(names) or not whole:
        return list(parts), []
    found = list(parts)
    for number, (begin, end) in enumerate(zip(starts, ends, strict=True)):
        found[begin:end] = [replace(part, register=number) for part in parts[begin:end]]
    return found, names


def _opening(parts: Sequence[Part], named: int) -> int:
    """Where the notice begins that gives a register's name: above it stands only who keeps it."""
    while named and _OPENS.issuperset(parts[named - 1].topics):
        named -= 1
    return named
