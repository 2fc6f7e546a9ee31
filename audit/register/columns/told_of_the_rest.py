"""
What a table's columns are of which neither header nor content told, by the table that they stand in.

A list of bookings says how many holes are played and on which court: whatever it is called, it is of
the booking. Names are told by the addresses beside them, appointments by the hours at which people
are told to come, and what is the same in every record tells nothing of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.categories._text import fold
from audit.categories.headers import PLAIN, words
from audit.register.columns.concepts import names_number
from audit.register.columns.content import named_people
from audit.register.columns.remembered import remembered
from audit.register.columns.told_roles import (
    are_days,
    by_content,
    few_words,
    open_places,
    roles_in,
)
from audit.register.model import Certainty, Column, Role
from audit.vocabulary import load

__all__ = ["are_appointments", "with_told_of_the_rest"]

#: Of whatever such a table is a list, what is left of its columns is.
_OF_WHAT = {
    "orders": "order_history",
    "invoices": "invoicing",
    "staff": "employment",
    "access_list": "technical",
    "access_log": "technical",
    "requests": "technical",
    "mailing_list": "technical",
    "cookie_inventory": "technical",
    "web_requests": "technical",
    # The controller's own lists say who entered, decided and approved what.
    "objections": "technical",
    "erasures": "technical",
    "disclosures": "technical",
    "publication_list": "technical",
    "restrictions": "technical",
    "consents": "technical",
    "send_log": "technical",
    "source_log": "technical",
    "web_log": "technical",
}
#: Lists of what a system did, sent or sets, which sells nothing: a *service* there is no order.
_SELL_NOTHING = ("access_log", "send_log", "cookie_inventory", "web_requests")
_ENOUGH = 12
_SHARE = 0.8
_MOST_DIFFERENT = 12
_MOST_WORDS = 3
_FIGURES = re.compile(r"[-+]?[0-9][0-9 .,:/]{0,9}(?:%|€|£|[^\W\d_]{1,4}\.?)?")

_CODE = re.compile(r"(?=[^0-9]{0,8}[0-9])[A-Za-z0-9/-]{4,40}")


def with_told_of_the_rest(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    cells: Sequence[Sequence[str]],
    kind: str,
) -> list[Column]:
    """The columns of a table of ``kind``, with what is left of them told by the ``rows``."""
    found = list(columns)
    _tell_names(found, rows)
    if kind == "orders":
        _tell_state(found, cells)
        _tell_booked(found)
    if kind == "orders" and Role.VISIT not in roles_in(found):
        places = [n for n in _places_of_days(found) if are_appointments(cells[n])]
        if len(places) == 1:
            found[places[0]] = by_content(found[places[0]], Role.VISIT, cells[places[0]])
    for n, column in enumerate(found):
        # The *level* of an event is no course's.
        if kind in _SELL_NOTHING and column.category == "order_history":
            found[n] = column.model_copy(update={"category": "technical"})
    for n in open_places(found):
        if _are_notes(cells[n]):
            told = {"role": Role.FREE_TEXT, "ground": "content: short notes"}
            found[n] = found[n].model_copy(update=told | {"certainty": Certainty.LIKELY})
            continue
        category = _category_of_rest(found[n], cells[n], kind, len(rows))
        if category is not None:
            told = {"category": category, "ground": f"content: of the {kind.replace('_', ' ')}"}
            found[n] = found[n].model_copy(update=told | {"certainty": Certainty.UNSURE})
    return found


def _tell_state(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Give a list of orders its one column of states the role, however its header is made up."""
    if Role.STATUS in roles_in(found):
        return
    states = [
        n
        for n, one in enumerate(found)
        if one.role is None
        and one.category in (None, "technical", "order_history")
        and words(one.header).endswith(_STATES)
        and few_words(cells[n], _MOST_WORDS)
        and len(set(cells[n])) <= _MOST_DIFFERENT
    ]
    if len(states) == 1:
        found[states[0]] = found[states[0]].model_copy(
            update={"role": Role.STATUS, "category": found[states[0]].category or "technical"}
        )


_STATES = ("status", "tila", "state", "läge")


def _tell_booked(found: list[Column]) -> None:
    """Make the day of a booking, *Päivä*, the visit's where another says when it was booked."""
    days = [n for n, one in enumerate(found) if one.role is Role.ORDERED_ON]
    booked = [n for n in days if _BOOKED.search(words(found[n].header))]
    others = [n for n in days if n not in booked]
    if booked and len(others) == 1 and Role.VISIT not in roles_in(found):
        found[others[0]] = found[others[0]].model_copy(update={"role": Role.VISIT})


_BOOKED = re.compile(
    r"\bvarattu|varausp|\bbokad|bokningsd|\bbooked|booking (?:date|made)|\breserved"
)


def _are_notes(cells: Sequence[str]) -> bool:
    """
    Whether most of the different things that cells say are a few words, which begin as a clerk's do.

    >>> said = ["ok", "soita ensin aamulla", "vastattu kirjeellä", "kiisti laskun kokonaan", "ei ollut kotona"]
    >>> _are_notes(said), _are_notes(["Musta tuoli 2 kpl", "Helmi lamppu iso", "Sohva kulma"] * 2)
    (True, False)
    """
    different = set(cells)
    if len(different) < _FEWEST_NOTES or sum(cell.isdigit() for cell in different):
        return False
    said = [cell for cell in different if len(cell.split()) > 1]
    small = sum(cell[0].islower() for cell in said)
    words_in_all = sum(len(cell.split()) for cell in different)
    return small * 2 > len(different) and words_in_all >= _WORDS_OF_NOTES * len(different)


_FEWEST_NOTES = 5
_WORDS_OF_NOTES = 2.2


def _places_of_days(columns: Sequence[Column]) -> list[int]:
    """The places of columns that may have a visit's day: of nothing known, or of a day that says no more."""
    may = (None, "technical", "order_history")
    return [
        n
        for n, one in enumerate(columns)
        if one.category in may
        and (one.role is None or (one.role is Role.ORDERED_ON and _is_of_no_deed(one.header)))
    ]


def _is_of_no_deed(header: str) -> bool:
    """
    Whether a header tells a time and not of what, such as of ordering.

    >>> _is_of_no_deed("Date/Time"), _is_of_no_deed("booked_at"), _is_of_no_deed("OrderedAt")
    (True, False, False)
    """
    return _TIMES.issuperset(words(header).split())


_TIMES = frozenset(
    "aika ajankohta klo pvm päivä päivämäärä tid tidpunkt kl dag datum time date day".split()
)


def _category_of_rest(column: Column, cells: Sequence[str], kind: str, records: int) -> str | None:
    """What a column is that says a few things, or figures, of what its table is a list of."""
    if (
        len(cells) >= _ENOUGH
        and len(cells) == records
        and len(set(cells)) == 1
        and cells[0].isalpha()
    ):
        return "technical"
    if kind not in _OF_WHAT or not cells or not _says_something(column.header):
        return None
    if are_days(list(cells)):
        return "technical"  # a rule may still count from them
    figures = all(map(_FIGURES.fullmatch, cells))
    different = {cell.casefold() for cell in cells}
    few = len(different) <= min(_MOST_DIFFERENT, len(cells) // 2)
    said = few and all(len(cell.split()) <= _MOST_WORDS for cell in different)
    numbered = names_number(column.header) and all(map(_CODE.fullmatch, cells))
    if not (figures or said or numbered) or named_people(list(cells)) is not None:
        return None
    return _OF_WHAT[kind]


def _says_something(header: str) -> bool:
    """
    Whether a header has a word of its own, and is none of a program's further fields.

    >>> _says_something("Holes"), _says_something("kentta7"), _says_something("custom_2"), _says_something("x1")
    (True, False, False, False)
    """
    tokens = [token for token in words(header).split() if not token.isdigit()]
    own = set(load("generic")["further_fields"])
    return any(len(token) > 1 and token.translate(PLAIN) not in own for token in tokens)


def _tell_names(found: list[Column], rows: Sequence[Sequence[str]]) -> None:
    """Give each column its category whose words stand in the e-mail addresses of most of the records."""
    addresses = [n for n, column in enumerate(found) if column.category == "email"]
    for n in open_places(found) if addresses else ():
        pairs = tuple(
            (row[n], row[addresses[0]]) for row in rows if row[n] and "@" in row[addresses[0]]
        )
        if _are_names_of(tuple(f"{name}\0{address}" for name, address in pairs)):
            told = {"category": "name", "ground": "content: as in the e-mail addresses"}
            found[n] = found[n].model_copy(update=told | {"certainty": Certainty.LIKELY})


@remembered
def _are_names_of(pairs: tuple[str, ...]) -> bool:
    both = [pair.split("\0", 1) for pair in pairs]
    named = sum(_stands_in(name, address) for name, address in both)
    different = len({name for name, _ in both})
    return named >= _FEWEST_NAMES and named >= _SHARE * len(both) and different > _FEWEST_NAMES


_FEWEST_NAMES = 5


def _stands_in(name: str, address: str) -> bool:
    """
    Whether the words of a name stand in what stands before the @ of an address, or all but one of three.

    >>> _stands_in("Väinö Koe", "vaino.koe@posti.example"), _stands_in("lasku", "lasku2@koe.example")
    (True, False)
    """
    local = fold(address.partition("@")[0]).translate(PLAIN)
    said = [fold(word).translate(PLAIN) for word in re.findall(r"[^\W\d_]{2,}", name)]
    there = sum(word in local for word in said)
    return name[:1].isupper() and there >= max(1, min(2, len(said))) and there * 3 >= len(said) * 2


def are_appointments(cells: Sequence[str]) -> bool:
    """
    Whether cells have days with hours at which people are told to come, and no moments of a program's.

    >>> at = [f"{n}.5.2026 {n}:{m}" for n in (9, 10, 11) for m in ("00", "15", "40")]
    >>> are_appointments(at), are_appointments([f"{n}.5.2026 10:{n * 7}" for n in range(2, 8)])
    (True, False)
    >>> are_appointments(["1.5.2026 10:00"] * 9)
    False
    """
    times = [_MOMENT.fullmatch(cell.strip()) for cell in cells]
    if len(times) < _FEWEST_TIMES or not all(times):
        return False
    at = {(time["hour"], time["minute"]) for time in times if time is not None}
    return len(at) >= _FEWEST_HOURS and all(int(minute) % 5 == 0 for _, minute in at)


_FEWEST_TIMES = 6
_FEWEST_HOURS = 3
_MOMENT = re.compile(
    r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}(?:[ T]|,? (?:klo|kl\.?|at) )(?P<hour>[0-2]?[0-9])[:.](?P<minute>[0-5][0-9])(?::00)?"
)
