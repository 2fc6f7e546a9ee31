"""SQLite databases: each table of the file, and nothing that is only a view of one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import quote

from audit.errors import InputEmpty, InputUnreadable
from audit.register.extract import Extract, Row, distinct
from audit.register.query import identifier
from audit.register.sheets.tables import as_text

__all__ = ["cell_text", "decoded", "tables"]


def tables(path: Path, shown: str) -> list[Extract]:
    """Each table, without header where it has no rows; the file is opened read-only, and no journal is written beside it."""
    _check(path, shown)
    try:
        connection = _opened(path)
        try:
            names = [
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' "
                    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
                    "AND coalesce(sql, '') NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid"
                )
            ]
            found = [_table(connection, path, shown, name) for name in names]
            [(views,)] = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'view'"
            )
        finally:
            connection.close()
    except sqlite3.Error:
        raise _unreadable(shown) from None
    if not any(extract.header for extract in found):
        raise InputEmpty(shown)
    first = next(n for n, extract in enumerate(found) if extract.header)
    if views:
        found[first] = replace(found[first], notes=(*found[first].notes, ("views", int(views))))
    return found


def _check(path: Path, shown: str) -> None:
    """Refuse a file that was cut, or that lacks what is still in its write-ahead log."""
    with path.open("rb") as file:
        header = file.read(100)
    # The file format's own fields: page size, change counter, pages, counter that they are valid for.
    size, changed, pages, valid_for = (
        int.from_bytes(header[at : at + length], "big")
        for at, length in ((16, 2), (24, 4), (28, 4), (92, 4))
    )
    if changed == valid_for and path.stat().st_size < pages * (65536 if size == 1 else size):
        raise _unreadable(shown)
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise InputUnreadable(
            shown,
            f"its last changes are still in {log.name}",
            "close the program that writes it, or export a copy",
        )


def _table(connection: sqlite3.Connection, path: Path, shown: str, name: str) -> Extract:
    [(count,)] = connection.execute(f"SELECT count(*) FROM {identifier(name)}")
    if not count:
        return Extract(form="sqlite", sheet=name, header=())
    cursor = connection.execute(f"SELECT * FROM {identifier(name)} LIMIT 0")
    return Extract(
        form="sqlite",
        sheet=name,
        header=distinct(column[0] for column in cursor.description),
        count=lambda: int(count),
        rows=partial(_rows, path, shown, name),
    )


def _rows(path: Path, shown: str, name: str) -> Iterator[Row]:
    try:
        connection = _opened(path)
        try:
            for record in connection.execute(f"SELECT * FROM {identifier(name)}"):
                yield Row([cell_text(value) for value in record])
        finally:
            connection.close()
    except sqlite3.Error:
        raise _unreadable(shown) from None


def _opened(path: Path) -> sqlite3.Connection:
    uri = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    # A text that is no UTF-8 is read as what old programs of Windows wrote.
    connection.text_factory = decoded
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def decoded(data: bytes) -> str:
    """A text of the file; a driver asks for it as its ``text_factory``."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def cell_text(value: object) -> str:
    """A cell as text; a picture or another file in a cell is only said to be one."""
    if not isinstance(value, bytes):
        return as_text(value)
    try:
        return value.decode()
    except UnicodeDecodeError:
        return f"({len(value)} bytes)"


def _unreadable(shown: str) -> InputUnreadable:
    return InputUnreadable(shown, "the database is damaged or encrypted", "export its tables again")
