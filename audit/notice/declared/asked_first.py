"""
What a notice promises to do only with consent: marketing, or publishing.

"Suoramarkkinointia lähetetään vain suostumuksella" promises more than the law asks. A sentence that
names another ground besides promises nothing of the kind.
"""

from __future__ import annotations

from typing import Literal

from audit.notice.lexicon import says
from audit.notice.model import Notice
from audit.notice.sentences import at_stops

__all__ = ["asks_only_persons", "only_with_consent"]


def only_with_consent(notice: Notice | None, matter: Literal["marketing", "publication"]) -> bool:
    """
    Whether the notice says that it does something only where people have consented.

    >>> from audit.notice.sketch import sketch
    >>> only_with_consent(sketch({"clauses": ["Uutiskirjeen saa vain suostumuksella."]}), "marketing")
    True
    >>> only_with_consent(sketch({"clauses": ["Markkinointia voi vastustaa."]}), "marketing")
    False
    """
    if notice is None:
        return False
    said = [sentence for clause in notice.clauses for sentence in at_stops(clause.words)]
    return any(
        says("asked_first", matter, sentence)
        and says("asked_first", "only", sentence)
        and not says("asked_first", "other_ground", sentence)
        and not says("asked_first", "cookies", sentence)
        for sentence in said
    )


def asks_only_persons(notice: Notice | None) -> bool:
    """
    Whether the consent that a notice promises to ask for marketing is that of private persons alone.

    >>> from audit.notice.sketch import sketch
    >>> asks_only_persons(sketch({"clauses": ["Kuluttajille vain suostumuksella markkinointia."]}))
    True
    >>> asks_only_persons(sketch({"clauses": ["Markkinointia vain suostumuksella."]}))
    False
    """
    clauses = notice.clauses if notice is not None else ()
    said = [sentence for clause in clauses for sentence in at_stops(clause.words)]
    asked = [
        sentence
        for sentence in said
        if says("asked_first", "marketing", sentence) and says("asked_first", "consent", sentence)
    ]
    # Where a sentence says so outright, a list of what is held (marks of consent) says no more.
    asked = [sentence for sentence in asked if says("asked_first", "only", sentence)] or asked
    return bool(asked) and all(says("asked_first", "persons", sentence) for sentence in asked)
