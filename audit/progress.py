"""How far an audit has come: told to whoever watches, and to nobody unless somebody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

__all__ = ["SILENT", "Progress", "Reached", "Shown", "estimated_rows"]

_EVERY = 0.2  # seconds
_SAMPLE = 1 << 18  # bytes


class Reached(NamedTuple):
    """How far the work has come."""

    stage: str
    """``reading``, ``checking`` or ``writing``."""
    what: str
    """The source that is read; blank for the other stages."""
    share: float | None
    """Of the bytes to read, from 0 to 1; None where nothing can be counted."""
    rows: int
    """Records read; of the source that is being read about as many."""
    of: int
    """About how many there are in all; 0 where a source does not tell."""


Shown = Callable[[Reached], None]


class Progress:
    """The work of an audit in bytes and rows to read, and how much of it is done."""

    def __init__(self, show: Shown | None = None, total: int = 0) -> None:
        self._show = show
        self.total = total
        """Bytes."""
        self.rows = 0
        """About how many records the sources hold; 0 where that is not known of all."""
        self._done = 0
        self._rows = 0

    @property
    def watched(self) -> bool:
        """Whether anybody is told."""
        return self._show is not None

    def at(self, stage: str) -> None:
        """Say which stage begins, of those that cannot be counted."""
        if self._show is not None:
            self._show(Reached(stage, "", None, self._rows, self._rows))

    def counted(self, rows: int) -> None:
        """Take the records of the source that was read, as they were counted."""
        self._rows += rows

    @contextmanager
    def reading(
        self, what: str, size: int, percent: Callable[[], float], rows: int = 0
    ) -> Iterator[None]:
        """
        Read a source of ``size`` bytes, about ``rows`` records.

        ``percent`` tells how much of it is read, or is negative. It is asked from a thread of its
        own: the reading itself is never held up.
        """
        if self._show is None:
            yield
            return
        over, show, reached = Event(), self._show, 0.0

        def told() -> None:
            done = self._rows + round(rows * reached)
            show(Reached("reading", what, self._share(size * reached), done, self.rows))

        def watch() -> None:
            nonlocal reached
            while not over.wait(_EVERY):
                # A source may be passed over more than once: the bar never goes back.
                reached = max(reached, percent() / 100)
                told()

        told()
        watching = Thread(target=watch, daemon=True)
        watching.start()
        try:
            yield
        finally:
            over.set()
            watching.join()
            self._done += size

    def _share(self, further: float) -> float:
        return min(1.0, (self._done + further) / self.total) if self.total else 0.0


SILENT = Progress()


def estimated_rows(path: Path) -> int:
    """About how many records a text file holds, by its first lines; 0 where it is no text."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_SAMPLE)
    except OSError:
        return 0
    lines = head.count(b"\n")
    return 0 if b"\0" in head or not lines else max(1, round(size * lines / len(head)))
