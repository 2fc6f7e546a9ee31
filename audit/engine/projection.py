"""
The SQL of the pass: what is read of each row, and what is kept of it.

It is written out, not built with Ibis: whatever the register lies in, the scan itself is DuckDB's
(of a file, of a batch of Spark's, of a DataFrame), and it can begin before Ibis is imported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from audit.categories import Category, categories
from audit.categories._text import OBFUSCATED, any_of
from audit.engine.duckdb import quoted
from audit.engine.roles import kept
from audit.register.dates import FAST_FORMS, PLACEHOLDERS
from audit.register.delimited import MARKERS
from audit.register.model import Column, Table

__all__ = ["MASK_BITS", "SAME", "date_columns", "days", "projection", "used_markers"]

MASK_BITS = 60
SAME = "\x7f"  # stands for a cell that every row of the head has
_DATE = MARKERS[-2]
_SHORTEST = 6  # bytes: nothing that has a form is shorter ("a@b.fi"), though a word may be


def projection(
    table: Table,
    mostly_short: Sequence[bool],
    same: Mapping[int, str],
    *,
    breaks: bool,
    matched: bool,
) -> tuple[str, str]:
    """
    The two projections of the pass: what is computed of a row, and above it what is kept.

    ``mostly_short`` says of each column whether its cells tend to be too short to hold anything;
    leaving such cells out of the match saves time and loses nothing. ``same`` has, by column, a
    cell that stands in every row of the head and was examined: the controller's own account, on
    each invoice. With ``breaks``, the line breaks inside each record's cells are counted; with
    ``matched``, what people are matched by across files is kept.
    """
    names = [f"c{n}" for n in range(len(table.columns))]
    dates = date_columns(table)
    typed = {at for at, _ in dates}
    shortest = _shortest()
    texts = [
        f"again_{n}"
        if n in typed
        else f"CASE WHEN strlen(c{n}) >= {shortest} THEN c{n} END"
        if mostly_short[n] and not breaks
        else f"CASE WHEN c{n} = {quoted(same[n])} THEN {quoted(SAME)} ELSE c{n} END"
        if n in same
        else f"c{n}"
        for n in range(len(names))
    ]
    joined, pattern = _row_and_pattern(table.columns, texts)
    columns = [
        f"CASE WHEN regexp_matches(joined, {quoted(pattern)}) THEN joined END AS candidates",
        *_masks(names),
        *(f"day_{at} AS {role}" for at, role in dates),
        *kept(table, matched=matched),
    ]
    if breaks:
        columns.append(
            "CASE WHEN contains(joined, chr(10)) "
            "THEN length(joined) - length(replace(joined, chr(10), '')) END AS breaks"
        )
    return f"*, {joined} AS joined", ", ".join(columns)


def days(table: Table, source: str) -> str:
    """
    The source with its dates typed, once, below everything else.

    ``day_<n>`` is the date; ``again_<n>`` the cell where it must be read again, because it is
    filled and no date that the engine can type. A cell that was typed is proved to be a date, and
    nothing else; a placeholder is neither.
    """
    dates = date_columns(table)
    if not dates:
        return f"SELECT * FROM {source}"
    forms = "[" + ", ".join(quoted(form) for form in FAST_FORMS) + "]"
    typed = [f"CAST(try_strptime(c{at}, {forms}) AS DATE) AS raw_{at}" for at, _ in dates]
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


def date_columns(table: Table) -> list[tuple[int, str]]:
    """The place and the role of each column of dates that a check may ask for."""
    found: dict[str, int] = {}
    for place, column in enumerate(table.columns):
        if column.role is not None and column.role.type == "date":
            found.setdefault(column.role.value, place)
    return [(place, role) for role, place in found.items()]


def used_markers(columns: Sequence[Column]) -> str:
    """The control characters that stand before the cells of such a table."""
    plain, markers = _markers(columns)
    return "".join(sorted({plain, _DATE, *markers.values()}))


def _markers(columns: Sequence[Column]) -> tuple[str, dict[str, str]]:
    """The marker of cells of no category that has a form, and that of each such category."""
    held = {column.category for column in columns}
    own = [key for key, category in categories().items() if category.find and key in held]
    return MARKERS[-1], dict(zip(own, MARKERS[:-2], strict=False))


def _row_and_pattern(columns: Sequence[Column], texts: Sequence[str]) -> tuple[str, str]:
    """The row as one string with its markers, and the alternation that it is matched against."""
    patterned = [category for category in categories().values() if category.candidate]
    plain, markers = _markers(columns)
    every = used_markers(columns)
    before = [
        _DATE if text.startswith("again_") else markers.get(column.category or "", plain)
        for column, text in zip(columns, texts, strict=True)
    ]
    joined = ", ".join(f"{quoted(b)}, {text}" for b, text in zip(before, texts, strict=True))
    alternatives = "|".join(_after(category, markers, every) for category in patterned)
    unread = f"{_DATE}[^{every}]"  # whatever stands after the marker of a date was not typed
    others = (f"(?:{alternatives})(?:$|[^0-9A-Za-z])", unread, OBFUSCATED, *_words(markers, every))
    return f"concat({joined})", "|".join(others)


def _after(category: Category, markers: dict[str, str], every: str) -> str:
    """A category's candidate as a whole token of any cell but those its own marker introduces."""
    begins = every.replace(markers.get(category.key, ""), "") if category.key in markers else every
    return f"[{begins}](?:[^{every}]*[^0-9A-Za-z{every}])?(?:{category.candidate})"


def _words(markers: dict[str, str], every: str) -> Iterator[str]:
    """
    The stems of every category, anywhere but in the cells that its own marker introduces.

    They stand apart from the candidates, and together: a state of the automaton for each place in
    each stem, times those of the numbers, is more than RE2 keeps, and without states it crawls.
    """
    common: list[str] = []
    for category in categories().values():
        if category.key in markers and category.words:
            others = every.replace(markers[category.key], "")
            yield any_of(
                category.words,
                begins=f"[{others}](?:[^{every}]*[^A-Za-z{every}])?",
                inside=f"[{others}][^{every}]*",
            )
        else:
            common += category.words
    if common:
        yield any_of(common)


def _shortest() -> int:
    """The fewest bytes in which anything can be found."""
    words = (stem.strip() for category in categories().values() for stem in category.words)
    return min([_SHORTEST, *(len(stem.encode()) for stem in words)])


def _masks(names: Sequence[str]) -> Iterator[str]:
    """Which cells of the row are filled, a bit each: blank is NULL, empty or white space."""
    for mask, start in enumerate(range(0, len(names), MASK_BITS)):
        bits = " + ".join(
            # Few cells begin below "!": only those need trimming to tell.
            f"CASE WHEN {name} >= '!' THEN {1 << bit} WHEN {name} IS NULL THEN 0 "
            f"WHEN trim({name}, ' \t\r\n\u00a0') <> '' THEN {1 << bit} ELSE 0 END"
            for bit, name in enumerate(names[start : start + MASK_BITS])
        )
        yield f"CAST({bits} AS BIGINT) AS filled_{mask}"
