"""
Language of the person: mother tongue, language of contact or of the user interface.

Told by the header.
"""

from audit.categories.model import Category

__all__ = ["LANGUAGE"]

LANGUAGE = Category(
    key="language",
    names={"fi": "kieli", "sv": "språk", "en": "language"},
    headers=(
        *("kieli", "kielet", "kielikoodi", "äidinkieli", "asiointikieli", "palvelukieli"),
        *("yhteydenottokieli", "kontaktikieli", "viestintäkieli", "laskutuskieli", "laskun kieli"),
        *("asiakkaan kieli", "käyttöliittymän kieli", "kielitaito", "kielivalinta"),
        *("språk", "språkkod", "modersmål", "kontaktspråk", "kommunikationsspråk", "servicespråk"),
        *("betjäningsspråk", "fakturaspråk", "kundens språk", "språkkunskaper", "språkval"),
        *("language", "languages", "language code", "lang", "locale", "customer locale"),
        *("mother tongue", "native language", "preferred language", "language preference"),
        *("spoken languages", "language skills", "spras"),
        *("sprache",),
    ),
    dpv="pd:Language",
    fideslang="user.demographic.language",
)
