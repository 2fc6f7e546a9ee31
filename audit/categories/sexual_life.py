"""
Sex life and sexual orientation (GDPR Art. 9(1)). Told by the header, and in text by words; gender is ``gender``.

>>> [m.ground for m in SEXUAL_LIFE.find("Hän on homo")]
['statement']
>>> list(SEXUAL_LIFE.find("homogeeninen seos 20 kg"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category, Group

__all__ = ["SEXUAL_LIFE"]

_WORDS = lexicon("sexual_life")

SEXUAL_LIFE = Category(
    key="sexual_life",
    names={
        "fi": "seksuaalinen suuntautuminen",
        "sv": "sexuell läggning",
        "en": "sex life or sexual orientation",
    },
    headers=(
        *("seksuaalinen suuntautuminen", "sukupuolinen suuntautuminen", "seksuaalisuus"),
        *("seksuaalinen suunt", "sukupuolielämä", "seksuaalikäyttäytyminen", "seksuaaliterveys"),
        *("sexuell läggning", "sexualitet", "sexualliv"),
        *("sexuell identitet", "sexuell orientering"),
        *("sexual orientation", "sexual preference", "sexual preferences", "sexuality", "sex life"),
        *("sexual life", "sexual identity", "lgbt", "lgbtq"),
    ),
    group=Group.SPECIAL,
    dpv="pd:Sexual",
    fideslang="user.demographic.sexual_orientation",
    words=_WORDS.words,
    tells=_WORDS.tells,
    find=_WORDS.find,
)
