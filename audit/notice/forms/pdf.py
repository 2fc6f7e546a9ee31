"""Notices as PDF: their text, page by page; a picture of a page has none."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import InputUnreadable
from audit.notice.document import Document
from audit.notice.forms.columns import Columns
from audit.notice.forms.letters import whole_letters
from audit.notice.forms.lines import blocks_of
from audit.notice.forms.ruled import Drawn, with_tables
from audit.notice.forms.tables import Line

if TYPE_CHECKING:
    from pypdf import PageObject

__all__ = ["read_pdf"]

_MOST_PAGES = 200
_LEAST_LETTERS = 25  # on an average page that holds text at all
_EDGE = 2  # lines at the head and at the foot of a page
_SPLINTERS = 0.8  # of the lines of a page that hold one word each
_REPEATED = 3  # pages on which a line stands that belongs to the page and not to the text
_PAGE = re.compile(
    r"^\s*(?:(?:sivu|sida|page|s\.)\s*)?\d{1,3}\s*(?:(?:[/(]|of|av)\s*\d{1,3}\)?)?\s*$",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"^\s*(?:\d{1,4}[-./]\d{1,2}[-./]\d{2,4},?\s+(?:klo |kl\.? )?\d{1,2}[.:]\d\d(?:\s?[AP]M)?\b.*"
    r"|(?:https?|file)://\S+(?:\s+\d{1,3}/\d{1,3})?)\s*$"
)
"""What a browser prints at the head and at the foot of a page: when, its title, its address."""
_HYPHEN = re.compile(
    r"([a-zåäö])-\n([a-zåäö]+)(?<!\nja)(?<!\noch)(?<!\ntai)(?<!\nand)(?<!\neller)[ \n]"
)


def read_pdf(path: Path) -> Document:
    """Read a PDF; raises ``InputUnreadable`` where it is encrypted, scanned or broken."""
    pages = _pages(path)
    letters = sum(c.isalpha() for page in pages for c in page)
    if letters < _LEAST_LETTERS * max(1, len(pages)):
        raise InputUnreadable(
            path,
            "it holds pictures of pages and hardly any text",
            "recognise its text first (OCR), or get the notice as text, HTML or DOCX",
        )
    edges = [line for page in pages for line in _edges(page)]
    repeated = {line for line, times in Counter(edges).items() if times >= _REPEATED}
    parts: list[str] = []
    places: list[Line] = []
    at = 0
    for number, page in enumerate(pages, start=1):
        own = repeated & _edges(page)
        for line in page.split("\n"):
            if _PAGE.match(line) or _PRINTED.match(line) or line.strip() in own:
                continue
            parts.append(line + "\n")
            places.append(Line(at, at + len(line), number))
            at += len(line) + 1
    text = "".join(parts)
    return Document(
        text=text,
        plain=text,
        blocks=tuple(blocks_of(text, places)),
        form="pdf",
        pages=len(pages),
    )


def _edges(page: str) -> set[str]:
    """The lines at the head and at the foot of a page."""
    lines = [line.strip() for line in page.split("\n") if line.strip()]
    return {*lines[:_EDGE], *lines[-_EDGE:]}


def _pages(path: Path) -> list[str]:
    """The text of each page, words that a line's end cuts made whole."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings quote the document
    try:
        reader = PdfReader(path)
        closed = reader.is_encrypted and not reader.decrypt("")
        many = 0 if closed else len(reader.pages)
        if not closed and many <= _MOST_PAGES:
            columns = Columns()
            return [_whole(_words(page, columns)) for page in reader.pages]
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, RecursionError, AttributeError):
        raise InputUnreadable(
            path, "it is no whole PDF", "open it and print it to a PDF again"
        ) from None
    except Exception as error:  # noqa: BLE001 - cryptography is missing, a filter unknown, …
        reason = (
            "it is encrypted" if "crypt" in type(error).__name__.lower() else "it is no whole PDF"
        )
        raise InputUnreadable(path, reason, "save a copy without protection") from None
    if closed:
        raise InputUnreadable(path, "it is encrypted", "save a copy that opens without a password")
    raise InputUnreadable(
        path,
        f"it has {many} pages, more than any notice",
        "save the notice's own pages as a file",
    )


def _words(page: PageObject, columns: Columns | None = None) -> str:
    """The words of a page, those of columns one column after the other."""
    drawn = Drawn()
    text = page.extract_text(visitor_operand_before=drawn.before)
    if not text.strip():
        return text
    if tables := with_tables(page, drawn):
        return tables
    looks = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False)
    if _is_in_splinters(text):
        text = "\n".join(" ".join(line.split()) for line in looks.split("\n"))
    return (columns or Columns()).read(looks) or text


def _is_in_splinters(text: str) -> bool:
    """Whether each word stands on a line of its own, as in what word processors on the web print."""
    lines = [line.split() for line in text.split("\n") if line.strip()]
    return sum(len(words) == 1 for words in lines) > _SPLINTERS * len(lines)


def _whole(page: str) -> str:
    page = whole_letters(page).replace("\u00a0", " ").replace("\u00ad\n", "").replace("\u00ad", "")
    return _HYPHEN.sub(r"\1\2\n", page)
