"""When the notice was drawn up or last changed: the latest of the dates that it gives for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from audit.notice.document import Document
from audit.notice.lexicon import Language, load, pattern
from audit.notice.outline import Part
from audit.notice.passages import Passage

__all__ = ["Dated", "dated", "is_dating"]

_DAY = re.compile(
    r"(?<![\d.])(\d{1,2})\s?[./]\s?(\d{1,2})(?:\s?[./]\s?|\s(?=20\d\d))((?:19|20)\d\d|\d\d)(?!\d)"
)
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d{2})(?:-(\d{2}))?(?!\d)")
_MONTH = re.compile(r"(?<![\d./])(\d{1,2})\s?[./]\s?((?:19|20)\d\d)(?![\d/]|\.\d)")


_OF_LAWS = frozenset(("2016-05-24", "2018-05-25"))
"""The days on which the GDPR came into force, and since when it applies."""
_SPAN = re.compile(r"\d{1,2}\.?(?:\d{1,2}\.)?\s?[–-]\s?$")
_LABEL = re.compile(r"^\W*[^:\d\s]+(?: [^:\d\s]+)+:\s")
_MOST_OPENING = 2  # words before those that say that a line is about its notice
_MOST_BESIDE = 6  # words beside the date of a line that only says when
_CLAUSE = 100  # characters behind a date in which a law is said to have come into force then
_NEAR = 60  # characters before a date
_EDGE = 3  # passages at the top and at the bottom, where a date is most likely the notice's
_BESIDE = {True: 30, False: 14}  # letters beside a date, such as a town's, at the edge or not


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the notice, ISO or ``YYYY-MM``, and where it stands."""

    iso: str
    start: int
    end: int


def dated(
    document: Document, parts: Sequence[Part], passages: Sequence[Passage], language: Language
) -> Dated | None:
    """The latest date stated for the notice itself; None where it states none."""
    found: list[Dated] = []
    for number, passage in enumerate(passages):
        at_the_edge = number < _EDGE or number >= len(passages) - _EDGE
        words = passage.lower
        # A title may end in its date: "Privacy notice 1.10.2024".
        titled = pattern(language, "headings", "title").search(words) if number < _EDGE else None
        speaks = (
            passage.about("date", "changes")
            or pattern(language, "dating", "speaks").search(words) is not None
            or titled is not None
        )
        if not speaks and not _is_bare(words, language, _BESIDE[at_the_edge]):
            continue
        found += [
            Dated(iso, passage.start + a, passage.start + b)
            for iso, a, b in _dates(words, language)
            if passage.about("date") or _is_near(words, a, language)
            if not pattern(language, "dating", "ahead").search(words, max(0, a - _NEAR), a)
            if not pattern(language, "dating", "entered").search(words, b, b + _CLAUSE)
            if not (iso in _OF_LAWS and pattern(language, "dating", "law").search(words))
        ]
    for part in parts:
        if part.heading is None:
            continue
        at = part.heading.start
        words = document.plain[at : part.heading.end].lower()
        if {"date", "title", "changes"} & set(part.topics) or is_dating(words, language):
            found += [Dated(iso, at + a, at + b) for iso, a, b in _dates(words, language)]
    return max(found, key=lambda each: each.iso) if found else None


def is_dating(words: str, language: Language) -> bool:
    """
    Whether a line says when its notice was drawn up, and nothing else, under whatever heading.

    >>> is_dating("versio 3, voimassa 1.9.2024 alkaen.", "fi")
    True
    >>> is_dating("asiakkaalta 1.9.2024 alkaen saadut tiedot", "fi")
    False
    """
    rest = _without_dates(words, language)
    said = pattern(language, "dating", "speaks").search(rest)
    return (
        rest != words
        and said is not None
        and len(rest[: said.start()].split()) <= _MOST_OPENING
        and len(re.findall(r"[^\W\d_]+", rest)) <= _MOST_BESIDE
    )


def _without_dates(words: str, language: Language) -> str:
    rest = words
    for _, a, b in sorted(_dates(words, language), key=lambda each: -each[1]):
        rest = rest[:a] + rest[b:]
    return rest


def _is_bare(words: str, language: Language, most: int) -> bool:
    """Whether a passage is a date and hardly anything else, as a last line can be."""
    if _LABEL.match(words):
        return False  # "Last cleaned: 3.5.2025" is the date of something else
    rest = _without_dates(words, language)
    return rest != words and sum(c.isalpha() for c in rest) <= most


def _is_near(words: str, start: int, language: Language) -> bool:
    """Whether a date belongs to words on drawing up or changing, and to no event or span of days."""
    before = words[max(0, start - _NEAR) : start]
    if _SPAN.search(before):
        return False
    return not pattern(language, "dating", "aside").search(before)


def _dates(words: str, language: Language) -> Iterator[tuple[str, int, int]]:
    """The dates in some words, with their places; the fuller reading of a place wins."""
    taken: list[tuple[int, int]] = []
    for match, iso in _readings(words, language):
        if any(match.start() < b and match.end() > a for a, b in taken):
            continue
        taken.append((match.start(), match.end()))
        if iso is not None:
            yield iso, match.start(), match.end()


def _readings(words: str, language: Language) -> Iterator[tuple[re.Match[str], str | None]]:
    """Everything that looks like a date, days before months; None where it is none."""
    for match in _DAY.finditer(words):
        if iso := _iso(match[3], match[2], match[1]):
            yield match, iso
    for match in _ISO.finditer(words):
        yield match, _iso(match[1], match[2], match[3])
    for match in _named(language).finditer(words):
        month = _month(match["month"], language)
        yield match, _iso(match["year"], str(month), match["day"] or match["american"])
    for match in _MONTH.finditer(words):
        yield match, _iso(match[2], match[1], None)


@cache
def _named(language: Language) -> re.Pattern[str]:
    months = "|".join(expression for expression in load(language, "dating")["months"].values())
    return re.compile(
        rf"(?:(?<!\d)(?P<day>\d{{1,2}})(?:\.|:?e|st|nd|rd|th)?\s+(?:of\s+)?)?"
        rf"(?<!\w)(?P<month>{months})(?:\s+(?:(?P<american>\d{{1,2}})(?:(?:st|nd|rd|th)?,?(?=\s)|,|\.?\s+päivä(?:nä|ä)?\b))?|,\s)\s*(?P<year>(?:19|20)\d\d)"
    )


def _month(words: str, language: Language) -> int:
    listed: dict[str, str] = load(language, "dating")["months"]
    return next(int(number) for number, expr in listed.items() if re.fullmatch(expr, words))


def _iso(year: str, month: str, day: str | None) -> str | None:
    full = int(year) if len(year) == 4 else 2000 + int(year)  # noqa: PLR2004 - digits of a year
    try:
        found = date(full, int(month), int(day or 1))
    except ValueError:
        return None
    return found.isoformat() if day else found.strftime("%Y-%m")
