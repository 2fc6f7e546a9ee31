"""
What a cell says, as one of a few words, read the same on every engine.

The scan keeps the texts of such columns; there are few different ones, and each is read here once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from audit.categories._text import fold
from audit.register.roles import Role
from audit.register.states import says_no
from audit.vocabulary import load

__all__ = ["UNREAD", "read_flag", "read_party", "read_word", "read_words", "reader"]

UNREAD = "unread"
"""What a filled cell says that nobody could read: never blank, never a guess."""

# What a firm is called without its form, its punctuation and its group's country.
_FORMS = re.compile(
    r"\b(?:oyj?|ab|abp|ky|tmi|ay|osk|ry|r\.y|oy ab|ltd|llc|inc|gmbh|as|a/s|aps|bv|b\.v|plc|corp|"
    r"corporation|limited|company|co|se|sa|s\.a|ou|oü|finland|suomi|nordic|ireland)\b\.?"
)


# A ban may be of several channels or purposes at once.
_SEVERAL = (Role.CHANNEL, Role.OBJECTION_PURPOSE, Role.CONSENT_PURPOSE)
_PARTS = re.compile(r"[,;/+&|]|\s(?:ja|och|and|sekä|samt)\s")

# "Ei annettu", "not told", "nej, inte ännu".
_NO_FIRST = re.compile(r"(?:ei|no|not|nej|inte|ej|eikä)(?:[ .,:;]|$)")


def reader(role: Role) -> Callable[[str], object]:
    """The function that reads the filled cells of a role, or its own text."""
    if role is Role.PROTECTED:
        # The column's name is the marker: whatever stands there, but a no, says that it holds.
        return lambda text: read_flag(text) is not False
    if role.type == "flag":
        return read_flag
    if role.type == "country":
        from audit.register.countries import read_country

        return read_country
    if role.type == "party":
        return read_party
    if role in _SEVERAL:
        return lambda text: read_words(role.value, text)
    return lambda text: read_word(role.value, text)


def read_word(role: str, text: str) -> str:
    """
    The word of ``vocabulary/words.toml`` that a cell begins with or has in it.

    >>> read_word("request_kind", "Poistopyyntö"), read_word("outcome", "Hylätty 3.1.2026")
    ('erasure', 'refused')
    >>> read_word("channel", "savumerkki")
    'unread'
    """
    folded = fold(text)
    for begins in (True, False):
        for word, pattern in _patterns(role, begins=begins):
            if pattern.search(folded):
                return word
    return UNREAD


def read_words(role: str, text: str) -> str:
    """
    The words of each part of a cell, joined by ``+``; what nobody could read only where it is all.

    >>> read_words("channel", "tekstiviesti ja sähköposti"), read_words("channel", "Post; telefon")
    ('email+sms', 'phone+post')
    """
    parts = {read_word(role, part) for part in _PARTS.split(fold(text)) if part.strip()}
    return "+".join(sorted(parts - {UNREAD})) or UNREAD


def read_flag(text: str) -> bool | None:
    """
    Whether a flag says yes; None where it says neither.

    A date in a column of flags says yes: that is when it happened.

    >>> [read_flag(text) for text in ("Kyllä", "x", "ei", "0", "1.2.2024", "ehkä", "kerrottu kirjeessä")]
    [True, True, False, False, True, None, True]
    """
    folded = fold(text)
    if says_no(text) or folded in _words_of_no() or _NO_FIRST.match(folded):
        return False
    yes = load("words")["yes"]["yes"]
    if folded in yes or re.match(r"\d{1,4}[./-]\d{1,2}[./-]\d", folded):
        return True
    first, _, rest = folded.partition(" ")
    return True if rest and len(first) > 1 and first.rstrip(".,:;") in yes else None


def read_party(text: str) -> str:
    """
    The name of a firm or authority without what differs from one list to the next.

    >>> read_party("Paytrail Oyj"), read_party("PAYTRAIL"), read_party("Google Ireland Ltd.")
    ('paytrail', 'paytrail', 'google')
    """
    folded = fold(text)
    bare = re.sub(r"[\W_]+", " ", _FORMS.sub(" ", folded)).strip()
    return bare or folded


@cache
def _patterns(role: str, *, begins: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    start = "^" if begins else r"(?:^|[^\w])"
    return tuple(
        (word, re.compile(start + "(?:" + "|".join(map(re.escape, said)) + ")"))
        for word, said in load("words")[role].items()
    )


@cache
def _words_of_no() -> frozenset[str]:
    return frozenset(load("words")["no"]["no"])
