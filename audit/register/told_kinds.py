"""What kind a table is: by its file's name, by its headers, else by what its columns are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from audit.categories.headers import words
from audit.register.columns import recognise_columns
from audit.register.concepts import is_persons_number, kind_by_deed, kind_by_meaning
from audit.register.header_category import category_named
from audit.register.kinds import kinds
from audit.register.kinds_by_columns import (
    are_people,
    has_people,
    is_list_of_events,
    is_made_up_as,
    kind_by_columns,
    kind_by_one_column,
)
from audit.register.model import Role
from audit.vocabulary import load

__all__ = ["recognise_kind"]

_WORDS_OF_A_NAME = 3
_PLAIN = str.maketrans("äöåéü", "aoaeu")
_HEAD = 100
"""Rows by which each kind is tried."""
_SURELY = 2.5
"""What the columns must weigh to say that the name is wrong."""
_TELLING_ROLES = 2
_TELLING_SHARE = 4  # one header of so many
_PEOPLE = frozenset(
    """
    members people audience henkilöt jäsenet potilaat asukkaat vuokralaiset oppilaat vieraat
    lahjoittajat patienter medlemmar hyresgäster boende elever gäster patients tenants residents
    guests donors students pupils users contacts customers clients accounts subscribers käyttäjät
    tilaajat yhteyshenkilöt kontaktit asiakkaat kunder kontakter användare konton personer kontakt
    contact customer kund asiakas asiakasluettelo jäsenluettelo jäsenlista
    asiakaslista medlemsförteckning medlemslista kundförteckning kundlista memberlist customerlist
    clientlist
    """.split()
)


def recognise_kind(
    file_stem: str, header: Sequence[str], rows: Sequence[Sequence[str]] = ()
) -> str:
    """
    The kind of table, by its file's name, else by what its headers name, else by its content.

    >>> recognise_kind("asiakkaat_2026-11", ["Nro"]), recognise_kind("export", ["Laskunumero"])
    ('customers', 'invoices')
    >>> recognise_kind("access_log", []), recognise_kind("kayttooikeudet", [])
    ('access_log', 'access_list')
    >>> recognise_kind("taulukko 1", ["Pyynnön laji", "Saapunut", "Vastattu"])
    'requests'
    """
    folded, head = {words(name) for name in header}, rows[:_HEAD]
    told = (
        kind_by_deed(file_stem)
        or _kind_by_name(words(file_stem).split())
        or _kind_by_telling_headers(folded)
        or _kind_by_keys(folded)
        or _kind_by_roles(folded)
        or _kind_by_compound(words(file_stem).split())
        or kind_by_meaning(file_stem)
        or kind_by_one_column(header, head)
        or kind_by_columns(header, head)
    )
    if told is not None and header and not is_made_up_as(told, header, head):
        # "registerutdrag och raderingar" is called erasures, and has all that requests have.
        told = kind_by_columns(header, head, least=_SURELY) or told
    own = load("tables")["kinds"].get(told or "", {})
    sure = bool(folded & {*own.get("keys", ()), *own.get("telling", ())})
    listed = told in _OF_PEOPLE_TOO and not sure and header and are_people(header, head, told)
    if listed or (told == "contacts" and _are_their_own(header, head)):
        return "customers"
    if told == "orders" and _are_invoices(header, head):
        return "invoices"
    if told == "customers" and head and not has_people(header, head):
        return "other"
    if told == "access_list" and _holds_customers(header, folded):
        return "customers"
    numbered = any(map(is_persons_number, header))
    numbered |= bool(folded & set(load("tables")["numbers"]["people"]))
    if told is None and (numbered or any(_category(name) == "customer_number" for name in header)):
        return "orders" if is_list_of_events(header, rows) else "customers"
    return told or _kind_by_people(header, rows)


# What a list of people may be called as well: a diary of assignments, a matrikel.
_OF_PEOPLE_TOO = frozenset({"orders", "publication_list", "consents"})


def _are_their_own(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether what is called contacts are people with a relationship of their own, and of no customer.

    >>> _are_their_own(["Name", "Email", "Membership start date", "Membership end date"], [])
    True
    >>> _are_their_own(["Customer no", "Name", "Email", "Left on"], [])
    False
    """
    roles = {column.role for column in recognise_columns(header, rows, "contacts")}
    return Role.CUSTOMER_REFERENCE not in roles and are_people(header, rows)


def _are_invoices(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether what is called payments, or sales, has the days on which they fall due."""
    roles = {column.role for column in recognise_columns(header, rows, "invoices")}
    return Role.DUE_ON in roles and bool(roles & {Role.INVOICED_ON, Role.PAID_ON, Role.AMOUNT_OPEN})


def _kind_by_name(tokens: Sequence[str]) -> str | None:
    """The kind by the words of a file's name."""
    # The last word of a name is what it is: "asiakkaiden laskut" are invoices. A word for people
    # comes after the others: "unsubscribed members" are no customers.
    names = [
        "".join(tokens[first:last])  # "access_log" is an "accesslog"
        for last in range(len(tokens), 0, -1)
        for first in range(max(0, last - _WORDS_OF_A_NAME), last)
    ]
    known = (_names().get(name) for name in sorted(names, key=_are_people))
    found = next(filter(None, known), None)
    # "Förbud mot nyhetsbrev", "list of customers": what stands before is what it is.
    cut = next((n for n, token in enumerate(tokens) if n and token in _BETWEEN), None)
    before = _kind_by_name(tokens[:cut]) if cut is not None else None
    return before or found


_BETWEEN = frozenset("mot för av om över of on for to from against about by".split())


def _are_people(name: str) -> bool:
    return name in _PEOPLE or name in {word.translate(_PLAIN) for word in _PEOPLE}


def _kind_by_compound(tokens: Sequence[str]) -> str | None:
    """The kind by the head of a compound, which comes last: *reklamförbud* are bans."""
    for token in reversed(tokens):
        heads = [name for name in _names() if len(name) >= _SHORTEST_HEAD and token.endswith(name)]
        if heads:
            return _names()[max(heads, key=len)]
    return None


_SHORTEST_HEAD = 5


def _holds_customers(header: Sequence[str], folded: set[str]) -> bool:
    """Whether a list of *accounts* or *users* is of the service's customers, not of who serves them."""
    roles = load("tables")["kinds"]["access_list"]["roles"]
    if any(folded & set(roles[role]) for role in _OF_STAFF):
        return False
    held = {_category(name) for name in header}
    return "email" in held and len(held & _OF_CUSTOMERS) >= _TELLING_ROLES


_OF_STAFF = ("undertaking_on", "employed_until", "designated", "account_owner", "access_until")
_OF_CUSTOMERS = frozenset(
    {
        *("phone", "postal_address", "organisation", "job_title", "order_history", "invoicing"),
        *("date_of_birth", "marketing_preferences", "payment", "customer_number", "membership"),
    }
)


def _kind_by_keys(folded: set[str]) -> str | None:
    """Invoices and orders, by the headers of their numbers."""
    known_kinds = load("tables")["kinds"]
    both = ("invoices", "orders")
    return next((kind for kind in both if folded & set(known_kinds[kind]["keys"])), None)


@cache
def _names() -> dict[str, str]:
    """The kinds by the names of files, also without the dots that file names often lose."""
    named: dict[str, str] = {}
    for kind, known in load("tables")["kinds"].items():
        for name in known["names"]:
            named.setdefault(words(name).replace(" ", ""), kind)
    plain = {name.translate(_PLAIN): kind for name, kind in named.items()}
    return plain | named


def _kind_by_telling_headers(folded: set[str]) -> str | None:
    """The kind of which there are the most headers that hardly another kind has."""
    told = {
        kind: len(folded & set(known.get("telling", ())))
        for kind, known in load("tables")["kinds"].items()
    }
    kind, count = max(told.items(), key=lambda item: item[1])
    if not count or sum(other == count for other in told.values()) > 1:
        return None
    # A list of customers may well have a column for their consent; that makes it no list of consents.
    of_register = kinds()[kind].scope == "register" and count >= _TELLING_ROLES
    return kind if of_register or count * _TELLING_SHARE >= len(folded) else None


def _kind_by_people(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Customers, or contact persons, where names stand beside what people are reached by."""
    held = {column.category for column in recognise_columns(header, rows, "other")}
    if "name" not in held or not held & {"email", "phone", "postal_address"}:
        return "other"
    return "contacts" if {"job_title", "organisation"} <= held else "customers"


def _kind_by_roles(folded: set[str]) -> str | None:
    """The kind, other than customers, whose own headers most of the columns carry."""
    # A list of restrictions is one of those and little else; other lists may have two such columns.
    named = {
        kind: (
            sum(bool(folded & set(phrases)) for phrases in known.get("roles", {}).values()),
            -len(known.get("roles", {})),
        )
        for kind, known in load("tables")["kinds"].items()
        if kind not in ("customers", "contacts")
    }
    kind, (count, roles) = max(named.items(), key=lambda item: item[1])
    tied = sum(other == (count, roles) for other in named.values()) > 1
    if tied or count < _TELLING_ROLES:
        return None
    least = _OF_ITS_OWN if _has_its_own(kind, folded) else 2
    return kind if count * least >= len(folded) else None


_OF_ITS_OWN = 3
"""One of so many headers, where one of them stands in no other kind of table."""


def _has_its_own(kind: str, folded: set[str]) -> bool:
    """Whether a header is named by this kind's lists alone: *lähetyspvm* heads messages sent."""
    known = load("tables")["kinds"]
    own = {phrase for phrases in known[kind].get("roles", {}).values() for phrase in phrases}
    elsewhere = {
        phrase
        for other, item in known.items()
        if other != kind
        for phrases in item.get("roles", {}).values()
        for phrase in phrases
    }
    return kinds()[kind].scope == "governance" and bool(folded & (own - elsewhere))


def _category(name: str) -> str | None:
    named = category_named(name)
    return named.key if named else None
