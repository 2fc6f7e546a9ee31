"""
Columns whose header names a day, and whose cells are days in a form that is not read.

Such a column has no role, since nothing could be concluded from it; but it is said why, lest the export
seem to lack it. Of the cells nothing is shown but their form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from audit.register.columns.header_roles import CLEAR, best_role, role_of_any
from audit.register.dates import SlashOrder, needs_order, read_date, slash_order
from audit.register.kinds.model import headers_of
from audit.register.model import Certainty, Column, Role

__all__ = ["dates_not_understood", "with_dates_not_understood", "with_order_of_others"]

_SAID = "but its dates are not understood, they are of the form"
_PARTS = re.compile("[0-9]+")
_SUM = re.compile(r"[-+]?[0-9]{1,3}(?:[ .,\u00a0][0-9]{3})*(?:[.,][0-9]{1,2})?\D{0,4}")
_DIGITS_OF_A_DAY = (6, 8)
_LONGEST = 40
_FORMS = 2


def with_dates_not_understood(column: Column, cells: Sequence[str], kind: str) -> Column:
    """The column with what is to be said of it, where its cells are days of an unknown form."""
    if column.role is not None or column.category not in (None, "technical"):
        return column
    if not cells or column.ground.startswith("content"):
        return column
    days = [cell for cell in cells if _may_be_day(cell) and not _is_understood(cell)]
    if len(days) * 2 < len(cells):
        return column
    known = headers_of(kind)
    for named in (role_of_any(column.header), best_role(column.header, known)):
        if named is not None and named.score >= CLEAR and Role(named.key).type == "date":
            forms = [form for form, _ in Counter(map(_form, days)).most_common(_FORMS)]
            return column.model_copy(
                update={
                    "category": "technical",
                    "ground": f"header: “{named.phrase}”, {_SAID} {' or '.join(forms)}",
                    "certainty": Certainty.UNSURE,
                }
            )
    return column


def with_order_of_others(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[Column]:
    """
    The columns, where days such as 4/5/2024 that tell no order stand beside others of the table that do.

    >>> born, told = Column(header="Born"), Column(header="Told", role=Role.INFORMED_ON)
    >>> found = with_order_of_others([born, told], [["4/25/1980", "5/2/1980"], ["4/5/2024"]])
    >>> [one.date_order for one in found]
    [None, <SlashOrder.MONTH_FIRST: 'month_first'>]
    """
    found = list(columns)
    slashed = [n for n, column in enumerate(cells) if any(map(needs_order, column))]
    orders = {n: slash_order(cells[n]) for n in slashed}
    told = set(orders.values()) - {SlashOrder.AMBIGUOUS}
    if len(told) != 1:
        return found
    for n, order in orders.items():
        role = found[n].role
        if order is SlashOrder.AMBIGUOUS and role is not None and role.type == "date":
            found[n] = found[n].model_copy(update={"date_order": next(iter(told))})
    return found


def dates_not_understood(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], kind: str
) -> list[str]:
    """
    The headers of the columns that have no role because their dates are not understood.

    >>> ended = [Column(header="Customer relationship ended")]
    >>> dates_not_understood(ended, [["2023-W05-2"], ["2024-W11-7"]], "customers")
    ['Customer relationship ended']
    >>> dates_not_understood(ended, [["12 400,50"], ["1 900"]], "customers")
    []
    """
    return [
        column.header
        for n, column in enumerate(columns)
        if _SAID
        in with_dates_not_understood(
            column, [row[n].strip() for row in rows if row[n].strip()], kind
        ).ground
    ]


def _is_understood(cell: str) -> bool:
    return needs_order(cell) or read_date(cell) is not None


def _may_be_day(cell: str) -> bool:
    """Whether a cell has a year, a month and a day in some form, and is no sum."""
    if len(cell) > _LONGEST or _SUM.fullmatch(cell):
        return False
    parts = _PARTS.findall(cell)
    if len(parts) == 1 and cell == parts[0]:
        return len(cell) in _DIGITS_OF_A_DAY
    return len(parts) >= 3 or (len(parts) == 2 and any(map(str.isalpha, cell)))  # noqa: PLR2004


def _form(cell: str) -> str:
    """
    A cell with its letters and figures made one of each.

    >>> _form("2023-W05-2"), _form("7. helmik. -23")
    ('9999-A99-9', '9. aaaaaa. -99')
    """
    return "".join(
        "9" if c.isdigit() else "A" if c.isupper() else "a" if c.isalpha() else c for c in cell
    )
