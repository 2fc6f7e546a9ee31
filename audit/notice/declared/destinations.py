"""
Where a notice says that data goes, country by country, and with whom.

"Mailchimp processes data in the United States" excepts that firm in that country from "nothing
leaves the European Economic Area", and neither another firm nor another country.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from audit.categories._text import fold
from audit.categories.lexicon import party_name
from audit.notice.declared.names import called_too
from audit.notice.declared.words import kinds_of_recipient, named_parties
from audit.notice.lexicon import of_any, says
from audit.notice.model import Notice
from audit.notice.sentences import at_stops
from audit.vocabulary import load

__all__ = ["Destination", "destinations", "excepted_firms", "excepts_countries", "no_others"]


class Destination(NamedTuple):
    """A country that the notice names, and the firm that it names with it."""

    country: str
    """ISO 3166 alpha-2."""
    firm: str | None
    """In one spelling; None where the sentence names none, so that any may be meant."""
    kinds: frozenset[str] = frozenset()
    """Where the sentence describes a party and does not name it: the kinds of party that it is."""


_LONG = 4  # letters
_LONGEST = 3  # words
_SHORT = frozenset({"usa", "uk"})


def destinations(notice: Notice) -> tuple[Destination, ...]:
    """
    The countries that the notice names for transfers, each with the firm that goes before it.

    >>> from audit.notice.sketch import sketch
    >>> text = "Shopify Ltd processes data in Canada. Otherwise data stays in the EEA."
    >>> destinations(sketch({"language": "en", "recipients": [{"key": "other", "text": "Shopify Ltd"}],
    ...     "transfers": {"statement": "conditional", "text": text}}))
    (Destination(country='CA', firm='shopify', kinds=frozenset()),)
    """
    # A clause in which somebody is named is no name.
    told = {party_name(item.text) for item in notice.recipients}
    parties = [
        name
        for name in named_parties(notice)
        if name and (name in told or len(name.split()) <= _LONGEST)
    ]
    firms = sorted({name.split()[-1] for name in parties}, key=len)
    firms = [name for name in firms if len(name) >= _LONG]
    found: dict[Destination, None] = {}
    for sentence in _sentences(notice):
        said = fold(sentence)
        named = sorted((at, name) for name in firms for at in _places(said, name))
        for at, country in _countries(said, notice.language):
            if len(said) == len(sentence) and said != sentence and sentence[at].islower():
                continue  # "perustuu" is no Peru
            there = [
                (place, name)
                for place, name in named
                # "Yövuoron tuki" in small letters names nobody, unless a recipient is called so.
                if place < at
                and (not _is_small(name, sentence) or _described(name, sentence, notice))
            ]
            before = [name for _, name in there]
            firm = before[-1] if before else None
            kinds = _described(firm, sentence, notice) if firm else frozenset()
            for name in _names_of(firm, notice):
                found[Destination(country, name, kinds)] = None
            for name in _joined(there, said):  # "Klaviyo and Stripe process data in the USA"
                if not _is_small(name, sentence):
                    found[Destination(country, name)] = None
            # "Reittiäly's subcontractor works there": the firm's own name stands before it.
            for name in before[:-1] if kinds else ():
                if not _described(name, sentence, notice):
                    found[Destination(country, name)] = None
    return tuple(found)


def _joined(there: Sequence[tuple[int, str]], said: str) -> list[str]:
    """
    The names, but for the last, of the run that ends with it and that only commas and *and* join.

    >>> said = "klaviyo, mailchimp and stripe process data in the usa"
    >>> _joined([(0, "klaviyo"), (9, "mailchimp"), (23, "stripe")], said)
    ['mailchimp', 'klaviyo']
    >>> _joined([(0, "klaviyo"), (38, "stripe")], "klaviyo processes data in the eea and stripe in the usa")
    []
    """
    run = []
    for (at, name), (following, _) in reversed(list(pairwise(there))):
        if _JOINS.fullmatch(said[at + len(name) : following]) is None:
            break
        run.append(name)
    return run


# Before the last word of a name, by which it is told here, one more of it may stand.
_JOINS = re.compile(
    r"[\w'’]{0,2}(?: (?:inc|ltd|ab|oy|llc|gmbh)\.?)?\s?(?:,|&|,?\s(?:and|och|ja|sekä|samt))\s(?:[\w.-]+ )?"
)


def _sentences(notice: Notice) -> list[str]:
    """What the statement on transfers says, and the clauses beside it that deny nothing."""
    # "Under the EU-U.S. Data Privacy Framework" says on what ground, and not where to.
    text = _FRAMEWORK.sub(_blank, notice.transfers.text)
    beside = [
        _FRAMEWORK.sub(_blank, clause.quote)
        for clause in notice.clauses
        if "transfers" in clause.topics
        and clause.quote not in notice.transfers.text
        and not of_any("cookies", "denies").search(fold(clause.quote))
    ]
    return [one for said in (text, *beside) for one in at_stops(said)]


_FRAMEWORK = re.compile(
    r"\bEU\W{0,3}(?:och |ja |and )?(?:U\.?S\.?A?|USA|Yhdysval\w+)\W{0,3}(?:s |n )?(?:välinen |välisen |välisellä )?"
    r"(?:Data Privacy Framework|Privacy Shield|tietosuoja\w+|dataskydds?ram\w*|ram\w* för dataskydd)",
    re.IGNORECASE,
)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _names_of(firm: str | None, notice: Notice) -> list[str | None]:
    """A firm's name, and the other one that the notice gives it in brackets."""
    if firm is None:
        return [None]
    quotes = [clause.quote for clause in notice.clauses if clause.quote]
    both = [(party_name(one), party_name(other)) for one, other in called_too(quotes)]
    others = [b for a, b in both if a.endswith(firm)] + [a for a, b in both if b.endswith(firm)]
    # "Seaquote", of Seaquote Underwriters.
    names = [name.split() for name in named_parties(notice)]
    short = [
        words[0]
        for words in names
        if words and words[-1] == firm and 1 < len(words) <= _LONGEST and len(words[0]) > _LONG
    ]
    return [firm, *dict.fromkeys([*others, *sorted(short)])]


def excepted_firms(notice: Notice) -> frozenset[str]:
    """The firms through which alone, by the notice's exception, data goes to any country."""
    said = fold(notice.transfers.exception or "")
    return frozenset(name for name in named_parties(notice) if name and _places(said, name))


def _described(word: str, sentence: str, notice: Notice) -> frozenset[str]:
    """The kinds of the recipient whose words end so, if in the sentence they are no name."""
    if not _is_small(word, sentence):
        return frozenset()  # a name, or the first word, begins with a capital
    for item in notice.recipients:
        if item.role != "staff" and party_name(item.text).split()[-1:] == [word]:
            told = kinds_of_recipient(item, notice)
            told = told - _OF_ANY_SERVICE or told
            covers = load("parties")["covers"]
            return frozenset(told.union(*(covers.get(kind, ()) for kind in told)))
    return frozenset()


_OF_ANY_SERVICE = frozenset({"acting_company", "partner", "it_service"})


def _is_small(word: str, sentence: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}", sentence) is not None


def excepts_countries(notice: Notice) -> bool:
    """Whether the exception that the notice makes is for countries: "except to the United Kingdom"."""
    exception = notice.transfers.exception
    return bool(exception and _countries(fold(exception), notice.language))


def no_others(notice: Notice) -> bool:
    """Whether the notice says that data goes to no country but those that it names."""
    return says("destinations", "no_others", notice.transfers.text)


def _places(text: str, word: str) -> list[int]:
    return [match.start() for match in re.finditer(rf"(?<!\w){re.escape(word)}", text)]


def _countries(text: str, language: str) -> list[tuple[int, str]]:
    """The places of countries' names in a text; Finnish names in any case."""
    found = [
        (at, code)
        for beginning, code in _names(language).items()
        for at in _places(text, beginning)
        if beginning not in _SHORT or re.match(rf"{beginning}(?!\w)", text[at:])
    ]
    return sorted(found)


@cache
def _names(language: str) -> dict[str, str]:
    """The beginnings by which countries' names are told in a text, with their codes."""
    from babel import Locale

    countries = load("countries")
    names: dict[str, str] = {}
    for code, name in Locale(language).territories.items():
        if re.fullmatch("[A-Z]{2}", code) and code not in countries["no_countries"]:
            folded = fold(name)
            # "Intiassa", "Intiaan": Finnish keeps all but the last letter.
            names[folded[:-1] if language == "fi" and len(folded) > _LONG else folded] = code
    also = countries["in_text"]
    return names | {name: code for code, listed in also.items() for name in listed}
