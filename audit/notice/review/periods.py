"""What the rules on retention amount to, alone and beside one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from audit.notice.model import Notice, RetentionPeriod
from audit.notice.review.phrases import mentions_within, pattern

__all__ = ["contradictions", "ends_idle", "until_person_acts"]

_LEAST_HEAD = 6  # letters of a word that says what a rule is about
_STEM = 9  # letters by which two such words are the same
_BARE = 2  # words of a rule that speaks of everything: "permanently"


def until_person_acts(notice: Notice, rule: RetentionPeriod) -> bool:
    """
    Whether data is kept until the person closes an account or asks for its erasure.

    That consent ends with its withdrawal is no such period: it is what the law says.
    """
    if rule.kind != "criteria":
        return False
    return mentions_within(notice, "account_or_request", rule.text, rule.clauses)


def ends_idle(notice: Notice) -> bool:
    """Whether an account that nobody uses any more ends by itself: there is a maximum after all."""
    return any(
        rule.kind == "fixed"
        and rule.event == "last_contact"
        and pattern("account_words", notice.language).search(rule.text) is not None
        for rule in notice.retention
    )


def contradictions(notice: Notice) -> Iterator[tuple[RetentionPeriod, RetentionPeriod]]:
    """
    Pairs of rules that cannot both hold.

    They keep the same data for two periods from the same event, or for a period and without end;
    or one sentence does both. Rules on different data, or from different events, do not contradict.
    """
    clauses = [" ".join(clause.quote.casefold().split()) for clause in notice.clauses]
    for first, second in combinations(notice.retention, 2):
        if first.text and first.text == second.text:
            continue  # one sentence, told of two registers
        if "indefinite" in (first.kind, second.kind):
            endless, other = (first, second) if first.kind == "indefinite" else (second, first)
            if other.kind not in ("fixed", "criteria"):
                continue
            if (
                (endless.applies_to == "all" and len(endless.text.split()) <= _BARE)
                or (other.kind == "fixed" and _of_the_same(first, second, notice))
                or any(_in_one_sentence(said, first.text, second.text) for said in clauses)
            ):
                yield first, second
        elif first.kind == second.kind == "fixed" and (
            _of_the_same(first, second, notice)
            and _from_the_same(first, second, notice)
            and _months(first) != _months(second)
        ):
            yield first, second


def _of_the_same(first: RetentionPeriod, second: RetentionPeriod, notice: Notice) -> bool:
    """Whether two rules begin with the same word for what they are about."""
    if first.applies_to != second.applies_to:
        return False
    if all(_is_of_recordings(rule, notice) for rule in (first, second)):
        return True
    if not (first.text or second.text):
        return True  # written down without their words, they are about what they say they are
    one, other = _head(first.text), _head(second.text)
    return bool(one) and one == other


def _from_the_same(first: RetentionPeriod, second: RetentionPeriod, notice: Notice) -> bool:
    """Whether two periods run from the same event; two that name none may run from two in one passage."""
    if first.event != second.event:
        # Of a recording, days that run from nothing in particular run from when it was made.
        made = {first.event, second.event} <= {None, "unspecified", "collection"}
        return made and all(_is_of_recordings(rule, notice) for rule in (first, second))
    named = first.event not in (None, "unspecified")
    return named or not set(first.clauses) & set(second.clauses)


def _is_of_recordings(rule: RetentionPeriod, notice: Notice) -> bool:
    """Whether a rule is of pictures alone, as every rule of a register that holds nothing else is."""
    keys = {item.key for item in notice.data_categories if not item.key.startswith("other:")}
    about = keys if rule.applies_to == "all" else set(rule.applies_to)
    return about == {"photo_video"}


def _months(rule: RetentionPeriod) -> tuple[int, str]:
    """The period with years as months: 24 months are two years, 30 days are no month."""
    number, unit = rule.parts()
    return (number * 12, "M") if unit == "Y" else (number, unit)


def _head(text: str) -> str:
    """The first long word of a rule: what is kept, in Finnish, Swedish and English alike."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return next((word[:_STEM] for word in words[:2] if len(word) >= _LEAST_HEAD), "")


def _in_one_sentence(said: str, first: str, second: str) -> bool:
    """Whether both stand in a passage with no full stop, nor a semicolon, between them."""
    texts = sorted(
        (said.find(part), part)
        for part in (first.casefold().strip(" ."), second.casefold().strip(" ."))
    )
    (start, one), (end, _) = texts
    between = said[start : end + 1] if start >= 0 and end >= 0 and one else ". "
    return ". " not in between and "; " not in between
