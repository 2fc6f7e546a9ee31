"""The examiner of a table's rows, the same on every engine: what each column is for, and whose it is."""

from __future__ import annotations

from audit.categories.examine import Examiner
from audit.register.columns.company import GROUND_OF_ANIMALS
from audit.register.model import Role, Table

__all__ = ["examiner_of"]

_CORRECTED = (Role.OLD_VALUE, Role.NEW_VALUE)
_REACHED_AT = ("email", "phone")


def examiner_of(
    table: Table,
    controllers_own: frozenset[str] = frozenset(),
    declared: frozenset[str] = frozenset(),
) -> Examiner:
    """
    The examiner of the rows of a table.

    What a request corrects, before and after, is the asking person's; and a message went to the
    address or the number in its recipient's column, whichever that is headed by. What the notice
    declares gives way to what else a cell holds.
    """
    columns = table.columns
    return Examiner(
        [column.category for column in columns],
        controllers_own,
        [column.header for column in columns],
        frozenset(n for n, column in enumerate(columns) if column.role in _CORRECTED),
        frozenset(
            n
            for n, column in enumerate(columns)
            if table.kind == "send_log" and column.category in _REACHED_AT
        ),
        declared,
        of_animals=any(column.ground == GROUND_OF_ANIMALS for column in columns),
    )
