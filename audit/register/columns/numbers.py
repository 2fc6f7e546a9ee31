"""Which columns number something: the records of a table, or the people whose records they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.categories.headers import words
from audit.register.columns.concepts import is_persons_number, means, names_number, tells_person
from audit.register.columns.content import ENOUGH_CELLS
from audit.register.model import Column, Role
from audit.vocabulary import load

__all__ = ["BARE_NUMBER", "NUMBERS_ALONE", "has_numbers", "is_number", "record_key"]


def is_number(column: Column) -> bool:
    """Whether a column has the number by which the register tells its customers, members, patients."""
    if column.category == "customer_number":
        return True
    named = words(column.header) in load("tables")["numbers"]["people"]
    named |= column.category in _NUMBERED and is_persons_number(column.header)
    return named and column.role in _OF_NO_OTHER


_NUMBERED = (None, "technical", "membership", "job_title")
_OF_NO_OTHER = (None, Role.CUSTOMER_REFERENCE, Role.RECORD_KEY)


def has_numbers(column: Column, cells: list[str]) -> bool:
    """Whether a column that is headed *Asiakas* or *Kund* has customers' numbers, and no names."""
    # A firm's number in a system, "Organization ID", is none of a public register.
    of_firm = column.category == "organisation" and words(column.header).endswith(" id")
    return (
        column.category in (None, "name", "job_title", "membership", "organisation")
        and column.role is None
        and (tells_person(column.header) or of_firm)
        and bool(cells)
        and all(BARE_NUMBER.fullmatch(cell) for cell in cells)
    )


BARE_NUMBER = re.compile(r"'?[A-Za-z]{0,3}[- ]?[0-9]{1,12}")


def record_key(
    header: Sequence[str], rows: Sequence[Sequence[str]], found: list[Column], kind: str
) -> int | None:
    """The column that tells the table's records apart."""
    known = load("tables")["kinds"].get(kind, {"keys": []})["keys"]
    joined = {key.replace(" ", "") for key in known}  # "ORDERID", "Asia nro"
    named = [n for n, name in enumerate(header) if words(name).replace(" ", "") in joined]
    named += [
        n
        for n, c in enumerate(found)
        if is_number(c) and kind in ("customers", "contacts", "other")
    ]
    named += [n for n, name in enumerate(header) if words(name) in NUMBERS_ALONE]
    if kind not in ("contacts", "other") and (kind != "customers" or not named):
        named += [n for n, name in enumerate(header) if _numbers_records(name, found[n])]
    if kind in ("orders", "invoices"):  # what a shop calls an order stands on each of its lines
        orders = [n for n, c in enumerate(found) if c.ground.endswith("but content")]
        named = [n for n in orders if found[n].category == "order_history"] + named
    named = [n for n in named if found[n].role in (None, Role.FREE_TEXT)]
    # "default_address.customer_id" stands within the record, whose own number goes first.
    named.sort(key=lambda n: "." in header[n])
    # What says the same of many records counts something: "failures_num".
    named = [n for n in named if len(rows) < ENOUGH_CELLS or _tells_apart(rows, n)]
    for n in named:
        values = [row[n].strip() for row in rows]
        if values and all(values) and len(set(values)) == len(values):
            return n
    whole = [n for n in named if all(row[n].strip() for row in rows)]
    return next(iter([*whole, *named]), None)


def _tells_apart(rows: Sequence[Sequence[str]], n: int) -> bool:
    """Whether a column has numbers of records, though an order's may stand on each of its lines."""
    different = len({row[n] for row in rows})
    return different > 1 and different * _LINES >= len(rows)


_LINES = 10


#: Headers that say that a number stands there, and of what no more.
NUMBERS_ALONE = frozenset(
    """
    id nro numero no nr number tunnus rivi tunniste key ref löpnr löpnummer diaarinumero järjnro
    järjestysnumero ticket ärende
    """.split()
) | {"record id", "post id", "järj nro"}


def _numbers_records(name: str, column: Column) -> bool:
    """Whether a header is a word and *number*: *Varausnro*, *Case ref*; a postal code is none."""
    numbered = column.role is None and names_number(name)
    numbered &= column.category not in ("postal_address", "phone", "bank_account")
    numbered &= not means(name, "number")  # of what, it does not say
    return numbered and not (is_number(column) or is_persons_number(name))
