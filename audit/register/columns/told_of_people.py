"""
What the content of people's tables tells together, where no header did.

A trade has its own words: *Animal owner* heads names, *Told us by* sources, *Taken down* the day on
which the data came in. Each is told by what the table lacks and by the one column that fits.
"""

from __future__ import annotations

from collections.abc import Sequence

from audit.categories._text import fold
from audit.categories.headers import words
from audit.register.columns.concepts import may_mean
from audit.register.columns.content import named_people
from audit.register.columns.told_roles import (
    are_days,
    by_content,
    few_words,
    open_places,
    roles_in,
)
from audit.register.dates import read_date
from audit.register.kinds.model import kinds
from audit.register.model import Certainty, Column, Role
from audit.register.roles import ENDS
from audit.register.states import says_ended, says_left
from audit.register.words import UNREAD, read_flag, reader, says_fine

__all__ = ["with_told_of_people"]

_MOST_WORDS = 8


def with_told_of_people(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], kind: str
) -> list[Column]:
    """The columns of a table of ``kind``, with what their filled ``cells`` tell in company."""
    found = list(columns)
    _tell_bounced(found, cells, kind)
    if kind in ("customers", "contacts"):
        _tell_both_names(found)
        _tell_name(found, cells)
        _tell_source(found, cells, kind)
        _tell_told(found, cells, kind)
        _tell_day(found, cells, kind)
        _tell_marketing(found, cells, kind)
        _tell_gone(found, cells)
        _tell_day_of_end(found, cells, kind)
    return found


def _tell_marketing(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give the one column its role that says yes or no to marketing, *email_marketing_consented*."""
    of_marketing = {Role.MARKETING_CONSENT, Role.MARKETING_BAN, Role.EMAIL_BAN}
    may = [
        n
        for n, column in enumerate(found)
        if column.category == "marketing_preferences"
        and column.role is None
        and _are_flags(cells[n])
    ]
    if len(may) == 1 and not roles_in(found) & of_marketing:
        header = found[may[0]].header
        role = Role.MARKETING_BAN if _refuses(header) else Role.MARKETING_CONSENT
        if role in kinds()[kind].roles and not may_mean(header, "text_"):
            found[may[0]] = by_content(found[may[0]], role, cells[may[0]])


def _refuses(header: str) -> bool:
    """
    Whether *yes* under a header says that somebody wants nothing.

    >>> _refuses("Ei uutiskirjettä"), _refuses("Unsubscribed"), _refuses("Vill ha nyhetsbrev")
    (True, True, False)
    """
    said = words(header).split()
    denied = not _DENIES.isdisjoint(said) or any(word.startswith(_STOPS) for word in said)
    return denied or any(may_mean(header, word) for word in ("ban", "no", "hold"))


_DENIES = frozenset("ei no not inte ej nej out stop utan ilman".split())
_STOPS = ("unsub", "kiel", "avreg", "avsluta", "peru", "spärr", "block")


def _tell_bounced(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give the one column its role that tells of each address whether messages reach it."""
    if Role.EMAIL_BOUNCED not in kinds()[kind].roles or Role.EMAIL_BOUNCED in roles_in(found):
        return
    may = [n for n, c in enumerate(found) if c.role is None and _tell_delivery(c.header, cells[n])]
    if len(may) == 1:
        found[may[0]] = by_content(found[may[0]], Role.EMAIL_BOUNCED, cells[may[0]])


def _tell_delivery(header: str, cells: Sequence[str]) -> bool:
    """
    Whether cells say of e-mail addresses that messages bounce or arrive, and nothing else.

    >>> _tell_delivery("Email status", ["Deliverable", "Hard bounce"])
    True
    >>> _tell_delivery("Email status", ["Deliverable"]), _tell_delivery("Door", ["Hard bounce"])
    (False, False)
    """
    if not any(word in words(header) for word in _OF_EMAIL):
        return False
    said = {fold(cell) for cell in cells}
    bounced = {one for one in said if any(word in one for word in _BOUNCED)}
    return bool(bounced) and all(map(says_fine, said - bounced))


_OF_EMAIL = ("mail", "sähköposti", "e post", "epost", "sposti", "mejl")
_BOUNCED = (
    "bounce",
    "undeliver",
    "invalid",
    "studs",
    "palautu",
    "ogiltig",
    "virheelli",
    "ei toimi",
)


def _tell_gone(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give the one column its role that is headed as an end is and has marks: *Poistunut*, with *x*."""
    if roles_in(found) & {Role.STATUS, Role.ACTIVE, Role.INACTIVE}:
        return
    may = [
        n
        for n, column in enumerate(found)
        if column.role is None
        and column.category in (None, "technical")
        and says_left(column.header)
        and _are_flags(cells[n])
    ]
    if len(may) == 1:
        found[may[0]] = by_content(found[may[0]], Role.INACTIVE, cells[may[0]])


def _tell_day_of_end(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give the customers' one column of days its role whose header says an end: *Became inactive*."""
    if kind != "customers" or roles_in(found) & ENDS:
        return
    may = [
        n
        for n, column in enumerate(found)
        if column.role is None
        and column.category in (None, "technical")
        and any(says_ended(" ".join(words(column.header).split()[at:])) for at in (0, 1))
        and are_days(cells[n])
    ]
    if len(may) == 1:
        end = Role.CUSTOMER_RELATIONSHIP_END
        found[may[0]] = by_content(found[may[0]], end, cells[may[0]])


def _are_flags(cells: Sequence[str]) -> bool:
    """
    Whether every cell says yes or no.

    >>> _are_flags(["x", "x"]), _are_flags(["true", "false"]), _are_flags(["3.4.2026", "x"]), _are_flags([])
    (True, True, False, False)
    """
    said = set(cells)
    return bool(said) and all(read_flag(one) is not None and not read_date(one) for one in said)


def _tell_both_names(found: list[Column]) -> None:
    """Give *first* and *last*, which stand together, the category of names: *customer.last* is no end."""
    last_words = [words(column.header).split()[-1:] for column in found]
    places = [last_words.index(pair) for pair in (["first"], ["last"]) if pair in last_words]
    if len(places) != 2:  # noqa: PLR2004 - both of them
        return
    for n in places:
        told = {"category": "name", "role": None, "ground": "headers: first and last"}
        found[n] = found[n].model_copy(update=told | {"certainty": Certainty.LIKELY})


def _tell_name(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give the first column of people's names its category, where no other has names."""
    if any(column.category == "name" for column in found):
        return
    for n in open_places(found):
        people = named_people(list(cells[n]))
        if people is not None:
            found[n] = found[n].model_copy(
                update={
                    "category": "name",
                    "ground": f"content: {people[1]}",
                    "certainty": Certainty.LIKELY,
                }
            )
            return


def _tell_source(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give the one column its role that says of some people that they, of others that others told."""
    if Role.SOURCE in roles_in(found) or Role.SOURCE not in kinds()[kind].roles:
        return
    sources = [n for n in open_places(found) if _are_sources(cells[n])]
    if len(sources) == 1:
        found[sources[0]] = by_content(found[sources[0]], Role.SOURCE, cells[sources[0]])


def _are_sources(cells: Sequence[str]) -> bool:
    """
    Whether cells say where data came from: mostly from people themselves, and from others as well.

    What kinds of customers there are says nothing of it, nor does a list of tenants and partners.

    >>> _are_sources(["Asiakas", "DVV", "Asiakas soitti", "Isännöitsijä"]), _are_sources(["Asiakas"] * 4)
    (True, False)
    >>> _are_sources(["Asiakas", "Kumppani", "Jälleenmyyjä", "Asiakas"])
    False
    """
    if not few_words(cells, _MOST_WORDS):
        return False
    read = reader(Role.SOURCE)
    said = {cell: str(read(cell)[0]) for cell in set(cells)}
    if not {*said.values()} & _THEMSELVES or not {*said.values()} & _OF_OTHERS:
        return False
    return sum(said[cell] != UNREAD for cell in cells) * 2 > len(cells)


_THEMSELVES = frozenset({"customer_report", "customer_registration"})
_OF_OTHERS = frozenset(
    {
        *("authority", "property_manager", "bought_list", "social_media", "referral", "school"),
        *("update_service", "predecessor", "trade_fair", "public_web"),
    }
)


def _tell_told(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give the one column of days its role that says, beside a source, when people were told."""
    if Role.SOURCE not in roles_in(found) or Role.INFORMED_ON in roles_in(found):
        return
    days = [n for n in open_places(found) if _means_told(found[n].header) and are_days(cells[n])]
    if len(days) == 1 and Role.INFORMED_ON in kinds()[kind].roles:
        found[days[0]] = by_content(found[days[0]], Role.INFORMED_ON, cells[days[0]])


def _means_told(header: str) -> bool:
    """
    Whether a header says that people were told, or that they got the notice.

    >>> _means_told("Told on"), _means_told("Privacy Notice Sent"), _means_told("Kirjattu")
    (True, True, False)
    """
    return may_mean(header, "told") or any(one in words(header) for one in _OF_A_NOTICE)


_OF_A_NOTICE = ("privacy", "tietosuoja", "integritet", "dataskydd")


def _tell_day(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """Give the one column of days its role that stands beside a source and a day of telling people."""
    asked = Role.SOURCE in roles_in(found) and Role.INFORMED_ON in roles_in(found)
    if (
        not asked
        or Role.OBTAINED_ON in roles_in(found)
        or Role.RELATIONSHIP_START in roles_in(found)
    ):
        return
    # "Syötetty", of the entry, is the only day besides.
    may = [n for n, c in enumerate(found) if c.role is None and c.category in (None, "technical")]
    days = [n for n in may if are_days(cells[n])]
    if len(days) == 1 and Role.OBTAINED_ON in kinds()[kind].roles:
        found[days[0]] = by_content(found[days[0]], Role.OBTAINED_ON, cells[days[0]])
