"""A planned source held against its file or its database as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from audit.categories import withheld
from audit.errors import ColumnNotMapped
from audit.plan.model import Plan, PlannedSource
from audit.plan.recognition import columns_of, kind_of, recording_of
from audit.register.columns.concepts import is_contacts_number
from audit.register.columns.remembered import forget_columns
from audit.register.database import database_table
from audit.register.delimited import Told, looks_like_data
from audit.register.extract import Extract, sheet_within
from audit.register.files import Found, found_in_database, table_in
from audit.register.model import Column, Role, Table

__all__ = ["Resolved", "held", "in_memory", "resolve"]


class Resolved(NamedTuple):
    """A planned source held against the file as it is."""

    table: Table
    found: Found
    recognised: tuple[str, ...]
    """Headers that the plan did not map."""


def resolve(
    plan: Plan,
    source: PlannedSource,
    shown_plan: str,
    scratch: Path,
    frame: Extract | None = None,
) -> Resolved:
    """
    Hold a planned source against its file: the dialect, the header, the columns in their order.

    Archives are unpacked into ``scratch``, which the caller removes. A ``frame`` stands in the
    file's place.
    """
    found = held(plan, source, scratch) if frame is None else in_memory(source.file, frame)
    head = found.head
    for name in source.columns:
        if name not in head.header:
            raise ColumnNotMapped(
                name, source=source.shown, plan=shown_plan, columns=_shown(source, head.header)
            )
    kind = source.kind or kind_of(source.stem, source.sheet, found)
    # What is mapped already need not be recognised again.
    new = not all(name in source.columns for name in head.header)
    columns = columns_of(found, kind) if new else tuple(Column(header=name) for name in head.header)
    forget_columns()
    mapped = tuple(
        Column(header=column.header, **source.columns[column.header].model_dump())
        if column.header in source.columns
        else column
        for column in unclaimed(columns, source)
    )
    sheet = found.sheet if frame is None else source.sheet
    table = Table(
        name=source.name,
        file=source.origin,
        member=source.member and withheld(source.member),
        sheet=sheet and withheld(sheet),
        kind=kind,
        extracted_on=source.extracted_on,
        recording=source.recording or (recording_of(source.stem, kind) if plan.inferred else None),
        dialect=head.dialect,
        serials_from_1904=found.extract is not None and found.extract.serials_from_1904,
        columns=mapped,
    )
    return Resolved(table, found, tuple(h for h in head.header if h not in source.columns))


def unclaimed(columns: Iterable[Column], source: PlannedSource) -> Iterator[Column]:
    """The columns as recognised, but for roles that the plan gives to another column: it was reviewed."""
    said = {column.role for column in source.columns.values()}
    given = {role for role in said if role is not None and role.type != "note"}
    for column in columns:
        claimed = column.role in given and column.header not in source.columns
        also = column.role is Role.CUSTOMER_REFERENCE and is_contacts_number(column.header)
        yield column.model_copy(update={"role": None}) if claimed and not also else column


def held(plan: Plan, source: PlannedSource, scratch: Path) -> Found:
    """The table that a planned source names, as its file or its database has it now."""
    if source.database is not None:
        extract = database_table(source.database, source.sheet, mapped=frozenset(source.columns))
        return found_in_database(extract)
    said = {
        key: value
        for key in ("encoding", "delimiter", "quote", "escape", "header_lines")
        if (value := getattr(source, key)) is not None
    }
    return table_in(
        plan.folder, source.file, source.member, source.sheet, said, scratch, _told(plan, source)
    )


def _told(plan: Plan, source: PlannedSource) -> Told:
    """What the plan says of a source's whole file: what all the file's tables have in common."""
    place = (source.file, source.member)
    tables = [s for s in plan.sources if (s.file, s.member) == place] or [source]
    first = next((s for s in tables if s.sheet is None), None)
    sheet = sheet_within(source.sheet)
    shared = {
        name: said.pop()
        for name in ("encoding", "delimiter", "quote", "escape")
        if len(said := {getattr(s, name) for s in tables}) == 1
    }
    return Told(
        header_lines=None if first is None else first.header_lines,
        # Of a workbook each sheet is for itself.
        one_table=any(s.one_table for s in tables if sheet_within(s.sheet) == sheet),
        **shared,
    )


def in_memory(name: str, frame: Extract) -> Found:
    """A table that is in memory, as one that was found in a file."""
    return Found(Path(name), None, None, frame.head(), frame)


def _shown(source: PlannedSource, header: Sequence[str]) -> list[str]:
    """The columns of a file for a sentence; none where a record may have been taken for its header."""
    unknown = len(source.columns) > 1 and not any(name in header for name in source.columns)
    return [] if unknown or looks_like_data(header) else list(header)
