"""Files of a folder that are copies of others: what stands in them would be found twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from audit.register.kinds.told import recognise_kind

__all__ = ["copies_among"]


def copies_among(paths: Iterable[Path]) -> set[Path]:
    """
    The files that have the same bytes as another.

    The one whose name tells what it is, the shortest of them, is no copy.

    Only files of one size are read; a link is a copy of what it leads to in the folder. Hidden ones, links
    that lead out and what cannot be read are passed over: whoever drafts a plan says of each what it is.
    """
    sized = []
    for path in paths:
        try:
            if path.is_file() and not path.name.startswith(".") and _lies_here(path):
                sized.append((path.stat().st_size, path))
        except OSError:
            continue
    found: set[Path] = set()
    for size, group in groupby(sorted(sized), key=lambda one: one[0]):
        alike = [path for _, path in group]
        if size and len(alike) > 1:
            found |= _repeated(sorted(alike, key=_rank))
    return found


def _lies_here(path: Path) -> bool:
    return not path.is_symlink() or path.resolve().parent == path.parent.resolve()


def _rank(path: Path) -> tuple[bool, bool, int, str]:
    untold = recognise_kind(path.stem, ()) == "other"
    return path.is_symlink(), untold, len(path.name), path.name


def _repeated(paths: Iterable[Path]) -> set[Path]:
    seen: set[str] = set()
    found = set()
    for path in paths:
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            continue
        if digest in seen:
            found.add(path)
        seen.add(digest)
    return found
