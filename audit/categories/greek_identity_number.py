"""
Greek identity number (AMKA).

Specification: eleven digits: date, serial number, Luhn check digit; checked by python-stdnum.
Source: ``stdnum.gr.amka``. Law and authority by general knowledge, not opened: Law 3655/2008; amka.gr.

>>> [m.ground for m in GREEK_IDENTITY_NUMBER.find("amka 01019099900")]
['check digit']
>>> list(GREEK_IDENTITY_NUMBER.find("tilaus 01019099900, amka 01019099901"))
[]
"""

from stdnum.gr import amka

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["GREEK_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{11}"
_WORDS = (" amka", "αμκα", "kreikka")


GREEK_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="AMKA",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, amka.is_valid, words=_WORDS),
    tells=whole(_PATTERN, amka.is_valid),
)
