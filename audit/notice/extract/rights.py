"""The rights that a notice grants, with what it demands of a request and to whom it denies them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from audit.notice.lexicon import Language, pattern, patterns
from audit.notice.model import Certainty, Found, Right
from audit.notice.passages import Passage

__all__ = ["RightsRead", "rights"]

_OWN = (
    "rights", "right_access", "right_portability", "right_rectification", "right_erasure",
    "right_restriction", "right_objection", "right_withdraw", "complaint", "other_rights",
)  # fmt: skip
_DEMANDS = ("written", "signed", "in_person", "language", "form")
_NEVER = (
    "cookies",
    "transfers",
    "protection",
    "register_name",
    "controller",
    "contact",
    "dpo",
    "date",
    "changes",
)
_BY_TOPIC = {
    "right_access": "access",
    "right_portability": "portability",
    "right_rectification": "rectification",
    "right_erasure": "erasure",
    "right_restriction": "restriction",
    "right_objection": "objection",
    "right_withdraw": "withdraw_consent",
    "complaint": "complaint",
}
_ORDER = (
    "access", "rectification", "erasure", "restriction", "portability", "objection",
    "withdraw_consent", "complaint", "not_subject_to_automated_decision",
)  # fmt: skip


@dataclass(slots=True)
class _Draft:
    """A right in the making."""

    first: Passage
    start: int
    end: int
    how: str
    certainty: Certainty
    places: list[tuple[int, int]] = field(default_factory=list)
    formalities: list[str] = field(default_factory=list)
    denied_to: list[str] = field(default_factory=list)


_MANY_COMMAS = 3  # of a sentence that lists data


@dataclass(frozen=True, slots=True)
class RightsRead:
    """The rights, each with every place that speaks of it."""

    values: tuple[Right, ...]
    formal: tuple[tuple[int, int], ...]
    """Where something is demanded of a request."""
    answered: tuple[tuple[int, int], ...]
    """Where it is promised by when a request is answered."""
    places: dict[str, tuple[tuple[int, int], ...]]


def rights(passages: Sequence[Passage], language: Language) -> RightsRead:
    """The rights that the notice grants, in the order of the GDPR."""
    found: dict[str, _Draft] = {}
    near: list[str] = []
    formal: list[tuple[int, int]] = []
    part = -1
    for passage in passages:
        if passage.part != part:
            part, near = passage.part, []
        granted = _granted(passage, language)
        for key, start, end in granted:
            if key not in found:
                sure = Certainty.CERTAIN if passage.about(*_OWN) else Certainty.LIKELY
                found[key] = _Draft(passage, start, end, "lexicon", sure)
            found[key].places.append((passage.start, passage.end))
        by_heading = [_BY_TOPIC[t] for t in passage.topics if t in _BY_TOPIC]
        keys = [key for key, _, _ in granted]
        near = keys or near or by_heading
        if _formal(passage, keys or [*by_heading, *near], found, language):
            formal.append((passage.start, passage.end))
        _denied(passage, found, language)
    _from_headings(passages, found, language)
    values = []
    for key in _ORDER:
        if key in found:
            draft = found[key]
            values.append(
                Right.model_validate(
                    {
                        "key": key,
                        "text": " ".join(draft.first.words.split()),
                        "formalities": tuple(f for f in _DEMANDS if f in draft.formalities),
                        "denied_to": tuple(dict.fromkeys(draft.denied_to)),
                        "found": Found.model_validate(
                            {
                                "how": draft.how,
                                "certainty": draft.certainty,
                                "span": (
                                    draft.first.start + draft.start,
                                    draft.first.start + draft.end,
                                ),
                            }
                        ),
                    }
                )
            )
    answered = tuple((p.start, p.end) for p in passages if _is_answered(p, language))
    return RightsRead(
        tuple(values),
        tuple(formal),
        answered,
        {key: tuple(draft.places) for key, draft in found.items()},
    )


def _is_answered(passage: Passage, language: Language) -> bool:
    """Whether a sentence on rights says by when a request is answered: "within one month"."""
    return passage.about(*_OWN) and bool(
        pattern(language, "granting", "answers").search(passage.lower)
    )


def _granted(passage: Passage, language: Language) -> list[tuple[str, int, int]]:
    """The rights that a passage grants, with the places of the words in it."""
    words = _without_goods(passage.lower, language)
    own = passage.about(*_OWN)
    never = passage.about(*_NEVER)
    heard = None if never else pattern(language, "granting", "hears").search(words)
    told = heard or pattern(language, "granting", "complains").search(words)
    if told and not own:  # a right to complain may stand in a section on contact as well
        return [("complaint", told.start(), told.end())]
    explains = pattern(language, "granting", "introduces").search(words)
    if not own and (never or explains or not _grants(passage, language)):
        return []  # "this policy explains how you can check your data" grants nothing
    strongly = pattern(language, "granting", "grants_strongly")
    lists = passage.about("contents") and words.count(",") >= _MANY_COMMAS
    if not own and lists and not strongly.search(words):
        return []  # "Consents, prohibitions and feedback may be recorded" is a list of data
    found = []
    for key, expression in patterns(language, "rights").items():
        for match in expression.finditer(words):
            speaks = key == "complaint" or own or _is_near(words, match, language)
            # "..., and I then delete the address" follows on another right, and is none.
            follows = key == "erasure" and any(
                then.start() <= match.start() < then.end()
                for then in pattern(language, "retention", "then_ends").finditer(words)
            )
            if speaks and not follows and not _is_negated(words, match, language):
                found.append((key, match.start(), match.end()))
                break
    alone = [key for key, _, _ in found] == ["erasure"]
    of_erasing = passage.about("other_rights", "right_erasure")
    if alone and of_erasing and not _grants(passage, language):
        # "Data is destroyed once it is no longer needed" is no right, whatever section it is in.
        ends = pattern(language, "retention", "strong").search(words)
        return [] if ends or pattern(language, "retention", "needless").search(words) else found
    if alone and not own and not passage.inferred:
        # "Anyone can leave the list, whereupon the address is deleted" grants no erasure.
        asked = pattern(language, "granting", "grants_strongly").search(words)
        return found if asked or not passage.about("retention") else []
    return found


def _without_goods(words: str, language: Language) -> str:
    """The words with complaints blanked that are about what was bought: "complaints about an order"."""
    of_goods = pattern(language, "granting", "of_goods")
    return of_goods.sub(lambda match: " " * len(match[0]), words)


def _is_near(words: str, match: re.Match[str], language: Language) -> bool:
    """Outside the sections on rights, a right is one where the sentence grants it."""
    return any(
        other.start() < match.end()
        for key in ("grants", "promises")
        for other in pattern(language, "granting", key).finditer(words)
    )


def _grants(passage: Passage, language: Language) -> bool:
    """Whether a sentence grants something; in prose a promise does: "I correct what is wrong"."""
    words = passage.lower
    return bool(
        pattern(language, "granting", "grants").search(words)
        or (passage.inferred and pattern(language, "granting", "promises").search(words))
    )


def _is_negated(words: str, match: re.Match[str], language: Language) -> bool:
    """Whether the words deny the right rather than grant it."""
    # "Records we cannot delete, but the rest is deleted": each side of the turn speaks for itself.
    turns = [turn.start() for turn in pattern(language, "granting", "turns").finditer(words)]
    begin = max((turn for turn in turns if turn < match.start()), default=0)
    end = min((turn for turn in turns if turn >= match.end()), default=len(words))
    near = words[max(begin, match.start() - 60) : min(end, match.end() + 40)]
    return bool(pattern(language, "granting", "denies").search(near))


def _formal(
    passage: Passage, keys: Sequence[str], found: dict[str, _Draft], language: Language
) -> bool:
    """What a passage demands of requests: of the right it speaks of, or spoke of before it."""
    words = passage.lower
    if not passage.about(*_OWN):
        return False
    if not pattern(language, "formalities", "of_a_request").search(words):
        return False
    demands = [name for name in _DEMANDS if pattern(language, "formalities", name).search(words)]
    for key in dict.fromkeys(keys):
        if key in found and demands:
            found[key].formalities += demands
            found[key].places.append((passage.start, passage.end))
    return bool(demands)


def _denied(passage: Passage, found: dict[str, _Draft], language: Language) -> None:
    """A group to which erasure is denied."""
    words = passage.lower
    if not pattern(language, "granting", "group_denied").search(words):
        return
    for key, expression in patterns(language, "groups").items():
        if expression.search(words):
            if "erasure" not in found:
                continue
            found["erasure"].denied_to.append(key)
            found["erasure"].places.append((passage.start, passage.end))


def _is_of_goods(words: str, language: Language) -> bool:
    """Whether all that a section says of complaints is about what was bought."""
    rest = _without_goods(words, language)
    return rest != words and not pattern(language, "rights", "complaint").search(rest)


def _tells_of_removal(words: str, language: Language) -> bool:
    """Whether a section only says when data is removed, and grants nothing: "Erasure of data"."""
    removes = pattern(language, "retention", "verbs").search(words)
    asked = any(
        pattern(language, "granting", key).search(words) for key in ("grants", "asks_for_it")
    )
    return removes is not None and not asked


def _from_headings(
    passages: Sequence[Passage], found: dict[str, _Draft], language: Language
) -> None:
    """A heading that names a right grants it where something stands under it that denies nothing."""
    by_part: dict[int, list[Passage]] = {}
    for passage in passages:
        by_part.setdefault(passage.part, []).append(passage)
    for own in by_part.values():
        topics = [t for t in own[0].topics if t in _BY_TOPIC]
        words = " ".join(p.lower for p in own)
        if pattern(language, "granting", "denies").search(words):
            continue
        others = {
            key
            for key, expression in patterns(language, "rights").items()
            if expression.search(words)
        }
        for topic in topics:
            key = _BY_TOPIC[topic]
            if key in found or (others and key not in others and topic == "right_objection"):
                continue
            if key == "complaint" and _is_of_goods(words, language):
                continue
            if key == "erasure" and _tells_of_removal(words, language):
                continue
            first = own[0]
            found[key] = _Draft(
                first, 0, len(first.words), "heading", Certainty.LIKELY, [(first.start, first.end)]
            )
