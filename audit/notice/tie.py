"""Ties values to clauses: the passages that speak of a value are the clauses that declare it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from audit.notice.clauses import Draft, as_clauses, drafts
from audit.notice.compose import Composed
from audit.notice.declared.asked_first import MATTERS, asks_first
from audit.notice.declared.not_held import denies_people
from audit.notice.document import Document, Place
from audit.notice.lexicon import Language, load
from audit.notice.model import Clause, Declared, Notice, Unread
from audit.notice.outline import Part
from audit.notice.overlaps import Overlaps
from audit.notice.passages import Passage

__all__ = ["tie"]

_READ_WITHOUT = frozenset(
    ("title", "date", "changes", "contact", "controller", "definitions", "dpo", "register_name")
)
"""Topics whose passages say who and when: nothing there is left unread."""
_BY_PLACES = {
    "automated_decisions": "automated",
    "transfers": "transfers",
    "authority": "authority",
}
_LEAST_UNREAD = 15  # letters of a passage that could say something


def tie(
    document: Document,
    parts: Sequence[Part],
    passages: Sequence[Passage],
    composed: Composed,
    language: Language,
) -> list[Notice]:
    """The notices with their clauses, each value with the ids of those that declare it."""
    spoken = list(composed.kinds())
    kinds = _by_passage(passages, spoken)
    drafted = drafts(parts, passages, language, kinds)
    by_draft = _by_draft(drafted, spoken)
    checks = {
        number: _codes(draft, (*by_draft.get(number, ()), *_promised(draft, language)))
        for number, draft in enumerate(drafted)
    }
    clauses, ids = as_clauses(document, drafted, checks)
    places = _Places(drafted, ids)
    silent = {
        (passage.start, passage.end)
        for number, draft in enumerate(drafted)
        if not by_draft.get(number) and not draft.same_as
        for passage in draft.passages
    }
    unread = tuple(_unread(document, passages, silent))
    return [_tied(notice, clauses, places, composed, unread) for notice in composed.notices]


def _by_passage(
    passages: Sequence[Passage], spoken: Sequence[tuple[str, Place]]
) -> dict[Place, frozenset[str]]:
    """What was read at each passage."""
    found: dict[Place, set[str]] = {}
    standing = Overlaps(((each.start, each.end), each) for each in passages)
    for kind, place in spoken:
        for passage in standing.at(place):
            found.setdefault((passage.start, passage.end), set()).add(kind)
    return {place: frozenset(kinds) for place, kinds in found.items()}


def _by_draft(
    drafted: Sequence[Draft], spoken: Sequence[tuple[str, Place]]
) -> dict[int, tuple[str, ...]]:
    """The kinds of what was read in each clause."""
    said = Overlaps((place, kind) for kind, place in spoken)
    return {
        number: tuple(sorted({kind for span in draft.spans for kind in said.at(span)}))
        for number, draft in enumerate(drafted)
    }


def _promised(draft: Draft, language: Language) -> Iterable[str]:
    """What a clause promises that declares no value: to ask first, or whose data is not held."""
    words = " ".join(passage.words for passage in draft.passages)
    for matter in MATTERS:
        if asks_first(words, matter, draft.heading):
            yield f"asked_first.{matter}"
    if denies_people(words, language):
        yield "subjects.denied"


def _codes(draft: Draft, kinds: Iterable[str]) -> tuple[str, ...]:
    """The checks that can assess a clause, by what was read in it."""
    table: dict[str, list[str]] = load("any", "checks")
    if draft.same_as:
        return tuple(table["repeats"])
    if not draft.spans:
        from audit.notice.topics import topics_of

        automated = "automated" in topics_of(draft.heading)
        return tuple(table["blank.automated" if automated else "blank"])
    codes: dict[str, None] = {}
    for kind in kinds:
        listed = table.get(kind, table.get(kind.partition(".")[0], []))
        codes |= dict.fromkeys(listed)
    return tuple(codes)


class _Places:
    """Which clauses cover a place."""

    def __init__(self, drafted: Sequence[Draft], ids: Sequence[str]) -> None:
        self.spans = Overlaps(
            (place, ids[number])
            for number, draft in enumerate(drafted)
            if not draft.same_as
            for place in draft.spans
        )
        self.blank = [
            (draft.heading, ids[number]) for number, draft in enumerate(drafted) if not draft.spans
        ]

    def at(self, places: Iterable[Place]) -> tuple[str, ...]:
        """The ids of the clauses at some places, in the order of the text."""
        return tuple(sorted({clause for place in places for clause in self.spans.at(place)}))


def _tied(
    notice: Notice,
    clauses: Sequence[Clause],
    places: _Places,
    composed: Composed,
    unread: tuple[Unread, ...],
) -> Notice:
    update: dict[str, object] = {"clauses": tuple(clauses), "unread": unread}
    for name in type(notice).model_fields:
        value = getattr(notice, name)
        if isinstance(value, Declared):
            update[name] = _with_clauses(name, value, places, composed.places)
        elif isinstance(value, tuple) and value and isinstance(value[0], Declared):
            update[name] = tuple(
                _with_clauses(name, each, places, composed.places) for each in value
            )
    return notice.model_copy(update=update)


def _with_clauses(
    name: str, value: Declared, places: _Places, spoken: Mapping[str, tuple[Place, ...]]
) -> Declared:
    """A value with the clauses at its own words and at every other place that speaks of it."""
    wanted = [value.found.span] if value.found else []
    if name == "rights":
        wanted += spoken.get(f"right.{getattr(value, 'key', '')}", ())
    elif name == "transfers":
        wanted += spoken.get(f"transfers.{getattr(value, 'statement', '')}", ())
    elif name in ("authority", "automated_decisions", "controller"):
        wanted += spoken.get(_BY_PLACES.get(name, name), ())
    elif name == "data_categories" and getattr(value, "listed", False):
        wanted += spoken.get("closed", ())
    ids = places.at(wanted)
    if name == "automated_decisions" and getattr(value, "section_blank", False) and not ids:
        from audit.notice.topics import topics_of

        ids = tuple(c for heading, c in places.blank if "automated" in topics_of(heading))
    return value.model_copy(update={"clauses": ids})


def _unread(
    document: Document,
    passages: Sequence[Passage],
    silent: Container[Place],
) -> Iterable[Unread]:
    """Passages of clauses in which nothing was understood."""
    for passage in passages:
        if (passage.start, passage.end) not in silent or _READ_WITHOUT & set(passage.topics):
            continue
        if sum(c.isalpha() for c in passage.words) < _LEAST_UNREAD:
            continue
        yield Unread(
            heading=passage.title,
            span=(passage.start, passage.end),
            quote=document.words(passage.start, passage.end),
        )
