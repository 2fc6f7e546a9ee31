"""
The audit plan (ISO 19011): what is audited against which notice, as of which day, on what assumptions.

``audit.yaml`` is this model written down. A plan can be drafted from a folder; people correct it,
and what they wrote wins over whatever is recognised.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Mapped
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from audit.categories import categories
from audit.errors import ColumnNotMapped, InputEmpty, PlanInvalid
from audit.financial_years import FinancialYear
from audit.notice.read import first_problem, load_yaml
from audit.recognition import columns_of, kind_of, recording_of
from audit.register.database import database_table
from audit.register.database import shown as shown_database
from audit.register.dates import SlashOrder
from audit.register.delimited import Told, looks_like_data
from audit.register.extract import Extract
from audit.register.files import Found, found_in_database, table_in
from audit.register.kinds import kinds
from audit.register.model import Certainty, Column, Role, Table
from audit.statements import Attestation, Completeness, Waiver, Words

__all__ = [
    "PLAN_SCHEMA",
    "EventRule",
    "Mapping",
    "Plan",
    "PlannedSource",
    "Resolved",
    "held",
    "in_memory",
    "plan_schema",
    "read_plan",
    "resolve",
    "source_as_yaml",
    "write_plan",
]

PLAN_SCHEMA = "register-audit/plan/1"
PLAN_NAMES = ("audit.yaml", "audit.yml")
NOTICE_NAMES = ("notice.yaml", "notice.yml")
_KEY = re.compile("[a-z_]{1,40}")  # anything else might be somebody's data in a wrong place


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

    @field_validator("category")
    @classmethod
    def _category_is_known(cls, key: str | None) -> str | None:
        if key is not None and key not in categories() and not key.startswith("other:"):
            named = f"“{key}”" if _KEY.fullmatch(key) else "it"
            near = get_close_matches(key, categories(), 1)
            perhaps = f" (is it `{near[0]}`?)" if near else ""
            raise ValueError(
                f"{named} is no data category{perhaps}; `other:` and a word names one of your own"
            )
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
    """Lines up to and including the header; 0 where there is none."""
    one_table: bool = False
    """Of a text: whether the whole file is one table, however much it looks like several."""
    columns: dict[str, Mapping] = {}
    """By header; columns that are not here are recognised."""

    @field_validator("kind")
    @classmethod
    def _kind_is_known(cls, key: str | None) -> str | None:
        if key is not None and key not in kinds():
            raise ValueError(f"there is no such kind of table: it is one of {', '.join(kinds())}")
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
        """The file, or the database as reports name it."""
        return self.file if self.database is None else shown_database(self.database, None)

    @property
    def shown(self) -> str:
        """How errors name it."""
        if self.database is not None:
            return shown_database(self.database, self.sheet)
        inside = self.file if self.member is None else f"{self.file}/{self.member}"
        return inside if self.sheet is None else f"{inside}, {self.sheet}"

    @property
    def stem(self) -> str:
        """The name of the file, or of an archive's member, without its ending."""
        if self.database is not None:
            return self.sheet or self.database
        return Path((self.member or self.file).removesuffix(".gz")).stem

    @property
    def name(self) -> str:
        """The logical name of the table."""
        if self.table:
            return self.table
        alone = self.sheet is None or self.database is not None
        return self.stem if alone else f"{self.stem}.{self.sheet}"


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


class Resolved(NamedTuple):
    """A planned source held against the file as it is."""

    table: Table
    found: Found
    recognised: tuple[str, ...]
    """Headers that the plan did not map."""


def read_plan(path: Path) -> Plan:
    """Read ``audit.yaml``; raises ``PlanInvalid`` with the place in the file."""
    try:
        data = load_yaml(path)
    except InputEmpty:
        begin = f"begin it with `schema: {PLAN_SCHEMA}`, or remove it and draft one with `plan`"
        raise PlanInvalid(path, "line 1", "it is empty", begin) from None
    if not isinstance(data, dict) or data.get("schema") != PLAN_SCHEMA:
        raise PlanInvalid(path, "line 1", "it is no plan", f"begin it with `schema: {PLAN_SCHEMA}`")
    try:
        plan = Plan.model_validate(data)
    except ValidationError as error:
        place, problem = first_problem(error)
        raise PlanInvalid(path, _named(place, data), problem, "correct it there") from None
    names = [source.name for source in plan.sources]
    if len(set(names)) < len(names):
        raise PlanInvalid(
            path, "sources", "two tables have the same name", "give each its own `table`"
        )
    return plan.model_copy(
        update={
            "folder": path.parent,
            "register_name": plan.register_name or path.parent.resolve().name,
        }
    )


def _named(place: str, data: Mapped[str, Any]) -> str:
    """A place in the plan; in the list of sources with the file that stands there."""
    found = re.match(r"sources\.([0-9]+)", place)
    source = data["sources"][int(found[1])] if found is not None else None
    # Of a database the plan may hold a URL with its password, by mistake.
    named = source.get("file") if isinstance(source, dict) else None
    return f"{place} ({named})" if isinstance(named, str) else place


def in_memory(name: str, frame: Extract) -> Found:
    """A table that is in memory, as one that was found in a file."""
    return Found(Path(name), None, None, frame.head(), frame)


def _shown(source: PlannedSource, header: Sequence[str]) -> list[str]:
    """The columns of a file for a sentence; none where a record may have been taken for its header."""
    unknown = len(source.columns) > 1 and not any(name in header for name in source.columns)
    return [] if unknown or looks_like_data(header) else list(header)


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
    mapped = tuple(
        Column(header=column.header, **source.columns[column.header].model_dump())
        if column.header in source.columns
        else column
        for column in columns
    )
    table = Table(
        name=source.name,
        file=source.origin,
        member=source.member,
        sheet=found.sheet if frame is None else source.sheet,
        kind=kind,
        extracted_on=source.extracted_on,
        recording=source.recording or (recording_of(source.stem, kind) if plan.inferred else None),
        dialect=head.dialect,
        serials_from_1904=found.extract is not None and found.extract.serials_from_1904,
        columns=mapped,
    )
    return Resolved(table, found, tuple(h for h in head.header if h not in source.columns))


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
    shared = {
        name: said.pop()
        for name in ("encoding", "delimiter", "quote", "escape")
        if len(said := {getattr(s, name) for s in tables}) == 1
    }
    return Told(
        header_lines=None if first is None else first.header_lines,
        one_table=any(s.one_table for s in tables),
        **shared,
    )


def write_plan(plan: Plan) -> str:
    """The plan as YAML, each column's ground beside it."""
    from io import StringIO

    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    data = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    root = CommentedMap({"schema": PLAN_SCHEMA, "register": plan.register_name})
    root.yaml_set_start_comment(
        "The audit plan. Correct what is wrong: a mapping given here wins over what is recognised.\n"
        "`extracted_on` is the day the export was taken; without it the audit's day is assumed.\n"
    )
    for key in data:
        if key not in ("schema", "register", "sources"):
            root[key] = data[key]
    root["sources"] = CommentedSeq(source_as_yaml(source) for source in plan.sources)
    for place, source in enumerate(plan.sources):
        if why := plan.unread.get(source.shown):
            printable = "".join(c if c.isprintable() else " " for c in why)
            root["sources"].yaml_set_comment_before_after_key(place, before=printable, indent=2)
    yaml = YAML()
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(root, stream)
    return stream.getvalue()


def plan_schema() -> dict[str, Any]:
    """The JSON Schema of ``audit.yaml``."""
    schema = Plan.model_json_schema(by_alias=True)
    for internal in ("folder", "inferred", "unread"):
        schema["properties"].pop(internal, None)
    for told in ("kind_ground", "kind_certainty"):
        schema["$defs"]["PlannedSource"]["properties"].pop(told)
    schema["$id"] = PLAN_SCHEMA
    schema["title"] = "Audit plan of register-audit"
    return schema


def source_as_yaml(source: PlannedSource) -> Any:
    """One source as it stands in ``audit.yaml``, each column's ground beside it."""
    from ruamel.yaml.comments import CommentedMap

    data = source.model_dump(mode="json", exclude_defaults=True, exclude={"columns"})
    found = CommentedMap(data)
    if source.kind is not None and source.kind_ground != "plan":
        why = f"{source.kind_certainty.value}: {source.kind_ground}"
        found.yaml_add_eol_comment(why, "kind")
    columns = CommentedMap()
    for name, mapping in source.columns.items():
        said = mapping.model_dump(
            mode="json", exclude_none=True, include={"category", "role", "date_order"}
        )
        line = CommentedMap(said)
        line.fa.set_flow_style()
        columns[name] = line
        if mapping.ground != "plan":
            columns.yaml_add_eol_comment(f"{mapping.certainty.value}: {mapping.ground}", name)
    found["columns"] = columns
    return found
