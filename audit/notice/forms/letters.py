"""Letters as people read them: those that print joins, and accents that stand apart, made whole."""

from __future__ import annotations

import unicodedata

__all__ = ["whole_letters"]

_JOINED = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
"""Ligatures of Latin print, such as "ﬁ", with the letters that they join."""
_HYPHENS = {0x2010: "-", 0x2011: "-"}
"""Hyphens of their own, one that breaks no line, which no lexicon and no date is written with."""


def whole_letters(text: str) -> str:
    r"""
    The text with ligatures taken apart and each letter with its accent as one character.

    Fonts join letters in PDF files, and some programs write ``a`` and its dots apart; no lexicon
    knows such words.

    >>> whole_letters("o\ufb03ce, \ufb01ve and ka\u0308ssa\u0308")
    'office, five and kässä'
    >>> whole_letters("2026\u201103\u201119")
    '2026-03-19'
    """
    return unicodedata.normalize("NFC", text.translate(_JOINED | _HYPHENS))
