"""
Location: coordinates, positions and places taken from a device or an IP address.

Told by the header. Towns, regions and countries of an address are ``postal_address``.
"""

from audit.categories.model import Category

__all__ = ["LOCATION"]

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
)
