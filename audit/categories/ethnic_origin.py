"""
Ethnic or racial origin (GDPR Art. 9(1)). Told by the header, and in text by words.

*Rotu*, *ras* and *race* alone are not taken: in real registers they are breeds and sports.

>>> [m.ground for m in ETHNIC_ORIGIN.find("Asiakas on romani")]
['statement']
>>> list(ETHNIC_ORIGIN.find("Saamelaiskäräjät tilasi käännöksen"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category, Group

__all__ = ["ETHNIC_ORIGIN"]

_WORDS = lexicon("ethnic_origin")

ETHNIC_ORIGIN = Category(
    key="ethnic_origin",
    names={"fi": "etninen alkuperä", "sv": "etniskt ursprung", "en": "ethnic origin"},
    headers=(
        *("etninen alkuperä", "etninen tausta", "etninen ryhmä", "etnisyys", "rodullinen alkuperä"),
        *("rotu tai etninen alkuperä", "saamelaisuus", "saamelainen"),
        *("romanitausta", "maahanmuuttajatausta"),
        *("etniskt ursprung", "etnisk bakgrund", "etnisk grupp", "etnicitet"),
        *("etnisk tillhörighet", "rasursprung", "samisk bakgrund", "invandrarbakgrund"),
        *("ethnic origin", "ethnicity", "ethnic group", "ethnic background", "race ethnicity"),
        *("race or ethnicity", "racial origin", "racial or ethnic origin"),
        *("race and ethnicity", "indigenous status"),
    ),
    group=Group.SPECIAL,
    dpv="pd:EthnicOrigin",
    fideslang="user.demographic.race_ethnicity",
    words=_WORDS.words,
    find=_WORDS.find,
    tells=_WORDS.tells,
)
