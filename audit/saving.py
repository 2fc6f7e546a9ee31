"""Files that people worked on are written whole, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from audit.errors import FileUnwritable

__all__ = ["write_whole"]


def write_whole(path: Path, text: str) -> None:
    """
    Write a text where another may stand already, which stays until the new one is whole on the disk.

    It is written beside and takes the other's name, its place and who may read it. Raises
    ``FileUnwritable``; then what was there is there still.
    """
    there = path.resolve()  # a link goes on leading to the file
    beside = there.with_name(f".{uuid4().hex}.unfinished")
    try:
        try:
            with beside.open("x", encoding="utf-8") as file:
                if there.exists():
                    beside.chmod(there.stat().st_mode & 0o7777)
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(there)
        finally:
            with suppress(OSError):
                beside.unlink()
    except OSError as error:
        raise FileUnwritable(path, error.strerror or "the system refuses") from None
