"""
What a cell says, as one of a few words, read the same on every engine.

The scan keeps the texts of such columns; there are few different ones, and each is read here once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from audit.categories import categories
from audit.categories._text import fold
from audit.categories.headers import best_name
from audit.categories.lexicon import (
    FIRM,
    SAID,
    all_words,
    first_word,
    is_firm,
    party_name,
    words_inside,
)
from audit.register.accounts import read_account, read_person
from audit.register.dates import read_date
from audit.register.own_words import UNREAD, asked_for, form_unused
from audit.register.roles import SECOND, Role
from audit.register.states import says_ended, says_no
from audit.register.web.names import read_cookie, read_host, read_url
from audit.vocabulary import load

__all__ = [
    "UNREAD",
    "as_told",
    "purpose_and_channel",
    "read_category",
    "read_days",
    "read_flag",
    "read_party",
    "read_word",
    "read_words",
    "reader",
    "says_fine",
    "says_yes",
]


# Columns whose cells may say why, or which: *turvakielto*, *550 mailbox full*.
_MARKERS = (Role.PROTECTED, Role.EMAIL_BOUNCED, Role.POST_RETURNED)
_FINE = frozenset(
    """
    ok valid verified deliverable delivered accepted active subscribed unsubscribed confirmed
    unconfirmed pending unknown risky opened clicked toimii kunnossa toimitettu vahvistettu
    aktiivinen tilaaja fungerar giltig levererad bekräftad aktiv prenumerant
    """.split()
)
# What comes back for a while is no wrong address.
_FOR_A_WHILE = ("soft", "mjuk", "pehme", "temporary", "tilapäi", "tillfäll")
# A ban may be of several channels or purposes at once.
_SEVERAL = (Role.CHANNEL, Role.OBJECTION_PURPOSE, Role.CONSENT_PURPOSE)
# "Marknads- och opinionsundersökningar" are one thing.
_PARTS = re.compile(r"[,;/+&|]|(?<!-)\s(?:ja|och|and|sekä|samt)\s")

# "Ei annettu", "not told", "nej, inte ännu".
_NO_FIRST = re.compile(r"(?:ei|no|not|nej|inte|ej|eikä)(?:[ .,:;]|$)")


_FIRST = {second: first for first, second in SECOND.items()}


def reader(role: Role) -> Callable[[str], tuple[object, ...]]:
    """The function that reads the filled cells of a role: what they say, and what stands beside."""
    role = _FIRST.get(role, role)
    if role in _MARKERS:
        # The column's name is the marker: whatever stands there, but a no, says that it holds.
        fine = says_fine if role is not Role.PROTECTED else lambda _: False
        return lambda text: (read_flag(text) is not False and not fine(text),)
    if role.type in _READERS:
        return _READERS[role.type]
    if role.type == "country":
        from audit.register.countries import read_country

        return lambda text: (read_country(text),)
    if role in _SEVERAL:
        return lambda text: (read_words(role.value, text),)
    return lambda text: (read_word(role.value, text),)


def says_fine(text: str) -> bool:
    """
    Whether a mark of what bounced says that nothing did, or not for good, or something else.

    >>> says_fine("Deliverable"), says_fine("Soft bounce"), says_fine("Hard bounce")
    (True, True, False)
    """
    folded = fold(text)
    return folded in _FINE or folded.startswith(_FOR_A_WHILE)


# A code ("xqz-77") is no word that anybody could be told by.
_WORDS = re.compile(r"^\D*[^\W\d_]{4}\D*$")


def as_told(role: Role) -> Callable[[str], tuple[object, ...]]:
    """
    The function that reads the filled cells of a role for the checks.

    A source or a purpose that nobody could read stays in its own words: a notice may name it by the
    same ones.

    >>> as_told(Role.SOURCE)("Postens adressregister"), as_told(Role.CHANNEL)("savumerkki")
    (('said:postens adressregister',), ('unread',))
    """
    read = reader(role)
    if role not in (Role.SOURCE, Role.PURPOSE):
        return read

    def in_own_words(text: str) -> tuple[object, ...]:
        first, *rest = read(text)
        in_words = first == UNREAD and _WORDS.search(text) is not None
        return (f"{SAID}{party_name(text)}" if in_words else first, *rest)

    return in_own_words


def read_word(role: str, text: str) -> str:
    """
    The word of ``vocabulary/words.toml`` that a cell begins with or has in it.

    >>> read_word("request_kind", "Poistopyyntö"), read_word("outcome", "Hylätty 3.1.2026")
    ('erasure', 'refused')
    >>> read_word("message_kind", "Blek tänderna -30%"), read_word("message_kind", "Kosteus 30 %")
    ('marketing', 'unread')
    >>> read_word("outcome", "Avslag: ska göras på blankett"), read_word("outcome", "Hylätty: lomakkeella")
    ('form', 'form')
    >>> read_word("request_kind", "Invändning, direktmarknadsföring")
    'marketing_objection'
    >>> read_word("channel", "savumerkki"), read_word("source", "Nordvagn Import Oy")
    ('unread', 'firm:nordvagn import')
    >>> read_word("service", "Lokalvård (inga personuppgifter)"), read_word("service", "Bokföring")
    ('no_data', 'financial_administration')
    """
    found = _in_force(first_word(role, text) or UNREAD, text)
    if found == "all" and " " in text.strip():  # "All reklam" is all of that, and no more
        found = first_word(role, text.strip().partition(" ")[2]) or found
    if role == Role.SOURCE and found == UNREAD and is_firm(text):
        return f"{FIRM}{party_name(text)}"
    if found == "granted" and _NOT_DONE.match(fold(text)):
        found = "refused"
    if role == Role.OUTCOME and found == "refused" and "form" in words_inside(_WHY, text):
        return "form"  # "Hylätty, pyyntö ei ollut kirjallinen"
    if role == _WHY and found == UNREAD and form_unused(text):
        found = "form"
    if role == Role.MESSAGE_KIND and found == UNREAD and _OFF.search(fold(text)):
        return "marketing"
    if role == Role.HOLD_REASON and found == "convenience":
        return _hope(text)
    if role == Role.PURPOSE:
        return _purpose(found, text)
    if role == Role.SERVICE and "no_data" in words_inside(Role.AGREEMENT_STATE.value, text):
        found = "no_data"  # "Lokalvård (inga personuppgifter)"
    return asked_for(found, text) if role == Role.REQUEST_KIND else found


_WHY = Role.REFUSAL_REASON.value
# "Blek tänderna -30%", "20 % off": whoever takes off a part of the price offers something.
_OFF = re.compile(r"(?:^|\s)[-–−]\s?[0-9]{1,2}\s?%|[0-9]{1,2}\s?% (?:off|pois|bort)\b")

# "Barnskyddsanmälan enligt barnskyddslagen 25 §": a section of an act, or an act that it is by.
_STATUTE = re.compile(
    r"[0-9]\s?(?:[a-z] )?§|§\s?[0-9]|\b\w+(?:lain|kaaren|kaari) (?:nojalla|mukai|[0-9])|\benligt \w*(?:lagen|balken)\b"
    r"|\bunder (?:the )?(?:\w+ ){1,5}act\b|\bs\.? ?[0-9]+\b.*\bact\b"
)
_ASKED_OF_ANYBODY = ("legal", "customer_relationship")

_OF_A_SERVICE = frozenset(
    {
        *("installation", "technical", "insurance", "financial_administration", "credit"),
        *("warranty", "debt_collection", "customer_relationship"),
    }
)


def _purpose(found: str, text: str) -> str:
    """
    The purpose read, with one that an act's section tells as required by law.

    >>> _purpose(UNREAD, "Barnskyddsanmälan enligt barnskyddslagen 25 §"), _purpose(UNREAD, "osa 3")
    ('legal_obligation', 'unread')
    """
    if found in (UNREAD, *_ASKED_OF_ANYBODY) and _STATUTE.search(fold(text)):
        return "legal_obligation"
    return _what_for(found, text) if found in _OF_A_SERVICE else found


def _what_for(found: str, text: str) -> str:
    """
    What a purpose is that begins with a service's word: whose it is may stand before what it is.

    >>> _what_for("installation", "Huoltoyhtiön oma mainoskampanja")
    'direct_marketing'
    >>> _what_for("insurance", "Selling travel insurance"), _what_for("insurance", "insurance claim")
    ('direct_marketing', 'insurance')
    """
    if "direct_marketing" in words_inside("purpose", text) or _SELLS.search(fold(text)):
        return "direct_marketing"  # "Vakuutusten myynti" is no insurance of the register's people
    # "Tilausten toimittaminen" is a delivery, whatever of.
    of_an_order = _OF_AN_ORDER.match(fold(text)) if found == "customer_relationship" else None
    return (of_an_order and first_word("purpose", of_an_order["what"])) or found


def _in_force(safeguard: str, text: str) -> str:
    """
    The word read, with clauses that a decision's number tells to be repealed ones as such.

    >>> _in_force("standard_contractual_clauses", "Vakiolausekkeet 2010/87/EU")
    'old_standard_contractual_clauses'
    """
    if safeguard != "standard_contractual_clauses" or "2021/914" in text:
        return safeguard
    old = f"old_{safeguard}"
    return old if any(word in fold(text) for word in load("words")["safeguard"][old]) else safeguard


def _hope(text: str) -> str:
    """
    What a hold is for that begins as a mere hope does: "may", "voi", "kan".

    >>> _hope("Voi tilata uudelleen"), _hope("Voi liittyä riitaan"), _hope("Kan inte raderas")
    ('convenience', 'claim', 'unread')
    """
    if _CANNOT.search(fold(text)):
        return UNREAD
    told = set(all_words(Role.HOLD_REASON.value, text))
    return next((ground for ground in _OF_OTHERS if ground in told), "convenience")


_OF_OTHERS = ("debt_collection", "open_invoice", "claim", "restriction")
_CANNOT = re.compile(
    r"\b(?:ei|eivät|emme) (?:voi|saa|voida|saada)\b|\b(?:kan|får) (?:inte|ej)\b|\b(?:can ?not|can['’]t|must not)\b"
)
_SELLS = re.compile(
    r"\b(?:selling|sells?|cross-?sell\w*|försälj\w*|sälj(?:a|er)?|myyn(?:ti|nin|tiä)|myydä|myymi\w*)\b"
)
_NOT_DONE = re.compile(r"(?:ei(?: ole)?|ej|inte|icke|not|never|aldrig)(?: yet)? \w")
_OF_AN_ORDER = re.compile(
    r"(?:tilau\w*n|ostos?ten|ostoksen|varau\w*n|tuottei?den|orders?|purchases?|goods) (?P<what>\w+.*)"
)


def read_words(role: str, text: str) -> str:
    """
    The words of each part of a cell, joined by ``+``; what nobody could read only where it is all.

    >>> read_words("channel", "tekstiviesti ja sähköposti"), read_words("channel", "Post; telefon")
    ('email+sms', 'phone+post')
    """
    parts = {read_word(role, part) for part in _PARTS.split(fold(text)) if part.strip()}
    return "+".join(sorted(parts - {UNREAD})) or UNREAD


def purpose_and_channel(role: str, text: str) -> tuple[str | None, str | None]:
    """
    What a ban, or a consent, is of, and in which channel, where one column says both.

    A channel alone is of everything sent by it. A newsletter is a purpose, though it goes by e-mail.

    >>> purpose_and_channel("objection_purpose", "SMS-reklam")
    ('direct_marketing', 'sms')
    >>> purpose_and_channel("objection_purpose", "sähköposti ja tekstiviesti")
    (None, 'email+sms')
    >>> purpose_and_channel("objection_purpose", "Kaikki")
    ('all', None)
    """
    found = {first_word("channel", part) for part in _PARTS.split(_PAPERS.sub("", fold(text)))}
    channel = "+".join(sorted(way for way in found if way is not None and way in _WAYS)) or None
    purpose = read_words(role, text)
    if purpose == UNREAD and channel is not None:
        inside = next(words_inside(role, text), None)
        return inside, channel
    return purpose, channel


_WAYS = frozenset({"email", "sms", "phone", "post"})
_PAPERS = re.compile(
    r"uutiskirj\w*|newsletters?|nyhetsbrev\w*|(?:direct |bulk )?mail(?:ing|shot)s?\b"
)


def read_flag(text: str) -> bool | None:
    """
    Whether a flag says yes; None where it says neither.

    A date in a column of flags says yes: that is when it happened.

    >>> [read_flag(text) for text in ("Kyllä", "x", "ei", "0", "1.2.2024", "ehkä", "kerrottu kirjeessä")]
    [True, True, False, False, True, None, True]
    """
    folded = fold(text)
    if says_no(text) or folded in _words_of_no() or _NO_FIRST.match(folded):
        return False
    yes = load("words")["yes"]["yes"]
    if folded in yes or re.match(r"\d{1,4}[./-]\d{1,2}[./-]\d", folded):
        return True
    first, _, rest = folded.partition(" ")
    if first in _ALLOWS and _NOT.search(rest):
        return False  # "Får ej skickas"
    return True if rest and len(first) > 1 and first.rstrip(".,:;") in yes else None


_ALLOWS = frozenset({"saa", "får", "may", "can", "kan"})
_NOT = re.compile(r"^(?:ei|ej|inte|not|icke)\b")


def says_yes(text: str) -> bool:
    """Whether a flag says yes, or the state itself that its column is headed by: *passiivi*."""
    return read_flag(text) is True or says_ended(text)


def read_party(text: str) -> tuple[str, str | None]:
    """
    The name of a firm or authority in one spelling, and the kind of party that it tells.

    >>> read_party("Tilitoimisto Luku Oy"), read_party("LUKU AB")
    (('tilitoimisto luku', 'financial_administration'), ('luku', None))
    >>> read_party("Nordic Staffing Ltd (kundföretag)")[1], read_party("Nordic Staffing Ltd")[1]
    ('employer', 'recruitment')
    >>> read_party("The student")[1], read_party("The student union")[1]
    ('data_subject', None)
    >>> read_party("Kunden")[1], read_party("Granne till kunden")[1], read_party("Korjaamosofta Oy")[1]
    ('data_subject', None, 'it_service')
    """
    name = party_name(text)
    # What a party is to the controller goes before what its name says: "Nordic Staffing (kundföretag)".
    beside = _IN_BRACKETS.search(text)
    to_us = first_word("parties", beside[1]) if beside else None
    return name, _told_whole(name) or to_us or first_word("parties", text)


_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")


def _told_whole(name: str) -> str | None:
    """The kind of a party whose whole name, or its end, tells it."""
    known = load("parties")
    name = name.removeprefix("the ")
    alone = next((kind for kind, names in known["alone"].items() if name in names), None)
    ends = known["endings"].items()
    return alone or next((kind for kind, said in ends if name.endswith(tuple(said))), None)


def read_category(text: str) -> str:
    """
    The data category that a cell names, as a header would.

    >>> read_category("Postiosoite"), read_category("väri")
    ('postal_address', 'unread')
    """
    named = best_name(text, {key: item.headers for key, item in categories().items()})
    return UNREAD if named is None else named.key


def read_days(text: str) -> int | None:
    """
    A length of time in days; 0 for the browser's session, None where it cannot be told.

    >>> [read_days(text) for text in ("Istunto", "2 vuotta", "13 mo", "14 vrk", "2 vk", "1 h")]
    [0, 730, 395, 14, 14, 0]
    >>> read_days("1 year 1 month 4 days")
    399
    """
    folded = fold(text)
    if first_word("session", folded):
        return 0
    if read_date(text) is not None:
        return None
    parts = [(part["number"], part["unit"]) for part in _LENGTH.finditer(folded)]
    # A number alone is days; beside a length it is none: "2 years (until 2028)".
    if any(unit for _, unit in parts):
        parts = [(number, unit) for number, unit in parts if unit]
    told = [days for number, unit in parts if (days := _days_in(number, unit)) is not None]
    return int(sum(told)) if told else None


def _days_in(number: str, unit: str) -> float | None:
    days = next((days for days, stem in _UNITS if re.match(stem, unit)), None)
    return None if days is None else float(number.replace(",", ".")) * days


_LENGTH = re.compile(r"(?<![\w])p?t?(?P<number>[0-9]+(?:[.,][0-9]+)?)\s*(?P<unit>[a-zäöå]*)")
_UNITS = (
    # "vrk" are days and "vk" weeks, though years are "v".
    (1.0, "vrk|vuorok"),
    (365.0, "v$|vuo|y|å"),
    (1 / 1440, "min"),
    (1 / 86400, "sek|sec|s$"),
    (30.42, "kk|kuu|mo|må|m$"),
    (7.0, "viik|vk|w|veck"),
    (1 / 24, "h|t$|tun|tim"),
    (1.0, "$|p|d"),
)


@cache
def _words_of_no() -> frozenset[str]:
    return frozenset(load("words")["no"]["no"])


_READERS: dict[str, Callable[[str], tuple[object, ...]]] = {
    "flag": lambda text: (read_flag(text),),
    "party": read_party,
    "person": read_person,
    "account": read_account,
    "category": lambda text: (read_category(text),),
    "cookie": read_cookie,
    "host": read_host,
    "url": lambda text: (read_url(text),),
    "days": lambda text: (read_days(text),),
}
