"""
A batch that lies in a database: streamed into the scan, read-only, its errors one sentence.

PostgreSQL, MariaDB and SQLite write its cells as texts in the very way in which a table that is
audited in place, or a file of SQLite, is read; what other databases give is written here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from audit.errors import InputUnreadable
from audit.register import sqlite
from audit.register.database.connection import MARIADB_WRITES, POSTGRESQL_WRITES
from audit.register.database.dialect import Dialect
from audit.register.database.kinds import kinds_of_numbers, kinds_of_oids
from audit.register.extract import SAMPLE_ROWS, Extract, Row, distinct
from audit.register.frame import text_of
from audit.register.query import identifier

__all__ = ["cell_text", "extract_of_database"]

_AT_A_TIME = 5000  # rows that are fetched together
#: What MariaDB says of a connection that was ended, which SQLAlchemy does not take for it.
_LOST = (1317, 1927, 2006, 2013)
_OFFICE = ZoneInfo("Europe/Helsinki")


def extract_of_database(engine: Any, selected: Any, shown: str) -> Extract:
    """
    A batch of SQLAlchemy's ``engine``: nothing is written to the database, and no row is kept.

    Rows are counted apart, in the transaction that they are read in. A table has no order, so that a
    row's number tells nothing. Raises ``InputUnreadable``, here or while rows are read, if the
    database does not give them all.
    """
    batch = _batch_of(engine, selected, shown)
    header, first = batch.described()
    return Extract(
        form="database",
        header=header,
        count=batch.count,
        rows=batch.rows,
        fileless=True,
        unordered=True,
        first=first,
    )


class _Batch:
    """A batch of a database that is only known by its drivers: its values become texts here."""

    def __init__(self, engine: Any, selected: Any, shown: str) -> None:
        self._engine = engine
        self._selected = selected
        self._shown = shown
        self._counted: int | None = None

    def described(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The header, and the first rows."""
        with self._connected() as connection:
            query = self._query(connection)
            # Asked for by themselves: a stream that is left early is read to its end by some drivers.
            sample = connection.execute(query.limit(SAMPLE_ROWS))
            header = self._header(sample)
            return header, tuple(tuple(map(self._text, row)) for row in sample)

    def rows(self) -> Iterator[Row]:
        """Every row; they are counted first, in the same state of the database."""
        with self._connected() as connection:
            self._counted = self._count(connection)
            query = self._query(connection)
            streaming = {"stream_results": True, "yield_per": _AT_A_TIME}
            for row in connection.execute(query, execution_options=streaming):
                yield Row([self._text(value) for value in row])

    def count(self) -> int:
        """How many rows there are, as the database tells it."""
        if self._counted is None:
            with self._connected() as connection:
                self._counted = self._count(connection)
        return self._counted

    def _count(self, connection: Any) -> int:
        import sqlalchemy

        counting = sqlalchemy.select(sqlalchemy.func.count()).select_from(self._selected)
        return int(connection.execute(counting).scalar_one())

    def _query(self, connection: Any) -> Any:  # noqa: ARG002 - some ask for the types first
        """What gives every cell of the batch."""
        return self._of_batch(["*"])

    def _header(self, result: Any) -> tuple[str, ...]:
        return distinct(result.keys())

    def _of_batch(self, columns: Sequence[str]) -> Any:
        """A query of SQL's own words on the batch."""
        import sqlalchemy

        # No text(): that would take a colon in a column's name for a parameter.
        written = [sqlalchemy.literal_column(column) for column in columns]
        return sqlalchemy.select(*written).select_from(self._selected)

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        with _answering(self._shown), self._engine.connect() as connection, self._set(connection):
            yield connection

    @contextmanager
    def _set(self, connection: Any) -> Iterator[None]:  # noqa: ARG002 - some have settings
        """What a connection is set to while it is read."""
        yield

    def _text(self, value: object) -> str:
        return cell_text(value)


class _OfServer(_Batch):
    """
    A batch that PostgreSQL, MariaDB or MySQL writes as texts itself.

    A driver would lose what Python has no value for: a day before Christ or without an end, one
    that is none. It would also take the blanks that fill a ``char(n)`` for text.
    """

    dialect: Dialect
    _names: tuple[str, ...] = ()

    def _query(self, connection: Any) -> Any:
        result = connection.execute(self._of_batch(["*"]).limit(0))
        self._names = tuple(result.keys())
        if twice := next((n for n in self._names if self._names.count(n) > 1), None):
            raise InputUnreadable(
                self._shown, f"several of its columns are “{twice}”", "name each of them otherwise"
            )
        columns = [self._quoted(name) for name in self._names]
        numbers = [int(column[1]) for column in result.cursor.description]
        result.close()
        kinds = self._kinds(connection, numbers, columns)
        texts = [self.dialect.as_text(*one) for one in zip(columns, kinds, strict=True)]
        return self._of_batch([self._sent(text) for text in texts])

    def _header(self, _: Any) -> tuple[str, ...]:
        return distinct(self._names)

    def _quoted(self, name: str) -> str:
        raise NotImplementedError

    def _kinds(self, connection: Any, numbers: list[int], columns: list[str]) -> list[str]:
        raise NotImplementedError

    def _sent(self, text: str) -> str:
        return text

    def _text(self, value: object) -> str:
        return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")

    @contextmanager
    def _set(self, connection: Any) -> Iterator[None]:
        # Both end with the transaction; without one, each row could be of another state.
        connection.execution_options(isolation_level="REPEATABLE READ")
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        yield


class _Postgresql(_OfServer):
    dialect = Dialect(kind="postgresql", filters=False)

    def _quoted(self, name: str) -> str:
        return identifier(name)

    def _kinds(self, connection: Any, numbers: list[int], _: list[str]) -> list[str]:
        return kinds_of_oids(numbers, lambda sql: list(connection.exec_driver_sql(sql)))

    @contextmanager
    def _set(self, connection: Any) -> Iterator[None]:
        with super()._set(connection):
            for statement in POSTGRESQL_WRITES:
                connection.exec_driver_sql(statement)
            yield


class _Mariadb(_OfServer):
    dialect = Dialect(kind="mariadb", filters=False)

    def _quoted(self, name: str) -> str:
        return "`" + name.replace("`", "``") + "`"

    def _kinds(self, connection: Any, numbers: list[int], columns: list[str]) -> list[str]:
        def are_bytes(places: Sequence[int]) -> Sequence[Any]:
            asked = [f"CHARSET({columns[at]}) = 'binary'" for at in places]
            return next(iter(connection.execute(self._of_batch(asked).limit(1))), ())

        return kinds_of_numbers(numbers, are_bytes)

    def _sent(self, text: str) -> str:
        # As bytes: the connection's own character set may lack some characters.
        return f"CAST({text} AS BINARY)"

    @contextmanager
    def _set(self, connection: Any) -> Iterator[None]:
        with super()._set(connection):
            before = connection.exec_driver_sql("SELECT @@SESSION.time_zone").scalar_one()
            connection.exec_driver_sql(MARIADB_WRITES)
            try:
                yield
            finally:
                with suppress(Exception):  # it may be lost
                    connection.exec_driver_sql("SET SESSION time_zone = %s", (before,))


class _Sqlite(_Batch):
    def _text(self, value: object) -> str:
        return sqlite.cell_text(value)

    @contextmanager
    def _set(self, connection: Any) -> Iterator[None]:
        raw = connection.connection.driver_connection
        before, raw.text_factory = raw.text_factory, sqlite.decoded
        try:
            yield
        finally:
            raw.text_factory = before


_OF_DIALECT: dict[str, type[_Batch]] = {
    "postgresql": _Postgresql,
    "mysql": _Mariadb,
    "mariadb": _Mariadb,
    "sqlite": _Sqlite,
}


def _batch_of(engine: Any, selected: Any, shown: str) -> _Batch:
    return _OF_DIALECT.get(engine.dialect.name, _Batch)(engine, selected, shown)


def cell_text(value: object) -> str:
    r"""
    A value that a database's driver gives, as the text of an export.

    >>> cell_text(None), cell_text(["x", "y"]), cell_text({"a": 1}), cell_text(memoryview(b"ab"))
    ('', 'x; y', '{"a": 1}', '(2 bytes)')
    """
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(cell_text, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, memoryview | bytearray):
        value = bytes(value)
    if isinstance(value, datetime) and value.tzinfo is not None:  # a day is a day in Helsinki
        value = value.astimezone(_OFFICE).replace(tzinfo=None)
    return text_of(value)


@contextmanager
def _answering(shown: str) -> Iterator[None]:
    """Say in a sentence that the database did not; its own words may quote the query and cells."""
    import sqlalchemy

    remedy = "validate again when the database gives it"
    try:
        yield
    except sqlalchemy.exc.DBAPIError as error:
        number = next(iter(getattr(error.orig, "args", ())), None)
        lost = error.connection_invalidated or number in _LOST
        reason = (
            "the connection was lost before the last row"
            if lost
            else "the database refuses to read it"
        )
    except sqlalchemy.exc.SQLAlchemyError:
        reason = "the database cannot be asked"
    except (
        ValueError,
        OverflowError,
    ):  # of a driver that makes a value of what Python has none for
        reason = "its driver cannot tell the value of a cell"
        remedy = "validate a view or a query in which its columns are texts"
    else:
        return
    raise InputUnreadable(shown, reason, f"nothing is concluded from it; {remedy}")
