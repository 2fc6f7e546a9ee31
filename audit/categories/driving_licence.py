"""
Driving licence: number, classes, validity. Told by the header.

In text by the word before the number, or before a class, where no course or duty is of it.

>>> [m.value for m in DRIVING_LICENCE.find("ajokortin numero 123456789A")]
['123456789A']
>>> [m.value for m in DRIVING_LICENCE.find("bussikuski, ajokortti D1")]
['D1']
>>> list(DRIVING_LICENCE.find("ajokortti voimassa 1.1.2030, luokka B; ajokortti B -kurssi"))
[]
"""

import re
from collections.abc import Iterator

from audit.categories._document import numbered
from audit.categories.model import Category, Match

__all__ = ["DRIVING_LICENCE"]

_NAMES = (
    r"ajokor(?:tti|tin|ttinumero|ttinro)\w{0,6}|körkort(?:s|et|ets)?(?:nummer|nr)?"
    r"|driving licen[cs]e|driver'?s licen[cs]e"
)

# DVLA: five letters of the surname, filled up with nines, the day of birth, initials, check signs.
_BRITISH = r"[A-Z]{1,5}9{0,4}[0-9][0156][0-9][0-3][0-9]{2}[A-Z9]{2}[0-9A-Z]{3}"
_numbered = numbered(_NAMES, also=_BRITISH)
# Of such a form *licence* is enough, which a program or a pub has as well.
_LICENCE = re.compile(rf"(?<![^\W_])licen[cs]e\W{{1,3}}({_BRITISH})(?![\w-])", re.IGNORECASE)
# Beyond B, which nearly everybody has and courses are called after.
_CLASS = re.compile(
    rf"(?<![^\W_])(?i:{_NAMES})[ :]{{1,2}}"
    r"((?:BE|B96|C1?E?|D1?E?)(?:[ ,/+]{1,2}(?:BE|C1?E?|D1?E?))*)(?![\w-]| ?-?(?:kurs|course|test|vaadit|kräv|requir|opetu|koulutu|utbild))"
)


def _find(text: str) -> Iterator[Match]:
    found = {match.start: match for match in _numbered(text)}
    for one in _CLASS.finditer(text):
        found.setdefault(one.start(1), Match(*one.span(1), one[1], "context"))
    for one in _LICENCE.finditer(text):
        found.setdefault(one.start(1), Match(*one.span(1), one[1].upper(), "context"))
    yield from found.values()


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
    words=(
        " ajokor",
        " körkort",
        " driving licen",
        " driver's licen",
        " drivers licen",
        " licence ",
        " license ",
    ),
    find=_find,
)
