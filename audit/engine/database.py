"""
The pass over a table of a database: what is decided there, and what comes here.

The database looks for candidates: every row is held against the recognisers' patterns there, and
only of a row that matches every cell is sent, once. Of every other row come the cells of the columns whose
content checks ask for (the key, dates, states, what people are told by), and of the other cells
whether they are filled, a bit each. What came is then scanned as any source is, so the
findings are those of an export of the same table.

The patterns are a superset: what they pass is decided in the scan. They are written in the subset
of regular expressions that PostgreSQL, MariaDB and RE2 read alike: classes, bounded repetition,
alternation, no word boundary and no escape of a class.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from audit.categories import categories
from audit.categories._asides import ASIDE_IN_CELL
from audit.categories._text import OBFUSCATED, any_of
from audit.categories.examine import looks_in
from audit.engine.duckdb import Engine, quoted
from audit.engine.extracted import Passed
from audit.engine.identities import early, looks_removed
from audit.engine.projection import date_columns
from audit.engine.remarks import NOTED, NOTED_LEFT, NOTED_OWES, may_be_noted, notes_of
from audit.engine.roles import kept
from audit.engine.source import Reading
from audit.errors import InputChanged, NoPlaceLeft
from audit.finding import LoadingLedger
from audit.register.database import Connection, DatabaseTable
from audit.register.database.dialect import SEPARATOR
from audit.register.database.tables import described_again
from audit.register.delimited import CLEAN, Repaired
from audit.register.model import Dialect, Table

__all__ = ["Query", "candidates", "query", "read_database"]

_STEMS_TOGETHER = 2500
_LONGEST_PATTERN = 24_000  # characters: compiled, MariaDB takes no more than 64 kB
# PostgreSQL keeps 32 compiled, a few others among them; with more it would compile them for each row.
_PATTERNS_AT_MOST = 26
_SAMPLED = 1000  # rows in which values are looked for that stand there over and over
_OFTEN = 20  # times
_FILLED = "."  # stands for a cell that was not sent: nothing is found in it
# The forms of dates that need not be read again here.
_USUAL_DATE = (
    "^([0-9]{4}-[01][0-9]-[0-3][0-9]|[0-3]?[0-9][.][01]?[0-9][.][12][0-9]{3})"
    "([ T][0-2]?[0-9]:[0-5][0-9](:[0-5][0-9])?)?$"
)


@dataclass(frozen=True, kw_only=True)
class Query:
    """What is asked of the database, and how its answer is laid out."""

    sql: str
    """Each row: the cells of ``asked``, the bits of the others, and their cells, or NULL."""
    asked: tuple[int, ...]
    """The places of the columns that are always sent."""
    others: tuple[int, ...]
    width: int

    def cells(self, row: Sequence[str | None]) -> tuple[list[str], bool]:
        """The row's cells, and whether it came whole."""
        cells = [""] * self.width
        for at, text in zip(self.asked, row, strict=False):
            cells[at] = text or ""
        *_, bits, sent = row
        if sent is not None:
            texts = sent.split(SEPARATOR) if self.others else ()
            for at, text in zip(self.others, texts, strict=True):
                cells[at] = text
            return cells, True
        for at, bit in zip(self.others, bits or "", strict=True):
            cells[at] = _FILLED if bit == "1" else ""
        return cells, False


def read_database(
    engine: Engine,
    table: Table,
    place: int,
    source: DatabaseTable,
    passed: Passed,
    blameless: Callable[[str, int], bool],
    *,
    matched: bool,
) -> tuple[Reading, LoadingLedger]:
    """
    Pass over a table of a database, and reconcile its rows with its own count.

    Every table of a database is read in the same state of it, unless the connection was lost between.

    ``blameless`` says of a text whether nothing is to be found in it, in a column.

    Raises an ``AuditError`` if the connection is lost, before anything is concluded.
    """
    with engine.databases.to(source.variable, source.shown) as (connection, again):
        now = described_again(connection, source)
        if now.columns != source.columns:
            raise InputChanged(source.shown)
        usual = _usual(now, connection, blameless)
        asked = query(table, now, connection, usual, matched=matched)
        counted = now.count(connection)
        target = engine.folder / f"database_{place}.csv"
        rows, whole, cells = 0, 0, 0
        with target.open("w", encoding="utf-8", errors="replace", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            for row in connection.stream(asked.sql):
                texts, is_whole = asked.cells(row)
                rows += 1
                whole += is_whole
                if is_whole:
                    cells += sum(bool(texts[at]) for at in asked.others)
                writer.writerow(["", *(text.translate(CLEAN) for text in texts)])
    reading = Reading(
        path=target,
        dialect=Dialect(delimiter=",", header_lines=0),
        rewritten=True,
        repaired=Repaired(rows=rows),
    )
    if not passed(reading):
        raise NoPlaceLeft(table.source, "the scan refuses its records")
    notes = [("database_rows", rows), ("database_candidates", whole), ("database_cells", cells)]
    if not connection.dialect.filters:
        notes.append(("database_unfiltered", rows))
    if again:
        notes.append(("database_read_again", rows))
    if not now.key:
        notes.append(("database_no_key", rows))
    ledger = LoadingLedger(
        source=table.source,
        file=table.file,
        sheet=table.sheet,
        form="database_in_place",
        unit="records",
        encoding="",
        delimiter="",
        lines=counted,
        header=0,
        rows=rows,
        notes=tuple(notes),
    )
    return reading, ledger


def query(
    table: Table,
    source: DatabaseTable,
    connection: Connection,
    usual: Mapping[int, Sequence[str]],
    *,
    matched: bool,
) -> Query:
    """The one query of the pass; ``usual`` has, by column, texts in which nothing is to be found."""
    dialect, texts = connection.dialect, source.texts(connection)
    asked = _asked(table, matched=matched)
    others = [at for at in range(len(texts)) if at not in asked]
    bits = [f"CASE WHEN {dialect.filled(texts[at])} THEN '1' ELSE '0' END" for at in others]
    # No cell is sent twice: those that are asked for by name come in any case.
    whole = dialect.row([texts[at] for at in others]) if others else "''"
    if dialect.filters:
        # Unknown passes: a row that the database cannot match is decided here.
        tests = _tests(table, source, connection, usual)
        whole = f"CASE WHEN coalesce({' OR '.join(tests)}, true) THEN {whole} END"
    columns = [
        *(texts[at] for at in asked),
        f"concat({', '.join(bits)})" if bits else "''",
        whole,
    ]
    return Query(
        sql=f"SELECT {', '.join(columns)} FROM {source.relation}{source.order}",
        asked=tuple(asked),
        others=tuple(others),
        width=len(texts),
    )


def _asked(table: Table, *, matched: bool) -> list[int]:
    """The places of the columns that the pass reads by name, besides looking for candidates."""
    found = {at for at, _ in date_columns(table)}
    for sql in (*kept(table, matched=matched), *early(table, matched=matched)):
        # Whether a name is there is a bit; a row in which it was removed comes whole, and so does
        # one whose note may say that post came back.
        if not sql.endswith(_WHOLE):
            found |= {int(at) for at in re.findall(r"\bc([0-9]+)\b", sql)}
    return sorted(found & set(range(len(table.columns))))


_WHOLE = tuple(
    f" AS {name}"
    for name in ("emptied", "emptied_at", "organisation", NOTED, NOTED_LEFT, NOTED_OWES)
)
"""What is told of a row that comes whole."""


def _usual(
    source: DatabaseTable, connection: Connection, blameless: Callable[[str, int], bool]
) -> dict[int, list[str]]:
    """
    By column, texts that its first rows have over and over, and in which there is nothing.

    A state, a town or the controller's own account would otherwise make candidates of most rows.
    Only texts that many rows share come here.
    """
    found: dict[int, list[str]] = {}
    for at, text in enumerate(source.texts(connection)):
        rows = connection.rows(
            f"SELECT said FROM (SELECT {text} AS said FROM {source.relation} LIMIT {_SAMPLED}) "
            f"AS first_rows GROUP BY said HAVING count(*) >= {_OFTEN}"
        )
        some = [said for (said,) in rows if said and said.strip() and blameless(said, at)]
        if some:
            found[at] = some
    return found


def _tests(
    table: Table,
    source: DatabaseTable,
    connection: Connection,
    usual: Mapping[int, Sequence[str]],
) -> Iterator[str]:
    """SQL of each reason for which a row is sent whole."""
    dialect, texts = connection.dialect, source.texts(connection)
    dates = {at for at, _ in date_columns(table)}
    of_sort: dict[frozenset[str], list[str]] = {}
    for at, (column, (_, kind)) in enumerate(zip(table.columns, source.columns, strict=True)):
        if kind in ("day", "moment", "zoned", "flag"):
            continue  # the database has proved it
        text = texts[at]
        if at in dates:
            typed = dialect.matches(text, _USUAL_DATE)
            yield f"{dialect.filled(text)} AND NOT coalesce({typed}, false)"
            continue
        left_out = frozenset(k for k, c in categories().items() if not looks_in(c, column.category))
        if at in usual:
            text = f"CASE WHEN {text} NOT IN ({', '.join(map(quoted, usual[at]))}) THEN {text} END"
        of_sort.setdefault(left_out, []).append(text)
    if names := [texts[at] for at, c in enumerate(table.columns) if c.category == "name"]:
        together = dialect.joined(names)
        yield f"NOT ({' OR '.join(map(dialect.filled, names))})"
        yield dialect.matches(together, looks_removed())
        yield from (dialect.matches(name, ASIDE_IN_CELL) for name in names)
    if notes := [texts[at] for at in notes_of(table)]:
        yield dialect.matches(dialect.joined(notes), may_be_noted())
    known = _few_patterns(of_sort)
    # Each pattern once, on all cells that it is for: to begin a match costs PostgreSQL the most.
    looked_at: dict[str, list[str]] = {}
    for left_out, some in of_sort.items():
        for pattern in known[left_out]:
            looked_at.setdefault(pattern, []).extend(some)
    for pattern, some in looked_at.items():
        yield dialect.matches(dialect.joined(some), pattern)


def _few_patterns(sorts: Iterable[frozenset[str]]) -> dict[frozenset[str], tuple[str, ...]]:
    """
    The patterns for cells in which some categories are not looked for, few enough in all.

    Where there would be too many, the words of every category are sought everywhere, and only the
    forms still differ, without which each address in a column of addresses would be a candidate.
    """
    own = {left_out: candidates(left_out) for left_out in sorts}
    if len({pattern for patterns in own.values() for pattern in patterns}) <= _PATTERNS_AT_MOST:
        return own
    shared = candidates()
    if len(own) + len(shared) - 1 <= _PATTERNS_AT_MOST:
        return {left_out: (patterns[0], *shared[1:]) for left_out, patterns in own.items()}
    return dict.fromkeys(own, shared)


@cache  # the columns of many tables leave out the same
def candidates(left_out: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The patterns of every category but some: whatever is found anywhere matches one of them."""
    each = [c.candidate for key, c in categories().items() if c.candidate and key not in left_out]
    forms = f"(^|[^0-9A-Za-z])({'|'.join(each)})($|[^0-9A-Za-z])|" if each else ""
    of_words = (
        tuple(sorted({stem for key in keys - left_out for stem in categories()[key].words}))
        for keys in _together()
    )
    words = (pattern for stems in of_words if stems for pattern in _compilable(stems))
    return (f"{forms}{OBFUSCATED}", *words)


@cache  # the columns of many tables leave out the same
def _compilable(stems: tuple[str, ...]) -> tuple[str, ...]:
    """Patterns for any of the stems, each short enough."""
    whole = any_of(stems)
    if len(whole) <= _LONGEST_PATTERN:
        return (whole,)
    parts = -(-len(whole) // _LONGEST_PATTERN)
    some = -(-len(stems) // parts)
    each = (stems[start : start + some] for start in range(0, len(stems), some))
    return tuple(any_of(part) for part in each)


def _together() -> Iterator[set[str]]:
    """Categories whose stems stand in one pattern; many columns then share most patterns."""
    keys: set[str] = set()
    stems = 0
    for key, category in categories().items():
        if keys and stems + len(category.words) > _STEMS_TOGETHER:
            yield keys
            keys, stems = set(), 0
        keys.add(key)
        stems += len(category.words)
    yield keys
