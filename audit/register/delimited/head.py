"""The head of a file: what its first mebibyte tells of how it is written, and of its tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from audit.errors import InputEmpty, InputUnreadable
from audit.register.columns.names import check_width, distinct
from audit.register.delimited.dialect import dialect_of
from audit.register.delimited.encoding import decode, encoding_of
from audit.register.delimited.footer import as_on_each_page, is_subtotal, is_total
from audit.register.delimited.header import (
    Header,
    begins_table,
    find_header,
    titles_above,
)
from audit.register.delimited.lines import first_bytes, split_lines
from audit.register.delimited.model import HEAD_BYTES, MARKERS, Head, Part, Told
from audit.register.delimited.shape import Profile, are_unlike, are_words, is_drawn
from audit.register.delimited.split import Record, records, split
from audit.register.delimited.trimmed import padded, trimmed_width
from audit.register.model import Dialect

__all__ = ["read_head", "read_heads", "titles"]

_MOST_BYTES = 3 << 20  # where a mebibyte has hardly a line: one cell may be as long
_FEW_LINES = 40
_SAMPLE_ROWS = 1000
_TAIL_BYTES = 1 << 13
_MOST_REMARKS = 10  # records
_MOST_LINES = 60  # records, blank ones too, in which titles stand above a table
_FEWEST_ALIKE = 3  # records that tell what the columns of a table hold
_MOST_TITLE_ROWS = 3  # above a further table
_NOTHING_TOLD = Told()
# At the end of what was read the line feed may be yet to come.
_LONE_RETURN = re.compile(r"\r(?!\n|\Z)")


def read_head(path: Path, shown: str, dialect: Dialect | None = None) -> Head:
    """
    Encoding, dialect and header of a file, or of the first table in it.

    ``shown`` names the file in errors; a ``dialect`` from the plan is taken as it is.
    """
    return read_heads(path, shown, dialect)[0]


def read_heads(
    path: Path,
    shown: str,
    dialect: Dialect | None = None,
    part: Part | None = None,
    told: Told = _NOTHING_TOLD,
) -> list[Head]:
    """
    The head of each table of a file: there may be several, one below the other.

    With a ``dialect`` that is said, the head of the one table, or of that in a ``part`` of the file.
    What is ``told`` of the file wins over what its lines look like.
    """
    raw, whole = _start(path, shown)
    if not raw.strip():
        raise InputEmpty(shown)
    encoding = dialect.encoding if dialect else told.encoding or encoding_of(raw, whole=whole)
    text = decode(raw, encoding, shown)
    if not text.strip("\ufeff \t\r\n\x1a\0"):
        raise InputEmpty(shown)
    returns = _LONE_RETURN.search(text) is not None or (whole and text.endswith("\r"))
    lines = [line.rstrip("\x1a") for line in split_lines(text)]
    if not whole and len(lines) > 1:
        lines.pop()  # cut in the middle
    if dialect is not None:
        part = part or Part()
        head = _given(lines[part.first - 1 : part.last], dialect, shown)
        seen = None if whole or told.one_table else len(lines)
        ragged = head.ragged or returns or part != Part()
        return [replace(head, ragged=ragged, part=part, seen=seen)]
    found = dialect_of(lines, encoding, told.delimiter).model_copy(update=told.marks)
    returns = returns or _ends_in_footer(path, found)
    read = [r._replace(cells=[""]) if is_drawn(r.text) else r for r in records(lines, found)]
    check_width(_width(read), shown)
    tables = _tables(read, told)
    heads, first = [], 1
    for place, table in enumerate(tables):
        taken = sum(record.lines for record in table)
        alone = len(tables) == 1
        last = None if place == len(tables) - 1 else first + taken - 1
        head = _decided(table, found)
        if place == 0 and told.header_lines not in (None, head.dialect.header_lines):
            said = found.model_copy(update={"header_lines": told.header_lines})
            head = _given(lines[:taken], said, shown)
        sheet = None if place == 0 else f"table {place + 1}"
        of_file = Part(first=first, last=last)
        heads.append(
            replace(
                head,
                ragged=head.ragged or returns or not alone,
                part=of_file,
                sheet=sheet,
                seen=None if whole or told.one_table else len(lines),
            )
        )
        first += taken
    return heads


def titles(path: Path, head: Head, shown: str) -> list[tuple[int, str]]:
    """The lines above a table's header, which are no records, each with its number."""
    above = head.dialect.header_lines - 1
    if above < 1:
        return []
    raw, _ = _start(path, shown)
    lines = split_lines(decode(raw, head.dialect.encoding, shown))
    first = head.part.first
    return list(enumerate(lines[first - 1 : first - 1 + above], first))


def _start(path: Path, shown: str) -> tuple[bytes, bool]:
    """The first bytes of a file, and whether they are all of it."""
    raw = first_bytes(path, shown, HEAD_BYTES)
    size = HEAD_BYTES
    if len(raw) == size and raw.count(b"\n") + raw.count(b"\r") < _FEW_LINES:
        size = _MOST_BYTES
        raw = first_bytes(path, shown, size)
    return raw, len(raw) < size


def _ends_in_footer(path: Path, dialect: Dialect) -> bool:
    """Whether the last line of a file is a total: then it must not be read as a record."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES) // 4 * 4)  # a character is 4 at most
        tail = file.read()
    lines = [line for line in split_lines(tail.decode(dialect.encoding, "replace")) if line.strip()]
    return bool(lines) and is_total(split(lines[-1], dialect).cells)


def _given(lines: Sequence[str], dialect: Dialect, shown: str) -> Head:
    """The head of a file whose dialect and header are said."""
    if dialect.header_lines > len(lines):
        problem = f"`header_lines` is {dialect.header_lines}, but it has {len(lines)} lines"
        raise InputUnreadable(shown, problem, "correct `header_lines` in the plan")
    above = list(records(lines[: dialect.header_lines], dialect))
    found = list(records(lines[dialect.header_lines :], dialect))
    names = distinct(above[-1].cells) if above else ()
    width = len(names) or _width(found)
    check_width(width, shown)
    if width == 1 < _width(found):
        problem = f"line {dialect.header_lines} of it has one cell, the records have more"
        raise InputUnreadable(
            shown, problem, "correct `header_lines` in the plan: it is the line of the header"
        )
    names = names or distinct([""] * width)
    trimmed = bool(above) and trimmed_width([above[-1], *found], width) == width
    rows = _filled_up(found, width) if trimmed else found
    return _head(above, rows, names, dialect, trimmed=trimmed)


def _decided(found: Sequence[Record], dialect: Dialect) -> Head:
    """The head of a table, its header found among its first records."""
    width = _width(found)
    trimmed = trimmed_width(found, width)
    if trimmed is not None:
        width, found = trimmed, _filled_up(found, trimmed)
    header: Header = find_header(found, width, dialect)
    above = sum(record.lines for record in found[: header.records])
    said = dialect.model_copy(update={"header_lines": above})
    titles, rows = found[: header.records], found[header.records :]
    return _head(titles, rows, header.names, said, trimmed=trimmed is not None)


def _filled_up(found: Sequence[Record], width: int) -> list[Record]:
    """Records of which the cells that were not written are blank ones; titles stay as they are."""
    return [
        record._replace(cells=padded(record.cells, width)) if len(record.cells) > 1 else record
        for record in found
    ]


def _head(
    titles: Sequence[Record],
    found: Sequence[Record],
    names: tuple[str, ...],
    dialect: Dialect,
    *,
    trimmed: bool = False,
) -> Head:
    width = len(names)
    again = frozenset(as_on_each_page(r.cells) for r in titles if r.text.strip()) - {()}
    filled = [record for record in found if record.text.strip()]
    whole = [r for r in filled if len(r.cells) == width and r.clean and not is_drawn(r.text)]
    rows = tuple(tuple(record.cells) for record in whole[:_SAMPLE_ROWS])
    return Head(
        dialect=dialect,
        header=names,
        rows=tuple(row for row in rows if not is_subtotal(row)),
        again=again,
        trimmed=trimmed,
        ragged=len(whole) < len(filled)
        or trimmed
        or bool(dialect.gaps)
        or any(record.wrapped for record in filled)
        or dialect.delimiter in MARKERS
        or any(map(is_subtotal, rows))
        or any(as_on_each_page(row) in again or not "".join(row).strip() for row in rows),
        multiline=any("\n" in cell for row in rows for cell in row),
    )


def _width(found: Sequence[Record]) -> int:
    """How many columns most records have; more than one where any has."""
    widths = Counter(len(record.cells) for record in found if record.text.strip())
    return max(widths, key=lambda width: (width > 1, widths[width], width), default=1)


def _tables(found: Sequence[Record], told: Told) -> list[list[Record]]:
    """The records of each table of a file; title rows belong to the table below them."""
    if told.one_table:
        return [list(found)]
    tables: list[list[Record]] = [[]]
    apart, line = False, 1
    for place, record in enumerate(found):
        blank = not "".join(record.cells).strip()
        below = line > (told.header_lines or 0)
        line += record.lines
        if not blank and below and _begins(tables[-1], found, place, apart=apart):
            tables.append([])
        tables[-1].append(record)
        apart = blank
    return tables


def _are_titles(table: Sequence[Record], rows: Sequence[Record], header: Record) -> bool:
    """Whether all that stands above a header are titles, and names and values: who printed it, when."""
    if len(rows) <= _MOST_REMARKS and max(len(r.cells) for r in rows) == 2:  # noqa: PLR2004
        return True
    above = [r.cells for r in table]
    return len(above) <= _MOST_LINES and titles_above([*above, header.cells]) == len(above)


def _below_titles(found: Sequence[Record], place: int) -> int:
    """The record below a title or two of one cell each; the same place where none is there."""
    at, titles = place, 0
    while at < len(found) and titles <= _MOST_TITLE_ROWS:
        filled = sum(1 for cell in found[at].cells if cell.strip())
        if filled > 1:
            return at
        titles += filled
        at += 1
    return place


def _is_row(record: Record) -> bool:
    return len(record.cells) > 1 and bool("".join(record.cells).strip())


def _is_typed(record: Record | None) -> bool:
    return record is not None and not are_words([cell for cell in record.cells if cell.strip()])


def _is_another(before: Sequence[Record], after: Sequence[Sequence[str]], width: int) -> bool:
    """Whether what stands below a record is of another table than what stands above it, as wide as it is."""
    above = [r.cells for r in before[1:] if len(r.cells) == width]
    below = [row for row in after if len(row) == width]
    known = min(len(above), len(below)) >= _FEWEST_ALIKE
    return known and are_unlike(Profile(above, width).typed(), Profile(below, width).typed())


def _begins(table: Sequence[Record], found: Sequence[Record], place: int, *, apart: bool) -> bool:
    """Whether the record at a place heads a table of its own, or is a title above one that does."""
    if apart:
        place = _below_titles(found, place)
    record = found[place]
    width = len(record.cells)
    last = next((r for r in reversed(table[-60:]) if _is_row(r)), None)
    same = last is not None and len(last.cells) == width
    if width < 2 or (same and not apart and not (are_words(record.cells) and _is_typed(last))):  # noqa: PLR2004
        return False
    before = [r for r in table[-60:] if _is_row(r)]
    if len(before) < 2:  # noqa: PLR2004 - a header and a record make a table
        return False
    if any(r.cells == record.cells for r in table[:100]):
        return False  # the header again, as on each page of a list
    if _are_titles(table, before, record):
        return False
    after = [r.cells for r in found[place + 1 : place + 12]]
    below = sum(len(row) == width for row in after)
    if same:
        goes_on = not apart and not _is_another(before, after, width)
    else:
        goes_on = below * 2 < min(len(after), 6)
    return not goes_on and begins_table(record.cells, after, apart=apart)
