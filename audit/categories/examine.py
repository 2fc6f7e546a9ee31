"""
The exact step: what the candidate cells of one row really hold, and the one code each falls under.

The scan passes rows that may hold something; this module decides, cell by cell, in Python, the
same on every engine. Values are compared here (is this the record's own e-mail?) and go no further.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from audit.categories import Category, Group, Match, categories, forms
from audit.categories._asides import aside_of
from audit.categories._lexicon import OF_ANIMALS, names_person
from audit.categories._phrases import values_of
from audit.categories._text import OBFUSCATED, any_of, normalise
from audit.categories.email import is_mailbox
from audit.categories.headers import best_name
from audit.categories.swedish_identity_number import AS_A_FIRMS

__all__ = ["TOLD", "Cell", "Examiner", "key_and_value", "looks_in"]

_WEIGHT = {group: place for place, group in enumerate(Group)}
# Columns of numbers of other things: orders, invoices, references, ids.
_OF_NUMBERS = frozenset({"order_history", "invoicing", "technical", "customer_number"})
# Where two categories claim the same characters, the better proof wins.
_PROOF = (
    *("check character", "check digits", "check digit", "format", "numbering plan", "context"),
    *("statement", "mention"),
)
TOLD = ("statement", "mention")
"""The grounds of what words alone tell."""
# What a person is not: in these columns words tell of goods, firms and trades.
_OF_NO_PERSON = frozenset(
    {
        "organisation",
        "name",
        "order_history",
        "job_title",
        "employment",
        "postal_address",
    }
)
# A claim's number "DM1" says nothing of diabetes.
_A_CODE = re.compile(r"[A-Za-z]{1,4}[- ]?[0-9]{1,12}")
_REACHED_AT = ("email", "phone")
# How programs head what they keep of a record by key and value.
_KEYS = (
    *("key", "name", "attribute_code", "code", "field", "meta_key", "field_name", "attribute"),
    *("option_name", "kenttä", "fält"),
)
_VALUES = ("value", "meta_value", "field_value", "attribute_value", "option_value", "arvo", "värde")
_REMEMBERED, _REMEMBERED_LENGTH = 5000, 200


class Cell(NamedTuple):
    """One cell that holds something its column is not for. No value."""

    column: int
    category: str
    ground: str
    relation: str
    """Whose it is: the record's ``own``, some ``other`` person's, ``unknown`` where the record has
    nothing to compare with, ``undetermined`` where that is not a question."""
    also: tuple[str, ...]
    """Further categories in the same cell."""
    whole: bool
    """Whether the cell is that value and nothing else, as in a column made for it."""


@dataclass(frozen=True)
class Examiner:
    """Examines rows of one table, whose columns hold the categories given (None: any)."""

    columns: Sequence[str | None]
    controllers_own: frozenset[str] = frozenset()
    """Normalised values that belong to the controller: its own IBAN, phone, e-mail."""
    headers: Sequence[str] = ()
    """The headers of the columns: where one is of keys and one of values, a key alone says nothing."""
    corrected: frozenset[int] = frozenset()
    """Places of columns that say what was wrong of a person, and what is right."""
    reached_at: frozenset[int] = frozenset()
    """Places of columns that say where a message went: an e-mail address, or a phone number."""
    declared: frozenset[str] = frozenset()
    """Keys of the categories that the notice declares: they name no cell that holds another too."""
    of_animals: bool = False
    """Whether the table is of animals: an illness is of one, where no word for a person stands by."""
    finders: tuple[Category, ...] = field(
        default_factory=lambda: tuple(c for c in categories().values() if c.find)
    )
    _known: dict[tuple[str, str | None], list[tuple[Category, Match]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    """What texts held that were met before: notes say the same over and over."""

    def row(self, cells: Sequence[str]) -> list[Cell]:
        """What the cells of one row hold beside what their columns are for."""
        found = []
        own: dict[str, frozenset[str]] = {}
        pair = self._pair
        for place, text in enumerate(cells):
            if pair is not None and place == pair[0] and not cells[pair[1]].strip():
                continue
            matches = self._matches(text, self.columns[place]) if text else []
            judged = []
            of_relatives = any(category.key == "family" for category, _ in matches)
            if self.of_animals and not names_person(text):
                matches = [one for one in matches if not _may_be_an_animals(*one)]
            for category, match in matches:
                if match.value in self.controllers_own or is_mailbox(match.value):
                    continue
                whose = self._whose(category, match, place, cells, own)
                # Where the record has nothing to compare with, words beside it tell whose it is.
                if whose == "unknown" and category.key in _REACHED_AT:
                    theirs = of_relatives or _is_a_relatives(match, text)
                    whose = "other" if theirs else self._left_there(category, match, place, text)
                judged.append((category, match.ground, whose))
            if judged:
                found.append(self._gravest(place, judged, whole=_is_whole(matches, text)))
        return found

    def _whose(
        self,
        category: Category,
        match: Match,
        place: int,
        cells: Sequence[str],
        own: dict[str, frozenset[str]],
    ) -> str:
        """A value's relation to the record; ``own`` keeps, by category, what the record has of it."""
        # A guardian's phone number is what a column of relatives is for.
        if not category.own_value_matters or self.columns[place] == "family":
            return "undetermined"
        pair = self._pair
        of_key = pair is not None and place == pair[1] and _named_by(cells[pair[0]])
        if self._is_own(place, category) or of_key == category.key:
            return "own"
        values = own.get(category.key)
        if values is None:
            values = own[category.key] = self._own_values(cells, category)
        if match.value in values:
            return "own"
        return "other" if values else "unknown"

    def _gravest(self, place: int, judged: list[tuple[Category, str, str]], *, whole: bool) -> Cell:
        """One cell, one code: the gravest category names it, the others are mentioned."""
        rank = {"other": 0, "undetermined": 1, "unknown": 2, "own": 3}

        def first(claim: tuple[Category, str, str]) -> tuple[object, ...]:
            """By what a claim goes before another: what is no finding would hide the one beside it."""
            category, ground, relation = claim
            # Declared, it may be another's (*unknown*: that cannot be told); else it is in order.
            declared = category.key in self.declared and relation != "other"
            in_order = (2 - (relation == "unknown")) if declared else 0
            # A number is surer than words, but for one that may be the record's own.
            weight = _WEIGHT[category.group]
            # A mention is for a person to judge, and hides nothing that is sure.
            perhaps = ground == "mention"
            return (in_order, perhaps, weight, rank[relation], ground in TOLD, category.key)

        judged.sort(key=first)
        category, ground, relation = judged[0]
        also = sorted({other.key for other, _, _ in judged[1:]} - {category.key})
        return Cell(place, category.key, ground, relation, tuple(also), whole)

    def _is_own(self, place: int, category: Category) -> bool:
        """Whether what the column is for makes a value the record's own, whatever else it has."""
        ordinary = category.group is Group.ORDINARY
        return ordinary and (
            place in self.corrected or (place in self.reached_at and category.key in _REACHED_AT)
        )

    def _left_there(self, category: Category, match: Match, place: int, text: str) -> str:
        """Whose a number is that is all that stands in a column of addresses: who left it left their own."""
        of_theirs = self.columns[place] in _REACHED_AT and _is_whole([(category, match)], text)
        return "own" if of_theirs else "unknown"

    @cached_property
    def _pair(self) -> tuple[int, int] | None:
        return key_and_value(self.headers)

    def is_blameless(self, text: str, column: int) -> bool:
        """Whether a cell of the column holds nothing but what the column, or the controller, has."""
        found = self._matches(text, self.columns[column])
        return all(match.value in self.controllers_own for _, match in found)

    def _matches(self, text: str, column: str | None) -> list[tuple[Category, Match]]:
        known = self._known.get((text, column))
        if known is None:
            known = self._decided(text, column)
            if len(text) <= _REMEMBERED_LENGTH:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[text, column] = known
        return known

    def _decided(self, text: str, column: str | None) -> list[tuple[Category, Match]]:
        # Most cells hold nothing that has a form, nor a word that tells of what has no lexicon. The
        # lexicons look together.
        formed = _forms(column).search(text) is not None
        told = formed or _ordinary_words().search(text) is not None
        text = normalise(text)
        claims = [
            (category, match)
            for category, find in _finders(column, formed=formed, told=told)
            for match in find(text)
            if _may_speak(category, match, column, text)
        ]
        if column == "name" and (beside := aside_of(text)) is not None:
            phrases = _finders(None, formed=False, told=False)
            claims += [(c, m) for c, find in phrases for m in find(beside)]
        if column == "organisation":
            claims += _of_a_sole_trader(text)
        if not claims:
            return []
        # What the column is for has its say too: an account may hold what looks like a phone.
        claims += [
            (category, match)
            for category in self.finders
            if category.key == column and category.find
            for match in category.find(text)
        ]
        claims += _of_the_column(text, column)
        claims.sort(key=_by_proof)
        kept: list[tuple[Category, Match]] = []
        taken: list[tuple[int, int]] = []  # apart and in order: the neighbours tell
        for category, match in claims:
            place = bisect(taken, (match.start, match.end))
            after_one = place == 0 or taken[place - 1][1] <= match.start
            before_next = place == len(taken) or match.end <= taken[place][0]
            if after_one and before_next:
                taken.insert(place, (match.start, match.end))
                kept.append((category, match))
        if column in _OF_NUMBERS and re.fullmatch(r"[\d /().-]+", text.strip()):
            grouped = " " in text.strip()  # as cards are printed
            kept = [
                (category, match)
                for category, match in kept
                if not category.bare_number or (grouped and category.group is Group.CREDENTIAL)
            ]
        if column in _OF_NUMBERS and _A_CODE.fullmatch(text.strip()):
            kept = [(category, match) for category, match in kept if match.ground not in TOLD]
        # A firm's number keeps others from taking its figures for a phone's, and tells of nobody.
        return [(c, match) for c, match in kept if c.key != column and not c.of_firms]

    def line(self, text: str) -> list[tuple[str, str]]:
        """The categories, with their grounds, in a line that could not be read as a record."""
        found = self._matches(text, None)
        others = [(c, m) for c, m in found if m.value not in self.controllers_own]
        others.sort(key=lambda claim: _WEIGHT[claim[0].group])
        return [(category.key, match.ground) for category, match in others]

    def _own_values(self, cells: Sequence[str], category: Category) -> frozenset[str]:
        assert category.find is not None
        return frozenset(
            match.value
            for place, key in enumerate(self.columns)
            if key == category.key and cells[place]
            for match in category.find(normalise(cells[place]))
        )


def _is_a_relatives(match: Match, text: str) -> bool:
    """
    Whether the word before a number is for a relative: *vaimo 040 ...*, *mum tel. 07700 ...*.

    >>> _is_a_relatives(Match(6, 17, "", ""), "vaimo 040 1234567"), _is_a_relatives(Match(5, 9, "", ""), "työ: 0401")
    (True, False)
    """
    before = normalise(text)[max(0, match.start - _BEFORE) : match.start].casefold()
    said = [word for word in re.split(r"[\s.:,(-]+", before) if word]
    while said and said[-1] in _REACHED_BY:
        said.pop()
    return bool(said) and said[-1] in values_of("family")


_BEFORE = 40  # characters
_REACHED_BY = frozenset("puh p gsm nro nr no tel tfn mob mobil mobile on".split())


def key_and_value(headers: Sequence[str]) -> tuple[int, int] | None:
    """
    The places of the keys and of their values, as shops write further fields of a record.

    >>> key_and_value(["umeta_id", "user_id", "meta_key", "meta_value"])
    (2, 3)
    """
    named = [header.rpartition(".")[2].casefold() for header in headers]
    keys = [named.index(key) for key in _KEYS if key in named]
    values = [named.index(value) for value in _VALUES if value in named]
    return (keys[0], values[0]) if keys and values else None


@lru_cache(1000)
def _named_by(key: str) -> str | None:
    """The category that a key names, as it would the column that it stands for: *billing_email*."""
    named = best_name(key, {name: item.headers for name, item in categories().items()})
    return named.key if named is not None else None


def looks_in(category: Category, column: str | None) -> bool:
    """Whether a category is looked for in the cells of a column of another: not in one of its own."""
    # The addresses in a website's log are those of its own pictures.
    of_the_site = category.key == "photo_video" and column == "cookies_usage"
    return (
        category.key != column
        and not of_the_site
        and not (category.told and column in _OF_NO_PERSON)
    )


def _may_be_an_animals(category: Category, match: Match) -> bool:
    """Whether words tell of what befalls animals as well."""
    return category.key in OF_ANIMALS and match.ground in TOLD


@cache
def _finders(
    column: str | None, *, formed: bool, told: bool
) -> tuple[tuple[Category, Callable[[str], Iterator[Match]]], ...]:
    """What is asked of a cell of such a column: what has a form, what words tell, or what phrases do."""
    return tuple(
        (category, category.find)
        for category in categories().values()
        if category.find
        and looks_in(category, column)
        and (formed or (category.words and (told or category.told)))
    )


def _of_the_column(text: str, column: str | None) -> Iterator[tuple[Category, Match]]:
    """A whole cell that its own column's form tells: a number of ten digits there is no phone's."""
    category, said = categories().get(column or ""), text.strip(" '")
    if category is None or category.group is not Group.IDENTITY_CODE or not said:
        return
    if category.tells is not None and category.tells(said):
        start = text.index(said)
        yield category, Match(start, start + len(said), said, "format")


def _of_a_sole_trader(text: str) -> Iterator[tuple[Category, Match]]:
    """A person's identity number in the place of a firm's: no firm has a month in its own."""
    number, tells = text.strip(), forms()["swedish_identity_number"].tells
    if tells is not None and _AS_A_FIRMS.fullmatch(number) and tells(number):
        start = text.index(number)
        found = Match(start, start + len(number), number, "check digit")
        yield categories()["personal_identity_code"], found


_AS_A_FIRMS = re.compile(AS_A_FIRMS)


@cache
def _ordinary_words() -> re.Pattern[str]:
    """The words that tell of what no phrases do."""
    of_each = (item.words for item in categories().values() if not item.told)
    return re.compile(any_of(word for words in of_each for word in words))


@cache
def _forms(column: str | None) -> re.Pattern[str]:
    """What the scan looks for in a cell of such a column, but for words, which the finders know."""
    looked_for = [item for item in categories().values() if looks_in(item, column)]
    candidates = [item.candidate for item in looked_for if item.candidate]
    candidates += [AS_A_FIRMS] if column == "organisation" else []
    token = f"(?:^|[^0-9A-Za-z])(?:{'|'.join(candidates)})(?:$|[^0-9A-Za-z])"
    return re.compile(f"{token}|{OBFUSCATED}")


def _may_speak(category: Category, match: Match, column: str | None, text: str) -> bool:
    """
    Whether what words alone tell may be of a person in such a column.

    *Konkurssi* in a column of states is a customer's state, and a mention there says nothing, nor
    does one word that is the whole cell: *Kommunal* among groups of customers.
    """
    if match.ground not in TOLD or column != "technical":
        return True
    own = (Group.SPECIAL, Group.PROTECTED)
    word = len(text.strip()) == match.end - match.start and " " not in text.strip()
    return category.group in own and match.ground == "statement" and not word


def _is_whole(matches: list[tuple[Category, Match]], text: str) -> bool:
    text = normalise(text).strip(" '\t")
    return len(matches) == 1 and matches[0][1].end - matches[0][1].start == len(text)


def _by_proof(claim: tuple[Category, Match]) -> tuple[int, int, int]:
    """The best proof first; of words that tell two things at once, the graver."""
    category, match = claim
    told = match.ground in TOLD
    return _PROOF.index(match.ground), _WEIGHT[category.group] if told else 0, match.start
