"""A published notice as its reader hands it on: the text, and the blocks that it is laid out in.

Every reader (text, HTML, DOCX, PDF) makes one of these; everything after it sees nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Block", "Document"]


@dataclass(frozen=True, kw_only=True)
class Block:
    """One passage of the notice as it is laid out, with its place in ``Document.text``."""

    kind: Literal["heading", "paragraph", "item", "row"]
    """A heading; running text; one item of a list; one row of a table (cells joined by TAB)."""
    start: int
    end: int
    """Half-open character offsets in the document's text."""
    level: int = 0
    """For a heading its depth, 1 the outermost, 0 not known; for an item its depth in the list."""
    page: int | None = None
    """1-based, where the form has pages."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A notice's text, its noise (menus, cookie banners, footers, newsletter boxes) left out."""

    text: str
    """What every span counts into: Unicode NFC, lines ended by ``\\n``."""
    blocks: tuple[Block, ...]
    """In reading order; they do not overlap, and leave out nothing but white space and noise."""
    form: Literal["text", "html", "docx", "pdf"]
    dropped: tuple[tuple[str, int], ...] = ()
    """What was left out as noise, by kind, with the number of characters."""

    def words(self, block: Block) -> str:
        """The block's own text."""
        return self.text[block.start : block.end]
