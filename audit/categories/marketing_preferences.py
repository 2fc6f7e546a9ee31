"""
Marketing preferences: consents, bans and subscriptions, with their times. Told by the header.

Most of these headers also name the channel (*sähköpostilupa*, *Accepts Email Marketing*,
*puhelinkielto*), so the channel and the permission are listed together.
"""

from audit.categories.model import Category

__all__ = ["MARKETING_PREFERENCES"]

MARKETING_PREFERENCES = Category(
    key="marketing_preferences",
    names={
        "fi": "markkinointiluvat ja -kiellot",
        "sv": "marknadsföringsval",
        "en": "marketing preferences",
    },
    headers=(
        *("markkinointilupa", "markkinointiluvat", "markkinointikielto", "markkinointikiellot"),
        *("markkinointisuostumus", "markkinointi", "suoramarkkinointi", "suoramarkkinointilupa"),
        *("suoramarkkinointikielto", "suoramark", "suoramarkk kielto", "markkinointi sallittu"),
        *("markkinointi kielletty", "sähköpostilupa", "sähköpostikielto", "sähköposti sallittu"),
        *("sähköposti kielletty", "sähköpostimarkkinointi", "sähköpostisuostumus"),
        *("sähköposti lupa pvm", "sähköpostin tila", "puhelinkielto", "puhelinlupa"),
        *("puhelinmarkkinointi", "puhelinmarkkinointikielto", "puhelin sallittu"),
        *("puhelin kielletty", "soittokielto", "soittolupa", "postikielto", "postilupa"),
        *("postimarkkinointi", "osoitekielto", "tekstiviestilupa", "tekstiviestikielto"),
        *("tekstiviestimarkkinointi", "tekstiviesti sallittu", "sms lupa", "sms kielto"),
        *("sms markkinointi", "markkinointi sms", "sms suostumus", "uutiskirje", "uutiskirjeet"),
        *("uutiskirjelupa", "uutiskirjetilaus", "uutiskirjeen tilaus", "uutiskirjeen tilaaja"),
        *("tilaa uutiskirjeen", "uutiskirjeen tila", "mainoskielto", "mainoslupa", "mainonta"),
        *("mainosten esto", "suostumus", "suostumukset", "suostumus pvm", "suostumuksen päivä"),
        *("suostumuspäivä", "suostumus annettu", "luvat", "luvat ja kiellot", "viestintäasetukset"),
        *("peruuttanut tilauksen", "peruutettu uutiskirje", "kohdennettu mainonta", "robinson"),
        *("postituslista", "postituskielto", "postituslupa", "yhteydenottotapa"),
        *("marknadsföring", "marknadsföringssamtycke", "marknadsföringstillstånd"),
        *("marknadsföringslov", "marknadsföringsförbud", "direktmarknadsföring"),
        *("direktmarknadsföringsförbud", "direktreklam", "reklamförbud", "reklamspärr"),
        *("nej till reklam", "accepterar marknadsföring", "tillåter marknadsföring"),
        *("e postmarknadsföring", "e post tillåten", "e post samtycke", "samtycke", "samtycken"),
        *("samtyckesdatum", "samtycke datum", "nyhetsbrev", "nyhetsbrevsprenumerant"),
        *("prenumererar", "prenumererar på nyhetsbrev", "prenumerant", "avprenumererad"),
        *("avregistrerad", "sms tillåtet", "sms samtycke", "sms marknadsföring", "telefonförbud"),
        *("telefonspärr", "telefonmarknadsföring", "postspärr", "nix", "utskick"),
        *("kontaktsätt", "e postlista"),
        *("marketing preferences", "marketing", "marketing consent", "marketing permission"),
        "member rating",  # a newsletter's reader by how much was opened
        *("marketing permissions", "marketing opt in", "marketing opt out", "marketing allowed"),
        *("marketing ban", "marketing block", "marketing status", "marketing contact"),
        *("marketing contact status", "marketing sms", "marketing email", "marketing emails"),
        *("accepts marketing", "accepts email marketing", "accepts sms marketing"),
        *("buyer accepts marketing", "email marketing", "email marketing consent"),
        *("email marketing status", "sms marketing", "sms marketing consent", "direct marketing"),
        *("direct marketing ban", "opt in", "opt out", "opt in time", "opt in date"),
        *("opt in source", "opt in level", "opt out date", "double opt in", "opted in"),
        *("opted out", "opted out of email", "has opted out of email", "email opt in"),
        *("email opt out", "email consent", "email permission", "email status"),
        *("email subscription status", "email subscriber", "sms opt in", "sms opt out"),
        *("sms consent", "sms permission", "phone opt out", "phone opt in", "phone consent"),
        *("do not call", "do not email", "do not contact", "do not mail", "do not sms"),
        *("do not fax", "consent", "consents", "consent date", "consent time", "consent status"),
        *("consent source", "consent given", "newsletter", "newsletters"),
        *("newsletter subscription", "newsletter subscriber", "newsletter status"),
        *("newsletter opt in", "is subscribed", "subscribed", "subscribed at", "subscriber status"),
        *("subscription status", "unsubscribed", "unsubscribed at", "unsubscribed from all email"),
        *("unsubscribe date", "unsubscribe reason", "unsub time", "unsub campaign title"),
        *("clean time", "clean campaign title", "clean campaign id"),
        *("unsub campaign id", "unsub reason", "unsub reason other", "confirm time"),
        *("confirmed opt in", "mailing list", "mailing lists", "email list"),
        *("communication preferences", "contact preferences", "contact permission"),
        *("legal basis for processing contact s data", "gdpr consent"),
        *("gdpr marketing permissions", "email preferences"),
        *("contact method", "preferred contact method"),
    ),
    dpv="pd:PrivacyPreference",
    fideslang="user.privacy_preferences",
)
