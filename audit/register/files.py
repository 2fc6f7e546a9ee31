"""
The tables of a file, whatever its form: what a plan is drafted from, and what it is held against.

A file may hold several: the sheets of a workbook, the tables of a database, the arrays of a JSON
document, the members of an archive. ``member`` and ``sheet`` name one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from audit.errors import AuditError, InputEmpty, InputUnreadable, LinkLeadsOut
from audit.register.archive import members, unpack
from audit.register.delimited import Head, read_heads
from audit.register.extract import Extract
from audit.register.forms import Form, Unread, form_of, open_tables
from audit.register.model import Dialect

__all__ = ["Found", "Unfit", "found_in_database", "table_in", "tables_in"]

_FEWEST_COLUMNS = 3  # of a text that is a table and no prose, where its ending does not say so
_MAYBE_PROSE = frozenset({".txt", ".log", ".dat", ".asc", ""})


class Found(NamedTuple):
    """One table of a file."""

    path: Path
    """Where it can be read: the file, or what was unpacked of it."""
    member: str | None
    sheet: str | None
    head: Head
    extract: Extract | None
    """None for delimited text."""


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
        form = form_of(path, file)
        if form is not Form.ZIP:
            yield from _tables(path, form, None, file, scratch)
            return
        names = members(path, file)
    except AuditError as error:
        yield Unfit(None, None, error)
        return
    if not names:
        yield Unfit(None, None, InputEmpty(file))
    for member in names:
        shown = f"{file}/{member}"
        try:
            inner = unpack(path, member, scratch, shown)
            yield from _tables(inner, form_of(inner, shown), member, shown, scratch)
        except AuditError as error:
            yield Unfit(member, None, error)


def table_in(
    folder: Path,
    file: str,
    member: str | None,
    sheet: str | None,
    said: dict[str, object],
    scratch: Path,
) -> Found:
    """The one table that a plan names; ``said`` is what it says of the dialect."""
    shown = file if member is None else f"{file}/{member}"
    path = _inside(folder, file)
    if member is not None:
        path = unpack(path, member, scratch, shown)
    form = form_of(path, shown)
    if form is Form.GZIP:
        path = unpack(path, None, scratch, shown)
        form = form_of(path, shown.removesuffix(".gz"))
    if form is Form.DELIMITED:
        head = _head(path, shown, sheet, said)
        return Found(path, member, head.sheet, head, None)
    if form is Form.ZIP:
        members(path, shown)  # which says what is wrong with it, if anything is
        raise InputUnreadable(shown, "it is an archive", "name one of its files with `member`")
    if not isinstance(form, Form):
        raise InputUnreadable(shown, "it is no table", "leave it out of the plan")
    extract = _chosen(open_tables(path, form, shown), sheet, shown)
    return Found(path, member, extract.sheet, extract.head(), extract)


def found_in_database(extract: Extract) -> Found:
    """A table of a database: there is no file that it stands in."""
    return Found(Path(), None, extract.sheet, extract.head(), extract)


def _tables(
    path: Path, form: Form | Unread, member: str | None, shown: str, scratch: Path
) -> Iterator[Found | Unfit]:
    try:
        if form is Form.GZIP:
            path, shown = unpack(path, None, scratch, shown), shown.removesuffix(".gz")
            form = form_of(path, shown)
        if form is Form.DELIMITED:
            heads = read_heads(path, shown)
            widest = max(len(head.header) for head in heads)
            if Path(shown).suffix.lower() in _MAYBE_PROSE and widest < _FEWEST_COLUMNS:
                yield Unfit(member, None, Unread.PROSE)
                return
            for head in heads:
                yield Found(path, member, head.sheet, head, None)
        elif form is Form.ZIP or form is Form.GZIP:
            yield Unfit(member, None, "nested")
        elif isinstance(form, Unread):
            yield Unfit(member, None, form)
        else:
            for extract in open_tables(path, form, shown):
                yield _found(path, member, extract)
    except AuditError as error:
        yield Unfit(member, None, error)


def _found(path: Path, member: str | None, extract: Extract) -> Found | Unfit:
    if not extract.header:
        return Unfit(member, extract.sheet, "empty_sheet")
    return Found(path, member, extract.sheet, extract.head(), extract)


def _chosen(extracts: list[Extract], sheet: str | None, shown: str) -> Extract:
    filled = [extract for extract in extracts if extract.header]
    if sheet is None and len(filled) == 1:
        return filled[0]
    for extract in extracts:
        if extract.sheet == sheet:
            if not extract.header:
                raise InputEmpty(f"{shown}, {sheet},")
            return extract
    names = ", ".join(f"“{extract.sheet}”" for extract in filled[:12])
    problem = "it has several tables" if sheet is None else f"it has no “{sheet}”"
    raise InputUnreadable(shown, problem, f"name one of them with `sheet`: {names}")


def _head(path: Path, shown: str, sheet: str | None, said: dict[str, object]) -> Head:
    """What the file's head tells, with what the plan says of the dialect in its place."""
    heads = read_heads(path, shown)
    sniffed = next((head for head in heads if head.sheet == sheet), None)
    if sniffed is None:
        names = ", ".join(f"“{head.sheet}”" for head in heads[1:]) or "one table alone"
        raise InputUnreadable(shown, f"it has no “{sheet}”", f"correct `sheet`: it has {names}")
    dialect = sniffed.dialect.model_copy(update=said)
    if dialect == sniffed.dialect:
        return sniffed
    [head] = read_heads(path, shown, Dialect.model_validate(dialect), sniffed.part)
    head = replace(head, sheet=sheet)
    if len(head.header) == 1 < len(sniffed.header):
        raise InputUnreadable(
            shown,
            f"with the delimiter {head.dialect.delimiter!r} it has a single column, "
            f"with {sniffed.dialect.delimiter!r} it has {len(sniffed.header)}",
            "correct `delimiter` in the plan",
        )
    return head


def _inside(folder: Path, file: str) -> Path:
    """The file's path; a link in the folder that leads out of it is refused."""
    path = folder / file
    if Path(file).is_absolute() or ".." in Path(file).parts:
        return path  # whoever wrote the plan meant that place
    home = folder.resolve()
    if not path.resolve().is_relative_to(home):
        raise LinkLeadsOut(file)
    return path
