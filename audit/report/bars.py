"""How far an audit has come: a bar on a terminal, or in a notebook, that leaves nothing behind."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING
from uuid import uuid4

from audit.progress import SILENT, Progress, Reached
from audit.report.texts import Texts, clean

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["bar"]

Worded = Callable[[Reached], tuple[str, str]]

_WIDE = 90  # from which on everything has room on one line
_LEAST_BAR = 8  # characters of the bar on a narrow terminal
_LONGEST_NAME = 24  # of a source beside the bar


@contextmanager
def bar(console: Console, lang: str, *, quiet: bool = False) -> Iterator[Progress]:
    """
    A bar with the stage, the rows and the time left, on a terminal or in a notebook; nothing in CI.

    Where nothing can be counted it pulses: a full bar would say that the work is over.
    """
    if quiet or os.environ.get("CI") or not (console.is_terminal or console.is_jupyter):
        yield SILENT
        return
    texts = Texts(lang)
    if console.is_jupyter:
        with _in_a_notebook(
            lambda reached: (_doing(reached, texts), _rows(reached, texts))
        ) as told:
            yield told
        return
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    narrow = console.width < _WIDE
    room = console.width - _LEAST_BAR - 2 if narrow else 0
    columns = (
        (TextColumn("{task.description}\n{task.fields[rows]}"), BarColumn(bar_width=_LEAST_BAR))
        if narrow
        else (
            TextColumn("{task.description}"),
            BarColumn(bar_width=max(10, min(40, console.width - 60))),
            TextColumn("{task.fields[rows]}"),
            TimeRemainingColumn(elapsed_when_finished=True),
        )
    )
    with Bar(*columns, console=console, transient=True) as shown:
        task = shown.add_task("", total=None, rows="")

        def show(reached: Reached) -> None:
            shown.update(
                task,
                description=_doing(reached, texts, room).replace("[", "\\["),
                total=None if reached.share is None else 1.0,
                completed=reached.share or 0.0,
                rows=_rows(reached, texts, room),
            )

        yield Progress(show)


def _doing(reached: Reached, texts: Texts, room: int = 0) -> str:
    """What is being done, and with which source; with a ``room``, the name is cut to so many."""
    words = texts.t(f"progress.{reached.stage}")
    longest = min(_LONGEST_NAME, max(2, room - len(words) - 2)) if room else _LONGEST_NAME
    return f"{words}: {clean(reached.what, longest)}" if reached.what else words


def _rows(reached: Reached, texts: Texts, room: int = 0) -> str:
    """
    The rows read so far, of about how many where that is known.

    Where so many characters have no ``room``, thousands or millions are counted instead.
    """
    for number in (texts.number, texts.brief):
        if reached.of > reached.rows:
            said = texts.t("progress.rows_of", n=number(reached.rows), total=number(reached.of))
        else:
            said = texts.t("progress.rows", n=number(reached.rows)) if reached.rows else ""
        if not room or len(said) <= room:
            break
    return said


@contextmanager
def _in_a_notebook(worded: Worded) -> Iterator[Progress]:
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
