"""
The audit plan (ISO 19011): what is audited against which notice, as of which day, on what assumptions.

``audit.yaml`` is this model written down.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from audit.categories import categories, withheld
from audit.notice.keys import OF_YOUR_OWN
from audit.notice.validation import no_such
from audit.plan.financial_years import FinancialYear
from audit.plan.statements import Attestation, Completeness, Waiver, Words
from audit.register.database import shown as shown_database
from audit.register.dates import SlashOrder
from audit.register.delimited.fixed_width import FIXED_WIDTH
from audit.register.kinds.model import kinds
from audit.register.model import Certainty, Role

__all__ = [
    "NOTICE_NAMES",
    "PLAN_NAMES",
    "PLAN_SCHEMA",
    "EventRule",
    "Mapping",
    "Plan",
    "PlannedSource",
    "plan_schema",
]

PLAN_SCHEMA = "register-audit/plan/1"
_MARKS = {
    "tab": "\t",
    "\\t": "\t",
    "semicolon": ";",
    "comma": ",",
    "pipe": "|",
    "space": " ",
    "fixed width": FIXED_WIDTH,
}
"""Delimiters as people call them; ``\\t`` is what YAML makes of it without double quotes."""
PLAN_NAMES = ("audit.yaml", "audit.yml")
NOTICE_NAMES = ("notice.yaml", "notice.yml")


class Model(BaseModel):
    """A frozen record that refuses words it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True
    )


class Mapping(Model):
    """What the plan says of one column."""

    category: str | None = None
    role: Role | None = None
    ground: str = "plan"
    certainty: Certainty = Certainty.CERTAIN
    date_order: (
        Literal[SlashOrder.DAY_FIRST, SlashOrder.MONTH_FIRST, SlashOrder.YEAR_FIRST] | None
    ) = None
    """Of dates such as 4/5/2024 and 24-05-04, where the column itself does not tell."""

    @model_validator(mode="before")
    @classmethod
    def _a_word_alone(cls, said: Any) -> Any:
        """``Nimi: name`` is its category, ``Päättyi: contract_end`` its role."""
        if not isinstance(said, str):
            return said
        return {"role" if said in {role.value for role in Role} else "category": said}

    @field_validator("category")
    @classmethod
    def _category_is_known(cls, key: str | None) -> str | None:
        if key is not None and key not in categories() and not key.startswith("other:"):
            raise ValueError(no_such("data category", key, categories(), OF_YOUR_OWN))
        return key


class PlannedSource(Model):
    """One source of the register."""

    file: str = ""
    """The path, relative to the plan."""
    database: str | None = None
    """Instead of a file: the environment variable that holds the URL of a database, which is
    audited in place. The URL itself, with its password, never stands in a plan."""
    member: str | None = None
    """The file inside an archive."""
    sheet: str | None = None
    """The sheet of a workbook, the table of a database, the array of a JSON document."""
    table: str | None = None
    """The logical name; if not given, the file's name without its ending, with the sheet's."""
    kind: str | None = None
    kind_ground: str = Field("plan", exclude=True)
    """Why it is taken for that kind; a plan has it as a comment."""
    kind_certainty: Certainty = Field(Certainty.CERTAIN, exclude=True)
    extracted_on: date | None = None
    """The day the export was taken."""
    recording: Literal["first_load", "refusal", "acceptance"] | None = None
    """Of a website's recording (HAR, ``inspection.json``): what the visitor had chosen by then."""
    encoding: str | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=4)] | None = None
    quote: Annotated[str, Field(max_length=1)] | None = None
    """What stands around cells of a delimited file; blank where nothing does."""
    escape: Annotated[str, Field(max_length=1)] | None = None
    """What stands before a quote inside a quoted cell: another quote, or a backslash."""
    header_lines: Annotated[int, Field(ge=0, le=100)] | None = None
    """Lines, or rows of a sheet, up to and including the header; 0 where there is none."""
    one_table: bool = False
    """Whether the whole text, or the whole sheet, is one table, however much it looks like several."""
    columns: dict[str, Mapping] = {}
    """By header; columns that are not here are recognised."""

    @field_validator("delimiter", mode="before")
    @classmethod
    def _delimiter_by_name(cls, mark: Any) -> Any:
        return _MARKS.get(mark, mark) if isinstance(mark, str) else mark

    @field_validator("kind")
    @classmethod
    def _kind_is_known(cls, key: str | None) -> str | None:
        if key is not None and key not in kinds():
            raise ValueError(no_such("kind of table", key, kinds()))
        return key

    @field_validator("database")
    @classmethod
    def _database_is_a_variable(cls, name: str | None) -> str | None:
        if name is not None and not re.fullmatch("[A-Za-z_][A-Za-z0-9_]{0,99}", name):
            raise ValueError(
                "it is the name of the environment variable that holds the URL, not the URL"
            )
        return name

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> Self:
        if bool(self.file) == bool(self.database):
            raise ValueError("a source is either a `file` or a `database`")
        return self

    @property
    def origin(self) -> str:
        """The file, or the database, as reports name it."""
        database = self.database
        return withheld(self.file) if database is None else shown_database(database, None)

    @property
    def shown(self) -> str:
        """How errors name it."""
        if self.database is not None:
            return shown_database(self.database, self.sheet)
        inside = self.file if self.member is None else f"{self.file}/{self.member}"
        return withheld(inside if self.sheet is None else f"{inside}, {self.sheet}")

    @property
    def stem(self) -> str:
        """The name of the file, or of an archive's member, without its ending and anybody's details."""
        if self.database is not None:
            return self.sheet or self.database
        return withheld(Path((self.member or self.file).removesuffix(".gz")).stem)

    @property
    def name(self) -> str:
        """The logical name of the table."""
        if self.table:
            return self.table
        alone = self.sheet is None or self.database is not None
        return withheld(self.stem if alone else f"{self.stem}.{self.sheet}")


class EventRule(Model):
    """How the date that a period counts from is derived where the export has none."""

    latest_of: Annotated[tuple[str, ...], Field(min_length=1)]
    """Dates of which the latest counts: ``orders.ordered_on`` of the customer's orders,
    ``contract_end`` of the customer's own record."""
    confirmed_by: Words | None = None
    """Who of the controller's confirmed the rule: then what it finds is a nonconformity."""
    confirmed_on: date | None = None

    @field_validator("latest_of")
    @classmethod
    def _dates_are_known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        dates = {role.value for role in Role if role.type == "date"}
        for name in names:
            others = ("orders.ordered_on", "invoices.invoiced_on")
            if name not in dates and name not in others:
                raise ValueError(
                    "it is `orders.ordered_on`, `invoices.invoiced_on` or a date of the customer's"
                    " own record, such as `contract_end`"
                )
        return names

    @model_validator(mode="after")
    def _confirmation_is_whole(self) -> Self:
        if (self.confirmed_by is None) != (self.confirmed_on is None):
            raise ValueError("a confirmation has a name and a day: `confirmed_by`, `confirmed_on`")
        return self


class Plan(Model):
    """An audit plan."""

    schema_: Annotated[str, Field(alias="schema")] = PLAN_SCHEMA
    register_name: Annotated[str, Field(alias="register")] = ""
    notice: str | None = None
    """The notice, relative to the plan."""
    as_of: date | None = None
    """The day the audit is as of; the day of the run if not given."""
    sources: tuple[PlannedSource, ...] = ()
    controllers_own: tuple[str, ...] = ()
    """The controller's own IBANs, phone numbers and e-mail addresses: they are nobody's data."""
    left_out: dict[str, str] = {}
    """Files of the folder that are not audited, with the reason."""
    completeness: tuple[Completeness, ...] = ()
    """Who states that a table is the whole of it."""
    attestations: tuple[Attestation, ...] = ()
    """What people say or saw of clauses that no data can show."""
    dpo_required: bool | None = None
    """Whether Article 37 requires a data protection officer; not known if not given."""
    notice_review_months: Annotated[int, Field(ge=1, le=240)] = 24
    """Months after which a notice should have been reviewed."""
    waivers: tuple[Waiver, ...] = ()
    """Nonconformities that are accepted for a while."""
    financial_years: tuple[FinancialYear, ...] = ()
    """Ends of the controller's financial years: from them the law counts how long vouchers stay."""
    event_from: dict[str, EventRule] = {}
    """By the event that the notice counts from: how it is derived where the export lacks it."""
    person_names: bool = False
    """Whether a model looks for people's names in notes, which needs the extra `names` and time."""
    dormant_after_months: Annotated[int, Field(ge=1, le=240)] = 24
    """Months without a sign of life after which a relationship without an end is asked about."""
    deletion_cycle: Annotated[str, Field(pattern=r"^P(\d{1,3}[DWM]|1Y)$")] | None = None
    """How often the controller erases, by its own written rule, a year at most: what is overdue by
    no more is a minor nonconformity."""
    hold_tolerance: Annotated[Decimal, Field(ge=0, le=1000)] = Decimal(0)
    """An open balance up to this holds nothing."""
    evidence_kept_days: Annotated[int, Field(ge=1, le=3660)] = 365
    """Days after the audit on which `forget` deletes the evidence."""

    @field_validator("event_from")
    @classmethod
    def _events_are_dates(cls, rules: dict[str, EventRule]) -> dict[str, EventRule]:
        if wrong := set(rules) - {role.value for role in Role if role.type == "date"}:
            raise ValueError(f"no notice counts from {', '.join(sorted(wrong))}")
        return rules

    @field_validator("deletion_cycle")
    @classmethod
    def _a_year_at_most(cls, cycle: str | None) -> str | None:
        longest = {"D": 366, "W": 52, "M": 12, "Y": 1}
        if cycle is not None and int(cycle[1:-1]) > longest[cycle[-1]]:
            raise ValueError("a deletion cycle is a year at most")
        return cycle

    folder: Annotated[Path, Field(exclude=True)] = Path()
    """Where the plan lies; set when it is read."""
    inferred: Annotated[bool, Field(exclude=True)] = False
    """Whether nobody reviewed it: it was drafted for this run."""
    unread: Annotated[dict[str, str], Field(exclude=True)] = {}
    """Of a drafted plan, what is wrong with the sources that cannot be read."""


def plan_schema() -> dict[str, Any]:
    """The JSON Schema of ``audit.yaml``."""
    schema = Plan.model_json_schema(by_alias=True)
    for internal in ("folder", "inferred", "unread"):
        schema["properties"].pop(internal, None)
    for told in ("kind_ground", "kind_certainty"):
        schema["$defs"]["PlannedSource"]["properties"].pop(told)
    source, mapping = (schema["$defs"][name] for name in ("PlannedSource", "Mapping"))
    source["properties"]["kind"]["anyOf"][0]["enum"] = list(kinds())
    own = [{"enum": list(categories())}, {"pattern": "^other:", "type": "string"}]
    mapping["properties"]["category"]["anyOf"] = [*own, {"type": "null"}]
    column = source["properties"]["columns"]["additionalProperties"]
    source["properties"]["columns"]["additionalProperties"] = {
        "anyOf": [column, *own, {"$ref": "#/$defs/Role"}]
    }
    schema["$id"] = PLAN_SCHEMA
    schema["title"] = "Audit plan of register-audit"
    return schema
