"""Which encoding a file is in, decided per file from its first bytes, and files made UTF-8."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from pathlib import Path
from typing import BinaryIO

from audit.errors import InputUnreadable
from audit.register.delimited.model import CHUNK, HEAD_BYTES, cleaning
from audit.register.delimited.twice import TWICE, is_twice
from audit.register.model import Dialect

__all__ = [
    "FALLBACK",
    "decode",
    "decode_line",
    "encoding_of",
    "is_text",
    "reencode",
    "wide_encoding",
]

#: What a line is in that is not in its file's encoding: what Windows writes in western Europe.
FALLBACK = "cp1252"

# UTF-32's mark begins with UTF-16's.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = ("cp1252", "cp850", "mac_roman")
_NORDIC = re.compile("(?:(?<=[A-Za-zÄÖÅäöåéü])[äöåéü]|(?<=[A-ZÄÖÅ])[ÄÖÅ])|\\b[ÄÖÅäöå](?=[a-zäöå])")
# Where ISO 8859-15 differs from its elder sister: Š š Ž ž beside letters, € beside numbers.
_LATIN_9 = re.compile(
    rb"[\xa6\xa8\xb4\xb8][a-z]|[a-z][\xa8\xb8][a-z\s;,\t]|[0-9] ?\xa4|\xa4 ?[0-9]"
)
# Of the control characters, those that no text has in number: not the ones that part cells or lines.
_CONTROLS = bytes([*range(0x02, 0x09), *range(0x0E, 0x1A)])
_PRINTABLE = bytes(byte for byte in range(256) if byte not in _CONTROLS)
_PART = 10  # one line of so many
_FEW_CONTROLS = 8  # different ones
_ENOUGH = 20  # bytes: fewer tell nothing about every second of them


def encoding_of(raw: bytes, *, whole: bool | None = None) -> str:
    r"""
    The encoding that the first bytes of a file are in.

    ``whole`` says whether there are no more; if not given, a mebibyte is no whole file.

    Of the single-byte ones the one that gives the most Nordic letters where letters belong.

    >>> encoding_of("nimi;Äijä".encode()), encoding_of("nimi;Äijä".encode("cp1252"))
    ('utf-8', 'cp1252')
    >>> encoding_of("Göran;Åbo;Mäki".encode("cp850")), encoding_of("Šakari;5 €".encode("iso8859-15"))
    ('cp850', 'iso8859-15')
    >>> encoding_of("Asiakasnro;Nimi;Tila\n1;Aino;x".encode("utf-16-le"))
    'utf-16-le'
    """
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return TWICE if name == "utf-8-sig" and is_twice(raw) else name
    if wide := _unmarked_utf16(raw):
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(
            raw, final=len(raw) < HEAD_BYTES if whole is None else whole
        )
    except UnicodeDecodeError:
        return "utf-8" if _partly_utf8(raw) else _single_byte(raw)
    return TWICE if is_twice(raw) else "utf-8"


def decode(raw: bytes, encoding: str, shown: str) -> str:
    """
    The text of a file's first bytes, without its mark; bytes that mean nothing are replaced.

    A line that is not in UTF-8 as the others are is read in what Windows writes.
    """
    try:
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        text = decoder.decode(raw).removeprefix("\ufeff")
    except (LookupError, UnicodeError, AssertionError, TypeError, AttributeError):
        raise InputUnreadable(
            shown, f"“{encoding}” is not its encoding", "correct `encoding` in the plan"
        ) from None
    if "\ufffd" not in text or encoding not in ("utf-8", "utf-8-sig"):
        return text
    lines = raw.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)
    return "".join(decode_line(line, "utf-8")[0] for line in lines)


def decode_line(raw: bytes, encoding: str) -> tuple[str, bool]:
    """A line of a file, and whether it is in its encoding; it is read in what Windows writes if not."""
    try:
        return raw.decode(encoding), True
    except UnicodeDecodeError:
        return raw.decode(FALLBACK, errors="replace"), False


def reencode(path: Path, dialect: Dialect, target: BinaryIO) -> int:
    """Rewrite a file as UTF-8, line for line; the number of bytes that had no meaning is returned."""
    decoder = codecs.getincrementaldecoder(dialect.encoding)(errors="replace")
    clean = cleaning(dialect.delimiter)
    doubtful, first = 0, True
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk)
            if first:
                text, first = text.removeprefix("\ufeff"), False
            doubtful += text.count("\ufffd")
            target.write(text.translate(clean).encode())
    rest = decoder.decode(b"", final=True)
    target.write(rest.encode())
    return doubtful + rest.count("\ufffd")


def wide_encoding(raw: bytes) -> str | None:
    """UTF-16 or UTF-32, where the first bytes of a file are in it."""
    marked = next((name for mark, name in _BOMS if raw.startswith(mark)), None)
    if marked is None:
        return _unmarked_utf16(raw)
    return None if marked == "utf-8-sig" else marked


def is_text(raw: bytes) -> bool:
    """
    Whether the first bytes of a file may be text, and not what a program packed or encrypted.

    >>> is_text(bytes(range(256)) * 4), is_text("nimi;Äijä".encode()), is_text("a;b".encode("utf-16"))
    (False, True, True)
    """
    if wide_encoding(raw) is not None:
        return True
    controls = Counter(raw.translate(None, delete=_PRINTABLE))
    return len(controls) < _FEW_CONTROLS or controls.total() * 50 < len(raw)


def _unmarked_utf16(raw: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of western text is zero."""
    start = raw[:4096]
    if len(start) < _ENOUGH or start.count(0) * 3 < len(start):
        return None
    low, high = start[0::2].count(0), start[1::2].count(0)
    if high > low * 4:
        return "utf-16-le"
    return "utf-16-be" if low > high * 4 else None


def _partly_utf8(raw: bytes) -> bool:
    """
    Whether lines of UTF-8 were joined with others: most are, or a good part of them.

    What Windows writes hardly ever is valid by chance, so the others must be in that.
    """
    beyond = [line for line in raw.splitlines(keepends=True) if not line.isascii()]
    others = [line for line in beyond if not decode_line(line, "utf-8")[1]]
    valid = len(beyond) - len(others)
    if valid > len(others):
        return True
    return valid * _PART > len(beyond) and _single_byte(b"".join(others)) == FALLBACK


def _single_byte(raw: bytes) -> str:
    letters = {name: len(_NORDIC.findall(raw.decode(name, "replace"))) for name in _SINGLE_BYTE}
    best = max(_SINGLE_BYTE, key=lambda name: letters[name])  # the first of several
    if best != FALLBACK:
        return best
    controls = any(0x80 <= byte < 0xA0 for byte in raw)  # noqa: PLR2004 - those differ from ISO 8859
    return "iso8859-15" if not controls and _LATIN_9.search(raw) else FALLBACK
