"""
Norwegian identity number (fødselsnummer).

Specification: eleven digits ``ddmmyyiiikk`` with two check digits modulo 11; D-numbers add 40 to the day; checked by python-stdnum.
Source: ``stdnum.no.fodselsnummer``. Law and authority by general knowledge, not opened: Folkeregisterloven 2016-12-09-88; skatteetaten.no.

>>> [m.ground for m in NORWEGIAN_IDENTITY_NUMBER.find("fødselsnummer 01019049880")]
['check digit']
>>> list(NORWEGIAN_IDENTITY_NUMBER.find("tilaus 01019049880, fødselsnummer 01019049881"))
[]
"""

from stdnum.no import fodselsnummer

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["NORWEGIAN_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{6} ?[0-9]{5}"
_WORDS = ("fødselsn", "fodselsn", "personnummer", " fnr", " d-nummer", "norja")


NORWEGIAN_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="fødselsnummer",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, fodselsnummer.is_valid, words=_WORDS),
    tells=whole(_PATTERN, fodselsnummer.is_valid),
)
