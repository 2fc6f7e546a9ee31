"""
Who is who across the files of a register: every identity of every record, one row each.

A record has up to five: the customer's number, the contact person's own, the e-mail address, the
phone number, and the name with the address. Only identities that stand in one of the controller's lists (requests, objections,
mailing lists, messages sent, …) are kept, since only those are matched; ``shared`` are those that
records of different names carry, as families do with a phone. The table is made once and joined by
the checks; see ``checks/_people.py`` for what a match proves.

Lists of erased people may hold keyed hashes in place of identities: HMAC-SHA-256, in hexadecimal,
of ``email:``, ``phone:`` or ``id:`` and the identity in its one spelling, keyed with
``REGISTER_AUDIT_KEY``. They are compared inside the engine and stand in no output.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING

from audit.engine.duckdb import Engine
from audit.register.due_days import COLUMNS as DUE_DAYS
from audit.register.due_days import FIRST, due_days
from audit.register.kinds.model import kinds, schema
from audit.register.model import Role
from audit.register.pseudonyms import Key

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "COLUMNS",
    "add_hashes",
    "create_due_days",
    "create_people",
    "is_listed",
    "make_table",
    "who_is_who",
]

#: The table of people, with the types that Ibis gives them.
COLUMNS = dict.fromkeys(("kind", "by", "key", "customer", "email", "name"), "string") | {
    "place": "int32",
    "row": "int64",
    "shared": "boolean",
}
_NUMBER, _HASH = "number", "hash"


def create_people(engine: Engine, there: Iterable[str], key: Key | None) -> None:
    """Make ``people`` of the records of the kinds that the register has, as ``all_<kind>``."""
    there = sorted(there)
    people = [kind for kind in there if kinds()[kind].people]
    if not any(map(is_listed, people)):
        make_table(engine, "people", _ORDERED, ())
        return
    engine.create("people", who_is_who(there))
    if key is not None and "erasures" in there:
        add_hashes(engine, people, key)


def is_listed(kind: str) -> bool:
    """Whether tables of a kind list people who stand in the register: its identities are kept."""
    return kinds()[kind].people and kind not in ("customers", "contacts", "other")


def create_due_days(engine: Engine, until: date) -> None:
    """Make ``due_days``: the last days for answers to what was received until a day."""
    make_table(engine, "due_days", DUE_DAYS, due_days(FIRST, until))


@singledispatch
def make_table(
    engine: Engine, name: str, types: Mapping[str, str], rows: Iterable[Iterable[object]]
) -> None:
    """Make a small table of rows that are here, there where the records are; types are Ibis'."""
    columns = ", ".join(f'"{column}" {_SQL.get(kind, kind)}' for column, kind in types.items())
    engine.run(f"CREATE TABLE {name} ({columns})")
    engine.insert(name, rows)


_SQL = {"string": "VARCHAR", "int64": "BIGINT", "int32": "INTEGER"}
_ORDERED = dict(sorted(COLUMNS.items()))


def who_is_who(there: Iterable[str]) -> ir.Table:
    """The table of people, as an expression over ``all_<kind>``."""
    import ibis

    there = list(there)
    # Where customers and contact persons are two lists, a contact person's number is no customer's.
    apart = {"customers", "contacts"} <= set(there)
    of_kind = {kind: _identities(kind, apart=apart) for kind in there}
    every = [part for parts in of_kind.values() for part in parts]
    listed = [
        part.select("by", "key") for kind in filter(is_listed, there) for part in of_kind[kind]
    ]
    wanted = ibis.union(*listed, distinct=True) if len(listed) > 1 else listed[0].distinct()
    found = (ibis.union(*every) if len(every) > 1 else every[0]).semi_join(wanted, ["by", "key"])
    carried = (
        found.filter(found.by == "phone")
        .group_by("by", "key")
        .agg(names=found.name.nunique(where=found.kind.isin(_registers())))
    )
    carried = carried.select(shared_by="by", shared_key="key", names="names")
    joined = found.left_join(
        carried, [found.by == carried.shared_by, found.key == carried.shared_key]
    )
    shared = (joined.names > 1).fill_null(False)
    return joined.mutate(shared=shared).select(*_ORDERED)


def _registers() -> list[str]:
    """The kinds of tables in which people stand once each."""
    return [kind.key for kind in kinds().values() if kind.people and kind.scope == "register"]


def _identities(kind: str, *, apart: bool) -> list[ir.Table]:
    """
    The identities of the records of a kind, one table for each sort of identity.

    ``apart``: a contact person's number that stands where the customer's would is none of these.
    """
    import ibis

    records = ibis.table(schema(kind), name=f"all_{kind}")
    if apart and kinds()[kind].people and kind not in ("customers", "contacts"):
        alone = (records.customer == records.contact).fill_null(False)
        records = records.mutate(customer=ibis.cases((~alone, records.customer)))
    null = ibis.null("string")
    if not kinds()[kind].people:
        return [_one(kind, _NUMBER, records.customer, records, null, null)]
    both = records.name.concat(" / ").concat(records.address)
    keys = {
        _NUMBER: records.customer,
        "email": records.email,
        "phone": records.phone,
        "name_and_address": both,
        "contact": records.contact,
    }
    if Role.PSEUDONYM in kinds()[kind].roles:
        keys[_HASH] = records[Role.PSEUDONYM].lower()
    return [_one(kind, by, key, records, records.email, records.name) for by, key in keys.items()]


def _one(
    kind: str,
    by: str,
    key: ir.StringValue,
    records: ir.Table,
    email: ir.StringValue,
    name: ir.StringValue,
) -> ir.Table:
    import ibis

    found = records.select(
        by=ibis.literal(by),
        customer=records.customer,
        email=email,
        key=key,
        kind=ibis.literal(kind),
        name=name,
        place=records.place,
        row=records.row,
    )
    return found.filter(found.key.notnull())


@singledispatch
def add_hashes(engine: Engine, people: Iterable[str], key: Key) -> None:
    """Add the hashes of the register's identities that a list of erased people has."""
    columns = ", ".join(f'"{name}"' for name in _ORDERED)
    for kind in people:
        if kinds()[kind].scope != "register":
            continue
        for prefix, column in (("email", "email"), ("phone", "phone"), ("id", "customer")):
            values = {
                "by": f"'{_HASH}'",
                "key": key.sql(prefix, column),
                "kind": f"'{kind}'",
                "shared": "false",
            }
            selected = ", ".join(
                f'{values[name]} AS "{name}"' if name in values else f'"{name}"'
                for name in _ORDERED
            )
            engine.run(
                f"INSERT INTO people SELECT {columns} FROM (SELECT {selected} FROM all_{kind} "
                f"WHERE {column} IS NOT NULL) WHERE key IN "
                f"(SELECT key FROM people WHERE \"by\" = '{_HASH}' AND kind = 'erasures')"
            )
