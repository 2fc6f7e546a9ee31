"""
What the notes of a record say for certain: that post came back, an address is dead, a debt is being collected.

It is told in the pass, as true or false; of the note itself nothing is kept. A note that also says what
was done about it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.categories._text import any_of
from audit.engine.duckdb import quoted
from audit.register.kinds.model import kinds
from audit.register.model import Role, Table
from audit.vocabulary import load

__all__ = [
    "NOTED",
    "NOTED_LEFT",
    "NOTED_OWES",
    "may_be_noted",
    "noted",
    "notes_of",
    "says_left",
    "says_outdated",
    "says_owing",
]

NOTED = "noted_outdated"
"""The column in which the pass keeps whether a note says that contact details are wrong."""
NOTED_LEFT = "noted_left"
"""The column in which it keeps whether one says that a contact person left."""
NOTED_OWES = "noted_owes"
"""The column in which it keeps whether one says that a debt to the firm is being collected."""


def notes_of(table: Table) -> list[int]:
    """The places of a table's notes, where its kind is asked whether post came back, or who left."""
    if Role.POST_RETURNED not in kinds()[table.kind].roles:
        return []
    return [n for n, column in enumerate(table.columns) if column.role is Role.FREE_TEXT]


@cache
def may_be_noted() -> str:
    """
    A pattern of the portable subset for all notes that say so, and for some that do not.

    >>> [bool(re.search(may_be_noted(), text)) for text in ("Kirje palautui", "Palautti avaimet")]
    [True, False]
    """
    said = load("words")["note"]
    told = (*said["outdated"], *said["departed"], *said["owing"])
    return any_of(" " + one.partition("…")[0] for one in told)


def noted(table: Table) -> Iterator[str]:
    """The SQL of what a record's notes tell of its contact details, and of whether a contact person left."""
    notes = notes_of(table)
    if not notes:
        return
    cells = ", ".join(f"c{n}" for n in notes)
    text = f"concat_ws(' | ', {cells})" if len(notes) > 1 else f"coalesce({cells}, '')"
    yield f"{says_outdated(text)} AS {NOTED}"
    if table.kind == "contacts":
        yield f"{says_left(text)} AS {NOTED_LEFT}"
    if table.kind == "customers":
        yield f"{says_owing(text)} AS {NOTED_OWES}"


def says_outdated(text: str) -> str:
    """
    SQL of whether a note says that contact details are wrong, and not that they were corrected.

    ``text`` is SQL of the note.

    >>> from audit.register.query import fetched
    >>> def said(*notes): return [fetched(f"SELECT {says_outdated(quoted(n))}")[0][0] for n in notes]
    >>> said("Kirje palautui, osoite tuntematon", "Palautti avaimet 1.6.")
    [True, False]
    >>> said("E-mail bounces", "Very bouncy puppy", "Post i retur, ny adress fås")
    [True, False, False]
    >>> said("Post i retur, flyttat utan ny adress")
    [True]
    """
    told, still, solved = (quoted(_any_of(key)) for key in ("outdated", "still", "corrected"))
    done = f"regexp_replace({text}, {still}, '', 'g')"
    # Of the few notes that say so, it is asked what was done: CASE reads no other.
    return (
        f"CASE WHEN regexp_matches({text}, {told}) "
        f"THEN NOT regexp_matches({done}, {solved}) ELSE FALSE END"
    )


def says_owing(text: str) -> str:
    """
    SQL of whether a note says that a debt is unpaid or being collected, and not that it was settled.

    >>> from audit.register.query import fetched
    >>> def said(*notes): return [fetched(f"SELECT {says_owing(quoted(n))}")[0][0] for n in notes]
    >>> said("Perinnässä Saatava-Apu Oy:llä", "Inkasso pågår", "Sent to collections in May")
    [True, True, True]
    >>> said("Perintä päättynyt, maksoi 2022", "Inkassot betalt 2022", "Ei enää perinnässä", "Was in collection, settled")
    [False, False, False, False]
    >>> said("Ärendet hos Kronofogden, ej avslutat"), said("Perinnöksi saatu auto", "Collections of stamps")
    ([True], [False, False])
    """
    told, still, over = (quoted(_any_of(key)) for key in ("owing", "not_over", "settled"))
    left = f"regexp_replace({text}, {still}, '', 'g')"
    return (
        f"CASE WHEN regexp_matches({text}, {told}) "
        f"THEN NOT regexp_matches({left}, {over}) ELSE FALSE END"
    )


def says_left(text: str) -> str:
    """
    SQL of whether a note says that the person left the firm for which it stands, and nobody else.

    >>> from audit.register.query import fetched
    >>> def said(*notes): return [fetched(f"SELECT {says_left(quoted(n))}")[0][0] for n in notes]
    >>> said("Left the company in May", "Ei enää töissä täällä", "Har slutat på firman")
    [True, True, True]
    >>> said("Left the company, the new manager is Onni", "Her boss left the company")
    [True, False]
    >>> said("Left a voicemail", "Predecessor left the company", "Lähti lomalle", "Ei enää laskua paperilla")
    [False, False, False, False]
    """
    told = _any_of("departed")
    other = rf"{_any_of('another')}[^.;|]{{0,25}}{told.removeprefix('(?i)')}"
    return (
        f"(regexp_matches({text}, {quoted(told)}) AND NOT regexp_matches({text}, {quoted(other)}))"
    )


@cache
def _any_of(key: str) -> str:
    """A pattern of what notes say; ``…`` is a few words."""
    said = load("words")["note"][key]
    return rf"(?i)\b(?:{'|'.join(re.escape(one).replace('…', '[^.;|]{0,25}') for one in said)})"
