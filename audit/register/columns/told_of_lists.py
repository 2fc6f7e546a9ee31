"""
What the content of lists of recipients and processors tells in company, where no header did.

*Mechanism* heads what transfers rest on, and *Henkilötietosopimus (28 art.)* the days of agreements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.categories.headers import words
from audit.categories.lexicon import first_word, is_firm
from audit.register.columns.told_roles import (
    are_days,
    by_content,
    open_places,
    roles_in,
    untold_places,
)
from audit.register.dates import read_date
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
    dated = [n for n in untold_places(found) if any(read_date(cell) for cell in cells[n])]
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
        days = [n for n in untold_places(found) if are_days(cells[n])]
        if len(days) == 1:
            found[days[0]] = by_content(found[days[0]], Role.ACCESS_FROM, cells[days[0]])


def _tell_recipient(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give a log of disclosures its column of firms and authorities the role: *Till*, *Gick till*."""
    if Role.RECIPIENT in roles_in(found):
        return
    may = [n for n in untold_places(found) if _share_of_parties(cells[n]) >= _ENOUGH_PARTIES]
    # What it was for, "Laskutus", reads like a kind of party: firms go before.
    best = max(may, key=lambda n: (_firms(cells[n]), _share_of_parties(cells[n])), default=None)
    if best is not None:
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


def _firms(cells: Sequence[str]) -> int:
    return sum(map(is_firm, cells))
