"""
Passport and other documents of identity, by number or validity. Told by the header.

In text by the word before the number (ICAO Doc 9303: up to nine letters and digits).

An identity card is here for want of a nearer key. *Pass* alone is not taken: in Swedish it is
also a shift, in English a result. A horse's or a dog's is none.

>>> [m.value for m in PASSPORT.find("passin numero XP1234567")]
['XP1234567']
>>> list(PASSPORT.find("passiivinen asiakas 1234567, tuote XP1234567"))
[]
"""

import re
from collections.abc import Iterator

from audit.categories._document import numbered
from audit.categories.model import Category, Match

__all__ = ["PASSPORT"]

_NAMES = (
    r"passi(?:n|nsa|sta|staan|ssa|ssaan|lla|llaan|nro|numero|kopio\w*)?|passin numero|passport|pass[- ]?(?:nr|nummer)"
    r"|passets? ?(?:nummer|nr)?|passkopia"
    r"|matkustusasiakirja\w*|henkilökortti|henkilökortin|id-kort(?:ti|tin|et)?"
    r"|identity card|id card|identitetskort\w*|travel document"
)

# In Swedish, where nothing but a number as its passports have follows: *pass 94837261*, not *liftpass 12345*.
_SWEDISH = re.compile(
    r"(?:^|[,;:.(/]\s?|(?<![^\W_])(?:med|har|visat|visade|via|genom|mot|nytt|hans|hennes|sitt|mitt|giltigt|svenskt|finskt)\s)"
    r"pass\s?[:#]?\s?([0-9]{8}|[A-Z]{2}[0-9]{7})(?![\w-])",
    re.IGNORECASE,
)
_numbered = numbered(_NAMES)
_ANIMALS = re.compile(
    r"(?<![^\W_])(?:hevosen|ponin|ruunan|tamman|varsan|koiran|kissan|lemmikin|eläimen|hästens|ponnyns|hundens|kattens|djurets"
    r"|(?:horse|pony|dog|cat|pet|animal)(?:'s)?)\s(?:eu-?)?$",
    re.IGNORECASE,
)
_BEFORE = 40


def _find(text: str) -> Iterator[Match]:
    for match in _numbered(text):
        called = re.search(rf"(?:{_NAMES})\W*[^\d]*$", text[: match.start], re.IGNORECASE)
        at = called.start() if called else match.start
        if not _ANIMALS.search(text[max(0, at - _BEFORE) : at]):
            yield match
    for found in _SWEDISH.finditer(text):
        yield Match(*found.span(1), found[1].upper(), "context")


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
        *(
            " passi",
            " passport",
            " passnummer",
            " passets",
            " passet ",
            " pass nr",
            " passnr",
            " pass nummer",
            " pass ",
            " pass:",
        ),
        *(" passkopia", " matkustusasiakirja", " henkilökort"),
        *(" id-kort", " identity card", " id card", " identitetskort", " travel document"),
    ),
    find=_find,
)
