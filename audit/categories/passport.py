"""
Passport and other documents of identity, by number or validity. Told by the header.

In text by the word before the number (ICAO Doc 9303: up to nine letters and digits).

An identity card is here for want of a nearer key. *Pass* alone is not taken: in Swedish it is
also a shift, in English a result.

>>> [m.value for m in PASSPORT.find("passin numero XP1234567")]
['XP1234567']
>>> list(PASSPORT.find("passiivinen asiakas 1234567, tuote XP1234567"))
[]
"""

import re
from collections.abc import Iterator

from audit.categories.model import Category, Match

__all__ = ["PASSPORT"]

_NUMBER = re.compile(
    r"(?<![^\W\d_])(?:passi(?:n|nsa|nro|numero)?|passin numero|passport|passnummer|passets nummer|matkustusasiakirja\w*|henkilökortti|henkilökortin|id-kort(?:ti|tin|et)?|identity card|id card|identitetskort\w*|travel document)"
    r"(?:[ .:-]{0,3}(?:nro|nr|no|number|numero|nummer|numer\w*|tunnus|on|is|är|id|card|kortti))*[ .:#=(-]{1,3}"
    r"([A-Z0-9]{1,3}[0-9]{5,9}[A-Z0-9-]{0,5})(?![\w-])",
    re.IGNORECASE,
)


def _find(text: str) -> Iterator[Match]:
    for found in _NUMBER.finditer(text):
        yield Match(found.start(1), found.end(1), found[1].upper(), "context")


PASSPORT = Category(
    key="passport",
    names={
        "fi": "passi tai henkilökortti",
        "sv": "pass eller identitetskort",
        "en": "passport or identity card",
    },
    headers=(
        *("passi", "passin numero", "passinumero", "passinro", "passin nro", "passin voimassaolo"),
        *("passin myöntäjä", "matkustusasiakirja", "matkustusasiakirjan numero", "henkilökortti"),
        *("henkilökortin numero", "henkilöllisyystodistus"),
        *("henkilöllisyystodistuksen numero", "henkilöllisyys tarkistettu"),
        *("passnummer", "pass nr", "passets nummer", "passets giltighetstid", "resehandling"),
        *("resedokument", "identitetskort", "identitetskortsnummer", "id kort", "id kortsnummer"),
        *("identitetsbevis", "legitimation"),
        *("passport", "passport number", "passport no", "passport id", "passport expiry"),
        *("passport expiry date", "passport expiration date", "passport country"),
        *("travel document", "travel document number", "id card", "id card number"),
        *("identity card", "identity card number", "identity document", "id document"),
    ),
    dpv="pd:Passport",
    fideslang="user.government_id.passport_number",
    words=(
        *(" passi", " passport", " passnummer", " passets", " matkustusasiakirja", " henkilökort"),
        *(" id-kort", " identity card", " id card", " identitetskort", " travel document"),
    ),
    find=_find,
)
