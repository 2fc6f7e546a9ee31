"""
Whether a value of a column of e-mail addresses, phone numbers or postal codes cannot be right.

Only what is certain counts; what may be right in some country, or says that there is none, does
not. Specifications: RFC 5321 and RFC 1035 for addresses, ITU-T E.164 for numbers, the Universal
Postal Union's formats for postal codes.

>>> [ground_of("email", text) for text in ("aino@koe", "aino(at)koe.example", "aino@koe.example", "-")]
['no domain', 'no @', None, None]
>>> [ground_of("email", text) for text in ("aino koe@koe.example", "Koe aino@koe.example", "työ aino@koe.example")]
['blanks in the address', None, None]
>>> [ground_of("phone", text) for text in ("040 12", "4,0123E+08", "040 123 4567", "ei ole")]
['too few digits', 'not a number', None, None]
>>> [ground_of("phone", text) for text in ("040 55x 12", "040 123 4567x12", "09 12345 puh")]
['not a number', None, None]
>>> [ground_of("phone", text) for text in ("+358 5O 555 8105", "o40 123 4567", "040 123 4567 koti")]
['not a number', 'not a number', None]
>>> ground_of("phone", "040 555 14O6"), ground_of("phone", "09 555 140 i 2") is None
('not a number', True)
>>> [ground_of("birth_date", text) for text in ("31.4.1980", "1980-02-30", "4/25/1980", "0.0.0000", "1980")]
['no such day', 'no such day', None, None, None]
>>> ground_of("phone", "010101A9991") is None
True
>>> [ground_of("postal_code", text) for text in ("100", "Helsinki", "00100", "SW1A 1AA")]
['not a postal code', 'not a postal code', None, None]
>>> [ground_of("postal_code", text) for text in ("3310A", "75A 55", "65 1O0", "20 100 0", "20 100", "1012 AB")]
['letters for digits', 'letters for digits', 'letters for digits', 'not a postal code', None, None]
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from audit.categories._text import fold, normalise
from audit.categories.headers import words

__all__ = ["PLAUSIBLE", "ground_of", "is_postal_code"]

#: Cells that are looked at no closer, by what their column holds; two dots on end are, however.
PLAUSIBLE = {
    "email": r"[A-Za-z0-9À-ÖØ-öø-ɏ._%+-]*[A-Za-z0-9À-ÖØ-öø-ɏ_%+-]@[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]+",
    "phone": r"(\+[1-9]([ ()./-]{0,3}[0-9]){10,13}|\(?0[1-9]([ ()./-]{0,3}[0-9]){7,13})",
    "postal_code": r"[0-9]{4}[1-9]|[0-9]{3}[1-9]0|[0-9]{2}[1-9]00|[0-9][1-9]000|[1-9]0000",
    "birth_date": r"(0?[1-9]|1[0-9]|2[0-8])[./](0?[1-9]|1[0-2])[./][0-9]{4}|(29|30)[./](0?[13-9]|1[0-2])[./][0-9]{4}"
    r"|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|[0-9]{4}-(0[13-9]|1[0-2])-(29|30)",
}
_POSTAL_HEADERS = frozenset(
    """
    postinumero postinro postinr pno pnro ptnro postiosnro postino postikoodi postnummer postnr zip zipcode postcode
    postalcode zippostalcode postalzip billingzip shippingzip asiakkaanpostinumero laskutuspostinumero
    toimituspostinumero postnumer plz billingpostcode shippingpostcode
    """.split()
)
_POSTAL_ENDINGS = ("postinumero", "postalcode", "postcode", "zipcode", "postnummer")
_NONE = re.compile(
    r"[-–—?.x/\s]*|ei(?:\s.*)?|finns (?:ej|inte).*|har (?:ej|inte|ingen).*|(?:vill|önskar) (?:ej|inte).*|eikä.*|ej(?:\s.*)?|inte.*|puuttuu.*|none(?:\s.*)?|no(?:\s.*)?|not\s.*|n/?a|null|nej|ingen.*|saknas.*|missing.*|unknown"
    r"|tuntematon|tiedossa ei|okän[dt]|salainen.*|hemlig.*|poistettu.*|\[.*\]|\*+|anonym\w*|deleted|removed",
)
# "aino koe@koe.example": a word in small letters before an address is a part of it, if it labels nothing.
_CUT = re.compile(r"([a-zåäö]+) [\w.-]+@[\w-]+\.[\w.-]+")
_LABEL = re.compile(
    r"(?:koti|työ|oma|uusi|vanha|hem|jobb|arbete|privat|ny|gammal|home|work|own|new|old|e?mail|lasku|invoice|faktura)"
)
_ADDRESS = re.compile(r"[^\s@<>(),;]+@[^\s@<>(),;]+")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}")
_WORDS_BY_NUMBERS = re.compile(
    r"\b(?:puh|gsm|tel|tfn|mob|matka|koti|työ|vaihde|växel|ext|alanumero|ankn|anknytning|x|p|t|k|m|fax)\b[.:]?"
)
_FEWEST, _MOST = 5, 17


def is_postal_code(header: str) -> bool:
    """Whether a column's header says that it holds postal codes."""
    name = re.sub(r"[\W_\d]+", "", header.casefold())
    last = words(header).split()[-1:]
    return (
        name in _POSTAL_HEADERS
        or not _POSTAL_HEADERS.isdisjoint(last)
        or name.endswith(_POSTAL_ENDINGS)  # "Address 1 - Postal Code", "Kotiosoite postinumero"
    )


def ground_of(what: str, text: str) -> str | None:
    """Why a cell cannot hold an ``email``, ``phone`` or ``postal_code``; None if it may."""
    folded = fold(text).strip("'\"")
    folded = folded[1:-1] if folded.startswith("(") and folded.endswith(")") else folded
    if _NONE.fullmatch(folded):
        return None
    if what == "email" and (cut := _CUT.fullmatch(text.strip())) and not _LABEL.match(cut[1]):
        return "blanks in the address"
    return _GROUNDS[what](folded)


def _email(text: str) -> str | None:
    text = text.replace("mailto:", "").strip(" .,;<>")
    if "@" not in text:
        return "no @"
    if "@@" in text or any(part.count("@") > 1 for part in re.split(r"[\s,;/<>()]+", text)):
        return "two @"
    found = _ADDRESS.findall(text)
    if not found:
        return "blanks beside the @"
    for address in found:
        local, _, domain = address.rpartition("@")
        if _DOMAIN.fullmatch(domain.strip(".")) and ".." not in address and not local.endswith("."):
            return None
    return (
        "no domain"
        if all("." not in one.rpartition("@")[2].strip(".") for one in found)
        else "not an address"
    )


def _phone(text: str) -> str | None:
    parts = re.split(r"[;,/]|\s(?:tai|ja|eller|or|och)\s", normalise(text))
    grounds = [_one_phone(part) for part in parts if part.strip()]
    # Of several numbers one may be whole: "09 123 4567, 68".
    return None if not grounds or None in grounds else _one_phone(text) or grounds[0]


def _one_phone(text: str) -> str | None:
    bare = re.sub(r"\(.*?[a-zåäö].*?\)", "", text)
    bare = _WORDS_BY_NUMBERS.sub("", bare)
    digits = re.sub(r"\D", "", bare)
    if _LETTER_IN_A_NUMBER.match(bare) or _LETTER_FOR_A_DIGIT.match(bare):
        return "not a number"
    if re.search(r"[a-zåäö@]", bare):
        # Somebody's name beside a whole number is a note, not a wrong number.
        return "not a number" if len(digits) < 7 or re.search(r"\de[+-]?\d", bare) else None  # noqa: PLR2004
    return _by_digits(digits) or _by_plan(bare, digits)


# "040 55x 12": of a whole number's digits some are a letter; "040 123 4567x12" has an extension, and
# "010101A9991" is an identity code, which MIN04 tells.
_LETTER_IN_A_NUMBER = re.compile(
    r"(?![0-9]{6}[a-fu-y][0-9]{3}[0-9a-z]$)[+(]?(?:[0-9][ ()-]*){2,6}[a-zåäö]{1,3}[ -]?(?:[0-9x][ -]*){1,6}$"
)
# "+358 5O 555 8105": a letter that looks like a digit, among a whole number's.
_LETTER_FOR_A_DIGIT = re.compile(
    r"[+(]?(?:[0-9][ ()-]*){5,12}[oli][0-9]{1,4}$|[+(]?(?:[0-9 ()-]*[0-9])?[oli](?=[ 0-9-])[0-9 ()-]{4,}$"
)


def _by_digits(digits: str) -> str | None:
    if len(digits) < _FEWEST or (digits[0] == "0" and len(digits) == _FEWEST):
        return "too few digits"  # behind a zero stands a code of an area or a network
    if len(digits) > _MOST:
        return "too many digits"
    if digits in _IN_A_ROW:
        return "digits in a row"
    return "one digit only" if len(set(digits)) == 1 else None


_IN_A_ROW = "0123456789"


def _by_plan(text: str, digits: str) -> str | None:
    """What the numbering plans say of a number, Finland's where it names no country."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text.replace("(0)", ""), "FI")
    except phonenumbers.NumberParseException:
        return "not a number"
    why = phonenumbers.is_possible_number_with_reason(number)
    of = phonenumbers.ValidationResult
    if why == of.TOO_LONG:
        return "too many digits"
    mobile = re.match(r"(?:0|\+?358)(?:4\d|50)", digits)
    fewest = 9 if digits.startswith("0") else 11
    short = why in (of.TOO_SHORT, of.IS_POSSIBLE_LOCAL_ONLY)
    return "too few digits" if short or (mobile and len(digits) < fewest) else None


def _postal_code(text: str) -> str | None:
    bare = re.sub(r"^(?:fi?n?|se?|ax|s)[- ]", "", text)
    digits = re.sub(r"\D", "", bare)
    if not digits or bare == "00000":
        return "not a postal code"
    if bare.isdigit() and (len(bare) < 4 or len(bare) > 7):  # noqa: PLR2004 - as countries have them
        return "not a postal code"
    together = bare.replace(" ", "")
    if len(bare.split()) > _MOST_PARTS and together.isdigit():
        return "not a postal code"  # "20 100 0"
    # A letter for a digit, "65 1O0"; nobody's code is four digits and one letter, "3310A", "75A 55".
    mixed = _LETTERS_FOR_DIGITS.fullmatch(together) and not together.isdigit()
    return "letters for digits" if mixed else None


_MOST_PARTS = 2
_LETTERS_FOR_DIGITS = re.compile(r"[0-9oli]{5}|(?=.{5}$)[0-9]+[a-zåäö][0-9]*")


def _birth_date(text: str) -> str | None:
    """Of a day in numbers, whichever of them is the month; what is written otherwise may be anything."""
    if _LONG_GONE.fullmatch(text):
        return "no such year"
    found = _IN_NUMBERS.match(text)
    if found is None:
        return None
    numbers = [int(part) for part in found.groups() if part is not None]
    year, one, other = (
        numbers if numbers[0] > _LONGEST_MONTH else (numbers[2], numbers[1], numbers[0])
    )
    if 0 in (one, other):
        return None  # nobody knew the day, or any of it
    orders = [(one, other), (other, one)] if "/" in text else [(one, other)]
    return None if any(_is_a_day(year, *order) for order in orders) else "no such day"


_LONG_GONE = re.compile(r"1[0-8][0-9]{2}")
"""A year in which nobody was born of whom a register tells."""


def _is_a_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


_LONGEST_MONTH = 31
_IN_NUMBERS = re.compile(
    r"(?:([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})|([0-9]{4})-([0-9]{2})-([0-9]{2}))(?![0-9])"
)


def _postal_code_of_five(text: str) -> str | None:
    """Of Finland or Sweden, or in a register that tells no country: four digits may be Norway's."""
    together = text.replace(" ", "")
    plain = together.isdigit() and len(together) != 5  # noqa: PLR2004
    return "not a postal code" if plain else _postal_code(text)


_GROUNDS: dict[str, Callable[[str], str | None]] = {
    "email": _email,
    "phone": _phone,
    "postal_code": _postal_code,
    "postal_code_of_five": _postal_code_of_five,
    "birth_date": _birth_date,
}
