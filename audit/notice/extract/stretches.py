"""Where a rule on retention can stand in a passage, and where one rule ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.notice.extract.brackets import bracketed, noted
from audit.notice.extract.decoys import is_decoy
from audit.notice.extract.events import UNSPECIFIED, event_of
from audit.notice.extract.periods import Period, periods
from audit.notice.extract.terms import keys_of
from audit.notice.forms.tables import is_time
from audit.notice.lexicon import Language, pattern, patterns
from audit.notice.passages import Passage
from audit.notice.topics import names_register, topics_of

__all__ = ["Stretch", "is_condition", "stretches"]

_NEVER = frozenset(
    ("rights", "right_access", "right_portability", "right_rectification", "right_erasure",
     "right_restriction", "right_objection", "right_withdraw", "complaint", "changes", "date",
     "automated", "requirement")
)  # fmt: skip
_OR = frozenset(("tai", "eller", "or"))
_JOINT = re.compile(r"[;,]|\s(?:ja|sekä|mutta|tai|och|samt|men|eller|and|but|while|or)\s")
_NEAR = 40  # characters behind a period in which the phrase on its event begins
_LEAST_NOUN = 6  # letters of the word that names another thing
_FEW = 3  # words between "or" and the period that it joins
_LABELLED = re.compile(r"[^\W\d_][^:.,;]{2,40}: (?=\S)")
"""A line that answers its own label: "Waiting list: until the summer ends"."""


@dataclass(frozen=True, slots=True)
class Stretch:
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
    headed: bool = True
    """Whether a heading, and not only its own words, says that it is on retention."""
    answers: bool = False
    """Whether it is nothing but the answer to how long: a cell of that column, a labelled line."""
    since: str = ""
    """What another cell of its row says that it runs from, in lower case."""
    row: str = ""
    """The row that it stands in, as a sentence would say it: its subject, the cell, its start."""
    unit: str = ""
    """The unit of the period that its sentence names before it: "six years, the books ten"."""


def stretches(passage: Passage, language: Language) -> Iterator[Stretch]:
    """Where a rule can stand in a passage."""
    if passage.kind == "row" and passage.cells:
        yield from _cells(passage, language)
        return
    in_place = passage.about("retention")
    words = passage.lower
    told_of_data = passage.inferred and bool(
        keys_of(words, language)
        and (periods(words, language) or pattern(language, "retention", "then_ends").search(words))
    )
    grants = pattern(language, "granting", "grants").search(words)
    granted = passage.about("other_rights") and grants
    # Under "Erasure of data" may stand when it is removed, and not only that you may ask for it.
    erased = passage.about("right_erasure") and not grants
    told_of_data |= erased or _tells_how_long(words, language)
    if passage.kind == "item" and passage.about("contents"):
        yield from _noted(passage, language)
    if not in_place and (
        ((granted or _NEVER.intersection(passage.topics)) and not told_of_data)
        or not pattern(language, "retention", "verbs").search(words)
        or (passage.about("protection") and _is_of_protection(words, language))
    ):
        return
    if pattern(language, "retention", "aside").search(words):
        return
    if pattern(language, "retention", "longer_if").search(passage.lead.lower()):
        return  # "It may be kept longer only if: the law demands it"
    if lead := _led_when(passage, language):
        # "Data is deleted when: | the membership ends": an item goes on with the clause.
        yield Stretch(
            f"{lead} {words}",
            passage.words,
            passage.start,
            passage.end,
            passage.lead if keys_of(passage.lead, language) else "",
            in_place=True,
        )
        return
    context = _label(passage, language)
    labelled = in_place and not passage.inferred and bool(_LABELLED.match(passage.words))
    told = False  # whether the sentence has told a rule: "forms are kept for five years, bills for six"
    unit = ""
    for start, end in _split(words, language):
        yield Stretch(
            words[start:end],
            passage.words[start:end],
            passage.start + start,
            passage.start + end,
            context,
            in_place=in_place or told,
            headed=in_place and not passage.inferred,
            answers=labelled and start == 0 and not _tells_else(words, language),
            unit=unit,
        )
        unit = next((each.unit for each in reversed(periods(words[:end], language))), "")
        told = told or bool(
            pattern(language, "retention", "verbs").search(words, start, end)
            and periods(words[start:end], language)
        )


def _led_when(passage: Passage, language: Language) -> str:
    """The words with which what leads a list in says that each item ends the keeping; "" for none."""
    lead = passage.lead.lower()
    when = pattern(language, "retention", "leads_when").search(lead)
    if passage.kind != "item" or not passage.about("retention") or when is None:
        return ""
    kept = pattern(language, "retention", "verbs").search(lead)
    return when[0] if kept and not periods(lead + passage.lower, language) else ""


def _tells_else(words: str, language: Language) -> bool:
    """Whether what stands behind a label is a sentence on something else: "Forms: they go to the union"."""
    answer = words.partition(":")[2]
    return bool(
        pattern(language, "holding", "finite").search(answer)
        and not pattern(language, "retention", "verbs").search(answer)
    )


def _noted(passage: Passage, language: Language) -> Iterator[Stretch]:
    """What brackets behind an item on what is held say of how long: "receipts (six years from ...)"."""
    for begin, end in noted(passage.lower, language):
        yield Stretch(
            passage.lower[begin:end],
            passage.words[begin:end],
            passage.start + begin,
            passage.start + end,
            passage.lower[: begin - 1],
            in_place=True,
            answers=True,
        )


def _tells_how_long(words: str, language: Language) -> bool:
    """Whether a sentence among the rights says when data goes: "it is then deleted after 12 months".

    Not within how long a request is answered: "deleted within 30 days of your request".
    """
    removed = pattern(language, "retention", "removed_after").search(words)
    asked = pattern(language, "retention", "of_a_request").search(words)
    return bool(removed and not asked and periods(words, language))


def _is_of_protection(words: str, language: Language) -> bool:
    """
    Whether a sentence in a section on protection says how data is guarded, and not how long.

    "Paper forms are kept in a cupboard", but not "the cupboard holds the forms for two years":
    only what concerns access, a password or a user name, is never data that is kept.
    """
    real = [each for each in periods(words, language) if not is_decoy(words, each, language)]
    access = pattern(language, "retention", "protection")
    if not real:
        guarded = pattern(language, "retention", "stored_on").search(words)
        return bool(guarded or access.search(words))
    begin = max((m.end() for m in _JOINT.finditer(words, 0, real[0].start)), default=0)
    return bool(access.search(words, begin, real[0].end))


def _cells(passage: Passage, language: Language) -> Iterator[Stretch]:
    """The cells of a row that say how long, with what the row is about."""
    heads = [set(topics_of(head)) for head in passage.columns]
    wanted = [n for n, head in enumerate(heads) if "retention" in head] or [
        n for n, head in enumerate(passage.columns) if passage.about("retention") and is_time(head)
    ]
    about = [n for n, head in enumerate(heads) if "contents" in head and n not in wanted]
    answers = bool(wanted)
    if not wanted and passage.about("retention"):
        wanted = list(range(1, len(passage.cells)))
    starts = pattern(language, "columns", "starts")
    runs = [n for n, head in enumerate(passage.columns) if starts.fullmatch(head.strip().lower())]
    since = " ".join(passage.cell(n)[0] for n in runs if n not in wanted).lower()
    tellers = [n for n in about or [0] if n not in wanted]
    printed = ": ".join(passage.cell(n)[0] for n in tellers)
    for number in wanted:
        words, start = _with_remark(passage, number, language)
        if runs and not any(each.isalnum() for each in words):
            words, (start, _) = passage.cell(runs[0])  # "– | removed when you cancel"
        lower = words.lower()
        for begin, stop in _split(lower, language):
            yield Stretch(
                lower[begin:stop],
                words[begin:stop],
                start + begin,
                start + stop,
                printed.lower(),
                in_place=True,
                answers=answers,
                since=since,
                row=_row(printed, words[begin:stop], since),
            )


def _with_remark(passage: Passage, number: int, language: Language) -> tuple[str, int]:
    """
    A cell that says how long, and where it begins; with the remark in the next one that goes on.

    "For the term of the contract | Deleted within 30 days of its end", "12 months | After the case".
    """
    words, (start, end) = passage.cell(number)
    head = passage.columns[number + 1] if number + 1 < len(passage.columns) else ""
    if not pattern(language, "columns", "remarks").fullmatch(head.strip().lower()):
        return words, start
    remark, (begin, _) = passage.cell(number + 1)
    lower = remark.lower()
    if not periods(lower, language) and not pattern(language, "anchors", "opens").match(lower):
        return words, start
    between = ",".ljust(begin - end)
    return f"{words}{between}{remark}", start


def _row(subject: str, said: str, since: str) -> str:
    """A row of a table as a sentence would have it, on one line."""
    parts = (f"{subject}:" if subject else "", said, f"({since})" if since else "")
    return " ".join(" ".join(part.split()) for part in parts if part.strip())


def _label(passage: Passage, language: Language) -> str:
    """What the heading says the rule is about, where it says more than that it is about keeping."""
    title = passage.title.lower()
    if names_register(title):
        return ""
    if any(
        pattern(language, "retention", name).search(title) for name in ("account", "newsletter")
    ):
        return title
    generic = pattern(language, "retention", "general").search(title)
    return "" if generic or not keys_of(title, language) else title


def _split(words: str, language: Language) -> list[tuple[int, int]]:
    """A sentence with several rules, cut between them."""
    found = periods(words, language)
    # Once for each period: a sentence of many joints would else be searched as often again.
    real = [period for period in found if not is_decoy(words, period, language)]
    cuts = [0]
    criteria = pattern(language, "retention", "begins_anew")
    for joint in _JOINT.finditer(words):
        place = joint.start()
        if any(period.start <= place < period.end for period in found):
            continue  # "a year and a half"
        before = [p for p in real if cuts[-1] <= p.start < place]
        after = [p for p in found if p.start > place]
        anew = criteria.search(words[place : place + 60])
        if words[place] == "," and (
            pattern(language, "retention", "opened").search(words[:place])
            or is_condition(words[cuts[-1] : place], language)
            or pattern(language, "retention", "relative").match(words[place + 1 :].lstrip())
            or pattern(language, "retention", "afterwards").match(words[place + 1 :].lstrip())
            or _explains(words, place, language)
        ):
            continue
        if joint[0].strip() in _OR:
            if before and after:
                if pattern(language, "retention", "failing").match(words[joint.end() :]):
                    cuts.append(joint.end())
                elif _is_alternative(words, joint.end(), after[0], language):
                    cuts.append(place + 1)
            continue
        if (
            words[place] == ";"
            or (before and (after or anew) and _stands_alone(words, place, after, language))
            or (words[place] == "," and after and _is_next(words, cuts[-1], place, language))
            or (words[place] == "," and after and _begins(words, cuts[-1], place, language))
            or _contrasts(words, cuts[-1], place, language)
            or (not before and after and _elides(words, cuts[-1], place, after[0], language))
            or (before and after and _names_another(words[joint.end() : after[0].start], language))
        ):
            cuts.append(place + 1)
    cuts = sorted({*cuts, *(at for pair in bracketed(words, real, language) for at in pair)})
    ends = [*cuts[1:], len(words)]
    # "..., unless the law sets a longer time (vouchers: six years)" is no rule of its own.
    unless = pattern(language, "anchors", "unless")
    return [
        (a, b)
        for a, b in zip(cuts, ends, strict=True)
        if (said := words[a:b].strip(" .,;"))
        and (not (a and unless.match(said)) or _excepts(said, language))
    ]


def _excepts(said: str, language: Language) -> bool:
    """Whether what is excepted has a period of its own: "except invoices, which are kept for six years"."""
    excepts = pattern(language, "retention", "excepts").match(said)
    verb = pattern(language, "retention", "verbs").search(said)
    return bool(excepts and verb and periods(said[verb.end() :], language))


def _explains(words: str, place: int, language: Language) -> bool:
    """Whether a comma stands before, or behind, what only says the same in numbers: ", that is, a year"."""
    namely = pattern(language, "retention", "namely")
    before, behind = words[:place].rpartition(",")[2].strip(), words[place + 1 :].lstrip()
    return bool(namely.match(behind) or namely.fullmatch(before))


def _is_alternative(words: str, begin: int, period: Period, language: Language) -> bool:
    """Whether "or" joins a second period with an event of its own: "or 120 years from birth", "or 3 if you owe us"."""
    phrase = words[period.end : period.end + _NEAR]
    return len(words[begin : period.start].split()) < _FEW and bool(
        pattern(language, "anchors", "opens").search(phrase)
        or pattern(language, "retention", "in_case").match(phrase.lstrip())
        or pattern(language, "anchors", "heads").search(phrase)
    )


def _is_next(words: str, begin: int, place: int, language: Language) -> bool:
    """Whether the next item of a list of rules without verbs begins behind a comma.

    "Holders until the key is returned, openings one month".
    """
    following = words[place + 1 :].strip()
    begin = max(begin, words.rfind(": ", begin, place) + 1)  # "We keep it so: forms until ..."
    ends = pattern(language, "retention", "strong").search(words, begin, place)
    verbs = pattern(language, "retention", "verbs")
    return bool(
        ends
        and not verbs.search(words, begin, ends.start())
        and not verbs.search(following)
        and not pattern(language, "retention", "goes_on").match(following)
    )


def _begins(words: str, begin: int, place: int, language: Language) -> bool:
    """Whether a rule with a subject and a verb of its own begins behind one that has ended.

    "Notes are removed when the course is over, and invoices are kept for six years".
    """
    verbs = pattern(language, "retention", "verbs")
    ends = pattern(language, "retention", "strong").search(words, begin, place)
    verb = verbs.search(words, place)
    limit = pattern(language, "retention", "at_most").match(words[place + 1 :].lstrip())
    return bool(
        ends
        and limit is None
        and verbs.search(words, begin, place)
        and verb
        and keys_of(words[place : verb.start()], language)
    )


def _contrasts(words: str, begin: int, place: int, language: Language) -> bool:
    """Whether a clause on other data follows: "letters are kept, while bills are kept for seven years"."""
    following = words[place:].lstrip(" ,;").partition(",")[0]
    opened = pattern(language, "retention", "contrasts").match(following)
    verb = pattern(language, "retention", "verbs").search(following) if opened else None
    return bool(
        verb
        and pattern(language, "retention", "verbs").search(words, begin, place)
        and keys_of(following[: verb.start()], language)
    )


def _elides(words: str, begin: int, place: int, period: Period, language: Language) -> bool:
    """Whether other data follows without the verb of the clause before: "lists go in spring, bills only after a year"."""
    between = words[place : period.start].lstrip(" ,;")
    verbs = pattern(language, "retention", "verbs")
    only = pattern(language, "retention", "only_then").search(between)
    return bool(
        only
        and keys_of(between[: only.start()], language)
        and verbs.search(words, begin, place)
        and not verbs.search(between)
    )


def _names_another(between: str, language: Language) -> bool:
    """Whether nothing but another thing stands before the next period: ", digital scans for five years"."""
    said = between.strip()
    return (
        0 < len(said.split()) <= _FEW
        and len(max(said.split(), key=len)) >= _LEAST_NOUN
        and not any(
            pattern(language, "retention", key).search(said)
            for key in ("goes_on", "conditional", "relative", "afterwards", "at_most", "then")
        )
        and not any(each.search(said) for each in patterns(language, "events").values())
    )


def is_condition(clause: str, language: Language) -> bool:
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
        or pattern(language, "retention", "data").search(" ".join(between.split()[1:_FEW]))
        or pattern(language, "retention", "failing").search(between)
        # "..., at most three years from the signing" has an event of its own.
        or (
            pattern(language, "retention", "at_most").search(between)
            and after
            and event_of(words, after[0].start, language, after[0].end) != UNSPECIFIED
        )
    )
