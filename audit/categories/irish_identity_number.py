"""
Irish identity number (PPS number).

Specification: seven digits and a check letter modulo 23, and often a second letter; checked by python-stdnum.
Source: ``stdnum.ie.pps``. Law and authority by general knowledge, not opened: Social Welfare Consolidation Act 2005; gov.ie.

>>> [m.ground for m in IRISH_IDENTITY_NUMBER.find("pps 9999999P")]
['check digit']
>>> list(IRISH_IDENTITY_NUMBER.find("tilaus 9999999P, pps 9999999Q"))
[]
"""

from stdnum.ie import pps

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories.model import Form

__all__ = ["IRISH_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{7}[A-W][A-IW]?"
_WORDS = (" pps", " ppsn", "personal public service")


IRISH_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="PPS number",
    words=(*_WORDS, *BY_WORD),
    find=numbers(_PATTERN, pps.is_valid, words=_WORDS),
    tells=whole(_PATTERN, pps.is_valid),
)
