"""
Headers that nobody has written down before, read by what their words mean.

*Orsak till spärr* and *Do not delete reason* are no phrases of a lexicon, but each names a hold and
its reason. A header is read as the concepts of its words (``vocabulary/concepts.toml``), and names
the role that is made up of just those; one word that means nothing known, and it names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from audit.categories.headers import PLAIN, Named, words
from audit.vocabulary import load

__all__ = [
    "is_contacts_number",
    "is_persons_number",
    "kind_by_deed",
    "kind_by_meaning",
    "may_mean",
    "means",
    "names_number",
    "role_by_meaning",
    "roles_by_meaning",
    "says_only_when",
    "tells_person",
]

_INSIDE = 4
"""Letters that a concept's word has at least, to stand inside a compound: *raderingsspärr*."""
_WHOLE = 3
"""Letters up to which a word is itself alone, and no beginning: *end*, *ei*."""
_FEW = 2
_SCORE = 0.9
_MOST_READINGS = 64
_SPELT = re.compile(r"(?<![^ ])[^\W\d_](?: [^\W\d_])+(?![^ ])")
"""Letters apart: *t o m*, which was *t.o.m.*"""
_MAIL = re.compile(r"\b([es]) (post|mail)")
"""*e post*, which was *e-post*."""


def role_by_meaning(header: str, kind: str | None = None, *, loosely: bool = False) -> Named | None:
    """
    The role that the meanings of a header's words make up: one of a kind's, else one of any table's.

    ``loosely`` leaves out words that mean nothing known: the cells must bear it out then.

    >>> role_by_meaning("Orsak till spärr").key, role_by_meaning("Do not delete").key
    ('hold_reason', 'hold')
    >>> role_by_meaning("Valitusoikeudesta kerrottu", "requests").key
    'remedies_told'
    >>> role_by_meaning("Order total") is None
    True
    """
    return next(roles_by_meaning(header, kind, loosely=loosely), None)


def roles_by_meaning(
    header: str, kind: str | None = None, *, loosely: bool = False
) -> Iterator[Named]:
    """Each role that the meanings make up, in the order of the vocabulary: *pyynnön pvm*."""
    known = load("concepts")
    readings = _readings(_known_words(words(header)) if loosely else words(header))
    if not readings:
        return
    ways: Mapping[str, Sequence[Sequence[str]]] = (
        known["roles"] if kind is None else known["kinds"].get(kind, {})
    )
    # Whom it is about, the table says already: "Tenant told", "Asiakkaalle kerrottu".
    unnamed = {reading - {"person"} for reading in readings} if kind else set()
    for role, alternatives in ways.items():
        if any(frozenset(concepts) in readings | unnamed for concepts in alternatives):
            yield Named(role, words(header), _SCORE)


def kind_by_meaning(name: str) -> str | None:
    """
    What a list is of by the meaning of its name, without the words for a list.

    >>> kind_by_meaning("luovutusrekisteri"), kind_by_meaning("poistettujen lista")
    ('disclosures', 'erasures')
    >>> kind_by_meaning("taulukko 1") is None, kind_by_meaning("ok") is None
    (True, True)
    """
    tokens = words(name).split()
    if len(tokens) <= _FEW and max(map(len, tokens), default=0) <= _WHOLE:
        return None  # a word as short may be anything; "how we got it" says something
    readings = _readings_of_name(name)
    for kind, alternatives in load("concepts")["lists"]["of"].items():
        if any(frozenset(concepts) in readings for concepts in alternatives):
            return str(kind)
    return None


def kind_by_deed(name: str) -> str | None:
    """
    What was done to the people of a list, where its name says both: *erased customers*.

    >>> kind_by_deed("erased customers"), kind_by_deed("rajoitetut asiakkaat 2026")
    ('erasures', 'restrictions')
    >>> kind_by_deed("asiakkaat") is None, kind_by_deed("käyttöloki") is None
    (True, True)
    """
    listed = load("concepts")["lists"]
    people = frozenset(listed["people"])
    told = {reading - people for reading in _readings_of_name(name) if reading & people}
    for kind, alternatives in listed["done_to"].items():
        if any(frozenset(concepts) in told for concepts in alternatives):
            return str(kind)
    return None


@cache
def _readings_of_name(name: str) -> frozenset[frozenset[str]]:
    """What a list's name may mean, without the words that say no more than that it is a list."""
    listed = load("concepts")["lists"]
    suffixes = sorted((w.translate(PLAIN) for w in listed["words"]), key=len, reverse=True)
    tokens = []
    for token in words(name).translate(PLAIN).split():
        if token.isdigit() or token in suffixes:
            continue
        suffix = next((one for one in suffixes if token.endswith(one)), "")
        tokens.append(token.removesuffix(suffix))
    return _readings(" ".join(tokens)) if tokens else frozenset()


def means(header: str, concept: str) -> bool:
    """
    Whether a header may mean one thing and nothing else.

    >>> means("Varför", "reason"), means("Till och med", "end"), means("Order", "end")
    (True, True, False)
    """
    return frozenset({concept}) in _readings(words(header))


def says_only_when(header: str) -> bool:
    """
    Whether a header says that something began, ended or was called off, and not what.

    >>> [says_only_when(name) for name in ("Closed date", "Alkoi", "Asiakkuus päättyi", "Cancelled at")]
    [True, True, False, True]
    >>> says_only_when("Koulutus päättyi")  # an order's, which a person's may be elsewhere
    True
    """
    readings = {reading - {"activity"} for reading in _readings(words(header))}
    named = any(concept in reading for reading in readings for concept in _GOES_ON)
    return not named and any(frozenset({concept}) in readings for concept in _WHEN)


_WHEN = ("end", "start", "withdraw")
_GOES_ON = ("relationship", "membership", "contract", "employment", "person")


def may_mean(header: str, concept: str) -> bool:
    """
    Whether one thing is among what a header may mean.

    >>> may_mean("Poistopvm", "erase"), may_mean("Laskupvm", "erase")
    (True, False)
    """
    return any(concept in reading for reading in _readings(words(header)))


def is_persons_number(header: str) -> bool:
    """
    Whether a header names the number by which a register tells its people.

    >>> [is_persons_number(name) for name in ("Gästnr", "Asukas-ID", "contact_id", "Laskunro")]
    [True, True, True, False]
    """
    tokens = words(header.replace("#", " no ")).translate(PLAIN).split()
    known = _concepts()
    if len(tokens) == 1:
        [token] = tokens
        stems = _ends_in(token, known["number"])
        return any(_begins_as(stem, known["person"], slack=_SLACK) for stem in stems)
    if len(tokens) != 2 or tokens[-1] not in known["number"]:  # noqa: PLR2004 - a word and "id"
        return False
    return _begins_as(tokens[0], known["person"], slack=_SLACK)


def is_contacts_number(header: str) -> bool:
    """
    Whether a header names the number of a contact person, or of a guardian: *Kontakt-id*.

    >>> [is_contacts_number(name) for name in ("Kontakt-id", "Huoltajan nro", "Kundnr")]
    [True, True, False]
    """
    text = words(header).translate(PLAIN)
    return names_number(header) and text.startswith(_CONTACTS)


_CONTACTS = (
    *("kontakt", "contact", "yhteyshenk", "yhthenk"),
    *("huoltaja", "vanhemma", "vardnadshav", "foralder", "guardian", "parent"),
)


def names_number(header: str) -> bool:
    """
    Whether a header's last word is one for a number, or ends in one.

    >>> [names_number(name) for name in ("Varausnro", "Case ref", "Inv #", "Summa")]
    [True, True, True, False]
    """
    if header.rstrip().endswith("#"):
        return True
    tokens = words(header).translate(PLAIN).split()
    if not tokens:
        return False
    numbers = _concepts()["number"]
    return tokens[-1] in numbers or bool(
        _ends_in(tokens[-1], [number for number in numbers if number not in _SHORT_NUMBERS])
    )


# "Tid" and "piano" end in no word for a number.
_SHORT_NUMBERS = ("id", "no", "#", "key", "num", "uid")


def tells_person(header: str) -> bool:
    """
    Whether a header is one of the words for a register's people: *potilas*, *gäst*, *tenant*.

    >>> tells_person("Potilas"), tells_person("Gäst"), tells_person("Tuote")
    (True, True, False)
    >>> tells_person("Laskutusasiakas"), tells_person("Fakturakund")
    (True, True)
    """
    text = words(header).translate(PLAIN)
    return text.endswith(_WHO_BUYS) or _begins_as(text, _concepts()["person"], slack=_SLACK)


_WHO_BUYS = ("asiakas", "kund", "customer", "client")


_SLACK = 3
"""Letters of an ending that a word for a person may have: *jäsenen*, *customers*."""


def _begins_as(text: str, stems: Iterable[str], *, slack: int) -> bool:
    # A short one is itself alone: "as nro" is a customer's, "asianro" a case's.
    return any(
        text == stem
        or (len(stem) > _WHOLE and text.startswith(stem) and len(text) - len(stem) <= slack)
        for stem in stems
    )


def _ends_in(token: str, numbers: Iterable[str]) -> list[str]:
    """What stands before a word for a number at the end of a compound."""
    return [token.removesuffix(n) for n in numbers if token.endswith(n) and token != n]


def _known_words(text: str) -> str:
    known = [token for token in text.split() if _meanings(token)]
    # Of "last changed" no more is known than "last", which is also how exports write *låst*.
    return "" if known == ["last"] != text.split() else " ".join(known)


@cache
def _readings(text: str) -> frozenset[frozenset[str]]:
    """The sets of concepts that a header may mean; none where one of its words is not known."""
    meant: list[tuple[frozenset[str], ...]] = []
    text = _MAIL.sub(r"\1\2", text)
    for token in _SPELT.sub(lambda match: match[0].replace(" ", ""), text).split():
        found = _meanings(token)
        if not found:
            return frozenset()
        meant.append(found)
    readings = set()
    for number, chosen in enumerate(product(*meant)):
        if number >= _MOST_READINGS:
            break
        readings.add(frozenset().union(*chosen))
    return frozenset(readings - {frozenset()})


@cache
def _meanings(token: str) -> tuple[frozenset[str], ...]:
    """What one word may mean: each a set of concepts, empty where it changes nothing."""
    token = _without_day(token.translate(PLAIN))
    heads = [key for key, stems in _concepts().items() if any(_is(token, s) for s in stems)]
    begun = max((len(s) for key in heads for s in _concepts()[key] if _is(token, s)), default=0)
    inside = [
        key
        for key, stems in _concepts().items()
        # "Prenumerant" has *numer* in it, and is no number.
        if any(
            len(s) >= _INSIDE and (at := token.find(s)) > 0 and at + len(s) > begun for s in stems
        )
    ]
    # A *laskunumero* is a number, whatever of, and a *spärrorsak* a reason.
    found = [frozenset({key}) for key in heads if not {"number", "reason"} & set(inside)]
    found += [frozenset({head, part}) for head in heads for part in inside if part != head]
    if len(inside) > 1 and heads:
        found += [frozenset({head, *inside}) for head in heads]
    if "reason" in inside:  # a *raderingsspärrsorsak* is no hold
        found = [reading for reading in found if "reason" in reading]
    if any(_is(token, stem.translate(PLAIN)) for stem in load("concepts")["neutral"]):
        found.append(frozenset())
        # *Tiedonluovutus*: what the head leaves open, the rest of the compound tells.
        found += [frozenset({part}) for part in inside if not heads]
    return tuple(dict.fromkeys(found))


def _without_day(token: str) -> str:
    """What stands before *pvm*, *datum* and the like at the end of a compound: *suorituspvm*."""
    day = next((d for d in _DAYS if token.endswith(d) and len(token) - len(d) >= _INSIDE), "")
    return token.removesuffix(day)


_DAYS = ("paivamaara", "paivays", "paiva", "pvm", "aika", "datum", "dato", "dag", "date")


@cache
def _concepts() -> Mapping[str, tuple[str, ...]]:
    """The beginnings of each concept's words, without the dots that exports often lose."""
    known = load("concepts")["concepts"]
    return {key: tuple(s.translate(PLAIN) for s in stems) for key, stems in known.items()}


def _is(token: str, stem: str) -> bool:
    """Whether a word is the concept's: it begins so, or is just it where the beginning is short."""
    return token == stem or (len(stem) > _WHOLE and token.startswith(stem))
