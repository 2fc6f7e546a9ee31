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

from audit.categories._national import numbers, whole
from audit.categories.model import Form

__all__ = ["CZECH_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{6}/[0-9]{4}"

CZECH_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="rodné číslo",
    candidate="[0-9]{6}/[0-9]{4}",
    find=numbers(_PATTERN, rc.is_valid, ground="check digits"),
    tells=whole(_PATTERN, rc.is_valid),
)
