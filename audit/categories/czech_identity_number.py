"""
Czech and Slovak identity number (rodné číslo).

Specification: ``yymmdd/nnnn``, which eleven divides; women add 50 to the month; checked by python-stdnum.
Source: ``stdnum.cz.rc``. Law and authority by general knowledge, not opened: Zákon 133/2000 Sb.; mvcr.cz.
Its shape is no ordinary number's, so that it needs no word beside it.

>>> [m.ground for m in CZECH_IDENTITY_NUMBER.find("tunnus 900101/9907")]
['check digits']
>>> list(CZECH_IDENTITY_NUMBER.find("900101/9908"))
[]
"""

from stdnum.cz import rc

from audit.categories._national import either, numbers, whole
from audit.categories.model import Form

__all__ = ["CZECH_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{6}/[0-9]{4}"
_WORDS = ("rodné čís", "rodne cis", "rodné č.", " rč ", " rč:", " r.č.")
_slashed = numbers(_PATTERN, rc.is_valid, ground="check digits")
_bare = numbers(r"[0-9]{10}", rc.is_valid, words=_WORDS, generic=False, ground="check digits")


CZECH_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="rodné číslo",
    candidate="[0-9]{6}/[0-9]{4}",
    words=_WORDS,
    find=either(_slashed, _bare),
    tells=whole(_PATTERN, rc.is_valid),
)
