"""What a notice demands of those who use their rights, and to whom it denies them."""

from __future__ import annotations

from collections.abc import Iterator

from audit.notice.model import Notice
from audit.notice.review.phrases import Found, find, pattern
from audit.notice.topics import topics_of

__all__ = ["denied_erasures", "formalities", "limited_access"]

_FORMS = {
    "signed": "signed_request",
    "in_person": "in_person_request",
    "written": "written_request",
    "language": "language_of_request",
}

_OF_DATA = frozenset(("contents", "purpose"))
"""Topics of sections in which a copy is one that the controller takes."""


def formalities(notice: Notice) -> Iterator[tuple[str, Found]]:
    """Each passage on a request with the gravest form that it demands."""
    about = pattern("request_words", notice.language)
    rights = pattern("heading_rights", notice.language)
    offered = pattern("alternative_offered", notice.language)
    staff = pattern("staff_undertaking", notice.language)
    seen: set[str] = set()
    for kind, name in _FORMS.items():
        for found in find(notice, name):
            passage = found.passage
            if passage.clause in seen or staff.search(found.quote):
                continue
            if not (about.search(found.quote) or rights.search(passage.heading)):
                continue
            if kind != "signed" and offered.search(found.quote):
                continue
            seen.add(passage.clause)
            yield kind, found


def denied_erasures(notice: Notice) -> Iterator[Found]:
    """Sentences that deny erasure to somebody on no ground that the law knows."""
    lawful = pattern("statutory_retention_words", notice.language)
    seen: set[str] = set()
    for found in find(notice, "erasure_denied"):
        if found.passage.clause not in seen and not lawful.search(found.quote):
            seen.add(found.passage.clause)
            yield found


def limited_access(notice: Notice) -> Iterator[Found]:
    """Sentences that ration access: once a year, for a fee, within three months."""
    about = pattern("request_words", notice.language)
    rights = pattern("heading_rights", notice.language)
    lawful = pattern("lawful_fee", notice.language)
    for found in find(notice, "access_limited"):
        if lawful.search(found.quote):
            continue  # "we may charge a fee where a request is clearly unfounded"
        if _OF_DATA.intersection(topics_of(found.passage.heading)):
            continue  # "above 10 000 euros we take a copy of your passport"
        if about.search(found.quote) or rights.search(found.passage.heading):
            yield found
