"""
Which days a list of accounts or of staff has in its columns, where no header says it outright.

When an account was given and last used, when somebody signed an undertaking, and when the work ended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from audit.categories.headers import without_date_words, words
from audit.register.columns.concepts import may_mean
from audit.register.columns.told_roles import by_content, roles_in
from audit.register.dates import needs_order, read_date
from audit.register.model import Column, Role
from audit.vocabulary import load

__all__ = ["are_all_days", "tell_days", "tell_days_left", "tell_end_of_work"]


def tell_days(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> None:
    """
    Give the days of a list of accounts, or of the undertakings of staff, that a word tells.

    *ID issued* and *skapat* head when an account was given, *Declaration signed* an undertaking.
    """
    for role, said in _days_of_accounts():
        if role in roles_in(found) or (kind == "staff" and role is not Role.UNDERTAKING_ON):
            continue
        may = [n for n in _with_days(found, cells) if said.search(words(found[n].header))]
        if len(may) == 1:
            found[may[0]] = by_content(found[may[0]], role, cells[may[0]])


def _with_days(found: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[int]:
    """The places of untold columns with days, not those of employments."""
    return [
        n
        for n, column in enumerate(found)
        if column.role is None
        and column.category in (None, "technical")
        and not may_mean(column.header, "employment")
        and "employ" not in words(column.header)
        and any(read_date(cell) or needs_order(cell) for cell in cells[n])
    ]


def tell_end_of_work(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """
    Take *Slutdatum* for the end of the work, where another column tells whether the account is open.

    The end of the account would be told twice, and that of the work not at all.
    """
    ends = [n for n, c in enumerate(found) if _is_bare_end(c) and are_all_days(cells[n])]
    told = {c.role for n, c in enumerate(found) if n not in ends}
    if len(ends) == 1 and told & _TELLS_OPEN and Role.EMPLOYED_UNTIL not in told:
        found[ends[0]] = by_content(found[ends[0]], Role.EMPLOYED_UNTIL, cells[ends[0]])


_TELLS_OPEN = {Role.ACTIVE, Role.INACTIVE, Role.STATUS, Role.ACCESS_UNTIL}
_BARE_ENDS = frozenset(
    {"end", "ended", "finish", "finished", "slut", "loppu", "päättynyt", "päättyi"}
)


def _is_bare_end(column: Column) -> bool:
    """Whether a header says that something ends, and not what: *End date*, *Päättymispäivä*."""
    bare = without_date_words(column.header) or words(column.header)
    compound = words(column.header) in ("slutdatum", "päättymispäivä", "päättymispvm", "loppupvm")
    return column.role in (None, Role.ACCESS_UNTIL) and (compound or bare in _BARE_ENDS)


def tell_days_left(found: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """
    Give the days that nearly every account has, and no header tells, to when it was given and last used.

    What was last used lies behind what was given; with one left over, beside the other role.
    """
    wanted = [r for r in (Role.ACCESS_FROM, Role.LAST_LOGIN_ON) if r not in roles_in(found)]
    most = max(map(len, cells), default=0)
    left = [
        n
        for n in _with_days(found, cells)
        if len(cells[n]) * 5 >= most * 4 and not _OF_OTHER_DAYS.search(words(found[n].header))
    ]
    if not wanted or len(left) != len(wanted):
        return
    days = {n: _middle(cells[n]) for n in left}
    left.sort(key=lambda n: days[n] or date.min)
    told = {c.role: _middle(cells[n]) for n, c in enumerate(found) if c.role in _SPAN}
    for role, n in zip(wanted, left, strict=True):
        told[role] = days[n]
    first, last = told.get(Role.ACCESS_FROM), told.get(Role.LAST_LOGIN_ON)
    if first is None or last is None or first + _A_WHILE > last:
        return
    for role, n in zip(wanted, left, strict=True):
        found[n] = by_content(found[n], role, cells[n])


_SPAN = (Role.ACCESS_FROM, Role.LAST_LOGIN_ON)
_A_WHILE = timedelta(days=60)
_OF_OTHER_DAYS = re.compile(
    r"salasan|passw|lösen|muok|muut|päivit|updat|modif|chang|ändr|uppdat|tarkist|review|gransk|koul|train"
    r"|kurs|utbild|synt|birth|född|expir|voimassa|giltig|vanhen|due|seuraava|next|nästa"
)


def _middle(cells: Sequence[str]) -> date | None:
    """The day in the middle of those that can be read."""
    days = sorted(day for day in map(read_date, cells) if day is not None)
    return days[len(days) // 2] if days else None


def are_all_days(cells: Sequence[str]) -> bool:
    """Whether each cell is a day: of a flag or an id none is."""
    return bool(cells) and all(read_date(cell) or needs_order(cell) for cell in cells)


@cache
def _days_of_accounts() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    """What heads each day of an account, in the order asked: "senast använd" before "använd"."""
    said = load("concepts")["days_of_accounts"]
    return tuple((Role(role), re.compile("|".join(parts))) for role, parts in said.items())
