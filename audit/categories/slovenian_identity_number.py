"""
Slovenian identity number (EMŠO).

Specification: thirteen digits: date, region, serial number, check digit modulo 11; checked by python-stdnum.
Source: ``stdnum.si.emso``. Law and authority by general knowledge, not opened: Zakon o centralnem registru prebivalstva.

>>> [m.ground for m in SLOVENIAN_IDENTITY_NUMBER.find("emšo 0101990509906")]
['check digit']
>>> list(SLOVENIAN_IDENTITY_NUMBER.find("tilaus 0101990509906, emšo 0101990509907"))
[]
"""

from stdnum.si import emso

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["SLOVENIAN_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{13}"
_WORDS = (" emšo", " emso", " jmbg", "slovenia")


SLOVENIAN_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="EMŠO",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, emso.is_valid, words=_WORDS),
    tells=whole(_PATTERN, emso.is_valid),
)
