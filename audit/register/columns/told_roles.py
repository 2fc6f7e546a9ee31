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
from audit.register.columns.concepts import may_mean
from audit.register.columns.remembered import remembered
from audit.register.dates import is_placeholder, needs_order, read_date, reading_of
from audit.register.kinds.model import kinds
from audit.register.model import Certainty, Column, Role
from audit.register.states import says_ended
from audit.register.words import UNREAD, reader
from audit.vocabulary import load

__all__ = [
    "are_days",
    "are_notes",
    "by_content",
    "few_words",
    "open_places",
    "roles_in",
    "untold_places",
    "with_told_roles",
]

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
_LOGS = frozenset({"disclosures", "access_log", "source_log"})
_A_STAMP = ("technical", None)
_SHARE = 0.8
_FEWEST = 3
_MOST_DIFFERENT = 40
_MOST_WORDS = 6


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
    _tell_state(found, cells, kind)
    _tell_agreement(found, cells, kind)
    _tell_purpose(found, cells, kind)
    _tell_correction(found, cells, kind)
    _tell_pseudonym(found, cells, kind)
    day = _DAY_OF.get(kind)
    if day is not None and day not in taken:
        days = [n for n in open_places(found) if are_days(cells[n])]
        if not days and kind in _LOGS:  # of a log's own stamps, *Aikaleima*, one is the record's
            stamps = [n for n, one in enumerate(found) if (one.category, one.role) == _A_STAMP]
            days = [n for n in stamps if are_days(cells[n])]
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


def _tell_correction(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give the one column of requests that tells corrections as *old -> new* its role."""
    if kind == "requests" and Role.OLD_VALUE not in roles_in(found):
        may = [n for n, c in enumerate(found) if are_notes(c) or c.role is Role.NEW_VALUE]
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


def are_notes(column: Column) -> bool:
    """Whether a column is of free text, or of nothing that is known."""
    return column.role is Role.FREE_TEXT or (column.role is None and column.category is None)


def _tell_state(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give the one column that says who is there no longer its role, where no header named it."""
    if kind in ("customers", "contacts", "orders", "other") and not roles_in(found) & {
        Role.STATUS,
        Role.ACTIVE,
    }:
        states = [n for n, column in enumerate(found) if _may_be_state(column, cells[n])]
        if kind == "orders":  # a stage of a deal is no end of it
            states = [n for n in states if found[n].category is None]
        if len(states) == 1 and not _are_of_accounts(cells[states[0]]):
            found[states[0]] = by_content(found[states[0]], Role.STATUS, cells[states[0]])


def _are_of_accounts(cells: Sequence[str]) -> bool:
    """
    Whether cells say who may sign in, as a shop's *disabled* customers may not who buy as guests.

    >>> _are_of_accounts(["enabled", "disabled"]), _are_of_accounts(["active", "disabled"])
    (True, False)
    """
    return {fold(cell) for cell in cells if cell} <= set(load("generic")["account_states"])


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


def roles_in(columns: Sequence[Column]) -> set[Role | None]:
    """The roles that columns have, and None where one has none."""
    return {column.role for column in columns}


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


def untold_places(columns: Sequence[Column]) -> list[int]:
    """Those, and the places of a system's own fields, *Aikaleima*, and of one of several of a role."""
    taken = [one.role for one in columns]
    free = [one.role is None or taken.count(one.role) > 1 for one in columns]
    may = (None, "technical")
    return [n for n, one in enumerate(columns) if free[n] and one.category in may]


def _places_of(columns: Sequence[Column]) -> list[int]:
    """Those, and what is headed as places are, *Sijainti* or *Minne*, that nothing else is known of."""
    # "Minne" beside "Miksi" is no second purpose.
    located = [n for n, one in enumerate(columns) if one.category == "location" and not one.role]
    return sorted({*untold_places(columns), *located})


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
    >>> are_days(["0405551701", "0441000000", "0441000717", "+358405551702"])
    False
    """
    return len(cells) >= _FEWEST and _are_days(tuple(cells))


@remembered
def _are_days(cells: tuple[str, ...]) -> bool:
    numbers = reading_of(cells).numbers
    days = sum(
        needs_order(c) or read_date(c, numbers=numbers) is not None or is_placeholder(c)
        for c in cells
    )
    return days >= _SHARE * len(cells) and sum(map(str.isdigit, cells)) * 2 < len(cells)


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
