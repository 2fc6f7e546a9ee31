"""Where one rule of a sentence on retention ends, and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.notice.extract.brackets import bracketed
from audit.notice.extract.decoys import is_decoy
from audit.notice.extract.events import UNSPECIFIED, event_of
from audit.notice.extract.periods import Period, periods
from audit.notice.extract.terms import keys_of
from audit.notice.lexicon import Language, pattern, patterns

__all__ = ["JOINT", "cut", "is_condition"]

_OR = frozenset(("tai", "eller", "or"))
JOINT = re.compile(r"[;,]|\s(?:ja|sekä|mutta|tai|och|samt|men|eller|and|but|while|or)\s")
_NEAR = 40  # characters behind a period in which the phrase on its event begins
_LEAST_NOUN = 6  # letters of the word that names another thing
_FEW = 3  # words between "or" and the period that it joins


def cut(words: str, language: Language) -> list[tuple[int, int]]:
    """Where each rule of a sentence begins and ends, of those that are rules of their own."""
    found = periods(words, language)
    # Once for each period: a sentence of many joints would else be searched as often again.
    real = [period for period in found if not is_decoy(words, period, language)]
    cuts = [0]
    criteria = pattern(language, "retention", "begins_anew")
    for joint in JOINT.finditer(words):
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
