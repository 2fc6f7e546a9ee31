"""
Nationality: citizenship, place of birth and right of residence. Told by the header.

Country and place of birth have no key of their own; this is the nearest, and naming them here stops
the word *country* from making them a postal address.

In text by a label with its value, and by whose citizen somebody is called.

>>> [m.value for m in NATIONALITY.find("kansalaisuus: Viro; svensk medborgare; Latvian citizen")]
['kansalaisuus: viro', 'svensk medborgare', 'latvian citizen']
>>> list(NATIONALITY.find("Made in Estonia, Citizen watch, Danish pastry"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category

__all__ = ["NATIONALITY"]

_WORDS = lexicon("nationality")

NATIONALITY = Category(
    key="nationality",
    names={"fi": "kansalaisuus", "sv": "medborgarskap", "en": "nationality"},
    headers=(
        *("kansalaisuus", "kansalaisuudet", "kansallisuus", "kansalaisuusmaa", "kansalaisuuskoodi"),
        *("syntymämaa", "oleskelulupa", "oleskeluoikeus", "kansal", "syntymäpaikka"),
        *("syntymäkunta", "syntymäkotikunta"),
        *("nationalitet", "medborgarskap", "medborgarskapsland", "födelseland"),
        *("uppehållstillstånd", "uppehållsrätt", "födelseort"),
        *("nationality", "citizenship", "country of citizenship", "country of birth"),
        *("birth country", "residence permit", "immigration status", "visa status", "natio"),
        *("place of birth", "birth place"),
        *("staatsangehörigkeit", "nationalität"),
        *("mistä maasta olet kotoisin", "vilket land kommer du från"),
        *("which country are you from",),
    ),
    dpv="pd:Nationality",
    fideslang="user.demographic",
    words=_WORDS.words,
    tells=_WORDS.tells,
    find=_WORDS.find,
    phrased=True,
)
