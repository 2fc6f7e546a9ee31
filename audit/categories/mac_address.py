"""
Hardware address of a device (MAC, EUI-48).

Specification: IEEE 802: six pairs of hexadecimal digits apart by colons or hyphens. Source:
standards.ieee.org.

>>> [m.value for m in MAC_ADDRESS.find("laite 00:00:5E:00:53:af")]
['00005e0053af']
>>> list(MAC_ADDRESS.find("klo 12:30:45, 00:00:5E:00:53"))
[]
"""

import re
from collections.abc import Iterator

from audit.categories._text import DASHES
from audit.categories.model import Form, Match

__all__ = ["MAC_ADDRESS"]

_ADDRESS = re.compile(
    r"(?<![\w:-])[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:-])"
)


def _find(text: str) -> Iterator[Match]:
    for found in _ADDRESS.finditer(text):
        value = re.sub("[:-]", "", found[0]).lower()
        if not re.fullmatch(r"\d+", value) or found[1] == ":":  # digits and hyphens may be a code
            yield Match(found.start(), found.end(), value, "format")


MAC_ADDRESS = Form(
    category="device_browser",
    name="MAC",
    candidate=f"[0-9A-Fa-f]{{2}}(?:[:{DASHES}][0-9A-Fa-f]{{2}}){{5}}",
    find=_find,
)
