"""
How a table that is no delimited text is read, and the ledger of where its rows went.

DuckDB reads what it can by itself; anything else is written once, streaming, as CSV into the private
workspace. Both end in the same pass.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from audit.engine.duckdb import Engine
from audit.engine.patterns import used_markers
from audit.engine.roles import named_by
from audit.engine.source import Reading, refused
from audit.errors import InputUnreadable
from audit.finding import LoadingLedger, Quarantined
from audit.register.delimited import CLEAN, LineCount, Repaired, count_lines
from audit.register.extract import BLANK, DATA, FOOTER, HEADER, Extract
from audit.register.model import Dialect, Table

__all__ = ["Look", "Passed", "extract_ledger", "read_extract"]

_BATCH = 5000

Look = Callable[[int, str], None]


class Passed(Protocol):
    """The pass over a reading; whether DuckDB could read it."""

    def __call__(self, reading: Reading, *, breaks: bool = False, unread: bool = False) -> bool:
        """``breaks`` counts line breaks in cells; ``unread`` tells the lines that are no records."""
        ...


def read_extract(
    engine: Engine,
    table: Table,
    path: Path,
    place: int,
    extract: Extract,
    passed: Passed,
    look: Look,
) -> tuple[Reading, LoadingLedger]:
    """
    Pass over a table, and reconcile its rows with the form's own count.

    ``look`` is shown what is no record: its place among the form's units, and its text.
    """
    if extract.frame is not None:
        return _read_frame(engine, table, place, extract, passed, look)
    if extract.relation is not None:
        return _read_relation(engine, table, path, place, extract, passed, look)
    if extract.fileless:
        reading, lines = (
            _written(engine, extract, place, look),
            LineCount(lines=0, sha256="", markers=False),
        )
    else:
        with ThreadPoolExecutor(1) as beside:
            counting = beside.submit(count_lines, path, feeds_alone=True)
            reading = _written(engine, extract, place, look)
            lines = counting.result()
    for row, text in extract.beside:
        look(row, text.translate(CLEAN))
    if not passed(reading):
        raise refused(table, reading)
    units = lines.lines if extract.count is None else extract.count()
    return reading, extract_ledger(table, extract, reading, units, lines.sha256)


def _read_frame(
    engine: Engine, table: Table, place: int, extract: Extract, passed: Passed, look: Look
) -> tuple[Reading, LoadingLedger]:
    """Let DuckDB read what is in memory; there is no file to be hashed."""
    assert extract.relation is not None
    assert extract.count is not None
    name = Path(f"frame_{place}")
    engine.connection.register(str(name), extract.frame)
    try:
        reading = Reading(path=name, dialect=Dialect(), relation=extract.relation(name))
        if not passed(reading):
            raise InputUnreadable(
                table.source, "its records cannot be told apart", "load every column as text"
            )
    finally:
        engine.connection.unregister(str(name))
    [(rows,)] = engine.rows(f"SELECT count(*) FROM scanned_{place}")
    done = Repaired(rows=rows)
    for line, text in extract.unread:
        done.quarantined.append(Quarantined(line=line, reason="other_format"))
        look(line, text.translate(_CLEAN_BUT_SEPARATOR))
    ledger = extract_ledger(table, extract, replace(reading, repaired=done), extract.count(), "")
    return reading, ledger


def _read_relation(
    engine: Engine,
    table: Table,
    path: Path,
    place: int,
    extract: Extract,
    passed: Passed,
    look: Look,
) -> tuple[Reading, LoadingLedger]:
    """
    Let DuckDB read a file by itself; where that needs a copy that is clean, make one first.

    Where the form has lines, those that are no records are taken out afterwards, and each record
    is then given its line.
    """
    by_line = extract.unit == "lines"

    def read(path: Path, relation: Callable[[Path], str]) -> tuple[Reading | None, int]:
        reading = Reading(path=path, dialect=Dialect(), relation=relation(path))
        if not passed(reading, unread=by_line):
            return None, 0
        [(rows,)] = engine.rows(f"SELECT count(*) FROM scanned_{place}")
        return reading, rows

    assert extract.relation is not None
    with ThreadPoolExecutor(1) as beside:
        counting = beside.submit(count_lines, path, used_markers(table.columns), feeds_alone=True)
        reading, rows = read(path, extract.uniform or extract.relation)
        lines = counting.result()
    changed = 0
    units = lines.lines if extract.count is None else extract.count()
    if extract.uniform and (rows != units or _has_unread(engine, place)):
        reading, rows = read(path, extract.relation)
    if by_line and (lines.markers or rows != units):
        copy, changed = _cleaned(engine, path, place)
        reading, rows = read(copy, extract.relation)
    if reading is None:
        raise InputUnreadable(table.source, "its records cannot be told apart", "export it again")
    done = Repaired(rows=rows)
    if by_line and _take_out_unread(engine, place, done, look):
        reading = replace(reading, repaired=done)
    whole = replace(reading, repaired=done)
    return reading, extract_ledger(table, extract, whole, units, lines.sha256, changed)


def _has_unread(engine: Engine, place: int) -> bool:
    return bool(engine.rows(f"SELECT 1 FROM scanned_{place} WHERE unread IS NOT NULL LIMIT 1"))


def _take_out_unread(engine: Engine, place: int, done: Repaired, look: Look) -> bool:
    """Move the lines that are no records from ``scanned_<place>`` to the ledger; if there are any."""
    reader = engine.connection.cursor()
    reader.execute(f"SELECT rowid + 1, unread FROM scanned_{place} WHERE unread IS NOT NULL")
    while batch := reader.fetchmany(_BATCH):
        for line, text in batch:
            done.rows -= 1
            if not text.strip():
                done.blank += 1
                continue
            done.quarantined.append(Quarantined(line=line, reason="other_format"))
            look(line, text)
    reader.close()
    if not done.blank and not done.quarantined:
        engine.run(f"ALTER TABLE scanned_{place} DROP COLUMN unread")
        return False
    engine.run(
        f"CREATE TABLE kept AS SELECT rowid + 1 AS line, * EXCLUDE (unread) FROM scanned_{place} "
        "WHERE unread IS NULL"
    )
    engine.run(f"DROP TABLE scanned_{place}")
    engine.run(f"ALTER TABLE kept RENAME TO scanned_{place}")
    return True


def _written(engine: Engine, extract: Extract, place: int, look: Look) -> Reading:
    """
    The records of a table as CSV, each with its line; ``look`` is shown what is none of them.

    Its first argument is the place among the form's units; see ``Quarantined.line``.
    """
    done, at, width = Repaired(), 1, len(extract.header)
    outside = dict.fromkeys((HEADER, FOOTER), 0)
    target = engine.folder / f"extract_{place}.csv"
    with target.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        for row in extract.rows():
            if row.fate == DATA:
                cells = [cell.translate(CLEAN) for cell in row.cells[:width]]
                done.measure(cells)
                writer.writerow([row.line, *cells, *[""] * (width - len(cells))])
                done.rows += 1
                done.inside_cells += row.lines - 1
            elif row.fate == BLANK:
                done.blank += 1
            else:
                if row.fate in outside:
                    outside[row.fate] += 1
                else:
                    done.quarantined.append(Quarantined(line=row.line or at, reason=row.fate))
                look(row.line or at, "\x1f".join(row.cells).translate(_CLEAN_BUT_SEPARATOR))
            at += row.lines
    return Reading(
        path=target,
        dialect=Dialect(delimiter=",", header_lines=0),
        rewritten=True,
        repaired=done,
        header=outside[HEADER],
        footer=outside[FOOTER],
    )


_CLEAN_BUT_SEPARATOR = {at: text for at, text in CLEAN.items() if at != ord("\x1f")}


def _cleaned(engine: Engine, path: Path, place: int) -> tuple[Path, int]:
    """
    A copy of a text file, line for line, that DuckDB can read; and how many lines were changed.

    Bytes that are no UTF-8 are read as Windows-1252, control characters are taken out.
    """
    target, changed = engine.folder / f"cleaned_{place}.txt", 0
    with path.open("rb") as source, target.open("wb") as file:
        for raw in source:
            data = raw.rstrip(b"\r\n")
            try:
                text = data.decode()
            except UnicodeDecodeError:
                text = data.decode("cp1252", "replace")
            new = text.translate(CLEAN).replace("\r", " ").encode()
            changed += new != data
            file.write(new + b"\n")
    return target, changed


def extract_ledger(
    table: Table, extract: Extract, reading: Reading, units: int, sha256: str, changed: int = 0
) -> LoadingLedger:
    """Where each line, sheet row or record of a table went."""
    done = reading.repaired or Repaired()
    unnamed = extract.unordered and named_by(table) is None
    without_name = (("rows_without_name", done.rows),) if unnamed else ()
    return LoadingLedger(
        source=table.source,
        file=table.file,
        sheet=table.sheet,
        form=extract.form,
        unit=extract.unit,
        encoding="",
        delimiter="",
        lines=units,
        header=reading.header,
        rows=done.rows,
        inside_cells=done.inside_cells,
        blank=done.blank,
        footer=reading.footer,
        quarantined=tuple(done.quarantined),
        repaired=(("control_characters", changed),) if changed else (),
        notes=extract.notes + without_name,
        sha256=sha256,
    )
