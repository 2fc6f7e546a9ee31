"""
The SQL of the pass: what is read of each row, and what is kept of it.

It is written out, not built with Ibis: whatever the register lies in, the scan itself is DuckDB's
(of a file, of a batch of Spark's, of a DataFrame), and it can begin before Ibis is imported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from audit.categories import categories
from audit.categories.examine import Examiner, key_and_value
from audit.engine.duckdb import quoted
from audit.engine.identities import early
from audit.engine.patterns import joined, sieves
from audit.engine.plausible import usual_forms
from audit.engine.roles import kept
from audit.register.dates import FAST_FORMS, PLACEHOLDERS
from audit.register.delimited import Head
from audit.register.model import Table

__all__ = ["MASK_BITS", "date_columns", "days", "pass_sql", "projection", "usual_cells"]

MASK_BITS = 60
_SMALL = 15  # bits of a SMALLINT
_SHORTEST = 6  # bytes: nothing that has a form is shorter ("a@b.fi"), though a word may be
_SHORT = 6  # characters
_ENOUGH_ROWS = 20
_CONTROL = re.compile("[\\x00-\\x1f]").search
_MOST_USUAL = 64  # values of one column; comparing with more takes as long as matching
_WORTH = 3  # characters that a cell must be spared on average, or matching takes less time


def projection(
    table: Table,
    rows: Sequence[Sequence[str]],
    usual: Mapping[int, Sequence[str]],
    *,
    breaks: bool,
    matched: bool,
    notes: Sequence[int] = (),
    sieved: bool = True,
) -> tuple[str, str]:
    """
    The two projections of the pass: what is computed of a row, and above it what is kept.

    ``rows`` are those of the head: in a column whose cells tend to be too short to hold anything such
    cells are left out of the match, which saves time and loses nothing. ``usual`` has, by column, cells
    that the head has often and that were examined: they are left out as well. With ``breaks``, the
    line breaks inside each record's cells are counted; with ``matched``, what people are matched by
    across files is kept. A row with anything in the columns ``notes`` is looked at at any rate, and any
    row unless they are ``sieved``.
    """
    names = [f"c{n}" for n in range(len(table.columns))]
    dates = date_columns(table)
    typed = {at for at, _ in dates}
    shortest = _shortest()
    mostly_short = [
        sum(len(row[n]) < _SHORT for row in rows) * 2 > len(rows) for n in range(len(names))
    ]
    texts = [
        f"again_{n}"
        if n in typed
        else f"CASE WHEN strlen(c{n}) >= {shortest} THEN c{n} END"
        if mostly_short[n] and not breaks and n not in notes
        else f"CASE WHEN NOT {_is_one_of(f'c{n}', usual[n])} THEN c{n} END"
        if n in usual and n not in notes
        else f"c{n}"
        for n in range(len(names))
    ]
    # Cells that others are compared with are kept at any rate: is this the record's own e-mail?
    # And a key says what its value is.
    compared = {key for key, category in categories().items() if category.find}
    key, _ = key_and_value([column.header for column in table.columns]) or (None, None)
    looked_at = [
        name if (column.category in compared or n == key) and n not in typed else text
        for n, (name, text, column) in enumerate(zip(names, texts, table.columns, strict=True))
    ]
    first = sieves(table.columns, texts, rows) if sieved else [(joined(table.columns, texts), "")]
    passed = [
        *(f"regexp_matches(text_{n}, {quoted(pattern)})" for n, (_, pattern) in enumerate(first)),
        *(f"strlen(c{n}) > 0" for n in notes),
    ]
    columns = [
        f"CASE WHEN {' OR '.join(passed)} THEN {joined(table.columns, looked_at)} END AS candidates",
        *_masks(names),
        *(f"day_{at} AS {role}" for at, role in dates),
        *kept(table, matched=matched),
    ]
    texts_below = [f"text_{n}" for n in range(len(first))]
    if breaks:
        within = " + ".join(f"length({t}) - length(replace({t}, chr(10), ''))" for t in texts_below)
        any_break = " OR ".join(f"contains({t}, chr(10))" for t in texts_below)
        columns.append(f"CASE WHEN {any_break} THEN {within} END AS breaks")
    # What several columns are made of stands below: DuckDB evaluates it anew in every CASE.
    below = [
        "*",
        *(f"{text} AS {name}" for (text, _), name in zip(first, texts_below, strict=True)),
        *early(table, matched=matched),
        *usual_forms(table),
    ]
    return ", ".join(below), ", ".join(columns)


def _is_one_of(cell: str, texts: Sequence[str]) -> str:
    # Not `IN (…)`: DuckDB makes a join of it, and rows leave a join out of the file's order.
    return f"list_contains([{', '.join(map(quoted, texts))}], {cell})"


def days(table: Table, rows: Sequence[Sequence[str]], source: str) -> str:
    """
    The source with its dates typed, once, below everything else.

    ``rows`` are those of the head: the form that most of a column's dates have there is tried first,
    since to try one in vain takes longer than all else that is done with a cell.

    ``day_<n>`` is the date; ``again_<n>`` the cell where it must be read again, because it is
    filled and no date that the engine can type. A cell that was typed is proved to be a date, and
    nothing else; a placeholder is neither.
    """
    dates = date_columns(table)
    if not dates:
        return f"SELECT * FROM {source}"
    typed = [
        f"CAST(try_strptime(c{at}, {_forms([row[at] for row in rows])}) AS DATE) AS raw_{at}"
        for at, _ in dates
    ]
    judged = []
    for at, _ in dates:
        # Not `IN (…)`: DuckDB makes a join of it, and rows leave a join out of the file's order.
        never = " OR ".join(
            f"raw_{at} = DATE '{day.isoformat()}'" for day in PLACEHOLDERS if day.year > 1
        )
        bounds = f"raw_{at} BETWEEN DATE '1850-01-01' AND DATE '2200-12-31'"
        judged.append(f"CASE WHEN {bounds} AND NOT ({never}) THEN raw_{at} END AS day_{at}")
        again = f"raw_{at} IS NULL OR NOT ({bounds} OR {never})"
        judged.append(f"CASE WHEN {again} THEN c{at} END AS again_{at}")
    return f"SELECT *, {', '.join(judged)} FROM (SELECT *, {', '.join(typed)} FROM {source})"


def _forms(cells: Sequence[str]) -> str:
    """The forms of dates as an SQL list, the most usual first."""
    shapes = Counter(re.sub("[0-9]+", "9", cell) for cell in cells)
    often = {form: shapes[re.sub("%.", "9", form)] for form in FAST_FORMS}
    ordered = sorted(FAST_FORMS, key=lambda form: -often[form])
    return f"[{', '.join(map(quoted, ordered))}]"


def date_columns(table: Table) -> list[tuple[int, str]]:
    """The place and the role of each column of dates that a check may ask for."""
    found: dict[str, int] = {}
    for place, column in enumerate(table.columns):
        if column.role is not None and column.role.type == "date":
            found.setdefault(column.role.value, place)
    return [(place, role) for role, place in found.items()]


@cache
def _shortest() -> int:
    """The fewest bytes in which anything can be found."""
    words = (stem.strip() for category in categories().values() for stem in category.words)
    return min([_SHORTEST, *(len(stem.encode()) for stem in words)])


def _masks(names: Sequence[str]) -> Iterator[str]:
    """Which cells of the row are filled, a bit each: blank is NULL, empty or white space."""
    for mask, start in enumerate(range(0, len(names), MASK_BITS)):
        bits = " + ".join(
            # Most cells begin with a visible sign of ASCII: only the others need trimming to tell.
            f"CASE WHEN {name} >= '!' AND {name} < '\u007f' THEN {1 << bit} WHEN {name} IS NULL THEN 0 "
            f"WHEN trim({name}, ' \t\r\n\u00a0') <> '' THEN {1 << bit} ELSE 0 END"
            for bit, name in enumerate(names[start : start + MASK_BITS])
        )
        yield f"CAST({bits} AS {'SMALLINT' if len(names) <= _SMALL else 'BIGINT'}) AS filled_{mask}"


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
