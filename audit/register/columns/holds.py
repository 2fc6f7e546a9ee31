"""Columns by which a record is held: what stands behind a hold, and marks of what is still owed."""

from __future__ import annotations

from collections.abc import Sequence

from audit.categories.headers import words
from audit.register.columns.concepts import may_mean, says_only_when
from audit.register.model import Certainty, Column, Role
from audit.register.states import says_hold, says_owes
from audit.vocabulary import load

__all__ = ["beside_holds", "with_marks_of_debt"]


def beside_holds(columns: Sequence[Column]) -> list[Column]:
    """The columns, where those just behind a hold are its reason and its days: *Varför*, *Asti*."""
    found = list(columns)
    taken = {column.role for column in found}
    at = next((n for n, column in enumerate(found) if column.role is Role.HOLD), None)
    if at is None:
        return found
    for n in range(at + 1, min(at + 4, len(found))):
        column = found[n]
        if column.role not in _BARE or column.category not in (None, "technical"):
            break
        role = next((r for c, r in _OF_A_HOLD.items() if may_mean(column.header, c)), None)
        lasts = role is Role.HOLD_UNTIL and may_mean(words(column.header).split()[-1], "end")
        if role is not Role.HOLD_REASON and not (lasts or says_only_when(column.header)):
            continue  # "Kund sedan" is of the person
        if role is not None and role not in taken:
            taken.add(role)
            found[n] = column.model_copy(
                update={
                    "role": role,
                    "category": "technical",
                    "ground": f"beside: “{words(found[at].header)}”",
                    "certainty": Certainty.LIKELY,
                }
            )
    if words(found[at].header) in load("generic")["trade_blocks"] and not taken & _TELLS_A_HOLD:
        found[at] = found[at].model_copy(update={"role": None})
    return found


def with_marks_of_debt(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], kind: str
) -> list[Column]:
    """
    The columns of customers, where one says of some that they owe, and of the others that they do not.

    One other word, and the column is of something else: *e-lasku* says how somebody pays.

    >>> [pays] = with_marks_of_debt([Column(header="Maksut")], [["OK", "Perinnässä"]], "customers")
    >>> pays.role
    <Role.HOLD_REASON: 'hold_reason'>
    >>> [pays] = with_marks_of_debt([Column(header="Maksut")], [["e-lasku", "Perinnässä"]], "customers")
    >>> pays.role is None
    True
    """
    found = list(columns)
    if kind != "customers" or {column.role for column in found} & {Role.HOLD, Role.HOLD_REASON}:
        return found
    for n, column in enumerate(found):
        said = set(cells[n])
        if column.role is not None or column.category not in (None, *_OF_PAYMENT):
            continue
        if any(map(says_owes, said)) and all(says_owes(one) or not says_hold(one) for one in said):
            found[n] = column.model_copy(update={"role": Role.HOLD_REASON})
            break
    return found


_OF_PAYMENT = ("technical", "invoicing", "payment")


# What tells that a mark such as *Spärrad* keeps a record, and does not only stop its invoices.
_TELLS_A_HOLD = {Role.HOLD_REASON, Role.HOLD_UNTIL, Role.HOLD_STARTED_ON}
# "Till och med" alone would be the end of the relationship; behind a hold it is that of the hold.
_BARE = (None, Role.CUSTOMER_RELATIONSHIP_END, Role.RELATIONSHIP_START)
_OF_A_HOLD = {
    "reason": Role.HOLD_REASON,
    "end": Role.HOLD_UNTIL,
    "start": Role.HOLD_STARTED_ON,
}
