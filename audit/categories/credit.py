"""
Credit: limit, rating, ban and payment defaults. Told by the header, and in text by words.

Not of GDPR Art. 9 or 10, but kept apart by the Finnish Credit Information Act 527/2007. Reminders
and collection of an invoice are ``invoicing``.

>>> [m.ground for m in CREDIT.find("Asiakkaalla maksuhäiriömerkintä")]
['statement']
>>> list(CREDIT.find("konkurssipesän myynti 12.5."))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category, Group

__all__ = ["CREDIT"]

_WORDS = lexicon("credit")

CREDIT = Category(
    key="credit",
    names={"fi": "luottotiedot", "sv": "kredituppgifter", "en": "credit data"},
    headers=(
        *("luottotiedot", "luottotieto", "luottotietomerkintä", "luottotietomerkinnät"),
        *("luottotietokysely", "luottotietojen tarkistus", "luottoraja", "luottolimiitti"),
        *("limiitti", "luottoluokka", "luottoluokitus", "luottokielto", "luottokelpoisuus"),
        *("luottopäätös", "luottopisteet", "luottokelpoinen", "luottotappio", "luottotappiot"),
        *("luottosopimus", "luottohistoria", "luottoesto", "maksuhäiriö", "maksuhäiriöt"),
        *("maksuhäiriömerkintä", "maksuhäiriömerkinnät", "maksukyky", "maksukäyttäytyminen"),
        *("maksuhistoria", "riskiluokka", "riskiluokitus", "ulosotto", "ulosotossa"),
        *("velkajärjestely", "konkurssi", "maksukyvyttömyys"),
        *("kredituppgifter", "kreditgräns", "kreditlimit", "kreditvärdighet", "kreditklass"),
        *("kreditbetyg", "kreditspärr", "kreditförbud", "kreditupplysning", "kreditkontroll"),
        *("kreditbeslut", "kredithistorik", "kreditförlust", "betalningsanmärkning"),
        *("betalningsanmärkningar", "betalningsstörning", "betalningsstörningar"),
        *("betalningsstörningsanteckning", "betalningshistorik", "betalningsförmåga", "riskklass"),
        *("utmätning", "utsökning", "skuldsanering", "konkurs", "insolvens"),
        *("credit limit", "credit data", "credit rating", "credit score", "credit class"),
        *("credit ban", "credit block", "credit hold", "credit check", "credit status"),
        *("credit history", "credit information", "credit report", "credit risk"),
        *("creditworthiness", "creditworthy", "credit standing", "payment default"),
        *("payment defaults", "payment behaviour", "payment behavior", "payment history"),
        *("risk class", "risk category", "bankruptcy", "insolvency", "debt enforcement"),
        *("bad debt", "klimk", "ctlpc"),
    ),
    group=Group.CRIME_AND_CREDIT,
    dpv="pd:Credit",
    fideslang="user.financial",
    words=_WORDS.words,
    find=_WORDS.find,
    tells=_WORDS.tells,
)
