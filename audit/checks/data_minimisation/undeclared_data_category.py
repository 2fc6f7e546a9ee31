"""Data minimisation: columns of a category that the notice does not declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.catalogue import DeclaredCategories, check
from audit.categories import Group
from audit.checks.data_minimisation._undeclared import keys_of, undeclared_columns
from audit.finding import Basis, Grade

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "MIN01",
    criterion="the notice; GDPR Art. 14(1)(d), 15(1)(b), 30(1)(c), 5(1)(a)",
    basis=Basis.NOTICE,
    grade=Grade.MAJOR,
    unit="columns",
    # What a mailing tool knows of those who left: it still has the day on which they came.
    dated=("objections.consented_on",),
)
def undeclared_data_category(columns: ir.Table, declared: DeclaredCategories) -> ir.Table:
    """
    Columns that hold a category of data which the notice does not declare.

    A notice that lists what the register holds promises that it holds nothing else, if the list is
    closed ("contains the following"). Against an open list ("for example") an undeclared category
    is an observation. Identity codes, special categories, crime and credit, and credentials have
    codes of their own; record ids, time stamps and states are technical. A column without a filled
    cell holds nothing. The controller's own list of bans is not measured, but what a mailing tool
    keeps of those who left it is, since that is as much as it kept of them before.

    With a notice that declares `name` and `email` and says that is all:

    | column      | category        | filled | result        |
    | ----------- | --------------- | ------ | ------------- |
    | Sähköposti  | email           | 120    | conformity    |
    | Syntymäaika | date_of_birth   | 80     | nonconformity |
    | Sukupuoli   | gender          | 0      | conformity    |
    | Luotu       | technical       | 120    | conformity    |

    Remedy: erase what is not needed. Where it is needed, record the ground, add the category to
    the notice and tell the people; amending the notice alone is not enough.
    """
    return undeclared_columns(columns, declared, keys_of(Group.ORDINARY))
