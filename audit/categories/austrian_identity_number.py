"""
Austrian identity number (Versicherungsnummer).

Specification: ten digits: serial number with its check digit, then the date of birth; checked by python-stdnum.
Source: ``stdnum.at.vnr``. Law and authority by general knowledge, not opened: ASVG § 31; sozialversicherung.at.

>>> [m.ground for m in AUSTRIAN_IDENTITY_NUMBER.find("versicherungsnummer 9993010190")]
['check digit']
>>> list(AUSTRIAN_IDENTITY_NUMBER.find("tilaus 9993010190, versicherungsnummer 9994010190"))
[]
"""

from stdnum.at import vnr

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["AUSTRIAN_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{4} ?[0-9]{6}"
_WORDS = ("versicherungsnummer", "versicherungsnr", " svnr", " sv-nummer", " sv-nr", "itävallan")


AUSTRIAN_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="Versicherungsnummer",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, vnr.is_valid, words=_WORDS),
    tells=whole(_PATTERN, vnr.is_valid),
)
