"""What a party is called, where a Finnish sentence says only to whom data is given."""

from __future__ import annotations

import re

__all__ = ["nominative", "nominatives"]

_TO = re.compile(r"^(?P<stem>.*[^\W\d_]{3,}):?lle$", re.IGNORECASE)
_FROM = re.compile(r"^(?P<stem>[^\W\d_]{4,}):?(?:lta|ltä|sta|stä)$", re.IGNORECASE)
_OF_MANY = re.compile(r"(?:e|aa|ää|ii|^[sm]inu)$", re.IGNORECASE)
"""Ends of stems whose nominative may end in several ways: *jäsen*, *oppilas*, *puoli*."""
# Consonants that are weak before an ending, and what they may be in the name itself.
_STRONG = (
    *(("nn", "nt"), ("mm", "mp"), ("ng", "nk"), ("ll", "lt"), ("rr", "rt")),
    *(("d", "t"), ("v", "p"), ("t", "tt"), ("k", "kk"), ("p", "pp")),
)
_WEAK = re.compile(r"(nn|mm|ng|ll|rr|d|v|t|k|p)([aeiouyäö]{1,2})$")


def nominatives(words: str) -> tuple[str, ...]:
    """
    What a party in the allative may be called: its name is one of these.

    >>> nominatives("Koiranet-rekisterin ylläpitäjälle")
    ('Koiranet-rekisterin ylläpitäjä',)
    >>> nominatives("Kennelliitolle"), nominatives("Traficomille"), nominatives("Marttayhdistykselle")
    (('Kennelliito', 'Kennelliitto'), ('Traficomi', 'Traficom'), ('Marttayhdistykse', 'Marttayhdistys'))
    >>> nominatives("Tilikamu Oy")
    ()
    """
    told = _TO.match(words.strip())
    if told is None:
        return ()
    stem = told["stem"]
    found = {stem: None}
    if stem.endswith("kse"):
        found[f"{stem[:-3]}s"] = None
    elif stem.endswith("i"):
        found[stem[:-1]] = None
    if weak := _WEAK.search(stem):
        for soft, hard in _STRONG:
            if weak[1] == soft:
                found[f"{stem[: weak.start()]}{hard}{weak[2]}"] = None
    return tuple(found)


def nominative(words: str) -> str:
    """
    What a party in the allative, ablative or elative is called, where only one name is possible.

    >>> nominative("Kelalle"), nominative("Kelasta"), nominative("Kennelliitolle"), nominative("Posti")
    ('Kela', 'Kela', 'Kennelliitolle', 'Posti')
    >>> nominative("viranomaiselle"), nominative("oppilaalta"), nominative("sinulta")
    ('viranomainen', 'oppilaalta', 'sinulta')
    """
    told = _FROM.match(words.strip())
    names = nominatives(f"{told['stem']}lle" if told else words)
    if len(names) != 1 or " " in words.strip():
        return words
    if names[0].endswith("ise"):
        return f"{names[0][:-3]}inen"
    return words if _OF_MANY.search(names[0]) else names[0]
