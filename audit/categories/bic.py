"""
Identifier of a bank (BIC), beside a word for it.

Specification: ISO 9362: four letters, a country, two characters and often three more. Eight letters
are any word, so one of *BIC* and *SWIFT* must stand before it. Source: swift.com; form by
python-stdnum.

>>> [m.value for m in BIC.find("BIC: NDEAFIHH")]
['NDEAFIHH']
>>> list(BIC.find("KALENTER, BIC puuttuu, tuote NDEAFIHH"))
[]
"""

from stdnum import bic

from audit.categories._national import numbers
from audit.categories.model import Form

__all__ = ["BIC"]

_WORDS = (" bic", " swift")

BIC = Form(
    category="bank_account",
    name="BIC",
    words=_WORDS,
    find=numbers(
        r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?",
        lambda text: text.isupper() and bic.is_valid(text),
        words=_WORDS,
        generic=False,
        ground="context",
    ),
)
