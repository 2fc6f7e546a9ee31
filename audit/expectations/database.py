"""A batch that lies in a database: streamed into the scan, read-only, its errors one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from audit.errors import InputUnreadable
from audit.register.extract import SAMPLE_ROWS, Extract, Row, distinct
from audit.register.frame import text_of

__all__ = ["cell_text", "extract_of_database"]

_AT_A_TIME = 5000  # rows that are fetched together
#: What MariaDB says of a connection that was ended, which SQLAlchemy does not take for it.
_LOST = (1317, 1927, 2006, 2013)
_OFFICE = ZoneInfo("Europe/Helsinki")


def extract_of_database(engine: Any, selected: Any, shown: str) -> Extract:
    """
    A batch of SQLAlchemy's ``engine``: nothing is written to the database, and no row is kept.

    Rows are counted apart. A table has no order, so that a row's number tells nothing. Raises
    ``InputUnreadable``, here or while rows are read, if the database does not give them all.
    """
    import sqlalchemy

    query = sqlalchemy.select(sqlalchemy.text("*")).select_from(selected)
    told = partial(cell_text, told_bytes=engine.dialect.name in ("mysql", "mariadb"))
    with _answering(shown), engine.connect() as connection:
        # Asked for by themselves: a stream that is left early is read to its end by some drivers.
        sample = connection.execute(query.limit(SAMPLE_ROWS))
        header = distinct(sample.keys())
        first = tuple(tuple(map(told, row)) for row in sample)

    def count() -> int:
        counting = sqlalchemy.select(sqlalchemy.func.count()).select_from(selected)
        with _answering(shown), engine.connect() as connection:
            return int(connection.execute(counting).scalar_one())

    def rows() -> Iterator[Row]:
        with _answering(shown), engine.connect() as connection:
            streaming = connection.execution_options(stream_results=True, yield_per=_AT_A_TIME)
            for row in streaming.execute(query):
                yield Row([told(value) for value in row])

    return Extract(
        form="database", header=header, count=count, rows=rows, fileless=True, first=first
    )


def cell_text(value: object, *, told_bytes: bool = False) -> str:
    r"""
    A value of a database as the text of an export, as ``run`` reads it where it lies.

    ``told_bytes`` says whether bytes that are text are read as text: on MariaDB and MySQL, where old
    programs keep texts in binary columns.

    >>> cell_text(None), cell_text(["x", "y"]), cell_text({"a": 1}), cell_text(memoryview(b"ab"))
    ('', 'x; y', '{"a": 1}', '(2 bytes)')
    >>> cell_text(b"hetu", told_bytes=True), cell_text(b"\xff", told_bytes=True)
    ('hetu', '(1 bytes)')
    """
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(cell_text, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, memoryview | bytearray):
        value = bytes(value)
    if isinstance(value, bytes) and told_bytes:
        with suppress(UnicodeDecodeError):
            return value.decode()
    if isinstance(value, datetime) and value.tzinfo is not None:  # a day is a day in Helsinki
        value = value.astimezone(_OFFICE).replace(tzinfo=None)
    return text_of(value)


@contextmanager
def _answering(shown: str) -> Iterator[None]:
    """Say in a sentence that the database did not; its own words may quote the query and cells."""
    import sqlalchemy

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
    else:
        return
    raise InputUnreadable(
        shown, reason, "nothing is concluded from it; validate again when the database gives it"
    )
