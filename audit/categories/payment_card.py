"""
Payment card number.

Specification: ISO/IEC 7812-1: issuer prefix, length and the Luhn check digit (python-stdnum).
Prefixes and lengths are those of the schemes met in the EEA, so that an EAN of thirteen digits,
a shipping code (SSCC) or a reference number is not one.

>>> [m.value for m in PAYMENT_CARD.find("kortti 4111 1111 1111 1111")]
['4111111111111111']
>>> list(PAYMENT_CARD.find("EAN 6438158000012 ja lähetys 4111111111111112"))
[]
"""

import re
from collections.abc import Iterator

from stdnum import luhn

from audit.categories._text import DASHES, SPACES
from audit.categories.model import Category, Group, Match, Odds

__all__ = ["PAYMENT_CARD"]

# Groups as they are printed on cards, 4-4-4-4(-3) and 4-6-5(4), or none. What follows may be the
# month in which the card expires, and what comes before a number of pieces.
_NUMBER = re.compile(
    r"(?<![^\W_])(?<![.,+])(?=[2-6])(?:(?<![0-9]{4}[ -])(?:"
    r"[0-9]{4}([ -])[0-9]{4}(?:\1[0-9]{4}){2}(?:\1[0-9]{1,3}(?![0-9/.]))?|[0-9]{4}([ -])[0-9]{6}\2[0-9]{4,5})"
    r"(?![ -][0-9]{4}(?![^\W_]))|[0-9]{14,19})(?![^\W_]|[.,][0-9]|-[0-9])"
)
_SCHEMES = (
    (re.compile(r"4"), {16, 19}),  # Visa; the thirteen-digit form is no longer issued
    (re.compile(r"5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"), {16}),  # Mastercard
    (re.compile(r"3[47]"), {15}),  # American Express
    (re.compile(r"3(?:0[0-5]|[68])"), {14}),  # Diners Club
    (re.compile(r"35(?:2[89]|[3-8])"), {16}),  # JCB
    (re.compile(r"6(?:011|4[4-9]|5)"), {16}),  # Discover
    (re.compile(r"62"), {16, 17, 18, 19}),  # UnionPay
    (re.compile(r"50(?:18|20|38)|5893|6304|6759|676[1-3]"), {16, 18, 19}),  # Maestro
)


def _find(text: str) -> Iterator[Match]:
    for found in _NUMBER.finditer(text):
        digits = re.sub("[ -]", "", found[0])
        if _of_a_scheme(digits) and luhn.is_valid(digits):
            yield Match(found.start(), found.end(), digits, "check digit")


def _of_a_scheme(digits: str) -> bool:
    scheme = any(prefix.match(digits) and len(digits) in sizes for prefix, sizes in _SCHEMES)
    return scheme and len(set(digits)) > 1


def _looks(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None and _of_a_scheme(re.sub("[ -]", "", text))


PAYMENT_CARD = Category(
    key="payment_card",
    names={"fi": "maksukortin numero", "sv": "betalkortsnummer", "en": "payment card number"},
    headers=(
        *("kortin numero", "korttinumero", "luottokortti", "maksukortti", "luottokortin numero"),
        *("cvv", "cvc", "kortti nro", "kortin voimassaolo", "kortin viimeinen voimassaolopäivä"),
        *("kortin turvaluku", "maksukortin numero", "pankkikortti", "pankkikortin numero"),
        "kortin viimeiset numerot",
        *("kortin viimeiset 4 numeroa", "luottokortin viimeiset 4 numeroa"),
        *("kortnummer", "kreditkort", "betalkort", "betalkortsnummer", "kort nr"),
        *("kreditkortsnummer", "bankkort", "bankkortsnummer", "kortets sista siffror"),
        *("card number", "credit card", "credit card number", "payment card", "pan", "card no"),
        *("card last 4", "card expiry", "card expiration", "card expiry date", "debit card"),
        *("debit card number", "payment card number", "security code card", "cc number"),
        *("last four digits", "card last four digits"),
    ),
    group=Group.CREDENTIAL,
    dpv="pd:PaymentCardNumber",
    fideslang="user.financial.credit_card",
    candidate=f"[2-6](?:[{SPACES}{DASHES}]?[0-9]){{13,18}}",
    find=_find,
    odds=Odds(_looks, 10),
    bare_number=True,
)
