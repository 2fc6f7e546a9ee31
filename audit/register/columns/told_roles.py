"""
Roles that the content of a column tells, where its header tells nothing.

In a log of disclosures a column of countries is the recipient's country, whatever it is headed; in
a list of requests a column that says *erasure*, *access* and *correction* is what was asked. Only
roles of the table's own kind that no header named are given, each to the one column that fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.categories._text import fold
from audit.categories.headers import words
from audit.register.accounts import read_person
from audit.register.columns.concepts import may_mean
from audit.register.columns.remembered import remembered
from audit.register.dates import is_placeholder, needs_order, read_date, reading_of
from audit.register.kinds.model import kinds
from audit.register.model import Certainty, Column, Role
from audit.register.states import says_ended
from audit.register.words import UNREAD, reader
from audit.vocabulary import load

__all__ = ["are_days", "by_content", "few_words", "open_places", "roles_in", "with_told_roles"]

#: The day that a record of a kind is about, where the table has one column of days that tells no more.
_DAY_OF = {
    "orders": Role.ORDERED_ON,
    "invoices": Role.INVOICED_ON,
    "disclosures": Role.DISCLOSED_ON,
    "send_log": Role.SENT_ON,
    "objections": Role.OBJECTED_ON,
    "erasures": Role.ERASED_ON,
    "publication_list": Role.PUBLISHED_ON,
    "access_log": Role.EVENT_ON,
    "source_log": Role.OBTAINED_ON,
    "consents": Role.CONSENTED_ON,
    "restrictions": Role.RESTRICTED_FROM,
}
#: Words that hardly anything else is read as; others would be found in any column of prose.
_TELLING = {
    "customers": (Role.SUBJECT_GROUP,),
    "requests": (Role.REQUEST_KIND, Role.OUTCOME),
    "send_log": (Role.MESSAGE_KIND, Role.CHANNEL),
    "disclosures": (Role.COUNTRY, Role.PURPOSE),
    "processors": (Role.COUNTRY, Role.SERVICE),
    "objections": (Role.PERMISSION, Role.OBJECTION_PURPOSE, Role.CHANNEL),
    "consents": (Role.PERMISSION, Role.CONSENT_PURPOSE, Role.CHANNEL),
    "publication_list": (Role.PUBLISHED_IN,),
    "invoices": (Role.INVOICE_STATE,),
    "access_list": (Role.ACCOUNT_KIND,),
    "access_log": (Role.EVENT_KIND,),
    "source_log": (Role.SOURCE,),
    "cookie_inventory": (Role.RECORDING,),
}
_SHARE = 0.8
_FEWEST = 3
_MOST_DIFFERENT = 40
_MOST_WORDS = 6
_LONGEST_JOB = 200  # characters


def with_told_roles(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], kind: str
) -> list[Column]:
    """The columns, with the roles of the table's kind that their content tells."""
    found = list(columns)
    taken = {column.role for column in found}
    for role in _TELLING.get(kind, ()):
        if role in taken or role not in kinds()[kind].roles:
            continue
        places = _places_of(found) if role is Role.COUNTRY else open_places(found)
        shares = {n: _share(role, cells[n]) for n in places if _may_be(role, found[n])}
        best = max(shares, key=lambda n: shares[n], default=None)
        if best is not None and shares[best] >= _SHARE:
            found[best] = by_content(found[best], role, cells[best])
    _tell_group(found, cells, kind)
    _tell_owner(found, cells, kind)
    _tell_state(found, cells, kind)
    _tell_holder(found, cells, kind)
    _tell_account(found, cells, kind)
    _tell_agreement(found, cells, kind)
    _tell_purpose(found, cells, kind)
    _tell_answering(found, cells, kind)
    _tell_correction(found, cells, kind)
    _tell_pseudonym(found, cells, kind)
    day = _DAY_OF.get(kind)
    if day is not None and day not in taken:
        days = [n for n in open_places(found) if are_days(cells[n])]
        # Of a job's days the first is when it was ordered; other lists do not say which is theirs.
        if len(days) == 1 or (days and kind == "orders" and Role.VISIT not in taken):
            found[days[0]] = by_content(found[days[0]], day, cells[days[0]])
    return found


def _tell_group(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give a column that is headed as jobs are, *Rooli*, its role where it says what people are there."""
    if kind != "customers" or Role.SUBJECT_GROUP in {column.role for column in found}:
        return
    jobs = [n for n, c in enumerate(found) if c.category == "job_title" and c.role is None]
    shares = {n: _share(Role.SUBJECT_GROUP, cells[n]) for n in jobs}
    best = max(shares, key=lambda n: shares[n], default=None)
    if best is not None and shares[best] >= _SHARE:
        found[best] = by_content(found[best], Role.SUBJECT_GROUP, cells[best])


def _may_be(role: Role, column: Column) -> bool:
    """Whether a column may be of a role: how a ban came in, *Källa*, is no channel that it closes."""
    return role is not Role.CHANNEL or not may_mean(column.header, "source")


def _tell_owner(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give an access list's one column of jobs that names the owner its role."""
    if kind == "access_list" and Role.ACCOUNT_KIND not in roles_in(found):
        jobs = [n for n, column in enumerate(found) if _tells_the_owner(column, cells[n])]
        if len(jobs) == 1:
            found[jobs[0]] = by_content(found[jobs[0]], Role.ACCOUNT_KIND, cells[jobs[0]])


def _tell_answering(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give an access list's notes their role, where they say who answers for a system's account."""
    if kind == "access_list" and Role.ACCOUNT_OWNER not in roles_in(found):
        for n, column in enumerate(found):
            said = {read_person(cell)[1] for cell in cells[n]} if _are_notes(column) else set()
            if "owned_service" in said:
                found[n] = by_content(column, Role.ACCOUNT_OWNER, cells[n])
                return


def _tell_correction(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give the one column of requests that tells corrections as *old -> new* its role."""
    if kind == "requests" and Role.OLD_VALUE not in roles_in(found):
        may = [n for n, c in enumerate(found) if _are_notes(c) or c.role is Role.NEW_VALUE]
        told = [n for n in may if _are_corrections(cells[n])]
        if len(told) == 1:
            found[told[0]] = by_content(found[told[0]], Role.OLD_VALUE, cells[told[0]])


def _tell_pseudonym(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give a list of the erased its one column of keyed hashes its role, whatever it is headed."""
    if kind == "erasures" and Role.PSEUDONYM not in roles_in(found):
        hashes = [n for n in range(len(found)) if cells[n] and all(map(_HASH.fullmatch, cells[n]))]
        if len(hashes) == 1:
            found[hashes[0]] = by_content(found[hashes[0]], Role.PSEUDONYM, cells[hashes[0]])


_HASH = re.compile(r"[0-9a-fA-F]{64}")


def _are_corrections(cells: Sequence[str]) -> bool:
    """
    Whether most cells say what something was and what it is now.

    >>> _are_corrections(["a@koe.example -> b@koe.example"]), _are_corrections(["soitettu -> ok"] * 2)
    (True, False)
    """
    told = [cell for cell in cells if _CHANGED.search(cell)]
    return bool(told) and len(told) * 2 > len(cells)


_CHANGED = re.compile(r"[@0-9].*\s(?:->|=>|–>|→|➜|⇒)\s")


def _are_notes(column: Column) -> bool:
    return column.role is Role.FREE_TEXT or (column.role is None and column.category is None)


def _tell_state(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give the one column that says who is there no longer its role, where no header named it."""
    if kind in ("customers", "contacts", "other") and not roles_in(found) & {
        Role.STATUS,
        Role.ACTIVE,
    }:
        states = [n for n, column in enumerate(found) if _may_be_state(column, cells[n])]
        if len(states) == 1 and not _are_of_accounts(cells[states[0]]):
            found[states[0]] = by_content(found[states[0]], Role.STATUS, cells[states[0]])


def _are_of_accounts(cells: Sequence[str]) -> bool:
    """
    Whether cells say who may sign in, as a shop's *disabled* customers may not who buy as guests.

    >>> _are_of_accounts(["enabled", "disabled"]), _are_of_accounts(["active", "disabled"])
    (True, False)
    """
    return {fold(cell) for cell in cells if cell} <= set(load("generic")["account_states"])


def _tell_holder(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """
    Give an access list's column of names its role.

    The first of several has it and stays a name: what stands in all of them is the holder's.
    """
    if kind not in ("access_list", "staff"):
        return
    for n, column in enumerate(found):  # "Employee #" heads numbers
        if column.role is Role.USER_NAME and cells[n] and all(map(_has_digits, cells[n])):
            found[n] = column.model_copy(update={"role": None})
    if Role.USER_NAME in roles_in(found):
        return
    named = [n for n, c in enumerate(found) if c.category == "name" and c.role is None]
    ids = [n for n, c in enumerate(found) if c.role is Role.USER_ID]
    if not named and len(ids) > 1:
        named = [n for n in ids if sum(" " in cell for cell in cells[n]) * 2 > len(cells[n])]
    if len(named) == 1 and ids != named:
        found[named[0]] = by_content(found[named[0]], Role.USER_NAME, cells[named[0]])
    elif len(named) > 1 and not set(ids) & set(named):
        told = by_content(found[named[0]], Role.USER_NAME, cells[named[0]])
        found[named[0]] = told.model_copy(update={"category": "name"})


def _has_digits(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _tell_agreement(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give a list of processors both columns of the agreement: whether there is one, and its day."""
    if kind != "processors":
        return
    about = [n for n, c in enumerate(found) if c.role in _OF_AGREEMENTS or _is_agreements(c)]
    dated = [n for n in about if _has_days(cells[n])]
    told = [n for n in about if n not in dated and _say_words(Role.AGREEMENT_STATE, cells[n])]
    if len(dated) == 1 and len(told) == 1:
        found[dated[0]] = by_content(found[dated[0]], Role.AGREEMENT_ON, cells[dated[0]])
        found[told[0]] = by_content(found[told[0]], Role.AGREEMENT_STATE, cells[told[0]])


_OF_AGREEMENTS = (Role.AGREEMENT_ON, Role.AGREEMENT_STATE)


def _is_agreements(column: Column) -> bool:
    return column.role is None and may_mean(column.header, "agreement")


def _tell_purpose(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give a log of disclosures' one column of grounds that names hardly any the role of purposes."""
    grounds = [n for n, column in enumerate(found) if column.role is Role.LEGAL_GROUND]
    if kind != "disclosures" or len(grounds) != 1 or Role.PURPOSE in roles_in(found):
        return
    if cells[grounds[0]] and not _say_words(Role.LEGAL_GROUND, cells[grounds[0]]):
        found[grounds[0]] = by_content(found[grounds[0]], Role.PURPOSE, cells[grounds[0]])


def _has_days(cells: Sequence[str]) -> bool:
    return any(read_date(cell) is not None for cell in cells)


def _say_words(role: Role, cells: Sequence[str]) -> bool:
    """Whether most cells say a word of a role."""
    read = reader(role)
    return sum(read(cell)[0] != UNREAD for cell in cells) * 2 > len(cells)


def _tell_account(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give the one column of e-mail addresses its role, where nothing else but names tells accounts."""
    if kind not in ("access_list", "staff"):
        return
    mails = [n for n, c in enumerate(found) if c.category == "email" and c.role is None]
    ids = [n for n, c in enumerate(found) if c.role is Role.USER_ID]
    named = [n for n in ids if sum(" " in cell for cell in cells[n]) * 2 > len(cells[n])]
    if len(mails) != 1 or ids != named:
        return
    if named:
        taken = Role.USER_NAME in roles_in(found)
        found[named[0]] = by_content(found[named[0]], Role.USER_NAME, cells[named[0]])
        if taken:
            found[named[0]] = found[named[0]].model_copy(update={"role": None})
    told = by_content(found[mails[0]], Role.USER_ID, cells[mails[0]])
    found[mails[0]] = told.model_copy(update={"category": "email"})


def roles_in(columns: Sequence[Column]) -> set[Role | None]:
    """The roles that columns have, and None where one has none."""
    return {column.role for column in columns}


def _tells_the_owner(column: Column, cells: Sequence[str]) -> bool:
    """Whether a column of jobs says which account is the owner's, and takes no other for a system's."""
    if column.role is not None or column.category not in (None, "job_title", "technical"):
        return False
    if any(len(cell) > _LONGEST_JOB for cell in cells):
        return False
    read = reader(Role.ACCOUNT_KIND)
    said = {cell: read(cell)[0] for cell in set(cells)}
    # "Palvelupäällikkö" is no system, but "Tjänstekonto" is.
    of_people = {w for cell, w in said.items() if w != "service" or not _is_of_a_system(cell)}
    return "owner" in of_people and of_people <= {"owner", "personal", UNREAD}


def _is_of_a_system(cell: str) -> bool:
    """
    Whether a job is that of an account, and no person's.

    >>> _is_of_a_system("Tjänstekonto"), _is_of_a_system("Palvelupäällikkö")
    (True, False)
    """
    folded = fold(cell)
    return any(word in folded for word in _OF_A_SYSTEM)


_OF_A_SYSTEM = ("konto", "tunnus", "tili", "account", "integra", "api", "järjestelm", "system")


def _may_be_state(column: Column, cells: Sequence[str]) -> bool:
    """Whether a column says of each record that it runs or has ended: *state*, with *moved out*."""
    headed = column.category == "technical" and may_mean(column.header, "state")  # *Tilakoodi*
    unknown = column.category is None or headed or words(column.header) in _STATE
    if column.role is not None or not unknown or len(cells) < _FEWEST:
        return False
    different = set(cells)
    if len(different) > _MOST_STATES or not any(map(says_ended, different)):
        return False
    running = frozenset(load("states")["running"])
    told = sum(says_ended(cell) or fold(cell) in running for cell in cells)
    return told >= _SHARE * len(cells)


_STATE, _MOST_STATES = frozenset({"state", "stage", "phase", "vaihe", "läge", "fas", "skede"}), 12


def open_places(columns: Sequence[Column]) -> list[int]:
    """The places of the columns of which nothing is known."""
    return [n for n, column in enumerate(columns) if column.category is None and not column.role]


def _places_of(columns: Sequence[Column]) -> list[int]:
    """Those, and what is headed as places are, *Sijainti* or *Minne*, that nothing else is known of."""
    may = (None, "technical", "location")
    taken = [one.role for one in columns]
    # "Minne" beside "Miksi" is no second purpose.
    free = [one.role is None or taken.count(one.role) > 1 for one in columns]
    return [n for n, one in enumerate(columns) if free[n] and one.category in may]


def few_words(cells: Sequence[str], most: int) -> bool:
    """
    Whether cells say one of some things, in ``most`` words each, and there are enough to tell.

    >>> few_words(["asiakas", "toimittaja", "asiakas"], 1), few_words(["asiakas soitti"] * 3, 1)
    (True, False)
    """
    different = set(cells)
    return (
        len(cells) >= _FEWEST
        and len(different) <= _MOST_DIFFERENT
        and all(len(cell.split()) <= most for cell in different)
    )


def _share(role: Role, cells: Sequence[str]) -> float:
    """The share of the cells that say a word of the role; none where they all say the same."""
    if not few_words(cells, _MOST_WORDS):
        return 0.0
    read = reader(role)
    said = {cell: read(cell)[0] for cell in set(cells)}
    words = set(said.values()) - {UNREAD}
    if role is not Role.COUNTRY and len(words) < 2:  # noqa: PLR2004 - one word may be chance
        return 0.0
    if role is Role.PERMISSION and words.isdisjoint(_FORBIDS):
        return 0.0  # yes and no may answer anything
    return sum(said[cell] != UNREAD for cell in cells) / len(cells)


_FORBIDS = ("banned", "withdrawn")


def are_days(cells: Sequence[str]) -> bool:
    """
    Whether what stands in a column is days, and not bare numbers that might be.

    >>> are_days(["1.2.2024", "15.3.2024", "2.4.2024"]), are_days(["20240102"] * 3), are_days([])
    (True, False, False)
    """
    return len(cells) >= _FEWEST and _are_days(tuple(cells))


@remembered
def _are_days(cells: tuple[str, ...]) -> bool:
    numbers = reading_of(cells).numbers
    days = sum(
        needs_order(c) or read_date(c, numbers=numbers) is not None or is_placeholder(c)
        for c in cells
    )
    return days >= _SHARE * len(cells) and not all(cell.isdigit() for cell in cells)


def by_content(column: Column, role: Role, cells: Sequence[str]) -> Column:
    """The column with a role that its filled ``cells`` tell."""
    return column.model_copy(
        update={
            "role": role,
            "category": "technical",
            "ground": f"content: {len(cells)} of the first {len(cells)} cells",
            "certainty": Certainty.LIKELY,
        }
    )
