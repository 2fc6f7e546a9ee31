"""
Membership of an association or a loyalty scheme: number, kind, dates, fee and points.

Told by the header. Membership of a union, a party or a church has a file of its own.
"""

from audit.categories.model import Category

__all__ = ["MEMBERSHIP"]

MEMBERSHIP = Category(
    key="membership",
    names={"fi": "jäsenyystiedot", "sv": "medlemsuppgifter", "en": "membership"},
    headers=(
        *("avgift betald", "avgift", "årsavgift", "årsavgift betald", "vuosimaksu", "annual fee"),
        *("fee paid", "annual fee paid", "vuosimaksu maksettu"),
        *("jäsenyys", "jäsenyydet", "jäsenyystiedot", "jäsen", "jäsenet", "jäsennumero"),
        *("jäsen nro", "jäsennr", "jäsentunnus", "jäsen id", "jäsenlaji", "jäsentyyppi"),
        *("jäsenluokka", "jäsenryhmä", "jäsenyyden tyyppi", "jäsenyyden tila", "jäsenyyden alku"),
        *("jäsenyys alkoi", "jäsenyys päättyi", "jäsenyyden päättyminen", "jäsenyys voimassa"),
        *("jäsenmaksu", "jäsenmaksut", "jäsenmaksu maksettu", "jäsenkortti", "jäsenkortin numero"),
        *("jäsenkausi", "liittymispäivä", "liittymispvm", "liittymisvuosi", "liittynyt"),
        *("eropäivä", "eropvm", "eronnut", "eron syy", "eroamisen syy", "utträdesorsak"),
        *("kunniajäsen", "kanta asiakas", "kanta asiakkuus"),
        *("kanta asiakasnumero", "kanta asiakasnro", "kanta asiakaskortti", "kanta asiakastaso"),
        *("kanta asiakaskortin numero", "kanta asiakaspisteet", "etukortti", "bonuskortti"),
        *("bonuspisteet", "bonustaso", "pistesaldo"),
        *("medlemskap", "medlem", "medlemmar", "medlemsnummer", "medlemsnr", "medlems id"),
        *("medlemsuppgifter", "medlemstyp", "medlemskategori", "medlemsavgift", "medlemskort"),
        *("medlem sedan", "medlemskap upphört", "medlemsstatus", "inträdesdatum", "utträdesdatum"),
        *("inträdde", "stamkund", "stamkundsnummer", "stamkundskort", "bonuskort"),
        *("bonuspoäng", "lojalitetsnummer"),
        *("membership", "memberships", "membership id", "membership number", "membership no"),
        *("membership type", "membership level", "membership status", "membership fee"),
        *("membership start date", "membership end date", "membership expiry", "membership card"),
        *("member", "member id", "member number", "member no", "member type", "member since"),
        *("member status", "member fee", "joined", "joined at", "joined date", "join date"),
        *("joining date", "date joined", "resignation date", "loyalty", "loyalty number"),
        *("loyalty card", "loyalty card number", "loyalty id", "loyalty points", "loyalty program"),
        *("loyalty level", "loyalty tier", "reward points", "bonus points", "club member"),
    ),
    dpv="pd:GroupMembership",
    fideslang="user.account",
)
