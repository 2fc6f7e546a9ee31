"""Data minimisation: columns that could not be classified, for the auditor to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "MIN05",
    criterion="the notice; GDPR Art. 5(2)",
    basis=Basis.NOTICE,
    grade=Grade.MINOR,
    unit="columns",
    result=Result.NOT_ASSESSED,
)
def unclassified_column(columns: ir.Table) -> ir.Table:
    """
    Columns whose category neither the header nor the content tells.

    An absence of knowledge is not a conformity: the column is listed, and the auditor says in the
    plan what it holds. Its cells were read all the same, so what has a form (identity codes,
    accounts, e-mail) was found there. Columns of ids, stamps and states are listed as an
    observation, since they were set aside as technical.

    | column     | category  | role      | filled | result       |
    | ---------- | --------- | --------- | ------ | ------------ |
    | kentta7    |           |           | 35     | not_assessed |
    | Luotu      | technical |           | 120    | observation  |
    | Lisätiedot |           | free_text | 64     | conformity   |
    | kentta8    |           |           | 0      | conformity   |

    Remedy: say what the column holds and what it is used for.
    """
    open_question = columns.category.isnull() & columns.role.isnull()
    result = ibis.cases(
        (columns.category == "technical", str(Result.OBSERVATION)), else_=str(Result.NOT_ASSESSED)
    )
    found = columns.filter(
        columns.filled > 0, open_question | (columns.category.fill_null("") == "technical")
    )
    return found.select(
        row=ibis.null("int64"), column="column", category="category", result=result, detail="ground"
    )
