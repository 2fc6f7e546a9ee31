"""How long data is kept: the grammar of retention rules, as notices write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.notice.extract.about import SUBSCRIBED, applies_to, names_data, subject_of, taken_up
from audit.notice.extract.cuts import is_condition
from audit.notice.extract.decoys import clause_around, is_decoy
from audit.notice.extract.deeds import leaver
from audit.notice.extract.events import UNSPECIFIED, event_in, event_of, event_of_year
from audit.notice.extract.following import (
    Rule,
    falls_back,
    goes_on,
    is_in_case,
    led_in,
    limits,
    once,
    says_no_more,
    takes_up,
    then,
    with_year_end,
)
from audit.notice.extract.keeping import (
    can_be_length,
    is_an_answer,
    is_no_rule,
    is_of_data,
    is_of_things,
    is_said_of_data,
    keeps_itself,
    lapses,
    speaks_of_mailbox,
)
from audit.notice.extract.periods import Period, periods
from audit.notice.extract.stretches import Stretch, stretches
from audit.notice.lexicon import Language, pattern
from audit.notice.model import Certainty, Found, RetentionPeriod
from audit.notice.passages import Passage

__all__ = ["Rule", "retention_rules"]


_ADDRESS = ("postal_address",)
_COOKIES = ("cookies_usage",)
_NEAR = 60  # characters before a period within which it is said to be the most


def retention_rules(passages: Sequence[Passage], language: Language) -> list[Rule]:
    """Every rule on retention, in the order of the text; none where the notice has none."""
    found: list[Rule] = []
    periodical = pattern(language, "retention", "periodical")
    sold = next(filter(None, (periodical.search(passage.lower) for passage in passages)), None)
    told = -1  # the paragraph in which the last rule stands
    label = ""  # of the item that the passage goes on with
    around = zip((None, *passages), passages, (*passages[1:], None), strict=False)
    for before_it, passage, following in around:
        begin = len(found)
        if before_it is None or before_it.block != passage.block or _opening_label(passage):
            label = ""
        for stretch in stretches(passage, language):
            if begin and pattern(language, "retention", "ditto").fullmatch(stretch.words.strip()):
                found += _as_before(found, stretch, passage.register, language, passage.start)
                continue
            # Where a rule has just been told, what goes on is one as well.
            headed = stretch.headed or (
                passage.block == told and not keeps_itself(stretch.words, language)
            )
            before = _before(stretch, passage, before_it)
            subject = taken_up(stretch.words, before, language) or stretch.subject or label
            placed = replace(stretch, headed=headed, subject=subject)
            for each in _rules(placed, language):
                told = passage.block
                last = found[-1] if len(found) > begin else None
                rule = _read(each, placed, passage, last, before, sold, language)
                rule = takes_up(rule, found, placed, language)
                if says_no_more(rule, passage, following, found, language):
                    continue
                if found and goes_on(found[-1], rule, language):
                    found.pop()
                found.append(rule)
        label = label or _opening_label(passage)
        found[begin:] = with_year_end(found[begin:], language)
    return once(found)


def _before(stretch: Stretch, passage: Passage, before_it: Passage | None) -> str:
    """The words before a stretch, of the sentence before where it opens its own."""
    before = passage.lower[: max(0, stretch.start - passage.start)]
    if not before.strip() and before_it and before_it.block == passage.block:
        return before_it.lower  # "You may withdraw consent. We then delete ..."
    return before


def _read(
    rule: RetentionPeriod,
    stretch: Stretch,
    passage: Passage,
    last: Rule | None,
    before: str,
    sold: re.Match[str] | None,
    language: Language,
) -> Rule:
    """A rule with what only the words around it tell: the rule before it, what leads its list in."""
    about = f"{stretch.subject} {subject_of(stretch.words, None, language)}"
    if last and limits(last, stretch, language):
        # "Or 12 months if you have no account": the case is no event from which it runs.
        own = rule.event != UNSPECIFIED and not is_in_case(stretch.words, language)
        event = rule.event if own else last.value.event
        rule = rule.model_copy(update={"applies_to": last.value.applies_to, "event": event})
        about = last.about
    elif last and falls_back(stretch.words, language):
        rule = rule.model_copy(update={"applies_to": last.value.applies_to})
        about = last.about
    rule = then(rule, stretch, before, last, language)
    if rule.applies_to == _ADDRESS and speaks_of_mailbox(before, language):
        rule = rule.model_copy(update={"applies_to": ("email",)})
    if rule.applies_to == "all" and passage.about("cookies"):
        rule = rule.model_copy(update={"applies_to": _COOKIES})
    rule = _of_subscription(rule, f"{stretch.subject} {stretch.words}", language, sold)
    if rule.event == UNSPECIFIED and rule.kind != "indefinite":
        # "After you cancel" is told by the heading: those who cancel are members there.
        left = leaver(stretch.words, (passage.title.lower(),), language)
        rule = rule.model_copy(update={"event": left or UNSPECIFIED})
    if rule.event == UNSPECIFIED and passage.kind == "item":
        rule = led_in(rule, passage.lead, language)
    return Rule(
        rule,
        passage.register,
        stretch.start,
        stretch.end,
        about,
        assumed=rule.applies_to == SUBSCRIBED
        and not names_data(stretch.words, stretch.subject, language),
        row=passage.start,
        block=passage.block,
        part=passage.part,
        label=stretch.subject or _label(passage, stretch),
    )


def _label(passage: Passage, stretch: Stretch) -> str:
    """What stands before the colon or dash of an item: "Gift forms – kept for 7 years"."""
    label = _LABEL.match(passage.lower) if passage.kind == "item" else None
    at = stretch.start - passage.start
    return label["of"].strip() if label and at <= label.end() else ""


def _opening_label(passage: Passage) -> str:
    """The label of an item, which its later sentences are of too: "Newsletter: sent monthly. Data is kept ..."."""
    label = _LABEL.match(passage.lower) if passage.kind == "item" else None
    return label["of"].strip() if label else ""


_LABEL = re.compile(r"\W*(?P<of>[^:–—.,;()]{3,60}?)\s*(?:\([^()]*\)\s*)?(?::\s|\s[–—-]\s)")


def _as_before(
    found: Sequence[Rule], stretch: Stretch, register: int | None, language: Language, row: int
) -> list[Rule]:
    """The rules of the row above, for what this row is about: "as above"."""
    last = (found[-1].row, found[-1].register)
    above = [rule for rule in found if (rule.row, rule.register) == last]
    about = applies_to("", stretch.subject, None, language)
    return [
        Rule(
            rule.value.model_copy(update={"applies_to": about}),
            register,
            stretch.start,
            stretch.end,
            stretch.subject,
            row=row,
            block=above[0].block,
            part=above[0].part,
        )
        for rule in above
    ]


def _of_subscription(
    rule: RetentionPeriod, words: str, language: Language, periodicals: re.Match[str] | None
) -> RetentionPeriod:
    """
    A rule that runs from the end of a subscription.

    That of a magazine is a contract's end, where the notice speaks of one; whoever ends the
    subscription of a newsletter withdraws a consent.
    """
    ended = pattern(language, "retention", "subscription").search(words)
    if not ended or rule.event not in _OF_SUBSCRIPTIONS:
        return rule
    if pattern(language, "retention", "letters").search(words):
        return rule.model_copy(update={"event": "consent_withdrawal"})
    if periodicals is None:
        return rule
    about = "all" if rule.applies_to == SUBSCRIBED else rule.applies_to
    return rule.model_copy(update={"event": "contract_end", "applies_to": about})


_OF_SUBSCRIPTIONS = ("consent_withdrawal", "last_order", "contract_end", UNSPECIFIED)


def _rules(stretch: Stretch, language: Language) -> Iterator[RetentionPeriod]:
    words = stretch.words
    kept = bool(pattern(language, "retention", "verbs").search(words))
    if lapses(words, language) or (not kept and is_of_things(words, language)):
        return
    if not (
        stretch.headed or pattern(language, "retention", "destroys").search(words)
    ) and not is_of_data(words, stretch.subject, language):
        return  # "eggs keep for 28 days", "lost property is held for a month"
    named = periods(words, language, stretch.unit)
    found = [p for p in named if not is_decoy(words, p, language)]
    if len(found) < len(named) and not kept:
        return  # "the loan period is four weeks, for films one": the second goes with the first
    if found and (kept or (stretch.in_place and can_be_length(words, language))):
        yield from _with_number(stretch, found, language)
        return
    strong = pattern(language, "retention", "strong").search(words)
    if is_no_rule(words, language) or (not strong and named):
        return  # a number of days that is no retention leaves no criterion either
    if (kept or stretch.in_place) and _is_endless(words, language):
        yield _value(stretch, "indefinite", None, None, language)
        return
    criterion = strong
    weaker = pattern(language, "retention", "criteria").search(words)
    if weaker and (stretch.in_place or is_said_of_data(stretch, weaker.start(), language)):
        criterion = weaker
    if stretch.answers and not criterion and is_an_answer(words, language):
        event = _since(stretch, language) or event_of(words, 0, language)
        yield _value(stretch, "criteria", None, _of_account(event, stretch, language), language)
    elif criterion and (kept or (stretch.in_place and not _says_else(stretch, strong, language))):
        event = _ending(words, criterion.start(), language)
        yield _value(stretch, "criteria", None, _of_account(event, stretch, language), language)


def _with_number(
    stretch: Stretch, found: Sequence[Period], language: Language
) -> Iterator[RetentionPeriod]:
    """The rule of a stretch with a number, behind the criterion of which it is but an example."""
    if _is_example(stretch.words, found[0], language):
        yield _value(stretch, "criteria", None, UNSPECIFIED, language)
    yield _fixed(stretch, found, language)


def _is_example(words: str, period: Period, language: Language) -> bool:
    """Whether a period is an example in brackets: "as long as the law requires (e.g. 7 years)"."""
    opened = words.rfind("(", 0, period.start)
    if opened < 0 or ")" in words[opened : period.start]:
        return False
    led = pattern(language, "parties", "examples").match(words, opened + 1)
    return bool(led and pattern(language, "retention", "strong").search(words, 0, opened))


def _says_else(stretch: Stretch, strong: re.Match[str] | None, language: Language) -> bool:
    """Whether a sentence without a verb of keeping is of something else: "we follow the law"."""
    acts = pattern(language, "retention", "acts").search(stretch.words)
    return strong is None and not stretch.answers and acts is not None


def _ending(words: str, criterion: int, language: Language) -> str:
    """
    The event that ends a criterion; none where it is a standard, as what several purposes need is.

    What its label calls the data, "Contracts and invoices: as the law requires", ends nothing.
    """
    label = words.find(": ", 0, criterion) + 1
    event = event_of(words[label:], _word_start(words, criterion) - label, language)
    needed = pattern(language, "retention", "needed").search(words, criterion)
    regards = pattern(language, "retention", "regards").search(words, criterion)
    if needed is None or (regards and regards.start() < needed.start()):
        return event  # "while employed, taking into account what the law requires"
    # "As the matter or the relationship requires" and "as the law requires" are standards.
    event = event_of(words[criterion:], 0, language)
    joint = _SEVERAL.search(words, criterion, needed.start())
    lasts = joint and pattern(language, "retention", "holds_on").search(
        words, criterion, joint.start()
    )
    if lasts and event not in _OF_ORDERS:
        return event  # "while you are a customer and as long as the law requires"
    several = joint or pattern(language, "retention", "several").search(words, needed.start())
    purposes = pattern(language, "retention", "purposes").findall(words, criterion)
    return UNSPECIFIED if several is not None or len(purposes) > 1 or event in _OF_ORDERS else event


_SEVERAL = re.compile(r"\s(?:ja|tai|sekä|och|eller|samt|and|or)\s")
_OF_ORDERS = ("last_order", "last_contact", "collection")


def _is_endless(words: str, language: Language) -> bool:
    """
    Whether words say that data is kept for good, or for the time being.

    Not where an event ends it after all, "until you forbid it", nor where it is a removal that is
    for good: "deleted automatically and permanently".
    """
    endless = pattern(language, "retention", "indefinite").search(words)
    if endless is None:
        return False
    until = pattern(language, "retention", "until").search(words, endless.end())
    if until is not None and event_of(words, until.start(), language) != UNSPECIFIED:
        return False
    for_good = pattern(language, "retention", "for_good").fullmatch(endless[0])
    return not (for_good and pattern(language, "retention", "removes").search(words))


def _fixed(stretch: Stretch, found: Sequence[Period], language: Language) -> RetentionPeriod:
    """The rule of a stretch with a number: of several, the first, which others only limit."""
    chosen = found[0]
    event = UNSPECIFIED
    begin, end = clause_around(stretch.words, chosen)
    # "Om du inte loggat in på ett år raderas kontot": no comma parts the clause from its verb.
    verb = pattern(language, "retention", "verbs").search(stretch.words, chosen.end, end)
    clause = stretch.words[begin : verb.start() if verb else end]
    if is_condition(clause, language):
        # "If you have not used the app for a year, we delete ...": what ends stands in the clause.
        event = event_of(clause, chosen.start - begin, language, chosen.end - begin)
    limited = _limited(stretch.words, chosen, language)
    if event == UNSPECIFIED:
        # "As long as the delivery takes, at most two years": what is needed starts no period.
        cut = limited[1] if limited else 0
        unless = pattern(language, "anchors", "unless").search(stretch.words, chosen.end)
        words = stretch.words[cut : unless.start() if limited and unless else None]
        event = event_of(words, chosen.start - cut, language, chosen.end - cut)
    if event == UNSPECIFIED:
        event = (
            _since(stretch, language)
            or _of_the_last(stretch, chosen, language)
            or (_ending(stretch.words[: limited[1]], limited[0], language) if limited else event)
        )
    in_year = event_of_year(stretch.words, event, language)
    rule = _value(stretch, "fixed", chosen, in_year or event, language)
    # "From the end of the calendar year in which the financial year ended" is not from its own end.
    ends = event == "fiscal_year_end" and pattern(language, "retention", "from_year_end")
    by_calendar = bool(ends and ends.search(stretch.words))
    return rule.model_copy(update={"from_year_end": in_year is not None or by_calendar})


def _since(stretch: Stretch, language: Language) -> str | None:
    """The event that a column of its own names."""
    return event_in(stretch.since, language) if stretch.since else None


def _of_the_last(stretch: Stretch, period: Period, language: Language) -> str | None:
    """The event of what a rule is about, where it runs from the last of them: "the last one"."""
    if not pattern(language, "retention", "last_of_them").search(stretch.words, period.end):
        return None
    about = subject_of(stretch.words, period, language) or stretch.subject
    return event_in(about, language)


def _limited(words: str, period: Period, language: Language) -> tuple[int, int] | None:
    """Where the criterion begins that a period only limits, and where the limit does: "until consent ends, at most three years"."""
    limit = pattern(language, "retention", "at_most").search(
        words, max(0, period.start - _NEAR), period.start
    )
    if limit is None:
        return None
    before = words[: limit.start()]
    needed = pattern(language, "retention", "needed").search(before)
    standard = pattern(language, "retention", "criteria").search(before) if needed else None
    ends = pattern(language, "retention", "strong").search(before) or standard
    if ends is None or pattern(language, "retention", "then").search(before, ends.start()):
        return None  # "and after that at most five years" goes on from what has ended
    return ends.start(), limit.start()


def _of_account(event: str, stretch: Stretch, language: Language) -> str:
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


def _value(
    stretch: Stretch,
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
            "row": stretch.row,
            "found": Found(
                how="grammar",
                certainty=Certainty.CERTAIN if stretch.in_place else Certainty.LIKELY,
                span=(stretch.start, stretch.end),
            ),
        }
    )
