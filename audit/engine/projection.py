"""
The SQL of the pass: what is read of each row, and what is kept of it.

It is written out, not built with Ibis: whatever the register lies in, the scan itself is DuckDB's
(of a file, of a batch of Spark's, of a DataFrame), and it can begin before Ibis is imported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from audit.categories import categories
from audit.categories._text import OBFUSCATED, any_of
from audit.categories.examine import looks_in
from audit.engine.duckdb import quoted
from audit.engine.identities import early
from audit.engine.plausible import usual_forms
from audit.engine.roles import kept
from audit.register.dates import FAST_FORMS, PLACEHOLDERS
from audit.register.delimited import MARKERS
from audit.register.model import Column, Table

__all__ = ["MASK_BITS", "date_columns", "days", "projection", "used_markers"]

MASK_BITS = 60
_DATE = MARKERS[-2]
_STEMS_TOGETHER, _LONGEST_PATTERN = 900, 45_000
_SHORTEST = 6  # bytes: nothing that has a form is shorter ("a@b.fi"), though a word may be


def projection(
    table: Table,
    mostly_short: Sequence[bool],
    usual: Mapping[int, Sequence[str]],
    *,
    breaks: bool,
    matched: bool,
    notes: Sequence[int] = (),
) -> tuple[str, str]:
    """
    The two projections of the pass: what is computed of a row, and above it what is kept.

    ``mostly_short`` says of each column whether its cells tend to be too short to hold anything;
    leaving such cells out of the match saves time and loses nothing. ``usual`` has, by column, cells
    that the head has often and that were examined: they are left out as well. With ``breaks``, the
    line breaks inside each record's cells are counted; with ``matched``, what people are matched by
    across files is kept. A row with anything in the columns ``notes`` is looked at at any rate.
    """
    names = [f"c{n}" for n in range(len(table.columns))]
    dates = date_columns(table)
    typed = {at for at, _ in dates}
    shortest = _shortest()
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
    joined, patterns = _row_and_patterns(table.columns, texts)
    prose, weighed = _prose_and_patterns(table.columns, texts)
    looked_at = " OR ".join(
        (
            *(f"regexp_matches(joined, {quoted(pattern)})" for pattern in patterns),
            *(f"regexp_matches(prose, {quoted(pattern)})" for pattern in weighed),
            *(f"strlen(c{n}) > 0" for n in notes),
        )
    )
    columns = [
        f"CASE WHEN {looked_at} THEN joined END AS candidates",
        *_masks(names),
        *(f"day_{at} AS {role}" for at, role in dates),
        *kept(table, matched=matched),
    ]
    if breaks:
        columns.append(
            "CASE WHEN contains(joined, chr(10)) "
            "THEN length(joined) - length(replace(joined, chr(10), '')) END AS breaks"
        )
    # What several columns are made of stands below: DuckDB evaluates it anew in every CASE.
    below = ["*", f"{joined} AS joined", *early(table), *usual_forms(table)]
    if weighed:
        below.append(f"{prose} AS prose")
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


def used_markers(columns: Sequence[Column]) -> str:
    """The control characters that stand before the cells of such a table."""
    return "".join(sorted({_DATE, *_markers(columns).values()}))


def _left_out(column: str | None) -> frozenset[str]:
    """The categories that are not looked for in a column of this one."""
    return frozenset(key for key, item in categories().items() if not looks_in(item, column))


def _markers(columns: Sequence[Column]) -> dict[frozenset[str], str]:
    """What stands before a cell, by the categories that are not looked for in it."""
    sets: set[frozenset[str]] = {_left_out(column.category) for column in columns} | {frozenset()}
    # More sets than there are markers are not met; whatever has none is looked at for everything.
    return dict(zip(sorted(sets, key=sorted), (MARKERS[-1], *MARKERS[:-2]), strict=False))


def _row_and_patterns(columns: Sequence[Column], texts: Sequence[str]) -> tuple[str, list[str]]:
    """
    The row as one string with its markers, and what it is matched against: one alternation.

    More only where the stems are too many for one: RE2 then has no room for the states, and crawls.
    """
    markers, every = _markers(columns), used_markers(columns)
    begins = _begins(markers)
    alternatives = "|".join(
        f"[{begins[key]}](?:[^{every}]*[^0-9A-Za-z{every}])?(?:{category.candidate})"
        for key, category in categories().items()
        if category.candidate
    )
    unread = f"{_DATE}[^{every}]"  # whatever stands after the marker of a date was not typed
    forms = "|".join((f"(?:{alternatives})(?:$|[^0-9A-Za-z])", unread, OBFUSCATED))
    words = _words(begins, every, every, weighed=False)
    return _concat(columns, texts, markers, every), _merged([forms], words)


def _prose_and_patterns(columns: Sequence[Column], texts: Sequence[str]) -> tuple[str, list[str]]:
    """
    The cells in which words of special weight are looked for, and what they are matched against.

    Those words are the most, and names, addresses and goods are not looked at for them.
    """
    markers, every = _markers(columns), used_markers(columns)
    begins = _begins(markers)
    looked_at = {m for key, item in categories().items() if item.weighed for m in begins[key]}
    there = {_marker(column, text, markers) for column, text in zip(columns, texts, strict=True)}
    read = "".join(sorted(there & looked_at))
    if not read:
        return "''", []
    words = _words(begins, every, read, weighed=True)
    return _concat(columns, texts, markers, read), _merged([], words)


def _concat(
    columns: Sequence[Column], texts: Sequence[str], markers: Mapping[frozenset[str], str], of: str
) -> str:
    """SQL of the cells that have one of the markers given, each behind its own."""
    marked = [
        (_marker(column, text, markers), text) for column, text in zip(columns, texts, strict=True)
    ]
    return f"concat({', '.join(f'{quoted(m)}, {text}' for m, text in marked if m in of)})"


def _marker(column: Column, text: str, markers: Mapping[frozenset[str], str]) -> str:
    if text.startswith("again_"):
        return _DATE
    return markers.get(_left_out(column.category), markers[frozenset()])


def _begins(markers: Mapping[frozenset[str], str]) -> dict[str, str]:
    """By category, the markers behind which it is looked for."""
    return {
        key: "".join(
            sorted([_DATE, *(m for left_out, m in markers.items() if key not in left_out)])
        )
        for key in categories()
    }


def _merged(patterns: list[str], words: Iterable[str]) -> list[str]:
    """The patterns with the words': as few as RE2 has room for."""
    for each in words:
        if not patterns or len(patterns[-1]) + len(each) > _LONGEST_PATTERN:
            patterns.append(each)
        else:
            patterns[-1] += f"|{each}"
    return patterns


def _words(begins: Mapping[str, str], every: str, there: str, *, weighed: bool) -> Iterator[str]:
    """
    The stems of the categories, in the cells in which each is looked for, some hundreds at a time.

    They stand apart from the candidates, and together: a state of the automaton for each place in
    each stem, times those of the numbers, is more than RE2 keeps. ``there`` are the markers of the
    text that is matched.
    """
    together: dict[str, list[str]] = {}
    for key, category in categories().items():
        if category.weighed is weighed:
            together.setdefault(begins[key], []).extend(category.words)
    for markers, stems in together.items():
        prefixes = {}
        if not set(there) <= set(markers):
            prefixes["begins"] = f"[{markers}](?:[^{every}]*[^A-Za-z{every}])?"
            prefixes["inside"] = f"[{markers}][^{every}]*"
        for some in _some_at_a_time(sorted(stems)):
            yield any_of(some, **prefixes)


def _some_at_a_time(stems: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(stems), _STEMS_TOGETHER):
        yield stems[start : start + _STEMS_TOGETHER]


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
        yield f"CAST({bits} AS BIGINT) AS filled_{mask}"
