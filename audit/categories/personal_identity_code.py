"""
Finnish personal identity code (henkilötunnus, personbeteckning).

Specification: Act 661/2009 section 11 and Government decree 128/2010 with the separators added by
decree 690/2022, in use from 2023: ``ddmmyyCzzzQ``, where C is the sign of the century (``+`` for
the 1800s; ``-``, ``Y``, ``X``, ``W``, ``V``, ``U`` for the 1900s; ``A``–``F`` for the 2000s), zzz an
individual number from 002 and Q a check character from the remainder by 31. Individual numbers
900–999 are given temporarily and are used here for invented people. Checked by python-stdnum.

>>> [m.value for m in PERSONAL_IDENTITY_CODE.find("hetu 010190-999W, tilaus 010190-9990")]
['010190-999W']

The separator is part of the code, so a date or an order number of eleven characters is not one:

>>> list(PERSONAL_IDENTITY_CODE.find("310290-999X 2024-010190-999W1"))
[]

It may be written with spaces around its sign; beside a word for it, with nothing there or but a
space, or its last part apart:

>>> [m.value for m in PERSONAL_IDENTITY_CODE.find("hetu 010190 999W, asiakas 010190- 999W")]
['010190-999W', '010190-999W']
>>> list(PERSONAL_IDENTITY_CODE.find("erä 010190 999W"))
[]

A word for it may touch it, and no other letter may:

>>> [m.value for m in PERSONAL_IDENTITY_CODE.find("Hetu010190-999W, era010190-999W, kohetu010190-999W")]
['010190-999W']
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from stdnum.fi import hetu

from audit.categories._national import OF_A_THING, beside_word
from audit.categories._text import DASHES, SPACES
from audit.categories.model import Category, Group, Match, Odds

__all__ = ["PERSONAL_IDENTITY_CODE"]

_CODE = re.compile(
    r"(?:(?<![^\W_])|(?<=\bhetu)|(?<=\bsotu)|(?<=\bhenkilötunnus))"
    r"([0-3][0-9][01][0-9]{3})([-+A-FU-Y])([0-9]{3}[0-9A-FHJ-NPR-Y])(?![^\W_])",
    re.IGNORECASE,
)
_APART = re.compile(
    r"(?<![^\W_])([0-3][0-9][01][0-9]{3})(?: ?([-+A-FU-Y]) ?|[ ,;]{0,2}(?:(?:tunnuksen )?loppuosa|loppu)?[ :]{0,2})"
    r"([0-9]{3}[0-9A-FHJ-NPR-Y])(?![^\W_])",
    re.IGNORECASE,
)
_WORDS = (
    " hetu",
    " htun",
    "henkilötunnu",
    " sotu",
    "sosiaaliturvatunnu",
    "personbeteckning",
    " syntyny",
)


def _find(text: str) -> Iterator[Match]:
    for found in _CODE.finditer(text):
        code = found[0].upper()
        if hetu.is_valid(code, allow_temporary=True) and not _is_an_orders(text, found):
            yield Match(found.start(), found.end(), code, "check character")
    for found in _APART.finditer(text):
        whole = found[2] is not None and " " not in found[0]  # as above
        if whole or not (_is_spaced(found) or beside_word(text, found.start(), _WORDS)):
            continue
        code = f"{found[1]}{found[2] or '-'}{found[3]}".upper()  # the sign is not part of the check
        if hetu.is_valid(code, allow_temporary=True):
            yield Match(found.start(), found.end(), code, "check character")


def _is_an_orders(text: str, found: re.Match[str]) -> bool:
    """
    Whether an order's or a parcel's number has a check character by chance: *tilaus 010190-2335*.

    Such numbers have a hyphen and digits only, and of codes two in three have a letter.
    """
    digits = found[2] == "-" and found[3].isdigit()
    return (
        digits and OF_A_THING.search(text[max(0, found.start() - 30) : found.start()]) is not None
    )


def _is_spaced(found: re.Match[str]) -> bool:
    """Whether a sign with spaces is all that is odd, and the last part is no day or hour of a range."""
    spaced = " " in found[0] and (found[2] or " ") in "-+"
    return spaced and not re.fullmatch(r"[0-2][0-9][0-5][0-9]|3[01](?:0[1-9]|1[0-2])", found[3])


def _looks(text: str) -> bool:
    """Whether a cell is a code but for its check character: a real date, a sign and three digits."""
    found = _CODE.fullmatch(text)
    if found is None:
        return False
    day, month, year = int(text[:2]), int(text[2:4]), int(text[4:6])
    with suppress(ValueError):
        date(2000 + year, month, day)
        return True
    return False


PERSONAL_IDENTITY_CODE = Category(
    key="personal_identity_code",
    names={"fi": "henkilötunnus", "sv": "personbeteckning", "en": "personal identity code"},
    headers=(
        *("henkilötunnus", "hetu", "henkilötunnukset", "hlötunnus", "htunnus", "sotu"),
        *("sosiaaliturvatunnus", "henkilötun", "hetut", "asiakashetu", "henkilöhetu"),
        *("asiakkaan hetu", "hetun loppuosa", "hetu loppuosa", "henkilötunnuksen loppuosa"),
        *("tunnuksen loppuosa", "tunnusosa", "hetu y tunnus", "y tunnus hetu"),
        *("y tunnus henkilötunnus", "henkilötunnus y tunnus", "henk tunnus"),
        *("henkilötunnus tai y tunnus", "y tunnus tai henkilötunnus"),
        *("hetu tai y tunnus", "y tunnus tai hetu"),
        *("personbeteckning", "personnummer", "socialskyddssignum", "personsignum", "person nr"),
        *("persnr", "samordningsnummer", "org nr pers nr", "orgnr persnr", "org nr personnr"),
        *("organisationsnummer personnummer", "orgnr personnr", "org person nr", "pers nr org nr"),
        *("personnr orgnr", "personnummer organisationsnummer", "ni number", "ni no", "nino"),
        *("personbeteckningens slutdel", "fo nummer personbeteckning"),
        *("personal identity code", "personal id", "social security number", "ssn", "national id"),
        *("government id number", "personal identification number", "identity code"),
        *("social security no", "national insurance number", "national identification number"),
        *("national identity number", "government id", "identity number", "personal number"),
        *("personal identity number", "finnish personal identity code", "perid"),
    ),
    group=Group.IDENTITY_CODE,
    dpv="pd:OfficialID",
    fideslang="user.government_id.national_identification_number",
    candidate=(
        f"[0-3][0-9][01][0-9]{{3}}(?:[A-FU-Ya-fu-y]|[{SPACES}]?[+{DASHES}][{SPACES}]?)"
        "[0-9]{3}[0-9A-Ya-y]"
    ),
    words=_WORDS,
    find=_find,
    odds=Odds(_looks, 31),
    own_value_matters=True,
)
