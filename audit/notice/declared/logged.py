"""
What a notice says that is collected of a visitor of the web site, and whether that is all.

The list of what cookies collect, or else a sentence on the server's log: "Palvelinlokiin tallentuvat
vain IP-osoite, käynnin aika, haettu sivu ja selain".
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from audit.notice.lexicon import alternation, load, says
from audit.notice.model import Exhaustive, Notice
from audit.notice.sentences import at_stops

__all__ = ["Collected", "collected"]


class Collected(NamedTuple):
    """The keys of what is collected, as ``cookies.collected`` has them, and whether that is all."""

    keys: frozenset[str]
    closed: bool


_FEWEST = 2


def collected(notice: Notice) -> Collected:
    """
    What is collected; no keys where the notice does not say.

    >>> from audit.notice.sketch import sketch
    >>> said = collected(sketch({"clauses": ["Loggen innehåller endast IP-adress och webbläsare."]}))
    >>> sorted(said.keys), said.closed
    (['browser', 'ip_address'], True)
    >>> sorted(collected(sketch({"clauses": ["Palvelin tallentaa vain IP-osoitteen ja ajan."]})).keys)
    ['ip_address', 'visit_time']
    """
    if notice.cookies.collected:
        closed = notice.cookies.exhaustive is Exhaustive.YES
        return Collected(frozenset(notice.cookies.collected), closed)
    for clause in notice.clauses:
        for sentence in at_stops(clause.words):
            headed = says("logged", "log", clause.heading)  # "Server log: IP address, time, page"
            told = says("logged", "log", sentence) and says("logged", "holds", sentence)
            told |= says("logged", "server", sentence) and says("logged", "only", sentence)
            if not headed and not told:
                continue
            keys = frozenset(key for key, words in _items().items() if words.search(sentence))
            if len(keys) >= _FEWEST:
                return Collected(keys, says("logged", "only", sentence))
    return Collected(frozenset(), closed=False)


@cache
def _items() -> dict[str, re.Pattern[str]]:
    listed: dict[str, list[str]] = load("any", "logged")["items"]
    return {key: re.compile(alternation(words), re.IGNORECASE) for key, words in listed.items()}
