"""
Family: spouse, children, guardian and next of kin of the person on record. Told by the header.

In text by whom somebody has, by relatives with their names, and by what is said of parents and
children only. A relative who merely rings is a mention; how many come to dinner is nobody's family.

>>> [m.ground for m in FAMILY.find("kaksi lasta; dottern Ebba hämtar; single mother; vaimo soitti")]
['statement', 'statement', 'statement', 'mention']
>>> list(FAMILY.find("lasten polkupyörä, perhepizza, 2 adults, 2 children, tytäryhtiö, Brother printer"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category

__all__ = ["FAMILY"]

_WORDS = lexicon("family")

FAMILY = Category(
    key="family",
    names={
        "fi": "perhe ja läheiset",
        "sv": "familj och närstående",
        "en": "family and next of kin",
    },
    headers=(
        *("perhe", "perhetiedot", "perhesuhteet", "perhekoko", "perheen koko", "perheenjäsen"),
        *("perheenjäsenet", "perheenjäsenten nimet", "puoliso", "puolison nimi", "aviopuoliso"),
        *("avopuoliso", "lapsi", "lapset", "lapsen nimi", "lasten nimet", "lapsen ikä"),
        *("lasten iät", "lasten määrä", "lasten lukumäärä", "lapsia", "huoltaja", "huoltajat"),
        *("huoltajan nimi", "huoltajan tiedot", "huollettava", "huollettavat", "vanhempi"),
        *("vanhemmat", "vanhemman nimi", "vanhempien nimet", "äiti", "äidin nimi", "isä"),
        *("isän nimi", "sisarukset", "omainen", "omaiset", "omaisen nimi", "lähiomainen"),
        *("lähiomaisen nimi", "läheinen", "edunvalvoja", "edunvalvojan nimi", "hätäyhteyshenkilö"),
        *("yhteyshenkilö hätätilanteessa", "hätätilanteen yhteyshenkilö", "ice yhteyshenkilö"),
        *("kotitalous", "talouden koko", "hääpäivä"),
        *("familj", "familjemedlemmar", "familjemedlem", "familjestorlek", "familjeförhållanden"),
        *("make maka", "maka", "makens namn", "makans namn", "sambo", "barn", "barnets namn"),
        *("barnens namn", "antal barn", "vårdnadshavare", "vårdnadshavarens namn", "målsman"),
        *("förälder", "föräldrar", "föräldrarnas namn", "mor", "moder", "syskon", "anhörig"),
        *("anhöriga", "närmast anhörig", "närmaste anhörig", "närstående", "intressebevakare"),
        *("nödkontakt", "hushåll", "hushållets storlek", "bröllopsdag"),
        *("family", "family members", "family size", "family status", "spouse", "spouse s name"),
        *("wife", "husband", "partner s name", "child", "children", "child name", "child s name"),
        *("number of children", "has children", "guardian", "guardian name", "parent", "parents"),
        *("parent name", "parent s name", "parent guardian", "mother", "mother s name", "father"),
        *("father s name", "siblings", "next of kin", "emergency contact"),
        *("emergency contact name", "dependents", "dependants", "household", "household size"),
        *("relation", "relationship", "anniversary", "wedding anniversary", "vuosipäivä"),
        *("onko sinulla lapsia", "onko sinulla perhettä", "har du barn", "har du familj"),
        *("do you have children", "do you have a family"),
        *("kenelle ilmoitamme hätätilanteessa", "vem kontaktar vi i nödfall"),
        *("who should we contact in an emergency",),
    ),
    dpv="pd:Family",
    fideslang="user.demographic",
    words=_WORDS.words,
    tells=_WORDS.tells,
    find=_WORDS.find,
    phrased=True,
)
