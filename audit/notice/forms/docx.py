"""Notices as Word documents, read as hostile: nothing outside them is fetched, nothing inflates."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import InputUnreadable
from audit.notice.document import Block, Document, Writer
from audit.notice.forms.grids import registers_in
from audit.notice.forms.letters import whole_letters
from audit.notice.forms.lines import blocks_of
from audit.notice.forms.tables import Line, says_what
from audit.notice.forms.word import dated_margins, unwrapped
from audit.notice.topics import is_headline, topics_of

if TYPE_CHECKING:
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

__all__ = ["read_docx"]

_MOST_BYTES = 100_000_000  # of all parts, inflated
_MOST_PARTS = 5_000
_HEAD_WORDS = 4  # of the head of a column
_DEEPEST = 3  # tables inside tables
_LEAST_STYLED = 3  # headings by style for a document to be one that uses styles
_TARGET = re.compile(rb"<Relationship\b[^>]*>", re.DOTALL)
_KIND = re.compile(rb'Type="[^"]*/([A-Za-z]+)"')
_HARMLESS = (b"hyperlink",)
_LEVEL = re.compile(r"(?:heading|otsikko|rubrik|överskrift)\s*(\d)", re.IGNORECASE)


def read_docx(path: Path) -> Document:
    """Read a Word document; raises ``InputUnreadable`` with what is wrong with it."""
    _inspect(path)
    import docx

    try:
        opened = docx.Document(str(path))
        unwrapped(opened)
        parts = list(opened.iter_inner_content())
        entries = [entry for part in parts for entry in _entries(part)]
        entries += [_Entry("text", line) for line in dated_margins(opened)]
    except Exception:  # noqa: BLE001 - the library raises what it likes on a broken document
        raise InputUnreadable(
            path, "it is no whole Word document", "open it in a word processor and save it again"
        ) from None
    return _document(entries)


def _inspect(path: Path) -> None:
    """Look at the archive before anything is inflated."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_BYTES:
                raise InputUnreadable(
                    path,
                    f"its parts inflate to more than {_MOST_BYTES // 1_000_000} MB",
                    "save the notice's text as a document of its own",
                )
            for info in infos:
                if info.filename.endswith(".rels"):
                    _inspect_links(path, archive.read(info))
                elif info.filename.endswith(".xml") and b"<!ENTITY" in archive.read(info)[:4096]:
                    raise InputUnreadable(
                        path,
                        f"{info.filename} defines entities, which Word never does",
                        "copy the notice's text into a new document",
                    )
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        raise InputUnreadable(
            path,
            "it is no Word document, or it is encrypted",
            "open it in a word processor and save it without a password",
        ) from None


def _inspect_links(path: Path, rels: bytes) -> None:
    for match in _TARGET.finditer(rels):
        if b'TargetMode="External"' not in match[0]:
            continue
        kind = _KIND.search(match[0])
        if kind is None or kind[1] not in _HARMLESS:
            what = kind[1].decode("ascii", "replace") if kind else "part"
            raise InputUnreadable(
                path,
                f"it draws its {what} from outside the file, which is never fetched",
                "break the links in a word processor and save a copy",
            )


class _Entry:
    """A paragraph or a row as it came."""

    __slots__ = ("cells", "columns", "kind", "level", "words")

    def __init__(
        self,
        kind: str,
        words: str = "",
        level: int = 0,
        cells: list[str] | None = None,
        columns: tuple[str, ...] = (),
    ) -> None:
        self.kind, self.words, self.level = kind, whole_letters(words), level
        self.cells, self.columns = [whole_letters(cell) for cell in cells or ()], columns


def _entries(part: Paragraph | Table) -> list[_Entry]:
    from docx.table import Table

    return _of_table(part) if isinstance(part, Table) else _of_paragraph(part)


def _of_paragraph(paragraph: Paragraph) -> list[_Entry]:
    words = paragraph.text.replace("\u00a0", " ").replace("\u00ad", "").strip()
    if not words:
        return [_Entry("blank")]
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    if match := _LEVEL.search(style):
        return [_Entry("heading", words, int(match[1]))]
    if style.lower() in ("title", "otsikko", "rubrik"):
        return [_Entry("heading", words, 1)]
    if "list" in style.lower() or "luettelo" in style.lower() or _is_numbered(paragraph):
        kind = "heading" if _bold(paragraph) and topics_of(words) and is_headline(words) else "item"
        return [_Entry(kind, words, 2)]
    if _bold(paragraph) and len(words) < 120 and not words.endswith("."):  # noqa: PLR2004 - a headline
        return [_Entry("heading", words.rstrip(":"), 3)]
    return [_Entry("text", words)]


def _is_numbered(paragraph: Paragraph) -> bool:
    properties: Any = paragraph._p.pPr  # noqa: SLF001 - python-docx has no other way to the numbering
    return properties is not None and properties.numPr is not None


def _bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _cell(cell: _Cell, depth: int = 0) -> str:
    """The words of a cell; those of a table inside it stand behind, apart by commas."""
    own = " ".join(cell.text.replace("\u00a0", " ").split())
    if depth >= _DEEPEST:
        return own
    inner = [
        words
        for table in cell.tables
        for row in table.rows
        for one in row.cells
        if (words := _cell(one, depth + 1))
    ]
    return ", ".join(part for part in (own, *dict.fromkeys(inner)) if part)


def _of_table(table: Table) -> list[_Entry]:
    rows = []
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) not in seen:  # noqa: SLF001 - a merged cell comes once per column
                seen.add(id(cell._tc))  # noqa: SLF001 - as above
                cells.append(_cell(cell))
        if any(cells):
            rows.append(cells)
    if placed := registers_in(rows):
        levels = {"register": 5, "heading": 6, "text": 0}
        return [
            _Entry(
                "text" if cell.kind == "text" else "heading",
                rows[cell.row][cell.column],
                levels[cell.kind],
            )
            for cell in placed
        ]
    two = [cells for cells in rows if len(cells) == 2]  # noqa: PLR2004 - the columns
    headed = (
        bool(rows)
        and says_what(tuple(rows[0]))
        and all(len(cell.split()) <= _HEAD_WORDS for cell in rows[0])
    )
    if (
        not headed
        and len(two) == len(rows) > 1
        and sum(bool(topics_of(c[0])) for c in two) * 2 >= len(two)
    ):
        return [
            entry
            for name, value in two
            for entry in (_Entry("heading", name.rstrip(":"), 4), _Entry("text", value))
        ]
    head: tuple[str, ...] = ()
    if rows and len(rows[0]) > 1 and sum(bool(topics_of(c)) for c in rows[0]) * 2 >= len(rows[0]):
        head, rows = tuple(rows[0]), rows[1:]
    return [_Entry("row", cells=cells, columns=head) for cells in rows]


def _document(entries: list[_Entry]) -> Document:
    """By its styles where it uses them, else by the looks of its lines."""
    styled = sum(entry.kind == "heading" for entry in entries) >= _LEAST_STYLED
    writer = Writer()
    spans: list[Line] = []
    for entry in entries:
        if entry.kind == "blank":
            start = writer.at
            writer.skip()
            spans.append(Line(start, start))
        elif entry.kind == "row":
            writer.row(entry.cells, entry.columns)
        elif styled or entry.kind != "text":
            known = entry.kind if entry.kind in ("heading", "item") else "text"
            writer.add(known, entry.words, level=entry.level)  # type: ignore[arg-type]  # narrowed above
        else:
            start = writer.at
            writer.skip(entry.words)
            spans.append(Line(start, start + len(entry.words)))
    document = writer.document("docx")
    if styled or not spans:
        return document
    looked = blocks_of(document.text, _split(document.text, spans))
    merged: list[Block] = sorted([*document.blocks, *looked], key=lambda block: block.start)
    return Document(text=document.text, plain=document.plain, blocks=tuple(merged), form="docx")


def _split(text: str, spans: list[Line]) -> list[Line]:
    """Paragraphs as lines: a break inside one begins a line."""
    found: list[Line] = []
    for span in spans:
        start = span.start
        for piece in text[span.start : span.end].split("\n"):
            found.append(Line(start, start + len(piece)))
            start += len(piece) + 1
    return found
