"""Bytes as physical lines: CR, LF and CR LF each end one, in any mixture."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from audit.errors import InputMissing, InputNotAFile, InputUnreadable
from audit.register.delimited.encoding import decode_line
from audit.register.delimited.model import CHUNK, cleaning
from audit.register.model import Dialect

__all__ = ["first_bytes", "physical_lines", "split_lines"]

_END = re.compile(r"\r\n|\n|\r")


def first_bytes(path: Path, shown: str, at_most: int) -> bytes:
    """The first bytes of a file; raises an ``AuditError`` where there is none to read."""
    if not path.exists():
        raise InputMissing(shown)
    if not path.is_file():
        raise InputNotAFile(shown)
    try:
        with path.open("rb") as file:
            return file.read(at_most)
    except OSError as error:
        reason = error.strerror or "the system refuses"
        raise InputUnreadable(shown, reason, "check its permissions") from None


def split_lines(text: str) -> list[str]:
    r"""
    The lines of a text, without their ends; a text that ends in a line end has no line after it.

    >>> split_lines("a\r\nb\rc\n"), split_lines("a\n\nb")
    (['a', 'b', 'c'], ['a', '', 'b'])
    """
    lines = _END.split(text)
    if not lines[-1]:
        lines.pop()
    return lines


def physical_lines(path: Path, dialect: Dialect, mended: Counter[str]) -> Iterator[tuple[int, str]]:
    """
    Numbered lines, decoded one by one.

    ``mended`` counts the lines that are not in the file's encoding, and those with control
    characters.
    """
    clean = cleaning(dialect.delimiter)
    with path.open("rb") as binary:
        for number, raw in enumerate(_ended(binary), 1):
            data = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
            line, own = decode_line(data, dialect.encoding)
            if not own:
                mended["other_encoding"] += 1
            if line.rstrip("\x1a") == "":  # what DOS wrote at the end of a file
                line = ""
            cleaned = line.translate(clean)
            if cleaned != line:
                mended["control_characters"] += 1
            yield number, cleaned


def _ended(binary: BinaryIO) -> Iterator[bytes]:
    rest = b""
    while chunk := binary.read(CHUNK):
        whole = rest + chunk
        if whole.endswith(b"\r"):  # a line feed may follow
            whole += binary.read(1)
        lines = whole.splitlines(keepends=True)  # of bytes: CR, LF and CR LF alone
        rest = b"" if lines[-1].endswith((b"\n", b"\r")) else lines.pop()
        for line in lines:
            yield line.rstrip(b"\r\n")
    if rest:
        yield rest
