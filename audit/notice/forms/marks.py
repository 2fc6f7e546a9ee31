"""What a line looks like: the marks of headings, of items and of labels, in every setting met."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.notice.topics import is_headline, label_topics, names_register, topics_of

__all__ = [
    "ASKS",
    "BARE",
    "BARE_NUMBER",
    "BOLD_LABEL",
    "BOLD_LINE",
    "BULLET",
    "DASHED",
    "GAPPED",
    "HASHES",
    "ITALIC_LINE",
    "LABEL",
    "LENGTH",
    "LETTERED",
    "MAILBOX",
    "MOST_RUN_IN",
    "NUMBERED",
    "NUMBERED_ITEM",
    "RULE",
    "TWO_SENTENCES",
    "UNDERLINE",
    "YEAR_LAST",
    "begins",
    "decorated",
    "first_number",
    "follows_a_stop",
    "heads_alone",
    "is_item",
    "is_led_in",
    "is_numbered",
    "is_topic",
    "is_upper",
    "level_by_roman",
    "runs_in",
    "stands_alone",
]

ASKS = re.compile(
    r"(?:what|which|why|how|who|where|vilka|vilken|vad|hur|varför|vem|mitä|mitkä|miten|miksi|kuka)\b",
    re.IGNORECASE,
)
"""How a question begins, which may list what it asks: "What we collect, use, and why"."""

NUMBERED = re.compile(
    r"^\s*(\d{1,2}(?:\.\d{1,2})*)(?:[.):]?\s+(?:[§·]\s+)?|[.)](?=[A-ZÅÄÖ][^\W\d_]{2}))(?=[^\W\d_])"
)
NUMBERED_ITEM = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*[.)]\s+(?=[^\W\d_])")
YEAR_LAST = re.compile(r"\b(?:19|20)\d\d\.?$")
BARE_NUMBER = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*[.)]?\s*$")
LETTERED = re.compile(r"^\s*(?:[A-HÅÄÖ][.)]|\([A-HÅÄÖ1-9]\))\s+(?=\S)")
BULLET = re.compile(r"^\s*(?:[•●▪▸►▹▷◦·*–—‣»✓✔➤➢-]|o(?=\s)|\(?(?:\d{1,2}|[a-zåäö])\))\s*(?=\S)")
HASHES = re.compile(r"^\s*(#{1,6})(?:\s+|(?<=##)(?=[A-ZÅÄÖ]))(.*?)\s*#*\s*$")
"""A heading of Markdown; with one hash and no blank a word is a tag: "#summer"."""
BOLD_LINE = re.compile(r"^\s*(?:\d{1,2}[.)]\s+)?(?:\*\*|__)(.+?)(?:\*\*|__)\s*:?\s*$")
ITALIC_LINE = re.compile(r"^\s*[*_]([^*_]+)[*_]\s*:?\s*$")
BOLD_LABEL = re.compile(
    r"^\s*((?:[*-]|\d{1,2}[.)])\s+)?(?:\*\*|__)(.+?)(?:\*\*|__)\s*[:–—]?\s*(?=\S)"
)
LABEL = re.compile(
    r"^\s*((?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+|[A-HÅÄÖ][.)]\s+)?(?:[^:.!?@|]|:(?=\w)){2,80}):\s+(?=\S)"
)
DASHED = re.compile(r"^\s*((?:\d{1,2}[.)]?\s+)?[^–—:.!?@|,]{2,60}?)\s[–—]\s+(?=\S)")
"""A label before a dash: "Retention – we keep ..."."""
GAPPED = re.compile(r"^\s*((?:\d{1,2}[.)]?\s)?\S+(?:\s\S+){0,9}?)\s{3,}(?=\S)")
"""A label before a gap, as in columns of text: "Retention      two years"."""
RUN_IN = re.compile(r"^\s*((?:[^.:!?@|]|\d\.|:(?=\w)){4,60})([.?])\s+(?=\w)")
"""A heading that runs into its paragraph: "How long. We keep ...", "How long? Two years"."""
MOST_RUN_IN = 6  # words of it
_MOST_ASKED = 10  # words of one that asks
UNDERLINE = re.compile(r"={4,}|-{4,}")
_ROMAN = re.compile(r"^[IVX]{1,4}\.\d{1,2}[.)]?\s+(?=[A-ZÅÄÖ])")
_ROMAN_NUMBER = re.compile(r"^\s*[IVX]{1,5}[.)]\s+(?=[A-ZÅÄÖ])")
RULE = re.compile(r"^[\s|:–—=_*-]+$")
TWO_SENTENCES = re.compile(r"[a-zåäö]{3}[.!?]\s+[A-ZÅÄÖ]")
MAILBOX = re.compile(r"\S\s?[\[(]at[\])]\s?\S", re.IGNORECASE)
_LEAST_CAPITALS = 4  # letters in upper case that are no abbreviation
BARE = frozenset(
    (
        "tiedot", "henkilötiedot", "rekisterin tiedot", "kerättävät tiedot", "uppgifter",
        "personuppgifter", "data", "personal data", "data held", "information",
    )
)  # fmt: skip
"""Labels that head the contents wherever they stand."""
_IN_WORDS = (
    "an? one two three four five six seven eight nine ten twelve half "
    "yksi yhden kaksi kahden kolme kolmen neljän? viisi viiden kuusi kuuden seitsemän kahdeksan "
    "yhdeksän kymmenen puoli puolen ett två tre fyra fem sex sju åtta nio tio tolv halvt"
)
LENGTH = re.compile(
    rf"(?:\d+\)?|\b(?:{'|'.join(_IN_WORDS.split())}))[\s-]*(?:years?|months?|weeks?|days?|vuo|kuuka|kk\b|viik|päiv|vrk|vuoro|v\b|pv\b|år|mån|veck|dag|dygn)",
    re.IGNORECASE,
)
"""A number and a unit of time."""
_DECORATED = re.compile(
    r"^\s*(?:\(\d{1,2}\)|\d{1,2}\s[–-]|\(?[A-Za-zÅÄÖåäö]\)|[^\w\s(\"'“”«]{1,4})\s*(?=\w)"
)
"""A mark before a heading that is neither number nor hash: an arrow, a tick, a bracket, a rule."""


def first_number(words: str) -> int:
    """The number that a line begins with."""
    digits = words.split(maxsplit=1)[0].rstrip(".)").split(".")[0]
    return int(digits)


def is_item(lines: Sequence[str], at: int) -> bool:
    """Whether a line in capitals, as *- IBAN*, stands in a list whose others are in small letters."""
    others = any(BULLET.match(words) and not is_upper(words) for words in _beside(lines, at))
    return others and BULLET.match(lines[at]) is not None


def is_numbered(lines: Sequence[str], at: int) -> bool:
    """Whether a line with a number stands beside another one: it is an item of a list."""
    return any(NUMBERED.match(words) for words in _beside(lines, at))


def stands_alone(lines: Sequence[str], at: int) -> bool:
    """Whether a line stands between blank ones."""
    return at > 0 and not any(map(str.strip, _beside(lines, at)))


def heads_alone(lines: Sequence[str], at: int) -> bool:
    """
    Whether a line's number heads a section though hashes head others, as where a page was copied.

    >>> heads_alone(["Kept safe.", "", "10. RETENTION", "", "Kept for a year."], 2)
    True
    >>> heads_alone(["You may:", "", "1. Access your data", "", "2. Request erasure"], 2)
    False
    """
    match = NUMBERED.match(lines[at])
    above = next((words for words in reversed(lines[:at]) if words.strip()), "")
    below = next((words for words in lines[at + 1 :] if words.strip()), "")
    alike = NUMBERED.match(above) or NUMBERED.match(below)
    return match is not None and not alike and bool(topics_of(lines[at][match.end() :]))


def _beside(lines: Sequence[str], at: int) -> list[str]:
    """The lines above and below."""
    return [*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]]


def is_upper(words: str) -> bool:
    """Whether a line is in upper case and no abbreviation or mailbox."""
    letters = [c for c in words if c.isalpha()]
    return (
        len(letters) >= _LEAST_CAPITALS and all(c.isupper() for c in letters) and "@" not in words
    )


def is_topic(words: str) -> bool:
    """Whether a line in italics heads a section, and is no remark or date."""
    return bool(set(topics_of(words)) - {"title", "date", "changes"}) and is_headline(words)


def runs_in(words: str) -> re.Match[str] | None:
    """The heading that runs into a paragraph, where its words say what it is about."""
    match = RUN_IN.match(words)
    if match is None:
        return None
    if match[2] == "?":
        return match if len(match[1].split()) <= _MOST_ASKED and is_topic(match[1]) else None
    if len(match[1].split()) > MOST_RUN_IN or not label_topics(match[1]):
        return None
    if words[match.end() :][:1].islower() and not is_upper(match[1]):
        return None
    return match


def begins(lines: Sequence[str], at: int) -> bool:
    """Whether a line begins something: a blank one before it, or a deeper one below."""
    if at == 0 or not lines[at - 1].strip():
        return True
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return bool(below.strip()) and _indent(below) > _indent(lines[at])


def is_led_in(lines: Sequence[str], at: int) -> bool:
    """
    Whether a line stands in a list that is led in: before its items, blank lines left out, is a colon.

    >>> is_led_in(["You may:", "", "* see your data;", "", "* The right to object"], 4)
    True
    >>> is_led_in(["You may:", "* see your data", "* Controller", "Firm Ltd", "* The right to object"], 4)
    False
    """
    mark = lines[at].lstrip()[:1]
    for line in reversed(lines[:at]):
        if (words := line.strip()) and (mark.isalnum() or not words.startswith(mark)):
            return words.rstrip(" -–").endswith(":")
    return False


def follows_a_stop(lines: Sequence[str], at: int) -> bool:
    """Whether the line before one ends a sentence, or is itself a heading with a number."""
    before = lines[at - 1].rstrip() if at else ""
    return not before or before.endswith((".", "!", "?")) or bool(NUMBERED.match(before))


def _indent(words: str) -> int:
    return len(words) - len(words.lstrip())


def decorated(words: str) -> tuple[int, int] | None:
    """Where a heading stands in a line that a mark sets off: "▸ Retention", "--- Retention ---"."""
    match = _DECORATED.match(words)
    if match is None:
        return None
    bare = words[match.end() :].rstrip(" :;-–=*~_]<>")
    known = set(topics_of(bare)) - {"title"}
    if not known or not is_headline(bare) or ": " in bare:
        return None
    return match.end(), match.end() + len(bare)


def level_by_roman(words: str) -> int | None:
    """The level of a heading by its Roman number, where the rest says what it is about."""
    if match := _ROMAN.match(words):
        return 3 if topics_of(words[match.end() :]) else None
    match = _ROMAN_NUMBER.match(words)
    rest = words[match.end() :] if match else ""
    return 2 if is_headline(rest) and (topics_of(rest) or names_register(rest)) else None
