"""
Postal address: street line, postal code, town and country, in columns of their own or joined.

Told by the header; a cell then fits when it looks like a street line, a postal code (Finland: five
digits; Sweden: five with a space after the third) or a name of a place. The code is taken by its
form only, not held against a list of codes in use. In text it is a street line: a word that ends as
street names do, and a number; or a postal code and a town after a street's comma. Housing companies
are named by their street and are firms.

>>> [POSTAL_ADDRESS.fits(t) for t in ("Kipinäkuja 7 A 12", "00100", "114 55", "Mikkeli", "x@y.example")]
[True, True, True, True, False]
>>> [m.value for m in POSTAL_ADDRESS.find("toimitus Koivukuja 7 A 12, 00100 Helsinki")]
['koivukuja 7 a 12, 00100 helsinki']
>>> [m.value for m in POSTAL_ADDRESS.find("now at Flat 3, 40 Station Road, Leeds LS1 4AP")]
['flat 3, 40 station road, leeds ls1 4ap']
>>> list(POSTAL_ADDRESS.find("As Oy Koivukuja 7, matkatie 12 km, työtie"))
[]
"""

import re
from collections.abc import Iterator
from functools import cache

from audit.categories._text import DASHES, SPACES
from audit.categories.model import Category, Match
from audit.vocabulary import load

__all__ = ["POSTAL_ADDRESS"]

_FORMS = re.compile(
    r"(?:FI-|SE-|AX-)?\d{3} ?\d{2}"  # a postal code
    r"|[^\W\d_][\w .,'/\-]*"  # a place, or a street line with its number
    r"|PL \d+.*|PB \d+.*"
)

_STREETS = (
    *(
        "katu",
        "kuja",
        "polku",
        "raitti",
        "kaari",
        "rinne",
        "aukio",
        "bulevardi",
        "esplanadi",
        "väylä",
    ),
    *(
        "ranta",
        "penger",
        "piha",
        "mäki",
        "tie",
        "gatan",
        "vägen",
        "gränden",
        "gränd",
        "stigen",
        "torget",
    ),
    *("allén", "backen", "esplanaden", "street", "road", "avenue", "lane"),
)
_STREET = re.compile(
    r"(?<![\w-])(?:(?:[A-ZÅÄÖ][\w'-]{0,30} ){0,2}[A-ZÅÄÖ][\w'-]{1,30}|[A-ZÅÄÖ]{3,30})"
    r" [0-9]{1,3}(?:[ -]?[A-Za-z](?![^\W\d_]))?(?: ?(?:as\.? ?|lgh ?)?[0-9]{1,3}(?![\w.,:/-]*\d))?"
    r"(?:,? (?:FI-|SE-|AX-)?[0-9]{3} ?[0-9]{2} [A-ZÅÄÖ][\w-]{1,30})?(?![\w%€-])"
)
_NAMED = re.compile(rf"[^\d,]*?(?:{'|'.join(_STREETS)})(?= [0-9])", re.IGNORECASE)
# As the English write it: the number first, the street's name in capitals.
_ENGLISH_ENDS = "Street Road Lane Avenue Close Drive Crescent Terrace Gardens Grove Mews Way Court Place".split()
_ENGLISH = re.compile(
    r"(?<![\w,.-])(?:(?:Flat|Apartment|Apt\.?|Unit) [0-9]{1,4}[A-Z]?,? )?[0-9]{1,4}[A-Za-z]? (?:[A-Z][a-z'’]{1,20}(?:-[A-Z][a-z]+)? ){1,3}"
    rf"(?:{'|'.join(_ENGLISH_ENDS)})"
    r"(?:,? (?:[A-Z][a-z-]{1,20}[ ,]{1,2}){1,2}[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})?(?![\w-])"
)
_FIRM = re.compile(
    r"(?:as(?:unto)?|kiinteistö|koy|kiint|bostads|fastighets)\.? ?(?:oy|ab|aktiebolag|osakeyhtiö)[ ,]*(?:[\w-]+ )?$",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"(?<!\w)(?:oy|ab|oyj|ry|ltd)(?!\w)", re.IGNORECASE)
_MEASURE = re.compile(
    r" ?(?:km|m|kpl|min|h|pv|vk|kk|eur|e|kg|prosenttia|vuotta|päivää|oy|ab|ry)(?!\w)", re.IGNORECASE
)


def _find(text: str) -> Iterator[Match]:
    for found in _STREET.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        if not _NAMED.match(found[0]) or _FIRM.search(before):
            continue
        if not _MEASURE.match(text, found.end()) and not _COMPANY.search(found[0]):
            yield Match(found.start(), found.end(), found[0].casefold(), "format")
    for found in _ENGLISH.finditer(text):
        yield Match(found.start(), found.end(), found[0].casefold(), "format")


@cache
def _towns() -> frozenset[str]:
    return frozenset(load("places")["towns"].split())


def _tells(text: str) -> bool:
    """Whether a cell is a street line, a town, or a postal code of Finland, Sweden or Great Britain."""
    whole = next((match.end - match.start == len(text) for match in _find(text)), False)
    return whole or text.casefold() in _towns() or _CODE.fullmatch(text) is not None


_CODE = re.compile(
    r"(?:FI-)?[0-9]{4}0(?: [^\W\d_][\w -]{1,30})?|(?:SE-)?[1-9][0-9]{2} [0-9]{2}|[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}"
)

POSTAL_ADDRESS = Category(
    key="postal_address",
    names={"fi": "postiosoite", "sv": "postadress", "en": "postal address"},
    headers=(
        *("shipping province state", "billing province state", "province state"),
        *("osoite", "katuosoite", "lähiosoite", "postiosoite", "laskutusosoite", "toimitusosoite"),
        *("os", "kotiosoite", "postinumero", "postinro", "pno", "pnro", "postitoimipaikka", "ptp"),
        *("toimipaikka", "paikkakunta", "kaupunki", "kunta", "maa", "maakoodi", "osoiterivi"),
        *("postios", "kohteen osoite", "katu", "osoite 1", "osoite 2", "lisäosoite", "osoitelisä"),
        *("osoitteen tarkenne", "käyntiosoite", "lähetysosoite", "asennusosoite", "noutoosoite"),
        *("noutopiste", "postilokero", "c o", "c o osoite", "postitmp", "postitmpk", "ptmp"),
        *("postitp", "paikka ja postinumero", "postinumero ja toimipaikka"),
        *("postinumero ja postitoimipaikka", "kotikunta", "kotipaikka", "asuinpaikka"),
        *("asuinkunta", "maakunta", "kaupunginosa", "maan nimi", "maatunnus", "rappu", "asunto"),
        *("huoneisto", "osoitetiedot", "toimitusmaa", "laskutusmaa", "asuinmaa", "kuntakoodi"),
        *("adress", "gatuadress", "postadress", "postnummer", "postnr", "ort", "postort", "stad"),
        *("land", "besöksadress", "hemadress", "fakturaadress", "faktureringsadress"),
        *("leveransadress", "adressrad", "adressrad 1", "adressrad 2", "c o adress", "postbox"),
        *("postnummer och ort", "hemort", "bostadsort", "hemkommun", "kommun", "län", "landskod"),
        *("lägenhet", "bosättningsland"),
        *("address", "street", "street address", "address1", "address2", "city", "town", "zip"),
        *("zip code", "postal code", "postcode", "country", "region", "state", "province"),
        *("county", "po box", "country region", "address line", "country code", "business street"),
        *("business city", "mailing address", "home address", "billing address"),
        *("shipping address", "delivery address", "visiting address", "address1 street"),
        *("address 1 formatted", "extended address", "zip postal code", "postal", "suburb"),
        *("province code", "province name", "state province", "state region", "state code"),
        *("country name", "country iso code", "region code", "region name", "apartment"),
        *("house number", "street name", "street number", "street 2", "street line 1", "home city"),
        *("hometown", "pstlz", "ort01", "ort02", "stras", "land1", "regio", "pfach"),
        *("strasse", "plz", "postleitzahl", "wohnort", "hausnummer", "anschrift", "adresse"),
        *("lieferadresse", "rechnungsadresse", "card address line1", "card address line2"),
        *("card address city", "card address state", "card address country"),
        *("card address zip", "default address zip", "billing zip", "shipping zip"),
        *("country id",),
        *("missä asut", "osoitteesi", "var bor du", "din adress", "where do you live"),
        *("your address",),
        *("mailing state", "po region", "sa region"),
    ),
    dpv="pd:PhysicalAddress",
    fideslang="user.contact.address",
    fits=lambda text: "@" not in text and bool(_FORMS.fullmatch(text)),
    candidate=rf"[0-9]{{1,4}}[A-Za-z]?[{SPACES}](?:[A-Z][A-Za-z'’{DASHES}]{{1,30}}[{SPACES}]){{1,3}}(?:{'|'.join(_ENGLISH_ENDS)})",
    words=tuple(f"{street} {digit}" for street in _STREETS for digit in "123456789"),
    find=_find,
    tells=_tells,
)
