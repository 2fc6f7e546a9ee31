"""How far an audit has come: told to whoever watches, and to nobody unless somebody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

__all__ = ["SILENT", "Progress", "Shown"]

_EVERY = 0.2  # seconds

#: Given the stage (``reading``, ``checking``, ``writing``), what it is at, and the share done of all.
Shown = Callable[[str, str, float], None]


class Progress:
    """The work of an audit in bytes to read, and how much of it is done."""

    def __init__(self, show: Shown | None = None, total: int = 0) -> None:
        self._show = show
        self.total = total
        self._done = 0

    @property
    def watched(self) -> bool:
        """Whether anybody is told."""
        return self._show is not None

    def at(self, stage: str, what: str = "") -> None:
        """Say which stage begins."""
        if self._show is not None:
            self._show(stage, what, self._share(0))

    @contextmanager
    def reading(self, what: str, size: int, percent: Callable[[], float]) -> Iterator[None]:
        """
        Read a source of ``size`` bytes; ``percent`` tells how much of it is read, or is negative.

        It is asked from a thread of its own: the reading itself is never held up.
        """
        if self._show is None:
            yield
            return
        over, show, reached = Event(), self._show, 0.0

        def watch() -> None:
            nonlocal reached
            while not over.wait(_EVERY):
                # A source may be passed over more than once: the bar never goes back.
                reached = max(reached, percent() / 100)
                show("reading", what, self._share(size * reached))

        show("reading", what, self._share(0))
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
