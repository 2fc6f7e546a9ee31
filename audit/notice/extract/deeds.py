"""
The event that a clause tells by a verb: who left, what was handed over, when you last wrote.

A verb alone tells little: a parcel that is handed over has been sold, a key only comes back. So the
lexicon ``deeds`` joins families of verbs with families of what they are done to, or by; and where
someone leaves, who it is tells what ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from audit.notice.lexicon import Language, alternation, load

__all__ = ["deed", "leaver"]

_WORD = re.compile(r"\{([a-z]+)\}")
_BY_WHOM = ("consent_withdrawal", "employment_end", "contract_end", "membership_end")
"""What ends when someone leaves, the nearest relation first: a child of a club leaves its course."""
_CUSTOMERS = "customer_relationship_end"


def deed(clause: str, sentence: str, language: Language) -> str | None:
    """
    The event of what is done in a clause; of a person who leaves, as the sentence calls them.

    >>> deed("hen slutat hos oss", "förarens uppgifter sparas i två år sedan hen slutat hos oss", "sv")
    'employment_end'
    >>> deed("the parcel was handed over", "", "en"), deed("the key was handed back", "", "en")
    ('last_order', 'unspecified')
    """
    told = min(
        (
            (match.start(), -match.end(), event)
            for event, expression in _expressions(language, "deeds").items()
            if (match := expression.search(clause))
        ),
        default=None,
    )
    if told is not None:
        return told[-1]
    return leaver(clause, (clause, sentence), language)


def leaver(clause: str, told: Sequence[str], language: Language) -> str | None:
    """
    What ends in a clause on someone who leaves, as the first of some words tells that names them.

    >>> leaver("after you cancel, we keep your name", ("friends of the theatre",), "en")
    'membership_end'
    """
    if _expressions(language, "leaving")["verbs"].search(clause) is None:
        return None
    for words in told:
        if (event := _ends_with(words, language)) is not None:
            return event
    named = _expressions(language, "leaving")[_CUSTOMERS].search(" ".join(told))
    return _CUSTOMERS if named else None


def _ends_with(words: str, language: Language) -> str | None:
    """What ends for those of whom words speak, but for customers, whom every notice speaks of."""
    by_whom = _expressions(language, "leaving")
    return next((event for event in _BY_WHOM if by_whom[event].search(words)), None)


@cache
def _expressions(language: Language, table: str) -> dict[str, re.Pattern[str]]:
    """The expressions of a table of the lexicon, with the families of words that they name."""
    data = load(language, "deeds")
    families: dict[str, str] = data["words"]

    def whole(entry: str) -> str:
        return _WORD.sub(lambda match: families[match[1]], entry)

    return {
        key: re.compile(alternation([whole(entry) for entry in listed]))
        for key, listed in data[table].items()
    }
