"""Holds, objections, access rules, purposes and data subjects, by the words that name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.notice.document import Place
from audit.notice.extract.services import used_in
from audit.notice.extract.statements import grounds_in
from audit.notice.extract.terms import keys_of
from audit.notice.lexicon import Language, pattern, patterns
from audit.notice.model import (
    AccessRule,
    Certainty,
    DataSubjects,
    DisclosurePurpose,
    Found,
    Hold,
    Objection,
    Purpose,
    ThirdPartyService,
)
from audit.notice.passages import Passage

__all__ = [
    "access_rules",
    "data_subjects",
    "denied",
    "disclosure_purposes",
    "holds",
    "objections",
    "purposes",
    "services",
]

Match = tuple[str, Passage, int, int]


def _named(
    passages: Sequence[Passage], language: Language, lexicon: str, *topics: str
) -> Iterator[Match]:
    """The keys of a lexicon in passages about some topics; in all where none is given."""
    for passage in passages:
        if topics and not passage.about(*topics):
            continue
        for key, expression in patterns(language, lexicon).items():
            if match := expression.search(passage.lower):
                yield key, passage, match.start(), match.end()


def _first(found: Iterator[Match]) -> list[Match]:
    """Each key once, where it stands first."""
    seen: dict[str, Match] = {}
    for match in found:
        seen.setdefault(match[0], match)
    return list(seen.values())


def _text(match: Match) -> str:
    _, passage, start, end = match
    return " ".join(passage.words[start:end].split())


def _found(match: Match, certainty: Certainty = Certainty.LIKELY) -> Found:
    _, passage, start, end = match
    return Found(
        how="lexicon", certainty=certainty, span=(passage.start + start, passage.start + end)
    )


def purposes(passages: Sequence[Passage], language: Language) -> list[Purpose]:
    """What the data is used for, by the sections on purposes and on cookies."""
    found = _first(_named(passages, language, "purposes", "purpose", "legal_basis", "cookies"))
    return [
        Purpose(key=m[0], text=_text(m), legal_bases=_linked(m[1], language), found=_found(m))
        for m in found
    ]


def _linked(passage: Passage, language: Language) -> tuple[str, ...]:
    """The grounds that a sentence, an item or a row links to the purposes that it names."""
    return tuple(dict.fromkeys(key for key, _, _ in grounds_in(passage, language)))


def data_subjects(passages: Sequence[Passage], language: Language) -> list[DataSubjects]:
    """The groups whose data is held, by the section that names them; not those that it denies."""
    named = _named(passages, language, "subjects", "subjects")
    found = _first(match for match in named if not _is_denied(match, language))
    # "Our customers are companies" says who the customers are: the word says no more then.
    told = {match[0] for match in found} & _WHO_CUSTOMERS_ARE
    found = [match for match in found if match[0] != "customer" or not told]
    return [DataSubjects(key=m[0], text=_text(m), found=_found(m)) for m in found]


_WHO_CUSTOMERS_ARE = frozenset({"company", "public_body", "organisation", "private_person"})


def _is_denied(match: Match, language: Language) -> bool:
    """Whether a sentence says of a group that its data is not held: "Emme rekisteröi lapsia"."""
    _, passage, start, end = match
    return denied(passage.lower, start, end, language)


def denied(words: str, start: int, end: int, language: Language) -> bool:
    """
    Whether a sentence says that what stands between two places in it is not held.

    >>> text = "vi sparar inga uppgifter om hälsa"
    >>> denied(text, text.index("hälsa"), len(text), "sv"), denied("vi sparar hälsa", 10, 15, "sv")
    (True, False)
    """
    sentence = max(words.rfind(mark, 0, start) for mark in (". ", "! ", "? ", ";", "\n", " / ")) + 1
    # A bracket that denies speaks for what it stands behind: "phone (not in marketing), health".
    before = re.sub(r"\([^()]*\)", " ", words[sentence:start])
    denial = pattern(language, "denying", "denies").search(before)
    # "Yksityishenkilöiden tietoja ei käsitellä", "privatpersoner registreras inte".
    rest = _NEXT_WORD.match(words, end)
    behind = rest and pattern(language, "denying", "behind").match(words, rest.end())
    return denial is not None or behind is not None


_NEXT_WORD = re.compile(r"\w*\W?")


def disclosure_purposes(
    passages: Sequence[Passage], language: Language
) -> tuple[list[DisclosurePurpose], list[Place]]:
    """Matters for which data is given out, and the places that close the list of them."""
    own = [p for p in passages if pattern(language, "disclosing", "gives").search(p.lower)]
    found = _first(_named(own, language, "matters"))
    shut = [
        (p.start, p.end) for p in own if pattern(language, "disclosing", "closes").search(p.lower)
    ]
    return [DisclosurePurpose(key=m[0], text=_text(m), found=_found(m)) for m in found], shut


def holds(passages: Sequence[Passage], language: Language) -> list[Hold]:
    """Grounds on which the notice suspends erasure."""
    own = [
        p
        for p in passages
        if any(
            pattern(language, "disclosing", key).search(p.lower) for key in ("prevents", "suspends")
        )
    ]
    found = _first(_named(own, language, "holds"))
    return [
        Hold.model_validate(
            {
                "key": m[0],
                "text": _text(m),
                "lawful": m[0] != "organisation_contact",
                "found": _found(m),
            }
        )
        for m in found
    ]


def objections(passages: Sequence[Passage], language: Language) -> list[Objection]:
    """Uses that people may forbid, each with the channels that any clause on it names."""
    own = [p for p in passages if pattern(language, "disclosing", "forbids").search(p.lower)]
    seen: dict[str, tuple[Match, list[str]]] = {}
    for match in _named(own, language, "objections"):
        _, channels = seen.setdefault(match[0], (match, []))
        channels += _channels(passages, match[1], language)
    return [
        Objection(
            key=key, text=_text(match), channels=tuple(dict.fromkeys(channels)), found=_found(match)
        )
        for key, (match, channels) in seen.items()
    ]


def _channels(passages: Sequence[Passage], own: Passage, language: Language) -> list[str]:
    """How a ban is to be told: by its sentence, and by the one that goes on with it."""
    at = passages.index(own)
    near = [own, *passages[at + 1 : at + 2]]
    words = " ".join(p.lower for p in near if p.block == own.block)
    return [
        key
        for key, expression in patterns(language, "channels").items()
        if expression.search(words)
    ]


# What is said of users under whatever heading: "Who sees your data?"
_OF_USERS = frozenset({"personal_user_id", "signed_confidentiality"})


def access_rules(passages: Sequence[Passage], language: Language) -> list[AccessRule]:
    """Who may touch the data, and how it is kept."""
    rules: dict[tuple[str, str], AccessRule] = {}
    own = list(_named(passages, language, "access", "protection"))
    elsewhere = _OF_USERS - {key for key, *_ in own}
    for match in (*own, *(m for m in _named(passages, language, "access") if m[0] in elsewhere)):
        passage = match[1]
        covers = (
            "paper"
            if passage.about("protection_paper")
            else "systems"
            if passage.about("protection_systems")
            else "both"
        )
        rule = AccessRule.model_validate(
            {"key": match[0], "text": _text(match), "covers": covers, "found": _found(match)}
        )
        rules.setdefault((match[0], covers), rule)
    return list(rules.values())


def services(passages: Sequence[Passage], language: Language) -> list[ThirdPartyService]:
    """Outside services that the notice names."""
    seen: dict[str, ThirdPartyService] = {}
    for passage in passages:
        for name, start, end in used_in(passage.words, language):
            lower = passage.lower
            held = [hit.key for hit in keys_of(f"{lower[:start]} {lower[end:]}", language)]
            place = (passage.start + start, passage.start + end)
            seen.setdefault(
                name,
                ThirdPartyService(
                    name=name,
                    text=" ".join(passage.words.split()),
                    categories=tuple(sorted(set(held))),
                    found=Found(how="lexicon", certainty=Certainty.CERTAIN, span=place),
                ),
            )
    return list(seen.values())
