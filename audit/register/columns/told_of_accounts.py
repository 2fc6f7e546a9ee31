"""
What the content of lists of accounts and of staff tells, where no header did.

Such a list may call its names *Käyttäjä* and its ids *Henkilötunniste*, have e-mail addresses for ids,
say in its notes who answers for a system, and head its days as nobody has written down before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from audit.categories._text import fold
from audit.categories.headers import PLAIN, words
from audit.register.accounts import read_person
from audit.register.columns.concepts import may_mean, names_number
from audit.register.columns.content import named_people
from audit.register.columns.days_of_accounts import (
    are_all_days,
    tell_days,
    tell_days_left,
    tell_end_of_work,
)
from audit.register.columns.told_roles import are_notes, by_content, roles_in
from audit.register.model import Column, Role
from audit.register.words import UNREAD, read_flag, reader
from audit.vocabulary import load

__all__ = ["with_told_of_accounts"]

_LONGEST_JOB = 200  # characters


def with_told_of_accounts(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], kind: str
) -> list[Column]:
    """The columns of a list of accounts or of staff, with what their filled ``cells`` tell."""
    found = list(columns)
    if kind not in ("access_list", "staff"):
        return found
    _tell_people(found, cells)
    _tell_surnames(found)
    if kind == "access_list":
        _tell_systems(found, cells)
        _tell_named(found, cells)
        _tell_owner(found, cells)
    _tell_names(found, cells)
    _tell_mails(found, cells)
    if kind == "access_list":
        _tell_answering(found, cells)
        _tell_holder(found, cells)
    tell_days(found, cells, kind)
    _tell_ids(found, cells)
    if kind == "access_list":
        tell_end_of_work(found, cells)
        _tell_ids_made_of_names(found, cells)
        tell_days_left(found, cells)
    return found


def _tell_people(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give the first column of people's names its role, where no other says whose an account is."""
    if Role.USER_NAME in roles_in(found) or any(column.category == "name" for column in found):
        return
    for n, column in enumerate(found):
        # What a trade calls its people, *Hoitaja*, says nothing elsewhere.
        untold = column.role is None and column.category in (None, "technical")
        if untold and _mostly_names(cells[n]):
            found[n] = by_content(column, Role.USER_NAME, cells[n])
            return


def _tell_surnames(found: list[Column]) -> None:
    """Give a directory's *sn* its category, which beside *givenName* is no serial number."""
    if any(words(column.header) in ("givenname", "given name") for column in found):
        for n, column in enumerate(found):
            if words(column.header) == "sn" and column.role is None:
                found[n] = column.model_copy(update={"category": "name", "ground": "header: “sn”"})


def _tell_systems(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give the one column of groups or jobs its role in which some accounts are called a system's."""
    if Role.ACCOUNT_KIND in roles_in(found):
        return
    may = [
        n
        for n, column in enumerate(found)
        if column.role is None and column.category in (None, "job_title", "technical")
    ]
    systems = [
        n for n in may if any(map(_is_a_system, cells[n])) and not all(map(_is_a_system, cells[n]))
    ]
    if len(systems) == 1:
        found[systems[0]] = by_content(found[systems[0]], Role.ACCOUNT_KIND, cells[systems[0]])


def _is_a_system(cell: str) -> bool:
    """
    Whether a cell calls an account a system's, and is no job, nor a department, of a person's.

    >>> _is_a_system("Systemkonto"), _is_a_system("API Only"), _is_a_system("Järjestelmäasiantuntija")
    (True, True, False)
    """
    said = {word for word in re.split(r"[\W_]+", fold(cell)) if word}
    return bool(said) and said <= set(load("words")["account_person"]["a_system"])


def _tell_named(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give the one column of yes and no its role that says who was named a user, *Named by the manager*."""
    if Role.DESIGNATED in roles_in(found):
        return
    may = [
        n
        for n, column in enumerate(found)
        if column.role is None
        and words(column.header).startswith(_NAMES_USERS)
        and bool(cells[n])
        and all(read_flag(cell) is not None for cell in cells[n])
    ]
    if len(may) == 1:
        found[may[0]] = by_content(found[may[0]], Role.DESIGNATED, cells[may[0]])


_NAMES_USERS = (
    *("named", "designat", "appoint", "nominat", "authoris", "authoriz", "approved"),
    *("nimet", "valtuut", "määrät", "hyväksyt", "utsed", "utnämn", "godkän", "behörig"),
)


def _tell_owner(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give an access list's one column of jobs that names the owner its role."""
    if Role.ACCOUNT_KIND not in roles_in(found):
        jobs = [n for n, column in enumerate(found) if _tells_the_owner(column, cells[n])]
        if len(jobs) == 1:
            found[jobs[0]] = by_content(found[jobs[0]], Role.ACCOUNT_KIND, cells[jobs[0]])


def _tell_answering(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give an access list's notes their role, where they say who answers for a system's account."""
    if Role.ACCOUNT_OWNER not in roles_in(found):
        for n, column in enumerate(found):
            said = {read_person(cell)[1] for cell in cells[n]} if are_notes(column) else set()
            if "owned_service" in said:
                found[n] = by_content(column, Role.ACCOUNT_OWNER, cells[n])
                return


def _tell_names(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """
    Give an access list's column of names its role.

    The first of several has it and stays a name: what stands in all of them is the holder's.
    """
    for n, column in enumerate(found):  # "Employee #" heads numbers, "Tunnus luovutettu" days
        of_days = column.role in (Role.USER_ID, Role.ACTIVE) and are_all_days(cells[n])
        numbered = column.role is Role.USER_NAME and cells[n] and all(map(_has_digits, cells[n]))
        if of_days or numbered:
            found[n] = column.model_copy(update={"role": None})
    if Role.USER_NAME in roles_in(found):
        return
    named = [n for n, c in enumerate(found) if c.category == "name" and c.role is None]
    ids = [n for n, c in enumerate(found) if c.role is Role.USER_ID]
    if len(ids) > 1:  # "Käyttäjä" beside "Tunnus": who manages them is another
        named = [n for n in ids if _mostly_of_words(cells[n])] or named
    if len(named) == 1 and ids != named:
        found[named[0]] = by_content(found[named[0]], Role.USER_NAME, cells[named[0]])
    elif len(named) > 1 and not set(ids) & set(named):
        told = by_content(found[named[0]], Role.USER_NAME, cells[named[0]])
        found[named[0]] = told.model_copy(update={"category": "name"})


def _has_digits(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _tell_mails(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give the one column of e-mail addresses its role, where nothing else but names tells accounts."""
    mails = [
        n
        for n, c in enumerate(found)
        if c.category == "email" and c.role is None and _PRIVATE.isdisjoint(words(c.header).split())
    ]
    ids = [n for n, c in enumerate(found) if c.role is Role.USER_ID]
    named = [n for n in ids if _mostly_of_words(cells[n])]
    if len(mails) != 1 or ids != named:
        return
    if named:
        taken = Role.USER_NAME in roles_in(found)
        found[named[0]] = by_content(found[named[0]], Role.USER_NAME, cells[named[0]])
        if taken:
            found[named[0]] = found[named[0]].model_copy(update={"role": None})
    told = by_content(found[mails[0]], Role.USER_ID, cells[mails[0]])
    found[mails[0]] = told.model_copy(update={"category": "email"})


# Where they are reached at home, nobody signs in for the controller.
_PRIVATE = frozenset(
    "oma omat yksityinen henkilökohtainen koti privat egen hem private personal home".split()
)


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


def _tell_holder(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give the only names of a list of accounts, *Handläggare*, to the holders, not to some owners."""
    owners = [n for n, column in enumerate(found) if column.role is Role.ACCOUNT_OWNER]
    named = any(column.category == "name" for column in found)
    if owners and not named and Role.USER_NAME not in roles_in(found):
        most = max(map(len, cells))
        filled = len(cells[owners[0]]) * 10 >= most * 7
        if filled and _mostly_names(cells[owners[0]]):
            found[owners[0]] = by_content(found[owners[0]], Role.USER_NAME, cells[owners[0]])


def _tell_ids(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """
    Give a list of accounts the ids that its names hide: *Käyttäjä* heads names, and a number the ids.

    Only ids of letters and digits are told so, one in each row: a bare number may be the row's own.
    """
    ids = [n for n, column in enumerate(found) if column.role is Role.USER_ID]
    named = [n for n in ids if _mostly_names(cells[n])]
    if ids != named or len(named) > 1:
        return
    may = [n for n, column in enumerate(found) if _is_open(column) and _are_ids(cells[n])]
    if len(may) != 1:
        return
    taken = Role.USER_NAME in roles_in(found)
    for n in named if not taken else ():
        found[n] = by_content(found[n], Role.USER_NAME, cells[n])
    if not named and not taken and not any(column.category == "name" for column in found):
        return
    if not (named and taken):
        found[may[0]] = by_content(found[may[0]], Role.USER_ID, cells[may[0]])


def _tell_ids_made_of_names(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give a list of accounts its one column of ids that begin as its people's names do, however headed."""
    if Role.USER_ID in roles_in(found):
        return
    names = {
        word
        for n, column in enumerate(found)
        if column.role is Role.USER_NAME or column.category == "name"
        for cell in cells[n]
        for word in re.findall(r"[^\W\d_]{2,}", fold(cell).translate(PLAIN))
    }
    may = [
        n
        for n, column in enumerate(found)
        if column.role in (None, Role.RECORD_KEY)
        and column.category in (None, "technical", "login_credentials")
        and _are_made_of(names, cells[n])
    ]
    if len(may) == 1:
        found[may[0]] = by_content(found[may[0]], Role.USER_ID, cells[may[0]])


def _are_made_of(names: Collection[str], cells: Sequence[str]) -> bool:
    """
    Whether each cell is one word of its own, and most begin as one of the names does.

    >>> _are_made_of({"aino", "koe", "bo", "salo"}, ["KOEAI", "SALOBO", "KASSA"])
    True
    >>> _are_made_of({"aino", "koe", "bo", "salo"}, ["pää", "sivu", "koe"])
    False
    """
    ids = [fold(cell).translate(PLAIN) for cell in cells]
    own = len(ids) >= _FEWEST_IDS and len(set(ids)) == len(ids)
    if not own or any(re.search(r"\s", one) for one in ids):
        return False
    begun = {name[:_OF_A_NAME] for name in names if len(name) >= _OF_A_NAME}
    return sum(one[:_OF_A_NAME] in begun for one in ids) * 2 > len(ids)


_OF_A_NAME = 3  # letters
_FEWEST_IDS = 3


def _is_open(column: Column) -> bool:
    """Whether a column is headed as numbers are, and is taken for nothing else."""
    untold = column.role in (None, Role.RECORD_KEY, Role.CUSTOMER_REFERENCE)
    return untold and (names_number(column.header) or may_mean(column.header, "access"))


def _mostly_of_words(cells: Sequence[str]) -> bool:
    """Whether most ids are several words, as names are."""
    return sum(" " in cell for cell in cells) * 2 > len(cells)


def _mostly_names(cells: Sequence[str]) -> bool:
    return named_people(list(cells)) is not None


def _are_ids(cells: Sequence[str]) -> bool:
    """
    Whether each cell is a code of letters and digits of its own.

    >>> _are_ids(["LM100", "LM101", "LM102"]), _are_ids(["1", "2", "3"]), _are_ids(["LM1"] * 3)
    (True, False, False)
    """
    enough = len(cells) > 2 and len(set(cells)) == len(cells)  # noqa: PLR2004 - two may be chance
    return enough and all(map(_ID.fullmatch, cells))


_ID = re.compile(r"(?=\S*[^\W\d_])(?=\S*[0-9])\S{3,20}")
