"""
Belgian identity number (rijksregisternummer).

Specification: ``yy.mm.dd-nnn.cc``, or with a hyphen before the last two, which are check digits modulo 97; checked by python-stdnum.
Source: ``stdnum.be.nn``. Law and authority by general knowledge, not opened: Loi du 8 août 1983; ibz.rrn.fgov.be.
In groups its shape is no ordinary number's, so that it needs no word beside it; without them it does.

>>> [m.ground for m in BELGIAN_IDENTITY_NUMBER.find("tunnus 90.01.01-997.94")]
['check digits']
>>> list(BELGIAN_IDENTITY_NUMBER.find("90.01.01-997.95"))
[]
>>> [m.value for m in BELGIAN_IDENTITY_NUMBER.find("INSZ 90010199794")]
['90010199794']
"""

from stdnum.be import nn

from audit.categories._national import either, numbers, whole
from audit.categories._text import DASHES
from audit.categories.model import Form

__all__ = ["BELGIAN_IDENTITY_NUMBER"]

_PATTERN = r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}[.-][0-9]{2}"
_WORDS = ("rijksregister", "registre national", "numéro national", " niss", " insz")
_grouped = numbers(_PATTERN, nn.is_valid, ground="check digits")
_bare = numbers(r"[0-9]{6}-?[0-9]{5}", nn.is_valid, words=_WORDS, ground="check digits")


BELGIAN_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="rijksregisternummer",
    candidate=f"[0-9]{{2}}[.][0-9]{{2}}[.][0-9]{{2}}[{DASHES}][0-9]{{3}}[.{DASHES}][0-9]{{2}}",
    words=_WORDS,
    find=either(_grouped, _bare),
    tells=whole(_PATTERN, nn.is_valid),
)
