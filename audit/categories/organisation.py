"""
The organisation that a person represents: its name, business id (Y-tunnus) and VAT number.

A Y-tunnus identifies an organisation; a sole trader's identifies a person, and the report says so
of a column. Alone in a note it is a firm's that was invoiced, and no finding.
Its check digit is that of the Finnish Patent and Registration Office, by python-stdnum.

>>> [m.value for m in ORGANISATION.find("Koe Oy, Y-tunnus 2077474-0, tilaus 2077474-1")]
['20774740']
>>> list(ORGANISATION.find("lähetys 12077474-0, erä 2077474-01"))
[]
>>> [m.value for m in ORGANISATION.find("alv-tunnus FI20774740, erä FI20774741")]
['20774740']
"""

import re
from collections.abc import Iterator

from stdnum.fi import ytunnus

from audit.categories._text import DASHES
from audit.categories.model import Category, Match

__all__ = ["ORGANISATION"]

_BUSINESS_ID = re.compile(r"(?<![^\W_])(?<!-)[0-9]{6,7}-[0-9](?![^\W_]|-[0-9])")
_VAT_NUMBER = re.compile(r"(?<![^\W_])FI([0-9]{8})(?![^\W_]|-[0-9])", re.IGNORECASE)


def _find(text: str) -> Iterator[Match]:
    for found in _BUSINESS_ID.finditer(text):
        number = found[0].zfill(9)  # old ones are written without their leading zero
        if ytunnus.is_valid(number):
            yield Match(found.start(), found.end(), ytunnus.compact(number), "check digit")
    for found in _VAT_NUMBER.finditer(text):
        if ytunnus.is_valid(found[1]):
            yield Match(found.start(), found.end(), found[1], "check digit")


ORGANISATION = Category(
    key="organisation",
    names={"fi": "edustettu organisaatio", "sv": "organisation", "en": "represented organisation"},
    headers=(
        *("yritys", "yrityksen nimi", "yhteisö", "organisaatio", "yhtiö", "toiminimi"),
        *("työnantaja", "firma", "ytunnus", "y tunnus", "y tun", "ytun", "alv numero"),
        *("alv tunnus", "vat numero"),
        *("ly tunnus", "ovt", "ovt tunnus"),
        *("yritysnimi", "asiakasyritys", "yrityksen tiedot"),
        *("y tunnus id", "alv nro", "vat tunnus", "verotunnus", "yhdistys", "konserni", "emoyhtiö"),
        *("toimiala", "liikevaihto", "henkilöstömäärä", "kaupparekisterinumero"),
        *("yhdistysrekisterinumero", "yhdistyksen rekisterinumero"),
        "edustettu yritys",
        *("edustaa", "työpaikka", "kotisivu", "kotisivut", "www", "www osoite", "www sivu"),
        *("www sivut", "verkkosivu", "verkkosivut", "verkkosivusto", "internetosoite"),
        *("web osoite", "yhteisön nimi", "organisaation nimi", "yhtiön nimi"),
        *("organisaation tunnus", "organisaatiotunnus"),
        *("företag", "företagsnamn", "bolag", "organisation", "fo nummer", "organisationsnummer"),
        *("arbetsgivare", "företagets namn", "firmanamn", "fo nr", "org nr", "organisations nr"),
        *("momsnummer", "momsregistreringsnummer", "momsregnr", "momsreg nr", "momsnr", "vat nr"),
        *("förening", "koncern", "moderbolag"),
        *("seura", "seuran nimi", "jäsenseura", "urheiluseura", "idrottsförening", "klubb"),
        *(
            "klubbens namn",
            "reg kod",
            "registerkod",
            "rekisterikoodi",
            "club",
            "club name",
            "sports club",
            "home club",
            "kotiseura",
        ),
        *("bransch", "omsättning", "antal anställda"),
        *("arbetsplats", "hemsida", "webbplats"),
        *("webbadress", "webbsida"),
        *("company", "company name", "organization", "business id", "vat number", "vat id"),
        *("employer", "account name", "default address company", "billing company", "taxvat"),
        *("organization name", "organisation name", "organizational id number", "business name"),
        *("trading name", "associated company", "company registration number", "company number"),
        *("registration number company", "company id", "company size", "company type"),
        *("parent company", "business number", "tax id", "tax number", "tax no", "vat", "vat no"),
        *("vat reg no", "vat registration number", "legal name", "legal entity", "industry"),
        *("number of employees", "annual revenue"),
        *("web site", "website url", "web page", "web address", "home page"),
        *("user url",),
        *("office location", "workplace", "place of work", "stceg", "stcd1", "brsch"),
        *("unternehmen", "firmenname", "ust idnr", "umsatzsteuer id"),
        *(
            "tax reg no",
            "tax registration no",
            "tax registration number",
            "gln",
            "gln nummer",
            "gln numero",
            "alv tunniste",
        ),
    ),
    dpv="pd:CurrentEmployment",
    fideslang="user.contact.organization",
    of_firms=True,
    candidate=f"(?:[0-9]{{6,7}}[{DASHES}][0-9]|[Ff][Ii][0-9]{{8}})",
    find=_find,
)
