"""What the checks of undeclared data share: which code a cell or a column falls under."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.catalogue import DeclaredCategories
from audit.categories import Group, categories
from audit.categories.chance import GROUND as CHANCE
from audit.finding import Result

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["keys_of", "misplaced_cells", "undeclared_columns"]


def keys_of(*groups: Group) -> list[str]:
    """The keys of the categories that the law weighs alike."""
    return [key for key, category in categories().items() if category.group in groups]


def undeclared_columns(
    columns: ir.Table, declared: DeclaredCategories, keys: list[str]
) -> ir.Table:
    """Filled columns that hold one of the categories ``keys``, undeclared."""
    found = columns.filter(
        columns.category.isin(keys),
        ~columns.category.isin(declared.keys or [""]),
        columns.filled > 0,
    )
    return found.select(
        row=ibis.null("int64"),
        column="column",
        category="category",
        result=ibis.literal(str(declared.result)),
        detail="ground",
    )


def misplaced_cells(cells: ir.Table, declared: DeclaredCategories, keys: list[str]) -> ir.Table:
    """
    Cells that hold one of the categories ``keys``, undeclared or somebody else's.

    A declared value is where it may be when it is the record's own. Where the record has none to
    compare with, whose it is cannot be told: an observation.
    """
    among = cells.filter(cells.category.isin(keys))
    known = among.category.isin(declared.keys or [""])
    result = ibis.cases(
        # A model's opinion is no proof, whatever the notice declares.
        (among.ground == "name model", str(Result.OBSERVATION)),
        # No more of its column pass the check digit than chance has it: for a person to judge.
        (among.ground == CHANCE, str(Result.OBSERVATION)),
        # A word that says so only perhaps is for a person to judge.
        (~known & (among.ground == "mention"), str(Result.OBSERVATION)),
        (~known, str(declared.result)),
        (among.relation == "unknown", str(Result.OBSERVATION)),
        else_=str(Result.NONCONFORMITY),
    )
    return among.filter(~known | among.relation.isin(["other", "unknown"])).select(
        row="row", column="column", category="category", result=result, detail="ground"
    )
