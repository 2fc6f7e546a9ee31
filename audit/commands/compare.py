"""The command ``compare``: what changed since an earlier audit, and the trend over several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit.commands.options import Lang, lang_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from audit.report.compare import Change, Comparison, State, TrendPoint
    from audit.report.texts import Texts

__all__ = ["compare"]

_FAINT = "bright_black"
_SINCE: tuple[State, ...] = ("new", "resolved")


def compare(
    old: Annotated[Path, typer.Argument(help="The folder of the earlier audit.")],
    new: Annotated[
        list[Path], typer.Argument(help="The folder of the later audit; of several, in order.")
    ],
    lang: Annotated[
        Lang, typer.Option(help="Language of what is shown.", parser=lang_of, metavar="fi|sv|en")
    ] = Lang.EN,
    everything: Annotated[
        bool, typer.Option("--all", help="Also the findings that are unchanged.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Even of two controllers or registers.")
    ] = False,
) -> None:
    """Show what changed between the last two audits, and the trend over several."""
    from dataclasses import asdict

    from audit.report.compare import compare as compare_audits
    from audit.report.compare import trend

    folders = [old, *new]
    pairs = [compare_audits(one, other, anyway=anyway) for one, other in pairwise(folders)]
    points = trend(folders)
    if as_json:
        import json

        data = asdict(pairs[-1]) | {"trend": [asdict(point) for point in points]}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True))
        return
    from rich.console import Console

    from audit.report.texts import Texts

    console, texts = Console(highlight=False, markup=False), Texts(lang.value)
    if len(points) > 2:  # noqa: PLR2004 - two audits have a difference, more have a trend
        console.print(_trend(points, pairs, texts, console.width))
        console.print()
    for part in _shown(pairs[-1], texts, everything=everything):
        console.print(part)


def _shown(found: Comparison, texts: Texts, *, everything: bool) -> Iterator[RenderableType]:
    from rich.text import Text

    from audit.report.compared import counts_of, is_as_before, moved_clauses, remarks

    yield Text(counts_of(found, texts), style="bold")
    for line in remarks(found, texts):
        yield Text(line, overflow="fold")
    if moved := moved_clauses(found, texts):
        yield Text(moved)
    hidden = [] if everything else [c for c in found.changes if is_as_before(c)]
    if shown := [c for c in found.changes if everything or not is_as_before(c)]:
        yield Text()
        yield _table(shown, texts)
    if hidden:
        counted = sum(change.by_count for change in hidden)
        key = "hidden_counted" if counted else "hidden"
        said = texts.t(f"compare.{key}", n=len(hidden), counted=counted)
        yield Text(said, style=_FAINT, overflow="fold")


def _table(changes: Sequence[Change], texts: Texts) -> RenderableType:
    """Each finding by its title, with what became of it and where it stands below."""
    from rich.table import Table
    from rich.text import Text

    from audit.report.compared import pieces_of, state_of, title_of, where_of

    table = Table(box=None, pad_edge=False, show_header=False, expand=True, padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True, width=8)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(no_wrap=True, justify="right")
    for change in changes:
        said = Text(title_of(change, texts)).append(f"\n{state_of(change, texts)}", style="bold")
        if pieces := pieces_of(change, texts):
            said.append(f"\n{pieces}")
        said.append(f"\n{where_of(change, texts)}", style=_FAINT)
        code = Text(change.check).append(f"\n{change.fingerprint[:6]}", style=_FAINT)
        figures = f"{texts.number(change.before)} → {texts.number(change.after)}"
        table.add_row(code, said, figures)
    return table


def _trend(
    points: tuple[TrendPoint, ...], pairs: list[Comparison], texts: Texts, width: int
) -> RenderableType:
    """The audits side by side, each in a column; where they have no room, one below the other."""
    from rich.table import Table
    from rich.text import Text

    days = [texts.date(point.as_of) for point in points]
    rows = _figures(points, pairs, texts)
    needed = max(len(name) for name, _ in rows) + sum(len(day) + 2 for day in days)
    if needed > width:
        said = Text(f"{texts.t('trend.title')}\n", style="italic")
        for at, day in enumerate(days):
            figures = [f"{name}: {shown[at]}" for name, shown in rows if shown[at]]
            said.append(f"{day}\n", style="bold").append(
                "; ".join(figures) + "\n", style="not bold"
            )
        said.rstrip()
        return said
    table = Table(title=texts.t("trend.title"), title_justify="left", box=None, pad_edge=False)
    table.add_column(no_wrap=True)
    for day in days:
        table.add_column(day, justify="right", no_wrap=True)
    for name, shown in rows:
        table.add_row(name, *shown)
    return table


def _figures(
    points: tuple[TrendPoint, ...], pairs: list[Comparison], texts: Texts
) -> list[tuple[str, list[str]]]:
    """What is told of the audits, each with a figure for each audit."""
    counts = {
        texts.t("bar.major"): [point.major for point in points],
        texts.t("bar.minor"): [point.minor for point in points],
        texts.t("bar.observation"): [point.observations for point in points],
        texts.t("bar.waived"): [point.waived for point in points],
    }
    rows = [(name, [texts.number(n) for n in found]) for name, found in counts.items()]
    rows += [
        (texts.t(f"compare.{state}"), ["", *(texts.number(pair.count(state)) for pair in pairs)])
        for state in _SINCE
    ]
    parts = [texts.part(point.clauses_assessed, point.clauses) for point in points]
    return [*rows, (texts.t("verdict.clauses"), parts)]
