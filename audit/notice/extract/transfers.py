"""What a notice says of transfers out of the European Economic Area, for one register."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from audit.notice.extract.statements import RIGHTS, whole_of
from audit.notice.lexicon import Language, pattern, patterns
from audit.notice.model import Certainty, Found, Transfers
from audit.notice.passages import Passage

__all__ = ["transfers"]

_SHORT_ANSWER = 60  # characters of a passage that only answers


def transfers(
    passages: Sequence[Passage], language: Language, register: int | None
) -> tuple[Transfers, list[tuple[int, int]]]:
    """What the notice says of transfers out of the EEA, for one register."""
    own = (one for one in passages if one.register in (None, register))
    said = [passage for passage in own if _is_about_transfers(passage, language)]
    if any(passage.register is not None for passage in said):
        # "Club data goes to the United States. Other data is not transferred": not of the club.
        said = [passage for passage in said if not _is_of_others(passage, language)]
    verdicts = [(p, v) for p in said if (v := _verdict(p, language)) is not None]
    # "Their processing involves a transfer": then it takes place, whatever guards it.
    certain = any(_is_certain(p.lower, language) for p, _ in verdicts)
    statement = "yes" if certain else _together([v for _, v in verdicts])
    if statement == "unstated":
        return Transfers(statement="unstated"), []
    first = verdicts[0][0]
    text = " ".join(" ".join(p.words.split()) for p, _ in verdicts)
    exception = pattern(language, "transfers", "exception").search(first.lower)
    headings = " ".join({p.title.lower() for p, _ in verdicts if p.about("transfers")})
    read = Transfers(
        statement=statement,
        text=text,
        area=_area(text.lower(), language),
        heading_area=_area(headings, language),
        exception=" ".join(first.words[exception.start() :].split()) if exception else None,
        safeguards=_safeguards(said, language),
        found=Found(
            how="context" if len(verdicts) > 1 else "lexicon",
            certainty=Certainty.CERTAIN if len(verdicts) == 1 else Certainty.LIKELY,
            span=(first.start, first.end),
        ),
    )
    return read, [(p.start, p.end) for p, _ in verdicts]


_FRAMEWORK = re.compile(r"\beu[ –-]*(?::?n ja )?(?:usa|us|u\.s\.|yhdysval\w+)[:\w]*")
"""The framework between the Union and the United States by its name, which tells no country of data."""
_BRACKETS = re.compile(r"\([^()]*\)")


def _is_about_transfers(passage: Passage, language: Language) -> bool:
    """Whether a passage says anything of data abroad: under a heading of transfers less will do."""
    own = passage.about("transfers")
    # "Published at Pilvi (Pilvi Inc., USA)" says who is who, and not that data goes there.
    whole = whole_of(passage, language)
    words = whole if own else _without_brackets(whole, language)
    if RIGHTS.intersection(passage.topics) and not _is_aside(words, language):
        return False
    if passage.kind == "row" and not own:
        return _pairs(words, language)

    def says(*keys: str) -> bool:
        return any(pattern(language, "transfers", key).search(words) for key in keys)

    if says("at_home") or (own and says("abroad", "within")):
        return True
    third = says("third") or (own and says("foreign"))
    if (third and says("acts")) or ((third or says("abroad")) and _is_safe(words, language)):
        return True
    if says("abroad") and says("crosses") and says("moves", "acts"):
        return True
    alone = own and not passage.about("disclosures", "recipients")
    return alone and (
        _only_answers(words, language) or (says("moves") and says("denied", "only_if"))
    )


def _is_aside(words: str, language: Language) -> bool:
    """Whether a sentence among the rights denies that data leaves, and grants nothing."""
    denied = pattern(language, "transfers", "denied").search(words)
    return bool(denied and not pattern(language, "granting", "grants").search(words))


def _without_brackets(words: str, language: Language) -> str:
    """The words without brackets, but for those that tell of a transfer or its safeguard."""
    moves = pattern(language, "transfers", "moves")

    def kept(found: re.Match[str]) -> str:
        moved = moves.search(found[0]) and _is_safe(found[0], language)
        return found[0] if moved or _pairs(found[0], language) else ""

    return _BRACKETS.sub(kept, words)


def _pairs(words: str, language: Language) -> bool:
    """Whether a country stands beside what guards a transfer to it: "(USA, standard clauses)"."""
    named = _FRAMEWORK.sub("", words)
    return _is_safe(words, language) and bool(pattern(language, "transfers", "third").search(named))


def _only_answers(words: str, language: Language) -> bool:
    """Whether a passage answers its heading: "none", "as a rule not", "none but …"."""
    answers = ("nothing", "hedged", "but_for")
    return any(pattern(language, "transfers", key).match(words.strip()) for key in answers)


def _safeguards(said: Sequence[Passage], language: Language) -> tuple[str, ...]:
    return tuple(
        key
        for key, expression in patterns(language, "safeguards").items()
        if any(expression.search(passage.lower) for passage in said)
    )


def _is_of_others(passage: Passage, language: Language) -> bool:
    """Whether a sentence of no register in particular is of the data that none before it spoke of."""
    return passage.register is None and bool(
        pattern(language, "registers", "others").match(passage.lower)
    )


Verdict = Literal["none", "conditional", "yes", "may", "guarded", "within", "rest", "otherwise"]


def _verdict(passage: Passage, language: Language) -> Verdict | None:
    """What one passage says."""
    words = whole_of(passage, language)

    def says(key: str) -> bool:
        return bool(pattern(language, "transfers", key).search(words))

    if says("aside"):
        return None
    answers = ("but_for", "hedged") if len(words) < _SHORT_ANSWER else ("but_for",)
    if any(pattern(language, "transfers", key).match(words.strip()) for key in answers):
        return "conditional"
    nothing = pattern(language, "transfers", "nothing").match(words.strip()) is not None
    if (nothing or says("denied")) and says("rest"):
        return "otherwise" if says("exception") else "rest"
    if nothing and len(words) < _SHORT_ANSWER and not says("exception"):
        return "none"
    if says("stays") or says("denied") or says("at_home"):
        return "conditional" if says("stays") or says("exception") else "none"
    asked = passage.about("transfers") and not passage.inferred
    safe = _is_safe(words, language)
    positive = _positive(says, asked=asked or safe, safe=safe)
    # What guards a transfer does not say whether it takes place.
    abroad = pattern(language, "transfers", "third").search(_FRAMEWORK.sub("", words))
    return "guarded" if positive == "yes" and says("guarded") and not abroad else positive


def _is_certain(words: str, language: Language) -> bool:
    """Whether words say that a transfer takes place, and not only when it may."""
    return all(
        pattern(language, "transfers", key).search(words) for key in ("certain", "out")
    ) and not pattern(language, "transfers", "denied").search(words)


def _is_safe(words: str, language: Language) -> bool:
    """Whether a safeguard of Chapter V is named: what has one goes abroad."""
    named = patterns(language, "safeguards")
    return any(named[key].search(words) for key in named if key != "consent")


def _positive(says: Callable[[str], bool], *, asked: bool, safe: bool) -> Verdict | None:
    """What a passage says that denies nothing; where transfers are asked for, a country answers."""
    if says("within") and not says("out") and not says("third"):
        return "within"
    third = says("third") or (asked and says("foreign"))
    if (
        not says("moves")
        and not ((third or says("out")) and says("acts"))
        and not (asked and (third or says("out")))
    ):
        return None
    if says("only_if") or says("rarely") or (says("hypothetical") and not safe):
        return "conditional"
    # "Where we transfer data, we rely on clauses" guards what another sentence tells of.
    return "may" if says("may") or says("hypothetical") else "yes"


def _together(
    said: Sequence[Verdict],
) -> Literal["none", "conditional", "yes", "unstated"]:
    """The statement of the whole: a denial that something qualifies is conditional."""
    if not said:
        return "unstated"
    if not {"yes", "may"} & set(said):
        # What is guarded takes place, where nothing says that it only may.
        said = ["yes" if each == "guarded" else each for each in said]
    if "conditional" in said:
        return "conditional"
    if set(said) == {"within"}:
        return "none"  # what stays inside does not go out
    positive = {"yes", "may"} & set(said)
    if "none" in said:
        return "conditional" if positive else "none"
    if not positive and set(said) <= {"rest", "otherwise", "within"}:
        return "conditional" if "otherwise" in said else "none"
    return "yes" if "yes" in said else "conditional"


def _area(words: str, language: Language) -> Literal["EU", "EEA", "unstated"]:
    if pattern(language, "transfers", "eea").search(words):
        return "EEA"
    return "EU" if pattern(language, "transfers", "eu").search(words) else "unstated"
