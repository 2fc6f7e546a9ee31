"""The kind of a table by what its file, or its sheet, is called."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from audit.categories.headers import PLAIN, words
from audit.vocabulary import load

__all__ = ["is_a_log_of", "kind_by_compound", "kind_by_name"]

_WORDS_OF_A_NAME = 3
_PEOPLE = frozenset(
    """
    members people audience henkilöt jäsenet potilaat asukkaat vuokralaiset oppilaat vieraat
    lahjoittajat patienter medlemmar hyresgäster boende elever gäster patients tenants residents
    guests donors students pupils users contacts customers clients accounts subscribers käyttäjät
    tilaajat yhteyshenkilöt kontaktit asiakkaat kunder kontakter användare konton personer kontakt
    contact customer kund asiakas asiakasluettelo jäsenluettelo jäsenlista
    asiakaslista medlemsförteckning medlemslista kundförteckning kundlista memberlist customerlist
    clientlist
    """.split()
)


def kind_by_name(tokens: Sequence[str]) -> str | None:
    """The kind by the words of a file's name."""
    # The last word of a name is what it is: "asiakkaiden laskut" are invoices. A word for people
    # comes after the others: "unsubscribed members" are no customers.
    names = [
        "".join(tokens[first:last])  # "access_log" is an "accesslog"
        for last in range(len(tokens), 0, -1)
        for first in range(max(0, last - _WORDS_OF_A_NAME), last)
    ]
    known = [kind for name in sorted(names, key=_are_people) if (kind := _names().get(name))]
    found = next(iter(known), None)
    if found in _OF_MAIL and "objections" in known:
        return "objections"  # "spärrlista utskick": who bans mail is no list of it
    if tokens and tokens[0] in _DENIALS and found in (*_OF_MAIL, "publication_list", "consents"):
        return "objections"  # "nej till publicering", "ei uutiskirjettä"
    if found == "access_log" and len(tokens) > 1 and tokens[-1] in _LOGS:
        # "Utskick_logg" is one of messages; of people a log tells who used the system.
        of = kind_by_name(tokens[:-1])
        found = of if of is not None and of not in _WHOSE_LOGS else found
    # "Förbud mot nyhetsbrev", "list of customers": what stands before is what it is.
    cut = next((n for n, token in enumerate(tokens) if n and token in _BETWEEN), None)
    before = kind_by_name(tokens[:cut]) if cut is not None else None
    if before == "access_log" and tokens[0] in _LOGS and found not in (None, *_WHOSE_LOGS):
        return found  # "logg över begäranden" is one of what comes behind
    return before or found


def is_a_log_of(file_stem: str, sheet: str) -> bool:
    """
    Whether a sheet is called a log and no more, in a workbook whose name says of what.

    >>> is_a_log_of("Utlämnanden", "Logg"), is_a_log_of("kunder", "Logg"), is_a_log_of("x", "Logg")
    (True, False, False)
    """
    of = kind_by_name(words(file_stem).split()) if words(sheet) in _LOGS else None
    return of is not None and of not in _WHOSE_LOGS


_OF_MAIL = ("send_log", "mailing_list")
_DENIALS = frozenset("nej inga ingen ej ei älä ala no not never do".split())
_LOGS = frozenset("loki lokit lokitiedot logg loggen log logs historia historik history".split())
_WHOSE_LOGS = frozenset({"customers", "contacts", "staff", "access_list"})
_BETWEEN = frozenset("mot för av om över of on for to from against about by".split())


def _are_people(name: str) -> bool:
    return name in _PEOPLE or name in {word.translate(PLAIN) for word in _PEOPLE}


def kind_by_compound(tokens: Sequence[str]) -> str | None:
    """The kind by the head of a compound, which comes last: *reklamförbud* are bans."""
    for token in reversed(tokens):
        heads = [name for name in _names() if len(name) >= _SHORTEST_HEAD and token.endswith(name)]
        if heads:
            return _names()[max(heads, key=len)]
    return None


_SHORTEST_HEAD = 5


@cache
def _names() -> dict[str, str]:
    """The kinds by the names of files, also without the dots that file names often lose."""
    named: dict[str, str] = {}
    for kind, known in load("tables")["kinds"].items():
        for name in known["names"]:
            named.setdefault(words(name).replace(" ", ""), kind)
    plain = {name.translate(PLAIN): kind for name, kind in named.items()}
    return plain | named
