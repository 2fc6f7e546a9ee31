"""
Invoices: number, dates, reference, amounts, terms, reminders and collection. Told by the header.

Stopping of reminders (Fivaldi's ``KARHUESTO``) belongs to the invoice, not to the credit of the
person; a payment default on record is ``credit``.
"""

from audit.categories.model import Category

__all__ = ["INVOICING"]

INVOICING = Category(
    key="invoicing",
    names={"fi": "laskutustiedot", "sv": "faktureringsuppgifter", "en": "invoicing data"},
    headers=(
        *("laskutustiedot", "lasku", "laskut", "laskunumero", "laskun numero", "laskunro"),
        *("laskun nro", "laskuno", "laskun id", "laskupäivä", "laskun päivä", "laskun päiväys"),
        *("laskun päivämäärä", "laskupvm", "laskun pvm", "laskun tila", "laskun tyyppi"),
        *("laskutyyppi", "laskulaji", "laskutettu", "laskutettu summa", "laskun summa"),
        *("laskusumma", "laskun loppusumma", "laskun loppusumma yhteensä", "laskun määrä"),
        *("laskutusväli", "laskutusjakso", "laskutustapa", "laskutuskanava", "laskukanava"),
        *("lähetystapa", "laskun lähetystapa", "leveranssätt för faktura", "arvopäivä", "arvopvm"),
        *("valutadag", "valutadatum", "value date"),
        *("laskun toimitustapa", "laskutuserä", "laskutuskausi", "viimeisin lasku"),
        *("viimeinen lasku", "eräpäivä", "eräpvm", "eräp", "viite", "viitenumero", "viitenro"),
        *("viitenr", "pankkiviite", "laskun viite", "avoin summa", "avoinna", "avoimet laskut"),
        *("avoin saldo", "saldo", "maksamatta", "maksettu", "maksettu summa", "maksupäivä"),
        *("maksupvm", "maksettu pvm", "suorituspäivä", "maksun päivä", "maksuehto", "maksuehdot"),
        *("penal interest", "penalty interest", "late payment interest", "overdue interest"),
        *("reverse charge", "omvänd skattskyldighet", "omvänd betalningsskyldighet"),
        *("käännetty verovelvollisuus", "käännetty alv"),
        *("maksuehtokoodi", "maksuaika", "viivästyskorko", "viivkorko", "karhuesto", "karhukielto"),
        *("karhukerrat", "karhutaso", "karhukirje", "perintäkielto", "perintä", "perinnässä"),
        *("perintätoimisto", "maksumuistutus", "maksukehotus", "maksukehotuskielto"),
        *("muistutuspvm", "muistutuskerrat", "laskutuslisä", "laskutuskielto", "myyntireskontra"),
        *("reskontra", "hyvityslasku"),
        # Where invoices are sent: a private person's e-invoice has such an address as well.
        *("verkkolaskuosoite", "verkkolaskutunnus", "verkkolaskutusosoite", "verkkolaskun osoite"),
        *("verkkolaskuoperaattori", "verkkolaskuosoite ovt", "e laskuosoite", "laskuoperaattori"),
        *("operaattori", "operaattoritunnus", "välittäjätunnus", "välittäjän tunnus"),
        *("e fakturaadress", "nätfakturaadress", "e fakturaoperatör", "förmedlarkod"),
        *("e invoice address", "e invoicing address", "e invoice operator"),
        *("faktura", "fakturor", "fakturauppgifter", "faktureringsuppgifter", "fakturering"),
        *("fakturanummer", "faktura nr", "fakturadatum", "fakturabelopp", "fakturasumma"),
        *("fakturatyp", "fakturastatus", "faktureringssätt", "fakturametod", "fakturaavgift"),
        *("förfallodatum", "förfallodag", "förfaller", "referensnummer", "referensnr", "referens"),
        *("ocr", "ocr nummer", "ocr nr", "betald", "betalt", "betalningsdatum", "betaldatum"),
        *("betalningsdag", "betalningsvillkor", "betalvillkor", "dröjsmålsränta", "påminnelse"),
        *("påminnelsedatum", "påminnelseavgift", "inkasso", "saldo kvar", "obetalt"),
        *("kundreskontra", "kreditfaktura"),
        *("invoice", "invoices", "invoice number", "invoice no", "invoice nr", "invoice id"),
        *("invoice date", "invoice status", "invoice type", "invoice amount", "invoice total"),
        *("invoice sum", "invoicing", "billing", "billing information", "billing method"),
        *("billing status", "billing cycle", "billing date", "billing frequency", "due date"),
        *("date due", "next payment due at", "reference number", "reference no", "reference"),
        *("bank reference", "amount due", "amount paid", "total due", "total paid", "balance"),
        *("account balance", "balance due", "open balance", "outstanding balance", "outstanding"),
        *("total outstanding", "overdue", "paid", "paid date", "paid at", "paid on", "date paid"),
        *("payment date", "date of payment", "payment due", "payment terms", "payment terms name"),
        *("terms of payment", "late fee", "dunning", "dunning block", "dunning level"),
        *("dunning procedure", "reminder date", "debt collection", "credit note", "e invoice"),
        *("mansp", "mahna", "zterm", "fkdat", "faksd"),
        *("viimeinen laskutuspvm", "viimeisin laskutuspvm", "viimeinen laskutus"),
        *("viimeisin laskutus", "viimeksi laskutettu", "laskutettu viimeksi"),
        *("senast fakturerad", "last invoiced", "rechnungsnummer", "rechnungsdatum"),
        *("rechnungsbetrag", "fälligkeitsdatum", "fällig am", "zahlungsziel", "mahnstufe"),
        *("rechnung", "momstyp", "momssats", "momskod", "alv tyyppi", "alv kanta", "vat type"),
        *("vat code", "tax type", "tax code", "rent", "monthly rent", "course fee", "hyra"),
        *(
            "månadshyra",
            "kursavgift",
            "terminsavgift",
            "deltagaravgift",
            "vuokra",
            "kuukausivuokra",
        ),
        *("kausimaksu", "kurssimaksu", "osallistumismaksu", "vuokra kk"),
    ),
    dpv="pd:Transactional",
    fideslang="user.financial",
)
