"""What a notice says of profiling and automated decisions: a statement, a denial, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from audit.notice.extract.statements import RIGHTS
from audit.notice.lexicon import Language, pattern
from audit.notice.model import AutomatedDecisions, Certainty, Found
from audit.notice.passages import Passage

__all__ = ["automated_decisions"]


def automated_decisions(
    passages: Sequence[Passage], language: Language, *, blank: bool
) -> tuple[AutomatedDecisions, list[tuple[int, int]]]:
    """What the notice says of profiling and automated decisions."""
    yes: list[Passage] = []
    no: list[Passage] = []
    perhaps: list[Passage] = []
    for passage in passages:
        own = passage.about("automated")
        words = passage.lower
        named = bool(pattern(language, "automated", "named").search(words))
        if not (own or named):
            continue
        if pattern(language, "automated", "as_a_right").search(words):
            continue
        states = pattern(language, "automated", "states").search(words)
        if pattern(language, "automated", "denied").search(words):
            no.append(passage)
        elif RIGHTS.intersection(passage.topics) and not own:
            continue
        elif named and states:
            yes.append(passage)
        elif own and states:
            perhaps.append(passage)
        elif named and passage.kind in ("row", "item"):
            yes.append(passage)
    yes = yes or ([] if no else perhaps)
    chosen = yes or no
    places = [(p.start, p.end) for p in chosen]
    statement: Literal["declared", "declared_none", "unstated"] = (
        "declared" if yes else "declared_none" if no else "unstated"
    )
    found = None
    if chosen:
        first = chosen[0]
        sure = Certainty.CERTAIN if first.about("automated") else Certainty.LIKELY
        found = Found(how="context", certainty=sure, span=(first.start, first.end))
    return AutomatedDecisions(statement=statement, section_blank=blank, found=found), places
