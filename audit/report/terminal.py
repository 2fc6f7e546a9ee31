"""What the terminal shows of an audit: what it found, in the report's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from audit.report.actions import action_of, do_by
from audit.report.texts import Texts, clean
from audit.report.view import View

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

__all__ = ["summary"]

_Entry = tuple[list["Text"], "Text", "Text"]
"""A family: its counts, its name, and the gravest of its findings."""

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
    "observed": "blue",
    "not_assessed": "bright_black",
}
_RESULTS = ("major", "minor", "observation")
_MARKS = {"major": "✖", "minor": "▲", "observation": "○"}
_FAINT = "bright_black"
_WIDTH = 40  # characters of the bar of clauses
_WIDE = 90  # from which on a line bears what was found and what to do about it
_NARROW = 60  # below which a family's counts stand under its name
_GAP = "   "
_LONGEST_PATH = 4000
_LONGEST_SAID = 400
_FILES_NAMED = 5  # of those that the plan does not have


def summary(
    data: dict[str, Any], report: str, lang: str, *, width: int = 80, verbose: bool = False
) -> Iterator[RenderableType]:
    """
    What an audit found, as it is read from top to bottom: verdict, findings, clauses, where to look.

    ``data`` is what ``findings.as_data`` gives; ``width`` the terminal's, in characters. A family
    has one entry, its findings counted and the gravest named; ``verbose`` shows every one.
    """
    from rich.text import Text

    texts, view = Texts(lang), View(data, {})
    yield from _verdict(data, texts)
    yield from (_every_finding if verbose else _by_family)(view, texts, width)
    yield from _clauses(view, texts, width)
    if view.denied:
        denied = texts.t("verdict.denied", clauses=", ".join(view.denied))
        yield Text(denied, style="red", overflow="fold")
    yield from _stated(view, texts)
    unplanned = [one["file"] for one in data["left_out"] if one["reason"] == "not_in_plan"]
    if unplanned:
        yield Text(_not_in_plan(unplanned, texts), style="yellow", overflow="fold")
    if view.families and not verbose:
        yield Text(texts.t("terminal.verbose"), style=_FAINT)
    shown = clean(report, _LONGEST_PATH)
    yield Text(texts.t("terminal.report", path=shown), style="bold", overflow="fold")


def _not_in_plan(files: Sequence[str], texts: Texts) -> str:
    """One line, however many files there are; the report has them all."""
    named = ", ".join(clean(file) for file in files[:_FILES_NAMED])
    more = f" (+{texts.number(len(files) - _FILES_NAMED)})" if len(files) > _FILES_NAMED else ""
    return texts.t("terminal.not_in_plan", files=named + more)


def _verdict(data: dict[str, Any], texts: Texts) -> Iterator[RenderableType]:
    from rich.text import Text

    counted = data["summary"]
    if not data["complete"]:
        yield Text(texts.t("verdict.incomplete"), style="bold red")
    grades = [grade for grade in ("major", "minor") if counted[grade]]
    parts = [texts.plural(f"count.{grade}", counted[grade]) for grade in grades]
    found = texts.t("format.and", first=parts[0], last=parts[1]) if parts[1:] else "".join(parts)
    records = texts.plural("count.records", counted["records"])
    key = "found" if parts else "nothing_found"
    if parts and not counted["records"]:
        key = "found_without_records"
    said = texts.t(
        f"verdict.{key}", records=records, findings=found, date=texts.date(data["as_of"])
    )
    yield Text(f"{clean(data['register'])}: {said}\n")


def _by_family(view: View, texts: Texts, width: int) -> Iterator[RenderableType]:
    """Each family with its findings by result, and the gravest of them beside or below it."""
    from rich.text import Text

    counts = _counts(view.data)
    entries = []
    for family, groups in view.families:
        counted = [
            Text(f"{_MARKS[key]} {texts.number(n)}" if n else "", style=_STYLES[key])
            for key in _RESULTS
            for n in (counts[family, key],)
        ]
        deviating = [group for group in groups if group.nonconforming]
        name = Text(texts.t(f"families.{family}"), style="bold" if deviating else _FAINT)
        gravest = min(deviating, key=lambda g: (g.grade, -g.total)) if deviating else None
        said = texts.t(f"checks.{gravest.code}.title") if gravest else ""
        entries.append((counted, name, Text(said, style=_FAINT)))
    yield from _beside(entries, width) if width >= _NARROW else _below(entries, width)
    words = [f"{_MARKS[key]} {texts.t(f'bar.{key}')}" for key in _RESULTS]
    yield Text()
    yield from _side_by_side([Text(word, style=_FAINT) for word in words], width)


def _beside(entries: Sequence[_Entry], width: int) -> Iterator[RenderableType]:
    """The counts of each family in columns before its name."""
    from rich.table import Table

    wide = width >= _WIDE
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1))
    for _ in _RESULTS:
        table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=wide)
    if wide:
        table.add_column()
    for counted, name, said in entries:
        if wide:
            table.add_row(*counted, name, said)
        else:
            table.add_row(*counted, name.append("\n" if said else "").append_text(said))
    yield table


def _below(entries: Sequence[_Entry], width: int) -> Iterator[RenderableType]:
    """The counts of each family below its name: a narrow terminal has no room for both, whole."""
    from rich.padding import Padding

    for counted, name, said in entries:
        name.overflow = "fold"
        yield name
        for part in (*_side_by_side([one for one in counted if one], width - 2), said):
            if part:
                yield Padding(part, (0, 0, 0, 2))


def _counts(data: Mapping[str, Any]) -> Counter[tuple[str, str]]:
    """Findings by family and by grade, or as observations."""
    families = {criterion["code"]: criterion["family"] for criterion in data["criteria"]}
    return Counter(
        (
            families[finding["check"]],
            finding["grade"] if finding["result"] == "nonconformity" else finding["result"],
        )
        for finding in data["findings"]
    )


def _every_finding(view: View, texts: Texts, width: int) -> Iterator[RenderableType]:
    """Each check that found something, by family: what, how often, what to do, and where."""
    from rich.table import Table
    from rich.text import Text

    as_of = date.fromisoformat(view.data["as_of"])
    wide = width >= _WIDE
    for family, groups in view.families:
        deviating = [group for group in groups if group.nonconforming]
        if not deviating:
            continue
        yield Text(texts.t(f"families.{family}"), style="bold")
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1), expand=True)
        table.add_column(no_wrap=True, width=8)
        table.add_column(ratio=1)
        table.add_column(no_wrap=True, justify="right")
        if wide:
            table.add_column(width=38)
        for group in deviating:
            day = do_by(group.code, as_of)
            by = texts.t("actions.at_once") if day == as_of else texts.date(day)
            to_do = f"{texts.t(f'actions.name.{action_of(group.code).key}')}, {by}"
            title = Text(texts.t(f"checks.{group.code}.title"))
            table.add_row(
                Text(f"{_MARKS[group.grade]} {group.code}", style=_STYLES[group.grade]),
                title if wide else title.append(f"\n{to_do}", style=_FAINT),
                texts.number(group.total),
                *((Text(to_do, style=_FAINT),) if wide else ()),
            )
            for place in group.nonconforming:
                table_name = texts.t("remarks.place") if place.unit == "notice" else place.table
                parts = (table_name, place.column, texts.category(place.category))
                where = " · ".join(clean(part) for part in parts if part)
                table.add_row("", Text(where, style=_FAINT), texts.number(place.count))
        yield table
        yield Text()


def _side_by_side(parts: Iterable[Text], width: int) -> Iterator[Text]:
    """Lines of parts, none of which is broken unless it is wider than the terminal."""
    from rich.text import Text

    line = Text()
    for part in parts:
        if line and len(line) + len(_GAP) + len(part) > width:
            yield line
            line = Text()
        line.append(_GAP if line else "").append_text(part)
    yield line


def _clauses(view: View, texts: Texts, width: int) -> Iterator[RenderableType]:
    from rich.text import Text

    counted, coverage = view.data["summary"], view.coverage
    line, words = Text("\n"), []
    for segment in coverage.segments:
        cells = max(1, round(_WIDTH * segment.n / coverage.total))
        filled = "░" if segment.key == "not_assessed" else "█"
        line.append(filled * cells, style=_STYLES[segment.key])
        state = f"{texts.t(f'states.{segment.key}')} {texts.number(segment.n)}"
        words.append(Text(state, style=_STYLES[segment.key]))
    yield line
    if counted["clauses"]:
        part = texts.part(counted["clauses_assessed"], counted["clauses"])
        share = texts.share(counted["clauses_assessed"], counted["clauses"])
        yield Text(texts.t("clauses.lead", assessed=part, share=share))
    else:
        yield Text(texts.t("clauses.none"))
    yield from _side_by_side(words, width)
    others = ("observations", "conformities", "not_assessed")
    said = {name: counted[name] for name in others}
    yield Text(texts.t("terminal.others", evidence=counted["evidence"], **said), style=_FAINT)


def _excused(view: View, waiver: Mapping[str, Any], texts: Texts) -> str:
    """What a waiver names, in the words of its findings where it names any."""
    places = view.excused(waiver)
    titles = dict.fromkeys(texts.t(f"checks.{code}.title") for code, _ in places)
    if not titles:
        return str(waiver["names"])
    counted = texts.plural("count.places", sum(place.count for _, place in places))
    return f"{waiver['names']} ({'; '.join(titles)}, {counted})"


def _stated(view: View, texts: Texts) -> Iterator[RenderableType]:
    """The waivers of the plan, and the other statements that do not count."""
    from rich.text import Text

    data = view.data
    said = [
        (
            one["state"],
            _excused(view, one, texts),
            texts.t(f"waivers.{one['state']}"),
            "waiver",
            one["expires"],
        )
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
        named = clean(what, _LONGEST_SAID)
        line = texts.t(f"terminal.{kind}", what=named, state=words, date=texts.date(day))
        quiet = state in ("applied", "replaced")
        yield Text(line, style=_FAINT if quiet else "yellow", overflow="fold")
