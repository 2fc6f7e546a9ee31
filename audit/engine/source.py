"""
How a file is brought to DuckDB, and the ledger of where its lines went.

A plain file is scanned where it lies; one in another encoding is re-encoded, and one with broken
lines is repaired, each once and streaming, into the private workspace.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from audit.engine.duckdb import Engine, quoted
from audit.finding import LoadingLedger
from audit.register.delimited import LineCount, Repaired, reencode, repair
from audit.register.model import Dialect, Table

__all__ = ["Reading", "as_utf8", "ledger_of", "repaired"]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A file as DuckDB is to read it."""

    path: Path
    dialect: Dialect
    rewritten: bool = False
    doubtful: int = 0
    """Bytes that mean nothing in the file's encoding."""
    repaired: Repaired | None = None
    """Set when each record carries its line in a first column ``line``."""

    def sql(self, width: int) -> str:
        """The table function that reads it, every cell as text."""
        names = ["line"] * (self.repaired is not None) + [f"c{n}" for n in range(width)]
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
        quote = quoted(self.dialect.quote)
        return (
            f"read_csv({quoted(str(self.path))}, auto_detect = false, header = false, "
            f"skip = {self.dialect.header_lines}, delim = {quoted(self.dialect.delimiter)}, "
            f"quote = {quote}, escape = {quote}, max_line_size = 8388608, "
            f"buffer_size = 33554432, columns = {{{columns}}})"
        )


def as_utf8(engine: Engine, table: Table, path: Path, place: int) -> Reading:
    """The file itself if it is UTF-8, else a copy that is."""
    dialect = table.dialect
    if dialect.encoding in ("utf-8", "utf-8-sig"):
        return Reading(path=path, dialect=dialect)
    target = engine.folder / f"source_{place}.csv"
    with target.open("wb") as file:
        doubtful = reencode(path, dialect.encoding, file)
    return Reading(path=target, dialect=dialect, rewritten=True, doubtful=doubtful)


def repaired(
    engine: Engine, table: Table, source: Reading, place: int, look: Callable[[int, str], None]
) -> Reading:
    """A copy in which every record is whole and carries its line; see ``repair`` for ``look``."""
    said = source.dialect
    if source.rewritten:
        said = said.model_copy(update={"encoding": "utf-8"})
    target = engine.folder / f"repaired_{place}.csv"
    with target.open("wb") as file:
        done = repair(source.path, said, len(table.columns), file, look)
    return Reading(
        path=target,
        dialect=Dialect(delimiter=",", header_lines=0),
        rewritten=True,
        doubtful=source.doubtful,
        repaired=done,
    )


def ledger_of(
    table: Table, reading: Reading, lines: LineCount, rows: int, inside_cells: int
) -> LoadingLedger:
    """Where each physical line went; a plain file's rows and breaks are DuckDB's count."""
    done = reading.repaired or Repaired(rows=rows, inside_cells=inside_cells)
    mended = dict(done.repaired) | (
        {"doubtful_bytes": reading.doubtful} if reading.doubtful else {}
    )
    return LoadingLedger(
        source=table.file,
        encoding=table.dialect.encoding,
        delimiter=table.dialect.delimiter,
        lines=lines.lines,
        header=table.dialect.header_lines,
        rows=done.rows,
        inside_cells=done.inside_cells,
        blank=done.blank,
        quarantined=tuple(done.quarantined),
        repaired=tuple(sorted(mended.items())),
        sha256=lines.sha256,
    )
