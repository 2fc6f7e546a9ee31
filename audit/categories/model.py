"""What a recogniser is: the one shape that every file of this folder fills in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

__all__ = ["Category", "Form", "Group", "Match", "Odds"]


class Group(StrEnum):
    """How the law weighs a category; it decides under which code an undeclared cell falls."""

    IDENTITY_CODE = "identity_code"
    SPECIAL = "special"
    CRIME_AND_CREDIT = "crime_and_credit"
    PROTECTED = "protected"
    """Marks of people under protection: no data to be declared, and a code of its own."""
    CREDENTIAL = "credential"
    ORDINARY = "ordinary"
    TECHNICAL = "technical"


class Match(NamedTuple):
    """One value found inside a cell. It never leaves the recognisers."""

    start: int
    end: int
    value: str
    """Normalised, so that two spellings of one value are equal."""
    ground: str
    """What proves it: ``check digit``, ``format``, ``context``, or, of what a lexicon tells, whether
    it is a ``statement`` about a person or a ``mention`` that says so only perhaps."""


class Odds(NamedTuple):
    """How often a number that is nobody's passes for one: see ``chance``."""

    looks: Callable[[str], bool]
    """Whether a whole cell has everything but perhaps the right check digit."""
    one_in: int
    """Of so many such cells, one has the right one by chance."""


@dataclass(frozen=True, kw_only=True)
class Category:
    """
    One data category: its names, its headers and, where it has a form, how to find it in text.

    ``candidate`` is a cheap superset: a regular expression in the subset that DuckDB, Java,
    PostgreSQL and Python share, matched against the row before anything else is looked at. What
    it or one of ``words`` passes, ``find`` decides, in Python, the same on every engine.
    """

    key: str
    """The key of the category in notices and evidence."""
    names: Mapping[str, str]
    """What people call it, by language."""
    headers: tuple[str, ...] = ()
    """Column headers in Finnish, Swedish and English, lower case, words apart by spaces."""
    group: Group = Group.ORDINARY
    dpv: str | None = None
    """Term of the Data Privacy Vocabulary, release 2.0 (w3id.org/dpv); each was looked up there."""
    fideslang: str | None = None
    """Data category of fideslang's default taxonomy (ethyca/fideslang 3.1); the nearest there is."""
    candidate: str | None = None
    words: tuple[str, ...] = ()
    """Stems by which ``find`` tells it, lower case. A row with any of them, anywhere in a word, is
    looked at; write a space before a stem that counts at the beginning of a word only, which a short
    or a common one should: every row that ``find`` is shown costs as much as fifty that it is not.
    A space within is what stands between two words, one at the end is the end of the word."""
    find: Callable[[str], Iterator[Match]] | None = None
    fits: Callable[[str], bool] | None = None
    """Whether a whole cell may be of this category; only used beside a header."""
    tells: Callable[[str], bool] | None = None
    """
    Whether a whole cell looks like one, by a form too weak to prove a single cell: believed of a
    column that holds little else and whose header says nothing.
    """
    bare_number: bool = False
    """Whether it may be written as a bare number, which in a column of numbers proves nothing."""
    odds: Odds | None = None
    said_as: str | None = None
    """The key by which notices know it, and so the evidence too, where that is another's."""
    phrased: bool = False
    """Whether a lexicon of phrases tells it of a person (see ``_lexicon``), though the law does not weigh it."""
    own_value_matters: bool = False
    """Whether a declared value in a note is right when it is the record's own, and only then."""
    of_firms: bool = False
    """Whether it is a firm's: a column of it is the controller's to declare, a cell in a note tells
    of nobody on record."""

    @property
    def weighed(self) -> bool:
        """Whether the law weighs what it tells of a person: special categories, crime and credit."""
        return self.group in (Group.SPECIAL, Group.CRIME_AND_CREDIT)

    @property
    def told(self) -> bool:
        """Whether phrases tell it of a person: looked for together, and not where no person is told of."""
        return self.weighed or self.phrased


@dataclass(frozen=True, kw_only=True)
class Form:
    """
    A further form of a category, with a file of its own: another country's identity number.

    It is found like the category itself and falls under the same key; its fields are those of
    ``Category``.
    """

    category: str
    """The key of the category."""
    name: str
    """What it is called in its own country or trade."""
    candidate: str | None = None
    words: tuple[str, ...] = ()
    find: Callable[[str], Iterator[Match]]
    tells: Callable[[str], bool] | None = None
    odds: Odds | None = None
