"""
A connection that reads one state of the database, writes nothing, and tells no secret.

What a driver says is never shown or chained: its words may hold the URL, a password or a cell.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from audit.errors import InputUnreadable
from audit.register.database.dialect import Dialect

__all__ = ["MARIADB_WRITES", "POSTGRESQL_WRITES", "Connection", "Connections", "connected"]

#: What makes a transaction of PostgreSQL write values as texts in one way, whoever asks.
POSTGRESQL_WRITES = (
    "SET LOCAL DateStyle = 'ISO'",
    "SET LOCAL TimeZone = 'Europe/Helsinki'",
    "SET LOCAL standard_conforming_strings = on",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL xmloption = 'content'",
    "SET LOCAL IntervalStyle = 'iso_8601'",
    # It takes longer to compile the patterns' surroundings than to run them.
    "SET LOCAL jit = off",
)
#: The same of a session of MariaDB.
MARIADB_WRITES = "SET SESSION time_zone = '+00:00'"

_FETCHED = 2000  # rows at a time
_SECONDS = "15"  # that a server may take to answer at all
_POSTGRESQL = ("postgresql", "postgres")
_MARIADB = ("mariadb", "mysql")
# What a server says at the door, by its code: the state of SQL, or MariaDB's own number.
_AT_THE_DOOR = {
    "28P01": "it refuses the name or the password",
    "28000": "it refuses the name or the password",
    "1045": "it refuses the name or the password",
    "1044": "it refuses the name or the password",
    "1698": "it refuses the name or the password",
    "3D000": "there is no database of that name",
    "1049": "there is no database of that name",
}
_REFUSED = {"42501", "1142", "1143"}


class Connection:
    """One transaction, read-only, in which every query sees the same state."""

    def __init__(self, raw: Any, dialect: Dialect, shown: str, failure: type[Exception]) -> None:
        self._raw = raw
        self.dialect = dialect
        self.shown = shown
        self._failure = failure

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a small query."""
        with self._said(), self._raw.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    def stream(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a few thousand at a time: the server keeps the others."""
        with self._said(), self._cursor() as cursor:
            cursor.execute(sql)
            while batch := cursor.fetchmany(_FETCHED):
                yield from batch

    def _cursor(self) -> Any:
        if self.dialect.kind == "postgresql":
            return self._raw.cursor(name="register_audit")
        from MySQLdb.cursors import SSCursor

        return self._raw.cursor(SSCursor)

    @contextmanager
    def holding(self, shown: str) -> Iterator[None]:
        """
        Read one of several tables, so that the state that is read outlasts what is refused.

        ``shown`` names the table in errors.
        """
        self.shown = shown
        saved = self.dialect.kind == "postgresql"  # there an error ends the whole transaction
        if saved:
            self._told("SAVEPOINT one_table")
        try:
            yield
        except BaseException:
            if saved:
                with suppress(InputUnreadable):  # the connection itself may be what was lost
                    self._told("ROLLBACK TO SAVEPOINT one_table")
            raise
        if saved:
            self._told("RELEASE SAVEPOINT one_table")

    def is_there(self) -> bool:
        """Whether the database still answers."""
        try:
            return bool(self.rows("SELECT 1"))
        except InputUnreadable:
            return False

    def _told(self, statement: str) -> None:
        with self._said(), self._raw.cursor() as cursor:
            cursor.execute(statement)

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except self._failure as error:
            raise self._sentence(_code(error)) from None

    def _sentence(self, code: str) -> InputUnreadable:
        if code in _REFUSED:
            return InputUnreadable(
                self.shown, "its user may not read it", "grant SELECT on the table to that user"
            )
        lost = not code or code[:2] in ("08", "57") or code in ("2006", "2013", "1927", "1317")
        if lost:
            return InputUnreadable(
                self.shown,
                "the connection was lost before the last row",
                "nothing is concluded from it; audit again when the database stays there",
            )
        return InputUnreadable(
            self.shown,
            f"the database refuses the query with its code {code}",
            "name a view of the table that has plain columns, or export it",
        )


@contextmanager
def connected(variable: str, shown: str) -> Iterator[Connection]:
    """
    Connect to the database whose URL an environment variable holds; ``shown`` names the source.

    Raises ``InputUnreadable`` where that is not possible, with what to do in its sentence.
    """
    url = os.environ.get(variable, "").strip()
    if not url:
        raise InputUnreadable(
            shown, f"{variable} is not set", "give the database's URL in that environment variable"
        )
    try:
        parts = urlsplit(url)
        scheme, port = parts.scheme.partition("+")[0].lower(), parts.port
    except ValueError:
        scheme, port = "", None
    if scheme not in (*_POSTGRESQL, *_MARIADB):
        raise InputUnreadable(
            shown,
            f"{variable} holds no URL of a database that is read in place",
            "write postgresql://user:password@host/database or mariadb://user:password@host/database",
        )
    try:
        one = _postgresql(url, shown) if scheme in _POSTGRESQL else _mariadb(parts, port, shown)
    except ImportError:
        raise InputUnreadable(
            shown, "the database drivers are not installed", "install register-audit[database]"
        ) from None
    try:
        yield one
    finally:
        with suppress(Exception):  # it may be gone already
            one._raw.close()  # noqa: SLF001 - it was opened here


class Connections:
    """
    One connection to each database, kept until the audit ends: all its tables are read in one state.

    A connection that was lost is opened again for the next table, whose state is then a later one.
    """

    def __init__(self) -> None:
        self._open: dict[str, tuple[ExitStack, Connection]] = {}

    @contextmanager
    def to(self, variable: str, shown: str) -> Iterator[tuple[Connection, bool]]:
        """
        The connection to a database, and whether it is another than earlier tables were read by.

        Raises ``InputUnreadable`` as ``connected`` does.
        """
        kept = self._open.get(variable)
        again = kept is not None and not kept[1].is_there()
        if kept is None or again:
            self._let_go(variable)
            stack = ExitStack()
            kept = self._open[variable] = stack, stack.enter_context(connected(variable, shown))
        with kept[1].holding(shown):
            yield kept[1], again

    def close(self) -> None:
        """Let go of every database."""
        for variable in list(self._open):
            self._let_go(variable)

    def _let_go(self, variable: str) -> None:
        kept = self._open.pop(variable, None)
        if kept is not None:
            kept[0].close()


def _postgresql(url: str, shown: str) -> Connection:
    import psycopg

    try:
        raw = psycopg.connect(
            "postgresql" + url[url.index(":") :],
            connect_timeout=int(_SECONDS),
            application_name="register-audit",
            client_encoding="utf8",
        )
        raw.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        raw.read_only = True
        for statement in POSTGRESQL_WRITES:
            raw.execute(statement)
        encoding = raw.execute("SHOW server_encoding").fetchall()[0][0]
    except (psycopg.Error, UnicodeError, ValueError) as error:
        raise _at_the_door(shown, error) from None
    dialect = Dialect(kind="postgresql", filters=encoding == "UTF8")
    return Connection(raw, dialect, shown, psycopg.Error)


def _mariadb(parts: Any, port: int | None, shown: str) -> Connection:
    import MySQLdb

    asked = dict(parse_qsl(parts.query))
    given = {
        "host": parts.hostname and unquote(parts.hostname),
        "port": port,
        "user": parts.username and unquote(parts.username),
        "passwd": parts.password and unquote(parts.password),
        "db": unquote(parts.path.lstrip("/")),
        "unix_socket": asked.get("unix_socket"),
        "ssl_mode": asked.get("ssl_mode"),
    }
    try:
        raw = MySQLdb.connect(
            **{name: value for name, value in given.items() if value},
            charset="utf8mb4",
            connect_timeout=int(_SECONDS),
            local_infile=0,
        )
        cursor = raw.cursor()
        for statement in (
            "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT'",
            MARIADB_WRITES,
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "SET SESSION TRANSACTION READ ONLY",  # a statement that ends a transaction is refused too
            "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
            "SELECT version()",
        ):
            cursor.execute(statement)
        version = str(cursor.fetchall()[0][0])
        cursor.close()
    except (MySQLdb.Error, UnicodeError, ValueError) as error:
        raise _at_the_door(shown, error) from None
    dialect = Dialect(kind="mariadb", filters="mariadb" in version.lower())
    return Connection(raw, dialect, shown, MySQLdb.Error)


def _at_the_door(shown: str, error: Exception) -> InputUnreadable:
    """What keeps us out, in our own words."""
    reason = _AT_THE_DOOR.get(_code(error), "")
    said = str(error)  # PostgreSQL's library has no code for it: looked at, never shown
    if "authentication failed" in said or "no password supplied" in said:
        reason = _AT_THE_DOOR["28P01"]
    elif not reason and "does not exist" in said:
        reason = _AT_THE_DOOR["3D000"]
    return InputUnreadable(
        shown,
        reason or "its server does not answer",
        "correct the URL in the environment, or ask whoever runs the database",
    )


def _code(error: Exception) -> str:
    """The state of SQL or MariaDB's number; blank where there is none."""
    state = getattr(error, "sqlstate", None)
    if state:
        return str(state)
    first = error.args[0] if error.args else None
    return str(first) if isinstance(first, int) else ""
