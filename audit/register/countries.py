"""Countries as exports write them: names in Finnish, Swedish and English, and ISO 3166 codes."""

from __future__ import annotations

import re
from functools import cache

from audit.categories._text import fold
from audit.vocabulary import load

__all__ = ["read_country"]

_ISO = re.compile("[A-Z]{2}")
_ALPHA_3 = re.compile("[A-Z]{3}")
_NO_COUNTRIES = frozenset(("EU", "EZ", "UN", "ZZ", "XA", "XB"))
# What people write beside the official names; codes that ISO 3166 does not have.
_ALSO = {
    "uk": "GB", "great britain": "GB", "england": "GB", "iso-britannia": "GB", "britannia": "GB",
    "englanti": "GB", "skotlanti": "GB", "scotland": "GB", "storbritannien": "GB", "el": "GR",
    "usa": "US", "förenta staterna": "US", "u.s.a.": "US", "u.s.": "US", "yhdysvallat": "US", "united states of america": "US",
    "amerikka": "US", "holland": "NL", "hollanti": "NL", "the netherlands": "NL", "etelä-korea": "KR",
    "south korea": "KR", "korea": "KR", "venäjä": "RU", "russian federation": "RU", "tsekki": "CZ",
    "czech republic": "CZ", "tšekki": "CZ", "turkey": "TR", "hong kong": "HK", "kiina": "CN",
    "yhdysvalloissa": "US", "yhdysvaltoihin": "US", "usa:ssa": "US", "usa:han": "US", "i usa": "US",
    "amerikan yhdysvallat": "US", "usa:s": "US", "the united states": "US", "the us": "US",
    "pohjois-irlanti": "GB", "wales": "GB", "northern ireland": "GB", "nordirland": "GB", "skottland": "GB",
    "the uk": "GB", "yhdistynyt kuningaskunta": "GB", "förenade kungariket": "GB", "eire (ireland)": "IE",
    "manner-suomi": "FI", "hongkong": "HK", "tšekin tasavalta": "CZ", "tsekin tasavalta": "CZ", "svalbard": "SJ", "finland (åland)": "AX", "kreikka": "GR", "ranskan guayana": "GF",
    "kanarian saaret": "IC", "canary islands": "IC", "kanarieöarna": "IC", "madeira": "PT", "azores": "PT",
    "eu": "EU", "eu-alue": "EU", "eu-maa": "EU", "euroopan unioni": "EU", "european union": "EU",
    "europeiska unionen": "EU", "inom eu": "EU", "eu region": "EU", "eu/eta": "EU", "eu/eea": "EU", "eu/ees": "EU",
    "eta": "EEA", "eta-alue": "EEA", "eea": "EEA", "ees": "EEA", "euroopan talousalue": "EEA",
    "åland": "AX", "ahvenanmaa": "AX", "mainland china": "CN", "republic of ireland": "IE", "eire": "IE",
}  # fmt: skip


def read_country(text: str) -> str:
    """
    The ISO 3166 alpha-2 code of a country; ``unread`` if the cell names none.

    >>> [read_country(name) for name in ("Suomi", "UK", "Förenta staterna", "fin", "EL")]
    ['FI', 'GB', 'US', 'FI', 'GR']
    >>> [read_country(name) for name in ("Irlanti/USA", "Yhdysvallat (USA)", "U.S.A.", "EU/ETA")]
    ['US', 'US', 'US', 'EU']
    >>> read_country("pilvi")
    'unread'
    """
    said = fold(text).strip(" .,;")
    if found := _one(said):
        return found
    # "Irlanti / USA": where there are several, the one that is furthest from home counts.
    parts = [_one(part) for part in _APART.split(said) if part.strip()]
    read = [code for code in parts if code is not None]
    if not read or len(read) < len(parts) - said.count("("):
        return "unread"
    return next((code for code in read if code not in _inside()), read[0])


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
            if _ISO.fullmatch(code) and code not in _NO_COUNTRIES:
                names[fold(name)] = code
                names.setdefault(code.casefold(), code)
    for old, new in get_global("territory_aliases").items():
        if _ALPHA_3.fullmatch(old) and len(new) == 1:
            names.setdefault(old.casefold(), new[0])
    return names | _ALSO
