"""Data minimisation: single cells that hold what their column is not for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.catalogue import DeclaredCategories, check
from audit.categories import Group
from audit.checks.data_minimisation._undeclared import keys_of, misplaced_cells
from audit.finding import Basis, Grade

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "MIN02",
    criterion="the notice; GDPR Art. 5(1)(c), 14(1)(d)",
    basis=Basis.NOTICE,
    grade=Grade.MINOR,
    unit="cells",
)
def undeclared_data_in_cell(cells: ir.Table, declared: DeclaredCategories) -> ir.Table:
    """
    Single cells, in notes or in the wrong field, with data that the notice does not declare.

    Every cell of every column is read: a bank account in a note, a date of birth in a street line.
    A declared value in the wrong place is no nonconformity when it is the record's own; somebody
    else's e-mail or phone is. One proven cell is enough: nothing is sampled and nothing is voted.
    A cell has one code, the gravest: see MIN04 and SEC07.

    With a notice that declares `email` and says that is all:

    | column     | category     | relation | result        |
    | ---------- | ------------ | -------- | ------------- |
    | Lisätiedot | bank_account | unknown  | nonconformity |
    | Lisätiedot | email        | own      | conformity    |
    | Lisätiedot | email        | other    | nonconformity |
    | Lisätiedot | email        | unknown  | observation   |

    Remedy: erase the passage, or move it to its own field; tell those who write notes.
    """
    return misplaced_cells(cells, declared, keys_of(Group.ORDINARY))
