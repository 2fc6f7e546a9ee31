"""
A source in slices, each of which an executor reads by itself, with DuckDB's own reader.

A plain text file is cut at line ends, and read where it lies: driver and executors see it under the
same path. Whether a cut went through a cell is told afterwards, by the count of lines. Of a Parquet file, executors read row groups where it lies. Anything else the driver writes as
a Parquet file of texts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.engine.duckdb import Engine, quoted
from audit.engine.source import Reading
from audit.register.model import Dialect

__all__ = ["ByteSlice", "GroupSlice", "PartSlice", "Slice", "byte_slices", "written_in_groups"]

_BYTES = 32 << 20
_GROUP_ROWS = 204_800


@dataclass(frozen=True, kw_only=True)
class ByteSlice:
    """Whole lines of a UTF-8 text file."""

    path: Path
    start: int
    end: int
    dialect: Dialect
    width: int

    @contextmanager
    def relation(self, engine: Engine) -> Iterator[str]:
        """SQL that reads the slice as ``c0``, ``c1`` and so on."""
        with _bytes_as_file(self.path, self.start, self.end, engine.folder) as path:
            header = 0 if self.start else self.dialect.header_lines
            dialect = self.dialect.model_copy(update={"header_lines": header})
            yield Reading(path=path, dialect=dialect).sql(self.width)


@dataclass(frozen=True, kw_only=True)
class GroupSlice:
    """A row group of a Parquet file whose every column is ready to be scanned."""

    path: Path
    group: int

    @contextmanager
    def relation(self, engine: Engine) -> Iterator[str]:
        """SQL that reads the slice."""
        import pyarrow.parquet as pq

        with pq.ParquetFile(self.path) as file:
            engine.connection.register("slice", file.read_row_group(self.group))
        try:
            yield "slice"
        finally:
            engine.connection.unregister("slice")


@dataclass(frozen=True, kw_only=True)
class PartSlice:
    """A part of a file that DuckDB reads by itself."""

    sql: str

    @contextmanager
    def relation(self, _: Engine) -> Iterator[str]:
        """SQL that reads the slice."""
        yield self.sql


def byte_slices(path: Path, dialect: Dialect, width: int) -> list[ByteSlice]:
    """The file in slices of some megabytes, each of whole lines."""
    size = path.stat().st_size
    ends = []
    with path.open("rb") as file:
        for at in range(_BYTES, size, _BYTES):
            file.seek(at)
            file.readline()
            ends.append(file.tell())
    ends = sorted({end for end in ends if end < size} | {size})
    return [
        ByteSlice(path=path, start=start, end=end, dialect=dialect, width=width)
        for start, end in zip([0, *ends], ends, strict=False)
    ]


def written_in_groups(engine: Engine, table: str, target: Path) -> list[GroupSlice]:
    """A table of DuckDB's as a Parquet file, in its row groups."""
    engine.run(
        f"COPY {table} TO {quoted(str(target))} (FORMAT parquet, ROW_GROUP_SIZE {_GROUP_ROWS})"
    )
    import pyarrow.parquet as pq

    with pq.ParquetFile(target) as file:
        return [GroupSlice(path=target, group=n) for n in range(file.num_row_groups)]


@contextmanager
def _bytes_as_file(path: Path, start: int, end: int, folder: Path) -> Iterator[Path]:
    """Some bytes of a file as a file of their own: in memory, or where there is none in ``folder``."""
    memfd: Any = getattr(os, "memfd_create", None)
    copy = folder / "slice.csv"
    handle = memfd("slice") if memfd else os.open(copy, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with path.open("rb") as source:
            source.seek(start)
            left = end - start
            while left > 0 and (chunk := source.read(min(left, 1 << 20))):
                os.write(handle, chunk)
                left -= len(chunk)
        yield Path(f"/proc/self/fd/{handle}") if memfd else copy
    finally:
        os.close(handle)


Slice = ByteSlice | GroupSlice | PartSlice
