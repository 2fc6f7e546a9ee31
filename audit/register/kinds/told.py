"""What kind a table is: by its file's name, by its headers, else by what its columns are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from audit.categories.headers import is_general, words
from audit.register.columns.concepts import (
    is_persons_number,
    kind_by_deed,
    kind_by_meaning,
    may_mean,
)
from audit.register.columns.header_category import category_named
from audit.register.columns.recognised import recognise_columns
from audit.register.kinds.by_both import kind_of_one_shape, kind_of_what_is_theirs
from audit.register.kinds.by_columns import (
    are_people,
    are_staff,
    has_people,
    has_roles_of,
    is_list_of_events,
    is_log_of_doors,
    is_made_up_as,
    kind_by_columns,
    kind_by_one_column,
    refers_to_people,
    tells_employments,
)
from audit.register.kinds.by_name import kind_by_compound, kind_by_name
from audit.register.kinds.model import kinds
from audit.register.model import Certainty, Role
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
    named = _by_name(file_stem, header, head)
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
    other = _rather(told, header, rows, folded)
    if other is not None:
        return ToldKind(other, "columns", Certainty.LIKELY)
    if told is None:
        return _by_people(file_stem, header, rows, folded)
    borne_out = bool(header) and has_roles_of(told, header, head)
    if named is not None:
        sure = Certainty.CERTAIN if borne_out else Certainty.LIKELY
        return ToldKind(told, "name and columns" if borne_out else "name", sure)
    return ToldKind(told, "headers" if headed else "columns", Certainty.LIKELY)


def _by_name(file_stem: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str | None:
    """The kind by the file's name, where it says of what the list is, and the columns bear it out."""
    named = kind_by_deed(file_stem) or kind_by_name(words(file_stem).split())
    if named in ("customers", "contacts"):  # "Donors' wall" and "contact origins" list no people
        theirs = kind_of_what_is_theirs(file_stem, header, rows)
        return theirs or _whose(file_stem, header, rows, named)
    return None if named == "staff" and header and not are_staff(header, rows) else named


def _by_telling_headers(folded: set[str]) -> str | None:
    return _kind_by_telling_headers(folded) or _kind_by_keys(folded)


def _rather(
    told: str | None, header: Sequence[str], rows: Sequence[Sequence[str]], folded: set[str]
) -> str | None:
    """What a table is though something else was told of it; None where nothing gainsays that."""
    head = rows[:_HEAD]
    own = load("tables")["kinds"].get(told or "", {})
    # A reader's number tells no newsletter from a magazine.
    keys = () if told == "mailing_list" else own.get("keys", ())
    sure = bool(folded & {*keys, *own.get("telling", ())})
    listed = told in _OF_PEOPLE_TOO and not sure and header and are_people(header, head, told)
    if listed or (told == "contacts" and _are_their_own(header, head)):
        return "customers"
    if told == "orders" and _are_invoices(header, head):
        return "invoices"
    if told == "mailing_list" and _are_messages(header, head):
        return "send_log"
    if told != "web_log" and _are_pages_asked_for(folded):
        return "web_log"
    if told in _OF_DOORS and is_log_of_doors(header, head):
        # Who trains or lives there comes in by a number of theirs; who works there, by a card.
        return "orders" if refers_to_people(header, head) else "other"
    return _of_staff_rather(told, header, head) or _of_accounts_rather(told, header, head, folded)


def _of_staff_rather(
    told: str | None, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> str | None:
    """Whether what is called people says who serves, or nothing of anybody."""
    if told in _PERHAPS_STAFF and tells_employments(header, rows) and are_staff(header, rows):
        return "staff"
    return "other" if told == "customers" and rows and not has_people(header, rows) else None


def _of_accounts_rather(
    told: str | None, header: Sequence[str], rows: Sequence[Sequence[str]], folded: set[str]
) -> str | None:
    """Whether a log is a list of accounts, or such a list is one of customers."""
    if told == "access_log" and _are_accounts(header, rows):
        return "access_list"
    if told == "customers" and _signs_in(header, rows, folded):
        return "access_list"
    if told in ("access_list", "staff") and _are_contracts(header, rows, told):
        return "customers"
    return "customers" if told == "access_list" and _holds_customers(header, folded) else None


def _signs_in(header: Sequence[str], rows: Sequence[Sequence[str]], folded: set[str]) -> bool:
    """
    Whether people, as a directory of logins calls them, have ids and rights, and nothing of customers.

    >>> head = ["First name", "Login", "Status", "Last login", "Groups"]
    >>> _signs_in(head, [], {name.lower() for name in head})
    True
    >>> head = ["Name", "Login", "Last login", "Groups", "Phone", "Postal address"]
    >>> _signs_in(head, [], {name.lower() for name in head})
    False
    """
    roles = {column.role for column in recognise_columns(header, rows, "access_list")}
    signs_in = {Role.USER_ID, Role.LAST_LOGIN_ON} <= roles
    rights = folded & set(load("tables")["numbers"]["rights"])
    return signs_in and bool(rights) and not {_category(name) for name in header} & _OF_CUSTOMERS


def _by_people(
    file_stem: str, header: Sequence[str], rows: Sequence[Sequence[str]], folded: set[str]
) -> ToldKind:
    """What a table is of which nothing is told but that people stand in it."""
    numbers = load("tables")["numbers"]
    numbered = any(map(is_persons_number, header)) or bool(folded & set(numbers["people"]))
    if numbered or any(_category(name) == "customer_number" for name in header):
        kind = "orders" if is_list_of_events(header, rows) else "customers"
        return ToldKind(kind, "people's numbers", Certainty.LIKELY)
    kind = _kind_by_people(header, rows)
    if kind != "other" and _is_of_staff(file_stem):
        return ToldKind("other", "name: staff", Certainty.UNSURE)
    ground = "neither name nor columns tell" if kind == "other" else "names and addresses"
    return ToldKind(kind, ground, Certainty.UNSURE)


def _is_of_staff(file_stem: str) -> bool:
    return bool(set(words(file_stem).split()) & set(load("tables")["numbers"]["staff"]))


# What a list of people may be called as well: a diary of assignments, a matrikel; and readers of a
# magazine subscribe to it, as others do to a newsletter.
_OF_PEOPLE_TOO = frozenset({"orders", "publication_list", "consents", "mailing_list", "processors"})
_OF_DOORS = frozenset({None, "orders", "access_log"})
_PERHAPS_STAFF = frozenset({None, "customers", "contacts"})


def _are_accounts(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether what is called logins says of each account who signed, left or still has it.

    >>> _are_accounts(["user", "name", "since", "undertaking signed", "left", "last seen"], [])
    True
    >>> _are_accounts(["user", "time", "action"], [])
    False
    """
    roles = {column.role for column in recognise_columns(header, rows, "access_list")}
    return len(roles & _OF_AN_ACCOUNT) > 1


_OF_AN_ACCOUNT = frozenset(
    {Role.UNDERTAKING_ON, Role.EMPLOYED_UNTIL, Role.ACCESS_UNTIL, Role.LAST_LOGIN_ON}
)


def _are_contracts(header: Sequence[str], rows: Sequence[Sequence[str]], told: str) -> bool:
    """
    Whether what may be a list of accounts says of customers since when they have a contract.

    >>> _are_contracts(["Paikka", "Haltija", "Sopimus alkanut", "Sopimus päättynyt"], [], "staff")
    True
    >>> _are_contracts(["Tunnus", "Haltija", "Sopimus alkanut", "Sopimus päättynyt"], [], "staff")
    False
    """
    as_people = {column.role for column in recognise_columns(header, rows, "customers")}
    listed = {column.role for column in recognise_columns(header, rows, told)}
    runs = Role.RELATIONSHIP_START in as_people and as_people & _RUNS_OUT
    of_accounts = listed & {Role.USER_ID, Role.UNDERTAKING_ON, Role.LAST_LOGIN_ON}
    contract = any(
        may_mean(name, "contract") and not may_mean(name, "employment") for name in header
    )
    return bool(runs) and contract and not of_accounts


_RUNS_OUT = frozenset({Role.CONTRACT_END, Role.MEMBERSHIP_END, Role.CUSTOMER_RELATIONSHIP_END})


def _are_their_own(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether what is called contacts are people with a relationship of their own, and of no customer.

    >>> _are_their_own(["Name", "Email", "Membership start date", "Membership end date"], [])
    True
    >>> _are_their_own(["Customer no", "Name", "Email", "Left on"], [])
    False
    """
    roles = {column.role for column in recognise_columns(header, rows, "contacts")}
    # Who has left a company stands there for the company.
    theirs = Role.CUSTOMER_REFERENCE in roles or Role.LEFT_ON in roles
    return not theirs and are_people(header, rows)


def _are_pages_asked_for(folded: set[str]) -> bool:
    """
    Whether what is called *access*, or *requests*, is the log of a web server.

    >>> _are_pages_asked_for({"time", "remote addr", "request uri", "http user agent"})
    True
    >>> _are_pages_asked_for({"login time", "username", "remote ip", "user agent"})
    False
    """
    known = load("tables")["kinds"]["web_log"]
    telling = folded & set(known["telling"])
    beside = folded & set(known["beside"]) if telling else set()
    return len(telling | beside) >= _TELLING_ROLES and bool(folded & set(known["roles"]["path"]))


def _are_messages(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether what is called a newsletter has the days and subjects of what was sent.

    >>> _are_messages(["Datum", "Ämne", "Till"], []), _are_messages(["E-post", "Datum", "Status"], [])
    (True, False)
    """
    sent = {column.role for column in recognise_columns(header, rows, "send_log")}
    listed = {column.role for column in recognise_columns(header, rows, "mailing_list")}
    joined = listed & {Role.SUBSCRIBED, Role.SUBSCRIBED_ON, Role.CONSENT_WITHDRAWAL}
    return {Role.SENT_ON, Role.MESSAGE_KIND} <= sent and not joined


def _are_invoices(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether what is called payments, or sales, has the days on which they fall due."""
    roles = {column.role for column in recognise_columns(header, rows, "invoices")}
    return Role.DUE_ON in roles and bool(roles & {Role.INVOICED_ON, Role.PAID_ON, Role.AMOUNT_OPEN})


def _holds_customers(header: Sequence[str], folded: set[str]) -> bool:
    """Whether a list of *accounts* or *users* is of the service's customers, not of who serves them."""
    roles = load("tables")["kinds"]["access_list"]["roles"]
    if any(folded & set(roles[role]) for role in _OF_STAFF):
        return False
    held = {_category(name) for name in header}
    if "email" not in held:
        return False
    return len(held & _OF_CUSTOMERS) >= _TELLING_ROLES or _signed_up_themselves(folded)


def _signed_up_themselves(folded: set[str]) -> bool:
    """
    Whether accounts are of those who registered on a website, as WordPress and shops keep them.

    >>> _signed_up_themselves({"user login", "user pass", "user email", "user registered"})
    True
    >>> _signed_up_themselves({"username", "password", "email", "is staff", "date registered"})
    False
    """
    known = load("tables")["numbers"]
    return bool(folded & set(known["sign_ups"])) and not folded & set(known["rights"])


_OF_STAFF = ("undertaking_on", "employed_until", "designated", "account_owner", "access_until")
_OF_CUSTOMERS = frozenset(
    {
        *("phone", "postal_address", "organisation", "job_title", "order_history", "invoicing"),
        *("date_of_birth", "marketing_preferences", "payment", "customer_number", "membership"),
        *("social_media", "interests", "family", "gender", "nationality"),
    }
)


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
    if kind == "processors" and not folded & set(
        load("tables")["kinds"][kind]["roles"]["recipient"]
    ):
        return None  # who processes is named; assignments have roles and days of their own
    least = _OF_ITS_OWN if _has_its_own(kind, folded) else 2
    return kind if count * least >= len(folded) else None


def _says_more_than_general(kind: str, folded: set[str]) -> bool:
    """Whether a header of the kind is no word that any table might have: *name*, *role*, *type*."""
    roles = load("tables")["kinds"][kind]["roles"]
    phrases = {phrase for known in roles.values() for phrase in known}
    return any(not is_general(name) for name in folded & phrases)


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
