"""
The tables of a file, whatever its form: what a plan is drafted from, and what it is held against.

A file may hold several: the sheets of a workbook, the tables of a database, the arrays of a JSON
document, the members of an archive. ``member`` and ``sheet`` name one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from audit.errors import AuditError, InputEmpty, InputMissing, InputUnreadable, LinkLeadsOut
from audit.register.archive import litter, members, unpack
from audit.register.columns.names import check_width
from audit.register.delimited import Head, Told, read_heads
from audit.register.delimited.prose import is_prose
from audit.register.extract import Extract, sheet_within
from audit.register.forms import Form, Unread, ending_of, form_of, in_narrow, open_tables
from audit.register.model import Dialect

__all__ = [
    "Beside",
    "Found",
    "Unfit",
    "found_in_database",
    "readable",
    "table_in",
    "tables_in",
    "unopened",
]

_SURELY_TABLES = frozenset(
    {".csv", ".tsv", ".tab", ".psv", ".ssv", ".dsv", ".unl", ".xls", ".xlsx"}
)


class Beside(NamedTuple):
    """A table of a file, as others of the file know it."""

    sheet: str | None
    within: str | None
    """What it shares with others, one below the other: a text (blank) or a sheet; None if nothing."""
    lines: tuple[int, int | None] | None = None
    """The first and the last of its lines, where it has lines; None as the last: to the end."""


class Found(NamedTuple):
    """One table of a file."""

    path: Path
    """Where it can be read: the file, or what was unpacked of it."""
    member: str | None
    sheet: str | None
    head: Head
    extract: Extract | None
    """None for delimited text."""
    beside: tuple[Beside, ...] = ()
    """Every table of the file, this one too, where a plan names one of them."""


class Unfit(NamedTuple):
    """A file, or a part of one, that gives no table."""

    member: str | None
    sheet: str | None
    reason: Unread | str | AuditError
    """Why it is left out; an error, where it should have given one."""


def tables_in(folder: Path, file: str, scratch: Path) -> Iterator[Found | Unfit]:
    """Every table of a file of ``folder``, and what of it gives none; archives go to ``scratch``."""
    try:
        path = _inside(folder, file)
        path, form = _read_as(path, file, scratch)
        if form is not Form.ZIP:
            yield from _tables(path, form, None, file, scratch)
            return
        names = members(path, file)
        yield from (Unfit(name, None, Unread.SYSTEM) for name in litter(path))
    except AuditError as error:
        yield Unfit(None, None, error)
        return
    if not names:
        yield Unfit(None, None, InputEmpty(file))
    for member in names:
        shown = f"{file}/{member}"
        try:
            inner = unpack(path, member, scratch, shown)
            inner, form = _read_as(inner, shown, scratch)
            yield from _tables(inner, form, member, shown, scratch)
        except AuditError as error:
            yield Unfit(member, None, error)


def table_in(
    folder: Path,
    file: str,
    member: str | None,
    sheet: str | None,
    said: dict[str, object],
    scratch: Path,
    told: Told,
) -> Found:
    """The one table that a plan names; ``said`` of its dialect, and ``told`` of the whole file."""
    shown = file if member is None else f"{file}/{member}"
    path = _inside(folder, file)
    if member is not None:
        path = unpack(path, member, scratch, shown)
    path, form = _read_as(path, shown, scratch)
    if form is Form.GZIP:
        path = unpack(path, None, scratch, shown)
        path, form = _read_as(path, shown.removesuffix(".gz"), scratch)
    if form is Form.DELIMITED:
        heads = read_heads(path, shown, told=told)
        head = _head(path, shown, sheet, said, heads)
        return Found(path, member, head.sheet, head, None, _parts(heads))
    if form is Form.ZIP:
        if not members(path, shown):  # which says what else is wrong with it
            raise InputEmpty(shown)
        raise InputUnreadable(shown, "it is an archive", "name one of its files with `member`")
    if not isinstance(form, Form):
        raise InputUnreadable(shown, "it is no table", "leave it out of the plan")
    extracts = open_tables(path, form, shown)
    if form is Form.WORKBOOK and (told.one_table or "header_lines" in said):
        extracts = _as_said(path, shown, sheet, extracts, said.get("header_lines"), told)
    extract = _chosen(extracts, sheet, shown)
    check_width(len(extract.header), _shown(shown, extract.sheet))
    return Found(path, member, extract.sheet, extract.head(), extract, _sheets(extracts))


def _read_as(path: Path, shown: str, scratch: Path) -> tuple[Path, Form | Unread]:
    """Where a file can be read, and its form; text in wide characters is copied once, as UTF-8."""
    form = form_of(path, shown)
    narrow = in_narrow(path, form, scratch)
    return narrow, form if narrow == path else form_of(narrow, shown)


def found_in_database(extract: Extract) -> Found:
    """A table of a database: there is no file that it stands in."""
    return Found(Path(), None, extract.sheet, extract.head(), extract)


def _tables(
    path: Path, form: Form | Unread, member: str | None, shown: str, scratch: Path
) -> Iterator[Found | Unfit]:
    try:
        if form is Form.GZIP:
            path, shown = unpack(path, None, scratch, shown), shown.removesuffix(".gz")
            path, form = _read_as(path, shown, scratch)
        if form is Form.DELIMITED:
            heads = read_heads(path, shown)
            if ending_of(shown) not in _SURELY_TABLES and all(map(is_prose, heads)):
                yield Unfit(member, None, Unread.PROSE)
                return
            for head in heads:
                yield Found(path, member, head.sheet, head, None)
        elif form is Form.ZIP or form is Form.GZIP:
            if form is Form.ZIP:
                members(path, shown)  # which says what is wrong with it, if anything is
            yield Unfit(member, None, "nested")
        elif isinstance(form, Unread):
            yield Unfit(member, None, form)
        else:
            for extract in open_tables(path, form, shown):
                yield _found(path, member, extract, shown)
    except AuditError as error:
        yield Unfit(member, None, error)


def _found(path: Path, member: str | None, extract: Extract, shown: str) -> Found | Unfit:
    if not extract.header:
        return Unfit(member, extract.sheet, "empty_sheet")
    try:
        check_width(len(extract.header), _shown(shown, extract.sheet))
    except AuditError as error:
        return Unfit(member, extract.sheet, error)
    return Found(path, member, extract.sheet, extract.head(), extract)


def _shown(file: str, sheet: str | None) -> str:
    """A file, or a sheet of it, as sentences name it."""
    return file if sheet is None else f"{file}, {sheet},"


def _chosen(extracts: list[Extract], sheet: str | None, shown: str) -> Extract:
    filled = [extract for extract in extracts if extract.header]
    if sheet is None and len(filled) == 1:
        return filled[0]
    for extract in extracts:
        if extract.sheet == sheet:
            if not extract.header:
                raise InputEmpty(_shown(shown, sheet))
            return extract
    names = ", ".join(f"“{extract.sheet}”" for extract in filled[:12])
    problem = "it has several tables" if sheet is None else f"it has no “{sheet}”"
    raise InputUnreadable(shown, problem, f"name one of them with `sheet`: {names}")


def _as_said(
    path: Path,
    shown: str,
    sheet: str | None,
    extracts: list[Extract],
    header_rows: object,
    told: Told,
) -> list[Extract]:
    """A workbook's tables, one of them as the plan says that it is."""
    from audit.register.sheets.tables import Said
    from audit.register.sheets.workbook import tables

    sheets = {sheet_within(extract.sheet) for extract in extracts if extract.header}
    if sheet is None and len(sheets) > 1:
        return extracts  # it is not said which
    name = min(sheets) if sheet is None else sheet
    rows = header_rows if isinstance(header_rows, int) else None
    found = tables(path, shown, Said(name, rows, told.one_table))
    of_name = next((extract for extract in found if extract.sheet == name), None)
    if rows and of_name is not None and of_name.count is not None and of_name.count() < rows:
        problem = f"`header_lines` is {rows}, but “{name}” has {of_name.count()} rows"
        raise InputUnreadable(shown, problem, "correct `header_lines` in the plan")
    return found


def _parts(heads: Sequence[Head]) -> tuple[Beside, ...]:
    """The tables of a text, one below the other."""
    within = "" if len(heads) > 1 else None
    return tuple(Beside(head.sheet, within, (head.part.first, head.part.last)) for head in heads)


def _sheets(extracts: Sequence[Extract]) -> tuple[Beside, ...]:
    """The tables of a workbook, a database or a document; several may stand in one sheet."""
    named = [extract.sheet for extract in extracts if extract.header]
    above = {name: sheet_within(name) for name in named}
    shared = {above[name] for name in named if name != above[name]}
    return tuple(Beside(name, above[name] if above[name] in shared else None) for name in named)


def _head(
    path: Path, shown: str, sheet: str | None, said: dict[str, object], heads: Sequence[Head]
) -> Head:
    """One of a text's heads, with what the plan says of its dialect in the place of what is told."""
    cut = next((head for head in heads if head.sheet == sheet), None)
    if cut is None:
        names = ", ".join(f"“{head.sheet}”" for head in heads[1:])
        has = f"it has {names}" if names else "it is one table, which needs no `sheet`"
        raise InputUnreadable(shown, f"it has no “{sheet}”", f"correct `sheet` in the plan: {has}")
    dialect = cut.dialect.model_copy(update=said)
    head = cut
    if dialect != cut.dialect:
        [head] = read_heads(path, shown, Dialect.model_validate(dialect), cut.part)
        head = replace(head, sheet=sheet, seen=cut.seen)
    if len(head.header) == 1 and "delimiter" in said:
        by_itself = read_heads(path, shown)[0]
        if len(by_itself.header) > 1 and by_itself.dialect.delimiter != said["delimiter"]:
            raise InputUnreadable(
                shown,
                f"with the delimiter {_quoted(said['delimiter'])} it has a single column, "
                f"with {_quoted(by_itself.dialect.delimiter)} it has {len(by_itself.header)}",
                "correct `delimiter` in the plan",
            )
    return head


def _quoted(mark: object) -> str:
    """A mark as a plan has it; a tab means one between double quotes only."""
    return json.dumps(mark, ensure_ascii=False)


def _inside(folder: Path, file: str) -> Path:
    """The file's path; a link in the folder that leads out of it is refused."""
    path = folder / file
    if Path(file).is_absolute() or ".." in Path(file).parts:
        return path  # whoever wrote the plan meant that place
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        raise unopened(path, file) from None
    if not inside:
        raise LinkLeadsOut(file)
    if not path.exists():
        raise unopened(path, file)
    return path


def unopened(path: Path, shown: str) -> AuditError:
    """Why a file cannot be opened: it is not there, or a link leads nowhere, or its name is no text."""
    if path.is_symlink():
        where = "the link leads to itself, or to nothing"
        return InputUnreadable(shown, where, "put the file itself there")
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        names = []
    if any(readable(name) == path.name != name for name in names):
        return InputUnreadable(shown, "its name is not written in UTF-8", "give it another name")
    return InputMissing(shown)


def readable(name: str) -> str:
    r"""
    A file's name as text: bytes that are none are written out.

    >>> readable("bad\udce4.csv")
    'bad\\xe4.csv'
    """
    return os.fsencode(name).decode("utf-8", "backslashreplace")
