"""
Lithuanian identity number (asmens kodas).

Specification: eleven digits: century and sex, date, serial number, and a check digit modulo 11 in two stages; checked by python-stdnum.
Source: ``stdnum.lt.asmens``. Law and authority by general knowledge, not opened: Gyventojų registro įstatymas I-2237.

>>> [m.ground for m in LITHUANIAN_IDENTITY_NUMBER.find("asmens kod 39001019006")]
['check digit']
>>> list(LITHUANIAN_IDENTITY_NUMBER.find("tilaus 39001019006, asmens kod 39001019007"))
[]
"""

from stdnum.lt import asmens

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["LITHUANIAN_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{11}"
_WORDS = ("asmens kod", " a.k.", "liettua")


LITHUANIAN_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="asmens kodas",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, asmens.is_valid, words=_WORDS),
    tells=whole(_PATTERN, asmens.is_valid),
)
