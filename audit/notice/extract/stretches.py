"""Where a rule on retention can stand in a passage: its sentences, the rows of its tables, its labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.notice.extract.brackets import noted
from audit.notice.extract.cuts import JOINT, cut
from audit.notice.extract.decoys import is_decoy
from audit.notice.extract.periods import periods
from audit.notice.extract.terms import keys_of
from audit.notice.forms.tables import is_time
from audit.notice.lexicon import Language, pattern
from audit.notice.passages import Passage
from audit.notice.topics import names_register, topics_of

__all__ = ["Stretch", "stretches"]

_NEVER = frozenset(
    ("rights", "right_access", "right_portability", "right_rectification", "right_erasure",
     "right_restriction", "right_objection", "right_withdraw", "complaint", "changes", "date",
     "automated", "requirement")
)  # fmt: skip
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
    for start, end in cut(words, language):
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
    begin = max((m.end() for m in JOINT.finditer(words, 0, real[0].start)), default=0)
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
        for begin, stop in cut(lower, language):
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
