"""
What is to be done on Monday: each finding belongs to one action, with who does it and by when.

The rule is data, ``actions.toml``; the words are in the message catalogues.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from audit.register.due_days import is_working_day

__all__ = ["Action", "action_of", "actions", "do_by", "working_day_after"]

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Action:
    """One thing that people do, such as erase, correct or stop mailing."""

    key: str
    checks: tuple[str, ...]
    """Beginnings of the codes that it answers."""
    days: int
    """From the day the audit is as of; 0 is at once."""
    who: str
    """Whose job it is: a key of the catalogues' ``who``."""
    sooner: Mapping[str, int]
    """Days of single checks."""


@cache
def actions() -> Mapping[str, Action]:
    """Every action by its key, in the order in which they are shown."""
    data = tomllib.loads(files("audit.report").joinpath("actions.toml").read_text("utf-8"))
    return {
        key: Action(
            key=key,
            checks=tuple(said["checks"]),
            days=said["days"],
            who=said["who"],
            sooner=said.get("sooner", {}),
        )
        for key, said in data.items()
    }


@cache
def action_of(code: str) -> Action:
    """
    The action that a check's findings call for; a check of your own is something to decide on.

    >>> action_of("MIN04").key, action_of("MIN05").key, action_of("OWN01").key
    ('erase', 'decide', 'decide')
    """
    known = [
        (len(start), action.key)
        for action in actions().values()
        for start in action.checks
        if code.startswith(start)
    ]
    return actions()[max(known)[1] if known else "decide"]


def do_by(code: str, as_of: date) -> date:
    """
    The day by which a check's findings should be mended.

    >>> do_by("MIN04", date(2026, 11, 22)), do_by("MAR01", date(2026, 11, 22))
    (datetime.date(2026, 11, 27), datetime.date(2026, 11, 22))
    >>> do_by("MIN04", date(2026, 12, 18))  # Christmas Eve to Sunday
    datetime.date(2026, 12, 23)
    """
    action = action_of(code)
    days = action.sooner.get(code, action.days)
    by = as_of + timedelta(days=days)
    # A day by which somebody is to have worked is no Saturday, Sunday or public holiday.
    while by > as_of and not is_working_day(by):
        by -= _DAY
    return by


def working_day_after(day: date) -> date:
    """
    The next day on which somebody works.

    >>> working_day_after(date(2026, 11, 20)), working_day_after(date(2026, 11, 22))
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 23))
    >>> working_day_after(date(2026, 12, 23))
    datetime.date(2026, 12, 28)
    """
    day += _DAY
    while not is_working_day(day):
        day += _DAY
    return day
