"""
Web server logs in the common and combined formats.

``X-Forwarded-For`` may stand at the end, and the site at the beginning.

A log whose lines all have one format is a table with spaces between its cells, and DuckDB reads it as
one. Where any line is not of the format that the first ones have, the file is read line by line, and
each line is split at its quotation marks, then at its spaces. A line of another format is no record;
its text is handed on as ``unread``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

from audit.register.delimited import CLEAN, HEAD_BYTES
from audit.register.extract import SAMPLE_ROWS, Extract
from audit.register.query import first_rows, quoted

__all__ = ["is_web_log", "line_reader", "tables"]

_KNOWN = {
    "remote_host": "ip_address",
    "ident": "technical",
    "user": "login_credentials",
    "time": "technical",
    "zone": "technical",
    "method": "technical",
    "path": "cookies_usage",
    "query": "cookies_usage",
    "protocol": "technical",
    "status": "technical",
    "bytes": "technical",
    "referer": "cookies_usage",
    "user_agent": "device_browser",
    "forwarded_for": "ip_address",
}
_LINE = re.compile(
    r'(?:[\w.-]+:[0-9]{1,5} )?\S+ \S+ \S+ \[[^\]"]+ [^\]"]+\] "[^"]*(?:\\"[^"]*)*" [0-9]{3} (?:[0-9]+|-)(?: |$)'
)
#: The site and its port, which the format of several sites has before the others' fields.
_SITE = re.compile(r"^[\w.-]+:[0-9]{1,5} ")
_MONTHS = " ".join(
    f"WHEN '{name}' THEN '-{n:02}-'"
    for n, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)
)
_UNUSED = quoted("\x1e\x1f\x1e\x1f")  # a delimiter that no line holds, so that the line is the cell

#: A line's parts, of ``q`` (the line split at its quotation marks), ``p`` and ``s`` (the parts before
#: and after the request, split at spaces). They are in the order of the line.
_PARTS = {
    "host": "p[1]",
    "ident": "p[2]",
    "login": "p[3]",
    "moment": "p[4]",
    "zone": "p[5]",
    "request": "q[2]",
    "status": "s[2]",
    "size": "s[3]",
    "referer": "q[4]",
    "agent": "q[6]",
    "forwarded": "q[8]",
}
#: Fields by name, of the parts and of ``r``, the request split at spaces.
_FIELDS = {
    "remote_host": "host",
    "ident": "nullif(ident, '-')",
    "user": "nullif(login, '-')",
    "time": f"concat(substr(moment, 9, 4), CASE substr(moment, 5, 3) {_MONTHS} END, "
    "substr(moment, 2, 2), ' ', substr(moment, 14, 8))",
    "zone": "substr(zone, 1, 5)",
    "method": "CASE WHEN len(r) > 1 THEN r[1] END",
    "path": "split_part(CASE WHEN len(r) > 1 THEN r[2] ELSE nullif(request, '-') END, '?', 1)",
    # An address in an e-mail field travels as `aino%40koe.example`.
    "query": "CASE WHEN contains(r[2], '?') "
    "THEN replace(substr(r[2], strpos(r[2], '?') + 1), '%40', '@') END",
    "protocol": "CASE WHEN len(r) > 3 THEN array_to_string(r[3:], ' ') ELSE r[3] END",
    "status": "status",
    "bytes": "nullif(size, '-')",
    "referer": "replace(nullif(referer, '-'), '%40', '@')",
    "user_agent": "nullif(agent, '-')",
    "forwarded_for": "nullif(forwarded, '-')",
}
_QUOTED = ("request", "referer", "agent", "forwarded")
_IN_FORM = (
    "starts_with(moment, '[') AND strlen(moment) = 21 AND suffix(zone, ']') AND strlen(status) = 3"
)
_IS_RECORD = f"len(q) IN (3, 7, 9) AND len(p) = 6 AND len(s) BETWEEN 3 AND 4 AND {_IN_FORM}"


def is_web_log(text: str) -> bool:
    """
    Whether most of the first lines are of one of the formats.

    >>> line = '203.0.113.7 - - [20/Nov/2026:10:00:00 +0200] "GET /a HTTP/1.1" 200 9'
    >>> is_web_log(line), is_web_log(f"koe.example:443 {line}"), is_web_log("koe.example:443 up")
    (True, True, False)
    """
    lines = [line for line in text.split("\n")[:50] if line.strip()]
    return bool(lines) and sum(bool(_LINE.match(line)) for line in lines) * 2 > len(lines)


def tables(path: Path, shown: str) -> list[Extract]:
    """The log as one table of kind ``web_log``."""
    with path.open("rb") as file:
        start = file.read(HEAD_BYTES).decode("utf-8", "replace").translate(CLEAN).split("\n")
    lines = quoted("\n".join(line.replace("\r", "") for line in start[:SAMPLE_ROWS]))
    of_sites = any(map(_SITE.match, start[:SAMPLE_ROWS]))
    relation = _relation(f"(SELECT unnest(string_split({lines}, chr(10))) AS l)", of_sites=of_sites)
    names = ", ".join(f"coalesce(c{n}, '')" for n in range(len(_FIELDS)))
    first = first_rows(f"SELECT {names} FROM {relation} WHERE unread IS NULL", shown)
    return [
        Extract(
            form="web_log",
            header=tuple(_FIELDS),
            unit="lines",
            relation=lambda copy: _relation(line_reader(copy), of_sites=of_sites),
            uniform=None if of_sites else _uniform(start[0]),
            first=tuple(first),
            kind="web_log",
            known=_KNOWN,
        )
    ]


def line_reader(path: Path) -> str:
    """SQL that reads a file line by line, as ``l``; a blank line is NULL."""
    return (
        f"read_csv({quoted(str(path))}, auto_detect = false, header = false, delim = {_UNUSED}, "
        "quote = '', escape = '', max_line_size = 8388608, buffer_size = 33554432, "
        "columns = {'l': 'VARCHAR'})"
    )


def _relation(lines: str, *, of_sites: bool = False) -> str:
    """SQL of the fields of lines ``l``; what is no record has some too, of no meaning."""
    if of_sites:
        lines = f"(SELECT regexp_replace(l, {quoted(_SITE.pattern)}, '') AS l FROM {lines})"
    escaped = "CASE WHEN contains(l, '\\\"') THEN replace(l, '\\\"', '''') ELSE l END"
    parts = ", ".join(f"{sql} AS {name}" for name, sql in _PARTS.items())
    return _fields(
        f"SELECT {parts}, CASE WHEN {_IS_RECORD} THEN NULL ELSE coalesce(l, '') END AS unread FROM "
        "(SELECT l, q, string_split(q[1], ' ') AS p, string_split(q[3], ' ') AS s FROM "
        f"(SELECT l, string_split({escaped}, '\"') AS q FROM {lines}))"
    )


def _uniform(line: str) -> Callable[[Path], str] | None:
    """What makes the SQL of a log whose lines all have the parts of this one."""
    cells = next(csv.reader([line.rstrip("\r")], delimiter=" "), [])
    names = list(_PARTS)[: len(cells)]
    if len(cells) not in (8, 10, 11):
        return None
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    missing = "".join(f", NULL AS {name}" for name in list(_PARTS)[len(cells) :])
    doubled = "".join(f" AND NOT contains({name}, '\"')" for name in names if name in _QUOTED)

    def relation(path: Path) -> str:
        return _fields(
            f"SELECT *{missing}, CASE WHEN {_IN_FORM}{doubled} "
            f"THEN NULL ELSE '' END AS unread FROM read_csv({quoted(str(path))}, auto_detect = false, "
            "header = false, delim = ' ', quote = '\"', escape = '\"', max_line_size = 4194304, "
            f"buffer_size = 4194304, columns = {{{columns}}})"
        )

    return relation


def _fields(parts: str) -> str:
    fields = ", ".join(f"{sql} AS c{n}" for n, sql in enumerate(_FIELDS.values()))
    return (
        f"(SELECT {fields}, unread FROM (SELECT *, string_split(request, ' ') AS r FROM ({parts})))"
    )
