"""
Criminal convictions and offences (GDPR Art. 10; Data Protection Act 1050/2018 section 7).

Told by the header, and in text by words. A security clearance or an extract shown counts: it tells of its result.

>>> [m.ground for m in CRIMINAL.find("Tuomittu petoksesta 2019")]
['statement']
>>> list(CRIMINAL.find("asiakas joutui varkauden uhriksi"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category, Group

__all__ = ["CRIMINAL"]

_WORDS = lexicon("criminal")

CRIMINAL = Category(
    key="criminal",
    names={"fi": "rikostiedot", "sv": "uppgifter om brott", "en": "criminal offence data"},
    headers=(
        *("rikostiedot", "rikos", "rikokset", "rikosrekisteri", "rikosrekisteriote", "rikostausta"),
        *("rikostaustaote", "rikoshistoria", "rikosilmoitus", "rikosepäily", "tuomio", "tuomiot"),
        *("rangaistus", "rangaistukset", "vankeus", "turvallisuusselvitys"),
        *("väärinkäytökset", "rikoksesta epäilty"),
        *("brott", "brottsregister", "brottsmisstanke", "brottsuppgifter", "straffregister"),
        *("straffregisterutdrag", "registerutdrag brott", "brottmål", "fällande domar"),
        *("säkerhetsutredning", "polisanmälan"),
        *("criminal", "criminal record", "criminal records", "criminal history"),
        *("criminal background", "criminal convictions", "criminal offences", "criminal offenses"),
        *("conviction", "convictions", "offence", "offences", "background check", "dbs check"),
        *("dbs", "dbs seen", "dbs number", "dbs certificate", "disclosure certificate"),
        *("security clearance", "police report"),
    ),
    group=Group.CRIME_AND_CREDIT,
    dpv="pd:Criminal",
    fideslang="user.criminal_history",
    words=_WORDS.words,
    tells=_WORDS.tells,
    find=_WORDS.find,
)
