"""
Registration and identification number of a vehicle, and the vehicle itself. Told by the header.

In text by its form beside a word for a vehicle, since *ABC-123* may be any article. Forms:
Finland, Sweden, Estonia.

The vocabulary spells its term ``Vehical``. Numbers in a trade register are ``organisation``.

>>> [m.value for m in CAR_REGISTRATION.find("rek.nro ABC-123, huolto")]
['ABC123']
>>> list(CAR_REGISTRATION.find("tuote ABC-123, autoon 2 kpl"))
[]
"""

import re
from collections.abc import Iterator

from audit.categories._text import DASHES, SPACES
from audit.categories.model import Category, Match

__all__ = ["CAR_REGISTRATION"]

# What somebody drives for a firm, or has on loan.
_OF_WORK = r"(?:työ(?:suhde)?|huolto|leasing|vuokra-?|laina-?|sijais|vara-?|kuorma-?)auto(?:n|lla|ssa|nsa)?|(?:tjänste|företags|firma|leasing|skåp|last|person|hyr|låne|kund|ersättnings)bil(?:en)?|(?:company|hire|courtesy) (?:car|van)"
_PLATE = re.compile(
    rf"(?<![^\W\d_])(?:{_OF_WORK}|"
    r"rek(?:ist\w*|\.|kari\w*|nro|numero|no)?|ajoneuvo\w*|auto(?:n|lla|ssa|nsa|ni|nne|mme)?|[^\W\d_]{0,15}auton|pakettiauto|henkilöauto|moottoripyörä\w*|mopo\w*|paku(?:n|nsa|ssa|lla|sta)?|peräkärry\w*|traileri\w*|trailern?|släpet|släpvagn(?:en)?|husvagn(?:en)?|husbil(?:en)?|asuntoauto\w*|matkailuauto\w*|"
    r"reg(?:\.|nr|nummer|istration\w*|istrerings\w*|istered)?|bil(?:en)?|fordon\w*|registration|plate|number plate|licen[cs]e plate|car|van|vehicle|parking|parkissa|parkering|parkeringsplats|p-plats|pysäköinti|permit)"
    r"(?:[ .:]{1,2}(?:nro|nr|no|number|numero|tunnus|plate|on|är|is|reg|rek|nummer|for|för|till|pihassa|parkissa|hallissa|tallissa|ruudussa))?[ .:(=-]{1,3}"
    r"([A-Z]{2}[0-9]{2} ?[A-Z]{3}|[A-ZÅÄÖ]{2,3}[- ]?[0-9]{1,3}|[A-Z]{3}[- ]?[0-9]{2}[A-Z]|[0-9]{3}[- ]?[A-Z]{3})(?![\w-])",
)
# Of what somebody drives, in the forms of Finland, Sweden and the United Kingdom, as they are written.
_DRIVEN = re.compile(
    r"(?<![^\W_])(?i:kör|körs|ajaa|ajoi|ajelee|drives|driving|drove|parks|parked|parkkeeraa|pysäköi|parkerar|parkerat)\s(?:(?i:bil|bilen|autolla|auton|autonsa|a|car|med)\s)?"
    r"(?:(?i:a|an|the|en|his|her|their)\s[^\W\d_]+(?:\s[^\W\d_]+)?,?\s|[^\W\d_]+(?:\s[^\W\d_]+)?,\s)?"
    r"([A-ZÅÄÖ]{3}[- ]?[0-9]{2}[0-9A-Z]|[A-Z]{2}[0-9]{2} ?[A-Z]{3})(?![\w-]|\s?(?:km|m|kpl|st|pcs)\b)"
)
# So is nothing else written that fills a column; *ABC-123* is an article as well.
_BRITISH = re.compile(r"[A-HJ-PR-Y]{2}[0-9]{2} ?[A-HJ-PR-Z]{3}")
_PLATE_ANY_CASE = re.compile(_PLATE.pattern, re.IGNORECASE)


def _find(text: str) -> Iterator[Match]:
    seen = set()
    for found in _PLATE_ANY_CASE.finditer(text):
        plate = found[1]
        # A plate is written large, or at least with its hyphen: "auto on 5" is none.
        if plate.isupper() or "-" in plate:
            seen.add(found.start(1))
            yield Match(found.start(1), found.end(1), re.sub("[ -]", "", plate).upper(), "context")
    for found in _DRIVEN.finditer(text):
        if found.start(1) not in seen:
            yield Match(*found.span(1), re.sub("[ -]", "", found[1]).upper(), "context")


CAR_REGISTRATION = Category(
    key="car_registration",
    names={
        "fi": "ajoneuvon rekisteritunnus",
        "sv": "fordonets registreringsnummer",
        "en": "car registration number",
    },
    headers=(
        *("rekisterinumero", "rekisterinro", "rekisteritunnus", "rek nro", "rek"),
        *("reknum", "rek tunnus"),
        *("rekisterikilpi", "ajoneuvo", "ajoneuvot", "ajoneuvon rekisterinumero"),
        *("ajoneuvon rekisteritunnus", "ajoneuvon tiedot", "ajoneuvon merkki", "auto"),
        *("auton rekisterinumero", "auton rek nro", "auton rekkari", "rekkari", "auton merkki"),
        *("automerkki", "auton malli", "valmistenumero auto", "alustanumero", "alustanro"),
        *("vin koodi", "vin kod", "ajoneuvon tyyppi"),
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
    candidate=(
        rf"(?:[Kk]..?[Rr][Ss]?|[Aa][Jj][A-Za-z]{{2,5}}|[Dd][Rr][IiOo][Vv][A-Za-z]{{1,3}}|[Pp][Aa][Rr][Kk][A-Za-z]{{1,6}}|[Pp][Yy][Ss]..?[Kk]..?[Ii])[{SPACES}](?:[A-Za-z]{{1,9}},?[{SPACES}]){{0,3}}"
        rf"[A-Z]{{2,3}}[{SPACES}{DASHES}]?[0-9]{{2}}[{SPACES}]?[0-9A-Z]{{1,3}}"
    ),
    words=(
        *(" rek ", " rekist", " rekkari", " rekari", " reknro", " reknumero", " rekno", " ajoneuv"),
        *(" auto ", "auton ", " autolla ", " autossa ", " autonsa ", " autoni ", " automme "),
        *(" autonne ", " pakettiauto ", " mopo"),
        *(" henkilöauto ", " paku ", " pakun ", " pakunsa ", " peräkärry", " trailer", " släpet "),
        *(" släpvagn", " husvagn", " husbil", " asuntoauto", " matkailuauto", " moottoripyör"),
        *(" reg ", " regnr", " regnummer", " registr", " bil "),
        *("työauto", "työsuhdeauto", "huoltoauto", "leasingauto", "vuokraauto", "vuokra-auto"),
        *("lainaauto", "laina-auto", "sijaisauto", "varaauto", "vara-auto", "kuormaauto"),
        *("kuorma-auto", "tjänstebil", "företagsbil"),
        *("firmabil", "leasingbil", "lånebil", "kundbil", "ersättningsbil", "skåpbil", "lastbil"),
        *("personbil", "hyrbil"),
        *(" registered", " bilen ", " fordon", " plate ", " car ", " van ", " vehicle "),
        *(" permit ", " parking for ", " parkering för ", " parkering ", " parkissa "),
        *(" parkeringsplats ", " p-plats ", " pysäköinti "),
    ),
    find=_find,
    tells=lambda text: _BRITISH.fullmatch(text) is not None,
)
