"""What the terminal shows: a bar while the audit runs, and what it found, in the report's words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from audit.progress import SILENT, Progress
from audit.report.actions import action_of, do_by
from audit.report.texts import Texts, clean
from audit.report.view import View

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

__all__ = ["bar", "summary"]

_STYLES = {
    "major": "bold red",
    "minor": "yellow",
    "observation": "blue",
    "conformity": "green",
    "does_not_conform": "red",
    "waived": "blue",
    "conforms": "green",
    "conforms_on_supplied": "green",
    "attested": "blue",
    "not_assessed": "bright_black",
}
_MARKS = {"major": "✖", "minor": "▲"}
_WIDTH = 40  # characters of the bar of clauses


@contextmanager
def bar(console: Console, lang: str, *, quiet: bool = False) -> Iterator[Progress]:
    """A bar with the stage and the time left, on a terminal or in a notebook; nothing in CI."""
    if quiet or os.environ.get("CI") or not (console.is_terminal or console.is_jupyter):
        yield SILENT
        return
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    texts = Texts(lang)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True) as shown:
        task = shown.add_task("", total=1.0)

        def show(stage: str, what: str, share: float) -> None:
            words = texts.t(f"progress.{stage}")
            text = f"{words}: {clean(what, 40)}" if what else words
            shown.update(task, description=text.replace("[", "\\["), completed=share)

        yield Progress(show)


def summary(
    data: dict[str, Any], report: str, lang: str, *, verbose: bool = False
) -> Iterator[RenderableType]:
    """
    What an audit found, as it is read from top to bottom: verdict, findings, clauses, where to look.

    ``data`` is what ``findings.as_data`` gives; ``verbose`` shows every finding by table and column.
    """
    from rich.text import Text

    texts, view = Texts(lang), View(data, {})
    yield from _verdict(data, texts)
    yield _findings(view, texts, verbose=verbose)
    yield from _clauses(view, texts)
    yield from _stated(data, texts)
    yield Text(texts.t("terminal.report", path=report), style="bold", overflow="fold")


def _verdict(data: dict[str, Any], texts: Texts) -> Iterator[RenderableType]:
    from rich.text import Text

    counted = data["summary"]
    if not data["complete"]:
        yield Text(texts.t("verdict.incomplete"), style="bold red")
    parts = [texts.plural(f"count.{grade}", counted[grade]) for grade in ("major", "minor")]
    found = texts.t("format.and", first=parts[0], last=parts[1])
    records = texts.plural("count.records", counted["records"])
    key = "found" if counted["major"] or counted["minor"] else "nothing_found"
    said = texts.t(
        f"verdict.{key}", records=records, findings=found, date=texts.date(data["as_of"])
    )
    yield Text(f"{clean(data['register'])}: {said}\n")


def _findings(view: View, texts: Texts, *, verbose: bool) -> RenderableType:
    from datetime import date

    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1))
    for column in ({"no_wrap": True}, {"ratio": 1}, {"justify": "right"}, {"no_wrap": True}):
        table.add_column(**column)
    as_of = date.fromisoformat(view.data["as_of"])
    for family, groups in view.families:
        deviating = [group for group in groups if group.nonconforming]
        if not deviating:
            continue
        table.add_row("", Text(texts.t(f"families.{family}"), style="bold"))
        for group in deviating:
            day = do_by(group.code, as_of)
            by = texts.t("actions.at_once") if day == as_of else texts.date(day)
            action = texts.t(f"actions.name.{action_of(group.code).key}")
            table.add_row(
                Text(f"{_MARKS[group.grade]} {group.code}", style=_STYLES[group.grade]),
                Text(texts.t(f"checks.{group.code}.title")),
                texts.number(group.total),
                Text(f"{action}, {by}", style="bright_black"),
            )
            for place in group.nonconforming if verbose else ():
                parts = (place.table, place.column, texts.category(place.category))
                where = " · ".join(clean(part) for part in parts if part)
                table.add_row("", Text(where, style="bright_black"), texts.number(place.count))
    return table


def _clauses(view: View, texts: Texts) -> Iterator[RenderableType]:
    from rich.text import Text

    counted, coverage = view.data["summary"], view.coverage
    line, words = Text("\n"), Text()
    for segment in coverage.segments:
        cells = max(1, round(_WIDTH * segment.n / coverage.total))
        filled = "░" if segment.key == "not_assessed" else "█"
        line.append(filled * cells, style=_STYLES[segment.key])
        state = f"{texts.t(f'states.{segment.key}')} {texts.number(segment.n)}   "
        words.append(state, style=_STYLES[segment.key])
    part = texts.part(counted["clauses_assessed"], counted["clauses"])
    share = texts.share(counted["clauses_assessed"], counted["clauses"])
    yield line
    yield Text(texts.t("clauses.lead", assessed=part, share=share))
    yield words
    others = ("observations", "conformities", "not_assessed")
    said = {name: counted[name] for name in others}
    yield Text(
        texts.t("terminal.others", evidence=counted["evidence"], **said), style="bright_black"
    )


def _stated(data: dict[str, Any], texts: Texts) -> Iterator[RenderableType]:
    """The waivers of the plan, and the other statements that do not count."""
    from rich.text import Text

    said = [
        (one["state"], one["names"], texts.t(f"waivers.{one['state']}"), "waiver", one["expires"])
        for one in data.get("waivers", ())
    ]
    said += [
        (
            one["state"],
            ", ".join(one["names"]),
            texts.t("attestations.expired"),
            "attestation",
            one["until"],
        )
        for one in data.get("attestations", ())
        if one["state"] != "applied"
    ]
    said += [
        (one["state"], one["table"], texts.t(f"clauses.{one['state']}"), "completeness", one["on"])
        for one in data.get("completeness", ())
        if one["state"] != "applied"
    ]
    for state, what, words, kind, day in said:
        line = texts.t(f"terminal.{kind}", what=clean(what), state=words, date=texts.date(day))
        quiet = state in ("applied", "replaced")
        yield Text(line, style="bright_black" if quiet else "yellow", overflow="fold")
