"""Which financial year a voucher belongs to, and until when the law has it kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit.plan.financial_years import Year, minimum_until

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["in_a_year", "voucher_until", "year_end"]


def in_a_year(day: ir.DateValue, years: Sequence[Year]) -> ir.BooleanValue:
    """Whether a day falls into one of the financial years."""
    import ibis

    inside = day.isnull() & ibis.literal(False)
    spans: list[Year] = []
    for one in years:  # years that follow each other are one span
        if spans and (one.start - spans[-1].end).days <= 1:
            spans[-1] = Year(spans[-1].start, max(one.end, spans[-1].end))
        else:
            spans.append(one)
    for one in spans:
        inside |= day.between(ibis.literal(one.start), ibis.literal(one.end))
    return inside.fill_null(False)


def voucher_until(day: ir.DateValue, years: Sequence[Year]) -> ir.DateValue:
    """The end of a voucher's statutory minimum; blank where its financial year is not known."""
    import ibis

    if not years:
        return ibis.null("date")
    return ibis.cases(
        *(
            (
                day.between(ibis.literal(one.start), ibis.literal(one.end)),
                ibis.literal(minimum_until("voucher", one.end)),
            )
            for one in years
        )
    )


def year_end(day: ir.DateValue, years: Sequence[Year]) -> ir.DateValue:
    """The end of the financial year in which a day falls; blank if it is not known."""
    import ibis

    if not years:
        return ibis.null("date")
    return ibis.cases(
        *((day.between(*map(ibis.literal, one)), ibis.literal(one.end)) for one in years)
    )
