"""The text of a published notice and its blocks, whatever form it came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Block", "Document", "Kind", "Writer"]

Kind = Literal["heading", "text", "item", "row"]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, a paragraph, an item of a list or a row of a table: characters ``[start, end)``."""

    kind: Kind
    start: int
    end: int
    level: int = 0
    """Of a heading: 1 is the highest. Of anything else 0."""
    page: int | None = None
    cells: tuple[Place, ...] = ()
    """Of a row: the places of its cells."""
    columns: tuple[str, ...] = ()
    """Of a row: what the head of the table says over each cell; empty where it has no head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A notice as text.

    Spans count the characters of ``text``. ``plain`` is as long as ``text``, character for
    character, with any markup blanked, so that a place in the one is the same place in the other.
    """

    text: str
    plain: str
    blocks: tuple[Block, ...]
    form: Literal["text", "markdown", "html", "docx", "pdf"]
    pages: int | None = None
    title: str = ""
    """What the form itself calls the document; empty where it says nothing."""
    notes: tuple[str, ...] = ()
    """What was left out on reading, for people."""

    def words(self, start: int, end: int) -> str:
        """The words of a place, without markup, on one line."""
        return " ".join(self.plain[start:end].split())

    def whole(self, start: int, end: int) -> Place:
        """A place with all of its last word, where a cut word was made whole in ``plain``."""
        while (
            end < len(self.text)
            and self.plain[end].isspace()
            and (self.text[end].isalnum() or self.text[end] in ".,;:!?)")
        ):
            end += 1
        return start, end


@dataclass
class Writer:
    """Builds the text of a form that has none of its own, with the blocks as they come."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    at: int = 0

    def add(self, kind: Kind, words: str, *, level: int = 0, page: int | None = None) -> None:
        """Add a block of its own line or lines; blank words add nothing."""
        if not words.strip():
            return
        if kind == "heading" and self.parts:
            self._write("\n")
        start = self.at
        self._write(words)
        self.blocks.append(Block(kind=kind, start=start, end=self.at, level=level, page=page))
        self._write("\n")

    def row(self, cells: list[str], columns: tuple[str, ...], page: int | None = None) -> None:
        """Add a row of a table, its cells apart by `` | ``."""
        places: list[Place] = []
        start = self.at
        for number, cell in enumerate(cells):
            if number:
                self._write(" | ")
            begin = self.at
            self._write(cell)
            places.append((begin, self.at))
        if self.at > start:
            block = Block(
                kind="row",
                start=start,
                end=self.at,
                page=page,
                cells=tuple(places),
                columns=columns if len(columns) == len(cells) else (),
            )
            self.blocks.append(block)
        self._write("\n")

    def skip(self, words: str = "") -> None:
        """Write words that are no block yet."""
        self._write(words)
        self._write("\n")

    def document(
        self,
        form: Literal["html", "docx", "pdf"],
        *,
        title: str = "",
        pages: int | None = None,
        notes: tuple[str, ...] = (),
    ) -> Document:
        """What was written so far."""
        text = "".join(self.parts)
        return Document(
            text=text,
            plain=text,
            blocks=tuple(self.blocks),
            form=form,
            title=title,
            pages=pages,
            notes=notes,
        )

    def _write(self, words: str) -> None:
        self.parts.append(words)
        self.at += len(words)
