"""What lies in the folder and stands in no plan: nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from audit.categories import withheld
from audit.errors import AuditError
from audit.finding import SourceFailure
from audit.plan import PLAN_NAMES, PLAN_SCHEMA, Plan, PlannedSource
from audit.register.archive import members
from audit.register.files import Beside, Found, readable
from audit.register.forms import Form, form_of

__all__ = ["NOT_IN_PLAN", "Unplanned", "passed_over", "unplanned_tables"]

NOT_IN_PLAN = "not_in_plan"  # a reason of ``left_out``
_FIRST_LINES = 1 << 12  # bytes in which a plan says that it is one


class Unplanned(NamedTuple):
    """A table of a file of the plan that is in no source of the plan, nor left out."""

    source: PlannedSource
    """As a plan would name it."""
    beside: Beside
    stops: bool
    """Whether it shares a text or a sheet with a table of the plan: then lines of what is audited
    are not, and the audit is not complete."""

    @property
    def problem(self) -> str:
        """What is wrong and what to do, after the table's name."""
        lines = self.beside.lines
        last = "the last" if lines is None or lines[1] is None else str(lines[1])
        where = f" (lines {lines[0]} to {last} of the file)" if lines is not None else ""
        whole = "file" if lines is not None else "sheet"
        remedy = (
            "add it with `register-audit plan`, or name it under `left_out` with the reason"
            + (f", or write `one_table: true` if the {whole} is one table" if self.stops else "")
        )
        return f"is a table{where} that the plan does not have, so it was not audited: {remedy}"

    @property
    def failure(self) -> SourceFailure:
        """As a source that was not audited."""
        return SourceFailure(
            source=self.source.shown, sentence=f"{self.source.shown} {self.problem}."
        )


def unplanned_tables(plan: Plan, held: Iterable[tuple[PlannedSource, Found]]) -> list[Unplanned]:
    """The tables of the plan's own files that the plan neither names nor leaves out."""
    files: dict[tuple[str, str | None], tuple[Found, set[str | None]]] = {}
    for source, found in held:
        if source.file:
            place = (source.file, source.member)
            files.setdefault(place, (found, set()))[1].add(found.sheet)
    missed = []
    for (file, member), (found, planned) in files.items():
        together = {b.within for b in found.beside if b.sheet in planned} - {None}
        for beside in found.beside:
            source = PlannedSource(file=file, member=member, sheet=beside.sheet)
            if beside.sheet in planned or plan.left_out.keys() & {source.shown, file}:
                continue
            missed.append(Unplanned(source, beside, beside.within in together))
    return missed


def passed_over(
    plan: Plan, held: Iterable[tuple[PlannedSource, Found]]
) -> tuple[list[SourceFailure], dict[str, str]]:
    """
    What makes an audit of the sources ``held`` incomplete, and all that it leaves out.

    The second is by file, sheet or member, with the reason: the plan's, or that it has none.
    """
    missed = unplanned_tables(plan, held)
    others = [one.source.shown for one in missed if not one.stops]
    left_out = plan.left_out | _files_not_in_plan(plan) | dict.fromkeys(others, NOT_IN_PLAN)
    shown = {withheld(name): reason for name, reason in left_out.items()}
    return [one.failure for one in missed if one.stops], shown


def _files_not_in_plan(plan: Plan) -> dict[str, str]:
    """
    Files of the plan's folders that it neither names nor leaves out, with the reason to show.

    A folder is looked into where a file of it is planned; of others it is said that they are there.
    A plan that was drafted for this run has seen every file.
    """
    if plan.inferred:
        return {}
    planned = {Path(source.file) for source in plan.sources if source.file}
    planned = {path for path in planned if not path.is_absolute()}  # somebody meant that one
    folders = {path.parent for path in planned}
    folders |= {above for path in planned if ".." not in path.parts for above in path.parents}
    known = {*map(str, planned), *plan.left_out, str(Path(plan.notice or "."))}
    found = {
        name: reason
        for folder in sorted(folders)
        for name, reason in _others(plan.folder, folder, folders)
        if name not in known
    }
    for file in {source.file for source in plan.sources if source.member is not None}:
        found |= dict.fromkeys(_members(plan, file), NOT_IN_PLAN)
    return found


def _others(home: Path, folder: Path, looked: set[Path]) -> Iterator[tuple[str, str]]:
    """What lies in a folder, but for plans, notices and audits: the name and the reason."""
    try:
        entries = sorted((home / folder).iterdir())
    except OSError:
        return  # that its files cannot be read is said of them
    for path in entries:
        name = folder / readable(path.name)
        if path.name in (*PLAN_NAMES, "notice.yaml", "notice.yml"):
            continue
        if path.name.startswith("."):
            yield str(name), "hidden"
            continue
        if path.is_dir() and not path.is_symlink():
            if name not in looked and not is_audit(path):
                yield str(name), "folder"
        elif not _is_plan(path):
            yield str(name), NOT_IN_PLAN


def is_audit(folder: Path) -> bool:
    """Whether a folder is what an audit wrote, or holds such folders."""
    return any(folder.glob("findings.json")) or any(folder.glob("*/findings.json"))


def _is_plan(path: Path) -> bool:
    """Whether a file is another plan."""
    if path.suffix.lower() not in (".yaml", ".yml") or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return PLAN_SCHEMA.encode() in file.read(_FIRST_LINES)
    except OSError:
        return False


def _members(plan: Plan, file: str) -> Iterator[str]:
    """The members of an archive that the plan does not name."""
    named = {source.member for source in plan.sources if source.file == file}
    try:
        path = plan.folder / file
        inside = members(path, file) if form_of(path, file) is Form.ZIP else []
    except AuditError:
        return  # what is wrong with it is said of the members that are planned
    for member in inside:
        shown = f"{file}/{member}"
        if member not in named and not plan.left_out.keys() & {shown, file}:
            yield shown
