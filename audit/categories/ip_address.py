"""
IP address of a visitor, customer or subscriber. Told by the header.

In text an IPv4 or IPv6 address (RFC 791, RFC 4291) that the standard library accepts. A version
number is none, nor that of a program as browsers name themselves (*Chrome/126.0.0.0*).

Listed with the word for address, since that word alone is a postal address.

>>> [m.value for m in IP_ADDRESS.find("kirjautui osoitteesta 192.0.2.17 ja 2001:db8::17")]
['192.0.2.17', '2001:db8::17']
>>> list(IP_ADDRESS.find("Mozilla/5.0 (X11) Chrome/126.0.0.0 Safari/537.36 OPR/112.0.0.0"))
[]
>>> list(IP_ADDRESS.find("versio 10.0.19.1, kohta 1.2.3.4, klo 12:30:45, 300.1.2.3"))
[]
"""

import re
from collections.abc import Iterator
from ipaddress import IPv6Address

from audit.categories.model import Category, Match

__all__ = ["IP_ADDRESS"]

_FOUR = r"(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})"
_V4 = re.compile(rf"(?<![\w.,-])(?:{_FOUR}\.){{3}}{_FOUR}(?![\w-]|[.,][0-9])")
_V6 = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])")
_VERSION = re.compile(
    r"(?:^|[^\w])(?:v|ver|rev|\w*versio\w*|päivity\w*|päivitet\w*|updated?(?:\sto)?|upgraded?(?:\sto)?|uppdatera\w*(?:\still)?|build|release|fw|\w*firmware|\w*ohjelmisto|\w*ajuri|\w*driver|kernel|"
    r"software|programvara|mjukvara|kohta|luku|§|web|app|sovellus|appen|android|ios|windows|desktop)[\s.:]*$",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"(?:^|[\s;(])(?!IP/)[A-Z][A-Za-z]*/$"
)  # a path begins with a slash, or a host with two
_SMALL = 10  # four smaller numbers are a section of a text or a version


def _find(text: str) -> Iterator[Match]:
    for found in _V4.finditer(text):
        before = text[max(0, found.start() - 30) : found.start()]
        small = all(int(part) < _SMALL for part in found[0].split("."))
        if not small and not _VERSION.search(before) and not _PROGRAM.search(before):
            yield Match(found.start(), found.end(), found[0], "format")
    if text.count(":") < 3:  # noqa: PLR2004 - the fewest colons of an address with a gap and a prefix
        return
    for found in _V6.finditer(text):
        if "::" not in found[0] and found[0].count(":") != 7:  # noqa: PLR2004 - eight groups
            continue
        try:
            address = IPv6Address(found[0])
        except ValueError:
            continue
        yield Match(found.start(), found.end(), str(address), "format")


IP_ADDRESS = Category(
    key="ip_address",
    names={"fi": "IP-osoite", "sv": "IP-adress", "en": "IP address"},
    headers=(
        *("ip osoite", "ip", "ipv4", "ipv6", "ip numero", "ip nro", "ip osoitteet"),
        *("kirjautumis ip", "tilauksen ip"),
        *("ip adress", "ip nummer", "ip nr", "ip adresser"),
        *("ip address", "ip addr", "ip addresses", "ip number", "client ip", "remote addr"),
        *("remote address", "remote ip", "login ip", "last ip", "last login ip", "sign up ip"),
        *("registration ip", "opt in ip", "confirm ip", "order ip", "browser ip", "customer ip"),
        *("user ip", "x forwarded for"),
    ),
    dpv="pd:IPAddress",
    fideslang="user.device.ip_address",
    candidate=(
        "[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}"
        "|[0-9A-Fa-f]{1,4}:(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]*"
    ),
    find=_find,
)
