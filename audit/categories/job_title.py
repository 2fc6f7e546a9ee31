"""
Job title: occupation, position and department of a person. Told by the header.

*Title* alone is read as a job title, though Outlook means Mr or Ms by it; *nimike* alone is an item
of an order. In text by a label with its value, and by what somebody works as.

>>> [m.ground for m in JOB_TITLE.find("ammatti: lähihoitaja; arbetar som lärare; works as a nurse")]
['statement', 'statement', 'statement']
>>> list(JOB_TITLE.find("ammattikäyttöön, pumppu toimii hyvin, works as a spare"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category

__all__ = ["JOB_TITLE"]

_WORDS = lexicon("job_title")

JOB_TITLE = Category(
    key="job_title",
    names={"fi": "ammatti tai tehtävänimike", "sv": "yrke eller titel", "en": "job title"},
    headers=(
        *("ammatti", "ammattinimike", "tehtävänimike", "virkanimike", "titteli", "toimenkuva"),
        *("asema", "asema yrityksessä", "tehtävä", "työtehtävä", "virka", "osasto"),
        *("rooli", "rooli yrityksessä"),
        *("yrke", "yrkestitel", "titel", "befattning", "tjänstetitel", "tjänsteställning"),
        *("avdelning", "arbetsuppgift", "roll"),
        *("job title", "title", "position", "occupation", "profession", "department", "role"),
        *("job role", "job function", "job position", "seniority"),
        *("organization title", "organization 1 title", "buying role"),
        *("mitä teet työksesi", "mikä on ammattisi", "ammattisi", "vad jobbar du med"),
        *("vad arbetar du med", "ditt yrke", "what do you do for a living"),
        *("what is your job", "your job", "your occupation"),
    ),
    dpv="pd:Job",
    fideslang="user.job_title",
    words=_WORDS.words,
    find=_WORDS.find,
    tells=_WORDS.tells,
    phrased=True,
)
