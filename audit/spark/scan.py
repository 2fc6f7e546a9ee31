"""The pass over one source on Spark, and what the checks then see of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from shutil import rmtree

from audit.categories.examine import Examiner
from audit.engine.dates import DateNotes, readings_of
from audit.engine.duckdb import EngineError
from audit.engine.examined import by_chance, promote
from audit.engine.examiners import examiner_of
from audit.engine.extracted import extract_ledger
from audit.engine.mixed import gathered
from audit.engine.patterns import used_markers
from audit.engine.people import COLUMNS as PEOPLE
from audit.engine.people import add_hashes
from audit.engine.projection import date_columns, pass_sql, usual_cells
from audit.engine.reading import read_source, reconciled
from audit.engine.scan import Scanned, columns_of, gather, scan
from audit.engine.source import Reading, digest, ledger_of
from audit.errors import ClusterFailed, InputUnreadable
from audit.finding import LoadingLedger
from audit.register.delimited import Head, Repaired, count_lines
from audit.register.extract import Extract
from audit.register.kinds.model import kinds, schema
from audit.register.model import Table
from audit.register.pseudonyms import Key
from audit.retention.starts import records_schema
from audit.spark.engine import SparkEngine, small_table, spark_kinds
from audit.spark.executor import (
    Batches,
    Finishing,
    Pass,
    Stats,
    finishing,
    passing,
)
from audit.spark.slices import GroupSlice, PartSlice, Slice, byte_slices, written_in_groups

__all__: list[str] = []


_CELLS = {"table": "string", "row": "int64"} | dict.fromkeys(
    ("column", "category", "ground", "relation", "also"), "string"
)
_COLUMNS = dict.fromkeys(("table", "column", "category", "role", "ground"), "string") | {
    "position": "int32",
    "filled": "int64",
}


_TOLD = ("table", "position", "column", "category", "role", "ground", "filled")  # as it is given


@dataclass(frozen=True, kw_only=True)
class _Passed:
    """A source after the pass: what the executors wrote of it, and the counts of its slices."""

    work: Pass
    stats: tuple[Stats, ...]

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.stats)

    @property
    def clean(self) -> bool:
        """Whether every slice was read, and no cut can have gone through a cell with a line break."""
        whole = len(self.stats) == 1
        return all(one.read and (whole or not one.breaks) for one in self.stats)


@scan.register
def _scan(
    engine: SparkEngine,
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
    """Read one source into ``records_<place>`` and ``found_<place>``; as on DuckDB."""
    examiner = examiner_of(table, controllers_own, declared)
    query = partial(
        pass_sql, table, head, usual_cells(table, head, examiner), "source", matched=matched
    )
    over = partial(_over, engine, table, place, query, controllers_own, declared)
    unread: list[tuple[object, ...]] = []
    repaired = False
    found = None
    if extract is None and _is_plain(table, head):
        found = _where_it_lies(table, path, over)
    elif extract is not None and extract.parts is not None:
        found = _part_by_part(table, path, extract, over)
    if found is None:
        reading, ledger, unread, first, slices = _copied(
            engine, table, path, place, head, examiner, extract, origin, matched
        )
        repaired = reading.repaired is not None
        passed = over(slices, first=first, breaks=False)
        if not all(one.read for one in passed.stats):
            raise InputUnreadable(
                table.source, "its records cannot be told apart", "export it again as CSV"
            )
    else:
        passed, ledger = found
        ledger = reconciled(table, path, ledger, extract=extract, origin=origin)
    return _finish(engine, table, place, passed, ledger, unread, repaired=repaired, matched=matched)


def _is_plain(table: Table, head: Head) -> bool:
    """Whether the file may be read where it lies: a try tells."""
    utf8 = table.dialect.encoding in ("utf-8", "utf-8-sig")
    return utf8 and not head.ragged


def _over(
    engine: SparkEngine,
    table: Table,
    place: int,
    query: partial[str],
    controllers_own: frozenset[str],
    declared: frozenset[str],
    slices: Sequence[Slice],
    *,
    first: str,
    breaks: bool,
) -> _Passed:
    """Pass over the slices; the executors keep what is left of them."""
    work = Pass(
        table=table,
        place=place,
        selected=query(breaks=breaks, first=first),
        controllers_own=controllers_own,
        declared=declared,
        slices=tuple(slices),
        left=engine.new_folder(f"left_{place}"),
    )
    told = _mapped(engine, passing(work), len(slices), table.source)
    stats = sorted(map(Stats.read_from, told), key=lambda one: one.slice)
    return _Passed(work=work, stats=tuple(stats))


def _mapped(
    engine: SparkEngine, work: Callable[[Batches], Batches], slices: int, shown: str
) -> list[str]:
    """What the executors tell of each slice, a task each."""
    numbers = engine.session.range(0, slices, 1, slices)
    return [text for (text,) in engine.collected(numbers.mapInArrow(work, "told STRING"), shown)]


def _where_it_lies(
    table: Table, path: Path, over: partial[_Passed]
) -> tuple[_Passed, LoadingLedger] | None:
    """Pass over a plain file in slices; None if it turns out not to be plain."""
    slices = byte_slices(path, table.dialect, len(table.columns))
    passed = over(slices, first="", breaks=True)
    empty = table.dialect.delimiter * (len(table.columns) - 1)
    lines = count_lines(path, used_markers(table.columns), empty=empty)
    breaks = sum(one.breaks for one in passed.stats)
    reading = Reading(path=path, dialect=table.dialect)
    ledger = ledger_of(table, reading, lines, passed.rows, breaks)
    if passed.clean and not (lines.markers or lines.emptied) and ledger.accounted == ledger.lines:
        return passed, ledger
    rmtree(passed.work.left)
    return None


def _part_by_part(
    table: Table, path: Path, extract: Extract, over: partial[_Passed]
) -> tuple[_Passed, LoadingLedger]:
    """Pass over a file whose parts the executors read where it lies."""
    assert extract.parts is not None
    assert extract.count is not None
    passed = over([PartSlice(sql=sql) for sql in extract.parts()], first="", breaks=False)
    if not passed.clean:
        raise InputUnreadable(table.source, "its records cannot be told apart", "export it again")
    sha256 = "" if extract.fileless else digest(path)
    reading = Reading(path=path, dialect=table.dialect, repaired=Repaired(rows=passed.rows))
    return passed, extract_ledger(table, extract, reading, extract.count(), sha256)


def _copied(
    engine: SparkEngine,
    table: Table,
    path: Path,
    place: int,
    head: Head,
    examiner: Examiner,
    extract: Extract | None,
    origin: Path | None,
    matched: bool,  # noqa: FBT001 - as the caller has it
) -> tuple[Reading, LoadingLedger, list[tuple[object, ...]], str, list[GroupSlice]]:
    """
    Let the driver read any other source, as on DuckDB, and write its cells as Parquet.

    Returns also what is to be selected first of each row: its line, where it has one.
    """
    width = len(table.columns)
    cells = ", ".join(f"c{n}" for n in range(width))
    # A column that is blank throughout has no type of its own.
    texts = ", ".join(f"CAST(c{n} AS VARCHAR) AS c{n}" for n in range(width))

    def copied(reading: Reading, *, breaks: bool = False, unread: bool = False) -> bool:
        first = "CAST(line AS BIGINT) AS line, " if reading.repaired is not None else ""
        first += "unread, " if unread else ""
        joined = f"concat({cells})"
        last = f", length({joined}) - length(replace({joined}, chr(10), '')) AS breaks"
        engine.run(f"DROP TABLE IF EXISTS scanned_{place}")
        try:
            engine.run(
                f"CREATE TABLE scanned_{place} AS SELECT {first}{texts}{last if breaks else ''} "
                f"FROM {reading.sql(width)}"
            )
        except EngineError:
            return False
        return True

    reading, ledger, unread = read_source(
        engine,
        table,
        path,
        place,
        head,
        copied,
        examiner,
        extract=extract,
        origin=origin,
        matched=matched,
    )
    target = engine.scratch / f"source_{place}.parquet"
    slices = written_in_groups(engine, f"scanned_{place}", target)
    there = {
        name for (name,) in engine.rows(f"SELECT name FROM pragma_table_info('scanned_{place}')")
    }
    engine.run(f"DROP TABLE scanned_{place}")
    first = "".join(f"{name}, " for name in ("line", "breaks") if name in there)
    return reading, ledger, unread, first, slices


def _finish(
    engine: SparkEngine,
    table: Table,
    place: int,
    passed: _Passed,
    ledger: LoadingLedger,
    unread: Sequence[tuple[object, ...]],
    *,
    repaired: bool,
    matched: bool,
) -> Scanned:
    """Show what the checks see of a source, once all of its slices are known."""
    stats = passed.stats
    filled = [sum(one.filled[at] for one in stats) for at in range(len(table.columns))]
    whole: Counter[tuple[int, str]] = Counter()
    alike: Counter[tuple[int, str, int]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for one in stats:
        whole.update({(at, category): n for at, category, n in one.whole})
        alike.update({(at, category, odds): n for at, category, odds, n in one.alike})
        found.update({(header, category): n for header, category, n in one.found})
    table, promoted = promote(table, filled, whole)
    texts: dict[str, list[str]] = {role: [] for _, role in date_columns(table)}
    for one in stats:
        for role, some in (one.dates or {}).items():
            texts[role] += some
    readings, dated = readings_of(table, texts)
    in_cells: Counter[str] = Counter()
    for (header, category), n in found.items():
        if (header, category) not in promoted and category != "implausible":
            in_cells[header] += n
    scanned = _scanned(table, filled, in_cells, stats, ledger, dated, repaired, matched)
    work = Finishing(
        scanned=scanned,
        place=place,
        readings=readings,
        before=_before(stats),
        promoted=promoted,
        by_chance=by_chance(table, whole, alike),
        left=passed.work.left,
        records=engine.new_folder(f"records_{place}"),
        cells=engine.new_folder(f"cells_{place}"),
    )
    _show(engine, work, len(stats), unread)
    rmtree(work.left)
    told = [dict(zip(_TOLD, row, strict=True)) for row in columns_of(table, filled)]
    rows = [[row[name] for name in _COLUMNS] for row in told]
    small_table(engine, _COLUMNS, rows).createOrReplaceTempView(f"columns_{place}")
    return scanned


def _scanned(
    table: Table,
    filled: Sequence[int],
    found: Mapping[str, int],
    stats: Sequence[Stats],
    ledger: LoadingLedger,
    dated: DateNotes,
    repaired: bool,  # noqa: FBT001 - as the caller has it
    matched: bool,  # noqa: FBT001
) -> Scanned:
    return Scanned(
        table=table,
        rows=ledger.rows,
        filled=tuple(filled),
        found=tuple(found.get(column.header, 0) for column in table.columns),
        candidates=sum(one.examined for one in stats),
        ledger=ledger,
        repaired=repaired,
        matched=matched,
        ambiguous_dates=dated.ambiguous,
        months_alone=dated.months,
    )


def _before(stats: Sequence[Stats]) -> dict[int, tuple[int, int]]:
    """By slice, the rows and the line breaks of the slices before it: a row's number is its place."""
    rows = [0, *accumulate(one.rows for one in stats)]
    breaks = [0, *accumulate(one.breaks for one in stats)]
    return {one.slice: (n, b) for one, n, b in zip(stats, rows, breaks, strict=False)}


def _show(
    engine: SparkEngine, work: Finishing, slices: int, unread: Sequence[tuple[object, ...]]
) -> None:
    """Make the views of one source: its records, their lines and keys, and what was found."""
    place = work.place
    source = work.scanned.table.source
    if len(_mapped(engine, finishing(work), slices, source)) != slices:
        raise ClusterFailed(source)
    engine.show(f"records_{place}", spark_kinds(records_schema(work.scanned)), work.records)
    engine.show(f"made_{place}", "`row` BIGINT, line_ BIGINT, key_ STRING", work.records)
    engine.records[place] = work.records
    cells = engine.show(f"cells_{place}", spark_kinds(_CELLS), work.cells)
    if unread:
        more = small_table(engine, _CELLS, unread)
        cells.unionByName(more).createOrReplaceTempView(f"cells_{place}")


@gather.register
def _gather(engine: SparkEngine, scanned: Sequence[Scanned]) -> None:
    """Show the records of every table of a kind, together."""
    of_kind: dict[str, list[int]] = {}
    for place, one in enumerate(scanned):
        of_kind.setdefault(one.table.kind, []).append(place)
    mixed = gathered(scanned)
    for kind, records in mixed.items():
        engine.create(f"all_{kind}", records)
    for kind, places in of_kind.items():
        if kind in mixed:
            continue
        folders = [engine.records[place] for place in places]
        engine.show(f"all_{kind}", spark_kinds(schema(kind)), *folders)


@add_hashes.register
def _add_hashes(engine: SparkEngine, people: Sequence[str], key: Key) -> None:
    """Add the hashes of the register's identities that a list of erased people has."""
    engine.session.table("people").createOrReplaceTempView("people_named")
    names = sorted(PEOPLE)
    parts = ["SELECT " + ", ".join(f"`{name}`" for name in names) + " FROM people_named"]
    for kind in people:
        if kinds()[kind].scope != "register":
            continue
        for prefix, column in (("email", "email"), ("phone", "phone"), ("id", "customer")):
            values = {
                "by": "'hash'",
                "key": key.spark_sql(prefix, f"`{column}`"),
                "kind": f"'{kind}'",
                "shared": "false",
            }
            selected = ", ".join(
                f"{values[name]} AS `{name}`" if name in values else f"`{name}`" for name in names
            )
            parts.append(
                f"SELECT * FROM (SELECT {selected} FROM all_{kind} WHERE `{column}` IS NOT NULL) "
                "WHERE key IN (SELECT key FROM people_named WHERE `by` = 'hash' "
                "AND kind = 'erasures')"
            )
    engine.keep("people", engine.sql(" UNION ALL ".join(parts)))
