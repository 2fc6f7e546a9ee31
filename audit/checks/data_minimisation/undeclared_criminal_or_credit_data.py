"""Data minimisation: crime and credit data, in columns and in single cells."""

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
    "MIN07",
    criterion="the notice; GDPR Art. 10; Tietosuojalaki 1050/2018 7 §; Luottotietolaki 527/2007",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="cells",
)
def undeclared_criminal_or_credit_data(
    cells: ir.Table, columns: ir.Table, declared: DeclaredCategories
) -> ir.Table:
    """
    Offences, payment defaults, credit limits or enforcement, undeclared.

    Data on offences is governed by Article 10, credit data by the Credit Information Act. Columns
    are told by their header and content. In notes the words are weighed: a statement about a person
    (a sentence, a payment default, enforcement) is a nonconformity; a word that says so only perhaps
    (a claim sent to collection, a suspicion in passing) is an observation. A victim, a bankruptcy
    sale and a credit note are neither.

    With a notice that declares `name` and says that is all:

    | column       | category | row | ground    | filled | result        |
    | ------------ | -------- | --- | --------- | ------ | ------------- |
    | Luottoraja   | credit   |     | header    | 12     | nonconformity |
    | Lisätiedot   | criminal | 17  | statement |        | nonconformity |
    | Muistio      | credit   | 18  | mention   |        | observation   |
    | Luottokielto | credit   |     | header    | 0      | conformity    |
    | Nimi         | name     |     | header    | 40     | conformity    |

    Remedy: erase at once, unless a ground is recorded. Adding it to the notice is none.
    """
    keys = keys_of(Group.CRIME_AND_CREDIT)
    return undeclared_columns(columns, declared, keys).union(misplaced_cells(cells, declared, keys))
