"""Countries as exports write them: names in Finnish, Swedish and English, and ISO 3166 codes."""

from __future__ import annotations

import re
from functools import cache

from audit.categories._text import fold

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
    "åland": "AX", "ahvenanmaa": "AX", "mainland china": "CN", "republic of ireland": "IE", "eire": "IE",
}  # fmt: skip


def read_country(text: str) -> str:
    """
    The ISO 3166 alpha-2 code of a country; ``unread`` if the cell names none.

    >>> [read_country(name) for name in ("Suomi", "UK", "Förenta staterna", "fin", "EL")]
    ['FI', 'GB', 'US', 'FI', 'GR']
    >>> read_country("pilvi")
    'unread'
    """
    return _names().get(fold(text).strip(" ."), "unread")


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
