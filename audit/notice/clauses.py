"""Passages into clauses: what says the same stands once, what goes on is one with what it follows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audit.notice.document import Document, Place
from audit.notice.lexicon import Language, pattern
from audit.notice.model import Clause, ClauseKind
from audit.notice.outline import Part
from audit.notice.passages import Passage

__all__ = ["Draft", "as_clauses", "drafts"]

_LONG = 25  # letters of a passage that is repeated on purpose or by mistake, not by chance


_IN_WRITING = re.compile(
    r"kirjalli|todistu|skriftlig|intyg|\bwritten|\bin writing|certificate", re.IGNORECASE
)


@dataclass(slots=True)
class Draft:
    """A clause in the making: its places, and the passages at the first of them."""

    passages: list[Passage]
    spans: list[Place]
    same_as: list[int] = field(default_factory=list)
    heading: str = ""


def drafts(
    parts: Sequence[Part],
    passages: Sequence[Passage],
    language: Language,
    kinds: Mapping[tuple[int, int], frozenset[str]],
) -> list[Draft]:
    """The clauses in their order; ``kinds`` says what was extracted at each passage."""
    found: list[Draft] = []
    seen: dict[str, int] = {}
    by_part: dict[int, list[Passage]] = {}
    for passage in passages:
        by_part.setdefault(passage.part, []).append(passage)
    for number, part in enumerate(parts):
        own = by_part.get(number, [])
        if not own and part.heading is not None and _is_blank(parts, number):
            found.append(Draft([], [], heading=part.title))
            continue
        if _heading_speaks(part, own, kinds):
            assert part.heading is not None
            place = (part.heading.start, part.heading.end)
            found.append(Draft([], [place], heading=part.title))
        _of_part(part, own, language, kinds, found, seen)
    return found


def _is_blank(parts: Sequence[Part], number: int) -> bool:
    """Whether nothing stands under a heading that is about something."""
    part = parts[number]
    following = parts[number + 1] if number + 1 < len(parts) else None
    above = following is not None and following.level > part.level
    return bool(part.topics) and not above and set(part.topics) - {"title", "date"} != set()


def _heading_speaks(
    part: Part, own: Sequence[Passage], kinds: Mapping[tuple[int, int], frozenset[str]]
) -> bool:
    """Whether the heading itself says which data a rule is about: its text names none."""
    if part.heading is None or "retention" not in part.topics or len(part.topics) > 1:
        return False
    rules = [
        p for p in own if any(k.startswith("retention") for k in kinds.get((p.start, p.end), ()))
    ]
    return len(rules) == 1 and rules[0].kind != "row"


def _of_part(
    part: Part,
    own: Sequence[Passage],
    language: Language,
    kinds: Mapping[tuple[int, int], frozenset[str]],
    found: list[Draft],
    seen: dict[str, int],
) -> None:
    repeated: list[int] = []
    run: list[Passage] = []
    begin = len(found)
    for passage in own:
        key = " ".join(passage.lower.split())
        earlier = seen.get(key)
        if earlier is not None and earlier < begin and len(key) > _LONG:
            found[earlier].spans.append((passage.start, passage.end))
            repeated.append(earlier)
            run.append(passage)
            continue
        _close_run(part, run, repeated, found)
        last = found[-1] if len(found) > begin and found[-1].passages else None
        if last is not None and _goes_on(last, passage, language, kinds):
            last.passages.append(passage)
            last.spans[0] = (last.spans[0][0], passage.end)
        else:
            found.append(Draft([passage], [(passage.start, passage.end)], heading=part.title))
        seen.setdefault(key, len(found) - 1)
    _close_run(part, run, repeated, found)


def _close_run(part: Part, run: list[Passage], repeated: list[int], found: list[Draft]) -> None:
    """Several passages in a row that stand elsewhere already are one clause that repeats them."""
    if len(run) > 1:
        found.append(
            Draft(
                list(run),
                [(run[0].start, run[-1].end)],
                same_as=sorted(set(repeated)),
                heading=part.title,
            )
        )
    run.clear()
    repeated.clear()


def _goes_on(
    last: Draft,
    passage: Passage,
    language: Language,
    kinds: Mapping[tuple[int, int], frozenset[str]],
) -> bool:
    """Whether a passage goes on with the clause before it."""
    before = last.passages[-1]
    if passage.kind == "item":
        # What cookies collect is one statement; an item of the contents is one of its own.
        return passage.about("cookies") and (before.kind == "item" or _leads(before))
    if passage.kind == "row" or before.kind == "row":
        return False
    if before.kind == "item":
        return False
    mine = kinds.get((passage.start, passage.end), frozenset())
    theirs: frozenset[str] = frozenset().union(
        *(kinds.get((p.start, p.end), frozenset()) for p in last.passages)
    )
    if mine - theirs - {"formality", "answer_time"}:
        return False
    words = passage.lower
    if pattern(language, "clauses", "goes_on").match(words):
        return True
    same = _rights(mine) == _rights(theirs)
    return bool(same and mine and theirs and pattern(language, "clauses", "may_go_on").match(words))


def _rights(kinds: frozenset[str]) -> frozenset[str]:
    return frozenset(kind for kind in kinds if kind.startswith("right."))


def _leads(passage: Passage) -> bool:
    return passage.words.rstrip().endswith(":")


def as_clauses(
    document: Document,
    found: Sequence[Draft],
    checks: Mapping[int, tuple[str, ...]],
) -> tuple[list[Clause], list[str]]:
    """The clauses of the model, and the id of each draft."""
    width = max(2, len(str(len(found))))
    ids = [f"C{number:0{width}d}" for number in range(1, len(found) + 1)]
    clauses = []
    for number, draft in enumerate(found):
        codes = checks.get(number, ())
        spans = [document.whole(*span) for span in draft.spans]
        first = spans[0] if spans else None
        words = document.words(*first) if first else ""
        topics = draft.passages[0].topics if draft.passages else _topics(draft.heading)
        clauses.append(
            Clause(
                id=ids[number],
                heading=draft.heading,
                promise=words or f"({draft.heading})",
                spans=tuple(dict.fromkeys(spans)),
                quote=document.text[first[0] : first[1]] if first else "",
                kinds=_kinds(draft, topics, codes),
                checks=codes,
                same_as=tuple(ids[other] for other in draft.same_as),
                topics=topics,
                page=draft.passages[0].page if draft.passages else None,
            )
        )
    return clauses, ids


def _topics(heading: str) -> tuple[str, ...]:
    from audit.notice.topics import topics_of

    return topics_of(heading)


def _kinds(draft: Draft, topics: tuple[str, ...], codes: tuple[str, ...]) -> tuple[ClauseKind, ...]:
    """How a clause can be assessed, from what can assess it."""
    if draft.same_as or not draft.spans:
        return (ClauseKind.NOTICE,)
    found = []
    if any(not code.startswith("NOT") for code in codes):
        found.append(ClauseKind.TESTABLE)
    text = " ".join(passage.words for passage in draft.passages)
    # Whether a refusal was given in writing stands in no log of requests.
    if "protection" in topics or ("RIG04" in codes and _IN_WRITING.search(text)):
        found.append(ClauseKind.ATTESTED)
    if not found and codes:
        found.append(ClauseKind.NOTICE)
    return tuple(found) or (ClauseKind.INFORMATIVE,)
