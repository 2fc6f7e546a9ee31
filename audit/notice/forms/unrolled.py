"""A notice that has lost its line ends: one long line, cut again where a heading stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from audit.notice.document import Place
from audit.notice.forms.marks import NUMBERED, is_upper
from audit.notice.topics import label_topics, topics_of

__all__ = ["unrolled"]

_LONG = 300  # characters of a line in which a whole notice can stand
_LEAST_HEADINGS = 4  # of several kinds, for a line to be more than a paragraph
_MOST_WORDS = 7  # of a heading in it
_SENTENCE = re.compile(
    r"(?:^|(?<=[.!?])\s+)(?=[\dA-ZÅÄÖ])|\s(?=\d{1,2}[.)]\s+[A-ZÅÄÖ])|"
    r"(?<![A-ZÅÄÖ])\s(?=[A-ZÅÄÖ]{4})",
    re.MULTILINE,
)
"""Where a sentence begins, or what looks like a heading without one: a number, or capitals."""
_CAPITAL = re.compile(r"(?<=[^.!?:;,\s])\s+(?=[A-ZÅÄÖ])")
_NEAR = 50  # characters before a colon in which its label begins
_FAR = 120  # characters in which a heading ends
_FEW = 6
_SMALL = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]$")
"""A number before a heading ends no sentence."""
_LABEL = re.compile(r"((?:[^:.!?@|;]|\d\.|:(?=\w)){3,60}?)([:.])\s+(?=\S)")


def unrolled(plain: str, lines: list[Place]) -> list[Place]:
    """
    The lines, each long one cut at the headings in it, where there are enough of them.

    >>> told = "Purpose: orders and invoices. " * 12
    >>> text = f"Controller: Test Ltd. {told}Data content: name. Retention: 2 years. Transfers: none."
    >>> [text[a:b].partition(" ")[0] for a, b in unrolled(text, [(0, len(text))])][-3:]
    ['Data', 'Retention:', 'Transfers:']
    """
    found: list[Place] = []
    for start, end in lines:
        cuts = list(_cuts(plain, start, end)) if end - start > _LONG else []
        topics = {topic for _, said in cuts for topic in said}
        cuts.sort()
        if len(cuts) < _LEAST_HEADINGS or len(topics) < _LEAST_HEADINGS:
            found.append((start, end))
            continue
        begins = [start, *(cut for cut, _ in cuts if cut > start)]
        stops = [*begins[1:], end]
        found += [(a, b) for a, b in zip(begins, stops, strict=True) if plain[a:b].strip()]
    return found


def _cuts(plain: str, start: int, end: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where a heading begins in a line, and where what stands under one with a number does."""
    sentences = [match.end() for match in _SENTENCE.finditer(plain, start, end)]
    for begin, stop in zip(sentences, [*sentences[1:], end], strict=False):
        if _SMALL.search(plain, max(start, begin - _FEW), begin - 1):
            continue
        ahead = plain[begin : min(end, begin + _FAR)]
        if topics := _labelled(ahead, ":"):
            yield begin, topics
        elif length := _numbered(ahead) or _in_capitals(ahead):
            topics = topics_of(ahead[:length])
            yield begin, topics
            yield begin + length, topics
        elif topics := _labelled(ahead, "."):
            yield begin, topics
        yield from _unended(plain, begin + 1, stop)


def _unended(plain: str, start: int, stop: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where labels begin behind a list that has no stop: "name, orders Retention: two years"."""
    for colon in re.finditer(r":\s", plain[start : stop + 2]):
        last = start + colon.start()
        for word in reversed(list(_CAPITAL.finditer(plain, max(start, last - _NEAR), last))):
            if plain[word.end() : word.end() + 2].isupper():
                continue  # no label begins with "EU"
            if topics := label_topics(plain[word.end() : last]):
                yield word.end(), topics
                break


def _labelled(words: str, mark: str) -> tuple[str, ...]:
    """What a label before a mark is about; nothing where none begins here."""
    label = _LABEL.match(words)
    return label_topics(label[1]) if label and label[2] == mark else ()


def _numbered(words: str) -> int:
    """The length of a heading with a number, up to the capital that begins what stands under it."""
    number = NUMBERED.match(words)
    if number is None:
        return 0
    rest = [match.span() for match in re.finditer(r"\S+", words[number.end() :])]
    for last, following in pairwise(rest[: _MOST_WORDS + 1]):
        stop, after = number.end() + last[1], number.end() + following[0]
        named = words[after : after + 2].isupper()  # "EU" belongs to the heading
        opens = (words[after].isupper() and not named) or words[after] in "-–•"
        if opens and set(topics_of(words[:stop])) - {"title"}:
            return stop
    return 0


def _in_capitals(words: str) -> int:
    """The length of a heading in upper case."""
    spans = [match.span() for match in re.finditer(r"\S+", words)][:_MOST_WORDS]
    stop = 0
    for start, end in spans:
        if not words[start:end].isupper():
            break
        stop = end
    heading = words[:stop]
    return stop if is_upper(heading) and set(topics_of(heading)) - {"title"} else 0
