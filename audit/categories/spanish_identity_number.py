"""
Spanish identity number (DNI / NIE).

Specification: eight digits and a letter, or a letter, seven digits and a letter; the letter is the remainder by 23; checked by python-stdnum.
Source: ``stdnum.es.dni`` and ``stdnum.es.nie``. Law and authority by general knowledge, not opened: Real Decreto 1553/2005; interior.gob.es.

>>> [m.ground for m in SPANISH_IDENTITY_NUMBER.find("dni 99999999R")]
['check digit']
>>> list(SPANISH_IDENTITY_NUMBER.find("tilaus 99999999R, dni 99999999T"))
[]
"""

from stdnum.es import dni, nie

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["SPANISH_IDENTITY_NUMBER"]

_PATTERN = r"(?:[0-9]{8}|[XYZ][0-9]{7})-?[A-Z]"
_WORDS = (
    " dni ",
    " nie ",  # not the beginning of Nieminen
    "documento nacional",
    "espanja",
)


def _valid(text: str) -> bool:
    return bool(dni.is_valid(text) or nie.is_valid(text))


SPANISH_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="DNI / NIE",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, _valid, words=_WORDS),
    tells=whole(_PATTERN, _valid),
)
