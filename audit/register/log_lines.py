"""The lines of a log that is read line by line, however it marks their ends and whatever bytes are in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audit.register.delimited import HEAD_BYTES

__all__ = ["first_lines", "numbered_lines"]


def first_lines(path: Path) -> list[str]:
    """The lines at the beginning of a log; the last of them may be cut."""
    with path.open("rb") as file:
        start = file.read(HEAD_BYTES).decode("utf-8", "replace")
    return [line.rstrip("\r") for line in start.split("\n")]


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Every line with its number, from 1."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            yield number, raw.decode("utf-8", "replace").rstrip("\r\n").removeprefix("\ufeff")
