"""DuckDB as a reader of the files that it reads by itself, for their first rows."""

from __future__ import annotations

from typing import Any

from audit.errors import InputUnreadable

__all__ = ["first_rows", "quoted"]


def quoted(text: str) -> str:
    """
    An SQL string literal.

    >>> quoted("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def first_rows(sql: str, shown: str, reason: str = "the file is damaged") -> list[tuple[Any, ...]]:
    """The rows of a query, on a connection of its own; DuckDB's messages, which quote, are dropped."""
    import duckdb

    config: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(config=config) as connection:
        try:
            return connection.execute(sql).fetchall()
        except duckdb.Error:
            raise InputUnreadable(shown, reason, "export it again") from None
