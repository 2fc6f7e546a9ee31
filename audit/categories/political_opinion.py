"""
Political opinion and party (GDPR Art. 9(1)). Told by the header, and in text by words.

*Party* and *parti* alone are not taken: they also mean a party of guests and a lot of goods.

>>> [m.ground for m in POLITICAL_OPINION.find("Kokoomuksen jäsen")]
['statement']
>>> list(POLITICAL_OPINION.find("Puolue tilasi mainostelineet"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category, Group

__all__ = ["POLITICAL_OPINION"]

_WORDS = lexicon("political_opinion")

POLITICAL_OPINION = Category(
    key="political_opinion",
    names={"fi": "poliittinen mielipide", "sv": "politisk åsikt", "en": "political opinion"},
    headers=(
        *("poliittinen mielipide", "poliittinen kanta", "poliittinen suuntautuminen"),
        *("poliittinen vakaumus", "poliittinen toiminta", "puolue", "puoluekanta", "puoluetausta"),
        *("puolueen jäsen", "puolueen jäsenyys", "puoluejäsenyys", "puolueosasto"),
        *("äänestyskäyttäytyminen", "äänestänyt puolue", "luottamustoimet politiikassa"),
        *("politisk åsikt", "politiska åsikter", "politisk tillhörighet", "politisk övertygelse"),
        *("politiskt parti", "partitillhörighet", "partimedlem", "partimedlemskap", "partisympati"),
        *("political opinion", "political opinions", "political view", "political views"),
        *("political party", "political affiliation", "political preference"),
        *("political orientation", "party affiliation", "party membership"),
        *("party member", "voting intention"),
        *(
            "mitä puoluetta äänestäisit",
            "mitä puoluetta äänestät",
            "mitä puoluetta kannatat",
            "vilket parti röstar du på",
        ),
        *("which party do you vote for",),
    ),
    group=Group.SPECIAL,
    dpv="pd:PoliticalOpinion",
    fideslang="user.demographic.political_opinion",
    words=_WORDS.words,
    find=_WORDS.find,
    tells=_WORDS.tells,
)
