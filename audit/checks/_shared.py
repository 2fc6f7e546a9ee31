"""What several checks share: columns that a table may lack, and parts of conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["among", "column", "days_later"]


def column(table: ir.Table, name: str, kind: str = "string") -> ir.Value:
    """A column of the table, or blank where tables of its kind have none."""
    return table[name] if name in table.columns else ibis.null(kind)


def among(value: ir.Value, known: frozenset[str] | set[str]) -> ir.BooleanValue:
    """Whether a value is one of those known; a blank is none of them."""
    if not known:
        return ibis.literal(False)
    return value.isin(sorted(known)).fill_null(False)


def days_later(day: ir.DateValue, number: int, unit: str) -> ir.DateValue:
    """A date so many days, months or years later."""
    # By way of a time: Ibis takes the sum for a date already, DuckDB for a time.
    return (day + ibis.interval(number, unit=unit)).cast("timestamp").cast("date")
