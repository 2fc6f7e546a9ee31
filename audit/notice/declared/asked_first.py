"""
What a notice promises to do only with consent: marketing, or publishing.

"Suoramarkkinointia lähetetään vain suostumuksella" promises more than the law asks. A sentence that
names another ground besides promises nothing of the kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from audit.notice.lexicon import says
from audit.notice.model import Notice
from audit.notice.sentences import at_stops

__all__ = [
    "MATTERS",
    "asks_first",
    "asks_only_persons",
    "channels_of",
    "channels_with_consent",
    "only_with_consent",
    "writes_till_forbidden",
]

Matter = Literal["marketing", "publication"]
MATTERS: tuple[Matter, ...] = get_args(Matter)

#: The channels of electronic marketing, by the words of ``send_log.channel``.
_BOTH = frozenset({"email", "sms"})


def only_with_consent(notice: Notice | None, matter: Matter) -> bool:
    """
    Whether the notice says that it does something only where people have consented.

    >>> from audit.notice.sketch import sketch
    >>> only_with_consent(sketch({"clauses": ["Uutiskirjeen saa vain suostumuksella."]}), "marketing")
    True
    >>> only_with_consent(sketch({"clauses": ["Markkinointia voi vastustaa."]}), "marketing")
    False
    """
    return any(_promises(notice, matter))


def channels_with_consent(notice: Notice | None) -> frozenset[str]:
    """
    The channels by which the notice says that it markets only to whoever has consented.

    >>> from audit.notice.sketch import sketch
    >>> channels_with_consent(sketch({"clauses": ["Reklam per sms sänds bara med samtycke."]}))
    frozenset({'sms'})
    >>> said = sketch({"clauses": ["Uutiskirjeen saa vain suostumuksella."]})
    >>> sorted(channels_with_consent(said)), channels_with_consent(None)
    (['email', 'sms'], frozenset())
    """
    return frozenset().union(*map(channels_of, _promises(notice, "marketing")))


def writes_till_forbidden(notice: Notice | None) -> bool:
    """
    Whether the notice says that it sends its customers e-mail until they forbid it.

    >>> from audit.notice.sketch import sketch
    >>> writes_till_forbidden(sketch({"clauses": ["Sähköpostitse jäsenille, kunnes jäsen kieltää sen."]}))
    True
    >>> writes_till_forbidden(sketch({"clauses": ["Uutiskirjeen saa vain suostumuksella."]}))
    False
    """
    return any(
        says("asked_first", "mails", sentence) and says("asked_first", "till_forbidden", sentence)
        for sentence in _sentences(notice)
    )


def asks_first(words: str, matter: Matter, heading: str = "") -> bool:
    """
    Whether a passage promises it, with its heading if need be.

    >>> asks_first("Vi skickar inte reklam per sms utan samtycke.", "marketing")
    True
    >>> asks_first("Vi skickar nyhetsbrev till våra kunder.", "marketing")
    False
    >>> asks_first("Vain, jos olet antanut suostumuksesi.", "marketing", "Uutiskirje")
    True
    """
    return any(_said_in(words, matter, heading))


def _sentences(notice: Notice | None) -> Iterator[str]:
    for clause in notice.clauses if notice is not None else ():
        yield from at_stops(clause.words)


def _promises(notice: Notice | None, matter: Matter) -> Iterator[str]:
    """The sentences that say so, with their heading if need be: "Newsletter: only if you asked"."""
    for clause in notice.clauses if notice is not None else ():
        yield from _said_in(clause.words, matter, clause.heading)


def _said_in(words: str, matter: Matter, heading: str = "") -> Iterator[str]:
    for said in at_stops(words):
        channel = says("asked_first", "texts", said) or says("asked_first", "mails", said)
        headed = not channel and not says("asked_first", matter, said)
        sentence = f"{heading}: {said}" if headed else said
        if (
            says("asked_first", matter, f"{heading} {said}")
            and says("asked_first", "only", said)
            and not says("asked_first", "other_ground", sentence)
            and not says("asked_first", "cookies", sentence)
        ):
            yield sentence


def channels_of(sentence: str) -> frozenset[str]:
    """
    The channels that a promise speaks of: text messages alone, where it names nothing else, or both.

    >>> channels_of("Reklam per sms sänds bara med samtycke."), channels_of("Sms and e-mail.") == _BOTH
    (frozenset({'sms'}), True)
    """
    texts = says("asked_first", "texts", sentence) and not says("asked_first", "mails", sentence)
    return frozenset({"sms"}) if texts else _BOTH


def asks_only_persons(notice: Notice | None) -> bool:
    """
    Whether the consent that a notice promises to ask for marketing is that of private persons alone.

    >>> from audit.notice.sketch import sketch
    >>> asks_only_persons(sketch({"clauses": ["Kuluttajille vain suostumuksella markkinointia."]}))
    True
    >>> asks_only_persons(sketch({"clauses": ["Markkinointia vain suostumuksella."]}))
    False
    """
    asked = [
        sentence
        for sentence in _sentences(notice)
        if says("asked_first", "marketing", sentence) and says("asked_first", "consent", sentence)
    ]
    # Where a sentence says so outright, a list of what is held (marks of consent) says no more.
    asked = [sentence for sentence in asked if says("asked_first", "only", sentence)] or asked
    return bool(asked) and all(says("asked_first", "persons", sentence) for sentence in asked)
