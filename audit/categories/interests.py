"""
Interests: hobbies, wishes, preferences, and the segment made of them. Told by the header.

Marketing permissions are ``marketing_preferences``, diets ``diet_allergy``. In text by a label with
its value, and by what somebody does at leisure.

>>> [m.ground for m in INTERESTS.find("harrastaa golfia; hobbyer: fiske; keen gardener")]
['statement', 'statement', 'statement']
>>> list(INTERESTS.find("harrastus: ei, interest rate 5 %, hobby shop"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category

__all__ = ["INTERESTS"]

_WORDS = lexicon("interests")

INTERESTS = Category(
    key="interests",
    names={"fi": "kiinnostuksen kohteet", "sv": "intressen", "en": "interests"},
    headers=(
        *("kiinnostuksen kohteet", "kiinnostuksen kohde", "kiinnostukset", "kiinnostus"),
        *("kiinnostunut", "mielenkiinnon kohteet", "mielenkiinnon kohde", "harrastukset"),
        *("harrastus", "toive", "toiveet", "erityistoiveet", "toivelista", "mieltymykset"),
        *("suosikit", "suosikkituotteet", "suosikkituoteryhmä", "lempituotteet"),
        *("asiakassegmentti", "segmentti", "segmentit", "kohderyhmä", "asiakasprofiili"),
        *("ostoprofiili", "ostoaikeet", "persoona"),
        *("intresse", "intressen", "intresseområde", "intresseområden", "fritidsintresse"),
        *("fritidsintressen", "hobbyer", "önskelista", "preferenser", "favoriter"),
        *("kundsegment", "segment", "målgrupp", "kundprofil", "personlighet"),
        *("interest", "interests", "areas of interest", "area of interest", "product interest"),
        *("hobby", "hobbies", "pastimes", "wish", "wishes", "wish list"),
        *("preferences", "customer preferences", "favourites", "favorites", "favorite products"),
        *("likes", "likes and dislikes", "customer segment", "segments", "target group", "persona"),
        *("customer profile", "affinity", "affinity category"),
        *("mitä harrastat", "harrastuksesi", "vad gör du på fritiden", "dina intressen"),
        *("dina hobbyer", "what are your hobbies", "your hobbies"),
    ),
    dpv="pd:Interest",
    fideslang="user.demographic.profile",
    words=_WORDS.words,
    find=_WORDS.find,
    phrased=True,
)
