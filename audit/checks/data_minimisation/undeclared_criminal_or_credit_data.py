"""Data minimisation: columns of crime and credit data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.catalogue import DeclaredCategories, check
from audit.categories import Group
from audit.checks.data_minimisation._undeclared import keys_of, undeclared_columns
from audit.finding import Basis, Grade

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "MIN07",
    criterion="the notice; GDPR Art. 10; Tietosuojalaki 1050/2018 7 §; Luottotietolaki 527/2007",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="columns",
)
def undeclared_criminal_or_credit_data(columns: ir.Table, declared: DeclaredCategories) -> ir.Table:
    """
    Columns of offences, payment defaults, credit limits or credit ratings, undeclared.

    Data on offences is governed by Article 10, credit data by the Credit Information Act. This check
    looks at columns, by their header; statements inside notes are not looked for yet.

    With a notice that declares `name` and says that is all:

    | column | category | filled | result |
    | ------ | -------- | ------ | ------ |
    | Luottoraja | credit | 12 | nonconformity |
    | Luottokielto | credit | 0 | conformity |
    | Nimi | name | 40 | conformity |

    Remedy: erase at once, unless a ground is recorded. Adding it to the notice is none.
    """
    return undeclared_columns(columns, declared, keys_of(Group.CRIME_AND_CREDIT))
