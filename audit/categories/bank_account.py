"""
Bank account number (IBAN).

Specification: ISO 13616-1; lengths and structures by country from the SWIFT IBAN registry, as
python-stdnum carries it. Proved by the check digits and by the country's structure, on whole
tokens; spaces or hyphens between groups are allowed.

>>> [m.value for m in BANK_ACCOUNT.find("Palautus tilille FI21 1234 5600 0007 85 kiitos")]
['FI2112345600000785']
>>> list(BANK_ACCOUNT.find("FI21 1234 5600 0007 86"))
[]
"""

import re
from collections.abc import Iterator

from stdnum import iban

from audit.categories._text import DASHES, SPACES
from audit.categories.model import Category, Match

__all__ = ["BANK_ACCOUNT"]

_SHORTEST, _LONGEST = 15, 34
_START = re.compile(r"(?<![0-9A-Za-zÀ-ÿ])[A-Za-z]{2}[0-9]{2}(?=[ -]?[0-9A-Za-z])")
_NEXT = re.compile(r"[ -]?([0-9A-Za-z])")


def _find(text: str) -> Iterator[Match]:
    done = 0
    for found in _START.finditer(text):
        if found.start() < done:
            continue
        characters, ends = list(found[0]), [found.start() + n for n in range(1, 5)]
        place = found.end()
        while len(characters) < _LONGEST and (step := _NEXT.match(text, place)):
            characters.append(step[1])
            ends.append(place := step.end())
        for length in range(len(characters), _SHORTEST - 1, -1):
            end = ends[length - 1]
            if text[end : end + 1].isalnum():
                continue  # a token does not end here
            compact = "".join(characters[:length]).upper()
            if iban.is_valid(compact):
                yield Match(found.start(), end, compact, "check digits")
                done = end
                break


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
        *("bank account", "account number", "bank account number", "iban number"),
        *("bank account no", "bank account iban", "bank details", "iban code", "bic code"),
        *("swift code", "sort code", "routing number", "bankn", "bankl", "bank name"),
    ),
    dpv="pd:BankAccount",
    fideslang="user.financial.bank_account",
    candidate=f"[A-Za-z]{{2}}[0-9]{{2}}(?:[{SPACES}{DASHES}]?[0-9A-Za-z]){{11,30}}",
    find=_find,
    own_value_matters=True,
)
