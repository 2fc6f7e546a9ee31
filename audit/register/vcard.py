"""
vCards (2.1, 3.0, 4.0; RFC 6350), as phones and mail programs export contacts: a card is a record.

Folded lines are joined, quoted-printable text is decoded in its CHARSET, repeated properties become
``Email``, ``Email 2``, … A picture or a key inside a card is not read; that there is one is said.
"""

from __future__ import annotations

import quopri
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from audit.errors import InputUnreadable
from audit.register.delimited import HEAD_BYTES, encoding_of
from audit.register.extract import BLANK, DATA, Extract, Row, distinct

__all__ = ["tables"]

_NAMES = {
    "FN": "Full name",
    "NICKNAME": "Nickname",
    "EMAIL": "Email",
    "TEL": "Phone",
    "BDAY": "Date of birth",
    "ANNIVERSARY": "Anniversary",
    "GENDER": "Gender",
    "ORG": "Company",
    "TITLE": "Job title",
    "ROLE": "Role",
    "NOTE": "Notes",
    "URL": "Website",
    "CATEGORIES": "Tags",
    "UID": "UID",
    "REV": "Last modified",
    "IMPP": "Instant messaging",
    "GEO": "Location",
    "LANG": "Language",
    "PHOTO": "Photo",
    "RELATED": "Related person",
    "TZ": "Time zone",
}
_PARTS = {
    "N": ("Last name", "First name", "Additional name", "Name prefix", "Name suffix"),
    "ADR": (
        "PO box",
        "Address line 2",
        "Street address",
        "City",
        "Region",
        "Postal code",
        "Country",
    ),
}
_BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_SILENT = frozenset({"VERSION", "PRODID", "PROFILE", "MAILER"})
_ESCAPED = re.compile(r"\\(.)")
_APART = re.compile(r"(?<!\\);")
_LONGEST = 20_000  # lines of one card: pictures are long


class _Card(NamedTuple):
    """A card's cells, or the lines outside any."""

    cells: dict[str, str]
    line: int
    lines: int
    fate: str = DATA


def tables(path: Path, shown: str) -> list[Extract]:
    """The file as one table of contacts."""
    columns: dict[str, None] = {}
    pictures = 0
    for card in _cards(path):
        if card.fate == DATA:
            columns |= dict.fromkeys(card.cells)
            pictures += "Photo" in card.cells
    if not columns:
        raise InputUnreadable(shown, "it holds no whole card", "export the contacts again")
    ordered = tuple(columns)
    return [
        Extract(
            form="vcard",
            header=distinct(ordered),
            unit="lines",
            rows=partial(_rows, path, ordered),
            notes=(("pictures", pictures),) if pictures else (),
            kind="customers",
        )
    ]


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    for card in _cards(path):
        cells = card.cells
        values = [cells.get(c, "") for c in columns] if card.fate == DATA else list(cells.values())
        yield Row(values, card.fate, card.line, card.lines)


def _cards(path: Path) -> Iterator[_Card]:
    """Every card, and every line outside one; together they are every line of the file."""
    held: list[tuple[int, str]] = []
    for number, line in _lines(path):
        word = line.strip().upper()
        if word == "BEGIN:VCARD" or len(held) > _LONGEST:
            yield from _outside(held)
            held = []
        if not held and word != "BEGIN:VCARD":
            yield from _outside([(number, line)])
            continue
        held.append((number, line))
        if word == "END:VCARD":
            yield _Card(_cells([text for _, text in held[1:-1]]), held[0][0], len(held))
            held = []
    yield from _outside(held)


def _outside(lines: list[tuple[int, str]]) -> Iterator[_Card]:
    for number, line in lines:
        yield _Card({"": line}, number, 1, "outside_a_card" if line.strip() else BLANK)


def _cells(lines: list[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for line in _unfolded(lines):
        before, colon, value = line.partition(":")
        if not colon:
            before, value = "NOTE", line  # a broken fold: what stands there is not lost
        name, *parameters = before.split(";")
        name = name.rpartition(".")[2].strip().upper()
        if name in _SILENT:
            continue
        seen[name] += 1
        for column, text in _columns(name, _decoded(value, parameters, name)):
            if text.strip():
                cells[column if seen[name] == 1 else f"{column} {seen[name]}"] = text
    return cells


def _columns(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name in _PARTS:
        for column, text in zip(_PARTS[name], _APART.split(value), strict=False):
            yield column, _plain(text)
    else:
        yield (
            _NAMES.get(name, name.removeprefix("X-").replace("-", " ").capitalize()),
            _plain(value),
        )


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], text)


def _decoded(value: str, parameters: list[str], name: str) -> str:
    given = {key.upper(): said for key, _, said in (p.partition("=") for p in parameters)}
    encoding = given.get("ENCODING", "").upper() or next(
        (key for key in given if key in ("QUOTED-PRINTABLE", "BASE64", "B")), ""
    )
    if encoding in ("B", "BASE64") or value.startswith("data:") or (name in _BINARY and value):
        return "(not read)"
    if encoding != "QUOTED-PRINTABLE":
        return value.removeprefix("tel:").removeprefix("mailto:")
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    for charset in (given.get("CHARSET", ""), "utf-8", "cp1252"):
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("latin-1")


def _unfolded(lines: list[str]) -> Iterator[str]:
    """Logical lines: folded ones begin with white space, quoted-printable ones end in ``=``."""
    whole, soft = "", False
    for line in lines:
        if soft:
            whole = whole[:-1] + line.lstrip(" \t")
        elif line[:1] in (" ", "\t"):
            whole += line[1:]
        else:
            if whole.strip():
                yield whole
            whole = line
        soft = whole.endswith("=") and "QUOTED-PRINTABLE" in whole.partition(":")[0].upper()
    if whole.strip():
        yield whole


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as file:
        encoding = encoding_of(file.read(HEAD_BYTES))
        file.seek(0)
        if encoding.startswith("utf-16"):
            text = file.read().decode(encoding, "replace").replace("\r\n", "\n")
            yield from enumerate(text.removesuffix("\n").split("\n"), 1)
            return
        for number, raw in enumerate(file, 1):
            data = raw.rstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf")
            try:
                yield number, data.decode()
            except UnicodeDecodeError:
                yield number, data.decode("cp1252", "replace")
