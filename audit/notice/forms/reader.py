"""A file into a document, by its form: text, Markdown, HTML, DOCX or PDF."""

from __future__ import annotations

import re
from pathlib import Path

from audit.errors import InputEmpty, InputMissing, InputNotAFile, InputUnreadable
from audit.notice.document import Document
from audit.notice.forms.letters import whole_letters

__all__ = ["FORMS", "decode", "read_document"]

FORMS = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".pdf")
_MOST_BYTES = 20_000_000
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:!doctype html|html|body|div|main|h[1-6])\b", re.IGNORECASE)
_HASHED = re.compile(r"^#{1,6}\s+\S", re.MULTILINE)
_HEAD = 4096


def read_document(path: Path) -> Document:
    """Read a published notice; raises an ``AuditError`` that says what is wrong with the file."""
    if not path.exists():
        raise InputMissing(path)
    if not path.is_file():
        raise InputNotAFile(path, "the file of a notice")
    size = path.stat().st_size
    if size == 0:
        raise InputEmpty(path)
    if size > _MOST_BYTES:
        raise InputUnreadable(
            path,
            f"it has {size // 1_000_000} MB, and a notice has far less",
            "save the notice's own text as a file",
        )
    with path.open("rb") as opened:
        start = opened.read(8)
    if start.startswith(b"%PDF"):
        from audit.notice.forms.pdf import read_pdf

        return read_pdf(path)
    if start.startswith(b"PK\x03\x04"):
        from audit.notice.forms.docx import read_docx

        return read_docx(path)
    if start.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")) or path.suffix.lower() in (
        ".docx",
        ".pdf",
    ):
        raise InputUnreadable(
            path,
            "it is encrypted, or of a form that is not read",
            "save the notice as DOCX, PDF, HTML or text, without a password",
        )
    text = decode(path, path.read_bytes())
    if not text.strip():
        raise InputEmpty(path)
    markdown = path.suffix.lower() in (".md", ".markdown")
    # A page in Markdown may stand in a <div> of its site, and its headings are still marked by hashes.
    is_page = _MARKUP.search(text[:_HEAD]) and not (markdown and _HASHED.search(text))
    if path.suffix.lower() in (".html", ".htm", ".xhtml") or is_page:
        from audit.notice.forms.html import read_html

        return read_html(text)
    from audit.notice.forms.text import read_text

    return read_text(whole_letters(text), markdown=markdown)


def decode(path: Path, raw: bytes) -> str:
    """The characters of a text file: UTF-8, or what its first bytes or its markup say."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        declared = _CHARSET.search(raw[:_HEAD])
        encodings = ["utf-8", declared[1].decode("ascii") if declared else "cp1252", "cp1252"]
    if b"\x00" in raw[:_HEAD] and encodings != ["utf-16"]:
        raise InputUnreadable(
            path, "it is no text", "save the notice as text, Markdown, HTML, DOCX or PDF"
        )
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1")
