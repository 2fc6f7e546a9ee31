"""
The one pass over a source.

Each source becomes three things, and no other cell of it is kept:

``records``
    one line per record: ``row``, ``record_key`` and the dates and flags that checks ask for, typed;
``cells``
    one line per cell in which something was found that its column is not for: table, row, column,
    category, ground, whose it is; no value. In a line that could not be read as a record, the row
    is the line's number, negative, and there is no column;
``columns``
    one line per column: category, ground, how many cells are filled.

The pass joins the cells of a row and matches the row once, against one alternation of every
recogniser's candidate. A marker stands before each cell, one marker for each category that a
column may wholly hold, and a category's candidate does not begin after its own marker: so an
e-mail column is not a row of candidates, and an identity code in it is one. Rows that match go to
``categories.examine``, which decides in Python, the same on every engine; then they are dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial, singledispatch
from pathlib import Path

from audit.categories.examine import Cell, Examiner
from audit.engine.database import read_database
from audit.engine.dates import read_dates
from audit.engine.duckdb import Engine, EngineError, quoted
from audit.engine.extracted import Look, Passed, read_extract
from audit.engine.names import notes_of
from audit.engine.patterns import exact_patterns, used_markers
from audit.engine.plausible import add_implausible
from audit.engine.projection import MASK_BITS, date_columns, days, projection
from audit.engine.roles import create_view, hide_keys, key_place
from audit.engine.source import Reading, as_utf8, digest, ledger_of, repaired
from audit.errors import InputUnreadable, Shortfall
from audit.finding import LoadingLedger
from audit.register.delimited import MARKERS, Head, count_lines
from audit.register.extract import Extract
from audit.register.kinds import schema
from audit.register.model import Table

__all__ = [
    "Scanned",
    "columns_of",
    "count_filled",
    "create_tables",
    "examine",
    "focus",
    "gather",
    "pass_sql",
    "promote",
    "read_source",
    "reconciled",
    "scan",
    "usual_cells",
]

_BATCH = 5000
_SMALL = 64_000  # bytes; to look at every cell of so many takes less time than to make a sieve
_FEW = 1000  # rows; to read so many takes less time than to make ready what tells those apart
_PROMOTED_FROM = 0.9  # share of a column's filled cells that makes it a column of that category
_ENOUGH_ROWS = 20
_CONTROL = re.compile("[\\x00-\\x1f]").search
_MOST_USUAL = 64  # values of one column; comparing with more takes as long as matching
_WORTH = (
    3  # characters that a cell must be spared on average: comparing takes as long as matching those
)


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """What one pass established about one table."""

    table: Table
    """As planned, with the columns that the content decided."""
    rows: int
    filled: tuple[int, ...]
    """Filled cells by column."""
    found: tuple[int, ...]
    """Cells by column in which something else was found."""
    candidates: int
    """Rows that were examined one by one."""
    ledger: LoadingLedger
    repaired: bool
    """Whether the file was rewritten record by record, so that each carries its line."""
    matched: bool = False
    """Whether what people are told by was kept."""
    ambiguous_dates: tuple[str, ...] = ()
    """Columns whose slashed dates could be read either way."""
    months_alone: tuple[str, ...] = ()
    """Columns in which a date is a month alone: its last day is assumed."""
    names_sought: bool = False
    """Whether a model looked for people's names in its notes."""


def create_tables(engine: Engine) -> None:
    """The tables that every scan adds to."""
    engine.run(
        'CREATE TABLE cells ("table" VARCHAR, "row" BIGINT, "column" VARCHAR, category VARCHAR, '
        "ground VARCHAR, relation VARCHAR, also VARCHAR)"
    )
    engine.run(
        'CREATE TABLE columns ("table" VARCHAR, position INTEGER, "column" VARCHAR, '
        "category VARCHAR, role VARCHAR, ground VARCHAR, filled BIGINT)"
    )


@singledispatch
def scan(
    engine: Engine,
    table: Table,
    path: Path,
    place: int,
    head: Head,
    *,
    extract: Extract | None = None,
    origin: Path | None = None,
    controllers_own: frozenset[str] = frozenset(),
    matched: bool = False,
) -> Scanned:
    """
    Read one source into ``records_<place>``, and add to ``cells`` and ``columns``.

    ``extract`` is given for what is no delimited text; ``origin`` is the file as it lies in the
    register's folder, where ``path`` is what was unpacked of it.
    ``matched`` says whether its people are to be matched with those of other files.
    Raises an ``AuditError`` if the file cannot be read, or if lines of it are unaccounted for.
    """
    examiner = Examiner(
        [column.category for column in table.columns],
        controllers_own,
        [column.header for column in table.columns],
    )
    usual = usual_cells(table, head, examiner)
    notes = notes_of(table) if engine.names else ()
    passed = partial(_pass, engine, table, place, head, usual, matched=matched, notes=notes)
    reading, ledger, unread = read_source(
        engine,
        table,
        path,
        place,
        head,
        passed,
        examiner,
        extract=extract,
        origin=origin,
        matched=matched,
    )
    if unread:
        engine.insert("cells", unread)
    candidates, cells, texts = examine(engine, table, place, examiner)
    dated = read_dates(engine, table, place, texts)
    add_implausible(engine, table, place)
    filled = count_filled(engine, table, place)
    table, promoted = promote(table, filled, cells)
    for header, category in promoted:
        engine.run(
            f'DELETE FROM cells WHERE "table" = {quoted(table.name)} '
            f'AND "column" = {quoted(header)} AND category = {quoted(category)}'
        )
    _finish(engine, table, place, filled)
    of_table = f'"table" = {quoted(table.name)}'
    found = Counter(
        dict(
            engine.rows(
                f'SELECT "column", count(*) FROM cells WHERE {of_table} '
                "AND category <> 'implausible' GROUP BY 1"
            )
        )
    )
    return Scanned(
        table=table,
        rows=ledger.rows,
        filled=tuple(filled),
        found=tuple(found[column.header] for column in table.columns),
        candidates=candidates,
        ledger=ledger,
        repaired=reading.repaired is not None,
        matched=matched,
        ambiguous_dates=dated.ambiguous,
        months_alone=dated.months,
        names_sought=engine.names is not None,
    )


@singledispatch
def focus(engine: Engine, scanned: Scanned, place: int) -> None:
    """Let ``records_here``, ``kept_here``, ``cells_here`` and ``columns_here`` be of one table."""
    of_table = f'"table" = {quoted(scanned.table.name)}'
    engine.run(f"CREATE OR REPLACE VIEW records_here AS SELECT * FROM records_{place}")
    if engine.rows(f"SELECT 1 FROM duckdb_tables() WHERE table_name = 'kept_{place}'"):
        engine.run(f"CREATE OR REPLACE VIEW kept_here AS SELECT * FROM kept_{place}")
    for name in ("cells", "columns"):
        engine.run(f"CREATE OR REPLACE VIEW {name}_here AS SELECT * FROM {name} WHERE {of_table}")


@singledispatch
def gather(engine: Engine, scanned: Sequence[Scanned]) -> None:
    """Show ``all_<kind>``: the records of every table of a kind, together."""
    of_kind: dict[str, list[int]] = {}
    for place, one in enumerate(scanned):
        of_kind.setdefault(one.table.kind, []).append(place)
    for kind, places in of_kind.items():
        columns = ", ".join(f'"{name}"' for name in schema(kind))
        every = " UNION ALL ".join(f"SELECT {columns} FROM records_{place}" for place in places)
        engine.run(f"CREATE VIEW all_{kind} AS {every}")


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
    with ThreadPoolExecutor(1) as beside:
        counting = beside.submit(count_lines, path, used_markers(table.columns))
        reading = as_utf8(engine, table, path, place)
        read = not head.ragged and passed(reading, breaks=head.multiline)
        lines = counting.result()
    if table.dialect.encoding.startswith(("utf-16", "utf-32")):  # a line feed is two bytes there
        lines = replace(lines, lines=count_lines(reading.path).lines, markers=False)
    if lines.markers and not reading.rewritten:
        read = False  # a control character in a cell would pass for one of the scan's own
    for breaks in (True,) if head.multiline else (False, True):
        if read and (breaks == head.multiline or passed(reading, breaks=breaks)):
            inside = "sum(breaks)" if breaks else "0"
            [(rows, within)] = engine.rows(f"SELECT count(*), {inside} FROM scanned_{place}")
            ledger = ledger_of(table, reading, lines, rows, int(within or 0))
            if ledger.accounted == ledger.lines:
                return reading, ledger
    reading = repaired(engine, head, reading, place, look)
    if not passed(reading):
        raise InputUnreadable(
            table.source, "its records cannot be told apart", "export it again as CSV"
        )
    return reading, ledger_of(table, reading, lines, 0, 0)


def _looker(table: Table, examiner: Examiner, found: list[tuple[object, ...]]) -> Look:
    """What looks at the text of a line that is no record, and adds to ``found`` what stands there."""

    def look(line: int, text: str) -> None:
        # It has no row: its line's number stands there, negative.
        found.extend(
            (table.name, -line, None, category, ground, "unknown", None)
            for category, ground in examiner.line(text)[:1]
        )

    return look


def usual_cells(table: Table, head: Head, examiner: Examiner) -> dict[int, list[str]]:
    """
    By column, the cells that the head has over and over, and in which there is nothing to be found.

    A name of a town or a state need not be matched anew in each of a million rows.
    """
    found: dict[int, list[str]] = {}
    if len(head.rows) < _ENOUGH_ROWS:
        return found
    for n, column in enumerate(table.columns):
        if column.role and column.role.type == "date":
            continue
        often = Counter(row[n] for row in head.rows).most_common(_MOST_USUAL)
        # A control character would end the query's own text, and is taken out of the cell besides.
        often = [(text, times) for text, times in often if text.strip() and not _CONTROL(text)]
        if sum(len(text) * times for text, times in often) >= (_WORTH + len(often) / 8) * len(
            head.rows
        ):
            found[n] = [text for text, _ in often if examiner.is_blameless(text, n)]
    return {n: texts for n, texts in found.items() if texts}


def _pass(
    engine: Engine,
    table: Table,
    place: int,
    head: Head,
    usual: Mapping[int, Sequence[str]],
    reading: Reading,
    *,
    matched: bool,
    breaks: bool = False,
    unread: bool = False,
    notes: Sequence[int] = (),
) -> bool:
    """
    Scan the source into ``scanned_<place>``; False if DuckDB finds a record it cannot read.

    With ``breaks``, the line breaks inside each record are counted; with ``unread``, the reading
    tells the lines that are no records. Of the columns ``notes``, every filled cell is kept.
    """
    line = "CAST(line AS BIGINT) AS line, " if reading.repaired is not None else ""
    line += "unread, " if unread else ""
    selected = pass_sql(
        table,
        head,
        usual,
        reading.sql(len(table.columns)),
        breaks=breaks,
        matched=matched,
        first=line,
        notes=notes,
        sieved=reading.relation is not None or reading.path.stat().st_size > _SMALL,
    )
    engine.run(f"DROP TABLE IF EXISTS scanned_{place}")
    try:
        engine.run(f"CREATE TABLE scanned_{place} AS {selected}")
    except EngineError:
        return False
    return True


def pass_sql(
    table: Table,
    head: Head,
    usual: Mapping[int, Sequence[str]],
    source: str,
    *,
    breaks: bool,
    matched: bool,
    first: str = "",
    notes: Sequence[int] = (),
    sieved: bool = True,
) -> str:
    """
    The query of the pass over ``source``; ``first`` is what is selected before all else.

    Of the columns ``notes``, every filled cell is kept for the exact step, and every row unless it is
    ``sieved``.
    """
    below, kept = projection(
        table, head.rows, usual, breaks=breaks, matched=matched, notes=notes, sieved=sieved
    )
    return f"SELECT {first}{kept} FROM (SELECT {below} FROM ({days(table, head.rows, source)}))"


def examine(
    engine: Engine, table: Table, place: int, examiner: Examiner
) -> tuple[int, Counter[tuple[int, str]], dict[str, list[tuple[int, str]]]]:
    """
    Decide the rows that the pass kept, then drop their text.

    Where they are many, those that the sieve passed for a word's beginning are told first. Returns
    how many rows were examined, how many cells are wholly of a category, by column, and by role the
    rows and the cells that are no date yet.
    """
    key, dates = key_place(table), date_columns(table)
    counts: Counter[tuple[int, str]] = Counter()
    examined, masked = 0, []
    texts: dict[str, list[tuple[int, str]]] = {role: [] for _, role in dates}
    reader = engine.connection.cursor()
    typed = "".join(f", {role} IS NULL" for _, role in dates)
    passed = f"FROM scanned_{place} WHERE candidates IS NOT NULL"
    [(many,)] = engine.rows(f"SELECT count(*) {passed}")
    if many > _FEW and not engine.names:  # each is matched in less time than it is read here
        patterns = [
            f"regexp_matches(candidates, {quoted(p)})" for p in exact_patterns(table.columns)
        ]
        passed += f" AND ({' OR '.join(patterns)})"
    reader.execute(f"SELECT rowid + 1, candidates{typed} {passed}")
    while batch := reader.fetchmany(_BATCH):
        found: list[tuple[int, Cell]] = []
        read: list[tuple[int, list[str]]] = []
        for row, joined, *untyped in batch:
            cells = joined.translate(_SPLIT_MARKERS).split("\x1f")[1:]
            read += [(row, cells)] if engine.names else []
            found += [(row, cell) for cell in examiner.row(cells)]
            for (at, role), missing in zip(dates, untyped, strict=True):
                if missing and cells[at].strip():
                    texts[role].append((row, cells[at]))
        examined += len(batch)
        counts.update((cell.column, cell.category) for _, cell in found if cell.whole)
        masked += [row for row, cell in found if cell.column == key]
        if engine.names:
            found = engine.names.cells(table, read, found)
        _add_cells(engine, table, found)
    reader.close()
    if masked:  # a key that holds somebody's details is not shown
        hide_keys(engine, table, place, masked)
    engine.run(f"ALTER TABLE scanned_{place} DROP COLUMN candidates")
    return examined, counts, texts


_SPLIT_MARKERS = str.maketrans(dict.fromkeys(map(ord, MARKERS), "\x1f"))


def _add_cells(engine: Engine, table: Table, found: list[tuple[int, Cell]]) -> None:
    if not found:
        return
    engine.insert(
        "cells",
        (
            (
                table.name,
                row,
                table.columns[cell.column].header,
                cell.category,
                cell.ground,
                cell.relation,
                ", ".join(cell.also) or None,
            )
            for row, cell in found
        ),
    )


def count_filled(engine: Engine, table: Table, place: int) -> list[int]:
    """Filled cells by column, from the rows' masks: there are few different ones."""
    masks = ", ".join(f"filled_{n}" for n in range((len(table.columns) - 1) // MASK_BITS + 1))
    counts = [0] * len(table.columns)
    for *bits, rows in engine.rows(f"SELECT {masks}, count(*) FROM scanned_{place} GROUP BY ALL"):
        for n in range(len(counts)):
            counts[n] += rows * (bits[n // MASK_BITS] >> n % MASK_BITS & 1)
    return counts


def promote(
    table: Table, filled: Sequence[int], cells: Mapping[tuple[int, str], int]
) -> tuple[Table, list[tuple[str, str]]]:
    """
    Where nearly every cell of a column is of one category, the column is: one row, not millions.

    Returns the table with such columns, and their headers and categories.
    """
    columns, promoted = list(table.columns), []
    for (at, category), count in cells.items():
        if count < 2 or count < filled[at] * _PROMOTED_FROM:  # noqa: PLR2004 - one cell is a cell
            continue
        columns[at] = columns[at].model_copy(
            update={"category": category, "ground": f"content: {count} of {filled[at]} cells"}
        )
        promoted.append((columns[at].header, category))
    return table.model_copy(update={"columns": tuple(columns)}), promoted


def _finish(engine: Engine, table: Table, place: int, filled: list[int]) -> None:
    """Write ``columns``, and show ``records`` with the row's number and what checks may ask for."""
    engine.insert("columns", columns_of(table, filled))
    create_view(engine, table, place, [role for _, role in date_columns(table)])


def columns_of(table: Table, filled: Sequence[int]) -> list[tuple[object, ...]]:
    """The rows of ``columns`` for one table."""
    return [
        (table.name, at, column.header, column.category, column.role, column.ground, filled[at])
        for at, column in enumerate(table.columns)
    ]
