"""
German identity number (Identifikationsnummer).

Specification: eleven digits, one of them twice or thrice, and an ISO 7064 check digit; checked by python-stdnum.
Source: ``stdnum.de.idnr``. Law and authority by general knowledge, not opened: Abgabenordnung § 139b; bzst.de.

>>> [m.ground for m in GERMAN_IDENTITY_NUMBER.find("steuer-id 65929970489")]
['check digit']
>>> list(GERMAN_IDENTITY_NUMBER.find("tilaus 65929970489, steuer-id 65929970488"))
[]
"""

from stdnum.de import idnr

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["GERMAN_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{2}(?: ?[0-9]{3}){3}"
_WORDS = ("steuer-id", "steuerid", "identifikationsnummer", "identifikationsnr", " idnr", " tin ")


GERMAN_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="Identifikationsnummer",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, idnr.is_valid, words=_WORDS),
    tells=whole(_PATTERN, idnr.is_valid),
)
