"""Text as the recognisers see it: one spelling for digits, dashes and the invisible."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["OBFUSCATED", "fold", "normalise"]

# One portable class: format characters, soft hyphen, full-width letters and digits. A cell that
# holds any of them is looked at again, since a zero-width space hides a code from a pattern.
OBFUSCATED = "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\uff01-\uff5e]"

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63]")


def normalise(text: str) -> str:
    """
    The text without invisible characters, in compatibility form, every dash a hyphen.

    >>> normalise("0101\\u200b90\\u2212999A")
    '010190-999A'
    """
    if text.isascii():
        return text
    return _DASHES.sub("-", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)))


def fold(text: str) -> str:
    """
    The text for comparing words: normalised, lower case, white space single.

    >>> fold("  Päättynyt ")
    'päättynyt'
    """
    return " ".join(normalise(text).casefold().split())
