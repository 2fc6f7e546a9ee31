"""How one rule on retention goes with the one before it: as its limit, its end, its repetition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audit.notice.extract.events import UNSPECIFIED, event_in, last_event
from audit.notice.extract.keeping import is_of_data
from audit.notice.extract.periods import periods
from audit.notice.extract.stretches import Stretch
from audit.notice.lexicon import Language, pattern
from audit.notice.model import RetentionPeriod
from audit.notice.passages import Passage

__all__ = [
    "Rule",
    "falls_back",
    "goes_on",
    "is_in_case",
    "led_in",
    "limits",
    "once",
    "says_no_more",
    "takes_up",
    "then",
    "with_year_end",
]

_NEAR = 20  # characters behind a period in which it is told in which case it holds
_YEAR_END = "fiscal_year_end"
_OR = re.compile(r"^(?:tai|eller|or) ")
_JOINT = re.compile(r"[,;]|\s(?:ja|sekä|och|samt|and)\s")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as read: the value without its clauses, its register, and where it stands."""

    value: RetentionPeriod
    register: int | None
    start: int
    end: int
    about: str = ""
    """The words that say what is kept, in lower case."""
    assumed: bool = False
    """Whether what it is about is not named but follows from what it is for: a newsletter."""
    row: int = 0
    """Where its passage begins: a sentence, or the row of a table."""
    block: int = -1
    """The number of the paragraph in which it stands."""
    part: int = -1
    """The number of the section in which it stands."""
    label: str = ""
    """What a row, or the label of an item, says that it is of, in lower case."""


def limits(last: Rule, stretch: Stretch, language: Language) -> bool:
    """Whether a stretch only sets another limit to the rule before it: "at most seven on request"."""
    words = stretch.words
    limit = pattern(language, "retention", "at_most").search(words)
    begin = limit.start() if limit else _in_case(words, language)
    return (
        begin is not None
        and last.value.kind == "fixed"
        and not pattern(language, "retention", "verbs").search(words)
        and not is_of_data(words[:begin], "", language)
    )


def is_in_case(words: str, language: Language) -> bool:
    """Whether a period holds only in a case that its own words tell."""
    return _in_case(words, language) is not None


def _in_case(words: str, language: Language) -> int | None:
    """Where a period begins that holds in a case of its own: "or 36 months if you owe us money"."""
    first = next(iter(periods(words, language)), None)
    told = pattern(language, "retention", "in_case")
    return first.start if first and told.search(words, first.end, first.end + _NEAR) else None


def then(
    rule: RetentionPeriod, stretch: Stretch, before: str, last: Rule | None, language: Language
) -> RetentionPeriod:
    """A rule that runs from what the sentence told before it: "..., and is then deleted"."""
    then = pattern(language, "retention", "then").search(stretch.words)
    if rule.event != UNSPECIFIED or then is None:
        return rule
    named = periods(stretch.words, language)
    if named and _JOINT.search(stretch.words, named[0].end, then.start()):
        return rule  # "kept for six years, and after that made anonymous"
    own = stretch.words[: named[0].start if named else then.start()]
    if event_in(own, language) == UNSPECIFIED:
        return rule  # what its own sentence tells is none of the events
    event = last_event(before + own, language) or (last.value.event if last else None)
    return rule.model_copy(update={"event": event}) if event else rule


def led_in(rule: RetentionPeriod, lead: str, language: Language) -> RetentionPeriod:
    """A rule in a list, with the event that leads the list in: "After the account is closed:"."""
    opens = pattern(language, "retention", "opens_with").match(lead)
    event = event_in(lead, language) if opens and lead.rstrip().endswith(":") else None
    return rule.model_copy(update={"event": event}) if event else rule


def takes_up(rule: Rule, found: Sequence[Rule], stretch: Stretch, language: Language) -> Rule:
    """A rule that only a pronoun says the subject of, of the data of the one before: "they go after a year"."""
    last = found[-1] if found else None
    if last is None or (last.block, last.register) != (rule.block, rule.register):
        return rule
    pronoun = pattern(language, "retention", "takes_up").search(stretch.words)
    if rule.value.applies_to != "all" or last.row == rule.row or pronoun is None:
        return rule
    value = rule.value.model_copy(update={"applies_to": last.value.applies_to})
    return replace(rule, value=value, about=last.about)


def with_year_end(rules: Sequence[Rule], language: Language) -> list[Rule]:
    """
    The rules of a sentence, where one year's end stands behind all the accounts that it speaks of.

    "Vouchers are kept for six years and books for ten years from the end of the financial year":
    both run from it, but letters that stand beside them do not.
    """
    ended = [rule for rule in rules if rule.value.event == _YEAR_END]
    if not ended:
        return list(rules)
    vouchers = pattern(language, "retention", "vouchers")
    return [
        replace(rule, value=rule.value.model_copy(update={"event": _YEAR_END}))
        if rule.start < ended[-1].start
        and (rule.value.kind, rule.value.event) == ("fixed", UNSPECIFIED)
        and vouchers.search(rule.about)
        else rule
        for rule in rules
    ]


def goes_on(last: Rule, rule: Rule, language: Language) -> bool:
    """
    Whether a period goes on from a criterion: "while you are a member; two years after".

    It may also say what the criterion comes to: "As long as necessary. Typically, this is two years".
    """
    criterion, period = last.value, rule.value
    said = period.text.lower().lstrip()
    if (
        (criterion.kind, period.kind, criterion.applies_to)
        == ("criteria", "fixed", period.applies_to)
        and (last.block, last.register) == (rule.block, rule.register)
        and pattern(language, "retention", "at_most").match(said)
        and pattern(language, "retention", "takes_up").match(said)
    ):
        return True  # "removed when it is needless. At the latest it goes after a month"
    comes_to = pattern(language, "retention", "in_practice").match(period.text.lower())
    if comes_to and _is_vague(last) and (last.block, period.kind) == (rule.block, "fixed"):
        return True
    return (
        (criterion.kind, period.kind) == ("criteria", "fixed")
        and (last.block, last.register) == (rule.block, rule.register)
        and _end_alike(criterion.event, period.event)
        and criterion.applies_to == period.applies_to
    )


def _end_alike(first: str | None, second: str | None) -> bool:
    """Whether two events are one: a customer's contract ends when he is none any more."""
    return first == second != UNSPECIFIED or {first, second} <= _OF_RELATIONS


_OF_RELATIONS = frozenset(("customer_relationship_end", "contract_end"))


def says_no_more(
    rule: Rule,
    passage: Passage,
    following: Passage | None,
    found: Sequence[Rule],
    language: Language,
) -> bool:
    """
    Whether a criterion that names neither data nor an event only stands around other rules.

    "Only as long as necessary:" leads them in; "what is needless is removed" ends them.
    """
    leads = passage.kind == "sentence" and passage.words.rstrip().endswith(":")
    if leads and (_is_vague(rule) or _opens(passage.lower, language)):
        return following is not None and following.kind == "item" and following.about("retention")
    if not _is_vague(rule) or pattern(language, "retention", "rest").search(passage.lower):
        return False  # "other data is removed when it is no longer needed" is a rule of its own
    needless = pattern(language, "retention", "needless").search(passage.lower)
    return needless is not None and any(
        (other.part, other.register) == (rule.part, rule.register) and not _is_vague(other)
        for other in found
    )


def _opens(words: str, language: Language) -> bool:
    """Whether words say after what something is done, and not yet what: "After the account is closed:"."""
    return bool(pattern(language, "retention", "opens_with").match(words))


def _is_vague(rule: Rule) -> bool:
    """Whether a rule says no more than "as long as necessary", of all of the data."""
    value = rule.value
    return (value.kind, value.event, value.applies_to) == ("criteria", UNSPECIFIED, "all")


def falls_back(words: str, language: Language) -> bool:
    """Whether a stretch only says what holds where the day of the rule before it is not known."""
    said = _OR.sub("", words.strip(" ,;"))
    return bool(pattern(language, "retention", "failing").match(said))


def once(found: Sequence[Rule]) -> list[Rule]:
    """Each rule once, numbered; what a passage repeats to the letter is the same rule."""
    seen: set[tuple[object, ...]] = set()
    rules: list[Rule] = []
    for rule in found:
        value = rule.value
        key = (value.kind, value.text, rule.about, value.applies_to, rule.register)
        if key in seen:
            continue
        seen.add(key)
        rules.append(replace(rule, value=value.model_copy(update={"id": f"S{len(rules) + 1}"})))
    return rules
