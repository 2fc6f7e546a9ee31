"""What a rule on retention is about: the data that its sentence, or its row, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from audit.notice.extract.events import expressions
from audit.notice.extract.hits import Hit
from audit.notice.extract.periods import Period, periods
from audit.notice.extract.pieces import pieces, single
from audit.notice.extract.terms import keys_of, of_people, without_purposes
from audit.notice.lexicon import Language, pattern
from audit.notice.model import RetentionPeriod

__all__ = ["SUBSCRIBED", "applies_to", "names_data", "subject_of", "subscribed_in", "taken_up"]

SUBSCRIBED = ("marketing_preferences",)
"""What a rule is about that speaks of a newsletter and of nothing else."""
_ADDRESS = ("postal_address",)
_CHANNELS = frozenset(("email", "phone", "communication", "postal_address", "social_media"))
_HALF = 2
_NEXT = 25  # characters behind a verb in which its subject begins
_GENITIVES = re.compile(r"(?:[\w-]*n\s+)+")
_FROM = re.compile(r"[\w-]*l(?:ta|tä)\b")
_LEAST_SUBJECT = 6  # letters of a noun that is the subject of a sentence


def applies_to(
    said: str, subject: str, period: Period | None, language: Language
) -> tuple[str, ...] | str:
    """The categories that a rule is about; all where it speaks of data in general."""
    if any(
        pattern(language, "retention", "of_people").match(each.strip()) for each in (subject, said)
    ):
        return "all"
    subject = _without_channels(subject, language)
    words = _without_channels(subject_of(said, period, language), language)
    general = pattern(language, "retention", "general")
    broad = [match.span() for match in general.finditer(words)]
    # "Customer data" is all of it; "data on allergies" is of allergies.
    own_at = _heads(
        [
            hit
            for hit in _named(words, language, spelling=not broad)
            if all(hit.end <= a or hit.start >= b or hit.start < a for a, b in broad)
        ],
        words,
        language,
    )
    if subject and keys_of(subject, language) and not _says_what(said, own_at, period, language):
        own_at = []  # "3 years from the end of your education": a row says what it is about
    if period is not None and _opens_with(said, period, language):
        own_at = []  # "A year after you left or your fees lapsed": all of that is the event
    own = dict.fromkeys(hit.key for hit in own_at)
    named = of_people(
        _heads(keys_of(subject, language, spelling=True), subject, language), subject, language
    )
    whole = dict.fromkeys(hit.key for hit in named)
    newsletter = pattern(language, "retention", "newsletter").search(f"{subject} {said}")
    if tuple(own or whole) == _ADDRESS and newsletter:
        return ("email",)  # the address of a subscriber is where the newsletter goes
    if own:
        return "all" if _names_whole(words, own_at, language) else tuple(own)
    letters = pattern(language, "retention", "newsletter")
    if letters.search(words) or (not whole and letters.search(subject)):
        return SUBSCRIBED  # whoever subscribes has said what may be sent
    # "Customer data" is all of it, "order records" only those of orders.
    broadly = any(
        all(match.start() - hit.end not in (0, 1) for hit in named)
        for match in general.finditer(subject)
    )
    if whole and not (broadly and len(pieces(subject)) < _HALF):
        return tuple(whole)
    return "all"


def _without_channels(words: str, language: Language) -> str:
    """
    The words without brackets behind what names data that only say how it comes, or whose it is.

    "Correspondence (e-mail, chat)" is no address, and "orders (customer details, items)" not all
    of the data.
    """

    def kept(match: re.Match[str]) -> str:
        before = {hit.key for hit in keys_of(words[: match.start()], language)}
        inside = [hit.key for hit in keys_of(match[0], language)]
        by_mail = "communication" in before and set(inside) <= _CHANNELS
        of_whom = before and pattern(language, "retention", "general").search(match[0])
        return "" if by_mail or (of_whom and not inside) else match[0]

    return re.sub(r"\s*\([^()]*\)", kept, words)


def _opens_with(said: str, period: Period, language: Language) -> bool:
    """Whether words are nothing but a period and from when it runs, in a clause of its own."""
    behind = said[period.end :].lstrip()
    return bool(
        not said[: period.start].strip(" –-")
        and pattern(language, "anchors", "clause").match(behind)
        and not pattern(language, "retention", "verbs").search(said)
    )


def _says_what(said: str, named: Sequence[Hit], period: Period | None, language: Language) -> bool:
    """Whether categories stand where a rule says what is kept: before its period, or with a verb."""
    if period is None or pattern(language, "retention", "verbs").search(said):
        return True
    return any(hit.start < period.start for hit in named)


def _named(words: str, language: Language, *, spelling: bool) -> list[Hit]:
    """The categories that words name, without what they only serve: "needed to solve a crime"."""
    named = without_purposes(keys_of(words, language, spelling=spelling), words, language)
    # "Your card in the booking system" is no booking.
    places = [match.span() for match in pattern(language, "retention", "place").finditer(words)]
    return [hit for hit in named if not any(a <= hit.start < b for a, b in places)]


def subscribed_in(rule: RetentionPeriod, language: Language) -> tuple[str, ...]:
    """What is held where a rule runs "until you end the subscription": that the letter may be sent."""
    words = rule.text.lower()
    others = any(hit.key not in SUBSCRIBED for hit in keys_of(words, language))
    if rule.event != "consent_withdrawal" or others:
        return ()
    return SUBSCRIBED if pattern(language, "retention", "newsletter").search(words) else ()


def _names_whole(words: str, named: Sequence[Hit], language: Language) -> bool:
    """Whether all the data stands beside what is named: "customer data and order history"."""
    if pattern(language, "retention", "whole_spelt_out").search(words):
        return True  # "all personal data (profile, messages) is erased"
    whole = pattern(language, "retention", "whole")
    parts = [part for begin, stop in pieces(words) for part in single(words, begin, stop, language)]
    return any(
        whole.match(words, begin, stop)
        and all(hit.start >= stop or hit.end <= begin for hit in named)
        for begin, stop in parts
    ) or bool(pattern(language, "retention", "whole_joined").match(words.strip()))


def subject_of(words: str, period: Period | None, language: Language) -> str:
    """The words that say what is kept: those before the verb, or all but the event."""
    head, colon, _ = words.partition(":")
    if colon and (period is None or period.start > len(head)) and keys_of(head, language):
        return head  # "Visits: 12 months from the visit" is about visits
    words = _without_opening(words, language)
    verb = pattern(language, "retention", "verbs").search(words)
    if verb is not None:
        before = _last_clause(words[: verb.start()], language)
        if pattern(language, "retention", "it").search(before):
            return ""  # "the form rests on consent, and it is torn up": what "it" is stands before
        told = _is_subject(before, language) and not _is_first_person(words, verb, language)
        if keys_of(before, language) or told:
            return before
        behind = words[verb.end() :].lstrip(" ,")
        if not before.strip() and pattern(language, "retention", "conditional").match(behind):
            return ""  # "Deleted when you get your licence": what happens is not what is kept
    return _beside_the_verb(words, period, language, told=verb is not None)


def _beside_the_verb(words: str, period: Period | None, language: Language, *, told: bool) -> str:
    """The words that say what is kept where none do before a verb: all but the event."""
    if not told and period is not None and _heads_period(words[: period.start], language):
        return words[: period.start]  # "enquiries for 24 months"
    ends = pattern(language, "retention", "strong").search(words)
    if ends and pattern(language, "retention", "then_ends").match(words, ends.start()):
        ends = None  # "and I then delete the address": what is deleted stands behind it
    if ends and ends.start() > _LEAST_SUBJECT:
        words = words[: ends.start()]
    elif ends and not words[: ends.start()].strip():
        # "Until you cancel the order": what opens with the end names no data before the comma.
        words = words.partition(",")[2]
    words = _without_events(words, language)
    if period is not None and period.start > len(words) // 4:
        return words[: period.start]
    return words


def _heads_period(head: str, language: Language) -> bool:
    """Whether words before a period name data, and no clause on what it runs from."""
    head = head.strip(" ,;–—-")
    clause = any(
        pattern(language, lexicon, key).match(head)
        for lexicon, key in (
            ("anchors", "opens"),
            ("anchors", "clause"),
            ("retention", "conditional"),
            ("retention", "opens_with"),
        )
    )
    ends = pattern(language, "retention", "strong").search(head)
    return bool(keys_of(head, language)) and not clause and ends is None


def _last_clause(before: str, language: Language) -> str:
    """The clause before a verb, where another with a verb of its own stands before that."""
    joint = next(reversed(list(pattern(language, "retention", "joins").finditer(before))), None)
    if joint is None or not keys_of(before[joint.end() :], language):
        return before
    told = pattern(language, "parties", "verb").search(before, 0, joint.start())
    return before[joint.end() :] if told else before


def _without_events(words: str, language: Language) -> str:
    """The words with every expression blanked that tells an event, also where two overlap."""
    letters = list(words)
    for start, end, _ in expressions(words, language):
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def _without_opening(words: str, language: Language) -> str:
    """
    The words of a rule, with the clause blanked that only says when it holds.

    "After the membership has ended, ..." and "If you did not get the flat, your application is
    shredded" are about what stands behind the comma.
    """
    verbs = pattern(language, "retention", "verbs")
    if case := pattern(language, "retention", "in_case_of").match(words):
        words = (
            " " * case.end() + words[case.end() :]
        )  # "..., in case of a crime until it is solved"
    opening = pattern(language, "retention", "opens_with").match(words)
    opened = opening is not None and words[opening.end() :].strip(" .,;") != ""
    if opening and opened and not verbs.search(words, 0, opening.end()):
        words = " " * opening.end() + words[opening.end() :]
    verb = verbs.search(words)
    when = pattern(language, "retention", "conditional").match(words.strip())
    if when and verb and 0 < (comma := words.find(", ")) < verb.start():
        words = " " * comma + words[comma:]
    elif when and verb and language == "sv" and _is_inverted(words, verb, language):
        # "När medlemskapet upphör raderas uppgifterna": the verb itself ends the clause.
        words = " " * verb.start() + words[verb.start() :]
    return words


def _is_inverted(words: str, verb: re.Match[str], language: Language) -> bool:
    """Whether what is kept stands within or right behind its verb: "tas uppgifterna bort"."""
    behind = words[verb.start() : verb.end() + _NEXT]
    general = pattern(language, "retention", "general").search(behind)
    return general is not None or bool(keys_of(behind, language))


def _heads(named: Sequence[Hit], words: str, language: Language) -> list[Hit]:
    """The categories named, but for a word that only says whose or of what the next one is.

    In Finnish that word stands in the genitive before it, "tilauksen maksutiedot" are data on
    payment, or behind it in the ablative: "valokuvat kurssilta" are pictures from a course.
    """
    if language != "fi":
        return list(named)
    heads = [
        hit
        for hit, following in zip_longest(named, named[1:])
        if following is None or not _GENITIVES.fullmatch(words, hit.start, following.start)
    ]
    places = [hit for hit in heads if _FROM.match(words, hit.start)]
    return [hit for hit in heads if hit not in places] or heads


def taken_up(words: str, before: str, language: Language) -> str:
    """The sentence before, where words take up by a pronoun what it names: "We ask of allergies. We delete them ..."."""
    pronoun = pattern(language, "retention", "takes_up").search(words)
    kept = pattern(language, "retention", "verbs").search(before) and (
        pattern(language, "retention", "strong").search(before) or periods(before, language)
    )  # "We store pictures at a supplier. They are kept until ..." tells no length before
    named = pronoun and not keys_of(words[: pronoun.start()], language) and not kept
    return before if named and keys_of(before, language) else ""


def names_data(said: str, subject: str, language: Language) -> bool:
    """Whether data is named before the verb of keeping, or by what a row is about."""
    verb = pattern(language, "retention", "verbs").search(said)
    before = said[: verb.start()] if verb else said
    return bool(subject or keys_of(before, language))


def _is_first_person(words: str, verb: re.Match[str], language: Language) -> bool:
    """Whether a verb says who acts: "poistan kuvan", where what is removed stands behind it."""
    end = re.split(r"\W", words[verb.end() :], maxsplit=1)[0]
    return bool(pattern(language, "retention", "first_person").search((verb[0] + end).rstrip()))


def _is_subject(before: str, language: Language) -> bool:
    """Whether the words before a verb name a thing: no pronoun, and no clause on when it happens."""
    if pattern(language, "retention", "conditional").match(before.strip()):
        return False
    if pattern(language, "retention", "then").fullmatch(before.strip(" ,;")):
        return False  # "then I destroy the health data"
    if pattern(language, "retention", "active").search(before.rstrip()):
        return False  # "the law requires that we keep vouchers": what is kept stands behind
    return any(
        len(word) >= _LEAST_SUBJECT for word in re.findall(r"[^\W\d_]+", before.partition(",")[0])
    )
