"""
Bulgarian identity number (ЕГН).

Specification: ten digits: date with the century in the month, serial number, check digit modulo 11; checked by python-stdnum.
Source: ``stdnum.bg.egn``. Law and authority by general knowledge, not opened: Civil Registration Act; grao.bg.

>>> [m.ground for m in BULGARIAN_IDENTITY_NUMBER.find("egn 9001019901")]
['check digit']
>>> list(BULGARIAN_IDENTITY_NUMBER.find("tilaus 9001019901, egn 9001019902"))
[]
"""

from stdnum.bg import egn

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["BULGARIAN_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{10}"
_WORDS = (" egn", "егн", "bulgaria")


BULGARIAN_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="ЕГН",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, egn.is_valid, words=_WORDS),
    tells=whole(_PATTERN, egn.is_valid),
)
