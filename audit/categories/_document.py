"""Numbers of papers that prove who somebody is, told by the word before them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from audit.categories.model import Match

__all__ = ["numbered"]

_CALLED = (
    r"(?:[\s.:-]{0,3}(?:nro|nr|no|number|numero|nummer|numer\w*|tunnus|on|is|är|id|card|kortti))*"
)
_NUMBER = r"(?:[A-Z0-9]{1,3}[0-9]{5,9}[A-Z0-9-]{0,5}|[0-9]{2}[A-Z]{2}[0-9]{5})"
# The country that gave it, or where it is, before the word for a number: *passport in cab, no. 12345678*.
_APART = r"(?:\s(?-i:[A-Z]{2,3})|(?:\s[^\W\d_]+){1,3},?\s(?:nro|nr|no|number|numero|nummer)\.?)?"


def numbered(names: str, also: str = "(?!)") -> Callable[[str], Iterator[Match]]:
    """What finds the numbers of a document; ``names`` and ``also`` are patterns: of what it is called, and of further numbers."""
    pattern = re.compile(
        rf"(?<![^\W\d_])(?:{names}){_CALLED}{_APART}[\s.:#=(-]{{1,3}}({also}|{_NUMBER})(?![\w-])",
        re.IGNORECASE,
    )

    def find(text: str) -> Iterator[Match]:
        for found in pattern.finditer(text):
            yield Match(found.start(1), found.end(1), found[1].upper(), "context")

    return find
