"""
What a cell of a state or of a hold says, read the same on every engine.

The scan keeps the texts of such columns; there are few different ones, and each is read here once.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from audit.categories._text import fold
from audit.register.dates import read_date
from audit.vocabulary import load

__all__ = [
    "hold_end",
    "says_closed",
    "says_ended",
    "says_hold",
    "says_left",
    "says_no",
    "says_owes",
    "says_running",
    "says_unsubscribed",
]


def says_ended(text: str) -> bool:
    """
    Whether a state says that the relationship has ended.

    >>> [says_ended(text) for text in ("Päättynyt", "päättynyt 2014.", " EI AKTIIVINEN ", "Aktiivinen")]
    [True, True, True, False]
    >>> says_ended("Klar"), says_ended("Klar för hämtning")
    (True, False)
    """
    folded = fold(text)
    if folded.startswith(tuple(load("states")["not_yet"])):
        return False
    return _words("ended", r"(?:[ .,:(].*)?").fullmatch(folded) is not None


def says_running(text: str) -> bool:
    """
    Whether a state says that the relationship goes on.

    >>> [says_running(text) for text in ("Valid", "Voimassa toistaiseksi", "Uthämtad")]
    [True, True, False]
    """
    return _words("running", r"(?:[ .,:(].*)?").fullmatch(fold(text)) is not None


def says_unsubscribed(text: str) -> bool:
    """
    Whether the state of a subscriber says that the subscription has ended.

    >>> [says_unsubscribed(text) for text in ("Unsubscribed", "Tilaus peruttu", "Cleaned", "NEVER_SUBSCRIBED")]
    [True, True, False, False]
    """
    return _words("unsubscribed", "").fullmatch(fold(text)) is not None


def says_closed(text: str) -> bool:
    """
    Whether the state of an account says that nobody can sign in with it.

    >>> says_closed("Suspended"), says_closed("lukittu 3.5."), says_closed("Active")
    (True, True, False)
    """
    tail = r"(?:[ .,:(].*)?"
    return says_ended(text) or _words("closed", tail).fullmatch(fold(text)) is not None


def says_no(text: str) -> bool:
    """
    Whether a flag says no.

    >>> [says_no(text) for text in ("0", "0,0", "Ei", "kyllä", "1", "")]
    [True, True, True, False, False, False]
    """
    return _words("no", r"(?:[.,]0+)?").fullmatch(fold(text)) is not None


def says_hold(text: str) -> bool:
    """
    Whether a cell says that erasure is suspended.

    A blank hold is no hold; nor is one that was released, or one for contact persons, which
    Article 17(3) does not know.

    >>> [says_hold(text) for text in ("avoin lasku", "x", "ei estettä", "purettu 1.1.2018", " ")]
    [True, True, False, False, False]
    """
    folded = fold(text)
    return bool(folded) and not says_no(folded) and _none().search(folded) is None


def says_owes(text: str) -> bool:
    """
    Whether a mark on a customer says that something is still owed.

    >>> [says_owes(text) for text in ("Perinnässä", "maksamatta 2 kk", "OK", "perintä päättynyt", "e-lasku")]
    [True, True, False, False, False]
    """
    folded = fold(text)
    return says_hold(text) and any(stem in folded for stem in load("states")["owes"])


def hold_end(text: str) -> date | None:
    """
    The day until which a hold stands by its own words; None where they tell none.

    >>> hold_end("Riita-asia, käräjäoikeus 19.11.2026 saakka"), hold_end("Tvist t.o.m. 2026-08-30")
    (datetime.date(2026, 11, 19), datetime.date(2026, 8, 30))
    >>> hold_end("Riita alkoi 19.11.2024") is None
    True
    """
    found = _end().search(fold(text))
    return read_date(found["behind"] or found["before"]) if found else None


@cache
def _end() -> re.Pattern[str]:
    until, up_to = (
        "|".join(re.escape(word) for word in load("states")[name]) for name in ("until", "up_to")
    )
    day = r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    return re.compile(rf"\b(?:{until})\s+(?P<behind>{day})|(?P<before>{day})\s+(?:{up_to})\b")


def says_left(text: str) -> bool:
    """
    Whether the state in a contact person's record says that the person is gone, not the customer.

    >>> says_left("Left"), says_left("Vaihtunut 2024"), says_left("Former customer")
    (True, True, False)
    """
    of_customer = _words("of_customers", r"(?:[ .,:(].*)?").fullmatch(fold(text))
    gone = says_ended(text) or _words("left", r"(?:[ .,:(].*)?").fullmatch(fold(text)) is not None
    return gone and of_customer is None


@cache
def _words(kind: str, tail: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load("states")[kind])
    return re.compile(f"(?:{words}){tail}")


@cache
def _none() -> re.Pattern[str]:
    return re.compile("|".join(load("states")["no_hold"]))
