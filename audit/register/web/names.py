"""
What the names of the web's side say: a cookie's, a host's, a parameter's.

Known services and cookies are data (``vocabulary/cookies.toml``). No value of a cookie is read, and
of a web address only which parameters it has.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import unquote_plus

from audit.categories._text import fold
from audit.vocabulary import load

__all__ = ["TELLING", "read_cookie", "read_host", "read_url"]

_OWN = "own"


def read_cookie(text: str) -> tuple[str, str | None, str | None]:
    """
    A cookie's name, the service whose it is (``own``: the site's) and what it is for.

    >>> read_cookie("_ga_ABC123"), read_cookie("PHPSESSID"), read_cookie("xyz")
    (('_ga_ABC123', 'google_analytics', 'analytics'), ('PHPSESSID', 'own', 'essential'), ('xyz', None, None))

    A service's name that is a plain word counts in its own case alone: Google's is not every site's.

    >>> read_cookie("CONSENT")[1], read_cookie("consent")[1]
    ('google', 'own')
    """
    name = text.strip()
    for pattern, service, purpose in _cookies():
        if pattern.fullmatch(name):
            return name, service, purpose
    return name, None, None


def read_host(text: str) -> tuple[str, str | None]:
    """
    A host in one spelling, and the service whose it is.

    >>> read_host("https://www.google-analytics.com/g/collect"), read_host(".koe.example")
    (('www.google-analytics.com', 'google_analytics'), ('koe.example', None))
    >>> read_host("Google Analytics")
    ('google analytics', 'google_analytics')
    """
    host = re.sub(r"^[a-z]+:/+|[/:?].*$", "", fold(text)).lstrip(".")
    parts = host.split(".")
    for start in range(len(parts)):
        if service := _hosts().get(".".join(parts[start:])):
            return host, service
    named = next(
        (
            key
            for key, known in load("cookies")["services"].items()
            if any(name.strip() in host for name in known["names"])
        ),
        None,
    )
    return host, None if "." in host else named


def read_url(text: str) -> str | None:
    """
    What a web address, or its query, tells of its visitor: a data category, or None.

    >>> read_url("/tilaus?asiakasnro=1001&x=1"), read_url("q=lamppu"), read_url("customer_id=")
    ('customer_number', None, None)
    >>> read_url("/ta-bort?tfn=%2B358405550133"), read_url("/x?phone_number=0405550133")
    ('phone', 'phone')

    An address is one wherever it stands, and whatever its parameter is called.

    >>> read_url("/avsluta/bo%40prov.example"), read_url("/img/logo%402x.png")
    ('email', None)

    A number with its country's code is a phone's, whatever its parameter is called.

    >>> read_url("/api?p=%2B358405550133"), read_url("/api?p=358405550133"), read_url("/api?p=%2B1")
    ('phone', None, None)
    """
    if _ADDRESS.search(text):
        return "email"
    for name, value in _PARAMETER.findall(text):
        category = _parameters().get(unquote_plus(name).casefold())
        if category is None and _WITH_COUNTRY.fullmatch(value):
            return "phone"
        if category is not None and len(unquote_plus(value).strip()) > 1:
            return category
    return None


_PARAMETER = re.compile(r"(?:^|[?&;#])([^=&;?#/\s]{1,40})=([^&;#\s]{1,300})")
_ADDRESS = re.compile(
    r"[\w.+-]+(?:%40|@)(?!\d+x\.)[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}(?![\w.])", re.IGNORECASE
)
_WITH_COUNTRY = re.compile(r"%2[Bb][1-9][0-9]{7,14}")


@cache
def _cookies() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """The names, the longest first: ``_gac_*`` goes before ``_ga*``."""
    known = load("cookies")
    named = [
        (name, service, one["purpose"])
        for service, one in known["services"].items()
        for name in one["cookies"]
    ]
    named += [(name, _OWN, purpose) for purpose, names in known["own"].items() for name in names]
    named.sort(key=lambda item: -len(item[0]))
    return tuple(
        (
            re.compile(
                re.escape(name).replace(r"\*", ".*"),
                0 if name.isalpha() and service != _OWN else re.IGNORECASE,
            ),
            service,
            purpose,
        )
        for name, service, purpose in named
    )


@cache
def _hosts() -> dict[str, str]:
    services = load("cookies")["services"]
    return {host: service for service, one in services.items() for host in one["hosts"]}


@cache
def _parameters() -> dict[str, str]:
    return {name: key for key, names in load("cookies")["urls"].items() for name in names}


#: A cheap superset of the addresses that ``read_url`` finds anything in.
TELLING = (
    "(?i)(?:^|[?&;#])[a-z_%-]*(?:cust|client|account|asiakas|asno|kund|member|jasen|medlem|user|uid|stud|pupil|patient|potilas|oppilas|elev|tenant|guest|gast|donor|asukas|vuokralais|hyresgast|mejl|kayttaja|"
    "anvandare|contact|subscriber|person|henkilo|crm|name|nimi|namn|mail|post|ud|em|phone|tel|tfn|cell|matka|mobil|puh|gsm|"
    "msisdn|hetu|ssn)[^=&;?#/]{0,14}=|=%2B[1-9][0-9]{7}|%40[a-z0-9]"
)
