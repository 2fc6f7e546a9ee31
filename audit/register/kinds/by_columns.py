"""
What kind a table is by what its columns turn out to be, where no name and no header tells.

Each kind is tried: its columns are recognised as if the table were of it, and those that few kinds
claim count more than those that many do. A log of lessons with a pupil's number and a day is no list
of pupils: that has what people are reached by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from audit.categories.headers import is_general, words
from audit.register.columns.concepts import may_mean
from audit.register.columns.recognised import recognise_columns
from audit.register.columns.told_of_the_rest import are_appointments
from audit.register.columns.told_roles import are_days
from audit.register.dates import read_date
from audit.register.kinds.model import kinds
from audit.register.model import Column, Role

__all__ = [
    "are_people",
    "are_staff",
    "has_appointments",
    "has_people",
    "has_roles_of",
    "is_list_of_events",
    "is_log_of_doors",
    "is_made_up_as",
    "kind_by_columns",
    "kind_by_one_column",
    "names_people",
    "refers_to_people",
    "tells_employments",
]

_NEVER_TOLD_SO = frozenset({"contacts", "other", "staff", "web_log", "web_requests"})
_LEAST_SCORE = 1.25
"""One role that no other kind has, and one of a few."""
_LEAST_SHARE = 0.5
"""Of the columns besides those that say whose record it is."""
_LEAST_ROLES = 2
_PEOPLE_LIST = 5
"""Columns that say who people are, in a list of them: what else it has does not make it another."""
_IDENTITIES = frozenset({"name", "email", "phone", "postal_address", "date_of_birth", "hetu"})
_GOES_ON = frozenset(
    {
        Role.RELATIONSHIP_START,
        Role.CUSTOMER_RELATIONSHIP_END,
        Role.CONTRACT_END,
        Role.MEMBERSHIP_END,
        Role.HOLD,
        Role.HOLD_REASON,
        Role.STATUS,
    }
)
_OF_AN_ORDER = frozenset({Role.RELATIONSHIP_START, Role.STATUS})
_OF_A_CONTRACT = frozenset({Role.CONTRACT_END, Role.MEMBERSHIP_END, Role.HOLD, Role.HOLD_REASON})
_OF_A_PERSON = frozenset(
    {
        Role.RELATIONSHIP_START,
        Role.CUSTOMER_RELATIONSHIP_END,
        Role.CONTRACT_END,
        Role.MEMBERSHIP_END,
        Role.HOLD,
        Role.MARKETING_BAN,
        Role.EMAIL_BAN,
        Role.POST_BAN,
        Role.POST_ALLOWED,
        Role.MARKETING_CONSENT,
        Role.BIRTH_DATE,
    }
)
_REFERENCES = (Role.RECORD_KEY, Role.CUSTOMER_REFERENCE)


def kind_by_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], least: float = _LEAST_SCORE
) -> str | None:
    """
    The kind that most of a table's columns make up; None where they make up none, or customers.

    >>> kind_by_columns(["A", "Kenelle", "Mihin maahan", "Miksi"], [])
    'disclosures'
    >>> kind_by_columns(["Tuote", "Hinta"], []) is None
    True
    """
    claims: dict[str, set[int]] = {}
    others, whose = set(range(len(header))), set[int]()
    for kind in kinds():
        if kind in _NEVER_TOLD_SO:
            continue
        found = recognise_columns(header, rows, kind)
        own = kinds()[kind].roles
        claims[kind] = {n for n, c in enumerate(found) if c.role in own and not _is_address(c)}
        if kind == "customers":
            claims[kind] |= {n for n, c in enumerate(found) if c.role in _OF_A_PERSON}
        whose |= {n for n, column in enumerate(found) if _says_whose(column)}
    if len(whose) < _PEOPLE_LIST:
        others -= whose
    claimed = Counter(n for places in claims.values() for n in places)
    # "Name" and "Role" may head anything.
    weighs = [0.5 if is_general(words(name)) else 1.0 for name in header]
    scores = {kind: sum(weighs[n] / claimed[n] for n in places) for kind, places in claims.items()}
    best = max(scores, key=lambda kind: scores[kind])
    tied = sum(score == scores[best] for score in scores.values()) > 1
    enough = len(claims[best]) >= _LEAST_ROLES and scores[best] >= least
    if tied or not enough or len(claims[best]) < _LEAST_SHARE * len(others | claims[best]):
        return None
    return None if best == "customers" else best


def _is_address(column: Column) -> bool:
    """Whether a column is taken for accounts because it has e-mail addresses, as many lists do."""
    return column.role is Role.USER_ID and column.ground.startswith("content")


def kind_by_one_column(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str | None:
    """
    The kind of a short list that says whose record it is and when one thing was done to it.

    >>> kind_by_one_column(["Kundnr", "Raderades", "Av"], [])
    'erasures'
    >>> kind_by_one_column(["Asiakasnro", "Nimi", "Puhelin"], []) is None
    True
    """
    if len(header) > _SHORT:
        return None
    told = {
        kind
        for kind, day in _DONE_TO.items()
        for column in recognise_columns(header, rows, kind)
        if column.role is day and any(may_mean(column.header, deed) for deed in _DEED[kind])
    }
    return told.pop() if len(told) == 1 else None


_SHORT = 5
_DONE_TO = {
    "erasures": Role.ERASED_ON,
    "restrictions": Role.RESTRICTED_FROM,
    "objections": Role.OBJECTED_ON,
    "publication_list": Role.PUBLISHED_ON,
}
_DEED = {
    "erasures": ("erase",),
    "restrictions": ("restrict",),
    "objections": ("ban", "refuse"),
    "publication_list": ("publish",),
}


def are_people(
    header: Sequence[str], rows: Sequence[Sequence[str]], called: str = "orders"
) -> bool:
    """
    Whether a table says who people are, and how their relationship goes: it is the list of them.

    >>> are_people(["Tk-nro", "Nimi", "Puhelin", "Alkoi", "Päättyi", "Säilytettävä"], [])
    True
    >>> are_people(["id", "status", "date_created", "first_name", "email"], [])
    False
    """
    found = recognise_columns(header, rows, "customers")
    who = {column.category for column in found} & _IDENTITIES
    goes_on = {column.role for column in found} & _GOES_ON
    if called == "processors":
        # Business partners with streets and relationships; who processes has an agreement.
        as_processors = {column.role for column in recognise_columns(header, rows, called)}
        lives = "postal_address" in who and bool(who & {"email", "phone"})
        return lives and len(goes_on) > 1 and Role.AGREEMENT_ON not in as_processors
    if called == "mailing_list":
        # A newsletter is joined and left as well; what is delivered, or agreed on, is a contract.
        return len(goes_on) > 1 and ("postal_address" in who or bool(goes_on & _OF_A_CONTRACT))
    if called == "orders":
        # Orders may well have a name on them, the day on which they began, and a state.
        return len(who) > 1 and len(goes_on) > 1 and not goes_on <= _OF_AN_ORDER
    return bool(who) and len(goes_on) > 1


def are_staff(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether a table says of named people when they left, or that they signed, and of no account.

    >>> are_staff(["Namn", "Anställd från", "Anställd till"], []), are_staff(["Namn", "Lön"], [])
    (True, False)
    """
    found = recognise_columns(header, rows, "staff")
    roles = {column.role for column in found}
    named = roles & {Role.USER_ID, Role.USER_NAME} or any(c.category == "name" for c in found)
    return bool(named) and bool(roles & {Role.EMPLOYED_UNTIL, Role.UNDERTAKING_ON})


def tells_employments(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether a column has the days of somebody's employment, or of an undertaking.

    >>> tells_employments(["Anställningsdatum"], [["1.2.2020"]]), tells_employments(["Employer"], [["A"]])
    (True, False)
    """
    told = ("employment", "undertaking")
    return any(
        any(may_mean(name, concept) for concept in told)
        and any(read_date(row[n]) is not None for row in rows)
        for n, name in enumerate(header)
    )


def has_people(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether a table says of anybody who it is, or whose record it is.

    >>> has_people(["Koodi", "Selite"], []), has_people(["Kundnr", "Saldo"], [])
    (False, True)
    """
    found = recognise_columns(header, rows, "customers")
    roles = {column.role for column in found}
    named = any(column.category in _IDENTITIES for column in found)
    return named or bool(roles & (_GOES_ON | {Role.CUSTOMER_REFERENCE, Role.RECORD_KEY}))


def names_people(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether a table says of people who they are by more than one column.

    >>> names_people(["Kundnr", "Namn", "Tfn"], []), names_people(["Kundnr", "Mottagen"], [])
    (True, False)
    """
    found = recognise_columns(header, rows, "customers")
    return len({column.category for column in found} & _IDENTITIES) > 1


def is_made_up_as(kind: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether the columns do not gainsay that a table is of the kind that its name says.

    >>> requests = ["Ärende", "Inkom den", "Vad begärdes", "Svar skickades", "Beslut"]
    >>> is_made_up_as("erasures", requests, []), is_made_up_as("requests", requests, [])
    (False, True)
    """
    if kinds()[kind].scope == "website" or kind in ("customers", "contacts"):
        return True
    found = recognise_columns(header, rows, kind)
    own = sum(column.role in kinds()[kind].roles for column in found)
    others = sum(not _says_whose(column) for column in found)
    return own > 1 or own * 2 >= others


def has_roles_of(kind: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether a column has a role of the kind, or says who a person is where the kind is of people.

    >>> has_roles_of("orders", ["Tilauspäivä"], []), has_roles_of("consents", ["Id", "Name"], [])
    (True, False)
    """
    if kind in ("customers", "contacts"):
        return has_people(header, rows)
    found = recognise_columns(header, rows, kind)
    return any(column.role in kinds()[kind].roles for column in found)


def is_log_of_doors(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether a table says who went through which door.

    >>> is_log_of_doors(["Aika", "Ovi", "Henkilö"], [["1.10.2026 8.01", "Pääovi", "Aino Salo"]] * 3)
    True
    >>> is_log_of_doors(["Tilattu", "Ovi"], [["1.10.2026", "A"]]), is_log_of_doors(["Time", "User"], [])
    (False, False)
    """
    at_a_door = any(may_mean(name, "door") for name in header)
    return at_a_door and any(_CLOCK.fullmatch(cell.strip()) for row in rows for cell in row)


# A time of day, alone or behind a date.
_CLOCK = re.compile(r"(?:.*[0-9.][ T])?[0-9]{1,2}:[0-9]{2}\b.*|.*[0-9.][ T][0-9]{1,2}[.][0-9]{2}")


def refers_to_people(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether a table says by a number, or an e-mail address, whose records they are.

    >>> refers_to_people(["Aika", "Ovi", "Jäsennumero"], []), refers_to_people(["Tid", "Namn"], [])
    (True, False)
    """
    found = recognise_columns(header, rows, "orders")
    return any(c.role is Role.CUSTOMER_REFERENCE or c.category == "email" for c in found)


def is_list_of_events(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether a table with people's numbers says what happened to them, and not who they are.

    >>> days = [["1", "77", "3.5.2026"], ["2", "78", "4.5.2026"], ["3", "79", "5.5.2026"]]
    >>> is_list_of_events(["Ajotunti", "Oppilasnro", "Päivä"], days)
    True
    >>> is_list_of_events(["Oppilasnro", "Nimi", "Puhelin"], [["77", "Aino Salo", "040 1234567"]])
    False
    """
    as_people = recognise_columns(header, rows, "customers")
    if any(c.category in _IDENTITIES or c.role in _OF_A_PERSON for c in as_people):
        return False
    return any(are_days([row[n] for row in rows if row[n].strip()]) for n in range(len(header)))


def has_appointments(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether a table says at which hours people are told to come, and not how a relationship goes.

    >>> at = [[f"{n}.5.2026 {n}:15", f"{n}.1.2020"] for n in range(8, 18)]
    >>> has_appointments(["Tee", "Paid"], at), has_appointments(["Tee", "Asiakas alkaen"], at)
    (True, False)
    """
    found = recognise_columns(header, rows, "customers")
    if any(column.role in _OF_A_PERSON for column in found):
        return False
    each = ([row[n] for row in rows if row[n].strip()] for n in range(len(header)))
    return any(map(are_appointments, each))


def _says_whose(column: Column) -> bool:
    return column.role in _REFERENCES or column.category in _IDENTITIES
