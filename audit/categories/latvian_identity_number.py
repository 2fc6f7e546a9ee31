"""
Latvian identity number (personas kods).

Specification: ``ddmmyy-nnnnn`` with a check digit, or since 2017 eleven digits from 32; checked by python-stdnum.
Source: ``stdnum.lv.pvn``. Law and authority by general knowledge, not opened: Fizisko personu reģistra likums; pmlp.gov.lv.

>>> [m.ground for m in LATVIAN_IDENTITY_NUMBER.find("personas kod 010190-19903")]
['check digit']
>>> list(LATVIAN_IDENTITY_NUMBER.find("tilaus 010190-19903, personas kod 010190-19904"))
[]
"""

from stdnum.lv import pvn

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["LATVIAN_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{6}-?[0-9]{5}"
_WORDS = ("personas kod", " pk:", "latvia")


LATVIAN_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="personas kods",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, pvn.is_valid, words=_WORDS),
    tells=whole(_PATTERN, pvn.is_valid),
)
