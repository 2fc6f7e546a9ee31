"""Customer number: the register's own number of a customer. Told by the header."""

from audit.categories.model import Category

__all__ = ["CUSTOMER_NUMBER"]

CUSTOMER_NUMBER = Category(
    key="customer_number",
    names={"fi": "asiakasnumero", "sv": "kundnummer", "en": "customer number"},
    headers=(
        *("asiakasnumero", "asiakasnro", "asiakasnr", "asiakastunnus", "asiakaskoodi"),
        *("asiakas id", "asnro", "asiakas no", "asiakkaan numero", "asiakkaan nro"),
        *("asiakkaan tunnus", "asiakkaan id", "asiakkaan koodi", "as no", "asnr"),
        *("kumppanikoodi", "kumppanin koodi", "business partner code", "business partner no"),
        *("liikekumppanin koodi", "affärspartnerns kod", "affärspartnerkod"),
        *("kundnummer", "kundnr", "kund id", "kundkod", "kundens nummer"),
        *("kundnro", "gäldenärsnummer"),
        *("customer number", "customer no", "customer id", "client id", "kunnr", "customer nr"),
        *("kunag", "kunrg", "kunwe", "kundenr"),
        *("customer code", "customer ref", "customer reference", "customer account"),
        *("client number", "client no", "client code", "debtor number", "cust no"),
        *("cust id", "kunde nr"),
        *("kundennummer", "kundennr", "kunden nr", "kundenkonto"),
    ),
    dpv="pd:Identifier",
    fideslang="user.unique_id",
)
