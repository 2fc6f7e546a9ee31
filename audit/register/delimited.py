"""
Delimited text: what Excel and its kin export.

A file is read one of two ways, and each keeps every physical line. A *plain* file (UTF-8, every
record as wide as the header) is scanned where it lies. Anything else is rewritten once, streaming,
into the private workspace: re-encoded, or, where lines are broken, *repaired*, each record with
its line number and each unreadable line quarantined with a reason.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from audit.categories import categories
from audit.errors import InputEmpty, InputMissing, InputNotAFile, InputUnreadable
from audit.finding import Quarantined
from audit.register.dates import read_date
from audit.register.model import Dialect

__all__ = [
    "MARKERS",
    "Head",
    "LineCount",
    "Repaired",
    "count_lines",
    "first_bytes",
    "read_head",
    "reencode",
    "repair",
]

#: Control characters that the scan puts between cells; a file that holds one itself is repaired.
MARKERS = "".join(map(chr, [*range(0x01, 0x09), *range(0x0E, 0x20)]))

_HEAD_BYTES = 1 << 20
_CHUNK = 1 << 22
_SAMPLE_ROWS = 1000
_DELIMITERS = ";\t,|"
_SPACES = re.compile(" *")
_LONGEST_RECORD = 2000  # lines: a quote open for longer than this was never meant to be one
_NUMBER = re.compile(r"[0-9][0-9.,]*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")  # a year heads a column as often as it fills one
_CLEAN = str.maketrans(dict.fromkeys([*map(ord, MARKERS), 0], "\ufffd"))


@dataclass(frozen=True, kw_only=True)
class Head:
    """What the first mebibyte of a file tells."""

    dialect: Dialect
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Up to a thousand records, to recognise columns by; never the ground of a finding."""
    ragged: bool
    """Whether a record of the head is not as wide as the header."""
    multiline: bool
    """Whether a cell of the head holds a line break."""


@dataclass(frozen=True, kw_only=True)
class LineCount:
    """The independent count, taken in one read that shares the file with the hash."""

    lines: int
    sha256: str
    markers: bool
    """Whether the file holds control characters that the scan needs for itself."""


@dataclass(kw_only=True)
class Repaired:
    """What a repair did with each physical line."""

    rows: int = 0
    inside_cells: int = 0
    blank: int = 0
    quarantined: list[Quarantined] = field(default_factory=list)
    repaired: Counter[str] = field(default_factory=Counter)


def read_head(path: Path, shown: str, dialect: Dialect | None = None) -> Head:
    """
    Decide encoding, delimiter and header from the file's first mebibyte.

    ``shown`` names the file in errors; a ``dialect`` from the plan is taken as it is.
    """
    raw = first_bytes(path, shown, _HEAD_BYTES)
    if not raw.strip():
        raise InputEmpty(shown)
    encoding = dialect.encoding if dialect else _encoding(raw)
    text = _decode(raw, encoding, shown)
    if not text.strip():
        raise InputEmpty(shown)
    lines = text.splitlines() if "\n" not in text else text.replace("\r\n", "\n").split("\n")
    if len(raw) == _HEAD_BYTES:
        lines = lines[:-1]  # cut in the middle
    elif not lines[-1]:
        lines.pop()
    if dialect is None:
        dialect = _dialect(lines, encoding)
    records = list(_records(lines[dialect.header_lines :], dialect))
    header = _header(lines, dialect)
    width = len(header) or Counter(map(len, records)).most_common(1)[0][0]
    header = header or tuple(f"column {n}" for n in range(1, width + 1))
    rows = tuple(tuple(row) for row in records[:_SAMPLE_ROWS] if len(row) == width)
    ragged = any(len(row) != width for row in records if row != [""])
    return Head(
        dialect=dialect,
        header=header,
        rows=rows,
        ragged=ragged or "\n" not in text,
        multiline=any("\n" in cell for row in records for cell in row),
    )


def count_lines(path: Path, markers_used: str = MARKERS) -> LineCount:
    """
    Count physical lines and hash the bytes, apart from whatever parses them.

    ``markers_used`` are the control characters that the scan of this file puts between cells.
    """
    unwanted = [marker.encode() for marker in (*markers_used, "\0")]
    digest, newlines, returns, markers, last = hashlib.sha256(), 0, 0, False, b"\n"
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            newlines += chunk.count(b"\n")
            if not newlines:
                returns += chunk.count(b"\r")
            markers = markers or any(marker in chunk for marker in unwanted)
            last = chunk[-1:]
    ends, end = (newlines, b"\n") if newlines else (returns, b"\r")
    return LineCount(lines=ends + (last != end), sha256=digest.hexdigest(), markers=markers)


def reencode(path: Path, encoding: str, target: BinaryIO) -> int:
    """Rewrite a file as UTF-8, line for line; the number of bytes that had no meaning is returned."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    doubtful = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            text = decoder.decode(chunk).translate(_CLEAN)
            doubtful += text.count("\ufffd")
            target.write(text.encode())
    rest = decoder.decode(b"", final=True)
    target.write(rest.encode())
    return doubtful + rest.count("\ufffd")


def repair(
    path: Path,
    dialect: Dialect,
    width: int,
    target: BinaryIO,
    look: Callable[[int, str], None] = lambda _line, _text: None,
) -> Repaired:
    """
    Rewrite a file record by record: ``line``, then its ``width`` cells, comma-separated UTF-8.

    A record that cannot be given ``width`` cells without guessing is quarantined with its line;
    ``look`` is shown its text, so that what stands in it is found all the same.
    """
    done = Repaired()
    text = codecs.getwriter("utf-8")(target)
    writer = csv.writer(text, lineterminator="\r\n")  # so that a lone return is quoted too
    lines = _physical_lines(path, dialect.encoding, done)
    for _ in range(dialect.header_lines):
        next(lines, None)
    held: list[tuple[int, str]] = []  # lines read ahead of a quote that never closed
    while True:
        first = held.pop(0) if held else next(lines, None)
        if first is None:
            return done
        number, line = first
        if not line:
            done.blank += 1
            continue
        cells = _whole(line, held, lines, dialect, width, done)
        if len(cells) != width:
            reason = "too_many_cells" if len(cells) > width else "too_few_cells"
            if cells == [line] and dialect.quote in line:
                reason = "unclosed_quote"
            for n, part in enumerate("\x1f".join(cells).split("\n")):
                done.quarantined.append(Quarantined(line=number + n, reason=reason))
                look(number + n, part)
            continue
        done.inside_cells += sum(cell.count("\n") for cell in cells)
        writer.writerow([number, *cells])
        done.rows += 1


def _whole(
    line: str,
    held: list[tuple[int, str]],
    lines: Iterator[tuple[int, str]],
    dialect: Dialect,
    width: int,
    done: Repaired,
) -> list[str]:
    """The cells of the record that begins with a line, mended where that needs no guess."""
    cells = _split(line, dialect)
    if cells is None:  # a quote is open at the end of the line
        cells = _continue(line, held, lines, dialect, width)
        if cells is None:
            cells = line.split(dialect.delimiter)
            if len(cells) != width:
                return [line]
            done.repaired["stray_quote"] += 1
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        cells = cells[:width]
        done.repaired["trailing_delimiters"] += 1
    return cells


def _continue(
    line: str,
    held: list[tuple[int, str]],
    lines: Iterator[tuple[int, str]],
    dialect: Dialect,
    width: int,
) -> list[str] | None:
    """The cells of a record that goes on over the next lines; None if its quote never closes."""
    joined, taken = [line], 0
    while taken < _LONGEST_RECORD:
        if taken == len(held):
            more = next(lines, None)
            if more is None:
                return None
            held.append(more)
        joined.append(held[taken][1])
        taken += 1
        if dialect.quote in joined[-1]:
            cells = _split("\n".join(joined), dialect)
            if cells is not None and len(cells) >= width:
                if len(cells) > width:
                    return None  # it swallowed the next record
                del held[:taken]
                return cells
    return None


def _split(text: str, dialect: Dialect) -> list[str] | None:
    """The cells of one record; None if a quote is still open at its end."""
    delimiter, quote = dialect.delimiter, dialect.quote
    if quote not in text:
        return text.split(delimiter)
    # A doubled quote is one quote; the closing one has no other behind it.
    q = re.escape(quote)
    quoted = re.compile(f"{q}([^{q}]*(?:{q}{q}[^{q}]*)*){q}(?!{q})")
    cells, place = [], 0
    while True:
        opening = _SPACES.match(text, place).end()  # type: ignore[union-attr]
        if text[opening : opening + 1] == quote:
            found = quoted.match(text, opening)
            if found is None:
                return None
            end = text.find(delimiter, found.end())
            end = len(text) if end < 0 else end
            # What follows a closing quote belongs to the cell: stray, but not lost.
            cells.append(found[1].replace(quote * 2, quote) + text[found.end() : end])
        else:
            end = text.find(delimiter, place)
            end = len(text) if end < 0 else end
            cells.append(text[place:end])
        if end >= len(text):
            return cells
        place = end + len(delimiter)


def _physical_lines(path: Path, encoding: str, done: Repaired) -> Iterator[tuple[int, str]]:
    """Numbered lines, decoded one by one: a line that is not in the file's encoding is counted."""
    with path.open("rb") as binary:
        for number, raw in enumerate(_ended_lines(binary), 1):
            data = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
            try:
                line = data.decode(encoding)
            except UnicodeDecodeError:
                line = data.decode("cp1252", errors="replace")
                done.repaired["other_encoding"] += 1
            clean = line.translate(_CLEAN)
            if clean != line:
                done.repaired["control_characters"] += 1
            yield number, clean


def _ended_lines(binary: BinaryIO) -> Iterator[bytes]:
    first = binary.read(_HEAD_BYTES)
    binary.seek(0)
    if b"\n" in first or b"\r" not in first:
        for raw in binary:
            yield raw.rstrip(b"\r\n")
        return
    rest = b""
    while chunk := binary.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\r")
        yield from whole
    if rest:
        yield rest


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


def _encoding(raw: bytes) -> str:
    if raw.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw, final=len(raw) < _HEAD_BYTES)
    except UnicodeDecodeError:
        return "utf-8" if _mostly_utf8(raw) else "cp1252"
    return "utf-8"


def _mostly_utf8(raw: bytes) -> bool:
    """Whether more lines with letters beyond ASCII are valid UTF-8 than are not."""
    valid = invalid = 0
    for line in raw.splitlines():
        if not line.isascii():
            try:
                line.decode()
                valid += 1
            except UnicodeDecodeError:
                invalid += 1
    return valid > invalid


def _decode(raw: bytes, encoding: str, shown: str) -> str:
    try:
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        return decoder.decode(raw).removeprefix("\ufeff")
    except (LookupError, UnicodeError, AssertionError, TypeError, AttributeError):
        raise InputUnreadable(
            shown, f"“{encoding}” is not its encoding", "correct `encoding` in the plan"
        ) from None


def _dialect(lines: list[str], encoding: str) -> Dialect:
    """The delimiter under which most records of the head have the same width, and the header."""
    sample = lines[:400]
    best, best_score, best_width = Dialect(encoding=encoding), 0.0, 1
    for delimiter in _DELIMITERS:
        tried = Dialect(encoding=encoding, delimiter=delimiter, header_lines=0)
        widths = Counter(len(row) for row in _records(sample, tried) if row != [""])
        width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        score = count / max(1, sum(widths.values())) * (width > 1) * (1 + width / 1000)
        if score > best_score:
            best, best_score, best_width = tried, score, width
    return best.model_copy(update={"header_lines": _header_lines(lines, best, best_width)})


def _header_lines(lines: list[str], dialect: Dialect, width: int) -> int:
    """Physical lines up to and including the header; 0 if the first record is data already."""
    consumed = 0
    for row, used in _records_with_lines(lines[:100], dialect):
        consumed += used
        if len(row) == width and sum(1 for cell in row if cell.strip()) * 2 > width:
            return 0 if _looks_like_data(row) else consumed
    return 0 if _looks_like_data(next(_records(lines, dialect))) else 1


def _looks_like_data(row: list[str]) -> bool:
    """Whether a record cannot be a header: it holds a number, a date or somebody's details."""
    finders = [c.find for c in categories().values() if c.find and c.candidate]
    return any(
        (_NUMBER.fullmatch(cell.strip()) is not None and _YEAR.fullmatch(cell.strip()) is None)
        or read_date(cell) is not None
        or any(next(find(cell), None) for find in finders)
        for cell in row
    )


def _header(lines: list[str], dialect: Dialect) -> tuple[str, ...]:
    """The last record within the header's lines, repeated and blank names made distinct."""
    consumed, cells = 0, []
    for row, used in _records_with_lines(lines, dialect):
        if consumed >= dialect.header_lines:
            break
        consumed, cells = consumed + used, row
    seen: Counter[str] = Counter()
    names = []
    for place, cell in enumerate(cells, 1):
        name = " ".join(cell.split()) or f"column {place}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _records(lines: list[str], dialect: Dialect) -> Iterator[list[str]]:
    for row, _ in _records_with_lines(lines, dialect):
        yield row


def _records_with_lines(lines: list[str], dialect: Dialect) -> Iterator[tuple[list[str], int]]:
    place = 0
    while place < len(lines):
        taken = 1
        row = _split(lines[place], dialect)
        while row is None and taken < 100 and place + taken < len(lines):  # noqa: PLR2004 - a head
            taken += 1
            if dialect.quote in lines[place + taken - 1]:
                row = _split("\n".join(lines[place : place + taken]), dialect)
        if row is None:
            row, taken = lines[place].split(dialect.delimiter), 1
        yield row, taken
        place += taken
