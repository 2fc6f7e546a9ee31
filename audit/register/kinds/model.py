"""
The kinds of tables: which roles the records of each have, and so what a check may ask for.

A check that asks for ``requests`` gets a table with the columns of ``schema("requests")``, whatever
the export was called and however its columns were; what the export lacks is blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from audit.register.roles import BESIDE, Role, RoleType
from audit.vocabulary import load

__all__ = [
    "IDENTITIES",
    "OLD_VALUES",
    "PEOPLE",
    "Kind",
    "columns_of",
    "headers_of",
    "kinds",
    "schema",
]

#: What people are matched by across files, with the category that the columns hold.
IDENTITIES = {
    "email": "email",
    "phone": "phone",
    "name": "name",
    "address": "postal_address",
}

#: A value that was corrected, as the identity that it may have been.
OLD_VALUES = ("old_email", "old_phone", "old_words")

_TYPES: Mapping[RoleType, str] = {
    "flag": "boolean",
    "date": "date",
    "amount": "decimal(18, 2)",
    "days": "int64",
}
_BASE = {
    "place": "int32",
    "row": "int64",
    "taken_on": "date",
    "record_key": "string",
    "customer": "string",
    "ended": "boolean",
    "on_hold": "boolean",
}
#: What is told of a person's record without its cells: the identities; whether its name was removed
#: or is missing (``marker``, ``blank``), the first category of what identifies it then, and the
#: places of all the columns that do, ``+`` between them; whether it is an organisation's;
#: the contact person's own number; in lists of what is sent and to whom not, an address that nobody
#: in particular reads, and which tells nobody from anybody; the domain of the address, which among
#: bans is that of all of a firm's addresses. Blank where the table has no such column.
PEOPLE = dict.fromkeys(IDENTITIES, "string") | {
    "firm": "string",
    "emptied": "string",
    "remaining": "string",
    "remaining_at": "string",
    "organisation": "boolean",
    "contact": "string",
    "mailbox": "string",
    "domain": "string",
}


class Kind(NamedTuple):
    """A kind of table."""

    key: str
    scope: Literal["register", "governance", "website"]
    """What the notice describes; the controller's own lists; what the web side collects."""
    people: bool
    """Whether its records are matched with people in other files."""
    roles: tuple[Role, ...]


@cache
def kinds() -> Mapping[str, Kind]:
    """
    Every kind by its key.

    ``other`` has no roles of its own; people may stand in it, as in any spreadsheet.
    """
    found = {
        key: Kind(
            key,
            known.get("scope", "register"),
            known.get("people", False),
            tuple(Role(role) for role in known.get("roles", {})),
        )
        for key, known in load("tables")["kinds"].items()
    }
    found["other"] = Kind("other", "register", people=True, roles=())
    return MappingProxyType(found)


@cache
def headers_of(kind: str) -> Mapping[str, tuple[str, ...]]:
    """
    The headers that name each role in tables of a kind; those of the kind that it is like as well.

    >>> "nda signed" in headers_of("staff")["undertaking_on"]
    True
    """
    known = load("tables")["kinds"].get(kind, {})
    also = load("tables")["kinds"][known["like"]]["roles"] if "like" in known else {}
    own = {**known.get("roles", {}), **known.get("states", {})}
    return {role: (*phrases, *also.get(role, ())) for role, phrases in own.items()}


def schema(kind: str, further: Iterable[Role] = ()) -> dict[str, str]:
    """
    The columns of the records of a kind, and their types as Ibis names them.

    ``further`` are roles that one table of the kind has besides.

    >>> [name for name in schema("orders") if name.startswith("ordered")]
    ['ordered_on', 'ordered_on_given']
    """
    of = kinds()[kind]
    found = dict(_BASE)
    if of.people:
        found |= PEOPLE
    for role in sorted({*of.roles, *further}):
        found |= columns_of(role)
    return found


def columns_of(role: Role) -> dict[str, str]:
    """The columns that a role gives the records, with those beside it."""
    if role.type in ("note", "state") or role in (Role.RECORD_KEY, Role.CUSTOMER_REFERENCE):
        return {}
    if role is Role.OLD_VALUE:  # shown as what it may be, in the spelling of people's identities
        return dict.fromkeys(OLD_VALUES, "string")
    beside = {f"{role.value}_{name}": "string" for name in BESIDE.get(role.type, ())}
    given = {f"{role.value}_given": "boolean"} if role.type == "date" else {}
    return {role.value: _TYPES.get(role.type, "string")} | beside | given
