"""
Web server logs in the common and combined formats, with or without ``X-Forwarded-For`` at the end.

DuckDB reads the file line by line and splits each line at its quotation marks, then at its spaces:
a tenth of what one regular expression with a group for each field takes. A line of another format
is no record; its text is handed on as ``unread``.
"""

from __future__ import annotations

import re
from pathlib import Path

from audit.register.delimited import _CLEAN, _HEAD_BYTES
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
    r'\S+ \S+ \S+ \[[^\]"]+ [^\]"]+\] "[^"]*(?:\\"[^"]*)*" [0-9]{3} (?:[0-9]+|-)(?: |$)'
)
_MONTHS = " ".join(
    f"WHEN '{name}' THEN '-{n:02}-'"
    for n, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)
)
_UNUSED = quoted("\x1e\x1f\x1e\x1f")  # a delimiter that no line holds, so that the line is the cell

#: Fields by name, of ``q`` (the line split at its quotation marks), ``p`` and ``s`` (the parts
#: before and after the request, split at spaces) and ``r`` (the request, split likewise).
_FIELDS = {
    "remote_host": "p[1]",
    "ident": "nullif(p[2], '-')",
    "user": "nullif(p[3], '-')",
    "time": f"concat(substr(p[4], 9, 4), CASE substr(p[4], 5, 3) {_MONTHS} END, substr(p[4], 2, 2), "
    "' ', substr(p[4], 14, 8))",
    "zone": "substr(p[5], 1, 5)",
    "method": "CASE WHEN len(r) > 1 THEN r[1] END",
    "path": "split_part(CASE WHEN len(r) > 1 THEN r[2] ELSE nullif(q[2], '-') END, '?', 1)",
    # An address in an e-mail field travels as `aino%40koe.example`.
    "query": "CASE WHEN contains(r[2], '?') "
    "THEN replace(substr(r[2], strpos(r[2], '?') + 1), '%40', '@') END",
    "protocol": "CASE WHEN len(r) > 3 THEN array_to_string(r[3:], ' ') ELSE r[3] END",
    "status": "s[2]",
    "bytes": "nullif(s[3], '-')",
    "referer": "replace(nullif(q[4], '-'), '%40', '@')",
    "user_agent": "nullif(q[6], '-')",
    "forwarded_for": "nullif(q[8], '-')",
}
_IS_RECORD = (
    "len(q) IN (3, 7, 9) AND len(p) = 6 AND starts_with(p[4], '[') "
    "AND suffix(p[5], ']') AND strlen(p[4]) = 21 AND len(s) >= 3 AND strlen(s[2]) = 3 AND len(s) <= 4"
)


def is_web_log(text: str) -> bool:
    """Whether most of the first lines are of one of the formats."""
    lines = [line for line in text.split("\n")[:50] if line.strip()]
    return bool(lines) and sum(bool(_LINE.match(line)) for line in lines) * 2 > len(lines)


def tables(path: Path, shown: str) -> list[Extract]:
    """The log as one table of kind ``web_log``."""
    with path.open("rb") as file:
        start = file.read(_HEAD_BYTES).decode("utf-8", "replace").translate(_CLEAN).split("\n")
    lines = quoted("\n".join(line.replace("\r", "") for line in start[:SAMPLE_ROWS]))
    relation = _relation(f"(SELECT unnest(string_split({lines}, chr(10))) AS l)")
    names = ", ".join(f"coalesce(c{n}, '')" for n in range(len(_FIELDS)))
    first = first_rows(f"SELECT {names} FROM {relation} WHERE unread IS NULL", shown)
    return [
        Extract(
            form="web_log",
            header=tuple(_FIELDS),
            unit="lines",
            relation=lambda copy: _relation(line_reader(copy)),
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


def _relation(lines: str) -> str:
    escaped = "CASE WHEN contains(l, '\\\"') THEN replace(l, '\\\"', '''') ELSE l END"
    # What is no record has fields too, of no meaning: the scan takes such rows out.
    fields = ", ".join(f"{sql} AS c{n}" for n, sql in enumerate(_FIELDS.values()))
    return (
        f"(SELECT {fields}, CASE WHEN {_IS_RECORD} THEN NULL ELSE coalesce(l, '') END AS unread FROM "
        "(SELECT l, q, string_split(q[1], ' ') AS p, string_split(q[3], ' ') AS s, "
        "string_split(q[2], ' ') AS r FROM "
        f"(SELECT l, string_split({escaped}, '\"') AS q FROM {lines})))"
    )
