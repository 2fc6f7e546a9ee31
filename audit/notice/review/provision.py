"""Whether a notice answers if people must give their data (Art. 13(2)(e))."""

from __future__ import annotations

from audit.notice.model import Notice
from audit.notice.review.phrases import find, passages, pattern
from audit.notice.topics import topics_of

__all__ = ["is_answered"]

_OF_A_RIGHT = frozenset(
    ("right_access", "right_portability", "right_rectification", "right_erasure",
     "right_restriction", "right_objection", "complaint")
)  # fmt: skip
"""Topics of sections in which what must be told, or given, is what the controller must."""


def is_answered(notice: Notice) -> bool:
    """Whether it says that data must, or need not, be given, or what follows if it is not."""
    # What a site does without cookies is no answer.
    cookies = pattern("cookie_words", notice.language)
    if any(
        not cookies.search(f"{found.passage.heading} {found.quote}")
        and _OF_A_RIGHT.isdisjoint(topics_of(found.passage.heading))
        for found in find(notice, "provision_answer")
    ):
        return True
    # A heading that asks this alone, with anything under it, answers.
    alone = pattern("heading_provision_alone", notice.language)
    return any(alone.search(passage.heading) for passage in passages(notice))
