"""
Trade union membership and fees (GDPR Art. 9(1)). Told by the header, and in text by words.

An unemployment fund is not a union, and membership of one is not taken.

>>> [m.ground for m in UNION_MEMBERSHIP.find("On rakennusliiton jäsen")]
['statement']
>>> list(UNION_MEMBERSHIP.find("Rakennusliitto ry tilasi kokoustilan"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category, Group

__all__ = ["UNION_MEMBERSHIP"]

_WORDS = lexicon("union_membership")

UNION_MEMBERSHIP = Category(
    key="union_membership",
    names={
        "fi": "ammattiliiton jäsenyys",
        "sv": "medlemskap i fackförening",
        "en": "trade union membership",
    },
    headers=(
        *("ammattiliitto", "ammattiliiton jäsen", "ammattiliiton jäsenyys"),
        *("ammattiliiton jäsenmaksu", "ammattiyhdistys", "ammattiyhdistysjäsenyys"),
        *("ammattijärjestö", "ammattiosasto", "ay jäsen", "ay jäsenyys", "ay jäsenmaksu"),
        *("ay maksu", "ay maksut", "ay jäsenmaksun perintä", "liiton jäsen", "liiton jäsenyys"),
        *("liiton jäsenmaksu", "liittoon kuuluminen"),
        *("luottamusmies", "jäsenmaksun perintävaltakirja"),
        *("fackförbund", "fackförening", "fackmedlem", "fackmedlemskap", "fackföreningsmedlem"),
        *("fackföreningsmedlemskap", "fackavgift", "facklig tillhörighet", "facklig anslutning"),
        *("medlem i facket", "förtroendeman", "fackklubb"),
        *("trade union", "trade union membership", "trade union member", "union"),
        *("union membership", "union member", "union name", "union dues", "union fee"),
        *("labour union", "labor union", "shop steward", "union representative"),
        *("kuulutko liittoon", "kuulutko ammattiliittoon", "är du med i facket"),
        *("are you a union member", "are you in a union"),
    ),
    group=Group.SPECIAL,
    dpv="pd:TradeUnionMembership",
    fideslang="user.demographic.profile",
    words=_WORDS.words,
    tells=_WORDS.tells,
    find=_WORDS.find,
)
