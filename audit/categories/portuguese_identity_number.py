"""
Portuguese identity numbers (Cartão de Cidadão, and NIF, by which people are asked for at tills).

Specification: eight digits, a digit, two letters or digits and a check digit; of the NIF nine digits, the
first 1, 2 or 3 for people, the last a check digit; checked by python-stdnum.
Source: ``stdnum.pt.cc``, ``stdnum.pt.nif``. Law and authority by general knowledge, not opened: Lei 7/2007; irn.justica.gov.pt.

>>> [m.ground for m in PORTUGUESE_IDENTITY_NUMBER.find("cartão de cidad 99999999 0 ZZ2")]
['check digit']
>>> list(PORTUGUESE_IDENTITY_NUMBER.find("tilaus 99999999 0 ZZ2, cartão de cidad 99999999 0 ZZ3"))
[]
>>> [len(list(PORTUGUESE_IDENTITY_NUMBER.find(f"NIF {n}"))) for n in ("299 999 998", "299999999", "999999990")]
[1, 0, 0]
"""

from stdnum.pt import cc, nif

from audit.categories._national import BY_WORD, either, numbers, whole
from audit.categories.model import Form

__all__ = ["PORTUGUESE_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{8} ?[0-9] ?[A-Z0-9]{2}[0-9]"
_WORDS = ("cartão de cidad", "cartao de cidad", "portugali")
_TAX_WORDS = (" nif", "contribuinte")
_card = numbers(_PATTERN, cc.is_valid, words=_WORDS)
_taxpayer = numbers(
    r"[123][0-9]{2} ?[0-9]{3} ?[0-9]{3}", nif.is_valid, words=_TAX_WORDS, generic=False
)


PORTUGUESE_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="Cartão de Cidadão",
    words=(*_WORDS, *_TAX_WORDS, *BY_WORD),
    find=either(_card, _taxpayer),
    tells=whole(_PATTERN, cc.is_valid),
)
