"""
Portuguese identity number (Cartão de Cidadão).

Specification: eight digits, a digit, two letters or digits and a check digit; checked by python-stdnum.
Source: ``stdnum.pt.cc``. Law and authority by general knowledge, not opened: Lei 7/2007; irn.justica.gov.pt.

>>> [m.ground for m in PORTUGUESE_IDENTITY_NUMBER.find("cartão de cidad 99999999 0 ZZ2")]
['check digit']
>>> list(PORTUGUESE_IDENTITY_NUMBER.find("tilaus 99999999 0 ZZ2, cartão de cidad 99999999 0 ZZ3"))
[]
"""

from stdnum.pt import cc

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["PORTUGUESE_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{8} ?[0-9] ?[A-Z0-9]{2}[0-9]"
_WORDS = ("cartão de cidad", "cartao de cidad", "portugali")


PORTUGUESE_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="Cartão de Cidadão",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, cc.is_valid, words=_WORDS),
    tells=whole(_PATTERN, cc.is_valid),
)
