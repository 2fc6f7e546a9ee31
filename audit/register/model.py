"""The register as data: tables and what each column holds. No cell is kept here."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from audit.register.dates import SlashOrder
from audit.register.roles import Role

__all__ = ["Certainty", "Column", "Dialect", "Role", "Table"]


class Model(BaseModel):
    """A frozen record that refuses words it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Certainty(StrEnum):
    """How surely a column was recognised."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


class Column(Model):
    """One column: what it holds, and on what ground that is said."""

    header: str
    category: str | None = None
    """Key of the data category; ``technical`` for ids, stamps and states; None if not known."""
    role: Role | None = None
    ground: str = ""
    """``header``, ``content``, ``header and content`` or ``plan``; with the phrase or the share."""
    certainty: Certainty = Certainty.UNSURE
    date_order: SlashOrder | None = None
    """What the auditor says of dates such as 4/5/2024, where the column itself does not tell."""


class Dialect(Model):
    """How a delimited file is written."""

    encoding: str = "utf-8"
    delimiter: str = ";"
    """One to four characters."""
    quote: str = '"'
    """Blank where nothing is quoted."""
    escape: str = '"'
    """What stands before a quote inside a quoted cell: a second quote, a backslash, or nothing."""
    header_lines: int = 1
    """Physical lines up to and including the header; 0 where there is none."""
    gaps: tuple[tuple[int, int], ...] = ()
    """Of columns one beneath the other, which no mark parts: where one ends and the next begins."""


class Table(Model):
    """One table of the register, as the plan names it."""

    name: str
    """The logical name: what findings use."""
    file: str
    """The path, relative to the plan."""
    member: str | None = None
    """The file inside an archive."""
    sheet: str | None = None
    """The sheet of a workbook, the table of a database, the array of a JSON document."""
    kind: str = "other"
    """``customers``, ``orders``, ``invoices``, … as far as it was recognised."""
    extracted_on: date | None = None
    """The day the export was taken; without one the audit's as-of date is assumed."""
    recording: str | None = None
    """Of a website's recording: ``first_load``, ``refusal`` or ``acceptance``."""
    dialect: Dialect = Dialect()
    serials_from_1904: bool = False
    """Whether bare numbers that are dates count days from 1904; else from 1900."""
    columns: tuple[Column, ...]

    @property
    def source(self) -> str:
        """The file as reports name it, with the member of an archive."""
        return self.file if self.member is None else f"{self.file}/{self.member}"

    def with_role(self, role: Role) -> int | None:
        """The place of the first column with a role; None if there is none."""
        return next((n for n, column in enumerate(self.columns) if column.role is role), None)
