"""A notice that is printed in two languages: read in one of them, as the other says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.notice.document import Block, Document
from audit.notice.lexicon import language_of, says

__all__ = ["in_one_language"]

_LEAST = 0.3  # of the words, what a second language has where the notice is printed in both
_NAMES = {"fi": "Finnish", "sv": "Swedish", "en": "English"}
_AS_MUCH = 0.7  # of the words of the longer half, with which the first half is read


def in_one_language(document: Document) -> Document:
    """
    The document without the half that says the same in another language; itself where there is none.

    Whole sections are told apart, a heading with what stands under it, so that a name or a quotation
    in another language stays where it is.
    """
    sections = list(_sections(document.blocks))
    tongues = [_tongue(document, section) for section in sections]
    words: Counter[str] = Counter()
    for section, tongue in zip(sections, tongues, strict=True):
        if tongue is not None:
            words[tongue] += sum(len(document.plain[b.start : b.end].split()) for b in section)
    most = max(words.values(), default=0)
    if len([each for each in words.values() if each >= _LEAST * words.total()]) < 2:  # noqa: PLR2004
        return document
    own = next(tongue for tongue, number in words.items() if number >= _AS_MUCH * most)
    kept: list[Block] = []
    plain = document.plain
    for section, tongue in zip(sections, _filled(tongues), strict=True):
        if tongue == own and not _names_a_tongue(document, section):
            kept += section
            continue
        for block in section:
            blank = "".join(c if c == "\n" else " " for c in plain[block.start : block.end])
            plain = plain[: block.start] + blank + plain[block.end :]
    others = " and ".join(_NAMES[each] for each in words if each != own)
    note = f"it is read in {_NAMES[own]}; what it says in {others} is left out and not compared."
    return replace(document, blocks=tuple(kept), plain=plain, notes=(*document.notes, note))


def _sections(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Each heading with what stands under it."""
    section: list[Block] = []
    for block in blocks:
        if block.kind == "heading" and section:
            yield section
            section = []
        section.append(block)
    if section:
        yield section


def _tongue(document: Document, section: Sequence[Block]) -> str | None:
    """The language of a section; None where it has no sentence that would tell."""
    return language_of("\n".join(document.plain[b.start : b.end] for b in section))


def _filled(tongues: Sequence[str | None]) -> list[str | None]:
    """The languages, where a section that tells none has that of the next one: a heading leads on."""
    found: list[str | None] = []
    following = next((each for each in reversed(tongues) if each), None)
    for tongue in reversed(tongues):
        following = tongue or following
        found.append(following)
    return found[::-1]


def _names_a_tongue(document: Document, section: Sequence[Block]) -> bool:
    """Whether a section is a heading alone that only names a language: "In English"."""
    (first, *rest) = section
    return not rest and says("rules", "tongue", document.words(first.start, first.end))
