"""
Bank account number (IBAN).

Specification: ISO 13616-1; lengths and structures by country from the SWIFT IBAN registry, as
python-stdnum carries it. Proved by the check digits and by the country's structure, on whole
tokens; spaces or hyphens between groups are allowed. What is called *our account*, and no refund goes
there, is the controller's own.

>>> [m.value for m in BANK_ACCOUNT.find("Palautus tilille FI21 1234 5600 0007 85 kiitos")]
['FI2112345600000785']
>>> list(BANK_ACCOUNT.find("FI21 1234 5600 0007 86, maksu tilillemme FI21 1234 5600 0007 85"))
[]
"""

import re
from collections.abc import Iterator
from functools import cache

from stdnum import iban, numdb

from audit.categories._text import DASHES, SPACES
from audit.categories.model import Category, Match, Odds

__all__ = ["BANK_ACCOUNT"]

_START = re.compile(r"(?<![^\W_])[A-Za-z]{2}[0-9]{2}(?=[ -]?[0-9A-Za-z])")
_NEXT = re.compile(r"[ -]?([0-9A-Za-z])")
_OURS = re.compile(
    r"(?<![^\W_])(?:(?:tilimme|tilillemme|tilinumeromme|pankkitilimme|(?:meidän|yrityksen|firman|yhdistyksen|seuran) (?:oma )?tili(?:numero|lle)?"
    r"|vårt (?:konto|bankkonto|kontonummer)|(?:firmans|föreningens|företagets) konto|our (?:own )?(?:bank )?account(?: number)?|(?:company|club|business) account)"
    r"(?: (?:on|är|is|iban))?)[ :]{1,3}(?:iban[ :]{1,2})?$",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"palaut|hyvit|takaisin|återbetal|tillbaka|åter|refund|reimburs|back|return", re.IGNORECASE
)
# Accounts of one country's own form count by what they are called: a sort code or a clearing number first.
_OF_A_COUNTRY = re.compile(
    r"(?<![^\W_])(?:sort ?code[ :]{1,3}([0-9]{2}-?[0-9]{2}-?[0-9]{2})[ ,;/]{1,3}(?:acc(?:ount|t)?|a/c)(?: ?(?:no|nr|number))?[ .:]{1,3}([0-9]{8})"
    r"|clearing(?:nr|nummer)?[ :.]{1,3}([0-9]{4}(?:-[0-9])?)[ ,;/]{1,3}(?:konto(?:nr|nummer)?[ :.]{1,3})?([0-9][0-9 -]{5,14}[0-9]))(?![0-9])",
    re.IGNORECASE,
)
_BEFORE = 60


def _find(text: str) -> Iterator[Match]:
    done = 0
    for found in _START.finditer(text):
        length = _length(found[0][:2].upper())
        if found.start() < done or not length:
            continue
        characters, place = found[0], found.end()
        while len(characters) < length and (step := _NEXT.match(text, place)):
            characters, place = characters + step[1], step.end()
        compact = characters.upper()
        if text[place : place + 1].isalnum():
            continue  # a token does not end here
        if len(compact) == length and _remainder(compact) == 1 and iban.is_valid(compact):
            done = place
            if not _is_ours(text[max(0, found.start() - _BEFORE) : found.start()]):
                yield Match(found.start(), place, compact, "check digits")
    for found in _OF_A_COUNTRY.finditer(text):
        if not _is_ours(text[max(0, found.start() - _BEFORE) : found.start()]):
            yield Match(*found.span(), re.sub(r"\D", "", found[0]), "context")


def _is_ours(before: str) -> bool:
    """Whether whoever wrote the note calls it their own account; a customer's is paid back to."""
    return _OURS.search(before) is not None and _BACK.search(before) is None


@cache
def _length(country: str) -> int:
    """How long the registry makes a country's account numbers; 0 where it has none."""
    [(_, known), *_] = numdb.get("iban").info(country)
    structure = re.findall(r"(\d+)!", known.get("bban", ""))
    return 4 + sum(map(int, structure)) if structure else 0


def _looks(text: str) -> bool:
    compact = re.sub("[ -]", "", text)
    return _START.match(text) is not None and len(compact) == _length(compact[:2].upper())


def _remainder(compact: str) -> int:
    return int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97


BANK_ACCOUNT = Category(
    key="bank_account",
    names={"fi": "tilinumero", "sv": "kontonummer", "en": "bank account"},
    headers=(
        *("tilinumero", "tilinro", "pankkitili", "iban", "pankkiyhteys", "saajan tili", "bic"),
        *("swift", "tilino", "tilin numero", "pankkitilin numero", "pankkitilit", "iban tili"),
        *("iban tilinumero", "bic koodi", "bic tunnus", "swift koodi", "pankin bic"),
        *("palautustili", "pankki", "pankin nimi"),
        *("kontonummer", "bankkonto", "bank konto", "bankgiro", "konto nr", "bankkontonummer"),
        *("plusgiro", "bankgironummer", "clearingnummer", "ibannummer", "bic kod", "bankens namn"),
        *(
            "bank account",
            "account number",
            "account no",
            "account nr",
            "a c no",
            "bank account number",
            "iban number",
        ),
        *("bank account no", "bank account iban", "bank details", "iban code", "bic code"),
        *("swift code", "sort code", "routing number", "bankn", "bankl", "bank name"),
    ),
    dpv="pd:BankAccount",
    fideslang="user.financial.bank_account",
    words=(" sort code", " sortcode", " clearing"),
    candidate=f"[A-Za-z]{{2}}[0-9]{{2}}(?:[{SPACES}{DASHES}]?[0-9A-Za-z]){{11,30}}",
    find=_find,
    odds=Odds(_looks, 97),
    own_value_matters=True,
)
