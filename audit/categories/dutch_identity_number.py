"""
Dutch identity number (burgerservicenummer).

Specification: nine digits with a weighted sum that eleven divides; checked by python-stdnum.
Source: ``stdnum.nl.bsn``. Law and authority by general knowledge, not opened: Wet algemene bepalingen burgerservicenummer; rvig.nl.

>>> [m.ground for m in DUTCH_IDENTITY_NUMBER.find("bsn 999990019")]
['check digit']
>>> list(DUTCH_IDENTITY_NUMBER.find("tilaus 999990019, bsn 999990018"))
[]
"""

from stdnum.nl import bsn

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["DUTCH_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{9}"
_WORDS = (" bsn", "burgerservice", "sofinummer")


DUTCH_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="burgerservicenummer",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, bsn.is_valid, words=_WORDS),
    tells=whole(_PATTERN, bsn.is_valid),
)
