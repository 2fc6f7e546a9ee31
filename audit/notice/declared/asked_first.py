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

__all__ = ["BOTH", "asks_only_persons", "channels_of", "only_with_consent"]


#: The channels of electronic marketing, by the words of ``send_log.channel``.
BOTH = frozenset({"email", "sms"})


def only_with_consent(
    notice: Notice | None, matter: Literal["marketing", "publication"]
) -> frozenset[str]:
    """
    The channels by which the notice says that it does something only where people have consented.

    >>> from audit.notice.sketch import sketch
    >>> said = sketch({"clauses": ["Uutiskirjeen saa vain suostumuksella."]})
    >>> sorted(only_with_consent(said, "marketing"))
    ['email', 'sms']
    >>> only_with_consent(sketch({"clauses": ["Markkinointia voi vastustaa."]}), "marketing")
    frozenset()
    """
    if notice is None:
        return frozenset()
    said = [sentence for clause in notice.clauses for sentence in at_stops(clause.words)]
    return frozenset().union(
        *(
            channels_of(sentence)
            for sentence in said
            if says("asked_first", matter, sentence)
            and says("asked_first", "only", sentence)
            and not says("asked_first", "other_ground", sentence)
            and not says("asked_first", "cookies", sentence)
        )
    )


def channels_of(sentence: str) -> frozenset[str]:
    """
    The channels that a promise speaks of: text messages alone, where it names nothing else, or both.

    >>> channels_of("Reklam per sms sänds bara med samtycke."), channels_of("Sms and e-mail.") == BOTH
    (frozenset({'sms'}), True)
    """
    texts = says("asked_first", "texts", sentence) and not says("asked_first", "mails", sentence)
    return frozenset({"sms"}) if texts else BOTH


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
