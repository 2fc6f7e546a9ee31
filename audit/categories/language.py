"""
Language of the person: mother tongue, language of contact or of the user interface.

Told by the header. In text by a label with its value, and by what somebody speaks; the language of a
manual is nobody's.

>>> [m.value for m in LANGUAGE.find("äidinkieli: ruotsi; talar bara finska; speaks only Estonian")]
['äidinkieli: ruotsi', 'talar bara finska', 'speaks only estonian']
>>> list(LANGUAGE.find("ruotsinkielinen käyttöohje, Swedish manual, käyttöohjeen kieli: suomi"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category

__all__ = ["LANGUAGE"]

_WORDS = lexicon("language")

LANGUAGE = Category(
    key="language",
    names={"fi": "kieli", "sv": "språk", "en": "language"},
    headers=(
        *("locales", "preferred locale", "preferred locales"),
        *("kieli", "kielet", "kielikoodi", "äidinkieli", "asiointikieli", "palvelukieli"),
        *("yhteydenottokieli", "kontaktikieli", "viestintäkieli", "laskutuskieli", "laskun kieli"),
        *("asiakkaan kieli", "käyttöliittymän kieli", "kielitaito", "kielivalinta"),
        *("språk", "språkkod", "modersmål", "kontaktspråk", "kommunikationsspråk", "servicespråk"),
        *("betjäningsspråk", "fakturaspråk", "kundens språk", "språkkunskaper", "språkval"),
        *("language", "languages", "language code", "lang", "locale", "customer locale"),
        *("mother tongue", "native language", "preferred language", "language preference"),
        *("spoken languages", "language skills", "spras"),
        *("sprache",),
        *("mitä kieltä puhut", "äidinkielesi", "vilket språk talar du", "ditt modersmål"),
        *("what language do you speak", "which language do you speak"),
    ),
    dpv="pd:Language",
    fideslang="user.demographic.language",
    words=_WORDS.words,
    find=_WORDS.find,
    phrased=True,
    tells=_WORDS.tells,
)
