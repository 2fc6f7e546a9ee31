"""What a notice says of transfers out of the European Economic Area, for one register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from audit.notice.extract.statements import RIGHTS
from audit.notice.lexicon import Language, pattern, patterns
from audit.notice.model import Certainty, Found, Transfers
from audit.notice.passages import Passage

__all__ = ["transfers"]

_SHORT_ANSWER = 60  # characters of a passage that only answers


def transfers(
    passages: Sequence[Passage], language: Language, register: int | None
) -> tuple[Transfers, list[tuple[int, int]]]:
    """What the notice says of transfers out of the EEA, for one register."""
    said = []
    for passage in passages:
        if passage.register not in (None, register):
            continue
        own = passage.about("transfers")
        words = passage.lower
        if passage.kind == "row" and not own:
            continue
        if RIGHTS.intersection(passage.topics):
            continue
        abroad = bool(pattern(language, "transfers", "abroad").search(words))
        moves = bool(pattern(language, "transfers", "moves").search(words))
        denies = bool(pattern(language, "transfers", "denied").search(words))
        answers = any(
            pattern(language, "transfers", key).match(words.strip())
            for key in ("nothing", "hedged", "but_for")
        )
        alone = own and not passage.about("disclosures", "recipients")
        crosses = pattern(language, "transfers", "crosses").search(words)
        inside = own and pattern(language, "transfers", "within").search(words)
        third = bool(
            pattern(language, "transfers", "third").search(words)
            or (own and pattern(language, "transfers", "foreign").search(words))
        )
        acts = bool(pattern(language, "transfers", "acts").search(words))
        at_home = bool(pattern(language, "transfers", "at_home").search(words))
        if (
            (abroad and (moves or acts) and (own or crosses))
            or inside
            or (own and abroad)
            or ((abroad or third) and _is_safe(words, language))
            or (third and acts)
            or at_home
            or (alone and (answers or (denies and moves)))
            or (alone and moves and pattern(language, "transfers", "only_if").search(words))
        ):
            said.append(passage)
    if any(passage.register is not None for passage in said):
        # "Club data goes to the United States. Other data is not transferred": not of the club.
        said = [passage for passage in said if not _is_of_others(passage, language)]
    verdicts = [(p, v) for p in said if (v := _verdict(p, language)) is not None]
    safe = tuple(
        key
        for key, expression in patterns(language, "safeguards").items()
        if any(expression.search(p.lower) for p in said)
    )
    statement = _together([v for _, v in verdicts])
    places = [(p.start, p.end) for p, _ in verdicts]
    if statement == "unstated":
        return Transfers(statement="unstated"), []
    first = verdicts[0][0]
    text = " ".join(" ".join(p.words.split()) for p, _ in verdicts)
    exception = pattern(language, "transfers", "exception").search(first.lower)
    headings = " ".join({p.title.lower() for p, _ in verdicts if p.about("transfers")})
    return (
        Transfers(
            statement=statement,
            text=text,
            area=_area(text.lower(), language),
            heading_area=_area(headings, language),
            exception=" ".join(first.words[exception.start() :].split()) if exception else None,
            safeguards=safe,
            found=Found(
                how="context" if len(verdicts) > 1 else "lexicon",
                certainty=Certainty.CERTAIN if len(verdicts) == 1 else Certainty.LIKELY,
                span=(first.start, first.end),
            ),
        ),
        places,
    )


def _is_of_others(passage: Passage, language: Language) -> bool:
    """Whether a sentence of no register in particular is of the data that none before it spoke of."""
    return passage.register is None and bool(
        pattern(language, "registers", "others").match(passage.lower)
    )


Verdict = Literal["none", "conditional", "yes", "may", "within"]


def _verdict(passage: Passage, language: Language) -> Verdict | None:
    """What one passage says."""
    words = passage.lower

    def says(key: str) -> bool:
        return bool(pattern(language, "transfers", key).search(words))

    if says("aside"):
        return None
    answers = ("but_for", "hedged") if len(words) < _SHORT_ANSWER else ("but_for",)
    if any(pattern(language, "transfers", key).match(words.strip()) for key in answers):
        return "conditional"
    short = len(words) < _SHORT_ANSWER and not says("exception")
    if short and pattern(language, "transfers", "nothing").match(words.strip()):
        return "none"
    if says("stays"):
        return "conditional"
    if says("denied") or says("at_home"):
        return "conditional" if says("exception") else "none"
    asked = passage.about("transfers") and not passage.inferred
    return _positive(says, asked=asked or _is_safe(words, language))


def _is_safe(words: str, language: Language) -> bool:
    """Whether a safeguard of Chapter V is named: what has one goes abroad."""
    named = patterns(language, "safeguards")
    return any(named[key].search(words) for key in named if key != "consent")


def _positive(says: Callable[[str], bool], *, asked: bool) -> Verdict | None:
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
    if says("only_if") or says("rarely") or says("hypothetical"):
        return "conditional"
    return "may" if says("may") else "yes"


def _together(
    said: Sequence[Verdict],
) -> Literal["none", "conditional", "yes", "unstated"]:
    """The statement of the whole: a denial that something qualifies is conditional."""
    if not said:
        return "unstated"
    if "conditional" in said:
        return "conditional"
    if set(said) == {"within"}:
        return "none"  # what stays inside does not go out
    positive = {"yes", "may"} & set(said)
    if "none" in said:
        return "conditional" if positive else "none"
    return "yes" if "yes" in said else "conditional"


def _area(words: str, language: Language) -> Literal["EU", "EEA", "unstated"]:
    if pattern(language, "transfers", "eea").search(words):
        return "EEA"
    return "EU" if pattern(language, "transfers", "eu").search(words) else "unstated"
