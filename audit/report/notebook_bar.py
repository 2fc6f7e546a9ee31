"""How far an audit has come, in a notebook: a bar that leaves nothing behind on the page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from uuid import uuid4

from audit.progress import Progress, Reached

__all__ = ["notebook_bar"]

Worded = Callable[[Reached], tuple[str, str]]


@contextmanager
def notebook_bar(worded: Worded) -> Iterator[Progress]:
    """
    A bar in the output of the cell that runs, gone when the work is over.

    ``worded`` says what is being done, and how many rows were read. The page is plain HTML: a widget
    would leave its name behind wherever there is no kernel.
    """
    from IPython.display import display, update_display

    shown, started = f"register-audit-{uuid4().hex}", time.monotonic()
    display({"text/html": "", "text/plain": ""}, raw=True, display_id=shown)

    def show(reached: Reached) -> None:
        html = _bar(reached, *worded(reached), time.monotonic() - started)
        update_display({"text/html": html, "text/plain": ""}, raw=True, display_id=shown)

    try:
        yield Progress(show)
    finally:
        update_display({"text/html": "", "text/plain": ""}, raw=True, display_id=shown)


def _bar(reached: Reached, words: str, rows: str, elapsed: float) -> str:
    """
    The bar as HTML; where nothing can be counted it pulses.

    >>> _bar(Reached("reading", "a.csv", 0.25, 10, 40), "Reading: a.csv", "10 of 40 rows", 30.0)
    '<div><progress value="0.250" max="1" aria-label="Reading: a.csv"></progress> Reading: a.csv · 10 of 40 rows · 1:30</div>'
    """
    share = reached.share
    value = "" if share is None else f' value="{share:.3f}"'
    left = "" if not share else _minutes(elapsed * (1 - share) / share)
    label = escape(words, quote=True)
    said = " · ".join(escape(part) for part in (words, rows, left) if part)
    return f'<div><progress{value} max="1" aria-label="{label}"></progress> {said}</div>'


def _minutes(seconds: float) -> str:
    """A time left as minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
