"""
Marital status. Told by the header; a spouse's name is ``family``.

In text by a label with its value, and by what is said of people only: *divorced*, *ogift*, *leski*.

>>> [m.ground for m in MARITAL_STATUS.find("siviilisääty: naimisissa; är skild; recently widowed")]
['statement', 'statement', 'statement']
>>> list(MARITAL_STATUS.find("single bed, skild faktura, leskenlehti, gift card"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category

__all__ = ["MARITAL_STATUS"]

_WORDS = lexicon("marital_status")

MARITAL_STATUS = Category(
    key="marital_status",
    names={"fi": "siviilisääty", "sv": "civilstånd", "en": "marital status"},
    headers=(
        *("siviilisääty", "siviilis", "siv sääty", "parisuhde", "parisuhdestatus"),
        *("parisuhteen tila", "avioliitto", "naimisissa", "rekisteröity parisuhde"),
        *("civilstånd", "civil status", "äktenskap"),
        *("marital status", "relationship status", "married", "famst"),
        *("oletko naimisissa", "är du gift", "are you married"),
    ),
    dpv="pd:MaritalStatus",
    fideslang="user.demographic.marital_status",
    words=_WORDS.words,
    find=_WORDS.find,
    tells=_WORDS.tells,
    phrased=True,
)
