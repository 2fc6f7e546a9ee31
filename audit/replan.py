"""
A reviewed plan held against its folder again: what is new is added, what people wrote is kept.

Corrections, comments and the order of ``audit.yaml`` stay as they are; files and columns that the
plan does not know yet are drafted below them, and what the plan names but the folder has no longer
is said, never removed.
"""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any, Literal, NamedTuple

from audit.drafting import draft_plan, draft_source
from audit.engine.workspace import workspace
from audit.errors import AuditError
from audit.plan import Plan, PlannedSource, held, read_plan, source_as_yaml

__all__ = ["Change", "Replanned", "replan", "round_trip"]


class Change(NamedTuple):
    """One difference between a plan and its folder."""

    kind: Literal[
        "file_added",
        "file_left_out",
        "file_missing",
        "column_added",
        "column_missing",
        "unreadable",
    ]
    source: str
    """The file, with its member or sheet."""
    what: str = ""
    """The column, the reason for which a file is left out, or the sentence of an error."""

    @property
    def stops(self) -> bool:
        """Whether the plan cannot be audited as it is."""
        return self.kind in ("file_missing", "column_missing", "unreadable")

    @property
    def sentence(self) -> str:
        """What happened, for the command line."""
        return {
            "file_added": "{0}: added",
            "file_left_out": "{0}: left out ({1})",
            "file_missing": "{0}: the plan names it, but the folder does not have it",
            "column_added": "{0}: the column “{1}” is new",
            "column_missing": "{0}: the plan maps the column “{1}”, which the file does not have",
            "unreadable": "{0}: {1}",
        }[self.kind].format(self.source, self.what)


class Replanned(NamedTuple):
    """A plan brought up to date."""

    text: str
    """The YAML; the same text as before where nothing changed."""
    changes: tuple[Change, ...]


def replan(path: Path, notice: Path | None = None) -> Replanned:
    """
    Bring the plan at ``path`` up to date with the folder that it lies in.

    Raises ``PlanInvalid`` if it is no plan; nothing is written.
    """
    plan = read_plan(path)
    text = path.read_text("utf-8")
    yaml, root = round_trip(text)
    drafted = draft_plan(path.parent, notice)
    known = {_place(source): source for source in plan.sources}
    changes: list[Change] = []
    with workspace() as scratch:
        for place, source in enumerate(plan.sources):
            changes += _held_again(plan, source, root["sources"][place], scratch)
    _take_out_whole_databases(plan, root)
    named = {source.origin for source in plan.sources}
    for source in drafted.sources:
        if _place(source) not in known and source.origin not in plan.left_out:
            if source.file in named and any(
                s.sheet is None for s in plan.sources if s.file == source.file
            ):
                continue  # the plan takes the file's one table, whatever it is called
            root.setdefault("sources", []).append(source_as_yaml(_named_apart(source, plan)))
            changes.append(Change("file_added", source.shown))
    for name, reason in drafted.left_out.items():
        if name not in plan.left_out and name not in named:
            root.setdefault("left_out", {})[name] = reason
            changes.append(Change("file_left_out", name, reason))
    if all(change.stops for change in changes):
        return Replanned(text, tuple(changes))
    stream = StringIO()
    yaml.dump(root, stream)
    return Replanned(stream.getvalue(), tuple(changes))


def _held_again(plan: Plan, source: PlannedSource, written: Any, scratch: Path) -> list[Change]:
    """Add a source's new columns to what is written of it; what of it changed."""
    if _is_whole_database(source):
        return []
    if source.file and not (plan.folder / source.file).exists():
        return [Change("file_missing", source.shown)]
    try:
        found = held(plan, source, scratch)
    except AuditError as error:
        return [Change("unreadable", source.shown, str(error))]
    header = found.head.header
    changes = [
        Change("column_missing", source.shown, name)
        for name in source.columns
        if name not in header
    ]
    new = [name for name in header if name not in source.columns]
    if not source.columns or not new:  # no column is mapped: all are to be recognised each time
        return changes
    fresh = source_as_yaml(draft_source(source, found))["columns"]
    for name in new:
        written["columns"][name] = fresh[name]
        comment = fresh.ca.items.get(name)
        if comment is not None:
            written["columns"].ca.items[name] = comment
        changes.append(Change("column_added", source.shown, name))
    return changes


def _named_apart(source: PlannedSource, plan: Plan) -> PlannedSource:
    """A new source under a name that no other table of the plan has."""
    taken = {known.name for known in plan.sources}
    name, again = source.name, 1
    while name in taken:
        again += 1
        name = f"{source.name} ({again})"
    return source.model_copy(update={"table": name})


def _place(source: PlannedSource) -> tuple[str, str | None, str | None]:
    return source.origin, source.member, source.sheet


def _is_whole_database(source: PlannedSource) -> bool:
    return source.database is not None and source.sheet is None


def _take_out_whole_databases(plan: Plan, root: Any) -> None:
    """Where a plan names a database alone, its tables are drafted in its place, one by one."""
    for place in reversed(range(len(plan.sources))):
        if _is_whole_database(plan.sources[place]):
            del root["sources"][place]


def round_trip(text: str) -> tuple[Any, Any]:
    """What writes a plan again, and the plan as it is written: comments and order are kept."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml, yaml.load(text)
