"""Countries as exports write them: names in Finnish, Swedish and English, and ISO 3166 codes."""

from __future__ import annotations

import re
from functools import cache

from audit.categories._text import fold
from audit.categories.headers import words
from audit.vocabulary import load

__all__ = ["is_country_header", "read_country"]

_ISO = re.compile("[A-Z]{2}")
_ALPHA_3 = re.compile("[A-Z]{3}")


def read_country(text: str) -> str:
    """
    The ISO 3166 alpha-2 code of a country; ``unread`` if the cell names none.

    >>> [read_country(name) for name in ("Suomi", "UK", "Förenta staterna", "fin", "EL")]
    ['FI', 'GB', 'US', 'FI', 'GR']
    >>> [read_country(name) for name in ("Irlanti/USA", "Yhdysvallat (USA)", "U.S.A.", "EU/ETA")]
    ['US', 'US', 'US', 'EU']
    >>> [read_country(name) for name in ("Intia, Chennai", "Sydney Australia", "us-west-2", "Kalifornien, USA")]
    ['IN', 'AU', 'US', 'US']
    >>> read_country("pilvi"), read_country("Suomi, muut maat")
    ('unread', 'unread')
    >>> [read_country(name) for name in ("Phillipines", "Yhdysvalat", "Storbritanien", "Austrlia")]
    ['PH', 'US', 'GB', 'unread']
    """
    said = fold(text).strip(" .,;")
    if found := _one(said):
        return found
    # "Irlanti / USA": where there are several, the one that is furthest from home counts.
    parts = [part for part in _APART.split(said) if part.strip()]
    read = [code for part in parts if (code := _one(part) or _within(part)) is not None]
    if not read and (spelt := _misspelt(said)):
        return spelt
    # Of "Finland, other countries" the others may be anywhere.
    if not read or any(_elsewhere().search(part) for part in parts):
        return "unread"
    return next((code for code in read if code not in _inside()), read[0])


def _within(text: str) -> str | None:
    """The country of a place that is named with it, *Sydney Australia*, or of a cloud's region."""
    region = next((code for code, begins in _regions() if begins.match(text)), None)
    said = text.split()
    ends = (" ".join(said[n:]) for n in range(1, len(said)))
    begins = (" ".join(said[:n]) for n in range(len(said) - 1, 0, -1))
    names = (name for name in (*ends, *begins) if len(name) >= _LEAST or name in ("uk", "usa"))
    return region or next(filter(None, map(_one, names)), None)


_LEAST = 4
"""Letters of a country's name among other words: *in* and *no* are words as well."""


def _misspelt(text: str) -> str | None:
    """The only country whose name differs by a letter or so from what is said."""
    from rapidfuzz import fuzz, process

    if len(text) < _LONG:
        return None
    near = process.extract(text, _long_names(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=9)
    codes = {_names()[name] for name, *_ in near}
    return codes.pop() if len(codes) == 1 else None


_LONG, _ALIKE = 7, 87  # letters; of a hundred
"""How long a name is, and how like another, to be that one misspelt."""


@cache
def _long_names() -> tuple[str, ...]:
    return tuple(name for name in _names() if len(name) >= _LONG)


@cache
def _regions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = load("countries")["regions"]
    return tuple((code, re.compile("|".join(listed))) for code, listed in known.items())


@cache
def _elsewhere() -> re.Pattern[str]:
    return re.compile("|".join(load("countries")["elsewhere"]))


def is_country_header(header: str) -> bool:
    """
    Whether a column has the country of an address: one list has it, and another does without.

    >>> [is_country_header(text) for text in ("Maa", "Shipping Country", "billing_country_code")]
    [True, True, True]
    >>> is_country_header("Landskap")
    False
    """
    return _headers().search(words(header)) is not None


@cache
def _headers() -> re.Pattern[str]:
    return re.compile(f"(?:^| )(?:{'|'.join(load('countries')['headers'])})$")


def _one(text: str) -> str | None:
    text = text.strip(" .,;:")
    return (
        _names().get(text)
        or _names().get(text.replace(".", ""))
        or _names().get(text.replace("-", " "))
    )


_APART = re.compile(r"\s*[,/;+&()]\s*|\s+(?:ja|och|and|sekä|samt)\s+")


@cache
def _inside() -> frozenset[str]:
    areas = load("transfers")["areas"]
    return frozenset((*areas["EU"]["countries"], *areas["EEA"]["countries"]))


@cache
def _names() -> dict[str, str]:
    from babel import Locale
    from babel.core import get_global

    names: dict[str, str] = {}
    for language in ("en", "sv", "fi"):
        for code, name in Locale(language).territories.items():
            if _ISO.fullmatch(code) and code not in load("countries")["no_countries"]:
                names[fold(name)] = code
                names.setdefault(code.casefold(), code)
    for old, new in get_global("territory_aliases").items():
        if _ALPHA_3.fullmatch(old) and len(new) == 1:
            names.setdefault(old.casefold(), new[0])
    also = load("countries")["also"]
    return names | {name: code for code, listed in also.items() for name in listed}
