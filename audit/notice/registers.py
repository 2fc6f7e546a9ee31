"""Which registers a notice describes, and which of its parts are about which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from audit.notice.lexicon import Language, pattern
from audit.notice.outline import Part

__all__ = ["several"]

_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.):]?|[A-HÅÄÖ][.):])\s+")
_OWN = frozenset(("contents", "retention", "legal_basis", "purpose", "sources", "subjects"))
_OF_ALL = frozenset(
    ("transfers", "rights", "right_access", "right_portability", "right_rectification",
     "right_erasure", "right_restriction", "right_objection", "right_withdraw", "complaint",
     "other_rights", "automated", "protection", "cookies", "requirement", "changes", "date",
     "controller", "contact", "dpo", "disclosures", "recipients")
)  # fmt: skip
"""Topics of which a notice can speak once for all its registers."""
_SHORT = 60


def several(parts: Sequence[Part], plain: str, language: Language) -> tuple[list[Part], list[str]]:
    """The parts with the number of their register, and the registers' names; none for a single one.

    A register of several begins at a heading that names one and stands over what only a register
    has: its contents, its retention, its ground.
    """
    heads = [n for n, part in enumerate(parts) if _names_one(part, language)]
    heads = [n for n in heads if _is_described(parts, n, plain, language, heads)]
    if len(heads) < 2:  # noqa: PLR2004 - one register is no several
        return list(parts), []
    names: list[str] = []
    found = list(parts)
    for n in heads:
        number = len(names)
        names.append(_name(parts[n].title, language))
        for m in _extent(parts, n, heads, language):
            found[m] = replace(parts[m], register=number)
    return _shared(found, len(names)), names


def _shared(parts: Sequence[Part], number: int) -> list[Part]:
    """Parts behind the last register that speak of what none of the others has: of all of them."""
    last = number - 1
    of_others = {
        topic for part in parts if part.register not in (None, last) for topic in part.topics
    }
    return [
        replace(part, register=None)
        if part.register == last
        and part.topics
        and set(part.topics) <= _OF_ALL
        and not set(part.topics) & of_others
        else part
        for part in parts
    ]


def _names_one(part: Part, language: Language) -> bool:
    title = part.title.lower()
    if not title or len(title) > 2 * _SHORT or title.endswith("?"):
        return False
    if pattern(language, "registers", "all").search(title):
        return False
    known = set(part.topics) - {"registers", "title"}
    if pattern(language, "registers", "numbered").search(title):
        return True
    if known - {"cookies"}:
        return False
    bare = _NUMBER.sub("", title)
    return bool(pattern(language, "registers", "name").search(bare))


def _extent(
    parts: Sequence[Part], head: int, heads: Sequence[int], language: Language
) -> list[int]:
    """The parts from a register's heading to where it ends."""
    found = [head]
    for n in range(head + 1, len(parts)):
        part = parts[n]
        if n in heads or pattern(language, "registers", "all").search(part.title.lower()):
            break
        if part.level <= parts[head].level and (
            not _OWN.intersection(part.topics) or bool(parts[head].blocks)
        ):
            break
        found.append(n)
    return found


def _is_described(
    parts: Sequence[Part], head: int, plain: str, language: Language, heads: Sequence[int]
) -> bool:
    """Whether what stands under a heading is what a register has."""
    extent = _extent(parts, head, heads, language)
    if _OWN.intersection(topic for n in extent[1:] for topic in parts[n].topics):
        return True
    words = " ".join(plain[b.start : b.end] for n in extent for b in parts[n].blocks).lower()
    signs = pattern(language, "registers", "described")
    return len({match[0] for match in signs.finditer(words)}) > 1


def _name(title: str, language: Language) -> str:
    bare = _NUMBER.sub("", title).strip(" :–-")
    bare = pattern(language, "registers", "label").sub("", bare).strip(" :–-")
    return bare.capitalize() if bare.isupper() else bare
