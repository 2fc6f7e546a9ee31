"""The sections of a notice: its headings with what stands under each, as the model shows them."""

from __future__ import annotations

from collections.abc import Sequence

from audit.notice.document import Document
from audit.notice.lexicon import language_of
from audit.notice.model import Section
from audit.notice.outline import Part, outline
from audit.notice.registers import several

__all__ = ["sections_in", "sections_of"]


def sections_of(text: str, *, markdown: bool = False) -> tuple[Section, ...]:
    """The sections of a notice's text, for a notice that a person wrote down."""
    from audit.notice.forms.text import read_text

    document = read_text(text, markdown=markdown)
    language = language_of(document.plain) or "en"
    parts, names = several(outline(document, language), document.plain, language)
    return sections_in(document, parts, names)


def sections_in(
    document: Document, parts: Sequence[Part], names: Sequence[str]
) -> tuple[Section, ...]:
    """The parts as the model shows them."""
    return tuple(
        Section(
            heading=part.title,
            heading_span=(part.heading.start, part.heading.end) if part.heading else None,
            topics=part.topics,
            span=(part.start, part.end) if part.blocks else None,
            text="\n".join(document.words(b.start, b.end) for b in part.blocks),
            page=part.heading.page if part.heading else None,
            register_name=names[part.register] if part.register is not None else None,
        )
        for part in parts
        if part.heading is not None or part.blocks
    )
