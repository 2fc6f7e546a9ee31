"""What a sentence is about, where no heading says so: notices in running prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.notice.extract.dates import is_dating
from audit.notice.extract.periods import periods
from audit.notice.extract.pieces import pieces
from audit.notice.extract.terms import keys_of
from audit.notice.lexicon import Language, pattern, patterns
from audit.notice.passages import Passage
from audit.notice.topics import label_topics

__all__ = ["inferred"]

_SAYS_NOTHING = frozenset(("title", "registers", "unknown"))
_BRIEF = frozenset(("register_name", "date"))
"""Topics that one line says all of: what stands in paragraphs behind it is no more of it."""
_ON_MESSAGES = frozenset(("contents", "retention", "legal_basis", "recipients", "rights"))
_REACHED = re.compile(r"\S@\S|\d{3}[\d ]{4}")
"""A mailbox or a telephone number: what somebody is reached by, and no kind of data."""
_OF_USERS = ("personal_user_id", "signed_confidentiality")
_MANY = 2  # categories in a sentence that lists what is held
_LEAST_KINDS = 3  # categories in a list that no heading calls one of data


def inferred(passages: Sequence[Passage], language: Language) -> list[Passage]:
    """The passages, each under no telling heading with the topics that its own words have."""
    first: dict[int, int] = {}
    passages = _of_keeping(passages, language)
    for passage in passages:
        first.setdefault(passage.part, passage.block)
    told = [
        replace(passage, topics=("date",))
        if not passage.about("date") and is_dating(passage.lower, language)
        else passage
        if set(passage.topics) - _SAYS_NOTHING
        and not _of_messages(passage, language)
        and not _of_all(passage, language)
        and not (set(passage.topics) <= _BRIEF and passage.block > first[passage.part])
        else _by_its_words(passage, language)
        for passage in (
            _handed_out(part, language) for each in passages for part in _halves(each, language)
        )
    ]
    return _going_on(_lists(told, language), language)


def _of_keeping(passages: Sequence[Passage], language: Language) -> list[Passage]:
    """The passages, those on keeping that a heading without a right in it calls one on erasing.

    Under "We delete it" stand periods, sentence by sentence; under "Erasure" stands a right.
    """
    own: dict[int, list[Passage]] = {}
    for passage in passages:
        if passage.topics == ("right_erasure",):
            own.setdefault(passage.part, []).append(passage)
    keeping = {
        part
        for part, told in own.items()
        if sum(bool(periods(each.lower, language)) for each in told) * 2 > len(told) > 1
        and not any(_grants(each.lower, language) for each in told)
    }
    return [
        replace(passage, topics=("retention",)) if passage.part in keeping else passage
        for passage in passages
    ]


def _halves(passage: Passage, language: Language) -> list[Passage]:
    """A sentence of prose cut where it turns to the reader, where one half grants a right and the other does not."""
    turn = pattern(language, "granting", "turns_to_you").search(passage.lower)
    told = set(passage.topics) - _SAYS_NOTHING
    if told or turn is None or passage.kind != "sentence":
        return [passage]
    cut = turn.end()
    if _grants(passage.lower[:cut], language) == _grants(passage.lower[cut:], language):
        return [passage]
    return [
        replace(passage, end=passage.start + cut - 1, words=passage.words[: cut - 1]),
        replace(passage, start=passage.start + cut, words=passage.words[cut:]),
    ]


def _handed_out(passage: Passage, language: Language) -> Passage:
    """
    A list of recipients that its lead alone calls one, under a heading that speaks of data or of nothing.

    "We share data only with the following:" says of each item below it what the heading does not.
    """
    told = passage.lead if passage.kind == "item" else passage.lower
    # "The data that you give us:" is given by the person, and to nobody else.
    told = pattern(language, "parties", "obtained").sub(" ", told)
    opens = told.rstrip().endswith(":") and not set(passage.topics) - _SAYS_NOTHING - {"contents"}
    gives = _says(told, language, "disclosing", "gives") or _says(
        told, language, "parties", "leads_in"
    )
    if not opens or not gives:
        return passage
    return replace(passage, topics=("recipients",))


def _lists(passages: Sequence[Passage], language: Language) -> list[Passage]:
    """The passages, with a list of data that stands under a heading which says nothing known."""
    units: dict[int, list[Passage]] = {}
    for passage in passages:
        if _is_bare(passage, language):
            units.setdefault(passage.part, []).append(passage)
    listing = {part for part, own in units.items() if _is_of_data(own, language)}
    return [
        replace(passage, topics=("contents",))
        if passage.part in listing
        and _is_bare(passage, language)
        and _is_of_data([passage], language, least=1)
        else passage
        for passage in passages
    ]


def _is_of_data(own: Sequence[Passage], language: Language, least: int = _LEAST_KINDS) -> bool:
    """Whether most of what some passages list are kinds of data, and several in all."""
    listed = [passage.lower[a:b] for passage in own for a, b in pieces(passage.lower)]
    named = [{hit.key for hit in keys_of(words, language)} for words in listed]
    told = sum(bool(keys) for keys in named)
    return len(set().union(*named)) >= least and told * 2 > len(listed)


def _is_bare(passage: Passage, language: Language) -> bool:
    """Whether a passage of no known topic has no verb: an item of a list, or a run with commas."""
    return (
        passage.inferred
        and not passage.topics
        and passage.kind != "row"
        and not _says(passage.lower, language, "holding", "finite")
        and not _REACHED.search(passage.words)
    )


def _going_on(passages: Sequence[Passage], language: Language) -> list[Passage]:
    """The passages, with what goes on to list in a paragraph that has begun to tell what is held."""
    found: list[Passage] = []
    for passage in passages:
        before = found[-1] if found else None
        goes_on = (
            passage.inferred
            and not passage.topics
            and before is not None
            and before.block == passage.block
            and before.inferred
            and before.topics == ("contents",)
            and len({hit.key for hit in keys_of(passage.lower, language)}) >= _MANY
        )
        found.append(replace(passage, topics=("contents",)) if goes_on else passage)
    return found


def _of_messages(passage: Passage, language: Language) -> bool:
    """Whether a sentence under "Contact" tells what is done with the data of whoever writes."""
    told = _topics(passage.lower, language) if passage.topics == ("contact",) else ()
    return not _ON_MESSAGES.isdisjoint(told)


def _of_all(passage: Passage, language: Language) -> bool:
    """Whether a heading only says that something is told of all registers: "common information"."""
    return set(passage.topics) <= {"contents", *_SAYS_NOTHING} and bool(
        pattern(language, "registers", "all").search(passage.title.lower())
    )


def _by_its_words(passage: Passage, language: Language) -> Passage:
    """A passage with the topics that its label has, or else its words."""
    label, colon, said = passage.words.partition(": ")
    if colon and (topics := label_topics(label)):
        start = passage.start + len(label) + len(colon)
        return replace(passage, topics=topics, title=label, start=start, words=said)
    return replace(passage, topics=_topics(passage.lower, language), inferred=True)


def _topics(words: str, language: Language) -> tuple[str, ...]:
    found = []
    if _grants(words, language):
        return ("rights",)
    if _says(words, language, "transfers", "abroad") and _says(
        words, language, "transfers", "crosses"
    ):
        found.append("transfers")
    if _says(words, language, "retention", "verbs") and (
        periods(words, language)
        or _says(words, language, "retention", "strong")
        or _says(words, language, "retention", "indefinite")
        or _ends(words, language)
    ):
        found.append("retention")
    found += _on_parties(words, language)
    if _says(words, language, "automated", "named"):
        found.append("automated")
    # "We ask for name and allergies; the allergies we forget after the course" tells both.
    first, parted, _ = words.partition(";")
    told = words if "retention" not in found else first if parted else ""
    held = _says(told, language, "holding", "verbs")
    if held and len({hit.key for hit in keys_of(told, language)}) >= _MANY:
        found.append("contents")
    needs = "retention" in found and _says(words, language, "retention", "needed")
    # "Kept as long as needed for the booking and our bookkeeping obligations" claims no ground.
    vague = needs and not _says(words, language, "bases", "states")
    if (
        not vague
        and _says(words, language, "bases", "speaks")
        and any(expression.search(words) for expression in patterns(language, "grounds").values())
    ):
        found.append("legal_basis")
    return tuple(found)


def _on_parties(words: str, language: Language) -> Iterator[str]:
    """Where data comes from, who gets it, and who may touch it, as far as a sentence speaks of that."""
    if _says(words, language, "parties", "obtained") or _says(
        words, language, "closing", "sources"
    ):
        yield "sources"
        # "Collected from address service providers": a provider from whom data comes gets none.
        for expression in patterns(language, "sources").values():
            words = expression.sub(" ", words)
    if _says(words, language, "parties", "on_behalf"):
        yield "recipients"
    only = _says(words, language, "disclosing", "only")
    given = only and _says(words, language, "disclosing", "gives")
    if given or _says(words, language, "closing", "recipients"):
        yield "disclosures"
    if any(_says(words, language, "access", key) for key in _OF_USERS):
        yield "protection"


def _ends(words: str, language: Language) -> bool:
    """Whether something that is held is said to be kept until, or removed after, an event."""
    return (
        _says(words, language, "retention", "criteria")
        and bool(keys_of(words, language))
        and any(expression.search(words) for expression in patterns(language, "events").values())
    )


def _grants(words: str, language: Language) -> bool:
    if _says(words, language, "granting", "introduces"):
        return False
    return _says(words, language, "granting", "grants_strongly") and any(
        expression.search(words) for expression in patterns(language, "rights").values()
    )


def _says(words: str, language: Language, lexicon: str, key: str) -> bool:
    return bool(pattern(language, lexicon, key).search(words))
