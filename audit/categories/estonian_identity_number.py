"""
Estonian identity number (isikukood).

Specification: eleven digits: century and sex, date, serial number, and a check digit modulo 11 in two stages; checked by python-stdnum.
Source: ``stdnum.ee.ik``. Law and authority by general knowledge, not opened: EVS 585:2007; Rahvastikuregistri seadus.

>>> [m.ground for m in ESTONIAN_IDENTITY_NUMBER.find("isikukood 39001019006")]
['check digit']
>>> list(ESTONIAN_IDENTITY_NUMBER.find("tilaus 39001019006, isikukood 39001019007"))
[]
"""

from stdnum.ee import ik

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["ESTONIAN_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{11}"
_WORDS = ("isikukood", " ik:", " ik ", " viro", " eesti", " estn", " estonia")


ESTONIAN_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="isikukood",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, ik.is_valid, words=_WORDS),
    tells=whole(_PATTERN, ik.is_valid),
)
