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
from typing import Any, NamedTuple, TextIO

from audit.categories.headers import best_name, words
from audit.errors import InputEmpty, InputUnreadable
from audit.register.columns.names import check_width
from audit.register.delimited import HEAD_BYTES, encoding_of
from audit.register.extract import DATA, HEADER, Extract, Row, distinct
from audit.register.json.layouts import are_names, named_values, records_of
from audit.vocabulary import load

__all__ = ["decoded", "elements", "tables", "tables_of"]

_CHUNK = 1 << 20
_LONGEST = 64 << 20  # characters of one element: more is no record
_DEEPEST = 12  # objects within objects
_SPACE = " \t\r\n"
_AGAIN = "export it again"
_NO_RECORDS = (
    "it holds values, but no records with named fields",
    "export it as records, or as CSV",
)


class _NotJson(ValueError):
    """Where a document stops being JSON; lines and characters are counted from 1."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__()
        self.line, self.column = line, column


class _Record(NamedTuple):
    """One record of one table, as it was met."""

    table: tuple[str, ...]
    cells: dict[str, str]
    line: int | None = None
    fate: str = DATA


class _Seen:
    """The columns and the number of records of a table, from the first reading."""

    def __init__(self) -> None:
        self.columns: dict[str, None] = {}
        self.rows = self.data = 0


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
        if record.fate == DATA:
            table.data += 1
            table.columns |= dict.fromkeys(record.cells)
            check_width(len(table.columns), shown)
    found = [name for name, table in seen.items() if table.data]
    if not found:
        if wrong is not None:
            raise InputUnreadable(shown, f"it is no valid JSON from line {wrong} on", _AGAIN)
        raise InputEmpty(shown) if not seen else InputUnreadable(shown, *_NO_RECORDS)
    return [_extract(path, shown, name, seen[name], form) for name in found]


def _extract(path: Path, shown: str, name: tuple[str, ...], seen: _Seen, form: str) -> Extract:
    columns = tuple(seen.columns)
    by_line = form == "ndjson" and not name
    return Extract(
        form=form,
        sheet=".".join(name) or None,
        header=distinct(columns),
        unit="lines" if by_line else "records",
        count=None if by_line else lambda: seen.rows,
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
    except _NotJson as error:
        where = f"it is no valid JSON from line {error.line} on (character {error.column} of it)"
        raise InputUnreadable(shown, where, _AGAIN) from None
    except (ValueError, RecursionError):  # the message would quote the text
        raise InputUnreadable(shown, "it is no valid JSON", _AGAIN) from None


def _of_document(path: Path) -> Iterator[_Record]:
    main: tuple[str, ...] = ()
    names: list[str] = []
    for number, (name, element) in enumerate(elements(path), 1):
        table = (name,) if name else ()
        if number == 1:
            main = table
        if name is None:  # what stands beside the arrays: the day of the export, a count
            yield _Record(main, {"": _text(element)}, fate=HEADER)
        elif isinstance(element, dict):
            yield from _of_record(element, table, number, None)
        elif isinstance(element, list):
            if number == 1 and are_names(element):
                names = element
            called = [*names, *(f"column {n}" for n in range(len(names) + 1, len(element) + 1))]
            cells = dict(zip(called, map(_text, element), strict=False))
            yield _Record(table, cells, fate=HEADER if element is names else DATA)
        else:
            yield _Record(table, {"": _text(element)}, fate="no_record")


def _of_lines(path: Path) -> Iterator[_Record]:
    with _reading(path) as file:
        for number, text in enumerate(file, 1):
            if not text.strip():
                yield _Record((), {}, number, "blank")
                continue
            try:
                element = _DECODER.decode(text.strip())
            except ValueError:
                yield _Record((), {"": text.strip()}, number, "invalid_json")
                continue
            if isinstance(element, dict):
                yield from _of_record(element, (), number, number)
            else:
                yield _Record((), {"": _text(element)}, number, "no_record")


def _of_record(
    element: dict[str, Any], name: tuple[str, ...], number: int, line: int | None
) -> Iterator[_Record]:
    """The record itself, then the records that its arrays hold."""
    cells: dict[str, str] = {}
    arrays: list[tuple[str, list[Any]]] = []
    _flatten(element, "", cells, arrays, 0)
    yield _Record(name, cells, line)
    key = _key(cells)
    of = name[-1] if name else "record"
    for within, array in arrays:
        parent = {key or of: cells[key] if key else str(number)}
        for item in array:
            child = dict(item) if isinstance(item, dict) else {within: item}
            if key in child:
                parent = {f"{of}.{key}": cells[key]} if key else parent
            yield from _of_record(parent | child, (*name, within), number, line)


def _flatten(
    element: dict[str, Any],
    before: str,
    cells: dict[str, str],
    arrays: list[tuple[str, list[Any]]],
    depth: int,
) -> None:
    for key, value in element.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and value and depth < _DEEPEST:
            _flatten(value, f"{name}.", cells, arrays, depth + 1)
        elif (fields := named_values(value)) is not None:
            cells |= {f"{name}.{field}": "; ".join(map(_text, of)) for field, of in fields.items()}
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            arrays.append((name, value))
        else:
            cells[name] = _text(value)


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


# --- reading without holding the file ------------------------------------------------------------


def _number(text: str) -> str:
    return text.removesuffix(".0")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of which no value is lost where a key is repeated."""
    found = dict(pairs)
    if len(found) < len(pairs):
        found = dict(zip(distinct(key for key, _ in pairs), (v for _, v in pairs), strict=True))
    return found


_DECODER = json.JSONDecoder(
    parse_float=_number, parse_int=str, parse_constant=lambda _: "", object_pairs_hook=_object
)


def decoded(path: Path, shown: str) -> Any:
    """A whole document, for the forms that must be looked at from several sides."""
    if path.stat().st_size > _LONGEST:
        raise InputUnreadable(shown, "it is larger than such a file ever is", "leave it out")
    try:
        with _reading(path) as file:
            return _DECODER.decode(file.read())
    except json.JSONDecodeError as error:
        where = f"it is no valid JSON from line {error.lineno} on"
        raise InputUnreadable(shown, where, _AGAIN) from None
    except (ValueError, RecursionError):
        raise InputUnreadable(shown, "it is no valid JSON", _AGAIN) from None


def elements(path: Path) -> Iterator[tuple[str | None, Any]]:
    """
    The elements of a document's arrays, one by one, each with the array's key.

    The key is blank for an array that is the whole document, and for an object that holds no array
    of records and so is itself a record; it is None for what stands beside the arrays. Raises
    ``ValueError`` for what is no JSON.
    """
    with _reading(path) as file:
        text = _Buffer(file)
        if text.peek() == "[":
            yield from (("", element) for element in text.array())
        elif text.peek() == "{":
            yield from _members(text)
        else:
            yield "", text.value()
        if text.peek():
            raise text.wrong()


def _members(text: _Buffer) -> Iterator[tuple[str | None, Any]]:
    beside: dict[str, Any] = {}
    arrays = False
    for key in text.members():
        if text.peek() == "[":
            for element in text.array():
                if isinstance(element, dict):
                    arrays = True
                    yield key, element
                else:
                    beside.setdefault(key, []).append(element)
        else:
            beside[key] = text.value()
    yield from _beside(beside, arrays=arrays)


def _beside(beside: dict[str, Any], *, arrays: bool) -> Iterator[tuple[str | None, Any]]:
    """What stands beside the arrays of records, if there are any: more records, or one, or words about them."""
    if not arrays and (found := records_of(beside)) is not None:
        yield from (("", record) for record in found.records)
        if rest := {key: v for key, v in beside.items() if key not in found.members}:
            yield None, rest
        return
    for key, value in list(beside.items()):
        if isinstance(value, dict) and _is_table(value):
            yield from ((f"{key}.{inner}", item) for inner, all_ in value.items() for item in all_)
        elif isinstance(value, dict) and (within := records_of(value, by_column=False)):
            yield from ((key, record) for record in within.records)
            if rest := {k: v for k, v in value.items() if k not in within.members}:
                yield None, rest
        else:
            continue
        arrays = True
        del beside[key]
    if beside:
        yield None if arrays else "", beside


def _is_table(value: dict[str, Any]) -> bool:
    """Whether an object only wraps arrays of records: ``{"data": {"customers": […]}}``."""
    return bool(value) and all(
        isinstance(v, list) and v and all(isinstance(item, dict) for item in v)
        for v in value.values()
    )


class _Buffer:
    """A document of which only the element in hand is kept."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.text, self.at, self.ended = file, "", 0, False
        self.lines, self.before = 0, 0
        """Of what is no longer kept: the line breaks, and the characters after the last of them."""

    def wrong(self, at: int | None = None) -> _NotJson:
        """The error of which the place is here, or at a character of what is kept."""
        said = self.text[: self.at if at is None else at]
        lines = said.count("\n")
        column = len(said) - said.rfind("\n") if lines else self.before + len(said) + 1
        return _NotJson(self.lines + lines + 1, column)

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in _SPACE:
                    return self.text[self.at]
                self.at += 1
            if self.ended:
                return ""
            self._more()

    def value(self) -> Any:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if self.ended or len(self.text) - self.at > _LONGEST:
                    raise self.wrong(error.pos) from None
            else:
                if end < len(self.text) or self.ended:  # a number may go on
                    self.at = end
                    return value
            self._more()

    def array(self) -> Iterator[Any]:
        """The elements of an array."""
        yield from self._items("]", self.value)

    def members(self) -> Iterator[str]:
        """The keys of an object; whoever asks reads the value after each."""

        def key() -> str:
            name = self.value()
            if not isinstance(name, str):
                raise self.wrong()
            self._take(":")
            return name

        yield from self._items("}", key)

    def _items(self, closing: str, read: Any) -> Iterator[Any]:
        self.at += 1
        if self.peek() == closing:
            self.at += 1
            return
        while True:
            yield read()
            if self.peek() == closing:
                self.at += 1
                return
            self._take(",")

    def _take(self, expected: str) -> None:
        if self.peek() != expected:
            raise self.wrong()
        self.at += 1

    def _more(self) -> None:
        size = max(_CHUNK, len(self.text) - self.at)
        new = self.file.read(size)
        self.ended = not new
        gone = self.text[: self.at]
        self.lines += gone.count("\n")
        last = gone.rfind("\n")
        self.before = self.before + len(gone) if last < 0 else len(gone) - last - 1
        self.text, self.at = self.text[self.at :] + new, 0


def _reading(path: Path) -> TextIO:
    with path.open("rb") as file:
        encoding = encoding_of(file.read(HEAD_BYTES))
    return path.open(
        encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="replace", newline="\n"
    )
