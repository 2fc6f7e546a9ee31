"""A source of any form is passed over, and every line of it is accounted for."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from audit.categories.examine import TOLD, Examiner
from audit.engine.database import read_database
from audit.engine.duckdb import Engine
from audit.engine.extracted import Look, Passed, read_extract
from audit.engine.patterns import used_markers
from audit.engine.source import Reading, as_utf8, digest, ledger_of, refused, repaired
from audit.errors import InputUnreadable, Shortfall
from audit.finding import LoadingLedger
from audit.register.delimited import Head, count_lines, titles
from audit.register.extract import Extract
from audit.register.model import Table

__all__ = ["read_source", "reconciled"]


def read_source(
    engine: Engine,
    table: Table,
    path: Path,
    place: int,
    head: Head,
    passed: Passed,
    examiner: Examiner,
    *,
    extract: Extract | None,
    origin: Path | None,
    matched: bool,
) -> tuple[Reading, LoadingLedger, list[tuple[object, ...]]]:
    """
    Pass over a source of any form; how it was read, its ledger, and rows of ``cells``.

    Those rows are of what stands in lines that are no records. Raises an ``AuditError`` where the
    file cannot be read, or where lines of it are unaccounted for.
    """
    unread: list[tuple[object, ...]] = []
    look = _looker(table, examiner, unread)
    if extract is None:
        reading, ledger = _read(engine, table, path, place, head, passed, look)
        for line, text in titles(path, head, table.source):
            look(line, text)
    elif extract.database is not None:
        reading, ledger = read_database(
            engine, table, place, extract.database, passed, examiner.is_blameless, matched=matched
        )
    else:
        reading, ledger = read_extract(engine, table, path, place, extract, passed, look)
    return reading, reconciled(table, path, ledger, extract=extract, origin=origin), unread


def reconciled(
    table: Table,
    path: Path,
    ledger: LoadingLedger,
    *,
    extract: Extract | None,
    origin: Path | None,
) -> LoadingLedger:
    """The ledger, with the digest of the file as it lies there; raises where anything is lost."""
    if origin is not None and origin != path and path.is_file():
        ledger = replace(ledger, sha256=digest(origin))
    if ledger.accounted != ledger.lines:
        raise Shortfall(table.source, ledger.lines, ledger.accounted, ledger.unit)
    if extract is None and not ledger.rows and ledger.quarantined:
        raise InputUnreadable(
            table.source,
            f"none of its {len(ledger.quarantined)} records has {len(table.columns)} cells",
            f"check `delimiter: {table.dialect.delimiter!r}` in the plan",
        )
    return ledger


def _read(
    engine: Engine,
    table: Table,
    path: Path,
    place: int,
    head: Head,
    passed: Passed,
    look: Look,
) -> tuple[Reading, LoadingLedger]:
    """
    Pass over the file, at first as it is, and reconcile its lines with an independent count.

    Where the counts disagree, the line breaks inside cells are counted too; where that does not
    explain it, or DuckDB refuses a record, the file is repaired and read again.
    """
    empty = table.dialect.delimiter * (len(table.columns) - 1)
    with ThreadPoolExecutor(1) as beside:
        counting = beside.submit(count_lines, path, used_markers(table.columns), empty=empty)
        reading = as_utf8(engine, table, path, place)
        read = not head.ragged and passed(reading, breaks=head.multiline)
        lines = counting.result()
    if table.dialect.encoding.startswith(("utf-16", "utf-32")):  # a line feed is two bytes there
        counted = count_lines(reading.path, empty=empty)
        lines = replace(counted, sha256=lines.sha256, markers=False)
    if lines.emptied or (lines.markers and not reading.rewritten):
        # A row of blank cells is nobody's record, and a control character in a cell would pass for
        # one of the scan's own.
        read = False
    for breaks in (True,) if head.multiline else (False, True):
        if read and (breaks == head.multiline or passed(reading, breaks=breaks)):
            inside = "sum(breaks)" if breaks else "0"
            [(rows, within)] = engine.rows(f"SELECT count(*), {inside} FROM scanned_{place}")
            ledger = ledger_of(table, reading, lines, rows, int(within or 0))
            if ledger.accounted == ledger.lines:
                return reading, ledger
    reading = repaired(engine, head, reading, place, look)
    if not passed(reading):
        raise refused(table, reading)
    return reading, ledger_of(table, reading, lines, 0, 0)


def _looker(table: Table, examiner: Examiner, found: list[tuple[object, ...]]) -> Look:
    """What looks at the text of a line that is no record, and adds to ``found`` what stands there."""
    headers = {column.header for column in table.columns}

    def look(line: int, text: str) -> None:
        told = examiner.line(text)
        if _is_header(text, headers):  # a question to everybody is no statement about anybody
            told = [(category, ground) for category, ground in told if ground not in TOLD]
        # It has no row: its line's number stands there, negative.
        found.extend(
            (table.name, -line, None, category, ground, "unknown", None)
            for category, ground in told[:1]
        )

    return look


def _is_header(text: str, headers: AbstractSet[str]) -> bool:
    """Whether a row of a sheet is the one that names the columns."""
    cells = [cell.strip() for cell in text.split("\x1f") if cell.strip()]
    return bool(cells) and sum(cell in headers for cell in cells) * 2 > len(cells)
