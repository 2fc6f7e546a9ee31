"""
Whose data a notice says it does not hold: groups that it denies, and the youngest that it speaks of.

"Emme käsittele yritysten tietoja", "we have no customers under 15": a record of such a group deviates
from the notice, whatever else it declares. Only sentences about holding data count, of clauses about
whose data is held or what it is; what is held with somebody's consent is held.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.notice.extract.others import denied
from audit.notice.lexicon import Language, of_any, patterns, says
from audit.notice.model import Notice
from audit.notice.sentences import at_stops

__all__ = ["denies_people", "groups_not_held", "youngest"]

_ADULT = 18
_MINORS = ("minor", "child", "children", "pupil", "student")


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
    found = {
        key
        for clause in notice.clauses
        for sentence in at_stops(clause.words.casefold())
        for key in _denied_in(sentence, notice.language)
    }
    return frozenset(found - {group.key for group in notice.data_subjects})


def denies_people(words: str, language: Language) -> bool:
    """
    Whether some words say of a group, or of who is younger than some age, that none of them is held.

    >>> denies_people("Emme rekisteröi alaikäisiä.", "fi"), denies_people("We hold names.", "en")
    (True, False)
    >>> denies_people("We have no customers under 15.", "en")
    True
    """
    return any(
        any(_denied_in(sentence, language)) or _age_in(sentence) is not None
        for sentence in at_stops(words.casefold())
    )


def _denied_in(sentence: str, language: Language) -> Iterator[str]:
    """The groups of which a sentence in small letters says that their data is not held."""
    if not _about_holding(sentence) or says("not_held", "below", sentence):
        return  # of children below an age: ``youngest``
    for key, expression in patterns(language, "subjects").items():
        for match in expression.finditer(sentence):
            if denied(sentence, match.start(), match.end(), language):
                yield key


def _age_in(sentence: str) -> int | None:
    """The age below which a sentence in small letters says that nobody is held."""
    below = of_any("not_held", "below").search(sentence)
    if below and says("not_held", "not", sentence) and _about_holding(sentence):
        return int(below[1])
    return None


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
    minors = any(group.key in _MINORS for group in notice.data_subjects)
    ages: list[int] = []
    adults = False
    for clause in notice.clauses:
        for sentence in at_stops(clause.words.casefold()):
            below = _age_in(sentence)
            if below is not None:
                ages.append(below)
            elif says("not_held", "adults", sentence) and says("not_held", "holds", sentence):
                ages.append(_ADULT)
            elif (
                clause.id in whose
                or set(clause.topics) & {"subjects"}
                or says("not_held", "must", sentence)
            ):
                since = of_any("not_held", "from").finditer(sentence)
                told = [int(next(filter(None, one.groups()))) for one in since]
                # "Adults who rent" are all whose data is held, where no children are named.
                grown = clause.id in whose and says("not_held", "grown", sentence)
                ages += told
                adults |= grown and not minors
    fitting = [age for age in ages if 0 < age <= _ADULT]
    # An age that is told goes before "adults", which may be said of some of them.
    return max(fitting) if fitting else _ADULT if adults else None


def _about_holding(sentence: str) -> bool:
    others = ("with_leave", "of_other_things")
    return says("not_held", "holds", sentence) and not any(
        says("not_held", other, sentence) for other in others
    )
