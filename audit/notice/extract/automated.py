"""What a notice says of profiling and automated decisions: a statement, a denial, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from audit.notice.extract.statements import RIGHTS, whole_of
from audit.notice.lexicon import Language, pattern
from audit.notice.model import AutomatedDecisions, Certainty, Found
from audit.notice.passages import Passage

__all__ = ["automated_decisions"]

_NEAR = 40  # characters before what is done in which a denial is of it


def automated_decisions(
    passages: Sequence[Passage], language: Language, *, blank: bool
) -> tuple[AutomatedDecisions, list[tuple[int, int]]]:
    """What the notice says of profiling and automated decisions."""
    said: dict[str, list[Passage]] = {"yes": [], "no": [], "perhaps": [], "acts": []}
    for passage in passages:
        for kind in _kinds(passage, language):
            said[kind].append(passage)
    no = said["no"]
    # "We recommend products by your purchases" is profiling, though the notice denies that it profiles.
    yes = said["yes"] or (said["acts"] if no else said["perhaps"])
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


def _kinds(passage: Passage, language: Language) -> Iterator[str]:
    """What a passage says: yes, no, perhaps, or what is done without the name of profiling."""
    own = passage.about("automated")
    # "Approved comments are recognised automatically" decides nothing about people.
    words = pattern(language, "automated", "not_meant").sub(" ", whole_of(passage, language))

    def says(key: str) -> bool:
        return bool(pattern(language, "automated", key).search(words))

    named = says("named") and (own or not _names_a_service(passage))
    profiles = "profil" in passage.title.lower() and says("states") and not says("denied")
    if profiles or ((own or not named) and _acts(words, language)):
        yield "acts"
    if not (own or named) or says("as_a_right"):
        return
    said = pattern(language, "automated", "consequence").sub("", words)
    if pattern(language, "automated", "denied").search(said):
        yield "no"
    elif RIGHTS.intersection(passage.topics) and not own:
        return
    elif (own and says("happens")) or (
        named and (says("states") or passage.kind in ("row", "item"))
    ):
        yield "yes"
    elif own and says("states"):
        yield "perhaps"


def _names_a_service(passage: Passage) -> bool:
    """Whether a passage tells what one of the recipients does: "Noema: models of artificial intelligence"."""
    return passage.kind == "item" and passage.about("recipients", "disclosures")


def _acts(words: str, language: Language) -> bool:
    """Whether something is done, and not only said not to be: "customers are not scored"."""
    return any(
        not pattern(language, "automated", "denied").search(
            words, max(0, match.start() - _NEAR), match.start()
        )
        for match in pattern(language, "automated", "acts").finditer(words)
    )
