"""
British national insurance number (NINO).

Specification: HMRC, NIM39110: two letters of which neither is D, F, I, Q, U or V, six figures, and A
to D. It has no check digit: grouped in pairs as it is printed it needs no word, else one stands
before it. QQ is given to nobody and stands in examples, so it is read too.

>>> [m.value for m in BRITISH_IDENTITY_NUMBER.find("NI number QQ123456C, QQ 12 34 56 C")]
['QQ123456C', 'QQ123456C']
>>> list(BRITISH_IDENTITY_NUMBER.find("part QQ123456C, order GB 12 34 56 C"))
[]
"""

from audit.categories._national import numbers, whole
from audit.categories._text import DASHES, SPACES
from audit.categories.model import Form

__all__ = ["BRITISH_IDENTITY_NUMBER"]

_LETTERS = "(?:QQ|(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
_PATTERN = rf"{_LETTERS}(?: ?[0-9]{{2}}){{3}} ?[A-D]"
_WORDS = (" ni ", " nino", " n.i.", "national insurance", " insurance n")


BRITISH_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="national insurance number",
    candidate=f"[A-Za-z]{{2}}[{SPACES}{DASHES}]?[0-9]{{2}}[{SPACES}]?[0-9]{{2}}[{SPACES}]?[0-9]{{2}}[{SPACES}]?[A-Da-d]",
    words=_WORDS,
    find=numbers(
        _PATTERN,
        lambda _: True,
        words=_WORDS,
        alone=lambda text: len(text.split()) == 5,  # noqa: PLR2004 - in pairs, as it is printed
        ground="format",
    ),
    tells=whole(_PATTERN, lambda _: True),
)
