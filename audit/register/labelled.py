"""
Records whose fields stand one below the other, each behind its label.

So cards are printed, answers to a form come by mail, and directories of accounts are exported (LDIF, RFC
2849). A record begins with the label that the first one begins with, or behind a blank line where each does
so. A line without a label goes on with the field above it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

from audit.categories.name import may_name_somebody, tells_name
from audit.register.columns.names import LONGEST_NAME
from audit.register.delimited import (
    HEAD_BYTES,
    encoding_of,
    first_bytes,
    is_drawn,
    looks_like_data,
)
from audit.register.delimited.lines import physical_lines
from audit.register.extract import BLANK, DATA, HEADER, Extract, Row, distinct
from audit.register.model import Dialect

__all__ = ["is_labelled", "tables"]

_FIELD = re.compile(
    rf"(?P<label>[^\W\d][\w .,()/&-]{{0,{LONGEST_NAME - 1}}}?) *(?P<mark>::?)(?!//)(?P<value>.*)"
)
_FEWEST, _NARROWEST = 2, 3  # records, fields of one
_MOST_LABELS = 200
_RARE = 50  # one record of so many has a field at least
_NEARLY_ALL, _MOST = 0.8, 0.6
_LOOKED_AT = 400  # lines


class _Line(NamedTuple):
    number: int
    text: str
    label: str = ""
    """Blank where it has none."""
    value: str = ""


class _Record(NamedTuple):
    lines: list[_Line]
    whole: bool
    """False for what stands above the first one."""


class _Begins(NamedTuple):
    """What a record begins with."""

    label: str
    behind_blank: bool
    """Whether each blank line parts two records, whatever label stands behind it."""


def is_labelled(text: str) -> bool:
    r"""
    Whether the start of a text is such records.

    >>> is_labelled("Name: Aino\nPhone: 040 1\n\nName: Bo\nPhone: 050 1\nTown: Espoo\n")
    True
    >>> is_labelled("Note: ring them.\nThey come on Monday.\n"), is_labelled("INFO: a\nINFO: b\n" * 9)
    (False, False)
    """
    lines = list(enumerate(text.splitlines()[:_LOOKED_AT], 1))
    read = [line for line in map(_read, lines) if line.text.strip()]
    labels = {line.label for line in read if line.label}
    begins = _begins(lines)
    if begins is None or len(labels) > _MOST_LABELS or any(map(tells_name, labels)):
        return False
    if sum(bool(line.label) for line in read) < _NEARLY_ALL * len(read):
        return False
    found = [{line.label for line in r.lines} - {""} for r in _records(lines, begins) if r.whole]
    often = Counter(label for record in found for label in record)
    shared = sum(number >= _MOST * len(found) for number in often.values())
    return len(found) >= _FEWEST and shared >= _NARROWEST - begins.behind_blank


def _is_value(label: str) -> bool:
    """Whether a label is no field's, but somebody's name, as where people talk in turns."""
    return tells_name(label) or may_name_somebody(label) or looks_like_data([label])


def tables(path: Path, shown: str) -> list[Extract]:
    """The file as one table, each label a column."""
    begins = _begins(list(islice(_numbered(path, shown), _LOOKED_AT)))
    assert begins is not None  # which the start of the file told
    above: list[tuple[int, str]] = []
    often: Counter[str] = Counter()
    named: dict[tuple[str, str], None] = {}  # what may be columns, each with its label
    records = 0
    for record in _records(_numbered(path, shown), begins):
        if record.whole:
            records += 1
            often.update({line.label for line in record.lines})
            named |= dict.fromkeys((name, line.label) for name, line in _named(record.lines))
        else:
            above += ((line.number, line.text) for line in record.lines if line.text.strip())
    known = frozenset(
        label
        for label, number in often.items()
        if label and number > 1 and number * _RARE >= records and not _is_value(label)
    )
    ordered = tuple(dict.fromkeys(name for name, label in named if label in known))
    return [
        Extract(
            form="labelled",
            header=distinct(ordered),
            unit="lines",
            rows=partial(_rows, path, shown, begins, known, ordered),
            beside=tuple(above),
        )
    ]


def _rows(
    path: Path, shown: str, begins: _Begins, known: frozenset[str], columns: Sequence[str]
) -> Iterator[Row]:
    for record in _records(_numbered(path, shown), begins):
        filled = [line.number for line in record.lines if line.text.strip()]
        if record.whole:
            cells = _cells(record.lines, known)
            row = [cells.get(name, "") for name in columns]
            yield Row(row, DATA, filled[0], filled[-1] - filled[0] + 1)
            rest = [line for line in record.lines if line.number > filled[-1]]
        else:
            rest = record.lines
        for line in rest:
            yield Row([line.text], HEADER if line.text.strip() else BLANK, line.number)


def _numbered(path: Path, shown: str) -> Iterator[tuple[int, str]]:
    encoding = encoding_of(first_bytes(path, shown, HEAD_BYTES))
    return physical_lines(path, Dialect(encoding=encoding), Counter())


def _read(numbered: tuple[int, str]) -> _Line:
    number, text = numbered
    if is_drawn(text):
        return _Line(number, "")
    if text.startswith("#"):  # what `ldapsearch` writes above each entry
        return _Line(number, text, "comment", text.lstrip("# "))
    found = _FIELD.match(text)
    if found is None:
        return _Line(number, text)
    value = found["value"].strip()
    if found["mark"] == "::":
        value = _decoded(value)
    return _Line(number, text, found["label"].strip(), value)


def _decoded(value: str) -> str:
    """What LDIF has in base 64; it stays as it is where it is no text."""
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return value


def _begins(lines: Sequence[tuple[int, str]]) -> _Begins | None:
    """The label that records begin with: of those behind blank lines the first that comes again."""
    read = [_read(line) for line in lines]
    often = Counter(line.label for line in read)
    blocks = [
        below.label
        for above, below in pairwise([_Line(0, ""), *read])
        if below.label and not above.text.strip()
    ]
    first = next((label for label in blocks if often[label] > 1), None)
    if first is None:
        return None
    return _Begins(first, blocks.count(first) >= _NEARLY_ALL * len(blocks))


def _records(lines: Iterable[tuple[int, str]], begins: _Begins) -> Iterator[_Record]:
    """The lines of each record with the blank ones below it; first those above all records."""
    held: list[_Line] = []
    begun = blank = False
    for line in map(_read, lines):
        parted = begins.behind_blank and blank and begun and line.label
        if line.label == begins.label or parted:
            if held:
                yield _Record(held, begun)
            held, begun = [], True
        held.append(line)
        blank = not line.text.strip()
    if held:
        yield _Record(held, begun)


def _named(record: Sequence[_Line]) -> Iterator[tuple[str, _Line]]:
    """The lines that have a label, each with its name: one that comes again has its number behind it."""
    seen: Counter[str] = Counter()
    for line in record:
        if line.label:
            seen[line.label] += 1
            yield line.label if seen[line.label] == 1 else f"{line.label} {seen[line.label]}", line


def _cells(record: Sequence[_Line], known: frozenset[str]) -> dict[str, str]:
    """
    The values by name.

    What only a few records have before a colon, *Hi Aino: …*, is no label but part of a text.
    """
    cells: dict[str, str] = {}
    names = {line.number: name for name, line in _named(record)}
    name = ""
    for line in record:
        if line.label in known:
            name = names[line.number]
            cells[name] = line.value
        elif line.text.startswith(" ") and name:  # a long line that was folded
            cells[name] += line.text[1:]
        elif line.text.strip() and name:
            cells[name] = f"{cells[name]}\n{line.text}".strip()
    return cells
