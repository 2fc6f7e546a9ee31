"""
Health: illness, injury, medication, care, disability and pregnancy. Told by the header, and in text by words.

GDPR Art. 4(15) and 9(1). Genetic data has no key of its own and is here. Weight and height alone are not taken: they are measures of products.
Allergies and diets are ``diet_allergy``.

>>> [m.ground for m in HEALTH.find("Asiakkaalla todettu diabetes, ei epilepsiaa")]
['statement']
>>> list(HEALTH.find("Diabetesliitto ry tilasi 2 verensokerimittaria"))
[]
"""

import re

from audit.categories._lexicon import lexicon
from audit.categories.model import Category, Group

__all__ = ["HEALTH"]

_WORDS = lexicon("health")
# What glasses correct: a column of quarters, each with its sign, is of people's eyes.
_DIOPTRES = re.compile(r"[-+\N{MINUS SIGN}][0-9]{1,2}[.,](?:00|25|50|75)")

HEALTH = Category(
    key="health",
    names={"fi": "terveystiedot", "sv": "hälsouppgifter", "en": "health data"},
    headers=(
        *("terveys", "terveystiedot", "terveystieto", "terveydentila", "terveysrajoitteet"),
        *("terveysriskit", "terveyskysely", "sairaus", "sairaudet", "perussairaudet"),
        *("pitkäaikaissairaudet", "sairaushistoria", "sairauskertomus", "potilaskertomus"),
        *("esitiedot", "diagnoosi", "diagnoosit", "lääkitys", "lääkitykset", "lääkkeet", "lääke"),
        *("reseptilääkkeet", "lääkäri", "hoitava lääkäri", "hoitotiedot", "hoitosuunnitelma"),
        *("hoitohistoria", "hoidon tarve", "vamma", "vammat", "vammaisuus", "vammaiskortti"),
        *("liikuntarajoite", "liikuntarajoitteet", "toimintarajoite", "toimintakyky", "apuväline"),
        *("apuvälineet", "apuvälinetarve", "kuulolaite", "esteettömyystarve"),
        *("esteettömyystarpeet", "raskaus", "raskaana", "laskettu aika", "rokotus", "rokotukset"),
        *("rokotustiedot", "koronatodistus", "veriryhmä", "verenpaine", "sairausloma"),
        *("sairauspv", "sairauspäivät", "sairauspoissaolo", "sairauspoissaolot", "työkyky"),
        *("työkyvyttömyys", "kuntoutus"),
        *("oireet", "oire", "potilasnumero", "potilastunnus", "potilas id", "potilastiedot"),
        *("mielenterveys", "näkökyky", "tutkimustulokset", "laboratoriotulokset", "kipualue"),
        *("sairausloman alku", "sairausloman alkupäivä", "sairausloman loppu"),
        *("sairausloman loppupäivä", "geenitieto", "geneettiset tiedot", "geneettinen tieto"),
        *("hälsa", "hälsouppgifter", "hälsotillstånd", "hälsoinformation", "hälsodeklaration"),
        *("sjukdom", "sjukdomar", "sjukdomshistoria", "sjukhistorik", "patientuppgifter"),
        *("patientnummer", "patientjournal", "journaluppgifter", "diagnos", "diagnoser"),
        *("medicinering", "mediciner", "läkemedel", "läkare", "behandlande läkare", "vårdplan"),
        *("vårdbehov", "funktionsnedsättning", "funktionshinder", "handikapp", "rörelsehinder"),
        *("hjälpmedel", "hjälpmedelsbehov", "graviditet", "gravid", "beräknat förlossningsdatum"),
        *("vaccinationer", "vaccinationsstatus", "blodgrupp", "blodtryck", "sjukfrånvaro"),
        *("sjukledighet", "sjukskrivning", "rehabilitering", "symtom", "skada", "skador"),
        *("tillgänglighetsbehov", "genetiska uppgifter"),
        *("health", "health data", "health information", "health status", "health condition"),
        *("health conditions", "health notes", "health history", "health declaration", "medical"),
        *("medical data", "medical information", "medical condition", "medical conditions"),
        *("medical history", "medical notes", "medical record", "medical record number", "illness"),
        *("illnesses", "disease", "diseases", "chronic conditions", "diagnosis", "diagnoses"),
        *("medication", "medications", "medicine", "prescription", "prescriptions", "physician"),
        *("treatment", "treatments", "treatment plan", "disability", "disabilities", "impairment"),
        *("mobility impairment", "wheelchair", "accessibility needs", "accessibility requirements"),
        *("special needs", "pregnancy", "pregnant", "maternity due date", "vaccination"),
        *("vaccinations", "vaccination status", "covid status", "blood type", "blood group"),
        *("blood pressure", "bmi", "injury", "injuries", "symptom", "symptoms", "sick leave"),
        *("sick days", "sickness absence", "mental health", "patient id", "patient number"),
        *("rehabilitation", "genetic data", "dna"),
        *("blue badge", "vammaispysäköintitunnus", "vammaisen pysäköintilupa"),
        *("liikkumisesteisen pysäköintitunnus", "parkeringstillstånd för rörelsehindrade"),
        *("handikapptillstånd", "disabled parking", "disabled badge", "disability badge"),
    ),
    group=Group.SPECIAL,
    dpv="pd:Health",
    fideslang="user.health_and_medical",
    words=_WORDS.words,
    find=_WORDS.find,
    tells=lambda text: _WORDS.tells(text) or _DIOPTRES.fullmatch(text) is not None,
)
