"""
Swedish identity number (personnummer), and coordination number (samordningsnummer).

Specification: Folkbokföringslag 1991:481 section 18 and Lag 2022:1697; Skatteverket SKV 704 and SKV
707: ``yymmdd-nnnc`` or with the century, ``+`` for those over a hundred, c by Luhn's formula; a
coordination number adds 60 to the day. An order number often begins with the day of the order, and
one in ten passes Luhn: so the year must be one that is no day of a month and no recent year, or a
word for it must stand before it; the plus sign needs none. Twelve digits without a sign are one
alone in their cell, and in prose where no word for another number stands before them; ten in prose
alone. Serial numbers 980–999 are Skatteverket's own for tests.

>>> [m.value for m in SWEDISH_IDENTITY_NUMBER.find("kund 850701-9803, personnummer 20010101-9800")]
['8507019803', '200101019800']
>>> list(SWEDISH_IDENTITY_NUMBER.find("order 250701-9806, 850701-9804"))
[]
>>> [m.value for m in SWEDISH_IDENTITY_NUMBER.find("198507019803 verifierat, order 198507019803")]
['198507019803']
"""

import re
from collections.abc import Iterator
from datetime import date

from stdnum import luhn

from audit.categories._national import BY_WORD, numbers, whole
from audit.categories._text import DASHES, SPACES
from audit.categories.model import Form, Match, Odds

__all__ = ["AS_A_FIRMS", "SWEDISH_IDENTITY_NUMBER"]

_PATTERN = r"(?:19|20)?[0-9]{6}(?: ?[-+] ?)?[0-9]{4}"
_WORDS = (
    *(" pnr", " personnr", " person nr", " pers.nr", " pers nr", " persnr", " p-nr", " samordning"),
    *(" svensk", " rot ", " rut ", " rotavdrag", " rutavdrag", " rot-avdrag", " rut-avdrag"),
)
_OF_ANOTHER = re.compile(
    r"(?:order|beställning|faktura|ref|ocr|art|artikel|kolli|spårning|serie|kund|konto|tilau|lasku|viit|seuranta|"
    r"lähety|sarja|tuote|ean|gtin|sku|invoice|tracking|serial|parcel|item|batch|lot|no|nr|nro|number|numero|"
    r"tel|mob|puh|gsm|fax|sopimu|avtal|contract|projekt|ärende|case|ticket|jäsen|medlem|member|vakuutu|försäkring|policy|"
    r"org|y-tunnu|bank|plusgiro|bg|pg|clearing|isbn|imei|chip|siru|mätar|mittari|meter|paket|paketti|pakke|sändning|offert|tarjou|quote|kvitto|kuitti|receipt|työ|jobb|job|asiak|customer|tili|account)\w{0,12}"
    r"(?:[\s.]{1,2}(?:nr|nro|no|number|numero|id))?[\s.:#-]{0,3}$",
    re.IGNORECASE,
)
_DAYS_ADDED = 60
_NO_DAY = 32


def _valid(text: str) -> bool:
    return _has_day(text) and bool(luhn.is_valid(re.sub(r"\D", "", text)[-10:]))


def _has_day(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    century, short = digits[:-10], digits[-10:]
    day = int(short[4:6]) - (_DAYS_ADDED if int(short[4:6]) > _DAYS_ADDED else 0)
    # 29 February is right in some century: without one, in that of the year 2000.
    year = int((century or "20") + short[:2])
    try:
        date(year, int(short[2:4]), day)
    except ValueError:
        return False
    return True


def _alone(text: str) -> bool:
    """Whether this spelling needs no word before it."""
    if " " in text:
        return text.startswith("19") and text[8:9] == " "
    if "+" in text:  # no order number is written so
        return True
    if "-" not in text:
        return False
    # Orders of the first decade are gone, and those born then are grown.
    return text.startswith(("19", "200")) if text[8:9] == "-" else int(text[:2]) >= _NO_DAY


#: How a sole trader's number stands where a firm's does, in the portable subset. The third and the
#: fourth figure of a firm's number are 20 and more, and so no month.
AS_A_FIRMS = "(?:19|20)?[0-9]{2}[01][0-9][0-9]{2}[0-9]{4}"

_find_signed = numbers(_PATTERN, _valid, words=_WORDS, alone=_alone)
_BARE = re.compile(
    r"(?<![^\W_])(?<![.,/+-])(?:19[0-9]{10}|(?:3[2-9]|[4-9][0-9])[01][0-9]{7})(?![^\W_]|[/+-]|[.,][0-9])"
)
_TEN = 10


def _find(text: str) -> Iterator[Match]:
    found = {match.start: match for match in _find_signed(text)}
    for bare in _BARE.finditer(text):
        before = text[max(0, bare.start() - 30) : bare.start()]
        # Ten digits alone may be any number; in prose they are none where no word says of what.
        alone = len(text.strip(" '")) == len(bare[0]) and len(bare[0]) > _TEN
        told = alone or any(sign.isalpha() for sign in text)
        if told and not _OF_ANOTHER.search(before) and _valid(bare[0]):
            found.setdefault(bare.start(), Match(bare.start(), bare.end(), bare[0], "check digit"))
    yield from found.values()


def _looks(text: str) -> bool:
    written = re.fullmatch(_PATTERN, text) is not None and _alone(text)
    bare = _BARE.fullmatch(text) is not None and len(text) > _TEN
    return (written or bare) and _has_day(text)


SWEDISH_IDENTITY_NUMBER = Form(
    category="personal_identity_code",
    name="personnummer",
    candidate=(
        f"(?:[0-9][0-9])?[0-9]{{2}}[01][0-9]{{3}}[+{DASHES}][0-9]{{4}}"
        "|[3-9][0-9][01][0-9][0-9]{6}"
        f"|19[0-9]{{2}}[01][0-9]{{3}}[{SPACES}]?[{DASHES}]?[{SPACES}]?[0-9]{{4}}"
    ),
    words=(*_WORDS, *BY_WORD),
    find=_find,
    tells=whole(_PATTERN, _valid),
    odds=Odds(_looks, 10),
)
