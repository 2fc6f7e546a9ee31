"""
Cells that cannot be what their column holds: addresses without an @, numbers that are too short.

The pass keeps the few that a pattern of the usual does not match; each different one is judged in
Python, the same on every engine, and found ones are added to ``cells`` as ``implausible``, with
what they should be as ``also``.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.categories._text import fold
from audit.categories.implausible import PLAUSIBLE, ground_of, is_postal_code
from audit.engine.duckdb import Engine, quoted
from audit.register.kinds import kinds
from audit.register.model import Table

__all__ = ["add_implausible", "unusual", "usual_forms"]

_COUNTRY = frozenset(("maa", "maakoodi", "land", "landskod", "country", "country code", "valtio"))


def usual_forms(table: Table) -> Iterator[str]:
    """
    The SQL of ``usual``: whether all cells of a row that are looked at are of the usual form, or empty.

    They are matched together, which takes half the time of matching each.
    """
    looked_at = _columns(table)
    if looked_at:
        cells = ", '\x1f', ".join(f"c{at}" for at, _ in looked_at)
        forms = "\x1f".join(f"(?:{PLAUSIBLE[what]})?" for _, what in looked_at)
        together = f"concat({cells})"
        yield (
            f"regexp_full_match({together}, {quoted(forms)}) "
            f"AND NOT contains({together}, '..') AS usual"
        )


def unusual(table: Table) -> Iterator[str]:
    """The SQL of what the pass keeps: the cell where it is not of the usual form."""
    for at, what in _columns(table):
        form = quoted(PLAUSIBLE[what])
        odd = f"NOT regexp_full_match(c{at}, {form}) OR contains(c{at}, '..')"
        yield f"CASE WHEN usual THEN NULL WHEN {odd} THEN c{at} END AS odd_{at}"


def add_implausible(engine: Engine, table: Table, place: int) -> None:
    """Judge what the pass kept, add what cannot be right to ``cells``, and drop the text."""
    for at, what in _columns(table):
        column = table.columns[at]
        texts = engine.rows(
            f"SELECT DISTINCT odd_{at} FROM scanned_{place} WHERE odd_{at} IS NOT NULL"
        )
        foreign = any(fold(one.header) in _COUNTRY for one in table.columns)
        rule = "postal_code_of_finland" if what == "postal_code" and not foreign else what
        found = [(text, ground) for (text,) in texts if (ground := ground_of(rule, text))]
        if found:
            engine.run("CREATE OR REPLACE TABLE odd (text VARCHAR, ground VARCHAR)")
            engine.insert("odd", found)
            engine.run(
                f"INSERT INTO cells SELECT {quoted(table.name)}, scanned_{place}.rowid + 1, "
                f"{quoted(column.header)}, 'implausible', odd.ground, 'own', "
                f"{quoted(column.category or '')} FROM scanned_{place} "
                f"JOIN odd ON odd_{at} = odd.text"
            )
            engine.run("DROP TABLE odd")
        engine.run(f"ALTER TABLE scanned_{place} DROP COLUMN odd_{at}")


def _columns(table: Table) -> list[tuple[int, str]]:
    """The columns that are looked at, with what each should hold."""
    if kinds()[table.kind].scope != "register":
        return []
    found = []
    for at, column in enumerate(table.columns):
        if column.category in ("email", "phone") and column.role is None:
            found.append((at, column.category))
        elif column.category == "postal_address" and is_postal_code(column.header):
            found.append((at, "postal_code"))
    return found
