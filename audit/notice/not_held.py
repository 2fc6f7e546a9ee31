"""
Whose data a notice says it does not hold: groups that it denies, and the youngest that it speaks of.

"Emme käsittele yritysten tietoja", "we have no customers under 15": a record of such a group deviates
from the notice, whatever else it declares. Only sentences about holding data count, of clauses about
whose data is held or what it is; what is held with somebody's consent is held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.notice.extract.others import denied
from audit.notice.lexicon import patterns
from audit.notice.model import Notice
from audit.notice.sentences import at_stops

__all__ = ["groups_not_held", "youngest"]

_HOLDS = re.compile(
    r"käsitel|käsittel|rekister|tallen|kerä|säilyt|sisäll|\bole\b|\bon\b|asiakka|behandl|registr|spara|"
    r"samla|innehåll|\bhar\b|finns|\bär\b|kund|process|collect|hold|keep|store|register|contain|includ|"
    r"palvel|betjän|\bserv|\bdeal with|\bsell to|\bmyy\b|myymme|\bhave\b|\bare\b|customer|client",
    re.IGNORECASE,
)
_WITH_LEAVE = re.compile(
    r"ilman|suostum|lupaa|paitsi|ellei|jollei|tietoisesti|utan|samtyck|förutom|såvida|medvetet|"
    r"without|unless|except|consent|knowingly",
    re.IGNORECASE,
)
# What is denied here is another thing than holding.
_OF_OTHER_THINGS = re.compile(
    r"luovut|myy|siir|julkais|markkin|mainos|profil|päätö|lähet|lämna|överför|säl[jt]|publicer|marknads|"
    r"beslut|skicka|disclos|sell|sold|transfer|share|publish|market|advert|decision|send|sent|give",
    re.IGNORECASE,
)
_NOT = r"\b(?:ei|emme|eivät|eikä|inte|inga|ingen|inget|ej|aldrig|no|not|never|don['’]t|nobody|none|no one)\b"
_BELOW = re.compile(
    r"\b(?:alle|under|below|younger than|yngre än)\s+(\d{1,2})(?!\d|\s*%)", re.IGNORECASE
)
_FROM = re.compile(
    r"\b(?:vähintään|yli|täyttäne\w*|minst|fyllt|över|at least|aged|over)\s+(\d{1,2})[\s-]*(?:vuo|år|year|or\b)"
    r"|\b(\d{1,2})\s*(?:vuotta täyttän|år eller äldre|years? (?:of age )?or (?:older|over)|or (?:older|over))"
    r"|\b(\d{1,2})-vuotiai\w*\s+(?:tai|ja)\s+(?:sitä\s+)?vanhem",
    re.IGNORECASE,
)
_ADULTS = re.compile(
    r"\badults only\b|\bonly adults\b|(?:vain|ainoastaan|pelkästään) (?:aikuis|täysi-ikäis)|"
    r"(?:bara|endast|enbart) (?:vuxna|myndiga)",
    re.IGNORECASE,
)
_ADULT = 18


def groups_not_held(notice: Notice) -> frozenset[str]:
    """
    The groups that the notice says it holds no data of, by the keys of its data subjects.

    >>> from audit.notice.sketch import sketch
    >>> sorted(groups_not_held(sketch({"clauses": ["Emme käsittele lasten tietoja."]})))
    ['minor']
    >>> sorted(groups_not_held(sketch({"language": "en", "clauses": ["We do not serve private individuals."]})))
    ['private_person']
    >>> sorted(groups_not_held(sketch({"language": "sv", "clauses": ["Privatpersoner registreras inte."]})))
    ['private_person']
    """
    found = set()
    for sentence in _sentences(notice):
        if _BELOW.search(sentence):
            continue  # of children below an age: ``youngest``
        for key, expression in patterns(notice.language, "subjects").items():
            for match in expression.finditer(sentence):
                if denied(sentence, match.start(), match.end(), notice.language):
                    found.add(key)
    return frozenset(found - {group.key for group in notice.data_subjects})


def youngest(notice: Notice) -> int | None:
    """
    The age from which on the notice speaks of people, where it says that none are younger.

    >>> from audit.notice.sketch import sketch
    >>> youngest(sketch({"language": "en", "clauses": ["We have no customers under 15."]}))
    15
    >>> youngest(sketch({"language": "en", "clauses": ["We register adults only."]}))
    18
    >>> youngest(sketch({"language": "sv", "clauses": ["Elever, som är 15 år eller äldre."]}))
    """
    whose = {name for group in notice.data_subjects for name in group.clauses}
    ages: list[int] = []
    for clause in notice.clauses:
        for sentence in at_stops(clause.words.casefold()):
            below = _BELOW.search(sentence)
            if below and re.search(_NOT, sentence, re.IGNORECASE) and _about_holding(sentence):
                ages.append(int(below[1]))
            elif _ADULTS.search(sentence) and _HOLDS.search(sentence):
                ages.append(_ADULT)
            elif clause.id in whose or set(clause.topics) & {"subjects"}:
                ages += [int(next(filter(None, one.groups()))) for one in _FROM.finditer(sentence)]
    fitting = [age for age in ages if 0 < age <= _ADULT]
    return max(fitting) if fitting else None


def _sentences(notice: Notice) -> Iterator[str]:
    """What the notice says about holding data, a sentence at a time, in small letters."""
    for clause in notice.clauses:
        yield from filter(_about_holding, at_stops(clause.words.casefold()))


def _about_holding(sentence: str) -> bool:
    others = (_WITH_LEAVE, _OF_OTHER_THINGS)
    return _HOLDS.search(sentence) is not None and not any(one.search(sentence) for one in others)
