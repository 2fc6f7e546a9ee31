"""
Driving licence: number, classes, validity. Told by the header.

In text by the word before the number.

>>> [m.value for m in DRIVING_LICENCE.find("ajokortin numero 123456789A")]
['123456789A']
>>> list(DRIVING_LICENCE.find("ajokortti voimassa 1.1.2030, luokka B"))
[]
"""

import re
from collections.abc import Iterator

from audit.categories.model import Category, Match

__all__ = ["DRIVING_LICENCE"]

_NUMBER = re.compile(
    r"(?<![^\W\d_])(?:ajokor(?:tti|tin|ttinumero|ttinro)\w{0,6}|körkort(?:s|et|ets)?(?:nummer|nr)?|driving licen[cs]e|driver'?s licen[cs]e)"
    r"(?:[ .:-]{0,3}(?:nro|nr|no|number|numero|nummer|numer\w*|tunnus|on|is|är|id|card|kortti))*[ .:#=(-]{1,3}"
    r"([A-Z0-9]{1,3}[0-9]{5,9}[A-Z0-9-]{0,5})(?![\w-])",
    re.IGNORECASE,
)


def _find(text: str) -> Iterator[Match]:
    for found in _NUMBER.finditer(text):
        yield Match(found.start(1), found.end(1), found[1].upper(), "context")


DRIVING_LICENCE = Category(
    key="driving_licence",
    names={"fi": "ajokortti", "sv": "körkort", "en": "driving licence"},
    headers=(
        *("ajokortti", "ajokortin numero", "ajokorttinumero", "ajokortti nro", "ajokorttiluokka"),
        *("ajokorttiluokat", "ajokortin luokka", "ajokortin voimassaolo", "ajo oikeus"),
        *("ajo oikeusluokka", "ajolupa", "ajokortin nro"),
        *("körkort", "körkortsnummer", "körkortsnr", "körkortsklass", "körkortsbehörighet"),
        *("körkortets giltighetstid", "körrätt"),
        *("driving licence", "driving license", "driving licence number", "driving license number"),
        *("driving licence no", "driver s licence", "driver s license", "driver license"),
        *("driver licence", "driver license number"),
        *("driver s license number", "driving licence class"),
    ),
    dpv="pd:OfficialID",
    fideslang="user.government_id.drivers_license_number",
    words=(" ajokor", " körkort", " driving licen", " driver's licen", " drivers licen"),
    find=_find,
)
