"""
What a notice promises to do only with consent: marketing, or publishing.

"Suoramarkkinointia lähetetään vain suostumuksella" promises more than the law asks. A sentence that
names another ground besides promises nothing of the kind.
"""

from __future__ import annotations

from typing import Literal

from audit.notice.lexicon import pattern
from audit.notice.model import Notice
from audit.notice.sentences import at_stops

__all__ = ["Matter", "names", "only_with_consent"]

Matter = Literal[
    "marketing", "publication", "messages", "consent", "only", "other_ground", "cookies"
]


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
        names(matter, sentence)
        and names("only", sentence)
        and not names("other_ground", sentence)
        and not names("cookies", sentence)
        for sentence in said
    )


def names(what: Matter, text: str) -> bool:
    """Whether a text names one of the matters of ``lexicon/any/asked_first.toml``."""
    return pattern("any", "asked_first", what).search(text) is not None
