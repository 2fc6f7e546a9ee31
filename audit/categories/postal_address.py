"""
Postal address: street line, postal code, town and country, in columns of their own or joined.

Told by the header; a cell then fits when it looks like a street line, a postal code (Finland: five
digits; Sweden: five with a space after the third) or a name of a place. The code is taken by its
form only, not held against a list of codes in use.

>>> [POSTAL_ADDRESS.fits(t) for t in ("Kipinäkuja 7 A 12", "00100", "114 55", "Mikkeli", "x@y.example")]
[True, True, True, True, False]
"""

import re

from audit.categories.model import Category

__all__ = ["POSTAL_ADDRESS"]

_FORMS = re.compile(
    r"(?:FI-|SE-|AX-)?\d{3} ?\d{2}"  # a postal code
    r"|[^\W\d_][\w .,'/\-]*"  # a place, or a street line with its number
    r"|PL \d+.*|PB \d+.*"
)

POSTAL_ADDRESS = Category(
    key="postal_address",
    names={"fi": "postiosoite", "sv": "postadress", "en": "postal address"},
    headers=(
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
    ),
    dpv="pd:PhysicalAddress",
    fideslang="user.contact.address",
    fits=lambda text: "@" not in text and bool(_FORMS.fullmatch(text)),
)
