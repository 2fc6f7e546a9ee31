r"""
User ids and the names beside them, in one spelling, and whether they are one person's.

Lists of access rights and logs write the same id as ``FIRMA\aino``, ``aino@firma.example`` or
``Aino``; what tells an id from others is its own part, in lower case.
"""

from __future__ import annotations

import re
from functools import cache

from audit.categories._text import fold
from audit.vocabulary import load

__all__ = ["read_account", "read_person"]

_PARTS = re.compile(r"[\W_\d]+")
_NUMBERED = re.compile(r"[^\W\d_]{4,}[ _-]?[0-9]{1,2}")
_MANY = tuple("väki laiset läiset porukka tiimi jengi ryhmä teamet gruppen patrullen".split())
_SEVERAL = re.compile(r"\w{2,}(?:\s*[/;+&]\s*|\s+(?:ja|och|and|sekä|samt|tai|eller|or)\s+)\w{2,}")


def read_account(text: str) -> tuple[str, str | None, str | None]:
    r"""
    A user id in one spelling; its kind, ``shared`` or ``service``, where its words tell it; its name.

    A word with a number behind it is ``numbered``: a person's or a counter's, nobody can tell. Two
    words with a dot between them may be a name, and are given in order, as ``read_person`` has them.

    >>> read_account("FIRMA\\Onni.Koe"), read_account("onni.koe@firma.example")
    (('onni.koe', None, 'koe onni'), ('onni.koe', None, 'koe onni'))
    >>> read_account("myynti2"), read_account("svc_backup"), read_account("admin.aino")[:2]
    (('myynti2', 'shared', None), ('svc_backup', 'service', None), ('admin.aino', None))
    >>> read_account("ratatalli1")[:2], read_account("K1042")[:2], read_account("hamnkontoret")[:2]
    (('ratatalli1', 'numbered'), ('k1042', None), ('hamnkontoret', 'shared'))
    """
    folded = fold(text).rpartition("\\")[2].partition("@")[0].strip(" '\"") or fold(text)
    words = {word for word in _PARTS.split(folded) if word}
    known = _ids()
    kind = None
    if words & known["service"]:
        kind = "service"
    elif places := {word for word in words if _is_a_place(word)}:
        kind = "shared" if words <= places | known["neutral"] else None
    elif _NUMBERED.fullmatch(folded):
        kind = "numbered"
    parts = folded.split(".")
    named = len(parts) == 2 and all(part.isalpha() for part in parts)  # noqa: PLR2004 - two names
    return folded, kind, " ".join(sorted(parts)) if named else None


def _is_a_place(word: str) -> bool:
    """Whether a word is one for a place or a task, or a compound that ends in a long one."""
    shared = _ids()["shared"]
    return word in shared or word.endswith(tuple(w for w in shared if len(w) >= _LONG))


_LONG = 6


def read_person(text: str) -> tuple[str, str]:
    """
    A person's name, its different words in order; and whether it is one ``person``'s.

    A system beside which stands who answers for it is an ``owned_service``.

    >>> read_person("Koe, Aino"), read_person("Aino Koe ja Onni Koe")[1]
    (('aino koe', 'person'), 'several')
    >>> read_person("Koe Aino, Koe Onni")[1], read_person("Pakettiauto 3 (kuka vuorossa)")[1]
    ('several', 'nobody')
    >>> read_person("Koko henkilökunta")[1], read_person("Verkkokaupan rajapinta")[1]
    ('nobody', 'service')
    >>> read_person("Vastaanotto")[1], read_person("Sali 2")[1]
    ('nobody', 'nobody')
    >>> read_person("Pupuset-ryhmä")[1], read_person("Duty Manager")[1], read_person("Anna-Maija Koe")[1]
    ('nobody', 'nobody', 'person')
    >>> read_person("Varmuuskopiointi, järjestelmä (Aino Koe)")[1], read_person("API / Aino Koe")[1]
    ('owned_service', 'owned_service')
    >>> read_person("Rajapinta (omistaja: talouspäällikkö)")[1], read_person("Integration (ägare: )")[1]
    ('owned_service', 'service')
    """
    folded = fold(text)
    words = [word for word in re.split(r"[^\w]+", folded) if word]
    known = _people()
    if any(word in known["service"] for word in words) and _names_an_owner(text):
        kind = "owned_service"
    elif _SEVERAL.search(folded) or _names_several(text):
        kind = "several"
    elif any(word in known["service"] for word in words):
        kind = "service"
    elif (
        not words
        or {words[0], words[-1]} & known["nobody"]
        or _is_nobodys(_bare(words, folded))
        or _OF_A_THING.fullmatch(text.strip())
    ):
        kind = "nobody"
    else:
        kind = "person"
    return " ".join(sorted(set(words))), kind


# "Pupuset-ryhmä", "Tap room": both parts of a person's double name have capitals.
_OF_A_THING = re.compile(r"[A-ZÅÄÖ][\w ]*[- ][a-zåäö]{2,}")


def _bare(words: list[str], folded: str) -> list[str]:
    """The words without what stands in brackets: *Pakettiauto 3 (kuka vuorossa)*."""
    outside = re.sub(r"\(.*?\)", " ", folded)
    return [word for word in re.split(r"[^\w]+", outside) if word] or words


def _names_several(text: str) -> bool:
    """Whether commas stand between whole names, and not between the two parts of one."""
    parts = [part.split() for part in re.sub(r"\(.*?\)", " ", text).split(",")]
    whole = [p for p in parts if len(p) in (2, 3) and all(map(_NAME.fullmatch, p))]
    return len(whole) > 1 and len(whole) == len(parts)


def _is_nobodys(words: list[str]) -> bool:
    """Whether words name a group, a place or a machine: *talkooväki*, *vastaanotto*, *sali 2*."""
    last = words[-1]
    return last.endswith(_MANY) or last.isdigit() or all(map(_is_a_place, words))


def _names_an_owner(text: str) -> bool:
    """Whether one part of a service's name is a person's, or whose it is stands behind "owner"."""
    if _OWNED_BY.search(text):
        return True
    for part in _APART.split(text):
        words = part.split()
        folded = {fold(word) for word in words}
        named = len(words) in (2, 3) and all(map(_NAME.fullmatch, words))
        if named and not folded & _of_nobody():
            return True
    return False


_OWNER = (
    "vastuuhenkilö|vastuussa|vastuu|vastaava|vastaa|omistaja|ylläpitäjä|ylläpito|owner|owned by|"
    "responsible|contact|managed by|run by|ägare|ansvarig|ansvarar|sköts av|förvaltas av|kontakt|c/o"
)
_OWNED_BY = re.compile(rf"\b(?:{_OWNER})\s*[:=]?\s*[^\W\d_]{{1,}}", re.IGNORECASE)
_APART = re.compile(rf"[(),/;:|]|\s[-–—]\s|\b(?:{_OWNER})\b", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÅÄÖÉÜ][a-zåäöéüß]+(?:-[A-ZÅÄÖÉÜ][a-zåäöéüß]+)?")


@cache
def _ids() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in load("words")["account_id"].items()}


@cache
def _of_nobody() -> frozenset[str]:
    """Words that stand in no person's name: of services, of nobody, and forms of firms."""
    known = _people()
    return known["service"] | known["nobody"] | frozenset(load("legal_forms")["at_the_end"])


@cache
def _people() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in load("words")["account_person"].items()}
