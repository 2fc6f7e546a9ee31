"""
French identity number (numéro d’inscription au répertoire).

Specification: fifteen digits: sex, year, month, place, serial number, and two check digits modulo 97; printed in groups; checked by python-stdnum.
Source: ``stdnum.fr.nir``. Law and authority by general knowledge, not opened: Décret 82-103; insee.fr.
In groups its shape is no ordinary number's, so that it needs no word beside it; without them it does.

>>> [m.ground for m in FRENCH_IDENTITY_NUMBER.find("tunnus 1 90 01 99 999 000 64")]
['check digits']
>>> list(FRENCH_IDENTITY_NUMBER.find("1 90 01 99 999 000 65"))
[]
"""

from stdnum.fr import nir

from audit.categories._national import either, numbers, whole
from audit.categories._text import SPACES
from audit.categories.model import Form

__all__ = ["FRENCH_IDENTITY_NUMBER"]

_PATTERN = r"[12] [0-9]{2} [0-9]{2} (?:[0-9]{2}|2[AB]) [0-9]{3} [0-9]{3} [0-9]{2}(?! ?[0-9])"
_BARE = r"[12][0-9]{4}(?:[0-9]{2}|2[AB])[0-9]{8}"
_WORDS = (" nir ", " nss ", " sécu", "numero de secu", " n° de secu", " insee")
_grouped = numbers(_PATTERN, nir.is_valid, ground="check digits")
_bare = numbers(_BARE, nir.is_valid, words=_WORDS, ground="check digits")


FRENCH_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="numéro d’inscription au répertoire",
    candidate=f"[12][{SPACES}][0-9]{{2}}[{SPACES}][0-9]{{2}}[{SPACES}][0-9][0-9AaBb][{SPACES}][0-9]{{3}}[{SPACES}][0-9]{{3}}[{SPACES}][0-9]{{2}}",
    words=_WORDS,
    find=either(_grouped, _bare),
    tells=whole(_PATTERN, nir.is_valid),
)
