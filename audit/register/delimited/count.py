"""The independent line count, and the hash: one read of the file for both."""

from __future__ import annotations

import hashlib
from pathlib import Path

from audit.register.delimited.model import MARKERS, LineCount

__all__ = ["count_lines"]


_AT_A_TIME = 1 << 18  # bytes: they stay in the processor's cache
_ENDS = (b"\n", b"\r")


def count_lines(
    path: Path, markers_used: str = MARKERS, *, feeds_alone: bool = False, empty: str = ""
) -> LineCount:
    """
    Count physical lines and hash the bytes, apart from whatever parses them.

    CR, LF and CR LF each end a line; with ``feeds_alone``, for forms whose lines end in LF by
    definition, CR does only in a file that has no LF. ``markers_used`` are the control characters
    that the scan of this file puts between cells; ``empty`` is a record of nothing but delimiters.
    """
    unwanted = [marker.encode() for marker in (*markers_used, "\0")]
    delimiters = empty.encode()
    hollow = [start + delimiters + end for start in _ENDS for end in _ENDS] if empty else []
    digest, breaks, feeds, last = hashlib.sha256(), 0, 0, b""
    markers, emptied, before = False, False, b""
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_AT_A_TIME):
            digest.update(chunk)
            breaks += len(chunk.splitlines()) - (chunk[-1:] not in _ENDS)
            if last == b"\r" and chunk.startswith(b"\n"):  # CR LF across two reads
                breaks -= 1
            if feeds_alone:
                feeds += chunk.count(b"\n")
            markers = markers or any(marker in chunk for marker in unwanted)
            if hollow and not emptied:
                whole = before + chunk
                emptied = delimiters in whole and any(record in whole for record in hollow)
                before = whole[-len(hollow[0]) :]
            last = chunk[-1:]
    emptied |= bool(hollow) and before.endswith(tuple(start + delimiters for start in _ENDS))
    lines = (feeds + (last != b"\n")) if feeds else breaks + (last not in (*_ENDS, b""))
    return LineCount(lines=lines, sha256=digest.hexdigest(), markers=markers, emptied=emptied)
