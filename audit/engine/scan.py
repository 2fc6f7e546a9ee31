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

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial, singledispatch
from pathlib import Path

from audit.categories.chance import GROUND as CHANCE
from audit.engine.dates import read_dates
from audit.engine.duckdb import Engine, EngineError, quoted
from audit.engine.examined import by_chance, count_filled, examine, promote
from audit.engine.examiners import examiner_of
from audit.engine.mixed import gathered
from audit.engine.names import notes_of
from audit.engine.plausible import add_implausible
from audit.engine.projection import date_columns, pass_sql, usual_cells
from audit.engine.reading import read_source
from audit.engine.roles import create_view
from audit.engine.source import Reading
from audit.finding import LoadingLedger
from audit.register.delimited import Head
from audit.register.extract import Extract
from audit.register.kinds.model import schema
from audit.register.model import Table

__all__ = ["Scanned", "columns_of", "create_tables", "focus", "gather", "let_go", "scan"]

_FEW = 20_000  # records that many checks ask for: a table of them costs less than a view
_FEW_TABLES = 60  # each that is made takes a megabyte, however little is in it
_FEW_OF_A_KIND = 30  # tables that one query reads together
_SMALL = 64_000  # bytes; to look at every cell of so many takes less time than to make a sieve


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
    unreadable_dates: tuple[str, ...] = ()
    """Columns that the notice's periods count from, and in which no cell is a date; known once the
    notice is put to the tables."""
    groups: tuple[str, ...] = ()
    """What its records say of whom they are, by the words of ``subject_group``; known once the notice
    is put to the tables, where that has periods for groups."""
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
def let_go(engine: Engine, table: str) -> None:
    """Take out what a scan that failed had found already: nothing is concluded from its source."""
    for name in ("cells", "columns"):
        engine.run(f'DELETE FROM {name} WHERE "table" = {quoted(table)}')


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
    declared: frozenset[str] = frozenset(),
    matched: bool = False,
) -> Scanned:
    """
    Read one source into ``records_<place>``, and add to ``cells`` and ``columns``.

    ``extract`` is given for what is no delimited text; ``origin`` is the file as it lies in the
    register's folder, where ``path`` is what was unpacked of it.
    ``matched`` says whether its people are to be matched with those of other files.
    Raises an ``AuditError`` if the file cannot be read, or if lines of it are unaccounted for.
    """
    examiner = examiner_of(table, controllers_own, declared)
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
    examined = examine(engine, table, place, examiner)
    dated = read_dates(engine, table, place, examined.texts)
    add_implausible(engine, table, place)
    filled = count_filled(engine, table, place)
    table, promoted = promote(table, filled, examined.whole)
    for header, category in promoted:
        engine.run(f"DELETE FROM cells WHERE {_in_column(table, header, category)}")
    for header, category in by_chance(table, examined.whole, examined.alike):
        of_column = _in_column(table, header, category)
        engine.run(f"UPDATE cells SET ground = {quoted(CHANCE)} WHERE {of_column}")
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
        candidates=examined.rows,
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
        if one.rows < _FEW and len(scanned) <= _FEW_TABLES:
            _make(engine, place)
    mixed = gathered(scanned)
    for kind, records in mixed.items():
        engine.run(f"CREATE VIEW all_{kind} AS {engine.compile(records)}")
    for kind, places in of_kind.items():
        if kind in mixed:
            continue
        columns = ", ".join(f'"{name}"' for name in schema(kind))
        each = [f"SELECT {columns} FROM records_{place}" for place in places]
        if len(places) <= _FEW_OF_A_KIND:
            engine.run(f"CREATE VIEW all_{kind} AS {' UNION ALL '.join(each)}")
            continue
        # One query over hundreds of tables holds something for each of them at once.
        engine.run(f"CREATE TABLE all_{kind} AS {each[0]}")
        for more in each[1:]:
            engine.run(f"INSERT INTO all_{kind} {more}")


def _make(engine: Engine, place: int) -> None:
    """Let ``records_<place>`` be a table, where all that it is read with need not be read each time."""
    engine.run(f"CREATE TABLE made_{place} AS SELECT * FROM records_{place}")
    engine.run(f"DROP VIEW records_{place}")
    engine.run(f"ALTER TABLE made_{place} RENAME TO records_{place}")


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
        with engine.room_for(len(table.columns)):
            engine.run(f"CREATE TABLE scanned_{place} AS {selected}")
    except EngineError:
        return False
    return True


def _in_column(table: Table, header: str, category: str) -> str:
    """SQL of the rows of ``cells`` with a category in one column."""
    return (
        f'"table" = {quoted(table.name)} AND "column" = {quoted(header)} '
        f"AND category = {quoted(category)}"
    )


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
