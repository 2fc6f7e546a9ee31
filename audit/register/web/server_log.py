"""
Server logs of other formats than the common one: W3C extended (IIS, CloudFront), errors of Apache and nginx.

Each line is a record of one visitor's request or of what went wrong with it. The fields have the names
that those of the other web logs have. A W3C log says itself which fields its lines have, and may say it
again; its times are UTC. What a line of another format says is searched like any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from audit.register.extract import BLANK, DATA, HEADER, Extract, Row
from audit.register.log_lines import first_lines, numbered_lines

__all__ = ["is_server_log", "tables"]

_W3C_NAMES = {
    "c-ip": "remote_host",
    "cs-username": "user",
    "cs-method": "method",
    "cs-uri-stem": "path",
    "cs-uri-query": "query",
    "cs(user-agent)": "user_agent",
    "cs(referer)": "referer",
    "cs(cookie)": "cookie",
    "sc-status": "status",
    "sc-bytes": "bytes",
    "x-forwarded-for": "forwarded_for",
}
_KNOWN = {
    "remote_host": "ip_address",
    "forwarded_for": "ip_address",
    "user": "login_credentials",
    "path": "cookies_usage",
    "query": "cookies_usage",
    "referer": "cookies_usage",
    "cookie": "cookies_usage",
    "user_agent": "device_browser",
}
_DIRECTIVE = re.compile(r"#[A-Za-z-]+:")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TEXT = "message"
"""The field of an error log that is prose; nothing is known of it before."""
_ERROR_FIELDS = ("time", "level", "process", "remote_host", "path", "query", "referer", _TEXT)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_APACHE = re.compile(
    r"\[\w{3} (?P<month>\w{3}) +(?P<day>\d{1,2}) (?P<clock>\d\d:\d\d:\d\d)(?:\.\d+)? (?P<year>\d{4})\] "
    r"\[(?P<level>[^\]]+)\] (?:\[pid (?P<process>[^\]]+)\] )?"
    r"(?:\[client (?P<client>[^\]]+|\[[^\]]+\]:\d+)\] )?(?P<message>.*)"
)
_NGINX = re.compile(
    r"(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d) (?P<clock>\d\d:\d\d:\d\d) \[(?P<level>\w+)\] "
    r"(?P<process>\d+#\d+): (?P<message>.*)"
)
_BEHIND = re.compile(r', (client|request|referrer|referer): ("[^"]*"|[^,]*)')
_PORT = re.compile(r"(?<=[0-9\]]):[0-9]+$")

Split = Callable[[str], "list[str] | None"]


def is_server_log(text: str) -> bool:
    r"""
    Whether a text begins as such a log does.

    >>> is_server_log("#Fields: date time c-ip cs-uri-stem\n"), is_server_log("#Fields: date time\n")
    (True, False)
    """
    lines = [line.rstrip("\r") for line in text.split("\n")[:50] if line.strip()]
    if _said_fields(lines):
        return True
    whole = lines[:-1] or lines  # the last may be cut
    return bool(whole) and sum(_error(line) is not None for line in whole) * 2 > len(whole)


def tables(path: Path, shown: str) -> list[Extract]:
    """The log as one table of kind ``web_log``; ``shown`` is not needed, since nothing is refused."""
    del shown
    fields = [_said_fields([line]) for line in first_lines(path)]
    named = dict.fromkeys(name for said in fields for name in _names(said))
    header = tuple(named) or _ERROR_FIELDS
    return [
        Extract(
            form="web_log",
            header=header,
            unit="lines",
            rows=partial(_rows, path, header),
            kind="web_log",
            known={name: _KNOWN.get(name, "technical") for name in header if name != _TEXT},
        )
    ]


def _rows(path: Path, header: Sequence[str]) -> Iterator[Row]:
    split: Split = _error
    for number, line in numbered_lines(path):
        if not line.strip():
            yield Row([line], BLANK, number)
        elif _DIRECTIVE.match(line):
            said = _said_fields([line])
            split = partial(_w3c, said, header) if said else split
            yield Row([line], HEADER, number)
        elif (cells := split(line)) is not None:
            yield Row(cells, DATA, number)
        else:
            yield Row([line], "other_format", number)


def _said_fields(lines: Sequence[str]) -> list[str]:
    """The fields that a W3C log of the web names; none where it is of something else, or none."""
    said = next((line for line in lines if line.lower().startswith("#fields:")), "")
    fields = said.lower().split()[1:]
    return fields if {"cs-uri-stem", "cs-uri"} & set(fields) else []


def _names(fields: Sequence[str]) -> list[str]:
    """What the fields are called here; day and time are one."""
    return [
        _W3C_NAMES.get(name, name) for name in fields if not (name == "date" and "time" in fields)
    ]


def _w3c(fields: Sequence[str], header: Sequence[str], line: str) -> list[str] | None:
    """
    The cells of a line; a field that the log's beginning does not name has no place.

    >>> fields = ["date", "time", "c-ip", "cs-uri-stem", "cs(user-agent)"]
    >>> _w3c(fields, _names(fields), "2026-10-01 22:00:02 203.0.113.7 /a Mozilla/5.0+(X11)")
    ['2026-10-01 22:00:02Z', '203.0.113.7', '/a', 'Mozilla/5.0 (X11)']
    """
    cells = line.split("\t" if "\t" in line else " ")
    if len(cells) != len(fields):
        return None
    said = {_W3C_NAMES.get(n, n): "" if c == "-" else c for n, c in zip(fields, cells, strict=True)}
    if "date" in said and not _DAY.fullmatch(said["date"]):
        return None
    if "date" in said and "time" in said:
        said["time"] = f"{said.pop('date')} {said['time']}Z"
    if not said.keys() <= set(header):
        return None
    for name in ("query", "referer", "cookie"):
        said[name] = said.get(name, "").replace("%40", "@")
    said["user_agent"] = said.get("user_agent", "").replace("+", " ").replace("%20", " ")
    return [said.get(name, "") for name in header]


def _error(line: str) -> list[str] | None:
    """
    The cells of a line of an error log.

    >>> _error("[Wed Oct 01 08:00:02.1 2026] [core:error] [pid 7] [client 203.0.113.7:53] AH1: Bad")
    ['2026-10-01 08:00:02', 'core:error', '7', '203.0.113.7', '', '', '', 'AH1: Bad']
    """
    found = _APACHE.fullmatch(line)
    if found is not None:
        if found["month"] not in _MONTHS:
            return None
        month = _MONTHS.index(found["month"]) + 1
    else:
        found = _NGINX.fullmatch(line)
        if found is None:
            return None
        month = int(found["month"])
    said = {name: text.strip('"') for name, text in _BEHIND.findall(found["message"])}
    client = found.groupdict().get("client") or said.get("client", "")
    request = said.get("request", "").split()
    path, _, query = (request[1] if len(request) > 1 else "").partition("?")
    return [
        f"{found['year']}-{month:02}-{int(found['day']):02} {found['clock']}",
        found["level"],
        found["process"] or "",
        _PORT.sub("", client).strip("[]") if client.count(":") == 1 or "]" in client else client,
        path,
        query.replace("%40", "@"),
        (said.get("referer") or said.get("referrer", "")).replace("%40", "@"),
        _BEHIND.sub("", found["message"]),
    ]
