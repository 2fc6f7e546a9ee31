"""The independent line count, and the hash: one read of the file for both."""

from __future__ import annotations

import hashlib
from pathlib import Path

from audit.register.delimited.model import CHUNK, MARKERS, LineCount

__all__ = ["count_lines"]


def count_lines(path: Path, markers_used: str = MARKERS, *, feeds_alone: bool = False) -> LineCount:
    """
    Count physical lines and hash the bytes, apart from whatever parses them.

    CR, LF and CR LF each end a line; with ``feeds_alone``, for forms whose lines end in LF by
    definition, CR does only in a file that has no LF. ``markers_used`` are the control characters
    that the scan of this file puts between cells.
    """
    unwanted = [marker.encode() for marker in (*markers_used, "\0")]
    digest, feeds, returns, markers, last = hashlib.sha256(), 0, 0, False, b"\n"
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            feeds += chunk.count(b"\n")
            if b"\r" in chunk:
                returns += chunk.count(b"\r") - chunk.count(b"\r\n")
            if last == b"\r" and chunk.startswith(b"\n"):  # CR LF across two reads
                returns -= 1
            markers = markers or any(marker in chunk for marker in unwanted)
            last = chunk[-1:]
    if feeds_alone and feeds:
        return LineCount(lines=feeds + (last != b"\n"), sha256=digest.hexdigest(), markers=markers)
    unended = last not in (b"\n", b"\r")
    return LineCount(lines=feeds + returns + unended, sha256=digest.hexdigest(), markers=markers)
