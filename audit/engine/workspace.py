"""
The private folder of a run: the database, re-encoded files, spilled pages.

All of it may hold personal data, so the folder is 0700, and it is removed when the run ends, also
after an error. A run that was killed leaves its folder behind; the next run removes it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["workspace"]

_PREFIX = "register-audit-"


@contextmanager
def workspace() -> Iterator[Path]:
    """A private temporary folder, gone when the block ends."""
    _remove_leftovers(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_leftovers(parent: Path) -> None:
    if os.name != "posix":  # elsewhere signal 0 ends the process it asks about
        return
    for folder in parent.glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        try:
            ours = folder.is_dir() and not folder.is_symlink()
            if (
                ours
                and folder.stat().st_uid == os.getuid()
                and owner.isdigit()
                and not _alive(int(owner))
            ):
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
