"""DuckDB as a reader of the files that it reads by itself, and the literals and names of its SQL."""

from __future__ import annotations

from typing import Any

from audit.errors import InputUnreadable

__all__ = ["OFFLINE", "fetched", "first_rows", "identifier", "quoted"]

#: It would call the network for an extension that it lacks.
OFFLINE: dict[str, Any] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}


def quoted(text: str) -> str:
    """
    An SQL string literal.

    >>> quoted("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """
    An SQL name.

    >>> identifier('in "quotes"') == '"in ""quotes' + '"' * 3
    True
    """
    return '"' + name.replace('"', '""') + '"'


def fetched(sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query, on a connection of its own."""
    import duckdb

    with duckdb.connect(config=OFFLINE) as connection:
        return connection.execute(sql).fetchall()


def first_rows(sql: str, shown: str, reason: str = "the file is damaged") -> list[tuple[Any, ...]]:
    """The rows of a query on a source; DuckDB's messages, which quote, are dropped."""
    import duckdb

    try:
        return fetched(sql)
    except duckdb.Error:
        raise InputUnreadable(shown, reason, "export it again") from None
