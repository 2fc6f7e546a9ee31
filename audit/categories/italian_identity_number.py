"""
Italian identity number (codice fiscale).

Specification: sixteen characters of name, date and place, with a check letter; checked by python-stdnum.
Source: ``stdnum.it.codicefiscale``. Law and authority by general knowledge, not opened: DPR 605/1973; agenziaentrate.gov.it.
Its shape is no ordinary number's, so that it needs no word beside it.

>>> [m.ground for m in ITALIAN_IDENTITY_NUMBER.find("tunnus XXXYYY90A01H501F")]
['check digits']
>>> list(ITALIAN_IDENTITY_NUMBER.find("XXXYYY90A01H501G"))
[]
"""

from stdnum.it import codicefiscale

from audit.categories._national import numbers, whole
from audit.categories.model import Form

__all__ = ["ITALIAN_IDENTITY_NUMBER"]

_PATTERN = r"[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]"

ITALIAN_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="codice fiscale",
    candidate="[A-Za-z]{6}[0-9L-Vl-v]{2}[A-Ta-t][0-9L-Vl-v]{2}[A-Za-z][0-9L-Vl-v]{3}[A-Za-z]",
    find=numbers(_PATTERN, codicefiscale.is_valid, ground="check digits"),
    tells=whole(_PATTERN, codicefiscale.is_valid),
)
