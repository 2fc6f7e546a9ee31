"""Names of firms and services that stand in a notice without a firm's form, told by their capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from audit.notice.nominative import nominatives
from audit.notice.sentences import at_stops

__all__ = ["called_too", "described_names", "proper_names"]


def proper_names(texts: Iterable[str]) -> frozenset[str]:
    """
    The names that stand inside the sentences of some texts: not their first words, nor abbreviations.

    >>> sorted(proper_names(["Vieraalta, varausportaaleista kuten Lomalampi ja NordicCabins-portaali (EU)."]))
    ['Lomalampi', 'NordicCabins']
    >>> sorted(proper_names(["The importer Hanada Motors works in Japan. Paywren does not."]))
    ['Hanada Motors', 'Japan']
    """
    found: set[str] = set()
    for sentence in (one for text in texts for one in at_stops(text)):
        for match in _NAME.finditer(sentence.strip()):
            name = match["name"]
            if len(name) >= _LEAST and not name.isupper():
                found |= {name, *nominatives(name)}
    return frozenset(found)


_LEAST = 4  # letters
_WORD = r"[A-ZÅÄÖÉÜ][\w'’]*(?:-[A-ZÅÄÖÉÜ]\w*)*"
_NAME = re.compile(rf"(?<=[\w,)][ ])[(\"”]?(?P<name>{_WORD}(?: (?:& )?{_WORD})*)")


def described_names(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """
    Each name with the word before it, which may say what it is.

    >>> list(described_names(["Importören Hanada Motors behandlar ärenden i Japan."]))
    [('Importören', 'Hanada Motors')]
    """
    for text in texts:
        for match in _DESCRIBED.finditer(text):
            yield match["noun"], match["name"]


_DESCRIBED = re.compile(rf"(?<!\w)(?P<noun>[^\W\d_]{{5,}}) (?P<name>{_WORD}(?: (?:& )?{_WORD})*)")


def called_too(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """
    The two names of one firm, where one stands in brackets behind the other.

    >>> list(called_too(["Kibblepay (Kibble Payments Ltd), who take payments", "Posti (osoitteet)"]))
    [('Kibblepay', 'Kibble Payments Ltd')]
    """
    for text in texts:
        for match in _CALLED_TOO.finditer(text):
            yield match["name"], match["other"]


_CALLED_TOO = re.compile(
    rf"(?<!\w)(?P<name>{_WORD}(?: (?:& )?{_WORD})*) \((?P<other>{_WORD}(?: (?:& )?{_WORD})*)\)"
)
