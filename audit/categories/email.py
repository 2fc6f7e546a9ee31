"""
E-mail address.

Specification: RFC 5321 section 4.1.2 and RFC 1035 section 2.3.1, in the part that people use: a
dot-atom, ``@`` and a host name with at least one dot. Addresses with quoted local parts or
without a dot are not met in customer registers and would only raise false alarms.

>>> [m.value for m in EMAIL.find("Lasku: Aino.Esimerkki@Yritys.example, kiitos")]
['aino.esimerkki@yritys.example']
>>> list(EMAIL.find("hinta 3 kpl @ 12,50"))
[]
"""

import re
from collections.abc import Iterator

from audit.categories.model import Category, Match
from audit.vocabulary import load

__all__ = ["EMAIL", "MAILBOX", "is_mailbox"]

_ADDRESS = re.compile(
    r"(?<![\w.%+-])[^\W_](?:[\w.%+'-]{0,62}[\w])?@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w-])"
)

# "logo@2x.png" is a picture for sharp screens: no top-level domain is called so.
_FILE = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|js|html?|php|pdf|woff2?)$", re.IGNORECASE
)


#: The beginning of an address that nobody in particular reads, in the portable subset.
MAILBOX = f"^({'|'.join(load('generic')['mailboxes'])})[0-9]*@"
_MAILBOX = re.compile(MAILBOX)


def is_mailbox(address: str) -> bool:
    """
    Whether an address is of a box that nobody in particular reads.

    >>> is_mailbox("laskut@koe.example"), is_mailbox("aino.koe@koe.example")
    (True, False)
    """
    return _MAILBOX.match(address) is not None


def _find(text: str) -> Iterator[Match]:
    if "@" not in text:
        return
    for found in _ADDRESS.finditer(text):
        if not _FILE.search(found[0]):
            yield Match(found.start(), found.end(), found[0].casefold(), "format")


EMAIL = Category(
    key="email",
    names={"fi": "sähköpostiosoite", "sv": "e-postadress", "en": "e-mail address"},
    headers=(
        *("sähköposti", "sähköpostiosoite", "sposti", "s posti", "säpo", "spostiosoite"),
        *("sähköpostit", "sähköp", "sähköpostin osoite", "sähköpostiosoitteet", "s postios"),
        *("laskutussähköposti", "e mail osoite", "meili", "sähköpostilaskutusosoite"),
        *("epost", "e post", "epostadress", "e postadress", "mejl", "mejladress", "e postadresser"),
        *("mail adress", "elpost", "elektronisk post"),
        *("email", "e mail", "email address", "e mail address", "mail", "mailaddress", "e mails"),
        *("email addr", "e mail 1 value", "email id", "primary email", "contact email"),
        *("work email", "personal email", "smtp addr", "e mail 2 address", "e mail 3 address"),
        *("e mail adresse", "sähköpostiosoite 2", "mailadresse", "customer email"),
        *("sähköpostisi", "sähköpostiosoitteesi", "din e post", "din e postadress"),
        *("your email",),
    ),
    dpv="pd:EmailAddress",
    fideslang="user.contact.email",
    candidate="[0-9A-Za-z]*@[^ ][0-9A-Za-z]*",
    find=_find,
    own_value_matters=True,
)
