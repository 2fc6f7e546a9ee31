"""Accuracy: one person in several records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "ACC02",
    criterion="the notice; GDPR Art. 5(1)(d), 5(1)(c)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    needs=("identities",),
    at="record_key",
    tables=("customers", "contacts"),
)
def duplicate_data_subject(records: ir.Table) -> ir.Table:
    """
    Records of a person who has another record in the same table, but for the one of the lowest key.

    The ground is always said: the same name with the same e-mail address or the same phone number.
    Name and postal address alone, with no birthdays that differ, or an e-mail address with no name
    beside it, are an observation. Of several records the one with the lowest key is left alone,
    however the export is sorted; without keys it is the first one.
    A family's phone or address under different names is none, nor is a box that nobody in
    particular reads, nor one person who stands for two organisations.

    | email             | phone | name     | result        |
    | ----------------- | ----- | -------- | ------------- |
    | aino@koe.example  |       | aino koe | conformity    |
    | aino@koe.example  |       | aino koe | nonconformity |
    | aino@koe.example  |       | koe onni | conformity    |
    | aino@koe.example  |       |          | observation   |

    Grade: minor.

    Remedy: merge the records once it is certain that they are one person's, and keep every ban and
    objection. Do not guess.
    """
    # A blank organisation is one organisation: the person's own.
    if "emptied" in records.columns:  # "Deleted Customer" is nobody, however many there are
        records = records.filter(records.emptied.fill_null("") != "marker")
    own = records.select(
        "row",
        "email",
        "phone",
        "name",
        "address",
        firm_=records.firm.fill_null(""),
        of_=records.customer.fill_null("") if "left_on" in records.columns else ibis.literal(""),
        nobody_=records.name.isnull(),
        # Father and son may share a name and an address, but no birthday.
        born_=(
            records.birth_date.cast("string").fill_null("")
            if "birth_date" in records.columns
            else ibis.literal("")
        ),
        order_=_order(records),
    )
    found = own
    for label, keys in _GROUNDS.items():
        found = _with_first(found, own, label, keys)
    same = {label: (found.order_ > found[f"{label}_first"]).fill_null(False) for label in _GROUNDS}
    # A record without a name is the one too many, wherever the one with a name stands.
    same["box"] |= found.box_named.notnull()
    result = ibis.cases(
        (same["email"] | same["phone"], str(Result.NONCONFORMITY)),
        (same["address"], str(Result.OBSERVATION)),
        (same["box"] & found.nobody_, str(Result.OBSERVATION)),
    )
    detail = ibis.cases(*((same[label], _as_row(found, label)) for label in _GROUNDS))
    found = found.select("row", result=result, detail=detail)
    return found.filter(found.result.notnull())


_GROUNDS = {
    "email": ("email", "name"),
    "phone": ("phone", "name"),
    "address": ("name", "address", "born_"),
    "box": ("email",),
}
_LONGEST_KEY, _LONGEST_ROW = 40, 12
_SAID = {
    "email": "e-mail and name",
    "phone": "phone and name",
    "address": "name and address",
    "box": "e-mail",
}


def _order(records: ir.Table) -> ir.StringValue:
    """What sorts records by their keys, short ones first, and where there are none by their rows."""
    key = records.record_key.fill_null("").lpad(_LONGEST_KEY, "0")
    return key.concat(records.row.cast("string").lpad(_LONGEST_ROW, "0"))


def _with_first(found: ir.Table, own: ir.Table, label: str, keys: tuple[str, ...]) -> ir.Table:
    """The records with the first in order that has the same keys, as ``<label>_first``."""
    filled = own
    for key in keys:
        filled = filled.filter(filled[key].notnull())
    together = (*keys, "firm_", "of_")
    first = filled.group_by(**{f"{label}_{key}": filled[key] for key in together}).agg(
        **{
            f"{label}_first": filled.order_.min(),
            f"{label}_named": filled.order_.min(where=filled.name.notnull()),
            f"{label}_n": filled.count(),
        }
    )
    first = first.filter(first[f"{label}_n"] > 1)  # few are there twice: a small table is joined
    return found.left_join(first, [found[key] == first[f"{label}_{key}"] for key in together])


def _as_row(found: ir.Table, label: str) -> ir.StringValue:
    first = ibis.coalesce(found[f"{label}_named"], found[f"{label}_first"])
    first = first.right(_LONGEST_ROW).cast("int64").cast("string")
    return ibis.literal("same as row ").concat(first, f": {_SAID[label]}")
