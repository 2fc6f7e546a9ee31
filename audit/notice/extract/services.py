"""Outside services by the names that the vocabulary has for them."""

from __future__ import annotations

import re
from functools import cache

from audit.notice.lexicon import Language, load, pattern

__all__ = ["ENDING", "services_in", "used_in"]

ENDING = r"(?::?(?:i?(?:n|ssa|ssä|sta|stä|lla|llä|lle|lta|ltä)|iin|iä|ia|a|ä|ta|tä|s))?"
"""How Finnish and Swedish inflect the name of a service."""
_LEAST_INFLECTED = 5  # letters of such a name, so that no other word is taken for it


def services_in(words: str) -> list[tuple[str, int, int]]:
    """
    The services of the vocabulary that some words name, the longer name first, each once.

    >>> [name for name, *_ in services_in("våra teams ska finnas kvar i teams och Slack")]
    ['Slack']
    """
    found: list[tuple[str, int, int]] = []
    taken: list[tuple[int, int]] = []
    lower = words.lower()
    for name in _services_by_length():
        if name.lower() not in lower:
            continue
        inflected = ENDING if len(name) >= _LEAST_INFLECTED else ""
        expression = rf"(?<![\w@.]){re.escape(name)}{inflected}(?![\w@]|\.(?:com|fi|se|net|org)\b|-til|-konto| account|[- ]profi)"
        places = [
            match.span()
            for match in re.finditer(expression, words, re.IGNORECASE)
            if name not in _ordinary()
            or (match[0][0].isupper() and not _OF_MAKER.search(words, 0, match.start()))
            if all(match.end() <= a or match.start() >= b for a, b in taken)
        ]
        taken += places
        found += [(name, *place) for place in places[:1]]
    return found


def used_in(words: str, language: Language) -> list[tuple[str, int, int]]:
    """
    The services that some words name, but for those that they say are not used.

    >>> used_in("Vi använder inget Google Analytics, men Stripe för betalningar", "sv")
    [('Stripe', 40, 46)]
    """
    unused = pattern(language, "parties", "unused")
    return [one for one in services_in(words) if not unused.search(words[: one[1]].lower())]


_OF_MAKER = re.compile(r"\b(?:Google|Microsoft|Apple|Meta|Adobe|Amazon) $")
"""Before a word that is a name as well: "Google Signals" is no Signal."""


@cache
def _services_by_length() -> list[str]:
    names: list[str] = load("any", "services")["names"]
    return sorted(names, key=len, reverse=True)


@cache
def _ordinary() -> frozenset[str]:
    """Names that are words of a language as well."""
    return frozenset(load("any", "services")["ordinary"])
