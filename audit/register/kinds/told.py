"""What kind a table is: by its file's name, by its headers, else by what its columns are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from audit.categories.headers import is_general, words
from audit.register.columns.concepts import (
    is_persons_number,
    kind_by_deed,
    kind_by_meaning,
)
from audit.register.columns.recognised import recognise_columns
from audit.register.kinds.by_both import kind_of_one_shape, kind_of_what_is_theirs
from audit.register.kinds.by_columns import (
    are_staff,
    has_appointments,
    has_roles_of,
    is_list_of_events,
    is_made_up_as,
    kind_by_columns,
    kind_by_one_column,
    refers_to_people,
)
from audit.register.kinds.by_name import kind_by_compound, kind_by_name
from audit.register.kinds.model import kinds
from audit.register.kinds.rather import category_key, kind_rather
from audit.register.model import Certainty, Column, Role
from audit.register.roles import ENDS
from audit.register.words import UNREAD, reader
from audit.vocabulary import load

__all__ = ["ToldKind", "recognise_kind", "tell_kind"]

_HEAD = 100
"""Rows by which each kind is tried."""
_FIRST = 150
"""Columns by which it is; whoever exports thousands begins with those that tell."""
_SURELY = 2.5
"""What the columns must weigh to say that the name is wrong."""
_TELLING_ROLES = 2
_TELLING_SHARE = 4  # one header of so many


class ToldKind(NamedTuple):
    """What a table is taken for, and why."""

    kind: str
    ground: str
    certainty: Certainty


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
    return tell_kind(file_stem, header, rows).kind


def tell_kind(
    file_stem: str, header: Sequence[str], rows: Sequence[Sequence[str]] = ()
) -> ToldKind:
    """
    The kind of table with its ground: a name that its columns gainsay is not believed.

    >>> tell_kind("tilaukset", ["Tilausnro", "Tilauspäivä"])[1:]
    ('name and columns', <Certainty.CERTAIN: 'certain'>)
    >>> tell_kind("taulukko", ["Tuote", "Hinta"])[0:3:2]
    ('other', <Certainty.UNSURE: 'unsure'>)
    """
    if len(header) > _FIRST:
        header, rows = header[:_FIRST], [row[:_FIRST] for row in rows]
    folded, head = {words(name) for name in header}, rows[:_HEAD]
    named = _by_name(file_stem, header, head) or _by_meaning(file_stem, header, head)
    headed = None if named else _by_telling_headers(folded)
    if not named and not headed:
        named = kind_of_one_shape(file_stem, header, head)
        headed = None if named else _kind_by_roles(folded)
    told = named or headed
    if told is None:
        if not _is_of_staff(file_stem):
            named = kind_by_compound(words(file_stem).split()) or kind_by_meaning(file_stem)
        told = named or kind_by_one_column(header, head) or kind_by_columns(header, head)
    if told is not None and header and not is_made_up_as(told, header, head):
        # "registerutdrag och raderingar" is called erasures, and has all that requests have.
        by_columns = kind_by_columns(header, head, least=_SURELY)
        told, named = by_columns or told, None if by_columns else named
    if told == "requests" and named is None and not _asks_for_a_right(header, head):
        told = headed = None  # complaints and tickets come in and are answered as well
    other = kind_rather(told, header, rows[:_HEAD], folded)
    if other is not None:
        return ToldKind(other, "columns", Certainty.LIKELY)
    if told is None:
        return _by_people(file_stem, header, rows, folded)
    borne_out = bool(header) and has_roles_of(told, header, head)
    if named is not None:
        sure = Certainty.CERTAIN if borne_out else Certainty.LIKELY
        return ToldKind(told, "name and columns" if borne_out else "name", sure)
    return ToldKind(told, "headers" if headed else "columns", Certainty.LIKELY)


def _asks_for_a_right(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a list of what came in says what was asked for."""
    read = reader(Role.REQUEST_KIND)
    for n, column in enumerate(recognise_columns(header, rows, "requests")):
        if column.role is Role.REQUEST_KIND:
            said = {row[n] for row in rows if row[n].strip()}
            return not said or any(read(one)[0] != UNREAD for one in said)
    return False


def _by_name(file_stem: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str | None:
    """The kind by the file's name, where it says of what the list is, and the columns bear it out."""
    named = kind_by_deed(file_stem) or kind_by_name(words(file_stem).split())
    if named in ("customers", "contacts"):  # "Donors' wall" and "contact origins" list no people
        theirs = kind_of_what_is_theirs(file_stem, header, rows)
        return theirs or _whose(file_stem, header, rows, named)
    return None if named == "staff" and header and not are_staff(header, rows) else named


def _by_meaning(file_stem: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str | None:
    """
    The list that a controller keeps of what was done with its records, by what its name means.

    Such lists say of which order or booking each line is, and are no list of those.

    >>> _by_meaning("luovutettu", ["Päivä", "Tilaus", "Vastaanottaja", "Tarkoitus"], [])
    'disclosures'
    >>> _by_meaning("luovutettu", ["Auto", "Tilaus", "Luovutettu"], []) is None
    True
    """
    told = kind_by_meaning(file_stem)
    if told is None or kinds()[told].scope != "governance":
        return None
    found = recognise_columns(header, rows, told)
    own = {column.role for column in found} & set(kinds()[told].roles)
    return told if len(own) >= _TELLING_ROLES else None


def _by_telling_headers(folded: set[str]) -> str | None:
    return _kind_by_telling_headers(folded) or _kind_by_keys(folded)


def _by_people(
    file_stem: str, header: Sequence[str], rows: Sequence[Sequence[str]], folded: set[str]
) -> ToldKind:
    """What a table is of which nothing is told but that people stand in it."""
    numbers = load("tables")["numbers"]
    numbered = any(map(is_persons_number, header)) or bool(folded & set(numbers["people"]))
    if folded & _ANYBODYS_NUMBER and _kind_by_people(header, rows) == "contacts":
        return ToldKind("contacts", "people with a job for an organisation", Certainty.LIKELY)
    if numbered or any(category_key(name) == "customer_number" for name in header):
        kind = "orders" if is_list_of_events(header, rows) else "customers"
        return ToldKind(kind, "people's numbers", Certainty.LIKELY)
    kind = _kind_by_people(header, rows)
    if kind != "other" and has_appointments(header, rows):
        return ToldKind("orders", "people's appointments", Certainty.LIKELY)
    if kind == "other" and _is_diary(header, rows):
        return ToldKind("orders", "people's numbers and days", Certainty.LIKELY)
    if kind != "other" and _is_of_staff(file_stem):
        return ToldKind("other", "name: staff", Certainty.UNSURE)
    ground = "neither name nor columns tell" if kind == "other" else "names and addresses"
    return ToldKind(kind, ground, Certainty.UNSURE)


def _is_diary(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether a table has days of people whose numbers, or addresses, it gives, and what was done or paid.

    >>> rows = [["1.2.2026", "312", "Hoito", "60"], ["2.2.2026", "313", "Hoito", "60"], ["3.2.2026", "314", "Hoito", "60"]]
    >>> _is_diary(["Pvm", "Asiakas", "Palvelu", "Hinta"], rows), _is_diary(["Pvm", "Paino"], [])
    (True, False)
    """
    done = any(column.category in _DONE for column in recognise_columns(header, rows, "orders"))
    return done and refers_to_people(header, rows) and is_list_of_events(header, rows)


_DONE = frozenset({"order_history", "payment"})


def _is_of_staff(file_stem: str) -> bool:
    return bool(set(words(file_stem).split()) & set(load("tables")["numbers"]["staff"]))


def _kind_by_keys(folded: set[str]) -> str | None:
    """Invoices and orders, by the headers of their numbers."""
    invoices, orders = (
        folded & set(load("tables")["kinds"][kind]["keys"]) for kind in ("invoices", "orders")
    )
    if invoices - orders:
        return "invoices"
    return "orders" if orders else None


def _kind_by_telling_headers(folded: set[str]) -> str | None:
    """The kind of which there are the most headers that hardly another kind has."""
    told = {}
    for kind, known in load("tables")["kinds"].items():
        telling = set(known.get("telling", ()))
        # Beside a *debtor* the number of a *case* is the kind's own; by itself it may be of anything.
        own = telling.union(known.get("keys", ())) if folded & telling else telling
        told[kind] = len(folded & own)
    kind, count = max(told.items(), key=lambda item: item[1])
    if not count or sum(other == count for other in told.values()) > 1:
        return None
    # A list of customers may well have a column for their consent; that makes it no list of consents.
    of_register = kinds()[kind].scope == "register" and count >= _TELLING_ROLES
    return kind if of_register or count * _TELLING_SHARE >= len(folded) else None


def _kind_by_people(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Customers, or contact persons, where names stand beside what people are reached by."""
    columns = recognise_columns(header, rows, "other")
    held = {column.category for column in columns}
    if "name" not in held or not held & {"email", "phone", "postal_address"}:
        firms = held & {"email", "organisation"} and _run_on(columns)
        return "customers" if firms else "other"
    return "contacts" if {"job_title", "organisation"} <= held else "customers"


def _run_on(columns: Sequence[Column]) -> bool:
    """Whether each record begins, ends and has a state, as subscriptions of firms do."""
    roles = {column.role for column in columns}
    return {Role.RELATIONSHIP_START, Role.STATUS} <= roles and bool(roles & ENDS)


def _whose(file_stem: str, header: Sequence[str], rows: Sequence[Sequence[str]], named: str) -> str:
    """
    Whether *people* are customers, or stand with a job for organisations that are.

    >>> _whose("people", ["ID", "Name", "Email", "Organization", "Job title"], [], "customers")
    'contacts'
    >>> _whose("people", ["ID", "Name", "Email", "Organization"], [], "customers")
    'customers'
    """
    if _ANYBODY.isdisjoint(words(file_stem).split()):
        return named
    return "contacts" if _kind_by_people(header, rows) == "contacts" else named


_ANYBODY = frozenset({"people", "persons", "personer", "henkilöt", "henkilot"})
_ANYBODYS_NUMBER = frozenset({"person id", "personid", "kontakt id", "contact id", "henkilö id"})


def _kind_by_roles(folded: set[str]) -> str | None:
    """The kind, other than customers, whose own headers most of the columns carry."""
    # A list of restrictions is one of those and little else; other lists may have two such columns.
    named = {
        kind: (
            sum(bool(folded & set(phrases)) for phrases in known.get("roles", {}).values()),
            -len(known.get("roles", {})),
        )
        for kind, known in load("tables")["kinds"].items()
        if kind not in ("customers", "contacts", "staff")
    }
    kind, (count, roles) = max(named.items(), key=lambda item: item[1])
    tied = sum(other == (count, roles) for other in named.values()) > 1
    if tied or count < _TELLING_ROLES or not _says_more_than_general(kind, folded):
        return None
    recipients = load("tables")["kinds"]["processors"]["roles"]["recipient"]
    named_so = {name for name in folded & set(recipients) if not is_general(name)}
    if kind == "processors" and not named_so:
        return None  # who processes is named; assignments have roles and days of their own
    least = _OF_ITS_OWN if _has_its_own(kind, folded) else 2
    return kind if count * least >= len(folded) else None


def _says_more_than_general(kind: str, folded: set[str]) -> bool:
    """Whether a header of the kind is no word that any table might have: *name*, *role*, *created*."""
    roles = load("tables")["kinds"][kind]["roles"]
    phrases = {phrase for known in roles.values() for phrase in known}
    told = folded & phrases - set(load("generic")["made_on"])
    return any(not is_general(name) for name in told)


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
