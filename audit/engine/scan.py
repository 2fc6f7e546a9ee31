"""
The one pass over a source.

Each source becomes three things, and no other cell of it is kept:

``records``
    one line per record: ``row``, ``record_key`` and the dates and flags that checks ask for, typed;
``cells``
    one line per cell in which something was found that its column is not for: table, row, column,
    category, ground, whose it is; no value;
``columns``
    one line per column: category, ground, how many cells are filled.

The pass joins the cells of a row and matches the row once, against one alternation of every
recogniser's candidate. A marker stands before each cell, one marker for each category that a
column may wholly hold, and a category's candidate does not begin after its own marker: so an
e-mail column is not a row of candidates, and an identity code in it is one. Rows that match go to
``categories.examine``, which decides in Python, the same on every engine; then they are dropped.

The SQL is written out, not built with Ibis, so that it runs while Ibis is still importing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from audit.categories import Category, categories
from audit.categories._text import OBFUSCATED
from audit.categories.examine import Cell, Examiner
from audit.engine.duckdb import Engine, EngineError, quoted
from audit.errors import InputUnreadable, Shortfall
from audit.finding import LoadingLedger
from audit.register.dates import (
    FAST_FORMS,
    PLACEHOLDERS,
    SlashOrder,
    is_placeholder,
    read_date,
    slash_order,
)
from audit.register.delimited import (
    MARKERS,
    LineCount,
    Repaired,
    count_lines,
    reencode,
    repair,
)
from audit.register.model import Column, Dialect, Role, Table
from audit.vocabulary import ENDED_WORDS, NO_WORDS

__all__ = ["Scanned", "create_tables", "scan"]

_BATCH = 5000
_MASK_BITS = 60
_PROMOTED_FROM = 0.9  # share of a column's filled cells that makes it a column of that category
_KEY_SHAPE = r"[0-9A-Za-z]{0,4}[-_./# ]?[0-9][0-9A-Za-z]{0,3}(?:[-_./]?[0-9A-Za-z]{0,3}[0-9]){0,12}[A-Za-z]{0,2}|[0-9a-fA-F-]{32,36}|gid://[0-9A-Za-z/]{1,40}"
_PERSONAL_KEYS = frozenset({"name", "email", "phone", "personal_identity_code", "postal_address"})


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
    ambiguous_dates: tuple[str, ...] = ()
    """Columns whose slashed dates could be read either way."""


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """A file as DuckDB is to read it: where, and with which columns before the table's own."""

    path: Path
    dialect: Dialect
    repaired: Repaired | None = None


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


def scan(
    engine: Engine,
    table: Table,
    path: Path,
    place: int,
    *,
    ragged: bool = False,
    multiline: bool = False,
    controllers_own: frozenset[str] = frozenset(),
) -> Scanned:
    """
    Read one source into ``records_<place>``, and add to ``cells`` and ``columns``.

    ``ragged`` says that records of unequal width were seen already, so that the file is repaired
    at once; ``multiline`` that cells with line breaks were seen, so that they are counted. Raises an ``AuditError`` if the file cannot be read, or if lines are unaccounted for.
    """
    with ThreadPoolExecutor(1) as beside:
        counting = beside.submit(count_lines, path)
        reading = _as_utf8(engine, table, path, place)
        broken = ragged or not _pass(engine, table, reading, place, breaks=multiline)
        lines = counting.result()
    ledger = (
        None if broken else _plain_ledger(engine, table, reading, lines, place, breaks=multiline)
    )
    if (
        ledger is None
        and not broken
        and not multiline
        and _pass(engine, table, reading, place, breaks=True)
    ):
        multiline = True  # the head had no line break inside a cell, but the file does
        ledger = _plain_ledger(engine, table, reading, lines, place, breaks=True)
    if ledger is None:
        reading, multiline = _repaired(engine, table, path, place), False
        if not _pass(engine, table, reading, place, breaks=False):
            raise InputUnreadable(
                table.file, "its records cannot be told apart", "export it again as CSV"
            )
        ledger = _repaired_ledger(table, reading, lines)
    if ledger.accounted != ledger.lines:
        raise Shortfall(table.file, ledger.lines, ledger.accounted)
    if not ledger.rows and ledger.quarantined:
        raise InputUnreadable(
            table.file,
            f"none of its {len(ledger.quarantined)} records has {len(table.columns)} cells",
            f"check `delimiter: {table.dialect.delimiter!r}` in the plan",
        )
    candidates, cells, ambiguous = _examine(engine, table, place, controllers_own)
    filled = _count_filled(engine, table, place)
    table = _promote(engine, table, filled, cells)
    _finish(engine, table, place, filled)
    found = Counter(
        dict(
            engine.rows(
                f'SELECT "column", count(*) FROM cells WHERE "table" = {quoted(table.name)} GROUP BY 1'
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
        ambiguous_dates=ambiguous,
    )


# --- reading -------------------------------------------------------------------------------------


def _as_utf8(engine: Engine, table: Table, path: Path, place: int) -> _Reading:
    dialect = table.dialect
    if dialect.encoding in ("utf-8", "utf-8-sig"):
        return _Reading(path=path, dialect=dialect)
    target = engine.folder / f"source_{place}.csv"
    with target.open("wb") as file:
        reencode(path, dialect.encoding, file)
    return _Reading(path=target, dialect=dialect)


def _repaired(engine: Engine, table: Table, path: Path, place: int) -> _Reading:
    target = engine.folder / f"repaired_{place}.csv"
    with target.open("wb") as file:
        done = repair(path, table.dialect, len(table.columns), file)
    return _Reading(path=target, dialect=Dialect(delimiter=",", header_lines=0), repaired=done)


def _plain_ledger(
    engine: Engine,
    table: Table,
    reading: _Reading,
    lines: LineCount,
    place: int,
    *,
    breaks: bool,
) -> LoadingLedger | None:
    """The ledger of a plain file; None where the counts do not agree and it must be repaired."""
    if lines.markers and reading.path.name != f"source_{place}.csv":
        return None
    within = "sum(breaks)" if breaks else "0"
    [(rows, inside)] = engine.rows(f"SELECT count(*), {within} FROM scanned_{place}")
    ledger = LoadingLedger(
        source=table.file,
        encoding=table.dialect.encoding,
        delimiter=table.dialect.delimiter,
        lines=lines.lines,
        header=table.dialect.header_lines,
        rows=rows,
        inside_cells=int(inside or 0),
        sha256=lines.sha256,
    )
    return ledger if ledger.accounted == ledger.lines else None


def _repaired_ledger(table: Table, reading: _Reading, lines: LineCount) -> LoadingLedger:
    done = reading.repaired or Repaired()
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
        repaired=tuple(sorted(done.repaired.items())),
        sha256=lines.sha256,
    )


# --- the pass ------------------------------------------------------------------------------------


def _pass(engine: Engine, table: Table, reading: _Reading, place: int, *, breaks: bool) -> bool:
    """
    Scan the source into ``scanned_<place>``; False if DuckDB finds a record it cannot read.

    With ``breaks``, the line breaks inside each record's cells are counted as well.
    """
    names = [f"c{n}" for n in range(len(table.columns))]
    extra = ["line"] if reading.repaired is not None else []
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in extra + names)
    source = (
        f"read_csv({quoted(str(reading.path))}, auto_detect = false, header = false, "
        f"skip = {reading.dialect.header_lines}, delim = {quoted(reading.dialect.delimiter)}, "
        f"quote = {quoted(reading.dialect.quote)}, escape = {quoted(reading.dialect.quote)}, "
        f"max_line_size = 8388608, buffer_size = 33554432, columns = {{{columns}}})"
    )
    joined, pattern = _row_and_pattern(table.columns)
    forms = "[" + ", ".join(quoted(form) for form in FAST_FORMS) + "]"
    # What several outputs need is computed once, below the projection.
    below = [
        "*",
        f"{joined} AS joined",
        *(
            f"CAST(try_strptime(c{at}, {forms}) AS DATE) AS day_{at}"
            for at, _ in _date_columns(table)
        ),
    ]
    again = [f"regexp_matches(joined, {quoted(pattern)})"]
    # A date that the engine cannot type is read again as well; a placeholder is no date.
    again += [
        f"(c{at} IS NOT NULL AND {_real(at)} IS NOT TRUE AND {_never(at)} IS NOT TRUE)"
        for at, _ in _date_columns(table)
    ]
    kept = [
        *(f"CAST({name} AS BIGINT) AS line" for name in extra),
        f"CASE WHEN {' OR '.join(again)} THEN joined END AS candidates",
        *_masks(names),
        *_roles(table),
    ]
    if breaks:
        kept.append(
            "CASE WHEN contains(joined, chr(10)) "
            "THEN length(joined) - length(replace(joined, chr(10), '')) END AS breaks"
        )
    engine.run(f"DROP TABLE IF EXISTS scanned_{place}")
    try:
        engine.run(
            f"CREATE TABLE scanned_{place} AS SELECT {', '.join(kept)} "
            f"FROM (SELECT {', '.join(below)} FROM {source})"
        )
    except EngineError:
        return False
    return True


def _row_and_pattern(columns: Sequence[Column]) -> tuple[str, str]:
    """The row as one string with its markers, and the alternation that it is matched against."""
    patterned = [category for category in categories().values() if category.candidate]
    held = {column.category for column in columns}
    own = [category for category in patterned if category.key in held]
    markers = {category.key: MARKERS[n] for n, category in enumerate(own[: len(MARKERS) - 1])}
    plain = MARKERS[-1]
    every = "".join(sorted({plain, *markers.values()}))
    joined = ", ".join(
        f"{quoted(markers.get(column.category or '', plain))}, c{n}"
        for n, column in enumerate(columns)
    )
    alternatives = "|".join(_after(category, markers, every) for category in patterned)
    return f"concat({joined})", f"(?:{alternatives})(?:$|[^0-9A-Za-z])|{OBFUSCATED}"


def _after(category: Category, markers: dict[str, str], every: str) -> str:
    """A category's candidate as a whole token of any cell but those its own marker introduces."""
    begins = every.replace(markers.get(category.key, ""), "") if category.key in markers else every
    return f"[{begins}](?:[^{every}]*[^0-9A-Za-z{every}])?(?:{category.candidate})"


def _masks(names: Sequence[str]) -> Iterator[str]:
    """Which cells of the row are filled, a bit each: blank is NULL, empty or white space."""
    for mask, start in enumerate(range(0, len(names), _MASK_BITS)):
        bits = " + ".join(
            # Few cells begin below "!": only those need trimming to tell.
            f"CASE WHEN {name} >= '!' THEN {1 << bit} WHEN {name} IS NULL THEN 0 "
            f"WHEN trim({name}, ' \t\r\n\u00a0') <> '' THEN {1 << bit} ELSE 0 END"
            for bit, name in enumerate(names[start : start + _MASK_BITS])
        )
        yield f"CAST({bits} AS BIGINT) AS filled_{mask}"


def _roles(table: Table) -> Iterator[str]:
    """The typed columns that checks ask for."""
    key = table.with_role(Role.RECORD_KEY)
    if key is not None and table.columns[key].category not in _PERSONAL_KEYS:
        yield f"CASE WHEN regexp_full_match(c{key}, {quoted(_KEY_SHAPE)}) THEN c{key} END AS record_key"
    else:
        yield "CAST(NULL AS VARCHAR) AS record_key"
    for at, role in _date_columns(table):
        yield f"CASE WHEN {_real(at)} THEN day_{at} END AS {role}"
    status, active = table.with_role(Role.STATUS), table.with_role(Role.ACTIVE)
    hold = table.with_role(Role.HOLD)
    if status is not None:
        yield f"coalesce({_is_word(f'c{status}', ENDED_WORDS)}, false) AS ended"
    elif active is not None:
        yield f"coalesce({_is_word(f'c{active}', NO_WORDS)}, false) AS ended"
    else:
        yield "false AS ended"
    if hold is not None:
        # A blank hold is no hold: SQL's unknown would hide the record.
        filled = f"nullif(trim(c{hold}), '') IS NOT NULL"
        yield f"{filled} AND NOT coalesce({_is_word(f'c{hold}', NO_WORDS)}, false) AS on_hold"
    else:
        yield "false AS on_hold"


def _never(at: int) -> str:
    # Not `IN (…)`: DuckDB makes a join of it, and rows leave a join out of the file's order.
    return "(" + " OR ".join(f"day_{at} = DATE '{day.isoformat()}'" for day in PLACEHOLDERS) + ")"


def _real(at: int) -> str:
    plausible = f"day_{at} BETWEEN DATE '1850-01-01' AND DATE '2200-12-31'"
    return f"({plausible} AND NOT {_never(at)})"


def _date_columns(table: Table) -> list[tuple[int, str]]:
    found: dict[str, int] = {}
    for place, column in enumerate(table.columns):
        if column.role is not None and column.role.type == "date":
            found.setdefault(column.role.value, place)
    return [(place, role) for role, place in found.items()]


def _is_word(cell: str, words: Sequence[str]) -> str:
    pattern = "|".join(re.escape(word) for word in words)
    return f"regexp_full_match({cell}, {quoted(f'(?i)[ ]*(?:{pattern})[ ]*')})"


# --- after the pass ------------------------------------------------------------------------------


def _examine(
    engine: Engine, table: Table, place: int, controllers_own: frozenset[str]
) -> tuple[int, Counter[tuple[int, str]], tuple[str, ...]]:
    """
    Decide the rows that the pass kept, then drop their text.

    Returns how many rows were examined, what was found by column and category, and the columns
    whose dates could be read either way.
    """
    examiner = Examiner([column.category for column in table.columns], controllers_own)
    key, dates = table.with_role(Role.RECORD_KEY), _date_columns(table)
    counts: Counter[tuple[int, str]] = Counter()
    examined, masked = 0, []
    texts: dict[str, list[tuple[int, str]]] = {role: [] for _, role in dates}
    reader = engine.connection.cursor()
    typed = "".join(f", {role} IS NULL" for _, role in dates)
    reader.execute(
        f"SELECT rowid + 1, candidates{typed} FROM scanned_{place} WHERE candidates IS NOT NULL"
    )
    while batch := reader.fetchmany(_BATCH):
        found: list[tuple[int, Cell]] = []
        for row, joined, *untyped in batch:
            cells = joined.translate(_SPLIT_MARKERS).split("\x1f")[1:]
            found += [(row, cell) for cell in examiner.row(cells)]
            for (at, role), missing in zip(dates, untyped, strict=True):
                if missing and cells[at].strip():
                    texts[role].append((row, cells[at]))
        examined += len(batch)
        counts.update((cell.column, cell.category) for _, cell in found)
        masked += [row for row, cell in found if cell.column == key]
        _add_cells(engine, table, found)
    reader.close()
    if masked:  # a key that holds somebody's details is not shown
        rows = ", ".join(map(str, masked))
        engine.run(f"UPDATE scanned_{place} SET record_key = NULL WHERE rowid + 1 IN ({rows})")
    engine.run(f"ALTER TABLE scanned_{place} DROP COLUMN candidates")
    ambiguous = [
        table.columns[at].header
        for at, role in dates
        if _read_dates(engine, place, role, texts[role])
    ]
    return examined, counts, tuple(ambiguous)


def _read_dates(engine: Engine, place: int, role: str, texts: list[tuple[int, str]]) -> bool:
    """Type the dates that the engine could not; whether some of them could be read either way."""
    engine.run(f"ALTER TABLE scanned_{place} ADD COLUMN {role}_unread BOOLEAN DEFAULT false")
    given = [(row, text) for row, text in texts if not is_placeholder(text)]
    if not given:
        return False
    order = slash_order(text for _, text in given)
    read = [(row, read_date(text, order)) for row, text in given]
    engine.run("CREATE OR REPLACE TABLE read_dates (at BIGINT, day DATE)")
    engine.insert("read_dates", read)
    engine.run(
        f"UPDATE scanned_{place} SET {role} = day, {role}_unread = day IS NULL "
        f"FROM read_dates WHERE scanned_{place}.rowid + 1 = at"
    )
    return order is SlashOrder.AMBIGUOUS and any(
        day is None and "/" in text for (_, text), (_, day) in zip(given, read, strict=True)
    )


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


def _count_filled(engine: Engine, table: Table, place: int) -> list[int]:
    sums = ", ".join(
        f"count(*) FILTER (filled_{n // _MASK_BITS} & {1 << n % _MASK_BITS} <> 0)"
        for n in range(len(table.columns))
    )
    [counts] = engine.rows(f"SELECT {sums} FROM scanned_{place}")
    return list(counts)


def _promote(
    engine: Engine, table: Table, filled: list[int], cells: Counter[tuple[int, str]]
) -> Table:
    """Where nearly every cell of a column is of one category, the column is: one row, not millions."""
    columns = list(table.columns)
    for (at, category), count in cells.items():
        if count < 2 or count < filled[at] * _PROMOTED_FROM:  # noqa: PLR2004 - one cell is a cell
            continue
        columns[at] = columns[at].model_copy(
            update={"category": category, "ground": f"content: {count} of {filled[at]} cells"}
        )
        engine.run(
            f'DELETE FROM cells WHERE "table" = {quoted(table.name)} '
            f'AND "column" = {quoted(columns[at].header)} AND category = {quoted(category)}'
        )
    return table.model_copy(update={"columns": tuple(columns)})


def _finish(engine: Engine, table: Table, place: int, filled: list[int]) -> None:
    """Write ``columns``, and show ``records`` with the row's number and what checks may ask for."""
    engine.insert(
        "columns",
        (
            (table.name, at, column.header, column.category, column.role, column.ground, filled[at])
            for at, column in enumerate(table.columns)
        ),
    )
    dates = "".join(
        f", {role}, ({role} IS NOT NULL OR {role}_unread) AS {role}_given"
        for _, role in _date_columns(table)
    )
    engine.run(
        f'CREATE VIEW records_{place} AS SELECT rowid + 1 AS "row", record_key, ended, on_hold{dates} '
        f"FROM scanned_{place}"
    )
