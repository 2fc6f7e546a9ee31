"""
The words of a notice, and the phrases of the lexicon in them.

What a phrase is stands in ``phrases.toml``: by name and language, patterns in which a blank
stands for any white space and a word may end as it likes. Letter case is ignored. Markup and line
breaks inside a clause are blanks of the same length, so that offsets hold.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from audit.notice.model import Clause, Notice
from audit.notice.review.remark import Level, Remark

__all__ = [
    "Found",
    "Passage",
    "clause_words",
    "find",
    "mentions",
    "mentions_within",
    "passages",
    "pattern",
    "remark",
    "spaced",
]

_MARKUP = re.compile(r"<[^<>]{0,200}>|[\t\r\n\u00a0]")
_SENTENCE_END = re.compile(r"(?<=[a-zåäö\d)”\"])[.!?;](?=\s+[A-ZÅÄÖ\d]|\s*$)|\s{3,}|\s[•●*–-]\s")


@dataclass(frozen=True, kw_only=True)
class Passage:
    """The words of one clause."""

    clause: str
    heading: str
    text: str
    """The words, each mark-up and line break a blank."""
    start: int | None
    """Where they begin in the notice's text."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A phrase in a passage, with the sentence around it."""

    passage: Passage
    at: tuple[int, int]
    """The phrase, as offsets into the passage."""
    sentence: tuple[int, int]

    @property
    def words(self) -> str:
        """The phrase itself, as the notice has it."""
        return clause_words(self.passage.text[slice(*self.at)])

    @property
    def quote(self) -> str:
        """The sentence around it."""
        return clause_words(self.passage.text[slice(*self.sentence)])

    @property
    def span(self) -> tuple[int, int] | None:
        """The sentence, as offsets into the notice's text."""
        begin = self.passage.start
        return None if begin is None else (begin + self.sentence[0], begin + self.sentence[1])


@cache
def _lexicon() -> dict[str, dict[str, list[str]]]:
    path = files("audit.notice.review").joinpath("phrases.toml")
    return tomllib.loads(path.read_text("utf-8"))


@cache
def pattern(name: str, language: str) -> re.Pattern[str]:
    """The phrases of one name in one language, those for every language with them."""
    phrases = _lexicon()[name]
    given = [*phrases.get(language, ()), *phrases.get("any", ())]
    if not given:
        return re.compile(r"(?!)")  # the language has no such phrase
    return spaced("|".join(f"(?:{phrase})" for phrase in given))


@cache
def spaced(words: str) -> re.Pattern[str]:
    """A pattern in which a blank stands for any white space, letter case ignored."""
    return re.compile(
        re.sub(r" (\?)?", lambda at: r"\s?" if at[1] else r"\s+", words), re.IGNORECASE
    )


def clause_words(text: str) -> str:
    """The words on one line, without the marks of lists around them."""
    return " ".join(text.split()).strip(" •●*–-\t")


def passages(notice: Notice) -> tuple[Passage, ...]:
    """The clauses that say something, each copy once."""
    return _passages(notice.clauses)


@cache
def _passages(clauses: tuple[Clause, ...]) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            clause=clause.id,
            heading=clause.heading,
            text=_MARKUP.sub(lambda found: " " * len(found[0]), clause.quote),
            start=clause.spans[0][0] if clause.spans else None,
        )
        for clause in clauses
        if clause.quote.strip() and not clause.same_as
    )


def find(
    notice: Notice, *names: str, within: Iterable[str] | None = None, heading: str | None = None
) -> Iterator[Found]:
    """Each phrase of these names, in the clauses ``within`` and under such a ``heading`` only."""
    wanted = None if within is None else frozenset(within)
    under = pattern(heading, notice.language) if heading else None
    for passage in passages(notice):
        if wanted is not None and passage.clause not in wanted:
            continue
        if under is not None and not under.search(passage.heading):
            continue
        for name in names:
            for match in pattern(name, notice.language).finditer(passage.text):
                yield Found(
                    passage=passage,
                    at=match.span(),
                    sentence=_sentence(passage.text, *match.span()),
                )


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence, or item of a list, around a phrase."""
    begin, stop = 0, len(text)
    for mark in _SENTENCE_END.finditer(text):
        if mark.end() <= start:
            begin = mark.end()
        elif mark.start() >= end:
            stop = mark.end() if text[mark.start()] in ".!?;" else mark.start()
            break
    while begin < start and text[begin].isspace():
        begin += 1
    while stop > end and text[stop - 1].isspace():
        stop -= 1
    return begin, stop


def mentions(notice: Notice, *names: str, heading: str | None = None) -> bool:
    """Whether one of the phrases stands anywhere."""
    return next(find(notice, *names, heading=heading), None) is not None


def mentions_within(notice: Notice, name: str, text: str, clauses: Iterable[str]) -> bool:
    """Whether such a phrase stands in the words of a value, or else in the clauses behind it."""
    if text:
        return pattern(name, notice.language).search(text) is not None
    return next(find(notice, name, within=clauses), None) is not None


def remark(
    notice: Notice,
    *clauses: str,
    found: Found | None = None,
    detail: str = "",
    level: Level | None = None,
    **values: str,
) -> Remark:
    """A remark on some clauses, quoting ``found`` or else the first of them that has words."""
    named = tuple(dict.fromkeys(clauses)) or ((found.passage.clause,) if found else ())
    quote, span = (found.quote, found.span) if found else ("", None)
    if found is None:
        said = {passage.clause: passage for passage in passages(notice)}
        if first := next((clause for clause in named if clause in said), None):
            quote = clause_words(said[first].text)
            at = next(c.spans for c in notice.clauses if c.id == first)
            span = at[0] if at else None
    return Remark(clauses=named, quote=quote, span=span, detail=detail, level=level, values=values)
