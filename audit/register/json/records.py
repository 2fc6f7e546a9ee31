"""
JSON and NDJSON: arrays of records, read element by element.

Each array of objects is a table. An object inside a record is flattened (``address.city``); an array
of objects inside a record is a table of its own, whose first column is the key of the record that it
belongs to, but for keys and values, which are fields of the record (``json.layouts.named_values``);
an array of plain values is one cell. Numbers stay as they are written, but for ``.0``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from audit.categories.headers import best_name, words
from audit.errors import InputEmpty, InputUnreadable
from audit.register.columns.names import check_width
from audit.register.extract import DATA, HEADER, Extract, Row, distinct
from audit.register.json.interfaces import Page, links, tells_more
from audit.register.json.layouts import (
    are_names,
    are_people,
    is_a_detail,
    named_values,
    parted,
    with_key,
)
from audit.register.json.stream import DECODER, EXPORT_AGAIN, NotJson, elements, is_list, reading
from audit.vocabulary import load

__all__ = ["tables", "tables_of"]

_DEEPEST = 12  # objects within objects
_KEYED = "keyed"  # the one table of what stands under people's details
_NO_RECORDS = (
    "it holds values, but no records with named fields",
    "export it as records, or as CSV",
)


class _Record(NamedTuple):
    """One record of one table, as it was met."""

    table: tuple[str, ...]
    cells: dict[str, str]
    line: int | None = None
    fate: str = DATA
    more: bool = False
    """Whether it says that records follow on pages that are not in the file."""
    parent: str | None = None
    """The column that tells in which record it stands, if it stands in one."""


class _Seen:
    """The columns and the number of records of a table, from the first reading."""

    def __init__(self) -> None:
        self.columns: dict[str, None] = {}
        self.rows = self.data = self.more = 0
        self.parent: str | None = None
        self.lines: int | None = 0
        """The last line of which it has a record; None where one had several."""


def tables(path: Path, shown: str) -> list[Extract]:
    """Each array of objects of a JSON document."""
    return tables_of(path, shown, "json")


def tables_of(path: Path, shown: str, form: str) -> list[Extract]:
    """Each array of objects of a file, ``json`` or ``ndjson``."""
    seen: dict[tuple[str, ...], _Seen] = {}
    wrong: int | None = None
    for record in _records(path, shown, form):
        if record.fate == "invalid_json":
            wrong = wrong or record.line
        table = seen.setdefault(record.table, _Seen())
        table.rows += 1
        table.more += record.more
        if table.lines is not None and record.line is not None:
            table.lines = None if record.line == table.lines else record.line
        if record.fate == DATA:
            table.data += 1
            table.parent = record.parent
            table.columns |= dict.fromkeys(record.cells)
            check_width(len(table.columns), shown)
    found = [name for name, table in seen.items() if table.data]
    if not found:
        if wrong is not None:
            raise InputUnreadable(shown, f"it is no valid JSON from line {wrong} on", EXPORT_AGAIN)
        raise InputEmpty(shown) if not seen else InputUnreadable(shown, *_NO_RECORDS)
    return [_extract(path, shown, name, seen[name], form) for name in found]


def _extract(path: Path, shown: str, name: tuple[str, ...], seen: _Seen, form: str) -> Extract:
    columns = tuple(seen.columns)
    by_line = form == "ndjson" and not name and seen.lines is not None
    return Extract(
        form=form,
        sheet=".".join(name) or None,
        header=distinct(columns),
        unit="lines" if by_line else "records",
        count=None if by_line else lambda: seen.rows,
        within=seen.parent,
        notes=(("more_pages", seen.more),) if seen.more else (),
        rows=partial(_rows, path, shown, name, columns, form),
    )


def _rows(
    path: Path,
    shown: str,
    name: tuple[str, ...],
    columns: tuple[str, ...],
    form: str,
) -> Iterator[Row]:
    for record in _records(path, shown, form):
        if record.table == name:
            cells = record.cells
            if record.fate == DATA:
                yield Row([cells.get(column, "") for column in columns], line=record.line)
            else:
                yield Row(list(cells.values()), record.fate, record.line)


def _records(path: Path, shown: str, form: str) -> Iterator[_Record]:
    try:
        yield from _of_lines(path) if form == "ndjson" else _of_document(path)
    except NotJson as error:
        where = f"it is no valid JSON from line {error.line} on (character {error.column} of it)"
        raise InputUnreadable(shown, where, EXPORT_AGAIN) from None
    except (ValueError, RecursionError):  # the message would quote the text
        raise InputUnreadable(shown, "it is no valid JSON", EXPORT_AGAIN) from None


def _of_document(path: Path) -> Iterator[_Record]:
    main: tuple[str, ...] | None = None
    names: list[str] = []
    beside: list[Any] = []  # what stands beside the arrays: the day of the export, a count
    listed = False  # whether the document is a list of values, as of addresses
    for number, (name, read) in enumerate(elements(path), 1):
        if name is None:
            beside.append(read)
            continue
        table, element = ((name,) if name else ()), read
        if is_a_detail(name) or are_people((name,)):
            table, element = (_KEYED,), with_key(name, read)
        if main is None:
            main = table
        if isinstance(element, dict):
            yield from _of_record(element, table, number, None)
        elif isinstance(element, list):
            if number == 1 and are_names(element):
                names = element
            called = [*names, *(f"column {n}" for n in range(len(names) + 1, len(element) + 1))]
            cells = dict(zip(called, map(_text, element), strict=False))
            yield _Record(table, cells, fate=HEADER if element is names else DATA)
        else:
            listed |= number == 1 and name == "" and is_list(path)
            fate = DATA if listed else "no_record"
            yield _Record(table, {"column 1" if listed else "": _text(element)}, fate=fate)
    for read in beside:
        yield _Record(main or (), {"": _text(read)}, fate=HEADER, more=tells_more(read))


def _of_lines(path: Path) -> Iterator[_Record]:
    with reading(path) as file:
        for number, text in enumerate(file, 1):
            if not text.strip():
                yield _Record((), {}, number, "blank")
                continue
            try:
                element = DECODER.decode(text.strip())
            except ValueError:
                yield _Record((), {"": text.strip()}, number, "invalid_json")
                continue
            if isinstance(element, dict):
                yield from _of_record(element, (), number, number)
            else:
                yield _Record((), {"": _text(element)}, number, "no_record")


def _of_record(
    element: dict[str, Any],
    name: tuple[str, ...],
    number: int,
    line: int | None,
    parent: str | None = None,
) -> Iterator[_Record]:
    """The record itself, then the records that its arrays hold."""
    fields, keyed = parted(element)
    if keyed and not fields:
        for item in keyed:
            yield from _of_record(item, name, number, line)
        return
    cells: dict[str, str] = {}
    arrays: dict[str, list[Any]] = {_KEYED: keyed}
    _flatten(fields, "", cells, arrays, 0)
    more = any(isinstance(array, Page) and tells_more(array.beside) for array in arrays.values())
    itself = bool(cells) or line is not None or not any(arrays.values())
    if itself:
        yield _Record(name, cells, line, more=more, parent=parent)
    key = _key(cells)
    of = name[-1].rpartition(".")[2] if name else "record"
    for within, array in arrays.items():
        column = key or of
        for item in array:
            child = dict(item) if isinstance(item, dict) else {within: item}
            if key in child:
                column = f"{of}.{key}"
            above = {column: cells[key] if key else str(number)} if itself else {}
            yield from _of_record(
                above | child, (*name, within), number, line, column if itself else None
            )


def _flatten(
    element: dict[str, Any],
    before: str,
    cells: dict[str, str],
    arrays: dict[str, list[Any]],
    depth: int,
) -> None:
    for key, value in element.items():
        name = _called(before, key)
        if isinstance(value, dict) and value and depth < _DEEPEST:
            own, keyed = parted(value)
            arrays[_KEYED] += [{"under": name} | item for item in keyed]
            _flatten(own, f"{name}.", cells, arrays, depth + 1)
        elif (fields := named_values(value) or links(value)) is not None:
            cells |= {f"{name}.{field}": "; ".join(map(_text, of)) for field, of in fields.items()}
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            value[:0] = arrays.get(name, ())
            arrays[name] = value
        elif value != []:  # which in other records may be a table
            cells[name] = _text(value)


def _called(before: str, key: str) -> str:
    """The name of a field; what converters of XML call the text of an element is the element's own."""
    if key in _TEXT_OF_ELEMENT:
        return before.removesuffix(".") or "value"
    return f"{before}{key}"


_TEXT_OF_ELEMENT = ("#text", "$t", "_text", "__text")


def _key(cells: dict[str, str]) -> str | None:
    """The field that names a record: an id, or a customer's, order's or invoice's number."""
    keys = {word for kind in load("tables")["kinds"].values() for word in kind["keys"]} | {
        "id",
        "key",
    }
    numbers = {"customer_number": _customer_numbers()}
    # Its own id goes before the numbers of what it belongs to.
    for name, text in sorted(cells.items(), key=lambda cell: words(cell[0]) not in ("id", "key")):
        if text and (words(name) in keys or best_name(name, numbers)):
            return name
    return None


def _customer_numbers() -> tuple[str, ...]:
    from audit.categories import categories

    return categories()["customer_number"].headers


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        return "; ".join(map(_text, value))
    return json.dumps(value, ensure_ascii=False) if value else ""
