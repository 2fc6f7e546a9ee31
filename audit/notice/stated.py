"""The words of a notice as data: its clauses and sections, and how a value was found in them.

Spans are half-open character offsets, ``[start, end)``, into the text of the notice.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "Certainty",
    "Clause",
    "ClauseKind",
    "Declared",
    "Exhaustive",
    "Found",
    "Language",
    "Model",
    "Section",
    "Span",
    "Unread",
]

Span = Annotated[tuple[int, int], Field(description="Half-open character offsets in the text.")]
Language = Literal["fi", "sv", "en"]


class Model(BaseModel):
    """A frozen record that refuses words it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Exhaustive(StrEnum):
    """Whether a list says all there is; only a closed list supports a nonconformity."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class ClauseKind(StrEnum):
    """How a clause can be assessed."""

    TESTABLE = "testable"
    """By the register's exports."""
    ATTESTED = "attested"
    """Only by a person who looked: locked rooms, a firewall."""
    NOTICE = "notice"
    """By the notice's own text, against Articles 12–14."""
    INFORMATIVE = "informative"
    """Promises nothing that could be false; left out of the coverage."""


class Clause(Model):
    """A numbered passage of the notice, and the promise it makes."""

    id: str
    heading: str
    """The heading it stands under, as printed."""
    promise: str
    """What it promises, in one sentence of the auditor's own."""
    spans: tuple[Span, ...] = ()
    """Where the words stand; more than one where the notice repeats itself. Empty for a blank
    section."""
    quote: str = ""
    """The words themselves: the text of the first span."""
    kinds: tuple[ClauseKind, ...]
    checks: tuple[str, ...] = ()
    """The codes that can assess it."""
    same_as: tuple[str, ...] = ()
    """The clauses that it repeats: counted once."""
    topics: tuple[str, ...] = ()
    """What its section is about, by its heading: ``retention``, ``recipients``, …"""
    page: int | None = None
    """The page of a paged form."""

    @property
    def words(self) -> str:
        """The words themselves; where none are quoted, what they promise."""
        return self.quote or self.promise


class Certainty(StrEnum):
    """How surely a value was read."""

    CERTAIN = "certain"
    """The notice says it in words that mean nothing else."""
    LIKELY = "likely"
    """Read by context, or in words that can mean more than one thing."""
    UNSURE = "unsure"
    """A guess that the auditor should look at first."""


class Found(Model):
    """How a value was read from the text; absent where a person wrote it down."""

    how: Literal["lexicon", "spelling", "grammar", "heading", "structure", "context"]
    """``lexicon``: a word of the lexicon; ``spelling``: such a word, misspelt; ``grammar``: a rule of
    the grammar, as for periods; ``heading``: the heading says so; ``structure``: the place in a table
    or a list; ``context``: the sentence around it."""
    certainty: Certainty
    span: Span
    """The words themselves."""


class Section(Model):
    """A heading of the notice and what stands under it, as read; not part of ``notice.yaml``."""

    heading: str
    heading_span: Span | None = None
    topics: tuple[str, ...] = ()
    """Keys of ``lexicon/*/headings.toml``; empty where the heading says nothing known."""
    span: Span | None = None
    """From the first to the last character under the heading; None where nothing stands there."""
    text: str = ""
    """The words under the heading, without markup."""
    page: int | None = None
    register_name: str | None = None
    """The register it is about, where the notice describes several."""

    @property
    def blank(self) -> bool:
        """Whether nothing stands under the heading."""
        return not self.text


class Unread(Model):
    """A passage that no rule understood: for the auditor to read, never guessed."""

    heading: str
    span: Span
    quote: str


class Declared(Model):
    """A value and the clauses that declare it."""

    clauses: tuple[str, ...] = ()
    """Ids of clauses; empty only where the notice is silent and the value says so."""
    found: Found | None = None
    """How it was read; None where a person wrote it down or corrected it."""
