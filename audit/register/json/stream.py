"""JSON read without holding the file: the elements of its arrays, one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from audit.errors import InputUnreadable
from audit.register.columns.names import told_apart
from audit.register.delimited import HEAD_BYTES, encoding_of
from audit.register.json.interfaces import Page, links, meant, named_tables
from audit.register.json.layouts import hold_detail, records_of

__all__ = ["DECODER", "EXPORT_AGAIN", "NotJson", "decoded", "elements", "is_list", "reading"]

EXPORT_AGAIN = "export it again"
_CHUNK = 1 << 20
_LONGEST = 64 << 20  # characters of one element: more is no record
_SPACE = " \t\r\n"


class NotJson(ValueError):
    """Where a document stops being JSON; lines and characters are counted from 1."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__()
        self.line, self.column = line, column


def _number(text: str) -> str:
    return text.removesuffix(".0")


def _object(pairs: list[tuple[str, Any]]) -> Any:
    """What an object stands for; no value of it is lost where a key is repeated."""
    found = dict(pairs)
    if len(found) < len(pairs):
        found = dict(zip(told_apart(key for key, _ in pairs), (v for _, v in pairs), strict=True))
    return meant(found)


DECODER = json.JSONDecoder(
    parse_float=_number, parse_int=str, parse_constant=lambda _: "", object_pairs_hook=_object
)
"""Numbers stay text as they are written, but for ``.0``; no value of a repeated key is lost."""


def decoded(path: Path, shown: str) -> Any:
    """A whole document, for the forms that must be looked at from several sides."""
    if path.stat().st_size > _LONGEST:
        raise InputUnreadable(shown, "it is larger than such a file ever is", "leave it out")
    try:
        with reading(path) as file:
            return DECODER.decode(file.read())
    except json.JSONDecodeError as error:
        where = f"it is no valid JSON from line {error.lineno} on"
        raise InputUnreadable(shown, where, EXPORT_AGAIN) from None
    except (ValueError, RecursionError):
        raise InputUnreadable(shown, "it is no valid JSON", EXPORT_AGAIN) from None


def is_list(path: Path) -> bool:
    """Whether a document is an array."""
    with reading(path) as file:
        return _Buffer(file).peek() == "["


def elements(path: Path) -> Iterator[tuple[str | None, Any]]:
    """
    The elements of a document's arrays, one by one, each with the array's key.

    The key is blank for an array that is the whole document, and for an object that holds no array
    of records and so is itself a record; it is None for what stands beside the arrays. Raises
    ``ValueError`` for what is no JSON.
    """
    with reading(path) as file:
        text = _Buffer(file)
        if text.peek() == "[":
            yield from named_tables("", text.array())
        elif text.peek() == "{":
            while text.peek() == "{":  # one document below the other, as `jq` writes them
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
            for name, element in named_tables(key, text.array()):
                if isinstance(element, dict) and links([element]) is None:
                    arrays = True
                    yield name, element
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
        if (records := _within(key, value)) is not None:
            yield from records
            arrays = True
            del beside[key]
    if arrays:
        yield from _of_people(beside)
    if beside:
        yield None if arrays else "", beside


def _within(key: str, value: Any) -> Iterator[tuple[str | None, Any]] | None:
    """The records of a member that holds nothing else, with what stands beside these."""
    if not isinstance(value, (dict, Page)):
        return None
    if (tables := _tables(key, value)) is not None:
        pages = ((None, t.beside) for t in tables.values() if isinstance(t, Page) and t.beside)
        return chain(((name, record) for name, of in tables.items() for record in of), pages)
    if isinstance(value, Page) or (found := records_of(value, by_column=False)) is None:
        return None
    rest = {k: v for k, v in value.items() if k not in found.members}
    return chain(((key, record) for record in found.records), [(None, rest)] if rest else ())


def _of_people(beside: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Objects and lists that hold somebody's details are records too, and are taken away from the rest."""
    for key, value in list(beside.items()):
        if isinstance(value, (dict, list)) and hold_detail(value):
            del beside[key]
            for item in [value] if isinstance(value, dict) else value:
                yield key, item if isinstance(item, dict) else {key: item}


def _tables(key: str, value: Any) -> dict[str, list[Any]] | None:
    """
    The arrays of records that a member holds and nothing else, by where they stand, however deep.

    >>> _tables("data", {"customers": [{"id": "1"}]}), _tables("data", {"id": "7", "orders": [{}]})
    ({'data.customers': [{'id': '1'}]}, None)
    """
    if isinstance(value, list):
        records = all(isinstance(item, dict) for item in value)
        return {key: value} if (value or isinstance(value, Page)) and records else None
    if not isinstance(value, dict) or not value:
        return None
    found: dict[str, list[Any]] = {}
    for inner, within in value.items():
        below = _tables(f"{key}.{inner}", within)
        if below is None:
            return None
        found |= below
    return found


class _Buffer:
    """A document of which only the element in hand is kept."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.text, self.at, self.ended = file, "", 0, False
        self.lines, self.before = 0, 0
        """Of what is no longer kept: the line breaks, and the characters after the last of them."""

    def wrong(self, at: int | None = None) -> NotJson:
        """The error of which the place is here, or at a character of what is kept."""
        said = self.text[: self.at if at is None else at]
        lines = said.count("\n")
        column = len(said) - said.rfind("\n") if lines else self.before + len(said) + 1
        return NotJson(self.lines + lines + 1, column)

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
                value, end = DECODER.raw_decode(self.text, self.at)
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


def reading(path: Path) -> TextIO:
    """The file as text, in the encoding that its beginning tells."""
    with path.open("rb") as file:
        encoding = encoding_of(file.read(HEAD_BYTES))
    return path.open(
        encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="replace", newline="\n"
    )
