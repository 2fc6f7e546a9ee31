"""Text as the recognisers see it: one spelling for digits, dashes and the invisible."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["DASHES", "OBFUSCATED", "SPACES", "fold", "normalise"]

#: For a candidate's character classes, where a space or a hyphen may stand: the other spellings
#: are too common in ordinary text to examine every cell that has one. The dashes stand last.
DASHES = "\u2010-\u2015\u2212-"
SPACES = " \u00a0"

# Combining marks: "a" and a diaeresis apart hide a word from a pattern that has "ä".
_COMBINING = "\u0300-\u034e\u0350-\u036f"
_HIDDEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
# Characters that pass for another: rare spaces and dots, superscripts, letter-like and circled
# signs, ligatures, small, full-width and mathematical forms. Not ², ½, ™ or …, which fill notes.
_DISGUISED = (
    "\u017f\u2000-\u200a\u2024\u2025\u202f\u205f\u2070-\u209c\u2100-\u2116\u2124-\u2188"
    "\u2460-\u24ea\u3000\ufb00-\ufb06\ufe50-\ufe6b\uff01-\uff5e\U0001d400-\U0001d7ff"
)
# One portable class. A cell that holds any of them is looked at again, since a zero-width space
# hides a code from a pattern; `normalise` changes nothing that neither this nor a candidate sees.
OBFUSCATED = f"[{_COMBINING}{_HIDDEN}{_DISGUISED}]"

_INVISIBLE = re.compile(f"[{_HIDDEN}]")
_COMPATIBLE = re.compile(f"[{_DISGUISED}\u00a0]")
_DASHES = re.compile(f"[{DASHES}]")


def normalise(text: str) -> str:
    r"""
    The text without invisible characters, in one spelling, every dash a hyphen.

    >>> normalise("0101\u200b90\u2212999A"), normalise("\uff21\u00a01")
    ('010190-999A', 'A 1')
    """
    if text.isascii():
        return text
    text = _COMPATIBLE.sub(_as_compatible, _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", _DASHES.sub("-", text))


def _as_compatible(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def fold(text: str) -> str:
    """
    The text for comparing words: normalised, lower case, white space single.

    >>> fold("  Päättynyt ")
    'päättynyt'
    """
    return " ".join(normalise(text).casefold().split())
