"""
Telephone number.

Specification: ITU-T E.164; the Finnish numbering plan (Traficom regulation 32) as the
``phonenumbers`` library carries it. A number counts when it stands alone as a token, begins with
``+``, ``00`` or the trunk prefix ``0``, and is valid in the plan of its country; without a
country code it is read as Finnish, but for one that is grouped as British mobiles are, or stands
behind a word such as *mobile*. The numbers that Ofcom keeps for drama count, and a Finnish
organisation's address for electronic invoices (OVT: 0037 and its business id) does not. A token that a word such as *viite* or *order* introduces is
that thing's number, not a telephone's; nor is a date with slashes or hyphens one.

>>> [m.value for m in PHONE.find("soita 040 123 4567 tai +358 (0)9 1234 567")]
['+358401234567', '+35891234567']
>>> [m.value for m in PHONE.find("040.123.4567, 050 7654321 / 040 1234567")]
['+358401234567', '+358507654321', '+358401234567']
>>> list(PHONE.find("växeln 09 123 4567, switchboard 020 7946 0100"))
[]
>>> list(PHONE.find("viite 0401234567, tilaus 2024-0401234567, 01.02.2024, 02/03/2024"))
[]
"""

import re
from collections.abc import Iterator

import phonenumbers
from stdnum.fi import ytunnus

from audit.categories._text import DASHES, SPACES
from audit.categories.model import Category, Match

__all__ = ["PHONE"]

_DIGITS = (
    r"(?:\+|00(?=[1-9])|\(?0(?=1[03-9]|[2-9]))[0-9()](?:[ ()\-/]{0,3}[0-9]){5,15}"
    r"(?![\w/#]|[-.,:][0-9]|-[0-9A-Fa-f]{4}-)"
)
_DOTTED = (
    r"(?:(?:\+[0-9]{1,3}\.[0-9]{2}|0[2-9][0-9])\.[0-9]{3,4}\.[0-9]{3,4}"
    r"|0[2-9][0-9]\.[0-9]{3}\.[0-9]{2}\.[0-9]{2})(?![\w/#]|[-.,:][0-9])"
)
# As software keeps Finnish mobiles: with the country's code and no plus; no article is so numbered.
_BARE_COUNTRY = r"358(?=[ -]?(?:4[0-9]|50))(?:[ -]?[0-9]){8,10}(?![\w/#]|[-.,:][0-9])"
# Eleven digits from 07 on, in groups that no Finnish or Swedish number has.
_BRITISH_GROUPS = r"\(?07[1-9][0-9]{2}\)?[ ./-]{1,3}[0-9]{3}[ .-]?[0-9]{3}(?![\w/#]|[-.,:][0-9])"
_TOKEN = re.compile(
    rf"(?<![\w+/#-])(?<![0-9][.:])(?:{_DOTTED}|{_BARE_COUNTRY}|{_BRITISH_GROUPS}|{_DIGITS})"
)
# Where a second number begins that stands beside the first.
_SECOND = re.compile(r" ?/ ?(?=[0+(])| +(?=[0+(])")
_BESIDE = re.compile(_DIGITS)
_DATE = re.compile(r"[0-3][0-9]([-/ ])[0-3][0-9]\1(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])")
_RANGE = re.compile(
    r"[0-2][0-9][0-5][0-9] ?- ?[0-2][0-9][0-5][0-9]|[0-9]{5} ?- ?[0-9]{5}"
)  # hours, postal codes
_OTHER_NUMBER = re.compile(
    r"(?<![\wäöå])(?:viit|ref|tarjou|offert|anbud|quot|tilau|order|beställ|lasku|invoice|faktura|seuranta|tracking|lähety|ean|gtin|"
    r"sku|tuote|artik|erän?|batch|kolli|paketin|kuitti|kvitto|receipt|mittari|mätar|ocr|varaosa|reservdel|lvi|koodi|sarjan|serial|sopimu|avtal|iban|tili|konto|ovt|verkkolasku|e-?faktura|e-?invoic)\w{0,14}(?: (?:nro|nr|no|number))?"
    r"[\s.:#-]{0,3}$",
    re.IGNORECASE,
)
# What a firm answers at is no person's number.
_A_FIRMS = re.compile(
    r"(?<![^\W_])(?:vaihde|vaihteen|vaihteesta|växeln?|växelnummer|switchboard|reception|front desk|helpdesk|help desk|helpline|"
    r"asiakaspalvelu(?:n|mme)?|kundtjänst(?:en)?|customer (?:service|services|care)|main line|päivystys(?:numero)?)"
    r"(?:[ -](?:puh|numero|nro|nr|nummer|number|tel|no))?[\s.:,]{0,3}(?:(?:on|is|är|at|på)\s)?$",
    re.IGNORECASE,
)
_SHAPED_AS_CODE = re.compile(
    r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}-[0-9]{3,4}(?![0-9])"
)
# Before a group of four: the head of an account or an international reference. Groups of five are
# those of a national reference, if digits stand before them too.
_HEAD_OF_FOURS = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{2}[0-9]{2}(?: [0-9A-Za-z]{4})* $")
_FIVES = re.compile(r"[0-9]{5}(?: [0-9]{5})+")


def _find(text: str) -> Iterator[Match]:
    at, beside = 0, False
    while True:
        found = _BESIDE.match(text, at) if beside else None
        found = found or _TOKEN.search(text, at)
        if found is None:
            return
        at, beside = found.end(), False
        before = text[max(0, found.start() - 40) : found.start()]
        if (
            _OTHER_NUMBER.search(before)
            or _A_FIRMS.search(before)
            or _part_of_another(found[0], before)
        ):
            continue
        if _DATE.match(found[0]) or _RANGE.fullmatch(found[0]):
            continue
        if _is_ovt(found[0]):
            continue
        end, value = found.end(), _valid(found[0]) or _foreign(found[0], before)
        if value is None and (second := _SECOND.search(text, found.start() + 5, found.end())):
            # Two numbers side by side; what stands before the second is a number of its own.
            end, value = second.start(), _valid(text[found.start() : second.start()])
            if value is not None:
                at, beside = second.end(), True
        if value is not None:
            yield Match(found.start(), end, value, "numbering plan")


def _valid(token: str) -> str | None:
    """The number in E.164, if it is one."""
    if token.startswith("358"):
        token = f"+{token}"
    if _BRITISH_MOBILE.fullmatch(token):
        # By its groups alone: the plan leaves out the numbers that are kept for invented people.
        return "+44" + re.sub(r"\D", "", token)[1:]
    if _DRAMA.fullmatch(digits := re.sub(r"\D", "", token.replace("(0)", ""))):
        return f"+{digits.removeprefix('00')}"
    try:
        number = phonenumbers.parse(token.replace("(0)", ""), "FI")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


# Ofcom's numbers for drama, which no plan has: those of mobiles, with the country's code.
_DRAMA = re.compile(r"(?:00)?447700900[0-9]{3}")
_CALLED = re.compile(
    r"(?<![^\W_])(?:mobile|mob|cell|phone|tel|ph|call|ring|text|sms|whatsapp|contact|number|reach\w*"
    r"|mobil(?:en|nr|nummer)?|telefon(?:en|nr|nummer)?|ringa|nås|nummer|kontakt|tfn|swish\w*|reserv(?:nummer)?|reservnr|alt|backup|varanumero|nödnummer)"
    r"[.:]?(?:\s(?:him|her|them|me|us|on|at|is|no|nr|number|the|neighbour|på|är|till|via|hans|hennes"
    r"|mannen|frun|sonen|dottern|mamma|pappa|kunden))*[\s.:]{0,2}$",
    re.IGNORECASE,
)
_BARE_MOBILE = re.compile(r"07[1-9][0-9]{8}")
_OVT = re.compile(r"0037([0-9]{8})[0-9]{0,5}")
_BRITISH_MOBILE = re.compile(_BRITISH_GROUPS)


def _foreign(token: str, before: str) -> str | None:
    """
    A Swedish or British mobile without its country's code, which is no number in Finland.

    The hyphen behind a Swedish prefix tells it; without one only a word before does.
    """
    digits = re.sub(r"\D", "", token)
    if _SWEDISH_GROUPS.fullmatch(token) or (
        _SWEDISH_MOBILE.fullmatch(digits) and _CALLED.search(before)
    ):
        return "+46" + digits[1:]
    if _BARE_MOBILE.fullmatch(digits) and _CALLED.search(before):
        return "+44" + digits[1:]
    return None


_SWEDISH_GROUPS = re.compile(r"07[02369](?:-[0-9](?:[ -]?[0-9]){6}| [0-9]{3} [0-9]{2} [0-9]{2})")
_SWEDISH_MOBILE = re.compile(r"07[02369][0-9]{7}")


def _is_ovt(token: str) -> bool:
    """Whether a number is an organisation's address for electronic invoices, not one of Estonia."""
    found = _OVT.fullmatch(token)
    return found is not None and bool(ytunnus.is_valid(found[1]))


def _part_of_another(token: str, before: str) -> bool:
    return (
        _SHAPED_AS_CODE.match(token) is not None
        or _HEAD_OF_FOURS.search(before) is not None
        or (before[-2:-1].isdigit() and before[-1] == " " and _FIVES.fullmatch(token) is not None)
    )


_INTERNATIONAL = re.compile(r"\+[1-9](?:[ ()-]{0,2}[0-9]){7,14}")


PHONE = Category(
    key="phone",
    names={"fi": "puhelinnumero", "sv": "telefonnummer", "en": "phone number"},
    headers=(
        *("mob", "mob no", "mob nr", "mob number"),
        *("puhelin", "puhelinnumero", "puhelinnro", "puh", "puhnro", "puh nro", "gsm"),
        *("matkapuhelin", "kännykkä", "matkapuh", "lankapuhelin", "työpuhelin", "puhelin 2"),
        *("faksi", "puhelinnumerot", "puhelinnr", "puhelin gsm", "puh gsm", "puh koti", "puh työ"),
        *("puh päivisin", "puh numero", "puh no", "gsm numero", "gsm nro", "gsm puhelin"),
        *("kotipuhelin", "kotinumero", "matkapuhelinnumero", "matkapuhnro", "kännykkänumero"),
        *("kännykän numero", "mobiili", "tekstiviestinumero", "yhteysnumero"),
        *("huoltajan puh", "puhelin päivisin"),
        *("telefon", "telefonnummer", "tel", "tfn", "mobil", "mobiltelefon", "mobilnummer", "fax"),
        *("telefonnr", "tel nr", "telefon dagtid", "mobil nr", "mobiltel", "hemtelefon"),
        *("arbetstelefon", "växel", "riktnummer", "sms nummer"),
        *("phone", "phone number", "telephone", "mobile", "mobile phone", "cell", "cell phone"),
        *("phone no", "phone nr", "tel no", "tel number", "telephone number", "telephone no"),
        *("mobile number", "mobile no", "cell number", "contact number", "daytime phone"),
        *("evening phone", "fax number", "fax no", "callback", "pager", "telex", "isdn"),
        *("tty tdd phone", "switchboard", "sms number", "telf1", "telf2", "telfx"),
        *("puhelimet", "telefonnummer privat", "handy", "handynummer", "rufnummer"),
        *("mobilfunk", "telefonit"),
        *("puhelinnumerosi", "numerosi", "ditt telefonnummer", "ditt nummer", "your phone"),
        *("telefax", "ddi number", "landline number"),
    ),
    dpv="pd:TelephoneNumber",
    fideslang="user.contact.phone_number",
    candidate=(
        rf"(?:\+\(?|00)[0-9](?:[()/{SPACES}{DASHES}]{{0,3}}[0-9]){{5,15}}"
        rf"|0(?:[2-9]|1[03-9])(?:[()/{SPACES}{DASHES}]{{0,3}}[0-9]){{4,14}}"
        rf"|358[{SPACES}{DASHES}]?[45](?:[{SPACES}{DASHES}]?[0-9]){{7,9}}"
        rf"|07[1-9][0-9]{{2}}\)?[ ./{SPACES}{DASHES}]{{1,3}}[0-9]{{3}}[ .{DASHES}]?[0-9]{{3}}"
        r"|0[2-9][0-9]\.[0-9]{3}\.[0-9]{2}\.[0-9]{2}"
        r"|(?:\+[0-9]{1,3}\.[0-9]{2}|0[2-9][0-9])\.[0-9]{3,4}\.[0-9]{3,4}"
    ),
    find=_find,
    # Of a column of international numbers not all need be given to anybody.
    tells=lambda text: _INTERNATIONAL.fullmatch(text) is not None,
    bare_number=True,
    own_value_matters=True,
)
