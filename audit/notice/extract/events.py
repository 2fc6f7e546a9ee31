"""The event from which a period runs, or which ends a criterion.

Two lexicons tell it. ``events`` holds whole expressions, as they stand in rules. ``happenings``
holds only stems of what can happen, and is read where the grammar says that a happening stands:
in the phrase that a language opens with "from" or "after", or in the clause on a condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.notice.extract.deeds import deed
from audit.notice.lexicon import Language, entries, load, pattern, patterns

__all__ = ["UNSPECIFIED", "event_in", "event_of", "event_of_year", "expressions", "last_event"]

UNSPECIFIED = "unspecified"
_NONE = "none"
_OTHERWISE = "otherwise"
"""The table of stems that tell an event only where no other stem does: any relationship."""
_NO_ENDS = frozenset(("collection", "last_contact"))
"""Events from which a period runs, but which end no keeping: data is not kept until it is collected."""
_YEAR_END = "fiscal_year_end"
_OF_PEOPLE = frozenset(
    ("customer_relationship_end", "contract_end", "membership_end", "employment_end", "visit",
     "last_contact", "last_order", "consent_withdrawal")
)  # fmt: skip
_FAR = 70  # characters behind a period within which the phrase on its event begins
_NEXT = 12  # characters behind a period in which it is said to follow on what stands before
_THEN = 25  # characters before a period in which it is said to follow: "and from then on two years"
_CLAUSE_END = re.compile(
    r"[;.](?!\d)|\s(?:tai|eller|or)\s|,(?! (?:et|kun|att|när|that|when))(?!\d)"
)
_CLAUSE = re.compile(r"[,;:](?!\d)")


def event_of(words: str, start: int, language: Language, end: int | None = None) -> str:
    """
    The event that goes with what stands at ``[start, end)``: the nearest behind it, or before.

    What only an exception speaks of, "unless the warranty takes longer", tells it last.
    """
    behind = start if end is None else end
    # What "they" are that are closed stands before the period.
    if pattern(language, "retention", "account_closed").search(words):
        return "customer_relationship_end"
    unless = pattern(language, "anchors", "unless").search(words, behind + 1)
    if unless is not None:
        told = _event_of(words[: unless.start()], start, language, end)
        if told != UNSPECIFIED:
            return told
        if any(
            pattern(language, "anchors", key).match(words, unless.start())
            for key in ("comes_to_nothing", "goes_else")
        ):
            # "..., unless an order follows" says of what, and from when nothing; and so does
            # "..., unless you agreed to more, in which case until you ask us to stop".
            return told
    return _event_of(words, start, language, end)


def _event_of(words: str, start: int, language: Language, end: int | None) -> str:
    behind = start if end is None else end
    phrase = _phrase(words, behind, language)
    if end is None:
        clause = _clause(words, behind)
    elif phrase:
        clause = _clause(words, phrase[0])
    else:
        clause = _condition(words, start, end, language)[1]
    done = deed(clause, words[:behind], language)
    if done is not None and not (end is None and done in _NO_ENDS):
        return done
    head = _of_head(words, phrase, language) if phrase and end is not None else None
    if head is not None:
        return head
    nearest = _expressed(words[behind:], language)
    if nearest is not None and not (end is None and nearest in _NO_ENDS):
        return nearest
    if phrase and (told := _happens(words[slice(*phrase)], language)) is not None:
        return UNSPECIFIED if end is None and told in _NO_ENDS else told
    return _told_around(words, start, language, end)


def _told_around(words: str, start: int, language: Language, end: int | None) -> str:
    """The event that stands before a place, or in the clause around it."""
    behind = start if end is None else end
    until = _happens(_until_stop(words[behind:], language), language)
    if end is None and until == UNSPECIFIED:
        return UNSPECIFIED  # what ends it is told, and is none of the events
    before = _before(words, start, language)
    if before != UNSPECIFIED and not (end is None and before in _NO_ENDS):
        return before
    of_whom = _of_whom(words, start, language)
    if end is not None and (told := of_whom or _added_to(words, start, language)):
        return told
    if end is not None and (told := _opened_with(words, start, language)):
        return told
    then = pattern(language, "retention", "then")
    opening = pattern(language, "retention", "opens_with").match(words)
    if end is not None and opening and opening.end() <= start:
        told = event_in(opening[0], language)  # "After the relationship has ended, ..."
    elif end is not None and (
        then.search(words, start, end + _NEXT) or then.search(words, max(0, start - _THEN), start)
    ):
        told = event_in(words[:start], language)  # "while it lasts and two years then"
    elif end is not None:
        return _of_condition(words, start, end, language) or UNSPECIFIED
    else:
        told = until
        if told is None and entries(language, "anchors", "heads"):
            told = _happens(_modifier(words[:start]), language)
    return UNSPECIFIED if told is None or told in _NO_ENDS else told


def _of_whom(words: str, start: int, language: Language) -> str | None:
    """
    The withdrawal that a relative clause tells of those whom a rule is about.

    >>> said = "Anyone who unsubscribes is removed from the list within 30 days."
    >>> _of_whom(said, said.index("within"), "en")
    'consent_withdrawal'
    >>> said = "Those who have bought something are kept for 30 days."
    >>> _of_whom(said, said.index("30"), "en")
    """
    clause = _RELATIVE.search(words, 0, start)
    told = event_in(clause[1], language) if clause else None
    return told if told == "consent_withdrawal" else None


_RELATIVE = re.compile(r"\b(?:som|joka|jotka|who)\b([^.;]*)", re.IGNORECASE)


def event_of_year(words: str, event: str, language: Language) -> str | None:
    """
    The event from the end of whose calendar year a period runs; none where it is no such period.

    "Six years from the end of the calendar year in which the customer relationship ended", where
    ``event`` is what the words alone tell: the end of a year, or what happens in it. Of vouchers
    it is the financial year's end, whatever else is said to happen in that year.
    """
    if not pattern(language, "retention", "from_year_end").search(words):
        return None
    if event in _OF_PEOPLE:
        return event
    if event != _YEAR_END or pattern(language, "retention", "vouchers").search(words):
        return None
    before = pattern(language, "retention", "year_of_event").search(words)
    after = pattern(language, "retention", "year_of").search(words)
    told = before[0] if before else words[after.end() :] if after else ""
    told_event = event_in(told, language)
    return told_event if told_event in _OF_PEOPLE else None


def event_in(words: str, language: Language) -> str | None:
    """The event that a clause tells: by the first expression in it, else by what happens there."""
    return deed(words, "", language) or _expressed(words, language) or _happens(words, language)


def last_event(words: str, language: Language, before: int | None = None) -> str | None:
    """The event that some words name last, of those that begin before a place."""
    limit = len(words) if before is None else before
    ends = [(end, key) for start, end, key in expressions(words, language) if start < limit]
    return max(ends, key=lambda each: each[0])[1] if ends else None


def expressions(words: str, language: Language) -> Iterator[tuple[int, int, str]]:
    """Where expressions stand that tell an event, and which; "visit data" is data, and no visit."""
    data = pattern(language, "retention", "of_register")
    for key, expression in patterns(language, "events").items():
        for match in expression.finditer(words):
            if not data.fullmatch(match[0]):
                yield *match.span(), key


def _expressed(behind: str, language: Language) -> str | None:
    """The nearest of the expressions; of two that begin at the same word, the one that says more."""
    nearest = min(
        ((start, -end, key) for start, end, key in expressions(behind, language)),
        key=lambda each: each[:2],
        default=None,
    )
    return nearest[-1] if nearest else None


def _before(words: str, start: int, language: Language) -> str:
    """The expression nearest before, where the sentence says that something runs from it."""
    said = pattern(language, "retention", "afterwards").sub(" ", words)
    if not pattern(language, "retention", "before_event").search(said):
        return UNSPECIFIED
    return last_event(words, language, start) or UNSPECIFIED


def _added_to(words: str, start: int, language: Language) -> str | None:
    """What ends before a period that is only added to it: "the contract period plus ten years"."""
    adds = pattern(language, "retention", "adds").search(words[:start])
    if adds is None:
        return None
    verbs = pattern(language, "retention", "verbs").finditer(words, 0, adds.start())
    begin = max((words.rfind(":", 0, adds.start()) + 1, *(m.end() for m in verbs)))
    ends = words[begin : adds.start()]
    told = deed(ends, words[:begin], language) or _happens(ends, language)
    return None if told in (UNSPECIFIED, *_NO_ENDS) else told


def _phrase(words: str, behind: int, language: Language) -> tuple[int, int] | None:
    """The place of the phrase that says from what the period before it runs."""
    stop = pattern(language, "anchors", "stop")
    opened = pattern(language, "anchors", "opens").search(words, behind, behind + _FAR)
    limit = stop.search(words, opened.end() if opened else behind)
    last = limit.start() if limit else len(words)
    if opened and opened.end() <= last and words[opened.end() : last].strip(" .,;"):
        return opened.end(), last
    heads = list(pattern(language, "anchors", "heads").finditer(words, behind, last))
    return (behind, heads[-1].end()) if heads else None


def _opened_with(words: str, start: int, language: Language) -> str | None:
    """What is done in the clause that a rule opens with: "When you leave us, we keep it for a year"."""
    comma = words.find(", ", 0, start)
    opens = pattern(language, "retention", "conditional").match(words.lstrip(" ,;"))
    return deed(words[:comma], words[comma:], language) if opens and comma > 0 else None


def _clause(words: str, begin: int) -> str:
    """What can tell of a deed behind a place: "you say that you do not want it" is one clause."""
    ends = _CLAUSE_END.search(words, begin)
    begin -= len(_modifier(words[:begin])) + 1 if words[:begin].endswith("n ") else 0
    return words[begin : ends.start() if ends else len(words)]


def _of_head(words: str, phrase: tuple[int, int], language: Language) -> str | None:
    """The event of the last word of a phrase, in the languages whose phrases end with their head."""
    if not entries(language, "anchors", "heads"):
        return None
    said = words[slice(*phrase)].rstrip()
    head = len(said) - len(said.split()[-1]) if said.split() else 0
    reaching = [(start, key) for start, end, key in expressions(said, language) if end > head]
    if not reaching:
        return _happens(said[head:], language)
    # An expression that reaches the head says more; "yhteydenoton saapumisesta" is of the arrival.
    start, key = min(reaching)
    return key if start >= head and key == "collection" else None


def _happens(words: str, language: Language) -> str | None:
    """What happens in a phrase: the stem that stands last; in English, that which stands first."""
    found = _hits(words, language, "") or _hits(words, language, _OTHERWISE)
    if not found:
        return None
    first, last = (lambda each: (each[0], -each[1])), (lambda each: each[1])
    key = (min(found, key=first) if language == "en" else max(found, key=last))[-1]
    return UNSPECIFIED if key == _NONE else key


def _hits(words: str, language: Language, table: str) -> list[tuple[int, int, str]]:
    """Where stems of a table stand, and the event that each is."""
    return [
        (match.start(), match.end(), key)
        for key, expression in _happenings(language, table).items()
        for match in expression.finditer(words)
    ]


def _until_stop(words: str, language: Language) -> str:
    stop = pattern(language, "anchors", "stop").search(words, 1)
    return words[: stop.start()] if stop else words


def _of_condition(words: str, start: int, end: int, language: Language) -> str | None:
    """What happens, or does not, in a clause on a condition: "if you have not opened our letters"."""
    clause, told = _condition(words, start, end, language)
    # "Applications that lead to nothing": what stands before the condition happens last.
    return _happens(told, language) or _happens(clause, language) if told else None


def _condition(words: str, start: int, end: int, language: Language) -> tuple[str, str]:
    """The clause around a period, and what it says behind the word of a condition; "" for none."""
    begin = max((m.end() for m in _CLAUSE.finditer(words, 0, start)), default=0)
    after = _CLAUSE.search(words, end)
    clause = words[begin : after.start() if after else len(words)]
    told = pattern(language, "anchors", "conditional").search(clause)
    verbs = pattern(language, "retention", "verbs")
    # "What led to no sale is kept for a year": the condition only says of what.
    if told is None or verbs.search(words, begin + told.start(), start):
        return clause, ""
    return clause, clause[told.start() :]


def _modifier(before: str) -> str:
    """The genitive right before a noun or a postposition: "takuun" of "takuun umpeutumiseen asti"."""
    last = before.split()[-1:]
    return last[0] if last and last[0].endswith("n") else ""


@cache
def _happenings(language: Language, table: str) -> dict[str, re.Pattern[str]]:
    """The stems of each event, wherever in a word they stand."""
    whole = load(language, "happenings")
    listed: dict[str, list[str]] = whole[table] if table else whole
    return {
        key: re.compile("|".join(stems)) for key, stems in listed.items() if isinstance(stems, list)
    }
