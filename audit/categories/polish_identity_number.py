"""
Polish identity number (PESEL).

Specification: eleven digits: date with the century in the month, serial number, check digit; checked by python-stdnum.
Source: ``stdnum.pl.pesel``. Law and authority by general knowledge, not opened: Ustawa o ewidencji ludności 2010; gov.pl.

>>> [m.ground for m in POLISH_IDENTITY_NUMBER.find("pesel 90010199906")]
['check digit']
>>> list(POLISH_IDENTITY_NUMBER.find("tilaus 90010199906, pesel 90010199907"))
[]
"""

from stdnum.pl import pesel

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["POLISH_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{11}"
_WORDS = (" pesel", "puola")


POLISH_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="PESEL",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, pesel.is_valid, words=_WORDS),
    tells=whole(_PATTERN, pesel.is_valid),
)
