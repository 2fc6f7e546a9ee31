"""Data minimisation: special categories of data, in columns and in single cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.catalogue import DeclaredCategories, check
from audit.categories import Group
from audit.checks.data_minimisation._undeclared import (
    keys_of,
    misplaced_cells,
    undeclared_columns,
)
from audit.finding import Basis, Grade

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "MIN03",
    criterion="the notice; GDPR Art. 9, 5(1)(c)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="cells",
)
def undeclared_special_category(
    cells: ir.Table, columns: ir.Table, declared: DeclaredCategories
) -> ir.Table:
    """
    Health, diet, religion, union membership or another special category, undeclared.

    Processing these is prohibited unless Article 9(2) allows it, and a contract is no ground there.
    Columns are told by their header and content. In notes the words are weighed: a statement about a
    person (a diagnosis, an allergy, a membership) is a nonconformity; a word that says so only
    perhaps (a medicine bought, a diet asked for, a certificate) is an observation, since what is
    inferred counts in law but cannot be weighed by a tool. The cells of a column that is itself
    such a finding are not told one by one. What is denied, sold, or the name of a
    customer (a parish, a hospital, an association) is neither.

    With a notice that declares `name` and says that is all:

    | column       | category     | row | ground    | filled | result        |
    | ------------ | ------------ | --- | --------- | ------ | ------------- |
    | Allergiat    | diet_allergy |     | header    | 12     | nonconformity |
    | Lisätiedot   | health       | 17  | statement |        | nonconformity |
    | Muistio      | health       | 18  | mention   |        | observation   |
    | Terveystiedot | health      |     | header    | 0      | conformity    |
    | Nimi         | name         |     | header    | 40     | conformity    |

    Remedy: erase at once, unless a ground of Article 9 is recorded. Adding it to the notice is none.
    """
    keys = keys_of(Group.SPECIAL)
    whole = undeclared_columns(columns, declared, keys)
    single = misplaced_cells(cells, declared, keys)
    # A diet among illnesses is in a column that is to be erased as it is.
    return whole.union(single.filter(single.column.notin(whole.column)))
