"""Tables that describe several registers at once: one a column, or one a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audit.notice.lexicon import LANGUAGES, pattern
from audit.notice.topics import names_register, topics_of

__all__ = ["Placed", "registers_in"]

_LEAST = 2  # registers, and rows or columns that say something of each
_MOST_WORDS = 6  # of the name of a register
_NO_SECTION = frozenset(("title", "registers", "register_name", "cookies"))
_OWN = frozenset(("contents", "retention", "legal_basis", "purpose"))


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell as a section has it: the register's name, what is told of it, or the telling."""

    kind: Literal["register", "heading", "text"]
    row: int
    column: int


def registers_in(rows: Sequence[Sequence[str]]) -> list[Placed]:
    """The cells of such a table in the order of sections, register after register; else none.

    Of registers side by side the first row holds their names and the first column what each row
    tells; of registers one below the other it is the reverse.

    >>> rows = [["", "Jäsenrekisteri", "Hakijarekisteri"], ["Tietosisältö", "Nimi", "Nimi"],
    ...         ["Säilytysaika", "2 vuotta", "6 kk"]]
    >>> [(cell.kind, cell.row, cell.column) for cell in registers_in(rows)][:3]
    [('register', 0, 1), ('heading', 1, 0), ('text', 1, 1)]
    """
    if len(rows) <= _LEAST or len({len(row) for row in rows}) != 1 or len(rows[0]) <= 1:
        return []
    if _are_names(rows[0][1:]) and _tell([row[0] for row in rows[1:]]):
        return [
            placed
            for column in range(1, len(rows[0]))
            for placed in (
                Placed("register", 0, column),
                *(
                    Placed(*cell)
                    for row in range(1, len(rows))
                    for cell in (("heading", row, 0), ("text", row, column))
                ),
            )
        ]
    named = _are_names([row[0] for row in rows[1:]], told=_is_register(rows[0][0]))
    if named and _tell(rows[0][1:]):
        return [
            placed
            for row in range(1, len(rows))
            for placed in (
                Placed("register", row, 0),
                *(
                    Placed(*cell)
                    for column in range(1, len(rows[0]))
                    for cell in (("heading", 0, column), ("text", row, column))
                ),
            )
        ]
    return []


def _are_names(cells: Sequence[str], *, told: bool = False) -> bool:
    """Whether cells name registers, each another: by their words, or since their column is told to."""
    if len(set(cells)) < len(cells) or len(cells) < _LEAST:
        return False
    if told:
        return all(0 < len(cell.split()) <= _MOST_WORDS for cell in cells)
    return all(_is_name(cell) for cell in cells)


def _is_register(head: str) -> bool:
    """Whether the head of a column is the word for a register, and no more."""
    words = head.strip().lower()
    return any(pattern(each, "columns", "register").fullmatch(words) for each in LANGUAGES)


def _is_name(cell: str) -> bool:
    words = cell.strip().lower()
    if not words or len(words.split()) > _MOST_WORDS or set(topics_of(words)) - _NO_SECTION:
        return False
    return names_register(words) or any(
        pattern(language, "registers", "name").search(words) for language in LANGUAGES
    )


def _tell(cells: Sequence[str]) -> bool:
    """Whether cells are the headings of a notice, some of what only a register has."""
    known = [set(topics_of(cell)) for cell in cells]
    told = [topics for topics in known if topics]
    return len(told) * 2 >= len(cells) and len([t for t in told if t & _OWN]) >= _LEAST
