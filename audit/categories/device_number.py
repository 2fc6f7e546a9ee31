"""
Number of a mobile device (IMEI).

Specification: 3GPP TS 23.003: eight digits of a type, six of a serial number, and a check digit by
Luhn's formula. Fifteen digits may be anything, so the word must stand before them.

>>> [m.value for m in DEVICE_NUMBER.find("puhelin IMEI: 35-209900-176148-1")]
['352099001761481']
>>> list(DEVICE_NUMBER.find("IMEI 352099001761482, viite 352099001761481"))
[]
"""

import re
from collections.abc import Iterator

from stdnum import imei

from audit.categories.model import Form, Match

__all__ = ["DEVICE_NUMBER"]

_NUMBER = re.compile(
    r"(?<![^\W_])imei(?:[- ]?(?:koodi|numero|nummer|number|code|nro|nr|no))?[12]?[\s.:=#-]{1,3}"
    r"([0-9](?:[ -]?[0-9]){14})(?![^\W_]|[-.,][0-9])",
    re.IGNORECASE,
)


def _find(text: str) -> Iterator[Match]:
    for found in _NUMBER.finditer(text):
        value = re.sub("[ -]", "", found[1])
        if imei.is_valid(value):
            yield Match(found.start(1), found.end(1), value, "check digit")


DEVICE_NUMBER = Form(
    category="device_browser",
    name="IMEI",
    words=(" imei",),
    find=_find,
)
