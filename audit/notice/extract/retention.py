"""How long data is kept: the grammar of retention rules, as notices write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audit.notice.extract.about import SUBSCRIBED, applies_to, names_data, subject_of
from audit.notice.extract.categories import keys_of
from audit.notice.extract.events import UNSPECIFIED, event_of, last_event
from audit.notice.extract.periods import Period, periods
from audit.notice.lexicon import Language, pattern, patterns
from audit.notice.model import Certainty, Found, RetentionPeriod
from audit.notice.passages import Passage
from audit.notice.topics import names_register, topics_of

__all__ = ["Rule", "retention_rules"]

_NEVER = frozenset(
    ("rights", "right_access", "right_portability", "right_rectification", "right_erasure",
     "right_restriction", "right_objection", "right_withdraw", "complaint", "other_rights",
     "changes", "date", "automated", "requirement")
)  # fmt: skip


_COMMA = re.compile(r"[,;](?!\d)")
_NEAR = 30  # characters before a period within which it is said to be the most


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


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a passage that can hold one rule, and what it says the rule is about."""

    words: str
    """In lower case."""
    said: str
    """As printed."""
    start: int
    end: int
    subject: str
    in_place: bool
    """Whether it stands where rules on retention stand: their section, their column."""


def retention_rules(passages: Sequence[Passage], language: Language) -> list[Rule]:
    """Every rule on retention, in the order of the text; none where the notice has none."""
    found: list[Rule] = []
    for passage in passages:
        begin = len(found)
        for stretch in _stretches(passage, language):
            for each in _rules(stretch, language):
                place = (stretch.start, stretch.end)
                about = f"{stretch.subject} {subject_of(stretch.words, None, language)}"
                rule = each
                last = found[-1] if len(found) > begin else None
                if last and _falls_back(stretch.words, language):
                    rule = each.model_copy(update={"applies_to": last.value.applies_to})
                    about = last.about
                before = passage.lower[: max(0, stretch.start - passage.start)]
                rule = _then(rule, stretch, before, last, language)
                assumed = rule.applies_to == SUBSCRIBED and not names_data(
                    stretch.words, stretch.subject, language
                )
                if last and _is_one(last.value, rule):
                    found.pop()
                found.append(Rule(rule, passage.register, *place, about, assumed))
    return _once(found)


def _is_one(criterion: RetentionPeriod, rule: RetentionPeriod) -> bool:
    """Whether a period goes on from a criterion: "while you are a member; two years after"."""
    return (
        (criterion.kind, rule.kind) == ("criteria", "fixed")
        and criterion.event == rule.event != UNSPECIFIED
        and criterion.applies_to == rule.applies_to
    )


def _stretches(passage: Passage, language: Language) -> Iterator[_Stretch]:
    """Where a rule can stand in a passage."""
    if passage.kind == "row" and passage.cells:
        yield from _cells(passage)
        return
    in_place = passage.about("retention")
    words = passage.lower
    told_of_data = passage.inferred and bool(keys_of(words, language) and periods(words, language))
    if not in_place and (
        (_NEVER.intersection(passage.topics) and not told_of_data)
        or not pattern(language, "retention", "verbs").search(words)
        or (
            passage.about("protection")
            and pattern(language, "retention", "protection").search(words)
        )
    ):
        return
    if pattern(language, "retention", "aside").search(words):
        return
    context = _label(passage, language)
    for start, end in _split(words, language):
        yield _Stretch(
            words[start:end],
            passage.words[start:end],
            passage.start + start,
            passage.start + end,
            context,
            in_place=in_place,
        )


def _cells(passage: Passage) -> Iterator[_Stretch]:
    """The cells of a row that say how long, with what the row is about."""
    heads = [set(topics_of(head)) for head in passage.columns]
    wanted = [n for n, head in enumerate(heads) if "retention" in head]
    about = [n for n, head in enumerate(heads) if "contents" in head and n not in wanted]
    if not wanted and passage.about("retention"):
        wanted = list(range(1, len(passage.cells)))
    subject = " ".join(passage.cell(n)[0] for n in about or [0] if n not in wanted).lower()
    for number in wanted:
        words, (start, end) = passage.cell(number)
        if words.strip():
            yield _Stretch(words.lower(), words, start, end, subject, in_place=True)


def _label(passage: Passage, language: Language) -> str:
    """What the heading says the rule is about, where it says more than that it is about keeping."""
    title = passage.title.lower()
    if names_register(title):
        return ""
    generic = pattern(language, "retention", "general").search(title)
    return "" if generic or not keys_of(title, language) else title


def _split(words: str, language: Language) -> list[tuple[int, int]]:
    """A sentence with several rules, cut between them."""
    found = periods(words, language)
    cuts = [0]
    criteria = pattern(language, "retention", "begins_anew")
    for place in (
        m.start()
        for m in re.finditer(r"[;,]|\s(?:ja|sekä|mutta|och|samt|men|and|but|while)\s", words)
    ):
        before = [
            p for p in found if cuts[-1] <= p.start < place and not _is_decoy(words, p, language)
        ]
        after = [p for p in found if p.start > place]
        anew = criteria.search(words[place : place + 60])
        if words[place] == "," and (
            pattern(language, "retention", "opened").search(words[:place])
            or _is_condition(words[cuts[-1] : place], language)
            or pattern(language, "retention", "relative").match(words[place + 1 :].lstrip())
            or pattern(language, "retention", "afterwards").match(words[place + 1 :].lstrip())
        ):
            continue
        if (
            words[place] == ";"
            or (before and (after or anew) and _stands_alone(words, place, after, language))
            or (words[place] == "," and after and _is_next(words, cuts[-1], place, language))
        ):
            cuts.append(place + 1)
    ends = [*cuts[1:], len(words)]
    return [(a, b) for a, b in zip(cuts, ends, strict=True) if words[a:b].strip(" .,;")]


def _is_next(words: str, begin: int, place: int, language: Language) -> bool:
    """Whether the next item of a list of rules without verbs begins behind a comma.

    "Holders until the key is returned, openings one month".
    """
    following = words[place + 1 :].strip()
    ends = pattern(language, "retention", "strong").search(words, begin, place)
    verbs = pattern(language, "retention", "verbs")
    return bool(
        ends
        and not verbs.search(words, begin, ends.start())
        and not verbs.search(following)
        and not pattern(language, "retention", "goes_on").match(following)
    )


def _then(
    rule: RetentionPeriod, stretch: _Stretch, before: str, last: Rule | None, language: Language
) -> RetentionPeriod:
    """A rule that runs from what the sentence told before it: "..., and is then deleted"."""
    if rule.event != UNSPECIFIED or not pattern(language, "retention", "then").search(
        stretch.words
    ):
        return rule
    event = last_event(before, language) or (last.value.event if last else None)
    return rule.model_copy(update={"event": event}) if event else rule


def _falls_back(words: str, language: Language) -> bool:
    """Whether a stretch only says what holds where the day of the rule before it is not known."""
    return bool(pattern(language, "retention", "failing").match(words.strip(" ,;")))


def _is_condition(clause: str, language: Language) -> bool:
    """Whether a clause only says when: "where a customer has been inactive for two years"."""
    return bool(
        pattern(language, "retention", "conditional").match(clause.strip(" ,"))
        and not pattern(language, "retention", "verbs").search(clause)
    )


def _stands_alone(words: str, place: int, after: Sequence[Period], language: Language) -> bool:
    """Whether what follows a comma has a subject of its own, or a verb of keeping."""
    stop = after[0].start if after else len(words)
    between = words[place:stop]
    return bool(
        keys_of(between, language)
        or pattern(language, "retention", "general").search(between)
        or pattern(language, "retention", "verbs").search(between)
        or pattern(language, "retention", "failing").search(between)
        # "..., at most three years from the signing" has an event of its own.
        or (
            pattern(language, "retention", "at_most").search(between)
            and after
            and event_of(words, after[0].start, language, after[0].end) != UNSPECIFIED
        )
    )


def _rules(stretch: _Stretch, language: Language) -> Iterator[RetentionPeriod]:
    words = stretch.words
    kept = bool(pattern(language, "retention", "verbs").search(words))
    found = [p for p in periods(words, language) if not _is_decoy(words, p, language)]
    if found and (kept or (stretch.in_place and _can_be_length(words, language))):
        yield _fixed(stretch, found, language)
        return
    strong = pattern(language, "retention", "strong").search(words)
    if pattern(language, "retention", "not_a_rule").search(words) or (
        not strong and periods(words, language)
    ):
        return  # a number of days that is no retention leaves no criterion either
    if pattern(language, "retention", "indefinite").search(words) and (kept or stretch.in_place):
        yield _value(stretch, "indefinite", None, None, language)
        return
    criterion = strong
    weaker = pattern(language, "retention", "criteria").search(words)
    if weaker and (stretch.in_place or _is_said_of_data(words, weaker.start(), language)):
        criterion = weaker
    if criterion and (kept or stretch.in_place):
        event = event_of(words, _word_start(words, criterion.start()), language)
        yield _value(stretch, "criteria", None, _of_account(event, stretch, language), language)


def _can_be_length(words: str, language: Language) -> bool:
    """Whether words without a verb of keeping can still say how long: no sentence on something else."""
    return bool(
        pattern(language, "retention", "length").search(words)
        or pattern(language, "retention", "strong").search(words)
        or not pattern(language, "holding", "finite").search(words)
        or keys_of(words, language)
        or any(expression.search(words) for expression in patterns(language, "events").values())
    )


def _is_said_of_data(words: str, criterion: int, language: Language) -> bool:
    """Whether a sentence outside the sections on retention names both what is kept and an event."""
    subject = subject_of(words, None, language)
    return bool(keys_of(subject, language) and event_of(words, criterion, language) != UNSPECIFIED)


def _fixed(stretch: _Stretch, found: Sequence[Period], language: Language) -> RetentionPeriod:
    """The rule of a stretch with a number: of several, the first, which others only limit."""
    chosen = found[0]
    event = UNSPECIFIED
    begin, end = _clause(stretch.words, chosen)
    clause = stretch.words[begin:end]
    if _is_condition(clause, language):
        # "If you have not used the app for a year, we delete ...": what ends stands in the clause.
        event = event_of(clause, chosen.start - begin, language, chosen.end - begin)
    if event == UNSPECIFIED:
        event = event_of(stretch.words, chosen.start, language, chosen.end)
    if event == UNSPECIFIED:
        event = _until(stretch.words, chosen, language)
    if event == UNSPECIFIED and pattern(language, "retention", "recorded").search(
        f"{stretch.subject} {stretch.words[: chosen.start]}"
    ):
        event = "collection"  # what is recorded has no other day than that of the recording
    return _value(stretch, "fixed", chosen, event, language)


def _until(words: str, period: Period, language: Language) -> str:
    """The event before a period that is only the most: "until consent ends, at most three years"."""
    before = words[: period.start]
    limit = pattern(language, "retention", "at_most").search(before, max(0, period.start - _NEAR))
    ends = pattern(language, "retention", "strong").search(before) if limit else None
    if limit is None or ends is None or ends.start() > limit.start():
        return UNSPECIFIED
    return event_of(before[: limit.start()], _word_start(words, ends.start()), language)


def _of_account(event: str, stretch: _Stretch, language: Language) -> str:
    """The event, where what ends is an account or a subscription that only the subject names.

    A request ends an account rather than a consent: "until you ask us to"; and so does closing
    "it". Whoever ends an order of a newsletter withdraws a consent.
    """
    about = f"{stretch.subject} {subject_of(stretch.words, None, language)}"
    closes = event == UNSPECIFIED and pattern(language, "retention", "closes").search(stretch.words)
    if event == "consent_withdrawal" or closes:
        of_account = pattern(language, "retention", "account").search(about)
        return "customer_relationship_end" if of_account else event
    if event in ("last_order", "contract_end") and pattern(
        language, "retention", "newsletter"
    ).search(about):
        return "consent_withdrawal"
    return event


def _word_start(words: str, start: int) -> int:
    """Where the word begins in which a match begins: "ajan" of "asiakassuhteen ajan"."""
    while start and (words[start - 1].isalnum() or words[start - 1] == "-"):
        start -= 1
    return start


def _is_decoy(words: str, period: Period, language: Language) -> bool:
    """Whether a number of days or years is about something else than keeping."""
    before, after = (
        words[max(0, period.start - 45) : period.start],
        words[period.end : period.end + 40],
    )
    return bool(
        pattern(language, "retention", "decoy_after").match(after.lstrip())
        or pattern(language, "retention", "decoy_before").search(before)
        or pattern(language, "retention", "decoy").search(words, *_clause(words, period))
    )


def _clause(words: str, period: Period) -> tuple[int, int]:
    """The clause around a period: what another one speaks of does not tell what it is."""
    begin = max((m.end() for m in _COMMA.finditer(words, 0, period.start)), default=0)
    after = _COMMA.search(words, period.end)
    return begin, after.start() if after else len(words)


def _value(
    stretch: _Stretch,
    kind: str,
    period: Period | None,
    event: str | None,
    language: Language,
) -> RetentionPeriod:
    about = applies_to(stretch.words, stretch.subject, period, language)
    return RetentionPeriod.model_validate(
        {
            "id": "S",
            "kind": kind,
            "period": period.iso if period else None,
            "event": event,
            "applies_to": about,
            "text": " ".join(stretch.said.split()),
            "found": Found(
                how="grammar",
                certainty=Certainty.CERTAIN if stretch.in_place else Certainty.LIKELY,
                span=(stretch.start, stretch.end),
            ),
        }
    )


def _once(found: Sequence[Rule]) -> list[Rule]:
    """Each rule once, numbered; what a passage repeats to the letter is the same rule."""
    seen: set[tuple[object, ...]] = set()
    rules: list[Rule] = []
    for rule in found:
        value = rule.value
        key = (value.text, value.applies_to, rule.register)
        if key in seen:
            continue
        seen.add(key)
        rules.append(replace(rule, value=value.model_copy(update={"id": f"S{len(rules) + 1}"})))
    return rules
