"""What a review of a notice says: a passage, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Level", "Remark"]

Level = Literal["major", "minor", "observation", "not_assessed"]


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One thing that a check of the notice found, tied to the words that show it."""

    clauses: tuple[str, ...] = ()
    """The clauses that it is about; empty where the notice as a whole is silent."""
    quote: str = ""
    """The words, without their markup; empty where there are none."""
    span: tuple[int, int] | None = None
    """Where the words stand: half-open offsets into the notice's text."""
    detail: str = ""
    """Which of the sorts that the check knows: a key of the message catalogues."""
    level: Level | None = None
    """Another weight than the check's own."""
    reason: str | None = None
    """Why it was not assessed; a key of the message catalogues."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What the proposed wording and the message take from the notice."""
