"""
Logs of systems that write a line an event: ``key=value``, a user in brackets, or syslog.

Each line begins with its moment. The pairs of a line are its fields, by their own names; what stands in
brackets between the moment and the words is the user, where the values are not those of a program; and
what remains are the words of the event. A log that names nobody is none of these. Syslog of the older
form (RFC 3164) gives no year: its moments stay as they are, and no day is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from audit.register.extract import BLANK, DATA, Extract, Row
from audit.register.log_lines import first_lines, numbered_lines
from audit.vocabulary import load

__all__ = ["is_system_log", "tables"]

_LINE = re.compile(
    # *time="..."* of logfmt, the priority of syslog.
    r"(?:(?P<name>(?:date)?time|ts|timestamp|date|aika|aikaleima|tid|tidpunkt)=\"?)?"
    r"(?:<[0-9]{1,3}>(?:1 )?)?\[?(?P<time>[0-9]{4}[-./][0-9]{2}[-./][0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?"
    r"(?:[.,][0-9]{1,9})?(?: ?(?:Z|[+-][0-9]{2}:?[0-9]{2}))?"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4} (?:klo |kl\.? )?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?"
    r"|[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4}"
    r"|[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2})\]?\"?[ \t]+(?P<rest>.*)"
)
_PAIR = re.compile(r'(?<![\w.=-])([^\W\d][\w.-]{0,40})=(?:"((?:[^"\\]|\\.)*)"|([^\s,;]*)),?')
# "crm01 auth[906]: " of syslog: the machine, and what wrote the line.
_PROCESS = re.compile(r"(?:[\w.-]+ )?(?P<process>[\w./-]+(?:\[[0-9]+\])?): ")
_LEVEL = re.compile(
    r"\[?\b(?P<level>TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|AUDIT)\b\]?:?",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*\[(?P<inside>[\w.@+-]{1,60})\]")
_OF_A_PROGRAM = re.compile(
    r"main|(?:.*[-_])?(?:thread|exec|worker|pool|nio|http|scheduler)\b.*|[0-9]+"
)
_LOOKED_AT = 50  # lines
_FEWEST_USERS = 2


class _Event(NamedTuple):
    """A line's fields by name, and what stands in brackets of its own."""

    said: dict[str, str]
    inside: str
    words: str


def is_system_log(text: str) -> bool:
    r"""
    Whether most of the first lines begin with a moment, and say who did something.

    >>> is_system_log("2026-01-02 10:00:00 user=aino event=login\n" * 3)
    True
    >>> is_system_log("2026-01-02 10:00:00 [aino] read\n2026-01-02 10:00:01 [bo] read\n2026-")
    True
    >>> is_system_log('time=2026-01-02T10:00:00Z user=aino msg="opened 12"\n' * 3)
    True
    >>> is_system_log("2026-01-02 10:00:00 [main] started\n" * 3), is_system_log("2026-01-02;aino\n")
    (False, False)
    """
    lines = [line.rstrip("\r") for line in text.split("\n")[:_LOOKED_AT] if line.strip()]
    whole = lines[:-1] or lines  # the last may be cut
    events = [event for event in map(_event, whole) if event is not None]
    if not events or len(events) * 2 <= len(whole):
        return False
    named = sum(not _users().isdisjoint(event.said) for event in events)
    return named * 2 > len(events) or _has_users_in_brackets(events)


def tables(path: Path, shown: str) -> list[Extract]:
    """The log as one table of kind ``access_log``; ``shown`` is not needed, since nothing is refused."""
    del shown
    events = [event for event in map(_event, first_lines(path)) if event is not None]
    named = dict.fromkeys(name for event in events for name in event.said)
    bracketed = _users().isdisjoint(named) and _has_users_in_brackets(events[:_LOOKED_AT])
    own = next((name for name in named if name in _MESSAGES), None)
    words = own or ("message" if _EVENTS & set(named) else "event")
    others = (name for name in named if name != own)
    header = (*others, *(["user"] if bracketed else []), words)
    return [
        Extract(
            form="system_log",
            header=header,
            unit="lines",
            rows=partial(_rows, path, header),
            kind="access_log",
            known={name: "technical" for name in ("level", "process") if name in header},
        )
    ]


def _rows(path: Path, header: Sequence[str]) -> Iterator[Row]:
    for number, line in numbered_lines(path):
        if not line.strip():
            yield Row([line], BLANK, number)
        elif (event := _event(line)) is None:
            yield Row([line], "other_format", number)
        else:
            yield Row(_cells(event, header), DATA, number)


def _cells(event: _Event, header: Sequence[str]) -> list[str]:
    """
    The values of an event under the fields; a field first met far down the log stays in its words.

    >>> event = _Event({"time": "10:00", "ip": "192.0.2.9"}, "aino", "read")
    >>> _cells(event, ["time", "user", "event"])
    ['10:00', 'aino', 'read ip=192.0.2.9']
    """
    said = ({"user": event.inside} if event.inside else {}) | event.said
    own = said.pop(header[-1], "")
    beyond = [f"{name}={value}" for name, value in said.items() if name not in header[:-1]]
    words = " ".join(filter(None, [own, event.words, *beyond]))
    return [*(said.get(name, "") for name in header[:-1]), words]


def _event(line: str) -> _Event | None:
    """
    The fields of a line; None where it does not begin with a moment.

    >>> _event('<134>2026-09-18T16:00:00Z gk1 gatekeeper: user="elsie" event="login"').said["user"]
    'elsie'
    >>> _event("2026-05-02 18:00:00 [INFO] [dan] Öppnade medlem 713")[1:]
    ('dan', 'Öppnade medlem 713')
    >>> _event("Nov 16 09:00:00 crm01 auth[1]: login failure user=krage from 10.1.1.9").words
    'login failure from 10.1.1.9'
    """
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    said, rest = {found["name"] or "time": _moment(found["time"])}, found["rest"]
    process = _PROCESS.match(rest)
    if process is not None:
        said["process"], rest = process["process"], rest[process.end() :]
    pairs = {name.lower(): quoted or bare for name, quoted, bare in _PAIR.findall(rest)}
    rest = _PAIR.sub("", rest)
    level, rest = _level(rest)
    bracket = _BRACKET.match(rest)
    if bracket is not None:
        rest = rest[bracket.end() :]
        if not level:
            level, rest = _level(rest)
    if level:
        said["level"] = level
    inside = bracket["inside"].strip("-") if bracket is not None else ""
    return _Event(said | pairs, inside, " ".join(rest.split()))


def _moment(text: str) -> str:
    """
    A moment as others are written, where it is written as web servers do.

    >>> _moment("31/May/2026:16:00:00 +0300"), _moment("2026-05-31 16:00:00,120")
    ('2026-05-31 16:00:00 +0300', '2026-05-31 16:00:00.120')
    """
    found = _AS_WEB_SERVERS.fullmatch(text)
    if found is None or found["month"] not in _MONTHS:
        return text.replace(",", ".")
    month = _MONTHS.index(found["month"]) + 1
    return f"{found['year']}-{month:02}-{found['day']} {found['clock']}"


_AS_WEB_SERVERS = re.compile(
    r"(?P<day>[0-9]{2})/(?P<month>[A-Z][a-z]{2})/(?P<year>[0-9]{4}):(?P<clock>.+)"
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def _level(words: str) -> tuple[str, str]:
    """How grave an event is, where that is said first, and the words behind it."""
    found = _LEVEL.match(words.lstrip())
    return ("", words) if found is None else (found["level"], words.lstrip()[found.end() :])


def _has_users_in_brackets(events: Sequence[_Event]) -> bool:
    """Whether what stands in brackets are several people's ids, and no names of threads or modules."""
    inside = [event.inside for event in events if event.inside]
    return (
        len(inside) * 2 > len(events)
        and len(set(inside)) >= _FEWEST_USERS
        and not any(map(_OF_A_PROGRAM.fullmatch, inside))
    )


def _users() -> frozenset[str]:
    """How such a pair is called that says who did something."""
    return frozenset(load("generic")["log_users"])


_MESSAGES = frozenset({"msg", "message", "viesti", "meddelande"})
"""What a line's own words are called where they are one of its pairs."""
_EVENTS = frozenset(
    {"action", "event", "activity", "operation", "toiminto", "tapahtuma", "händelse"}
)
