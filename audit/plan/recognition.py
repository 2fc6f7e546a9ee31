"""What is recognised of a table before anybody plans it: its kind, its columns, what it records."""

from __future__ import annotations

from audit.categories.lexicon import first_word
from audit.register.columns.recognised import recognise_columns
from audit.register.delimited import Head
from audit.register.extract import sheet_within
from audit.register.files import Found
from audit.register.kinds.by_columns import is_made_up_as, names_people
from audit.register.kinds.by_name import is_a_log_of
from audit.register.kinds.model import kinds
from audit.register.kinds.told import ToldKind, recognise_kind, tell_kind
from audit.register.model import Certainty, Column

__all__ = ["columns_of", "kind_of", "recording_of", "told_kind"]


def kind_of(stem: str, sheet: str | None, found: Found) -> str:
    """The kind of table: what its form says, else its sheet's name, its file's, its header."""
    return told_kind(stem, sheet, found).kind


def told_kind(stem: str, sheet: str | None, found: Found) -> ToldKind:
    """The kind of table, with its ground and how sure it is."""
    if found.extract is not None and found.extract.kind is not None:
        return ToldKind(found.extract.kind, "form", Certainty.CERTAIN)
    if found.extract is not None and found.extract.within is not None:
        return _of_a_list_within(sheet or "", found.extract.within, found.head)
    # A second table is not what its file, or its sheet, is called.
    further = sheet_within(sheet) != (sheet or "")
    if further and (found.extract is None or found.extract.form == "workbook"):
        return tell_kind("", found.head.header, found.head.rows)
    head = found.head
    if sheet and is_a_log_of(stem, sheet):  # "Utlämnanden.xlsx" has a sheet "Logg"
        sheet = f"{stem} {sheet}"
    by_sheet = recognise_kind(sheet, ()) if sheet else "other"
    # What a workbook is called, its hidden lists and lookups are not.
    hidden = found.extract is not None and ("hidden_sheet", 1) in found.extract.notes
    by_file = tell_kind("" if hidden else stem, head.header, head.rows)
    # A sheet "Maksut" in "Jäsenmaksut.xlsx" may be of what the file is called.
    told = by_sheet != "other" and is_made_up_as(by_sheet, head.header, head.rows[:_HEAD])
    if told:
        return tell_kind(sheet or "", head.header, head.rows)
    return (_of_the_sheet(sheet, found) or by_file) if by_file.kind in _OF_PEOPLE else by_file


_OF_PEOPLE = ("customers", "contacts")


def _of_the_sheet(sheet: str | None, found: Found) -> ToldKind | None:
    """What a sheet's columns say, where its workbook is called after people and it names none."""
    head = found.head
    if not sheet or names_people(head.header, head.rows[:_HEAD]):
        return None
    own = tell_kind(sheet, head.header, head.rows)
    surely = own.kind not in (*_OF_PEOPLE, "other") and own.certainty is not Certainty.UNSURE
    return own if surely else None


def _of_a_list_within(sheet: str, within: str, head: Head) -> ToldKind:
    """
    What stands in a list within each record: its orders, but also its tags, settings or addresses.

    It is what it is called itself and has besides the key of that record. Where that tells of nobody by
    name, it has no people of its own.
    """
    own = [n for n, name in enumerate(head.header) if name != within]
    header = [head.header[n] for n in own]
    rows = [[row[n] for n in own] for row in head.rows[:_HEAD]]
    told = tell_kind(sheet.rpartition(".")[2], header, rows)
    if told.kind in _OF_PEOPLE and not names_people(header, rows):
        return ToldKind("other", "a list within each record", Certainty.LIKELY)
    return told


_HEAD = 100


def recording_of(stem: str, kind: str) -> str | None:
    """What the name of a website's recording tells of the visitor's choice."""
    if kinds()[kind].scope != "website":
        return None
    return first_word("recording", stem.replace("-", " "))


def columns_of(found: Found, kind: str) -> tuple[Column, ...]:
    """The columns; where the form itself says what they hold, as it says."""
    columns = recognise_columns(found.head.header, found.head.rows, kind)
    known = found.extract.known if found.extract is not None else {}
    return tuple(
        column.model_copy(
            update={
                "category": known[column.header],
                "role": column.role if column.role in kinds()[kind].roles else None,
                "ground": "form",
                "certainty": Certainty.CERTAIN,
            }
        )
        if column.header in known
        else column
        for column in columns
    )
