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

from audit.engine.workspace import workspace
from audit.errors import AuditError
from audit.plan import Plan, PlannedSource, held, read_plan, source_as_yaml
from audit.plan.drafting import draft_plan, draft_source
from audit.plan.unplanned import unplanned_tables
from audit.register.files import Found

__all__ = ["Change", "Replanned", "replan", "round_trip"]


class Change(NamedTuple):
    """One difference between a plan and its folder."""

    kind: Literal[
        "file_added",
        "file_left_out",
        "file_missing",
        "table_added",
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
        """Whether it needs a person: re-planning does not mend it."""
        return self.kind in ("file_missing", "column_missing", "unreadable")

    @property
    def incomplete(self) -> bool:
        """Whether an audit by the plan as it is would be refused, or incomplete."""
        return self.stops or self.kind == "table_added"

    @property
    def sentence(self) -> str:
        """What happened, for the command line."""
        return {
            "file_added": "{0}: added",
            "file_left_out": "{0}: left out ({1})",
            "table_added": "{0}: added",
            "file_missing": "{0}: the plan names it, but the folder does not have it",
            "column_added": "{0}: the column “{1}” is new",
            "column_missing": "{0}: the plan maps the column “{1}”, which the file does not have",
            "unreadable": "{1}",
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
    body, below = _parted(text)
    yaml, root = round_trip(body)
    drafted = draft_plan(path.parent, notice)
    changes: list[Change] = []
    read: list[tuple[PlannedSource, Found]] = []
    with workspace() as scratch:
        for place, source in enumerate(plan.sources):
            changed, found = _held_again(plan, source, root["sources"][place], scratch)
            changes += changed
            read += [] if found is None else [(source, found)]
        missed = unplanned_tables(plan, read)
        beside = [_drafted(plan, one.source, scratch) for one in missed]
    _take_out_whole_databases(plan, root)
    named = {source.origin for source in plan.sources}
    known = {(source.file, source.member) for source, _ in read if source.file}
    others = [source for source in drafted.sources if (source.file, source.member) not in known]
    new = beside + [source for source in others if not _is_planned(source, plan)]
    for source in new:
        root.setdefault("sources", []).append(source_as_yaml(_named_apart(source, plan)))
    for one in missed:
        kind: Literal["table_added", "file_added"] = "table_added" if one.stops else "file_added"
        changes.append(Change(kind, one.source.shown, one.problem if one.stops else ""))
    changes += [Change("file_added", source.shown) for source in new[len(beside) :]]
    for name, reason in drafted.left_out.items():
        if name not in plan.left_out and name not in named:
            root.setdefault("left_out", {})[name] = reason
            changes.append(Change("file_left_out", name, reason))
    if all(change.stops for change in changes):
        return Replanned(text, tuple(changes))
    stream = StringIO()
    yaml.dump(root, stream)
    return Replanned(stream.getvalue() + below, tuple(changes))


def _parted(text: str) -> tuple[str, str]:
    """The plan, and the comments that stand below all of it: what is added stands above them."""
    lines = text.splitlines(keepends=True)
    end = len(lines)
    while end and (lines[end - 1].startswith("#") or not lines[end - 1].strip()):
        end -= 1
    body = "".join(lines[:end])
    return (body if body.endswith("\n") else f"{body}\n"), "".join(lines[end:])


def _drafted(plan: Plan, source: PlannedSource, scratch: Path) -> PlannedSource:
    """What is recognised of a table that stands beside those of the plan."""
    named = source.model_copy(update={"table": source.name})
    return draft_source(named, held(plan, source, scratch))


def _is_planned(source: PlannedSource, plan: Plan) -> bool:
    """Whether the plan has, or leaves out, a table of a file that nothing of the plan was read of."""
    if plan.left_out.keys() & {source.file, source.origin, source.shown}:
        return True
    of_file = [one for one in plan.sources if one.origin == source.origin]
    # The plan takes the file's one table, whatever it is called.
    return any((one.sheet is None and one.file) or _place(one) == _place(source) for one in of_file)


def _held_again(
    plan: Plan, source: PlannedSource, written: Any, scratch: Path
) -> tuple[list[Change], Found | None]:
    """Add a source's new columns to what is written of it; what of it changed, and what it is."""
    if _is_whole_database(source):
        return [], None
    if source.file and not (plan.folder / source.file).exists():
        return [Change("file_missing", source.shown)], None
    try:
        found = held(plan, source, scratch)
    except AuditError as error:
        return [Change("unreadable", source.shown, str(error))], None
    header = found.head.header
    changes = [
        Change("column_missing", source.shown, name)
        for name in source.columns
        if name not in header
    ]
    new = [name for name in header if name not in source.columns]
    if not source.columns or not new:  # no column is mapped: all are to be recognised each time
        return changes, found
    fresh = source_as_yaml(draft_source(source, found))["columns"]
    for name in new:
        written["columns"][name] = fresh[name]
        comment = fresh.ca.items.get(name)
        if comment is not None:
            written["columns"].ca.items[name] = comment
        changes.append(Change("column_added", source.shown, name))
    return changes, found


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
