"""Whether words can be a rule on how long data is kept, or tell of other things, or of nothing."""

from __future__ import annotations

from audit.notice.extract.about import subject_of, taken_up
from audit.notice.extract.decoys import clause_around
from audit.notice.extract.events import UNSPECIFIED, event_of
from audit.notice.extract.periods import Period, periods
from audit.notice.extract.stretches import Stretch
from audit.notice.extract.terms import collective, keys_of
from audit.notice.lexicon import Language, pattern, patterns

__all__ = [
    "can_be_length",
    "is_an_answer",
    "is_no_rule",
    "is_of_data",
    "is_of_things",
    "is_said_of_data",
    "keeps_itself",
    "lapses",
    "speaks_of_mailbox",
]


def keeps_itself(words: str, language: Language) -> bool:
    """Whether words say how long a thing keeps by itself, as honey does, and nothing of data."""
    return bool(
        pattern(language, "retention", "keeps_itself").search(words)
        and not is_of_data(words, "", language)
    )


def lapses(words: str, language: Language) -> bool:
    """
    Whether a thing such as a point only lapses, while what is held stays.

    "Deleted a year after it lapses" is a rule; "points are kept and lapse in a year" is none.
    """
    lapse = pattern(language, "retention", "lapses").search(words)
    if lapse is None:
        return False
    kept = pattern(language, "retention", "verbs").search(words, 0, lapse.start())
    return kept is None or bool(periods(words[lapse.start() :], language))


def speaks_of_mailbox(before: str, language: Language) -> bool:
    """Whether "the address" is that of the e-mail which has just been spoken of."""
    keys = {hit.key for hit in keys_of(before, language)}
    return "email" in keys and "postal_address" not in keys


def is_of_data(words: str, subject: str, language: Language) -> bool:
    """Whether words that no heading puts on retention speak of data: a kind, all of it, or "it"."""
    return bool(
        pattern(language, "retention", "general").search(words)
        or pattern(language, "retention", "data").search(words)
        or keys_of(words, language, spelling=True)
        or keys_of(subject, language)
        or collective(words, language)
    )


def is_no_rule(words: str, language: Language) -> bool:
    """Whether words without a period only say what suspends erasure, or something else."""
    if pattern(language, "retention", "guarded").search(words):
        ends = pattern(language, "retention", "strong").search(words)
        if ends is None or event_of(words, ends.start(), language) == UNSPECIFIED:
            return True  # "kept in a locked cabinet", but not "on our servers until you leave"
    for name, key in (("anchors", "unless"), ("retention", "and_longer")):
        more = pattern(language, name, key).search(words)
        # "Until you ask, unless the law demands longer" is a rule, and so is "... and longer if".
        if more and pattern(language, "retention", "strong").search(words[: more.start()]):
            words = words[: more.start()]
    return bool(
        pattern(language, "retention", "not_a_rule").search(words)
        or pattern(language, "disclosing", "suspends").search(words)
    )


def is_of_things(words: str, language: Language) -> bool:
    """Whether words without a verb of keeping say what people may or must do, or how long a thing lasts.

    "A place must be accepted within ten days", "a season ticket is valid for a year".
    """
    named = periods(words, language)
    clause = words[slice(*clause_around(words, named[0]))] if named else words
    return bool(
        pattern(language, "retention", "allows").search(clause)
        or (
            pattern(language, "retention", "lasts").search(words)
            and not pattern(language, "retention", "strong").search(words)
            and not is_of_data(words, "", language)
        )
    )


def is_an_answer(words: str, language: Language) -> bool:
    """Whether a cell on how long says anything: no dash, no "none", no "not kept"."""
    return (
        any(c.isalpha() for c in words)
        and not pattern(language, "bases", "nothing").match(words.strip())
        and not pattern(language, "retention", "not_kept").search(words)
    )


def can_be_length(words: str, language: Language) -> bool:
    """Whether words without a verb of keeping can still say how long: no sentence on something else."""
    first = next(iter(periods(words, language)), None)
    before = words[: first.start].rstrip() if first else ""
    if first and (before.endswith(":") or (not before and _runs(words, first, language))):
        return True  # "one year from the hiring decision for those who are not selected"
    return bool(
        pattern(language, "retention", "length").search(words)
        or pattern(language, "retention", "failing").search(words)
        or pattern(language, "retention", "strong").search(words)
        or not pattern(language, "holding", "finite").search(words)
        or keys_of(words, language)
        or any(expression.search(words) for expression in patterns(language, "events").values())
    )


def _runs(words: str, period: Period, language: Language) -> bool:
    """Whether the phrase behind a period says from what it runs."""
    behind = words[period.end :].lstrip()
    opens = pattern(language, "anchors", "opens").match(behind)
    first = behind.split(maxsplit=1)[0] if behind else ""
    return bool(opens or (first and pattern(language, "anchors", "heads").match(first)))


def is_said_of_data(stretch: Stretch, criterion: int, language: Language) -> bool:
    """Whether a sentence outside the sections on retention names both what is kept and an event."""
    words = stretch.words
    subject = subject_of(words, None, language)
    named = keys_of(subject, language) or taken_up(words, stretch.subject, language)
    return bool(named and event_of(words, criterion, language) != UNSPECIFIED)
