"""
Romanian identity number (CNP).

Specification: thirteen digits: century and sex, date, county, serial number, check digit modulo 11; checked by python-stdnum.
Source: ``stdnum.ro.cnp``. Law and authority by general knowledge, not opened: OUG 97/2005; depabd.mai.gov.ro.

>>> [m.ground for m in ROMANIAN_IDENTITY_NUMBER.find("cnp 1900101529907")]
['check digit']
>>> list(ROMANIAN_IDENTITY_NUMBER.find("tilaus 1900101529907, cnp 1900101529908"))
[]
"""

from stdnum.ro import cnp

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["ROMANIAN_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{13}"
_WORDS = (" cnp", "cod numeric personal", "romania")


ROMANIAN_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="CNP",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, cnp.is_valid, words=_WORDS),
    tells=whole(_PATTERN, cnp.is_valid),
)
