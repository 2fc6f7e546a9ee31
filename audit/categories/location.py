"""
Location: coordinates, positions and places taken from a device or an IP address.

Told by the header.

In text by a pair of decimal degrees (ISO 6709) with four decimals or more. Towns, regions and
countries of an address are ``postal_address``.

>>> [m.value for m in LOCATION.find("auto 60.16952, 24.93545")]
['60.16952 24.93545']
>>> list(LOCATION.find("12.5000 kg, 99.1234, 200.1234; 1.2345"))
[]
"""

import re
from collections.abc import Iterator

from audit.categories.model import Category, Match

__all__ = ["LOCATION"]

_PAIR = re.compile(
    r"(?<![\w.,-])(-?[0-9]{1,2}[.,][0-9]{4,})°?[\sNnEe]{0,3}(?:[,;/]\s?|\s)(-?[0-9]{1,3}[.,][0-9]{4,})°?[ENIen]?(?![\w]|[.,][0-9])"
)
_NORTH, _EAST = 90, 180


def _find(text: str) -> Iterator[Match]:
    for found in _PAIR.finditer(text):
        north, east = (float(part.replace(",", ".")) for part in found.groups())
        if abs(north) <= _NORTH and abs(east) <= _EAST:
            yield Match(found.start(), found.end(), f"{north} {east}", "format")


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
        *("latitude", "longitude", "lat", "lng", "lat lng", "lat long", "geohash", "ip city"),
        *("ip country", "ip country code", "ip region", "ip state region", "ip state"),
        *("ip state code region code", "ip timezone", "time zone", "gmtoff", "dstoff"),
    ),
    dpv="pd:Location",
    fideslang="user.location",
    candidate=r"-?[0-9]{1,2}[.,][0-9]{4,}[^0-9]{1,5}[0-9]{1,3}[.,][0-9]{4,}[EINein]?",
    find=_find,
    tells=lambda text: _PAIR.fullmatch(text) is not None,
)
