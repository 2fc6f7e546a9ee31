"""
How a file is brought to DuckDB, and the ledger of where its lines went.

A plain file is scanned where it lies; one in another encoding is re-encoded, and one with broken
lines is repaired, each once and streaming, into the private workspace. Whatever is no delimited
text is read as ``extracted`` has it.
"""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from audit.engine.duckdb import Engine, quoted
from audit.errors import InputChanged, InputMissing, InputUnreadable, NoPlaceLeft
from audit.finding import LoadingLedger
from audit.register.delimited import Head, LineCount, Repaired, reencode, repair
from audit.register.files import unopened
from audit.register.model import Dialect, Table

__all__ = [
    "Reading",
    "as_utf8",
    "digest",
    "ledger_of",
    "refused",
    "repaired",
    "unchanging",
]


_LONGEST = 8 << 20  # bytes of a record that is no rarity


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
    relation: str | None = None
    """SQL that reads it, where it is no delimited text; see ``Extract.relation``."""
    header: int = 0
    footer: int = 0

    def sql(self, width: int) -> str:
        """The table function that reads it, every cell as text."""
        if self.relation is not None:
            return self.relation
        names = ["line"] * (self.repaired is not None) + [f"c{n}" for n in range(width)]
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
        # Small buffers stay in the processor's cache. DuckDB drops a line that does not fit, which the
        # count of lines tells; what is repaired then gets buffers for the longest lines.
        longest, buffer = (4 << 20, 4 << 20)
        if self.repaired is not None:
            longest = max(_LONGEST, self.repaired.longest + 1)
            buffer = max(4 * _LONGEST, longest)
        quote, escape = (quoted(mark) for mark in (self.dialect.quote, self.dialect.escape))
        # DuckDB takes the first line break that it meets for that of the records, and it may stand
        # inside a cell. What is rewritten here has line ends of its own.
        new_line = "new_line = '\\r\\n', " if self.repaired is not None else ""
        return (
            f"read_csv({quoted(str(self.path))}, auto_detect = false, header = false, "
            f"skip = {self.dialect.header_lines}, delim = {quoted(self.dialect.delimiter)}, "
            f"quote = {quote}, escape = {escape}, max_line_size = {longest}, "
            # What MySQL writes of a blank cell.
            f"nullstr = ['', '\\N'], {new_line}buffer_size = {buffer}, columns = {{{columns}}})"
        )


def as_utf8(engine: Engine, table: Table, path: Path, place: int) -> Reading:
    """The file itself if it is UTF-8, else a copy that is."""
    dialect = table.dialect
    if dialect.encoding in ("utf-8", "utf-8-sig"):
        return Reading(path=path, dialect=dialect)
    target = engine.folder / f"source_{place}.csv"
    with _copy(target) as file:
        doubtful = reencode(path, dialect, file)
    return Reading(path=target, dialect=dialect, rewritten=True, doubtful=doubtful)


@contextmanager
def _copy(target: Path) -> Iterator[BinaryIO]:
    """A file to write; where there is no place for it, it leaves what there is to the other sources."""
    try:
        with target.open("wb") as file:
            yield file
    except OSError:
        target.unlink(missing_ok=True)
        raise


def repaired(
    engine: Engine, head: Head, source: Reading, place: int, look: Callable[[int, str], None]
) -> Reading:
    """A copy in which every record is whole and carries its line; see ``repair`` for ``look``."""
    said = source.dialect
    if source.rewritten:
        said = said.model_copy(update={"encoding": "utf-8"})
    target = engine.folder / f"repaired_{place}.csv"
    with _copy(target) as file:
        done = repair(source.path, head, said, file, look)
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
        source=table.source,
        file=table.file,
        sheet=table.sheet,
        encoding=table.dialect.encoding,
        delimiter=table.dialect.delimiter,
        lines=lines.lines,
        header=table.dialect.header_lines + done.header,
        rows=done.rows,
        inside_cells=done.inside_cells,
        blank=done.blank,
        footer=done.footer,
        elsewhere=done.elsewhere,
        quarantined=tuple(done.quarantined),
        repaired=tuple(sorted(mended.items())),
        sha256=lines.sha256,
    )


def refused(table: Table, reading: Reading) -> InputUnreadable:
    """What is said of a file of which every record is whole, and which DuckDB refuses all the same."""
    longest = reading.repaired.longest if reading.repaired is not None else 0
    if longest > _LONGEST:
        problem = f"a record of {longest >> 20} MB is more than memory holds"
        return InputUnreadable(table.source, problem, "export it without what was put into it")
    return InputUnreadable(
        table.source, "its records cannot be told apart", "export it again as CSV"
    )


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def unchanging(path: Path, shown: str) -> Iterator[None]:
    """See to it that a file is the same before and after the block, and say what the system says."""
    try:
        before = path.stat()
    except OSError as error:
        if error.errno not in (errno.ENOENT, errno.ELOOP):
            raise NoPlaceLeft(shown, error.strerror or "the system refuses") from None
        raise unopened(path, shown) from None
    try:
        yield
        after = path.stat()
    except FileNotFoundError:
        raise InputMissing(shown) from None
    except OSError as error:  # its own words name a path of the private folder
        raise NoPlaceLeft(shown, error.strerror or "the system refuses") from None
    facts = ("st_size", "st_mtime_ns", "st_ino")
    if any(getattr(before, fact) != getattr(after, fact) for fact in facts):
        raise InputChanged(shown)
