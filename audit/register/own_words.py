"""What people ask for in their own words, where they do not name a right of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.categories._text import fold
from audit.categories.lexicon import first_word
from audit.register.roles import Role
from audit.vocabulary import load

__all__ = ["UNREAD", "asked_for", "form_unused"]

UNREAD = "unread"
"""What a filled cell says that nobody could read: never blank, never a guess."""


def asked_for(found: str, text: str) -> str:
    """
    The kind of a request, which was read as ``found`` by its first words.

    >>> asked_for(UNREAD, "En halua enää mainoksia"), asked_for(UNREAD, "väärä puhelinnumero")
    ('marketing_objection', 'rectification')
    >>> asked_for("erasure", "Remove my name from the reviews"), asked_for("erasure", "Poistakaa kaikki tietoni")
    ('publication_objection', 'erasure')
    """
    if found == "objection":
        # "Vastustaminen, suoramarkkinointi": what is objected to may stand anywhere behind it.
        marketing = first_word(Role.OBJECTION_PURPOSE.value, text) == "direct_marketing"
        return "marketing_objection" if marketing else found
    if found not in (UNREAD, "erasure"):
        return found
    told = _in_own_words(text)
    if found == "erasure":  # of what is held, or only of a name from some list
        return told if told.endswith("_objection") and not _OF_ALL_DATA.search(text) else found
    return told


_OF_ALL_DATA = re.compile(
    r"tieto|tiedo|tili|kaikki|data|account|everything|details|uppgift|konto|allt", re.IGNORECASE
)


def form_unused(text: str) -> bool:
    """
    Whether a refusal says that a form, by whatever name, was not used.

    >>> form_unused("Form DP1 not used"), form_unused("The data is not in that form")
    (True, False)
    """
    return _FORM_UNUSED.search(text) is not None


_FORM_UNUSED = re.compile(
    r"\bforms?(?: [\w-]+){0,3} (?:not|never) (?:been )?(?:used|returned|completed|filled|submitted|received|sent|attached|enclosed)\b",
    re.IGNORECASE,
)


def _in_own_words(text: str) -> str:
    """
    What words for what to do, and with what, say together.

    >>> _in_own_words("får ej användas som referens"), _in_own_words("tiedot itsestäni"), _in_own_words("lasku")
    ('publication_objection', 'access', 'unread')
    """
    told = re.findall(r"[\w-]+", fold(text))
    for said in load("requests_said")["said"]:
        if all(any(_is_said(word, stems) for word in told) for stems in said["all"]):
            return str(said["kind"])
    return UNREAD


def _is_said(word: str, stems: Iterable[str]) -> bool:
    """Whether a word begins with one of some stems; one of three letters or fewer is a word itself."""
    return any(word == one if len(one) <= _SHORT else word.startswith(one) for one in stems)


_SHORT = 3
