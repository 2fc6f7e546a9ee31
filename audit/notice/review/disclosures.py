"""Denials of disclosure, and what in the same notice contradicts them."""

from __future__ import annotations

from collections.abc import Iterator

from audit.notice.model import Notice
from audit.notice.review.phrases import Found, find, pattern

__all__ = ["contradicted_denials"]

_INSIDE = ("staff", "processor", "authority")


def contradicted_denials(notice: Notice) -> Iterator[tuple[Found, tuple[str, ...]]]:
    """Each denial with the clauses that contradict it."""
    softened = pattern("regularly", notice.language)
    excepted = pattern("exception", notice.language)
    abroad = pattern("abroad", notice.language)
    published = [clause for p in notice.purposes if p.key == "publication" for clause in p.clauses]
    for found in find(notice, "no_disclosure"):
        if softened.search(found.quote) or abroad.search(found.quote):
            continue
        against = [c for c in published if c != found.passage.clause]
        if not excepted.search(found.quote):
            against += [
                clause
                for recipient in notice.recipients
                if recipient.role not in _INSIDE
                for clause in recipient.clauses
            ]
        if against:
            yield found, tuple(dict.fromkeys(against))
