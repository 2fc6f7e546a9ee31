"""Text as the recognisers see it: one spelling for digits, dashes and the invisible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter

__all__ = ["DASHES", "OBFUSCATED", "SPACES", "any_of", "fold", "normalise"]

#: For a candidate's character classes, where a space or a hyphen may stand: the other spellings
#: are too common in ordinary text to examine every cell that has one. The dashes stand last.
DASHES = "\u2010-\u2015\u2212-"
SPACES = " \u00a0"

_HIDDEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
# Characters that pass for another: rare spaces and dots, superscripts, letter-like and circled
# signs, ligatures, small, full-width and mathematical forms. Not ², ½, ™ or …, which fill notes.
_DISGUISED = (
    "\u017f\u2000-\u200a\u2024\u2025\u202f\u205f\u2070-\u209c\u2100-\u2116\u2124-\u2188"
    "\u2460-\u24ea\u3000\ufb00-\ufb06\ufe50-\ufe6b\uff01-\uff5e\U0001d400-\U0001d7ff"
)
# One portable class. A cell that holds any of them is looked at again, since a zero-width space
# hides a code from a pattern; `normalise` changes nothing that neither this nor a candidate sees.
OBFUSCATED = f"[{_HIDDEN}{_DISGUISED}]"

_WORD_ENDS = "(?:$|[^0-9A-Za-z])"
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


def any_of(stems: Iterable[str], *, begins: str = "(?:^|[^A-Za-z])", inside: str = "") -> str:
    r"""
    A pattern of the portable subset for any of the stems, in either case; see ``Category.words``.

    ``begins`` and ``inside`` are what stands before a stem that begins a word, and before any other.
    What stems share at their beginnings stands once, or Python would try each of them at each
    character.

    >>> bool(re.search(any_of(["syöpä", " hiv"]), "RINTASYÖPÄ")), any_of(["as", "ab"])
    (True, '[Aa](?:[Bb]|[Ss])')
    >>> bool(re.search(any_of([" maksaa myöhässä"]), "hän maksaa, myöhässä"))
    True
    >>> [bool(re.search(any_of([" hiv"]), text)) for text in ("arkhiv", "hiv", "1 HIV-testi")]
    [False, True, True]
    >>> [bool(re.search(any_of([" tin "]), text)) for text in ("tinataan", "TIN", "tin: 1")]
    [False, True, True]
    """
    every = sorted(set(stems))
    first = _tree([stem[1:] for stem in every if stem[0] == " "])
    other = _tree([stem for stem in every if stem[0] != " "])
    return "|".join([f"{begins}{first}"] * bool(first) + [f"{inside}{other}"] * bool(other))


def _tree(stems: Sequence[str], at: int = 0) -> str:
    """
    An alternation in which what stems share at their beginnings stands once; '' for no stem.

    The stems are sorted, and have the same ``at`` characters before what is written here.
    """
    if not stems or len(stems[0]) == at:  # a stem that ends here is enough, whatever follows
        return ""
    if len(stems) == 1:
        rest, end = stems[0][at:], ""
        if rest[-1] == " ":
            rest, end = rest[:-1], _WORD_ENDS
        return "".join(map(_either_case, rest)) + end
    each, ends = [], False
    for sign, group in groupby(stems, key=itemgetter(at)):
        below = list(group)
        # A space that ends a stem is the end of its word, which may be that of the text.
        if sign == " " and len(below[0]) == at + 1:
            ends = True
        else:
            each.append(_either_case(sign) + _tree(below, at + 1))
    # It stands last: of `[^a-z]|[Kk]` RE2 makes a class without K, since the Kelvin sign, another K,
    # is in it.
    each += [_WORD_ENDS] * ends
    return each[0] if len(each) == 1 else f"(?:{'|'.join(each)})"


@cache  # there are some forty
def _either_case(sign: str) -> str:
    """One character in both cases, a hyphen as any dash; a letter with a mark also as letter and mark."""
    if sign == " ":  # between two words
        return "[^0-9A-Za-z]{1,3}"
    if sign == "-":
        return f"[{DASHES}]"
    cases = "".join(sorted({sign.upper(), sign} if len(sign.upper()) == 1 else {sign}))
    if not sign.isalnum():
        return re.escape(sign)
    whole = f"[{cases}]" if len(cases) > 1 else cases
    apart = unicodedata.normalize("NFD", sign)
    return whole if apart == sign else f"(?:{whole}|[{apart[0].upper()}{apart[0]}]{apart[1:]})"
