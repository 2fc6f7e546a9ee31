"""
Danish identity number (CPR-nummer).

Specification: ``ddmmyy-nnnn``; since 2007 without a check that holds, so it counts beside a word only; checked by python-stdnum.
Source: ``stdnum.dk.cpr``. Law and authority by general knowledge, not opened: CPR-loven (LBK 1010/2023); cpr.dk.

>>> [m.ground for m in DANISH_IDENTITY_NUMBER.find("cpr 010190-0900")]
['check digit']
>>> list(DANISH_IDENTITY_NUMBER.find("tilaus 010190-0900, cpr 320190-0900"))
[]
"""

from stdnum.dk import cpr

from audit.categories._national import BY_WORD, numbers
from audit.categories.model import Form

__all__ = ["DANISH_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{6}-?[0-9]{4}"
_WORDS = (" cpr", "personnummer", "tanskan")


DANISH_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="CPR-nummer",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, cpr.is_valid, words=_WORDS),
)
