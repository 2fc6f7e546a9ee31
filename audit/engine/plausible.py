"""
Cells that cannot be what their column holds: addresses without an @, numbers that are too short.

The pass keeps those of the few rows in which one is not of the usual form. Each different one is
judged in Python, the same on every engine, and found ones are added to ``cells`` as ``implausible``,
with what they should be as ``also``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.categories.implausible import PLAUSIBLE, ground_of, is_postal_code
from audit.engine.duckdb import Engine, quoted
from audit.register.countries import is_country_header, read_country
from audit.register.kinds.model import kinds
from audit.register.model import Role, Table

__all__ = ["add_implausible", "unusual", "usual_forms"]

_APART = "\x1f"


def usual_forms(table: Table) -> Iterator[str]:
    """
    The SQL of ``usual``: whether all cells of a row that are looked at are of the usual form, or empty.

    They are matched together, which takes half the time of matching each.
    """
    looked_at = _columns(table)
    if looked_at:
        forms = _APART.join(f"(?:{PLAUSIBLE[what]})?" for _, what in looked_at)
        together = _together(looked_at)
        yield (
            f"regexp_full_match({together}, {quoted(forms)}) "
            f"AND NOT contains({together}, '..') AS usual"
        )


def unusual(table: Table) -> Iterator[str]:
    """The SQL of what the pass keeps: the cells of a row in which one is not of the usual form."""
    if looked_at := _columns(table):
        country = _country(table)
        kept = looked_at if country is None else [*looked_at, (country, "country")]
        yield f"CASE WHEN NOT usual THEN {_together(kept)} END AS odd"


def add_implausible(engine: Engine, table: Table, place: int) -> None:
    """Judge what the pass kept, add what cannot be right to ``cells``, and drop the text."""
    looked_at = _columns(table)
    for n, (at, what) in enumerate(looked_at, 1):
        column = table.columns[at]
        text = f"split_part(odd, {quoted(_APART)}, {n})"
        odd = f"NOT regexp_full_match({text}, {quoted(PLAUSIBLE[what])}) OR contains({text}, '..')"
        beside = _country(table) if what == "postal_code" else None
        of = "''" if beside is None else f"split_part(odd, {quoted(_APART)}, {len(looked_at) + 1})"
        texts = engine.rows(
            f"SELECT DISTINCT {text}, {of} FROM scanned_{place} "
            f"WHERE odd IS NOT NULL AND {text} <> '' AND ({odd})"
        )
        found = [
            (text, country, ground)
            for text, country in texts
            if (ground := ground_of(_rule(what, beside, country), text))
        ]
        if found:
            engine.run(
                "CREATE OR REPLACE TABLE judged (text VARCHAR, country VARCHAR, ground VARCHAR)"
            )
            engine.insert("judged", found)
            engine.run(
                f"INSERT INTO cells SELECT {quoted(table.name)}, scanned_{place}.rowid + 1, "
                f"{quoted(column.header)}, 'implausible', judged.ground, 'own', "
                f"{quoted(column.category or '')} FROM scanned_{place} "
                f"JOIN judged ON {text} = judged.text AND {of} = coalesce(judged.country, '')"
            )
            engine.run("DROP TABLE judged")
    if looked_at:
        engine.run(f"ALTER TABLE scanned_{place} DROP COLUMN odd")


def _rule(what: str, beside: int | None, country: str) -> str:
    """By which rule a cell is judged: a postal code by its country's, Finland's where none is told."""
    of_five = beside is None or (country.strip() != "" and read_country(country) in _OF_FIVE)
    return "postal_code_of_five" if what == "postal_code" and of_five else what


_OF_FIVE = ("FI", "AX", "SE")
"""Countries whose postal codes are five digits."""


def _country(table: Table) -> int | None:
    """The place of the column of countries, if there is one."""
    return next((n for n, one in enumerate(table.columns) if is_country_header(one.header)), None)


def _together(looked_at: Sequence[tuple[int, str]]) -> str:
    return f"concat({f', {quoted(_APART)}, '.join(f'c{at}' for at, _ in looked_at)})"


def _columns(table: Table) -> list[tuple[int, str]]:
    """The columns that are looked at, with what each should hold."""
    if kinds()[table.kind].scope != "register":
        return []
    found = []
    for at, column in enumerate(table.columns):
        if column.category in ("email", "phone") and column.role is None:
            found.append((at, column.category))
        elif column.role is Role.BIRTH_DATE or (
            column.category == "date_of_birth" and column.role is None  # of the year alone
        ):
            found.append((at, "birth_date"))
        elif column.category == "postal_address" and is_postal_code(column.header):
            found.append((at, "postal_code"))
    return found
