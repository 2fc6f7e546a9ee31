"""
States that say that a record has ended, told by the days on which such records did.

*Uthämtad* is in no vocabulary; but nearly all records with it have the day on which the thing was
taken away, and those with another state have none.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from audit.engine.duckdb import Engine, quoted
from audit.register.model import Role
from audit.register.roles import ENDS
from audit.register.states import says_running

__all__ = ["ended_by_days", "ended_states"]

_STATES = (Role.STATUS, Role.SUBSCRIBED)
_ENDS = (*sorted(ENDS), Role.CONSENT_WITHDRAWAL, Role.LEFT_ON)
_DONE = (Role.VISIT, Role.COLLECTION)  # of each record of a list that is none of people
_FEWEST, _MOST_STATES = 3, 12
_DATED, _UNDATED = 2 / 3, 0.2


def ended_by_days(
    engine: Engine, place: int, at: Container[Role], dates: Sequence[str], *, people: bool
) -> str:
    """SQL that is true where a record's state is one whose records nearly all have their end."""
    days = [day for day in (_ENDS if people else (*_ENDS, *_DONE)) if day.value in dates]
    dated = ", ".join(f"count(*) FILTER ({day} IS NOT NULL OR {day}_unread)" for day in days)
    told = []
    for state in (one for one in _STATES if one in at and days):
        rows = engine.rows(
            f"SELECT {state}_text, count(*), {dated} FROM scanned_{place} "
            f"WHERE trim({state}_text) <> '' GROUP BY 1 LIMIT {_MOST_STATES + 1}"
        )
        each = (
            ended_states((text, count, of[n]) for text, count, *of in rows)
            for n in range(len(days))
        )
        told += [f"{state}_text IN ({', '.join(map(quoted, found))})" for found in each if found]
    return f"coalesce({' OR '.join(told)}, FALSE)" if told else "FALSE"


def ended_states(rows: Iterable[tuple[str, int, int]]) -> list[str]:
    """
    The states whose records have a day that those of another state lack.

    ``rows`` are a state, how many records have it, and how many of those have the day.

    >>> ended_states([("Uthämtad", 40, 39), ("Inne", 4, 0)]), ended_states([("A", 40, 39), ("B", 4, 4)])
    (['Uthämtad'], [])
    >>> ended_states([("Valid", 40, 40), ("Cancelled", 4, 0)])  # until a day that is to come
    []
    """
    told = list(rows)
    apart = any(dated <= _UNDATED * count for _, count, dated in told)
    if not apart or len(told) > _MOST_STATES:
        return []
    return sorted(
        text
        for text, count, dated in told
        if count >= _FEWEST and dated >= _DATED * count and not says_running(text)
    )
