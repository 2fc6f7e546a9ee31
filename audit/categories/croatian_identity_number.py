"""
Croatian identity number (OIB).

Specification: eleven digits, the last an ISO 7064 check digit; checked by python-stdnum.
Source: ``stdnum.hr.oib``. Law and authority by general knowledge, not opened: Zakon o osobnom identifikacijskom broju NN 60/08.

>>> [m.ground for m in CROATIAN_IDENTITY_NUMBER.find("oib 99999999902")]
['check digit']
>>> list(CROATIAN_IDENTITY_NUMBER.find("tilaus 99999999902, oib 99999999903"))
[]
"""

from stdnum.hr import oib

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["CROATIAN_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{11}"
_WORDS = (" oib", "kroatia")


CROATIAN_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="OIB",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, oib.is_valid, words=_WORDS),
    tells=whole(_PATTERN, oib.is_valid),
)
