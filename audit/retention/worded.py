"""What the words of a rule say of its period, by the lists of ``notice/lexicon/any/rules.toml``."""

from __future__ import annotations

import re
from typing import Literal

from audit.notice.lexicon import pattern

__all__ = ["said", "says"]

Wording = Literal[
    "moved_out", "of_a_request", "counted_from", "of_another", "latest", "of_visits",
    "of_people", "unless", "subject_ends",
]  # fmt: skip


def said(what: Wording) -> re.Pattern[str]:
    """The expression of one way of saying it."""
    return pattern("any", "rules", what)


def says(what: Wording, text: str | None) -> bool:
    """
    Whether a text says it.

    >>> says("moved_out", "Two years after the tenant has moved out"), says("latest", None)
    (True, False)
    """
    return said(what).search(text or "") is not None
