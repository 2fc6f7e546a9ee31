"""
Gender, and gender identity where a register asks for it. Told by the header.

In text by a label with its value; *Mrs* and *rouva* are forms of address.

>>> [m.ground for m in GENDER.find("sukupuoli: nainen; kön man")]
['statement', 'statement']
>>> list(GENDER.find("naisten takki M, gender: unknown, sex st"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category

__all__ = ["GENDER"]

_WORDS = lexicon("gender")

GENDER = Category(
    key="gender",
    names={"fi": "sukupuoli", "sv": "kön", "en": "gender"},
    headers=(
        *("sukupuoli", "sukup", "sukupuolikoodi", "sukupuoli identiteetti"),
        *("mies nainen", "mies tai nainen"),
        *("kön", "könsidentitet", "juridiskt kön", "man kvinna"),
        *("gender", "sex", "gender identity", "gender code", "male female", "gesch"),
        *("geschlecht",),
    ),
    dpv="pd:Gender",
    fideslang="user.demographic.gender",
    tells=_WORDS.tells,
    words=_WORDS.words,
    find=_WORDS.find,
    phrased=True,
)
