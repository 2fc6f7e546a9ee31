"""What several checks share: columns that a table may lack, and parts of conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache, reduce, wraps
from operator import or_
from typing import TYPE_CHECKING, ParamSpec
from weakref import WeakSet

import ibis

from audit.categories.lexicon import SAID
from audit.notice.model import Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from ibis.expr.operations import Relation

__all__ = [
    "SHARED",
    "among",
    "any_of",
    "before_the_notice",
    "column",
    "contains_any",
    "days_later",
    "in_own_words",
    "readable",
    "remembered",
    "together",
]

P = ParamSpec("P")
#: The relations that several checks ask for; an engine that is slow to plan them may make each once.
SHARED: WeakSet[Relation] = WeakSet()


def remembered(of_tables: Callable[P, ir.Table]) -> Callable[P, ir.Table]:
    """A function of tables that several checks ask for: what is one expression is compiled as one."""

    @lru_cache(maxsize=200)
    def made(*given: P.args, **named: P.kwargs) -> ir.Table:
        table = of_tables(*given, **named)
        SHARED.add(table.op())
        return table

    return wraps(of_tables)(made)  # type: ignore[return-value]  # its arguments are of_tables' own


def together(tables: Sequence[ir.Table]) -> ir.Table:
    """The rows of one table or more, of the same columns."""
    return ibis.union(*tables) if len(tables) > 1 else tables[0]


def column(table: ir.Table, name: str, kind: str = "string") -> ir.Value:
    """A column of the table, or blank where tables of its kind have none."""
    return table[name] if name in table.columns else ibis.null(kind)


def among(value: ir.Value, known: frozenset[str] | set[str]) -> ir.BooleanValue:
    """Whether a value is one of those known; a blank is none of them."""
    if not known:
        return ibis.literal(False)
    return value.isin(sorted(known)).fill_null(False)


def any_of(conditions: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    """Whether one of the conditions holds."""
    level = list(conditions) or [ibis.literal(False)]
    while len(level) > 1:  # a chain of hundreds is deeper than an expression may be; a tree is not
        level = [reduce(or_, level[n : n + 2]) for n in range(0, len(level), 2)]
    return level[0]


def contains_any(value: ir.StringValue, words: Iterable[str], *shapes: str) -> ir.BooleanValue:
    """
    Whether a text holds one of the words; a blank holds none.

    ``shapes`` are regular expressions around ``{}``, one of the words: ``^{} `` is one of them at the beginning.
    """
    either = "|".join(map(_as_it_stands, sorted(words)))
    if not either:
        return ibis.literal(False)
    # One search: a condition for each of hundreds of words takes longer to plan than to run.
    pattern = "|".join(shape.format(f"({either})") for shape in shapes or ("{}",))
    return value.re_search(pattern).fill_null(False)


def _as_it_stands(word: str) -> str:
    """A pattern of a word, the same to every engine; of what brackets cannot hold, any character."""
    return re.sub(r"[\[\]\\^]", ".", re.sub(r"[.*+?(){}|$]", r"[\g<0>]", word))


def in_own_words(value: ir.Value) -> ir.BooleanValue:
    """Whether a cell's words are none that a lexicon knows, and stand as they are."""
    return value.startswith(SAID).fill_null(False)


def readable(value: ir.Value) -> ir.Value:
    """A value that somebody could read, or blank."""
    return ibis.ifelse(in_own_words(value), ibis.null("string"), value.nullif("unread"))


def days_later(day: ir.DateValue, number: int, unit: str) -> ir.DateValue:
    """A date so many days, months or years later."""
    # By way of a time: Ibis takes the sum for a date already, DuckDB for a time.
    return (day + ibis.interval(number, unit=unit)).cast("timestamp").cast("date")


def before_the_notice(records: ir.Table, name: str, notice: Notice, as_of: date) -> ir.BooleanValue:
    """
    Whether what a record is about happened before the notice was in force.

    An earlier notice applied then, and nobody has shown it: it is not assessed against this one. The date of a notice that is younger than two years is taken for that of its
    last revision, and tells nothing of what was promised before.
    """
    since = notice.effective_from
    if since is None or name not in records.columns or (as_of - since).days < _REVISED:
        return ibis.literal(False)
    return (records[name] < since).fill_null(False)


_REVISED = 730  # days
