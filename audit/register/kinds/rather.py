"""What a table is though its name, its headers or its columns told something else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.categories.headers import words
from audit.register.columns.concepts import is_persons_number, may_mean, tells_person
from audit.register.columns.recognised import recognise_columns
from audit.register.kinds.accounts import (
    OF_CUSTOMERS,
    are_accounts,
    category_key,
    has_accounts_given,
    signs_in,
)
from audit.register.kinds.by_columns import (
    are_people,
    are_staff,
    has_people,
    is_log_of_doors,
    refers_to_people,
    tells_employments,
)
from audit.register.model import Role
from audit.register.roles import CONSENTS, ENDS
from audit.vocabulary import load

__all__ = ["category_key", "kind_rather"]

_TELLING_ROLES = 2


def kind_rather(
    told: str | None, header: Sequence[str], rows: Sequence[Sequence[str]], folded: set[str]
) -> str | None:
    """What a table is though something else was told of it; None where nothing gainsays that."""
    own = load("tables")["kinds"].get(told or "", {})
    # A reader's number tells no newsletter from a magazine.
    keys = () if told == "mailing_list" else own.get("keys", ())
    sure = bool(folded & {*keys, *own.get("telling", ())})
    listed = told in _OF_PEOPLE_TOO and not sure and header and are_people(header, rows, told)
    if listed or (told == "contacts" and _are_their_own(header, rows)):
        return "customers"
    for kind, of, rather in _RATHER:
        if told == kind and of(header, rows):
            return rather
    if told in ("contacts", "customers") and _are_subscribers(folded, header):
        return "mailing_list"
    if told != "web_log" and _are_pages_asked_for(folded):
        return "web_log"
    if told in _OF_DOORS and is_log_of_doors(header, rows):
        # Who trains or lives there comes in by a number of theirs; who works there, by a card.
        return "orders" if refers_to_people(header, rows) else "other"
    staff = _of_staff_rather(told, header, rows, folded)
    return staff or _of_accounts_rather(told, header, rows, folded)


def _have_agreements(header: Sequence[str], _rows: Sequence[Sequence[str]] = ()) -> bool:
    """
    Whether a list has the agreements of those who process data for the controller, and no disclosure.

    >>> _have_agreements(["Toimittaja", "Tietojenkäsittelyliite allekirjoitettu", "Valtio"])
    True
    >>> _have_agreements(["Luovutettu", "Saaja", "Käsittelysopimus"])
    False
    """
    given = any(may_mean(name, "disclose") for name in header)
    return not given and any(_OF_ART_28.search(words(name)) for name in header)


_OF_ART_28 = re.compile(
    r"käsittely(?:sopimu|liit)|kasittely(?:sopimu|liit)|(?:tietosuoja|henkilötieto)(?:sopimu|liit)"
    r"|biträdesavtal|data processing (?:agreement|contract|addendum)|\bart(?:icle)? 28\b"
)


# Whoever serves the people of a register, as its lists head their names.
_CALLED_STAFF = frozenset({"employee", "employee name", "staff member", "member of staff"}) | {
    *("työntekijä", "työntekijän nimi", "anställd", "medarbetare", "medarbetarens namn"),
}


def _of_staff_rather(
    told: str | None, header: Sequence[str], rows: Sequence[Sequence[str]], folded: set[str]
) -> str | None:
    """
    Whether what is called people says who serves, or nothing of anybody.

    >>> head = ["Employee", "Joined", "Left"]
    >>> _of_staff_rather("customers", head, [], {name.lower() for name in head})
    'staff'
    """
    serves = tells_employments(header, rows) or bool(folded & _CALLED_STAFF)
    if told in _PERHAPS_STAFF and serves and are_staff(header, rows):
        return "staff"
    return "other" if told == "customers" and rows and not has_people(header, rows) else None


def _of_accounts_rather(
    told: str | None, header: Sequence[str], rows: Sequence[Sequence[str]], folded: set[str]
) -> str | None:
    """Whether a log is a list of accounts, or such a list is one of customers."""
    if told == "access_log" and are_accounts(header, rows):
        return "access_list"
    if told == "customers" and signs_in(header, rows, folded):
        return "access_list"
    if told == "staff" and has_accounts_given(header, rows):
        return "access_list"
    if told in ("access_list", "staff") and (
        _are_contracts(header, rows, told) or _are_employees(header, rows)
    ):
        return "customers"
    return "customers" if told == "access_list" and _holds_customers(header, folded) else None


# What a list of people may be called as well: a diary of assignments, a matrikel; and readers of a
# magazine subscribe to it, as others do to a newsletter.
_OF_PEOPLE_TOO = frozenset({"orders", "publication_list", "consents", "mailing_list", "processors"})
_OF_DOORS = frozenset({None, "orders", "access_log"})
_PERHAPS_STAFF = frozenset({None, "customers", "contacts"})


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
    runs = Role.RELATIONSHIP_START in as_people and as_people & ENDS
    of_accounts = listed & {Role.USER_ID, Role.UNDERTAKING_ON, Role.LAST_LOGIN_ON}
    contract = any(
        may_mean(name, "contract") and not may_mean(name, "employment") for name in header
    )
    return bool(runs) and contract and not of_accounts


def _are_subscribers(folded: set[str], header: Sequence[str] = ()) -> bool:
    """
    Whether what a mailing service calls contacts says of each when it was opted in, and blocked.

    Who buys or lives somewhere is more than that.

    >>> _are_subscribers({"email", "double opt in", "blocklisted"}), _are_subscribers({"email", "phone"})
    (True, False)
    >>> _are_subscribers({"optin time", "optin ip"}, ["OPTIN_TIME", "OPTIN_IP", "Orders"])
    False
    """
    known = load("tables")["kinds"]["mailing_list"]
    told = set(map(category_key, header))
    telling = folded & set(known["telling"])
    # Who left a list, and is reached in no other way than by mail, stands on it.
    left = folded & set(known["roles"]["consent_withdrawal"]) and not _REACHED & told
    return (len(telling) >= _TELLING_ROLES or bool(telling and left)) and not _BUYS & told


_REACHED = frozenset({"phone", "postal_address", "job_title"})
_BUYS = frozenset({"order_history", "payment", "customer_number"})


def _are_employees(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether a list of staff is the employer's own register of them: where they live, when they were born.

    >>> _are_employees(["Nimi", "Synt.aika", "Osoite", "Työsuhde alkoi", "Työsuhde päättyi"], [])
    True
    >>> _are_employees(["Nimi", "Työsähköposti", "Työsuhde alkoi", "Työsuhde päättyi"], [])
    False
    """
    found = recognise_columns(header, rows, "customers")
    lives = {"postal_address", "date_of_birth"} <= {column.category for column in found}
    runs = {Role.RELATIONSHIP_START, Role.EMPLOYMENT_END} <= {column.role for column in found}
    return lives and runs


def _are_their_own(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether what is called contacts are people with a relationship of their own, and of no customer.

    >>> _are_their_own(["Name", "Email", "Membership start date", "Membership end date"], [])
    True
    >>> _are_their_own(["Customer no", "Name", "Email", "Left on"], [])
    False
    """
    found = recognise_columns(header, rows, "contacts")
    roles = {column.role for column in found}
    # Who has left a company stands there for the company, and so does who has a job in one.
    theirs = Role.CUSTOMER_REFERENCE in roles or Role.LEFT_ON in roles
    works = {"job_title", "organisation"} <= {column.category for column in found}
    theirs |= works and not roles & ENDS
    return not theirs and are_people(header, rows)


def _is_an_edition(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether what is called customers is what was published of them, edition by edition.

    >>> _is_an_edition(["Painos", "Asiakasnro", "Nimi"], [])
    True
    >>> _is_an_edition(["Asiakasnro", "Nimi", "Asiakas alkaen", "Julkaistu"], [])
    False
    """
    told = {
        column.role: column.header for column in recognise_columns(header, rows, "publication_list")
    }
    day = told.get(Role.PUBLISHED_ON)
    if day is None or not (may_mean(day, "publish") or may_mean(day, "edition")):
        return False
    held = {column.role for column in recognise_columns(header, rows, "customers")}
    return not held & {Role.RELATIONSHIP_START, Role.STATUS, Role.BIRTH_DATE, *ENDS}


def _are_pages_asked_for(folded: set[str]) -> bool:
    """
    Whether what is called *access*, or *requests*, is the log of a web server.

    >>> _are_pages_asked_for({"time", "remote addr", "request uri", "http user agent"})
    True
    >>> _are_pages_asked_for({"aikaleima", "ip osoite", "polku", "selain"})
    True
    >>> _are_pages_asked_for({"login time", "username", "remote ip", "user agent"})
    False
    """
    known = load("tables")["kinds"]["web_log"]
    # Who asked for a page, and by which browser, says it without a header that no other table has.
    telling = folded & {*known["telling"], *known["beside"]}
    return len(telling) >= _TELLING_ROLES and bool(folded & set(known["roles"]["path"]))


def _are_messages(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether what is called a newsletter has the days and subjects of what was sent.

    >>> _are_messages(["Datum", "Ämne", "Till"], []), _are_messages(["E-post", "Datum", "Status"], [])
    (True, False)
    """
    sent = {column.role for column in recognise_columns(header, rows, "send_log")}
    listed = {column.role for column in recognise_columns(header, rows, "mailing_list")}
    # Who wants no more may be noted beside the message.
    return {Role.SENT_ON, Role.MESSAGE_KIND} <= sent and not listed & _JOINED


_JOINED = {Role.SUBSCRIBED, Role.SUBSCRIBED_ON}


def _are_invoices(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether what is called payments, or sales, has the days on which they fall due."""
    roles = {column.role for column in recognise_columns(header, rows, "invoices")}
    return Role.DUE_ON in roles and bool(roles & {Role.INVOICED_ON, Role.PAID_ON, Role.AMOUNT_OPEN})


def _are_of_customers(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether what is called contracts, or subscriptions, says of each customer's when it began and ended.

    >>> _are_of_customers(["Sopimusnro", "Asiakasnro", "Alkaa", "Päättyi", "Tila"], [])
    True
    >>> _are_of_customers(["Sopimusnro", "Asiakas", "Alkoi", "Päättyi", "Tila"], [])
    True
    >>> _are_of_customers(["Sopimusnro", "Toimittaja", "Alkaa", "Päättyi", "Tila"], [])
    False
    """
    roles = {column.role for column in recognise_columns(header, rows, "customers")}
    whose = Role.CUSTOMER_REFERENCE in roles or (
        Role.RECORD_KEY in roles
        and any(is_persons_number(name) or tells_person(name) for name in header)
    )
    return whose and Role.RELATIONSHIP_START in roles and bool(roles & ENDS)


def _engage_people(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether what is called contracts says until when people serve the controller, and names no firm.

    >>> names = ("Salo Aino", "Niemi Oiva", "Korpi Olli", "Laine Onni", "Virta Okko")
    >>> rows = [[name, "1.8.2024", "31.5.2026"] for name in names]
    >>> _engage_people(["Opettaja", "Sopimus alkaa", "Sopimus päättyy"], rows)
    True
    >>> _engage_people(["Toimittaja", "Sopimus alkaa", "Sopimus päättyy"], rows)
    False
    """
    roles = {column.role for column in recognise_columns(header, rows, "processors")}
    return Role.RECIPIENT not in roles and are_staff(header, rows)


def _are_wide(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether what is called permissions has a column for each: marks on the people, as a list of them has.

    >>> _are_wide(["Jäsen-ID", "Kuvat verkkosivuille", "Kuvat someen", "Uutiskirje"], [])
    True
    >>> _are_wide(["Jäsennumero", "Lupa sähköpostiin", "Lupa tekstiviesteihin", "Kirjattu"], [])
    True
    >>> _are_wide(["Jäsen-ID", "Suostumus mihin", "Kanava", "Annettu"], [])
    False
    """
    found = recognise_columns(header, rows, "customers")
    marks = {column.header: column.role for column in found if column.role in CONSENTS}
    listed = {
        column.role
        for column in recognise_columns(header, rows, "consents")
        # One of the marks looks like the permission of the whole record.
        if column.role is not Role.PERMISSION or column.header not in marks
    }
    many = len(set(marks.values())) > 1
    return many and not listed & {Role.CONSENT_PURPOSE, Role.PERMISSION, Role.CHANNEL}


#: What something is that is called the first, where the columns say so.
_RATHER = (
    ("customers", _is_an_edition, "publication_list"),
    ("orders", _are_invoices, "invoices"),
    ("mailing_list", _are_messages, "send_log"),
    ("processors", _are_of_customers, "customers"),
    ("processors", _engage_people, "staff"),
    ("consents", _are_of_customers, "customers"),
    ("consents", _are_wide, "customers"),
    ("disclosures", _have_agreements, "processors"),
    ("customers", _have_agreements, "processors"),
    (None, _have_agreements, "processors"),
    ("mailing_list", _are_of_customers, "customers"),
)


def _holds_customers(header: Sequence[str], folded: set[str]) -> bool:
    """
    Whether a list of *accounts* or *users* is of the service's customers, not of who serves them.

    A directory has columns for where people live as well: *Work Address* beside *Org Unit Path*.

    >>> _holds_customers(["Email", "Phone", "Address"], {"email", "phone", "address"})
    True
    >>> _holds_customers(["Email", "Phone", "Address"], {"org unit path required"})
    False
    >>> _holds_customers(["Player", "Date of birth", "Email", "Signed"], {"signed"})  # a waiver
    True
    >>> _holds_customers(["User", "Date of birth", "Email", "NDA signed"], {"nda signed"})
    False
    """
    if "date_of_birth" in map(category_key, header) and not any(map(_is_of_work, header)):
        return True
    known = load("tables")["kinds"]["access_list"]
    if folded & set(known["telling"]) or any(folded & set(known["roles"][r]) for r in _OF_STAFF):
        return False
    held = {category_key(name) for name in header}
    if "email" not in held:
        return False
    return len(held & OF_CUSTOMERS) >= _TELLING_ROLES or _signed_up_themselves(folded)


def _is_of_work(name: str) -> bool:
    """Whether a header speaks of access, or of what whoever has it does for the controller."""
    return any(may_mean(name, what) for what in ("access", "employment", "undertaking"))


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
