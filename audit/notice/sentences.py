"""Text into sentences, by the ends that notices have; abbreviations and dates end none."""

from __future__ import annotations

import re

from audit.notice.document import Place

__all__ = ["at_stops", "sentences"]

_LONGEST = 2_500  # characters of a sentence
_END = re.compile(r"(?:[.!?]+[\"”»')\]]*|[:;]-?[)D])(?=\s|$)")
"""A smile ends a sentence as well as a full stop does."""
_NUMBER = re.compile(r"\(?\d{1,2}[.)]")
"""What numbers a paragraph says nothing by itself."""
_STOP = re.compile(r"(?<=[.;!?])\s+|\n")
_ABBREVIATIONS = frozenset(
    """mm esim ym yms jne ks vrt ts eli ao em ko os n s p puh nro num kpl klo tel tlf tfn nr st t.ex bl.a
    osv m.m m.fl dvs d.v.s ca resp etc e.g i.e no art approx incl inc ltd dr mr ms mrs par kap mom pvm
    synt sähköp rek rekno krs kv esim. as oy:n oyj ns tms tj max min jr sr u.s e.u a.s ev tarv huom lis
    yht lk kk vrk vko v tod.näk o.a o.dyl o.s.v s.k bl fr.o.m t.o.m p.g.a enl el r.f r.y r.s""".split()
)


def at_stops(text: str) -> list[str]:
    """
    Some words of a notice parted at every stop, semicolon and line break; small letters will do.

    >>> at_stops("we keep logs; for a year. no others.")
    ['we keep logs;', 'for a year.', 'no others.']
    """
    return _STOP.split(text)


def sentences(plain: str, start: int, end: int) -> list[Place]:
    """The places of the sentences of a block, without the blanks around them."""
    found: list[Place] = []
    begin = start
    for match in _END.finditer(plain, start, end):
        if not _ends(plain, match, end):
            continue
        _add(plain, begin, match.end(), found)
        begin = match.end()
    _add(plain, begin, end, found)
    return found


def _ends(plain: str, match: re.Match[str], end: int) -> bool:
    """Whether a full stop ends its sentence."""
    rest = plain[match.end() : end].lstrip()
    if not rest:
        return True
    if not (rest[0].isupper() or rest[0].isdigit() or rest[0] in "\"”»'([–-•"):
        return False
    if match[0][0] != ".":
        return True
    before = re.search(r"[\w.:-]+$", plain[: match.start()][-24:])
    word = before[0].lower() if before else ""
    if word.rstrip(".").rpartition("-")[2] in _ABBREVIATIONS:  # "EU-U.S. Data Privacy Framework"
        # "Puh. 040 …" goes on; "… 24 kk. Kuitit …" does not.
        number = re.search(r"\d\s*$", plain[: match.start() - len(word)][-4:])
        return bool(number) and rest[0].isupper()
    if word.isdigit() and rest[0].isdigit():
        return False
    return not (len(word) == 1 and word.isalpha())


def _add(plain: str, begin: int, end: int, found: list[Place]) -> None:
    while end - begin > _LONGEST:
        # No sentence of a notice is so long: text without full stops is cut, between words.
        cut = max(plain.rfind(",", begin, begin + _LONGEST), begin) + 1
        if cut <= begin + 1:
            cut = max(plain.rfind(" ", begin, begin + _LONGEST), begin + _LONGEST - 1) + 1
        _add(plain, begin, cut, found)
        begin = cut
    words = plain[begin:end]
    left, right = len(words) - len(words.lstrip()), len(words.rstrip())
    if right > left and not _NUMBER.fullmatch(words.strip()):
        found.append((begin + left, begin + right))
