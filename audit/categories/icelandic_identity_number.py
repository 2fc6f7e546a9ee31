"""
Icelandic identity number (kennitala).

Specification: ``ddmmyy-nnkc`` with a check digit modulo 11 and a last digit for the century; checked by python-stdnum.
Source: ``stdnum.is_.kennitala``. Law and authority by general knowledge, not opened: Act 140/2019; skra.is.

>>> [m.ground for m in ICELANDIC_IDENTITY_NUMBER.find("kennital 010190-9089")]
['check digit']
>>> list(ICELANDIC_IDENTITY_NUMBER.find("tilaus 010190-9089, kennital 010190-9099"))
[]
"""

from stdnum.is_ import kennitala

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["ICELANDIC_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{6}-?[0-9]{4}"
_WORDS = ("kennital", " kt.", "islan")


ICELANDIC_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="kennitala",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, kennitala.is_valid, words=_WORDS),
    tells=whole(_PATTERN, kennitala.is_valid),
)
