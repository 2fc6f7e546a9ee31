"""
What the content of lists of recipients, processors and accounts tells in company, where no header did.

*Mechanism* heads what transfers rest on, *Henkilötietosopimus (28 art.)* the days of agreements, and
a list of accounts may call its names *Käyttäjä* and its ids *Henkilötunniste*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.categories.headers import words
from audit.categories.lexicon import first_word, is_firm
from audit.register.columns.concepts import may_mean, names_number
from audit.register.columns.content import named_people
from audit.register.columns.told_roles import are_days, by_content, open_places, roles_in
from audit.register.dates import needs_order, read_date
from audit.register.kinds.model import kinds
from audit.register.model import Column, Role
from audit.register.words import reader

__all__ = ["with_told_of_lists"]


def with_told_of_lists(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], kind: str
) -> list[Column]:
    """The columns of a table of ``kind``, with what their filled ``cells`` tell in company."""
    found = list(columns)
    if kind in ("disclosures", "processors"):
        _tell_safeguard(found, cells, kind)
    if kind == "processors":
        _tell_agreement(found, cells)
        _tell_begun(found, cells)
    if kind == "disclosures":
        _tell_recipient(found, cells)
    if kind == "access_list":
        _tell_holder(found, cells)
    if kind in ("access_list", "staff"):
        _tell_days(found, cells, kind)
        _tell_account(found, cells)
    return found


def _tell_safeguard(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give the one column its role that says, or is headed by, what transfers rest on."""
    if Role.SAFEGUARD in roles_in(found) or Role.SAFEGUARD not in kinds()[kind].roles:
        return
    may = [n for n in open_places(found) if _are_safeguards(cells[n]) or _heads(found[n])]
    if len(may) == 1:
        found[may[0]] = by_content(found[may[0]], Role.SAFEGUARD, cells[may[0]])


def _are_safeguards(cells: Sequence[str]) -> bool:
    """
    Whether most cells name a decision or a tool of the GDPR's chapter on transfers.

    >>> _are_safeguards(["SCC", "Adequacy decision"]), _are_safeguards(["contract", "consent"])
    (True, False)
    """
    read = reader(Role.SAFEGUARD)
    told = sum(read(cell)[0] in _OF_CHAPTER_V for cell in cells)
    return told * 2 > len(cells)


def _heads(column: Column) -> bool:
    """Whether a header says that a transfer is necessary, or protected."""
    return reader(Role.SAFEGUARD)(column.header)[0] == "technical_necessity"


_OF_CHAPTER_V = frozenset(
    """
    standard_contractual_clauses old_standard_contractual_clauses binding_corporate_rules adequacy
    data_privacy_framework privacy_shield
    """.split()
)


def _tell_agreement(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give a list of processors its one column left with days, or with words for agreements, the role."""
    if roles_in(found) & {Role.AGREEMENT_ON, Role.AGREEMENT_STATE}:
        return
    dated = [n for n in open_places(found) if any(read_date(cell) for cell in cells[n])]
    headed = [n for n in dated if _AGREEMENT.search(words(found[n].header))]
    may = headed or (dated if Role.ACCESS_FROM in roles_in(found) else [])
    if len(may) == 1:
        found[may[0]] = by_content(found[may[0]], Role.AGREEMENT_ON, cells[may[0]])


_AGREEMENT = re.compile(
    r"sopimu|avtal|agreement|contract|liite|\bdpa\b|\b(?:art )?28\b|signed|undertec"
)


def _tell_begun(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give a list of processors its one column left with days the role, beside the agreements'."""
    taken = roles_in(found)
    if Role.AGREEMENT_ON in taken and Role.ACCESS_FROM not in taken:
        days = [n for n in open_places(found) if are_days(cells[n])]
        if len(days) == 1:
            found[days[0]] = by_content(found[days[0]], Role.ACCESS_FROM, cells[days[0]])


def _tell_recipient(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give a log of disclosures its column of firms and authorities the role: *Till*, *Gick till*."""
    if Role.RECIPIENT in roles_in(found):
        return
    shares = {n: _share_of_parties(cells[n]) for n in open_places(found)}
    best = max(shares, key=lambda n: shares[n], default=None)
    if best is not None and shares[best] >= _ENOUGH_PARTIES:
        found[best] = by_content(found[best], Role.RECIPIENT, cells[best])


def _share_of_parties(cells: Sequence[str]) -> float:
    """
    The share of cells that name a firm or a kind of party, with a capital.

    >>> _share_of_parties(["Koe Oy", "Luku Ab", "poliisi"]) > 0.5, _share_of_parties(["lasku", "osoite"])
    (True, 0.0)
    """
    told = sum(
        is_firm(cell) or first_word("parties", cell) is not None
        for cell in cells
        if cell[:1].isupper() or is_firm(cell)
    )
    return told / len(cells) if cells else 0.0


_ENOUGH_PARTIES = 0.4


def _tell_holder(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give the only names of a list of accounts, *Handläggare*, to the holders, not to some owners."""
    owners = [n for n, column in enumerate(found) if column.role is Role.ACCOUNT_OWNER]
    named = any(column.category == "name" for column in found)
    if owners and not named and Role.USER_NAME not in roles_in(found):
        most = max(map(len, cells))
        filled = len(cells[owners[0]]) * 10 >= most * 7
        if filled and _mostly_names(cells[owners[0]]):
            found[owners[0]] = by_content(found[owners[0]], Role.USER_NAME, cells[owners[0]])


def _tell_days(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """
    Give the days of a list of accounts, or of the undertakings of staff, that a word tells.

    *ID issued* and *skapat* head when an account was given, *Declaration signed* an undertaking.
    """
    for role, said in _DAYS_OF_ACCOUNTS:
        if role in roles_in(found) or (kind == "staff" and role is not Role.UNDERTAKING_ON):
            continue
        may = [n for n in _with_days(found, cells) if said.search(words(found[n].header))]
        if len(may) == 1:
            found[may[0]] = by_content(found[may[0]], role, cells[may[0]])


def _with_days(found: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[int]:
    """The places of untold columns with days, not those of employments."""
    return [
        n
        for n, column in enumerate(found)
        if column.role is None
        and column.category in (None, "technical")
        and not may_mean(column.header, "employment")
        and "employ" not in words(column.header)
        and any(read_date(cell) or needs_order(cell) for cell in cells[n])
    ]


#: In the order in which they are asked: "senast använd" before "använd".
_DAYS_OF_ACCOUNTS = (
    (
        Role.LAST_LOGIN_ON,
        re.compile(
            r"(?:senast|last|latest|viim|edelli)\w* (?:använ|inlog|used|use|active|seen|log|sign|käyt|kirjau)"
        ),
    ),
    (
        Role.UNDERTAKING_ON,
        re.compile(
            r"sign|declar|confid|secrec|\bnda|sitoum|salassa|vaitiol|sekret|tystn|förbind|löfte"
        ),
    ),
    (
        Role.ACCESS_UNTIL,
        re.compile(r"withdr|revok|clos|stäng|avslut|sulje|poist|removed|ended|cancel"),
    ),
    (
        Role.ACCESS_FROM,
        re.compile(r"issu|grant|creat|skapa|opened|avat|luot|upplag|tilld|myönn|added"),
    ),
)


def _tell_account(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
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


def _is_open(column: Column) -> bool:
    """Whether a column is headed as numbers are, and is taken for nothing else."""
    untold = column.role in (None, Role.RECORD_KEY, Role.CUSTOMER_REFERENCE)
    return untold and (names_number(column.header) or may_mean(column.header, "access"))


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
