"""
Marks of people under protection: an order of non-disclosure for safety, a protected identity, a guardian.

Told by the header, and in text by words. It is no category that a notice would declare, and no
reason to erase anything: it tells that this person's address must go nowhere.

>>> [m.ground for m in PROTECTED_PERSON.find("HUOM! turvakielto, osoite vain johdolle")]
['statement']
>>> list(PROTECTED_PERSON.find("ei turvakieltoa; turvakielto päättyi 2.3.2024"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category, Group

__all__ = ["PROTECTED_PERSON"]

_WORDS = lexicon("protected_person")

PROTECTED_PERSON = Category(
    key="protected_person",
    names={"fi": "turvakielto", "sv": "skyddade personuppgifter", "en": "protected person"},
    headers=(
        *("turvakielto", "turvakieltomerkintä", "turvakiellon alainen", "suojattu osoite"),
        *("salainen osoite", "salattu osoite", "tietojenluovutuskielto", "skyddad identitet"),
        *("skyddade personuppgifter", "skyddad folkbokföring", "skyddad adress"),
        *("sekretessmarkering", "spärrmarkering", "protected address", "protected identity"),
        *("protected person", "non disclosure", "address protection", "secret address"),
    ),
    group=Group.PROTECTED,
    dpv="dpv:VulnerableDataSubject",
    fideslang="user",
    words=_WORDS.words,
    find=_WORDS.find,
)
