"""The command ``compare``: what changed since an earlier audit, and the trend over several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit.commands.options import Lang

if TYPE_CHECKING:
    from rich.console import RenderableType

    from audit.report.compare import Change, Comparison, TrendPoint
    from audit.report.noticed import NoticeChange
    from audit.report.texts import Texts

__all__ = ["compare"]


def compare(
    old: Annotated[Path, typer.Argument(help="The folder of the earlier audit.")],
    new: Annotated[
        list[Path], typer.Argument(help="The folder of the later audit; of several, in order.")
    ],
    lang: Annotated[Lang, typer.Option(help="Language of what is shown.")] = Lang.EN,
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
        console.print(_trend(points, pairs, texts))
        console.print()
    for part in _shown(pairs[-1], texts, everything=everything):
        console.print(part)


def _shown(found: Comparison, texts: Texts, *, everything: bool) -> Iterator[RenderableType]:
    from rich.text import Text

    from audit.report.compare import STATES

    counts = ", ".join(f"{texts.t(f'compare.{s}')} {texts.number(found.count(s))}" for s in STATES)
    yield Text(f"{texts.date(found.old)} → {texts.date(found.new)}: {counts}.", style="bold")
    for line in _remarks(found, texts):
        yield Text(line, overflow="fold")
    if found.clauses:
        moved = ", ".join(
            f"{c.clause} {texts.t(f'states.{c.before}')} → {texts.t(f'states.{c.after}')}"
            for c in found.clauses
        )
        yield Text(texts.t("compare.clauses", clauses=moved))
    hidden = [] if everything else [c for c in found.changes if _is_as_before(c)]
    if shown := [c for c in found.changes if everything or not _is_as_before(c)]:
        yield _table(shown, texts)
    if hidden:
        counted = sum(change.by_count for change in hidden)
        key = "hidden_counted" if counted else "hidden"
        said = texts.t(f"compare.{key}", n=len(hidden), counted=counted)
        yield Text(said, style="bright_black", overflow="fold")


def _is_as_before(change: Change) -> bool:
    """Whether neither the register nor what people accept changed about a finding."""
    return change.state == "unchanged" and change.accepted in (None, "waived")


def _remarks(found: Comparison, texts: Texts) -> Iterator[str]:
    """What else differs between the two, and what the figures therefore do not say."""
    from audit.report.texts import clean

    if found.registers[0] != found.registers[1]:
        names = [clean(name, 80) for name in found.registers]
        yield texts.t("compare.registers", old=names[0], new=names[1])
    if not found.complete:
        yield texts.t("compare.incomplete")
    yield from _of_the_tables(found, texts)
    yield from _of_the_notice(found.notice, texts)
    if found.attested_before:
        yield texts.t("compare.attested_before", clauses=", ".join(found.attested_before))
    if found.counted_only:
        yield texts.t("compare.counted_only")
    elif any(change.by_count for change in found.changes):
        yield texts.t("compare.by_count")


def _of_the_tables(found: Comparison, texts: Texts) -> Iterator[str]:
    """What was supplied of the register, that had not been or had been before."""
    from audit.report.texts import clean

    for key in ("tables_added", "tables_removed"):
        if tables := [clean(name, 80) for name in getattr(found, key)]:
            yield texts.t(f"compare.{key}", tables=", ".join(tables))
    for key in ("columns_added", "columns_removed", "columns_recast"):
        if columns := [f"{clean(t, 80)}: {clean(c, 80)}" for t, c in getattr(found, key)]:
            yield texts.t(f"compare.{key}", columns=", ".join(columns))
    if found.shorter:
        counted = (
            f"{clean(t, 80)} {texts.number(n)} → {texts.number(m)}" for t, n, m in found.shorter
        )
        yield texts.t("compare.shorter", tables=", ".join(counted))
    if found.unread:
        yield texts.t("compare.unread", tables=", ".join(clean(t, 80) for t in found.unread))


def _of_the_notice(notice: NoticeChange, texts: Texts) -> Iterator[str]:
    """How the notice differs."""
    if not notice.same:
        yield texts.t("compare.notice")
    for key in ("words", "promises", "added", "removed"):
        if clauses := getattr(notice, key):
            yield texts.t(f"compare.notice_{key}", clauses=", ".join(clauses))
    if notice.header:
        parts = (texts.t(f"compare.header_{name}") for name in notice.header)
        yield texts.t("compare.notice_header", parts=", ".join(parts))


def _table(changes: Sequence[Change], texts: Texts) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    names = ("finding", "state", "before", "after", "appeared", "disappeared", "where")
    table = Table(*(texts.t(f"compare.{name}") for name in names), box=None)
    for change in changes:
        numbers = (change.before, change.after, change.appeared, change.disappeared)
        table.add_row(
            f"{change.check} {change.fingerprint[:6]}",
            Text(_state(change, texts)),
            *(texts.number(n) for n in numbers),
            Text(_where(change, texts)),
        )
    return table


def _state(change: Change, texts: Texts) -> str:
    parts = [texts.t(f"compare.{change.state}")]
    if change.by_count and change.state in ("unchanged", "changed"):
        parts.append(texts.t("compare.counted"))
    if change.first_look:
        parts.append(texts.t("compare.first_look"))
    if change.accepted:
        parts.append(texts.t(f"compare.{change.accepted}"))
    if change.grade_before and change.grade_after and change.grade_before != change.grade_after:
        parts.append(
            " → ".join(texts.t(f"grades.{g}") for g in (change.grade_before, change.grade_after))
        )
    return ", ".join(parts)


def _where(change: Change, texts: Texts) -> str:
    from audit.report.texts import clean

    table = change.table or texts.t("remarks.place")
    category = texts.category(change.category) if change.category else None
    return " · ".join(clean(part, 80) for part in (table, change.column, category) if part)


def _trend(points: tuple[TrendPoint, ...], pairs: list[Comparison], texts: Texts) -> RenderableType:
    from rich.table import Table

    names = ("major", "minor", "observation")
    table = Table(
        texts.t("page.as_of"),
        *(texts.t(f"bar.{name}") for name in names),
        texts.t("results.waived"),
        texts.t("compare.new"),
        texts.t("compare.resolved"),
        texts.t("verdict.clauses"),
        title=texts.t("trend.title"),
        box=None,
    )
    for place, point in enumerate(points):
        pair = pairs[place - 1] if place else None
        since = [pair.count("new"), pair.count("resolved")] if pair else []
        table.add_row(
            texts.date(point.as_of),
            *(
                texts.number(n)
                for n in (point.major, point.minor, point.observations, point.waived)
            ),
            *([texts.number(n) for n in since] or ["", ""]),
            texts.part(point.clauses_assessed, point.clauses),
        )
    return table
