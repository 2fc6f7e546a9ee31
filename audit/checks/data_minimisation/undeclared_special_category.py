"""Data minimisation: columns of special categories of data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.catalogue import DeclaredCategories, check
from audit.categories import Group
from audit.checks.data_minimisation._undeclared import keys_of, undeclared_columns
from audit.finding import Basis, Grade

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "MIN03",
    criterion="the notice; GDPR Art. 9, 5(1)(c)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="columns",
)
def undeclared_special_category(columns: ir.Table, declared: DeclaredCategories) -> ir.Table:
    """
    Columns of health, diet, religion, union membership or another special category, undeclared.

    Processing these is prohibited unless Article 9(2) allows it, and a contract is no ground there.
    This check looks at columns, by their header; statements inside notes are not looked for yet.

    With a notice that declares `name` and says that is all:

    | column | category | filled | result |
    | ------ | -------- | ------ | ------ |
    | Allergiat | diet_allergy | 12 | nonconformity |
    | Terveystiedot | health | 0 | conformity |
    | Nimi | name | 40 | conformity |

    Remedy: erase at once, unless a ground of Article 9 is recorded. Adding it to the notice is none.
    """
    return undeclared_columns(columns, declared, keys_of(Group.SPECIAL))
