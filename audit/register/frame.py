"""Tables that are in memory: a DataFrame of pandas, or an Arrow table, read where it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import InputEmpty, InputUnreadable
from audit.register.extract import SAMPLE_ROWS, Extract, distinct
from audit.register.parquet import as_text
from audit.register.query import OFFLINE, identifier

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["OF_THE_FORM", "extract_of_frame", "text_of"]

#: The attribute of a DataFrame that has what its source's form settled: kind of table, categories.
OF_THE_FORM = "register_audit"


def extract_of_frame(frame: Any, shown: str) -> Extract:
    """
    A DataFrame, or an Arrow table, as a source of the scan: every cell as the text of an export.

    Where the index of a DataFrame is the row's number, as ``Register.table`` gives it, a negative
    one stands for a line that is no record. Raises ``InputEmpty`` if there is no column, and
    ``InputUnreadable`` if it is neither, or if a column has a type that is no text.
    """
    unread: tuple[tuple[int, str], ...] = ()
    settled = getattr(frame, "attrs", {}).get(OF_THE_FORM, {})
    if hasattr(frame, "iloc"):
        frame, unread = _records_of(frame)
        header = distinct(map(str, frame.columns))
        table = _arrow(frame, header, shown)
    elif hasattr(frame, "column_names") and hasattr(frame, "nbytes"):
        header = distinct(map(str, frame.column_names))
        table = frame.rename_columns([f"v{n}" for n in range(len(header))])
    else:
        raise InputUnreadable(shown, "it is no DataFrame", "give one of pandas, or an Arrow table")
    if not header:
        raise InputEmpty(shown)
    texts = _texts(table, header, shown)

    def relation(name: Path) -> str:
        return f"(SELECT {texts} FROM {identifier(str(name))})"

    return Extract(
        form="frame",
        header=header,
        count=lambda: int(table.num_rows) + len(unread),
        relation=relation,
        frame=table,
        fileless=True,
        unread=unread,
        first=_first(table, relation, len(header), shown),
        kind=settled.get("kind"),
        known=settled.get("known", {}),
    )


def _records_of(frame: Any) -> tuple[Any, tuple[tuple[int, str], ...]]:
    """The records of a DataFrame, and the lines that are none."""
    if frame.index.name != "row" or frame.index.dtype.kind != "i" or not (frame.index < 0).any():
        return frame, ()
    lost = frame[frame.index < 0]
    lines = lost.itertuples(name=None)
    return frame[frame.index >= 0], tuple(
        (-int(line), "\x1f".join(map(str, cells))) for line, *cells in lines
    )


def _arrow(frame: Any, header: tuple[str, ...], shown: str) -> pa.Table:
    """A DataFrame of pandas as an Arrow table with the columns ``v0``, ``v1``, …."""
    import pyarrow as pa

    columns = {}
    for n, name in enumerate(header):
        series = frame.iloc[:, n]
        try:
            columns[f"v{n}"] = _column(series)
        except (pa.ArrowException, TypeError, ValueError):  # their messages quote the value
            raise InputUnreadable(
                shown, f"its column {name!r} has a type that is no text", "load it as text"
            ) from None
    return pa.table(columns)


def _column(series: Any) -> Any:
    import pyarrow as pa

    if series.dtype.kind != "O":
        return pa.array(series, from_pandas=True)
    try:
        return pa.array(series, type=pa.string(), from_pandas=True)
    except (pa.ArrowException, TypeError):  # values of several types
        missing = series.isna()
        return pa.array(
            [None if blank else text_of(v) for v, blank in zip(series, missing, strict=True)],
            type=pa.string(),
        )


def text_of(value: object) -> str:
    """
    One value as an export would write it.

    >>> text_of(1001.0), text_of(datetime(2020, 1, 2)), text_of(True)
    ('1001', '2020-01-02', 'true')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date):
        return str(value)
    if isinstance(value, bytes):
        return f"({len(value)} bytes)"
    return str(value)


def _texts(table: pa.Table, header: tuple[str, ...], shown: str) -> str:
    """SQL for every column as text, by the type that DuckDB sees."""
    asked = "DESCRIBE SELECT * FROM frame"
    try:
        described = list(_rows(asked, table, shown))
    except InputUnreadable:  # once more, to name the column that is at fault
        for name, column in zip(header, table.column_names, strict=True):
            _rows(asked, table.select([column]), shown, name)
        raise
    return ", ".join(
        f"{as_text(name, kind)} AS c{n}" for n, (name, kind, *_) in enumerate(described)
    )


def _first(table: pa.Table, relation: Any, width: int, shown: str) -> tuple[tuple[str, ...], ...]:
    names = ", ".join(f"coalesce(c{n}, '')" for n in range(width))
    some = table.slice(0, SAMPLE_ROWS)
    return tuple(_rows(f"SELECT {names} FROM {relation(Path('frame'))}", some, shown))


def _rows(
    sql: str, table: pa.Table, shown: str, column: str | None = None
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query on ``frame``; ``column`` is what is at fault if it cannot be asked."""
    import duckdb

    try:
        with duckdb.connect(config=OFFLINE) as connection:
            connection.register("frame", table)
            return iter(connection.execute(sql).fetchall())
    except duckdb.Error:
        raise InputUnreadable(
            shown,
            f"{f'its column {column!r}' if column else 'a column'} has a type that is no text",
            "load it as text",
        ) from None
