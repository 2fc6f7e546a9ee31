"""Data minimisation: personal identity codes that the notice does not declare."""

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
    "MIN04",
    criterion="the notice; Tietosuojalaki 1050/2018 29 §; GDPR Art. 87, 5(1)(c)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="cells",
)
def undeclared_identity_code(
    cells: ir.Table, columns: ir.Table, declared: DeclaredCategories
) -> ir.Table:
    """
    Personal identity codes, as a column or in single cells, that the notice does not declare.

    A code is proved by its check character and a real date, whatever the column is called. In a
    column of order numbers that begin with a day some pass by chance: where no more do, they are an
    observation. A code may
    be processed only on the grounds of the Data Protection Act, section 29, and is never entered
    needlessly in printed or drawn-up documents. The deviation from the notice is certain; whether
    a ground exists, in credit or collection for instance, is the auditor's conclusion.

    With a notice that declares `name` and says that is all:

    | column     | category               | row | ground          | result        |
    | ---------- | ---------------------- | --- | --------------- | ------------- |
    | Lisätiedot | personal_identity_code | 17  | check character | nonconformity |
    | Työnumero  | personal_identity_code | 18  | chance          | observation   |
    | Hetu       | personal_identity_code |     | header          | nonconformity |
    | Tilausnro  | order_history          |     | header          | conformity    |

    Remedy: erase the code. Where credit or collection needs it, keep it there alone and record the
    ground. Masking it on the screen is not enough, and adding it to the notice is no remedy.
    """
    keys = keys_of(Group.IDENTITY_CODE)
    return undeclared_columns(columns, declared, keys).union(misplaced_cells(cells, declared, keys))
