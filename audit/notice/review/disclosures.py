"""Denials of disclosure, and what in the same notice contradicts them."""

from __future__ import annotations

from collections.abc import Iterator

from audit.notice.model import Notice, Recipient
from audit.notice.review.phrases import Found, find, pattern
from audit.notice.topics import topics_of

__all__ = ["contradicted_denials"]

_OF_GIVING = frozenset(("recipients", "disclosures"))
_INSIDE = ("staff", "authority")


def contradicted_denials(notice: Notice) -> Iterator[tuple[Found, tuple[str, ...]]]:
    """
    Each denial with the clauses that contradict it.

    A recipient contradicts it where a clause says that data is given, sent or shown to it; a
    processor that works for the controller does not.
    """
    softened = pattern("regularly", notice.language)
    excepted = pattern("exception", notice.language)
    abroad = pattern("abroad", notice.language)
    conditional = pattern("conditional_words", notice.language)
    giving = pattern("give_words", notice.language)
    says_so = pattern("denied_giving", notice.language)
    to_others = pattern("to_others", notice.language)
    of_all = pattern("denied_to_all", notice.language)
    given = {
        found.passage.clause
        for found in find(notice, "give_words")
        if giving.search(_without(notice, found.quote))
    }
    published = [clause for p in notice.purposes if p.key == "publication" for clause in p.clauses]
    for found in find(notice, "no_disclosure"):
        if any(words.search(found.quote) for words in (softened, abroad, conditional)):
            continue
        if (
            len(found.words.split()) == 1
            and not says_so.search(found.words)
            and not _OF_GIVING.intersection(topics_of(found.passage.heading))
        ):
            continue  # "None" answers what its heading asks
        against = [c for c in published if c != found.passage.clause]
        whole = bool(says_so.search(found.words) and of_all.search(found.quote))
        beside = [c.id for c in notice.clauses if c.heading == found.passage.heading]
        # "Data is not disclosed to others", below the recipients, denies no more than others.
        others = bool(to_others.search(found.quote))
        above = beside[: beside.index(found.passage.clause) + 1] if others else []
        if not excepted.search(found.quote):
            against += [
                clause
                for recipient in notice.recipients
                if recipient.role not in _INSIDE
                for clause in recipient.clauses
                if (clause in given and clause not in above)
                or (whole and clause not in beside and _is_given(recipient))
            ]
        if against:
            yield found, tuple(dict.fromkeys(against))


def _is_given(recipient: Recipient) -> bool:
    """Whether a recipient is named as one, and is no processor: data is given to it."""
    return recipient.row == "recipients" and recipient.role == "unstated"


def _without(notice: Notice, sentence: str) -> str:
    """The sentence without its denial: "ei luovuteta" gives nothing."""
    return pattern("no_disclosure", notice.language).sub(" ", sentence)
