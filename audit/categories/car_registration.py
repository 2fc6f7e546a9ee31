"""
Registration and identification number of a vehicle, and the vehicle itself. Told by the header.

The vocabulary spells its term ``Vehical``. Numbers in a trade register are ``organisation``.
"""

from audit.categories.model import Category

__all__ = ["CAR_REGISTRATION"]

CAR_REGISTRATION = Category(
    key="car_registration",
    names={
        "fi": "ajoneuvon rekisteritunnus",
        "sv": "fordonets registreringsnummer",
        "en": "car registration number",
    },
    headers=(
        *("rekisterinumero", "rekisterinro", "rekisteritunnus", "rek nro", "reknum", "rek tunnus"),
        *("rekisterikilpi", "ajoneuvo", "ajoneuvot", "ajoneuvon rekisterinumero"),
        *("ajoneuvon rekisteritunnus", "ajoneuvon tiedot", "ajoneuvon merkki", "auto"),
        *("auton rekisterinumero", "auton rek nro", "auton rekkari", "rekkari", "auton merkki"),
        *("automerkki", "auton malli", "valmistenumero auto", "alustanumero", "ajoneuvon tyyppi"),
        *("registreringsnummer", "registreringsnr", "reg nr", "regnummer", "bilnummer"),
        *("bilens registreringsnummer", "fordon", "fordonets registreringsnummer"),
        *("registerbeteckning", "registreringsskylt", "bil", "bilmärke", "bilmodell"),
        *("chassinummer", "fordonstyp"),
        *("car registration", "car registration number", "vehicle registration"),
        *("vehicle registration number", "registration plate", "registration number", "reg number"),
        *("reg no", "license plate", "licence plate", "license plate number"),
        *("licence plate number", "number plate", "plate number", "plate no", "vehicle"),
        *("vehicles", "car", "car make", "car model", "vehicle make", "vehicle model", "vin"),
        *("vin number", "vin code", "vehicle identification number"),
        *("chassis number", "vehicle type"),
    ),
    dpv="pd:VehicalLicenseNumber",
    fideslang="user.government_id.vehicle_registration",
)
