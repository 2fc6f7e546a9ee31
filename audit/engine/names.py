"""
Names of people in notes: the optional extra ``names``, asked for by ``person_names: true`` in the plan.

A model of Finnish names reads every note of a free-text column, each different note once. What it
says is an opinion: a cell in which it sees a person whom the record does not name is an
observation, never proof, and no name leaves this module. It takes seconds to load and some hundred
notes a second, so nothing of it is imported unless the plan asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol

from audit.categories._text import fold, normalise
from audit.categories.examine import Cell
from audit.register.model import Role, Table

__all__ = ["GROUND", "Names", "load_names", "notes_of"]

GROUND = "name model"
_MODEL = "spacy_fi_experimental_web_md"
_UNUSED = ("lemmatizer", "parser")
_PERSON = frozenset({"PERSON", "PER"})
_LONGEST = 2000  # characters of a note: the model's memory grows with them
_REMEMBERED = 50_000  # notes
_ALIKE = 4  # letters in which two forms of a Finnish name agree: Virtanen, Virtasen


class Model(Protocol):
    """What is used of a spaCy ``Language``."""

    def pipe(self, texts: Iterable[str]) -> Iterable[Any]:
        """The documents of the texts, in their order; each has ``ents`` with ``label_`` and ``text``."""


@dataclass(frozen=True)
class Names:
    """A model of names, with what it said of the notes of the table being read."""

    model: Model
    _said: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def cells(
        self, table: Table, rows: Sequence[tuple[int, Sequence[str]]], found: list[tuple[int, Cell]]
    ) -> list[tuple[int, Cell]]:
        """
        ``found`` with a cell for each note that names somebody, of rows with their numbers.

        A cell in which something else was proved keeps its category, and has the name beside it.
        """
        notes = notes_of(table)
        own = [n for n, column in enumerate(table.columns) if column.category == "name"]
        self._read(cells[n] for _, cells in rows for n in notes)
        named = {
            (row, n)
            for row, cells in rows
            for n in notes
            if self._somebody_else(cells[n], [cells[at] for at in own])
        }
        known = {(row, cell.column) for row, cell in found}
        with_names = [
            (row, cell._replace(also=(*cell.also, "name")) if (row, cell.column) in named else cell)
            for row, cell in found
        ]
        return with_names + [
            (row, Cell(n, "name", GROUND, "unknown", (), whole=False))
            for row, n in sorted(named - known)
        ]

    def _read(self, notes: Iterable[str]) -> None:
        """Have the model read what it has not; it is asked of each different note once."""
        if len(self._said) > _REMEMBERED:
            self._said.clear()
        new = list(dict.fromkeys(note for note in notes if note.strip() and note not in self._said))
        texts = [normalise(note)[:_LONGEST] for note in new]
        for note, document in zip(new, self.model.pipe(texts), strict=True):
            self._said[note] = tuple(
                entity.text for entity in document.ents if entity.label_ in _PERSON
            )

    def _somebody_else(self, note: str, own: Sequence[str]) -> bool:
        """Whether a note names anybody but the record's own person."""
        begins = {word[:_ALIKE] for cell in own for word in _words(cell)}
        return any(
            not begins & {word[:_ALIKE] for word in _words(name)}
            for name in self._said.get(note, ())
        )


def notes_of(table: Table) -> tuple[int, ...]:
    """The places of the columns of free text."""
    return tuple(n for n, column in enumerate(table.columns) if column.role is Role.FREE_TEXT)


def load_names() -> Names | None:
    """The model of the extra ``names``; None where it is not installed, which the report says."""
    try:
        package: Any = import_module(_MODEL)
    except ImportError:
        return None
    return Names(package.load(exclude=list(_UNUSED)))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", fold(text)) if len(word) > 1]
