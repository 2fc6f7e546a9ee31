"""What a notice says of consent to cookies."""

from __future__ import annotations

from audit.notice.model import Notice
from audit.notice.review.phrases import Found, find, pattern

__all__ = ["consent_is_asked", "uses_nonessential_cookies"]

_ITEM = 120  # characters of a passage that is one item: "analytics cookies – your consent"


def consent_is_asked(notice: Notice) -> bool:
    """Whether consent is asked for before cookies are set, wherever the notice says so."""
    if notice.cookies.consent == "asked":
        return True
    cookies = pattern("cookie_words", notice.language)
    statistics = pattern("nonessential_cookies", notice.language)
    inferred = pattern("inferred_consent", notice.language)
    collected = pattern("web_data", notice.language)
    for found in find(notice, "consent_words"):
        passage = found.passage
        # In the sentence itself, or under a heading on cookies: other consents are about other things.
        said = passage.text if len(passage.text) <= _ITEM else found.quote
        near = any(words.search(said) for words in (cookies, statistics, collected))
        if (near or cookies.search(passage.heading)) and not inferred.search(found.quote):
            return True
    return False


def uses_nonessential_cookies(notice: Notice) -> Found | None:
    """The first passage on cookies, or the like, that serve statistics or marketing."""
    denied = pattern("denied_before", notice.language)
    return next(
        (
            found
            for found in find(notice, "nonessential_cookies")
            if not any(denied.search(found.passage.text[found.sentence[0] : at]) for at in found.at)
        ),
        None,
    )
