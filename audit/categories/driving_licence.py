"""Driving licence: number, classes, validity. Told by the header."""

from audit.categories.model import Category

__all__ = ["DRIVING_LICENCE"]

DRIVING_LICENCE = Category(
    key="driving_licence",
    names={"fi": "ajokortti", "sv": "körkort", "en": "driving licence"},
    headers=(
        *("ajokortti", "ajokortin numero", "ajokorttinumero", "ajokortti nro", "ajokorttiluokka"),
        *("ajokorttiluokat", "ajokortin luokka", "ajokortin voimassaolo", "ajo oikeus"),
        *("ajo oikeusluokka", "ajolupa", "ajokortin nro"),
        *("körkort", "körkortsnummer", "körkortsnr", "körkortsklass", "körkortsbehörighet"),
        *("körkortets giltighetstid", "körrätt"),
        *("driving licence", "driving license", "driving licence number", "driving license number"),
        *("driving licence no", "driver s licence", "driver s license", "driver license"),
        *("driver licence", "driver license number"),
        *("driver s license number", "driving licence class"),
    ),
    dpv="pd:OfficialID",
    fideslang="user.government_id.drivers_license_number",
)
