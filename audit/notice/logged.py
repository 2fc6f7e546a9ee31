"""
What a notice says that is collected of a visitor of the web site, and whether that is all.

The list of what cookies collect, or else a sentence on the server's log: "Palvelinlokiin tallentuvat
vain IP-osoite, käynnin aika, haettu sivu ja selain".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from audit.notice.model import Exhaustive, Notice
from audit.notice.sentences import at_stops

__all__ = ["Collected", "collected"]


class Collected(NamedTuple):
    """The keys of what is collected, as ``cookies.collected`` has them, and whether that is all."""

    keys: frozenset[str]
    closed: bool


_LOG = re.compile(
    r"palvelinlok|verkkolok|lokiin|lokitiedo|\bloki\b|serverlogg|webblogg|\bloggen\b|loggas|loggfil|server log|"
    r"access log|web log|\blogs?\b|log file",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"tallen|sisält|kirja|kerää|kirjau|sparas|innehåll|registrer|lagras|samlas|record|contain|store|collect|hold",
    re.IGNORECASE,
)
_ITEMS = {
    "ip_address": r"\bip\b|ip-",
    "visit_time": r"\baika|\bajan|käyntiaika|käyntiajan|kellon|ajankoh|tid(?:en|punkt)?\b|besökstid|\btime\b|\bdate",
    "pages": r"\bsivu|sidan|sidor|besökt|\bpages?\b|osoite, jo",
    "browser": r"selai|webbläsar|browser|user agent",
    "referer": r"viittaa|tulosivu|edelli\w+ sivu|hänvis|referr|referer|came from",
    "login_credentials": r"käyttäjätunn|kirjautumistunn|användarnamn|user ?name|login name",
    "query": r"hakusan|sökord|search (?:word|term)|query",
    "location": r"sijainti|paikka|plats|location",
}
_ONLY = re.compile(
    r"\b(?:vain|ainoastaan|bara|endast|enbart|only|nothing else|inget annat|muuta ei)\b",
    re.IGNORECASE,
)
_FEWEST = 2


def collected(notice: Notice) -> Collected:
    """
    What is collected; no keys where the notice does not say.

    >>> from audit.notice.sketch import sketch
    >>> said = collected(sketch({"clauses": ["Loggen innehåller endast IP-adress och webbläsare."]}))
    >>> sorted(said.keys), said.closed
    (['browser', 'ip_address'], True)
    """
    if notice.cookies.collected:
        closed = notice.cookies.exhaustive is Exhaustive.YES
        return Collected(frozenset(notice.cookies.collected), closed)
    for clause in notice.clauses:
        for sentence in at_stops(clause.words):
            if _LOG.search(sentence) is None or _HOLDS.search(sentence) is None:
                continue
            keys = {
                key for key, words in _ITEMS.items() if re.search(words, sentence, re.IGNORECASE)
            }
            if len(keys) >= _FEWEST:
                return Collected(frozenset(keys), _ONLY.search(sentence) is not None)
    return Collected(frozenset(), closed=False)
