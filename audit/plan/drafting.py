"""The plan drafted for a folder or for tables in memory: each guess, its ground, its certainty."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Mapped
from itertools import chain, count
from pathlib import Path

from audit.engine.workspace import workspace
from audit.errors import AuditError, InputMissing
from audit.plan import NOTICE_NAMES, PLAN_NAMES, Mapping, Plan, PlannedSource, in_memory, read_plan
from audit.plan.copies import copies_among
from audit.plan.date_orders import with_orders_of_the_folder
from audit.plan.recognition import columns_of, recording_of, told_kind
from audit.plan.related import with_accounts_related
from audit.plan.resolution import unclaimed
from audit.plan.shared_keys import with_shared_keys
from audit.plan.staff import with_staff_apart
from audit.plan.unplanned import is_audit
from audit.register.columns.remembered import forget_columns
from audit.register.database import database_table, database_tables
from audit.register.extract import Extract
from audit.register.files import Found, Unfit, found_in_database, readable, tables_in, unopened
from audit.register.forms import Unread, forget
from audit.register.kinds.told import ToldKind, recognise_kind
from audit.register.model import Certainty

__all__ = ["draft_of_frames", "draft_plan", "draft_source", "moved"]

_PUBLISHED = re.compile(
    "tietosuoja|rekisteriselost|seloste|privacy|dataskydd|integritet|registerbeskr|notice",
    re.IGNORECASE,
)
# What a notice is called, beside what it is about.
_NOTICE_WORD = re.compile("selost|notice|policy|beskriv|informa|lauseke", re.IGNORECASE)


def draft_plan(folder: Path, notice: Path | None = None) -> Plan:
    """Draft a plan for the exports in a folder: each guess with its ground and its certainty."""
    if not folder.is_dir():
        raise InputMissing(folder)
    sources: list[PlannedSource] = []
    tables: dict[str, Found] = {}
    left_out: dict[str, str] = {}
    unread: dict[str, str] = {}
    published = _published(folder)
    written = next((folder / n for n in NOTICE_NAMES if (folder / n).is_file()), None)
    named = notice or written or next(iter(published), None)
    copies = copies_among(path for path in folder.iterdir() if path not in (notice, named))
    with workspace() as scratch:
        for path in sorted(folder.iterdir()):
            name = path.name
            if name in PLAN_NAMES or path in (notice, named) or is_audit(path):
                continue
            if (reason := _not_looked_at(path)) is not None:
                left_out[readable(name)] = reason
                continue
            if path in copies:
                left_out[readable(name)] = "copy"
                continue
            if readable(name) != name:
                planned = PlannedSource(file=readable(name))
                sources.append(_named(planned, sources, alone=True))
                unread[readable(name)] = str(unopened(folder / readable(name), readable(name)))
                continue
            found = list(tables_in(folder, name, scratch))
            if path in published and named in published and _are_prose(found):
                left_out[name] = _OTHER_NOTICE
                continue
            unread |= _sentences(name, found)
            for one in found:
                alone = len(found) == 1
                tables |= _draft_one(name, one, sources, left_out, alone=alone)
    for reviewed in _reviewed_databases(folder):
        _draft_database(reviewed, sources)
    forget()
    heads = {name: found.head for name, found in tables.items()}
    return Plan(
        register_name=folder.resolve().name,
        notice=None if named is None else _relative(named, folder),
        sources=with_shared_keys(
            with_orders_of_the_folder(_told_together(sources, tables), heads), heads
        ),
        left_out=left_out,
        folder=folder,
        inferred=True,
        unread=unread,
    )


def _told_together(
    sources: Sequence[PlannedSource], tables: Mapped[str, Found]
) -> tuple[PlannedSource, ...]:
    """The sources, with what the folder's lists of accounts, staff and events tell of one another."""
    kinds = {source.shown: source.kind for source in sources}
    apart = with_staff_apart(sources)
    # A list that is one of accounts after all is read as one: it was as one of staff.
    again = [
        _as_kind(one, tables[one.shown], "access_list")
        if one.kind == "access_list" != kinds[one.shown] and one.shown in tables
        else one
        for one in apart
    ]
    return with_accounts_related(again, tables, _as_kind)


def _as_kind(source: PlannedSource, found: Found, kind: str) -> PlannedSource:
    """A source of the draft, planned anew as a table of another kind."""
    bare = source.model_copy(
        update={"kind": kind, "kind_ground": "other files", "kind_certainty": Certainty.LIKELY}
    )
    return draft_source(bare.model_copy(update={"columns": {}}), found)


_OTHER_NOTICE = "other_notice"


def _are_prose(found: Sequence[Found | Unfit]) -> bool:
    """Whether a file holds no table, and is not broken either."""
    return all(isinstance(one, Unfit) and not isinstance(one.reason, AuditError) for one in found)


def _not_looked_at(path: Path) -> str | None:
    """Why what lies in a folder is left out without a look into it; None for a file to be looked at."""
    if path.name in NOTICE_NAMES:
        return _OTHER_NOTICE
    if path.name.startswith(".~lock."):
        return str(Unread.LOCK_FILE)
    if path.name.startswith("."):
        return str(Unread.SYSTEM) if path.name == ".DS_Store" else "hidden"
    return "folder" if path.is_dir() and not path.is_symlink() else None


def _sentences(file: str, found: Iterable[Found | Unfit]) -> dict[str, str]:
    """What is wrong with the tables of a file that cannot be read, by their name in the plan."""
    return {
        PlannedSource(file=file, member=one.member, sheet=one.sheet).shown: str(one.reason)
        for one in found
        if isinstance(one, Unfit) and isinstance(one.reason, AuditError)
    }


def moved(plan: Plan, folder: Path) -> Plan:
    """The same plan, to be kept in another folder: its paths lead from there."""
    way = os.path.relpath(plan.folder.resolve(), folder.resolve())
    if way == ".":
        return plan

    def led(name: str) -> str:
        return name if Path(name).is_absolute() else str(Path(way) / name)

    sources = [s.model_copy(update={"file": led(s.file)} if s.file else {}) for s in plan.sources]
    return plan.model_copy(
        update={
            "folder": folder,
            "notice": None if plan.notice is None else led(plan.notice),
            "sources": tuple(sources),
            "left_out": {led(name): reason for name, reason in plan.left_out.items()},
        }
    )


def _reviewed_databases(folder: Path) -> list[PlannedSource]:
    """The databases that the folder's plan names: no file of the folder tells of them."""
    path = next((folder / name for name in PLAN_NAMES if (folder / name).is_file()), None)
    if path is None:
        return []
    return [source for source in read_plan(path).sources if source.database is not None]


def _draft_database(reviewed: PlannedSource, sources: list[PlannedSource]) -> None:
    """Add a table of a database to the draft, or each of them; what people wrote of one stays."""
    assert reviewed.database is not None
    if reviewed.sheet is not None:
        found = [database_table(reviewed.database, reviewed.sheet, mapped=frozenset())]
    else:
        found = database_tables(reviewed.database)
    for extract in found:
        planned = PlannedSource(database=reviewed.database, sheet=extract.sheet)
        if any(planned.shown == source.shown for source in sources):
            continue
        said = reviewed.model_dump(exclude_unset=True, exclude={"columns", "sheet"})
        named = planned.model_copy(update={"table": planned.name, **said})
        one = draft_source(named, found_in_database(extract))
        sources.append(one.model_copy(update={"columns": {**one.columns, **reviewed.columns}}))


def _published(folder: Path) -> list[Path]:
    """The published notices in a folder, by their names and their form, the likeliest first."""
    from audit.notice.forms.reader import FORMS

    found = [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in FORMS and _PUBLISHED.search(path.stem) and path.is_file()
    ]
    # "tietosuojapyynnöt.txt" is a list of requests, though it begins as a notice's name does.
    named = [path for path in found if _NOTICE_WORD.search(path.stem)]
    others = [path for path in found if recognise_kind(path.stem, ()) == "other"]
    return [*named, *(path for path in others if path not in named)]


def draft_of_frames(frames: Mapped[str, Extract], notice: Path, register: str) -> Plan:
    """Draft a plan for tables that are in memory, by their names."""
    sources = tuple(
        draft_source(PlannedSource(file=name, table=name), in_memory(name, frame))
        for name, frame in frames.items()
    )
    return Plan(
        register_name=register,
        notice=str(notice.resolve()),
        sources=sources,
        folder=notice.resolve().parent,
        inferred=True,
    )


def _draft_one(
    file: str,
    found: Found | Unfit,
    sources: list[PlannedSource],
    left_out: dict[str, str],
    *,
    alone: bool,
) -> dict[str, Found]:
    """Add a table to the draft, or what gives none to what is left out; the table by its name there."""
    planned = PlannedSource(file=file, member=found.member, sheet=found.sheet)
    if isinstance(found, Unfit):
        if isinstance(found.reason, AuditError):
            # The run says what is wrong with it.
            sources.append(_named(planned, sources, alone=alone))
        else:
            left_out[planned.shown] = str(found.reason)
        return {}
    sources.append(draft_source(_named(planned, sources, alone=alone), found))
    return {planned.shown: found}


def _named(
    planned: PlannedSource, sources: Sequence[PlannedSource], *, alone: bool
) -> PlannedSource:
    """The source with a name for its table that no other of the plan has."""
    taken = {source.table for source in sources}
    name = planned.stem if alone else planned.name
    numbered = (f"{planned.shown} ({n})" for n in count(2))
    name = next(one for one in chain((name, planned.shown), numbered) if one not in taken)
    return planned.model_copy(update={"table": name})


def draft_source(planned: PlannedSource, found: Found) -> PlannedSource:
    """What is recognised of a table: its kind, its dialect, its columns; its kind only if not said."""
    dialect = found.head.dialect if found.extract is None else None
    told = (
        ToldKind(planned.kind, planned.kind_ground, planned.kind_certainty)
        if planned.kind
        else told_kind(planned.stem, planned.sheet, found)
    )
    kind = told.kind
    mapped = {
        column.header: Mapping(**column.model_dump(exclude={"header"}))
        for column in unclaimed(columns_of(found, kind), planned)
    }
    written: dict[str, object] = {
        "kind": kind,
        "kind_ground": told.ground,
        "kind_certainty": told.certainty,
        "recording": planned.recording or recording_of(planned.stem, kind),
        "columns": mapped,
    }
    forget_columns()
    if dialect is not None:
        written |= {
            "encoding": dialect.encoding,
            "delimiter": dialect.delimiter,
            "quote": None if dialect.gaps else _unusual(dialect.quote),
            "escape": None if dialect.gaps else _unusual(dialect.escape),
            "header_lines": dialect.header_lines,
        }
    return planned.model_copy(update=written)


def _unusual(mark: str) -> str | None:
    """A quote or an escape, unless it is the double quote that nearly every file has."""
    return None if mark == '"' else mark


def _relative(path: Path, folder: Path) -> str:
    try:
        return str(path.resolve().relative_to(folder.resolve()))
    except ValueError:
        return str(path.resolve())
