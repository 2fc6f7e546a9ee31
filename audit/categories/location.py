"""
Location: coordinates, positions and places taken from a device or an IP address.

Told by the header.

In text by a pair of decimal degrees (ISO 6709) with four decimals or more, or three where they are
called latitude and longitude; or by a pair of degrees and minutes with their quarter of the sky. Towns, regions and
countries of an address are ``postal_address``.

>>> [m.value for m in LOCATION.find("auto 60.16952, 24.93545")]
['60.16952 24.93545']
>>> [m.value for m in LOCATION.find("GPS N60°30.104' E24°15.811', lat 63.565 lon 23.263")]
['60.5017 24.2635', '63.565 23.263']
>>> list(LOCATION.find("12.5000 kg, 99.1234, 200.1234; 1.2345"))
[]
"""

import re
from collections.abc import Iterator

from audit.categories._text import SPACES
from audit.categories.model import Category, Match

__all__ = ["LOCATION"]

_PAIR = re.compile(
    r"(?:(?<![\w.,-])|(?<=(?<!\w)[NnSsPp]))(-?[0-9]{1,2}[.,][0-9]{4,})°?[\sNnEe]{0,3}(?:[,;/]\s?|\s)(?:[EeIiWwLl]\s?)?"
    r"(-?[0-9]{1,3}[.,][0-9]{4,})°?[ENIen]?(?![\w]|[.,][0-9])"
)
_CALLED = re.compile(
    r"(?<![^\W_])lat(?:itude?|itud)?[\s:=.]{0,3}(-?[0-9]{1,2}[.,][0-9]{3,})°?[\s,;/]{0,3}"
    r"(?:lon|lng|long|longitude?|longitud)[\s:=.]{0,3}(-?[0-9]{1,3}[.,][0-9]{3,})(?![\w]|[.,][0-9])",
    re.IGNORECASE,
)
_MINUTES = r"([0-9]{1,3})[°º]\s?([0-5]?[0-9](?:[.,][0-9]+)?)['′’´]?(?:\s?([0-5]?[0-9](?:[.,][0-9]+)?)[\"″”]|'')?"
_DEGREES = re.compile(
    rf"(?<![^\W_])(?:(?P<n>[NSns])\s?{_MINUTES}[\s,;/]{{0,3}}(?P<e>[EWILOeilow])\s?{_MINUTES}"
    rf"|{_MINUTES}\s?[NSns][\s,;/]{{1,3}}{_MINUTES}\s?[EWILOeilow](?![^\W_]))"
)
_NORTH, _EAST = 90, 180


def _find(text: str) -> Iterator[Match]:
    yield from _of_degrees(text)
    for found in (*_PAIR.finditer(text), *_CALLED.finditer(text)):
        north, east = (float(part.replace(",", ".")) for part in found.groups())
        if abs(north) <= _NORTH and abs(east) <= _EAST:
            yield Match(found.start(), found.end(), f"{north} {east}", "format")


def _of_degrees(text: str) -> Iterator[Match]:
    for found in _DEGREES.finditer(text):
        parts = [part for part in found.groups() if part is None or part[0].isdigit()]
        six = parts[:6] if found["n"] else parts[6:]
        north, east = (_in_degrees(*six[at : at + 3]) for at in (0, 3))
        if north <= _NORTH and east <= _EAST:
            yield Match(found.start(), found.end(), f"{north:.4f} {east:.4f}", "format")


def _in_degrees(degrees: str | None, minutes: str | None, seconds: str | None) -> float:
    whole, sixtieths, of_those = (
        float((part or "0").replace(",", ".")) for part in (degrees, minutes, seconds)
    )
    return whole + sixtieths / 60 + of_those / 3600


LOCATION = Category(
    key="location",
    names={"fi": "sijainti", "sv": "lokalisering", "en": "location"},
    headers=(
        *("sijainti", "sijainnit", "sijaintitieto", "sijaintitiedot", "sijaintihistoria"),
        *("paikkatieto", "paikkatiedot", "paikannus", "paikannustieto", "koordinaatit"),
        *("koordinaatti", "gps", "gps koordinaatit", "gps sijainti", "leveysaste", "leveyspiiri"),
        *("pituusaste", "pituuspiiri", "aikavyöhyke", "x koordinaatti"),
        *("y koordinaatti", "viimeisin sijainti"),
        *("platsinformation", "platsdata", "lokalisering", "lokaliseringsuppgifter"),
        *("position gps", "koordinat", "koordinater", "gps koordinater", "latitud", "longitud"),
        *("bredd och längdgrad", "tidszon", "senaste plats"),
        *("location", "locations", "location data", "location history", "geo location"),
        *("geo position", "geo ip", "coordinates", "coordinate", "gps coordinates", "gps position"),
        *("latitude", "longitude", "lat", "lng", "lat lng", "lat long", "geohash", "ip city", "cc"),
        *("ip country", "ip country code", "ip region", "ip state region", "ip state"),
        *("ip state code region code", "ip timezone", "time zone", "gmtoff", "dstoff"),
    ),
    dpv="pd:Location",
    fideslang="user.location",
    candidate=(
        r"[-NSPnsp]?[0-9]{1,2}[.,][0-9]{4,}[^0-9]{1,5}[0-9]{1,3}[.,][0-9]{4,}[EINein]?"
        rf"|[Ll][Aa][Tt][A-Za-z]{{0,5}}[{SPACES}:=.]{{0,3}}-?[0-9]{{1,2}}[.,][0-9]{{3,}}"
        rf"|[NSns]?[{SPACES}]?[0-9]{{1,2}}[°º][{SPACES}]?[0-9]{{1,2}}"
    ),
    find=_find,
    tells=lambda text: _PAIR.fullmatch(text) is not None,
)
