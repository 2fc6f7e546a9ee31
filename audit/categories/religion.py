"""
Religion and philosophical belief (GDPR Art. 9(1)). Told by the header, and in text by words.

Membership of a congregation and liability to church tax say as much as the word itself.

>>> [m.ground for m in RELIGION.find("Kuuluu helluntaiseurakuntaan")]
['statement']
>>> list(RELIGION.find("Mikkelin seurakunta tilasi 20 tuolia"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category, Group

__all__ = ["RELIGION"]

_WORDS = lexicon("religion")

RELIGION = Category(
    key="religion",
    names={
        "fi": "uskonto tai vakaumus",
        "sv": "religion eller övertygelse",
        "en": "religion or belief",
    },
    headers=(
        *("uskonto", "uskontokunta", "uskontokuntakoodi", "uskonnollinen yhdyskunta"),
        *("uskonnollinen vakaumus", "uskonnollisuus", "uskontokuntaan kuuluminen", "seurakunta"),
        *("kotiseurakunta", "kirkkokunta", "kirkkoon kuuluminen", "kirkon jäsen"),
        *("kirkon jäsenyys", "kirkollisvero", "kirkollisverovelvollinen", "vakaumus"),
        *("maailmankatsomus", "elämänkatsomus", "kastettu", "kastepäivä"),
        *("rippikoulu", "rippikoulun käynyt"),
        *("trossamfund", "religionstillhörighet", "religiös tillhörighet", "religiös övertygelse"),
        *("tro", "församling", "församlingsmedlem", "hemförsamling", "kyrka", "kyrkotillhörighet"),
        *("kyrkomedlem", "kyrkoskatt", "kyrkosamfund", "livsåskådning", "övertygelse"),
        *("döpt", "konfirmerad"),
        *("religion", "religious affiliation", "religious belief", "religious beliefs"),
        *("religious denomination", "denomination", "parish", "congregation", "church"),
        *("church member", "church membership", "church tax", "faith", "belief", "beliefs"),
        *("philosophical belief", "creed", "worldview", "baptised", "baptized", "konfe"),
        *(
            "mihin uskontokuntaan kuulut",
            "uskontokuntaan",
            "kuulutko kirkkoon",
            "är du med i kyrkan",
            "do you belong to a church",
        ),
        *("what is your religion", "uskontosi", "din religion"),
    ),
    group=Group.SPECIAL,
    dpv="pd:Religion",
    fideslang="user.demographic.religious_belief",
    words=_WORDS.words,
    find=_WORDS.find,
    tells=_WORDS.tells,
)
