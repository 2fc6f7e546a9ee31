"""
Payment: method, status, transaction and receipt. Told by the header.

Card numbers and bank accounts have files of their own; the date an invoice was paid is ``invoicing``.
"""

from audit.categories.model import Category

__all__ = ["PAYMENT"]

PAYMENT = Category(
    key="payment",
    names={"fi": "maksutiedot", "sv": "betalningsuppgifter", "en": "payment data"},
    headers=(
        *("maksutiedot", "maksutapa", "maksutavan nimi", "maksuväline", "maksutyyppi"),
        *("maksukanava", "maksu", "maksut", "maksun tila", "maksutila", "maksun tunnus"),
        *("maksutunnus", "maksuviite", "maksutapahtuma", "maksutapahtumat", "maksun määrä"),
        *("kuitti", "kuitit", "kuittinumero", "kuittinro", "kuitin numero", "kuitin nro"),
        *("tapahtumatunnus", "arkistointitunnus", "korttityyppi", "kortin tyyppi", "lahjakortti"),
        *("lahjakortin numero", "lahjakorttikoodi", "maksupalvelu"),
        *("betalning", "betalningar", "betalningssätt", "betalsätt", "betalningsmetod"),
        *("betalmetod", "betalningstyp", "betalningsstatus", "betalningsreferens", "betalnings id"),
        *("betalningsuppgifter", "kvitto", "kvittonummer", "kvittonr", "transaktion"),
        *("transaktionsid", "transaktionsnummer", "korttyp", "presentkort"),
        *("payment", "payments", "payment method", "payment method title", "payment method name"),
        *("method of payment", "payment type", "payment status", "payment state", "payment id"),
        *("payment reference", "payment references", "payment gateway", "payment provider"),
        *("financial status", "receipt", "receipts", "receipt number", "receipt no", "transaction"),
        *("transactions", "transaction id", "transaction number", "transaction date", "card type"),
        *("card brand", "gift card", "gift card code", "store credit", "zlsch"),
        *("card id", "card exp month", "card exp year", "card fingerprint", "card funding"),
        *("card issue country", "card cvc status", "card avs street status"),
        *("card avs zip status", "card tokenization method", "decline reason", "fee"),
        *("taxes on fee", "payment source type", "payment intent id", "paymentintent id"),
        *("payment count", "zahlungsart", "zahlungsweise", "seller message"),
        *(
            "betalstatus",
            "betalningsläge",
            "maksutilanne",
            "maksun tilanne",
            "rot avdrag",
        ),
        *("rut avdrag", "rotavdrag", "rutavdrag", "kotitalousvähennys"),
        *("määrä euroa", "määrä eur", "summa euroa"),
    ),
    dpv="pd:Transaction",
    fideslang="user.payment",
)
