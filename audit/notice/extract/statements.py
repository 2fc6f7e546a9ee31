"""The grounds of Article 6 that a notice claims, and their denials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.notice.extract.periods import periods
from audit.notice.extract.pieces import pieces, single
from audit.notice.lexicon import Language, pattern, patterns
from audit.notice.model import (
    Certainty,
    Found,
    LegalBasis,
)
from audit.notice.passages import Passage
from audit.notice.topics import topics_of

__all__ = ["RIGHTS", "Ground", "grounds_in", "legal_bases", "whole_of"]

RIGHTS = frozenset(
    ("rights", "right_access", "right_portability", "right_rectification", "right_erasure",
     "right_restriction", "right_objection", "right_withdraw", "complaint", "other_rights")
)  # fmt: skip
"""Topics of the sections on rights: a ground or a transfer is not stated there."""
_SHORT_ANSWER = 60
_FEW = 3  # words of an item that is a ground and nothing else
_JOINT = re.compile(r"[,;]|\s(?:ja|sekä|tai|och|samt|eller|and|or)\s")
_NEAR = 30  # characters behind a ground that can say that it is none
_NO_GROUND = (
    "transfers", "cookies", "retention", "recipients", "disclosures", "sources", "protection", "requirement", "automated", "contents",
    "controller", "contact", "dpo", "register_name", "changes", "date",
)  # fmt: skip


def whole_of(passage: Passage, language: Language) -> str:
    """The words of a passage, those of a list of what is not done behind what leads it in."""
    if passage.kind == "item" and pattern(language, "denying", "leads").search(passage.lead):
        return f"{passage.lead.rstrip(' :')} {passage.lower}"
    return passage.lower


@dataclass(frozen=True, slots=True)
class Ground:
    """A legal basis as read, and the register it is claimed for."""

    value: LegalBasis
    register: int | None


def legal_bases(passages: Sequence[Passage], language: Language) -> list[Ground]:
    """The grounds of Article 6 that the notice claims, each once, in its order."""
    found: dict[str, Ground] = {}
    for passage in passages:
        for key, start, end in grounds_in(passage, language):
            place = (passage.start + start, passage.start + end)
            sure = Certainty.CERTAIN if passage.about("legal_basis") else Certainty.LIKELY
            interest = None
            if key == "legitimate_interests":
                interest = _interest(passage, end)
            value = LegalBasis.model_validate(
                {
                    "key": key,
                    "text": " ".join(passage.words.split()),
                    "interest": interest,
                    "found": Found(how="lexicon", certainty=sure, span=place),
                }
            )
            found.setdefault(key, Ground(value, passage.register))
    return list(found.values())


def _interest(passage: Passage, end: int) -> str | None:
    """The interest, in the notice's words; where the heading asks for it, all that is said."""
    if passage.about("legitimate_interest"):
        return " ".join(passage.words.split()) or None
    rest = passage.words[end:].lstrip(" :,;–-")
    return " ".join(re.split(r"[;.]", rest)[0].split()) or None


def grounds_in(passage: Passage, language: Language) -> Iterator[tuple[str, int, int]]:
    """The grounds of a passage, with their places in it."""
    words, offset = passage.lower, 0
    if whole_of(passage, language) != words:
        return  # "We will not: process data that requires consent"
    if key := _titled(passage, language):
        yield key, 0, len(words)
    asked = passage.about("legal_basis") or _led_in(passage, language)
    # In prose one sentence tells what is recorded and on which ground.
    told = passage.inferred and passage.topics == ("contents",)
    column = _column(passage, "legal_basis")
    if column is not None:
        words, (start, _) = passage.cell(column)
        words, offset, asked = words.lower(), start - passage.start, True
    if passage.about("legitimate_interest"):
        named = patterns(language, "grounds")["legitimate_interests"].search(words)
        denied = named is not None and _is_denied(words, named, language)
        if not (denied or pattern(language, "bases", "nothing").match(words.strip())):
            yield "legitimate_interests", 0, len(words)
    elif passage.about("consent") and not asked:
        yield from _in_consent_row(words, language)
    elif asked or told or not passage.about(*_NO_GROUND) or _tells_why(passage, language):
        for key, start, end in _in_words(passage, words, language, asked=asked):
            yield key, offset + start, offset + end
    else:
        yield from _consent_aside(passage, words, language)


def _titled(passage: Passage, language: Language) -> str | None:
    """The ground that a heading is, over what rests on it: *Contract*, over "to book a lesson"."""
    if not passage.about("legal_basis", "purpose") or RIGHTS.intersection(passage.topics):
        return None
    unsaid = pattern(language, "bases", "nothing").match(passage.lower.strip())
    if unsaid or pattern(language, "bases", "denied").search(passage.lower):
        return None
    title = _AROUND.sub("", passage.title.lower())
    named = patterns(language, "titled").items()
    return next((key for key, expression in named if expression.fullmatch(title)), None)


_AROUND = re.compile(r"^[\W\d]+|[\W\d]+$")


def _consent_aside(
    passage: Passage, words: str, language: Language
) -> Iterator[tuple[str, int, int]]:
    """Consent that is claimed in passing, in a sentence on keeping or in a list of data."""
    if passage.inferred and passage.topics == ("retention",):
        # What a guest tells "with explicit consent" rests on it, however long it is kept.
        for key, start, end in _in_words(passage, words, language, asked=False):
            if key == "consent" and pattern(language, "bases", "given").search(words):
                yield key, start, end
    elif passage.about("contents"):
        # "Need of support (only with explicit consent)" claims it where the data is listed.
        yield from _explicit(words, language)


def _explicit(words: str, language: Language) -> Iterator[tuple[str, int, int]]:
    """Consent where words say outright that something is done with it alone."""
    match = pattern(language, "bases", "explicit").search(words)
    if match and not _is_denied(words, match, language):
        yield "consent", match.start(), match.end()


def _led_in(passage: Passage, language: Language) -> bool:
    """Whether an item stands in a list of grounds: "the lawful bases we rely on are"."""
    return passage.lead.rstrip().endswith(":") and bool(
        pattern(language, "bases", "states").search(passage.lead)
    )


def _tells_why(passage: Passage, language: Language) -> bool:
    """Whether a section tells of something else, such as one occasion to get data, and this sentence of the ground."""

    def says(*keys: str) -> bool:
        return any(pattern(language, "bases", key).search(passage.lower) for key in keys)

    if {"contents", "purpose"} <= set(passage.topics) <= {"contents", "purpose", "cookies"}:
        named = patterns(language, "grounds")["legitimate_interests"].search(passage.lower)
        return says("states", "rests", "speaks", "given", "contract_ground") or named is not None
    return says("states") and not passage.about("transfers", "requirement", "automated")


def _column(passage: Passage, topic: str) -> int | None:
    """The column of a row that is about a topic."""
    found = (n for n, head in enumerate(passage.columns) if topic in topics_of(head))
    return next(found, None)


def _in_words(
    passage: Passage, words: str, language: Language, *, asked: bool
) -> Iterator[tuple[str, int, int]]:
    """The grounds that some words claim."""
    states = pattern(language, "bases", "states").search(words)
    conditional = pattern(language, "bases", "conditional").search(words)
    if RIGHTS.intersection(passage.topics) and (not states or conditional):
        if passage.inferred and not conditional:
            # "Only if you have given consent, and you may take it back at any time".
            yield from _explicit(words, language)
        return
    if passage.inferred and pattern(language, "bases", "duty_to_give").search(words):
        return  # what law demands of people is no ground that the controller claims
    public = pattern(language, "grounds", "public_task").search(words)
    for key, expression in patterns(language, "grounds").items():
        if key == "legal_obligation" and public and not passage.columns:
            continue  # a task of public interest rests on a statute, and is not one more ground
        for match in expression.finditer(words):
            behind = words[_word_start(words, match.start()) : match.end()]
            behind += _JOINT.split(words[match.end() : match.end() + _NEAR])[0]
            if (
                not _is_denied(words, match, language)
                and not pattern(language, "bases", "not_a_ground").search(behind)
                and _is_claimed(passage, words, key, match, language, asked=asked)
            ):
                yield key, match.start(), match.end()
                break


def _word_start(words: str, start: int) -> int:
    while start and words[start - 1].isalnum():
        start -= 1
    return start


def _is_claimed(
    passage: Passage,
    words: str,
    key: str,
    match: re.Match[str],
    language: Language,
    *,
    asked: bool,
) -> bool:
    """Whether a ground is claimed where it is named."""
    told = asked and not passage.inferred
    if key == "legal_obligation" and not told and _explains_keeping(words, language):
        return False
    speaks = asked or bool(pattern(language, "bases", "speaks").search(words))
    if key == "contract":
        return _is_ground(passage, words, match, language, asked=asked)
    if speaks or passage.about("purpose") or key == "legitimate_interests":
        return True
    return key == "consent" and bool(pattern(language, "bases", "given").search(words))


def _explains_keeping(words: str, language: Language) -> bool:
    """Whether a statute only says why something is kept so long: "on account of the Accounting Act we keep ..."."""
    kept = pattern(language, "retention", "verbs").search(words)
    long = pattern(language, "retention", "as_long_as").search(words)
    return kept is not None and bool(long or periods(words, language))


def _in_consent_row(words: str, language: Language) -> Iterator[tuple[str, int, int]]:
    """The template's row of consent, which may well say that something else is the ground."""
    named = False
    for key, expression in patterns(language, "grounds").items():
        match = expression.search(words)
        if match:
            named = True
            if not _is_denied(words, match, language):
                yield key, match.start(), match.end()
    if not named and _names_a_matter(words, language):
        yield "consent", 0, len(words)


def _names_a_matter(words: str, language: Language) -> bool:
    """Whether a row of consent only names what it is asked for: "marketing by text message"."""
    bare = words.strip(" .:;–-")
    return bool(
        bare
        and len(bare) < _SHORT_ANSWER
        and not pattern(language, "bases", "nothing").match(bare)
        and not pattern(language, "holding", "finite").search(bare)
    )


def _is_ground(
    passage: Passage, words: str, match: re.Match[str], language: Language, *, asked: bool
) -> bool:
    """Whether a contract is named as the ground, and not as something the data is used for."""
    if pattern(language, "bases", "contract_ground").search(words) or _is_listed(
        words, match, language
    ):
        return True
    if not asked:
        return False
    if passage.kind in ("item", "row"):
        return (
            not pattern(language, "bases", "article").sub("", words[: match.start()].strip(" -–•"))
            or ":" in words[: match.start()]
            or words[: match.start()].rstrip().endswith(("–", "—", " -"))
            or passage.kind == "row"
        )
    if re.search(r":\s*(?:\S+\s){0,2}\S*$", words[: match.start()]):
        return True  # "Teaching and fees: the contract"
    around = words[max(0, match.start() - 1) : match.end() + 1]
    return around.startswith("(") or len(words) < _SHORT_ANSWER or "purpose" not in passage.topics


def _is_listed(words: str, match: re.Match[str], language: Language) -> bool:
    """Whether a ground stands in a list of grounds: "consent (marketing), contract (orders)"."""
    named = [
        found.start()
        for expression in patterns(language, "grounds").values()
        for found in expression.finditer(words)
    ]
    begin, stop = next(
        (
            part
            for piece in pieces(words)
            for part in single(words, *piece, language)
            if part[0] <= match.start() < part[1]
        ),
        (0, len(words)),
    )
    bare = re.sub(r"\([^()]*\)", "", words[begin:stop]).rpartition(":")[-1]
    return len(bare.split()) <= _FEW and any(not begin <= other < stop for other in named)


def _is_denied(words: str, match: re.Match[str], language: Language) -> bool:
    """Whether a ground is named only to say that it is none."""
    return any(
        denial.start() < match.end() and match.start() < denial.end()
        for denial in pattern(language, "bases", "denied").finditer(words)
    )
