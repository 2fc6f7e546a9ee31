"""
Biometric data used to identify a person (GDPR Art. 4(14) and 9(1)). Told by the header, and in text by words.

A photograph is ``photo_video`` until a template is made of it.

>>> [m.ground for m in BIOMETRICS.find("Sormenjälki tallennettu kulunvalvontaan")]
['statement']
>>> list(BIOMETRICS.find("sormenjälkilukija asennettu oveen"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category, Group

__all__ = ["BIOMETRICS"]

_WORDS = lexicon("biometrics")

BIOMETRICS = Category(
    key="biometrics",
    names={"fi": "biometriset tunnisteet", "sv": "biometriska uppgifter", "en": "biometric data"},
    headers=(
        *("biometriikka", "biometriset tunnisteet", "biometriset tiedot", "biometrinen tunniste"),
        *("biometrinen tunnistus", "sormenjälki", "sormenjäljet", "kasvojentunnistus"),
        *("kasvontunnistus", "kasvomalli", "äänitunniste", "silmän iiris"),
        *("biometri", "biometriska uppgifter", "biometrisk identifiering", "fingeravtryck"),
        *("ansiktsigenkänning", "ansiktsmall", "röstavtryck", "irisskanning"),
        *("biometrics", "biometric", "biometric data", "biometric id", "biometric template"),
        *("fingerprint", "fingerprints", "face id", "face template", "facial recognition"),
        *("voice print", "retina scan", "iris scan"),
        *("sormenjälkitunniste", "sormenjälkitunnus", "kasvotunniste", "fingeravtrycksmall"),
        *("fingerprint template", "fingerprint id"),
    ),
    group=Group.SPECIAL,
    dpv="pd:Biometric",
    fideslang="user.biometric",
    words=_WORDS.words,
    find=_WORDS.find,
)
