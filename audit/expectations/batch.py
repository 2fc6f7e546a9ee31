"""
One batch held against the catalogue: the very scan and the very checks of ``run``.

The batch stands in the place of the plan's source of that name; tables that a check needs besides
are read from the plan's other sources. What comes out holds counts and row keys, never a cell value.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from audit.checks import catalogue
from audit.engine.duckdb import Engine
from audit.errors import AuditError, PlanInvalid
from audit.finding import Finding
from audit.plan import PLAN_NAMES, Plan, PlannedSource, read_plan
from audit.plan.drafting import draft_plan
from audit.register.extract import Extract
from audit.register.frame import extract_of_frame
from audit.register.query import fetched, quoted
from audit.run import Opened, run

__all__ = [
    "KEYS_AT_MOST",
    "Together",
    "as_kwarg",
    "assessed",
    "assessed_frame",
    "data_checks",
    "day_of",
    "families",
    "plan_of",
    "together",
]

#: Row keys of one check that a result holds; the counts are always whole.
KEYS_AT_MOST = 1000


@cache
def data_checks() -> tuple[str, ...]:
    """The codes of all checks of data; those of the notice alone look at no batch."""
    return tuple(code for code, check in catalogue().items() if check.unit != "notice")


@cache
def families() -> dict[str, tuple[str, ...]]:
    """The codes of the checks of data, by family."""
    found: dict[str, tuple[str, ...]] = {}
    for code in data_checks():
        family = catalogue()[code].criterion.family
        found[family] = (*found.get(family, ()), code)
    return found


def as_kwarg(plan: Plan) -> dict[str, Any]:
    """A plan as an expectation embeds it: the plan's own JSON, and the folder that it lies in."""
    data = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    said = {"register": plan.register_name, "folder": str(plan.folder.resolve())}
    return {"schema": plan.schema_} | data | said | ({"inferred": True} if plan.inferred else {})


def plan_of(said: str | dict[str, Any]) -> Plan:
    """The plan that an expectation names by its path, or embeds; raises ``PlanInvalid``."""
    if isinstance(said, str):
        path = Path(said)
        if not path.is_dir():
            return read_plan(path)
        reviewed = next((path / name for name in PLAN_NAMES if (path / name).is_file()), None)
        return draft_plan(path) if reviewed is None else read_plan(reviewed)
    embedded = dict(said)
    outside = {
        "folder": Path(embedded.pop("folder", ".")),
        "inferred": embedded.pop("inferred", False),
    }
    try:
        plan = Plan.model_validate(embedded)
    except ValueError:  # pydantic's own words quote what stands there
        raise PlanInvalid(
            "the expectation", "plan", "it is no plan", "embed what `as_kwarg` gives, or a path"
        ) from None
    return plan.model_copy(update=outside)


def day_of(said: date | str | None) -> date | None:
    """The day of an expectation, if it names one; raises ``PlanInvalid`` if it is no day."""
    if isinstance(said, date) or not said:
        return said or None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise PlanInvalid(
            "the expectation", "as_of", f"{said} is no day", "write it as YYYY-MM-DD"
        ) from None


@dataclass(frozen=True)
class Together:
    """
    Batches of one plan that are validated one after the other, and held against it at once.

    Each would otherwise be scanned again with every other: checks ask for tables besides their own.
    """

    frames: Mapping[str, Any]
    """DataFrames by table."""
    found: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """What was found already, by plan and day, then by table."""

    def batches(self) -> dict[str, Extract]:
        """Every batch that can be read; what is wrong with another is said when it is its turn."""
        read = {}
        for table, frame in self.frames.items():
            with suppress(AuditError):
                read[table] = extract_of_frame(frame, table)
        return read


_TOGETHER: ContextVar[Together | None] = ContextVar("together", default=None)


@contextmanager
def together(frames: Mapping[str, Any]) -> Iterator[None]:
    """Within the block these batches are held against their plan at once."""
    token = _TOGETHER.set(Together(frames))
    try:
        yield
    finally:
        _TOGETHER.reset(token)


def assessed_frame(
    plan: str | dict[str, Any], table: str, as_of: str | None, frame: Any
) -> dict[str, Any]:
    """What the catalogue finds in a DataFrame; see ``assessed``."""
    shared = _TOGETHER.get()
    if shared is None or shared.frames.get(table) is not frame:
        return assessed(plan, table, as_of, lambda: extract_of_frame(frame, table))
    key = json.dumps([plan, as_of], sort_keys=True)
    if key not in shared.found:
        shared.found[key] = _caught(
            table, lambda: _assessed(plan_of(plan), as_of, shared.batches())
        )
    found = shared.found[key]
    if table in found:
        return found[table]
    return assessed(plan, table, as_of, lambda: extract_of_frame(frame, table))


def assessed(
    plan: str | dict[str, Any],
    table: str,
    as_of: str | None,
    batch: Callable[[], Extract],
    *,
    opened: Opened = Engine,
) -> dict[str, Any]:
    """
    What the catalogue finds in a batch, as plain data; what went wrong, as ``failed``.

    Nothing is raised: the messages and traces of others quote cells, and Great Expectations, which
    writes them down, calls a metric that raised twice more. ``opened`` opens the engine.
    """
    done = _caught(
        table,
        lambda: _assessed(plan_of(plan), as_of, {table: batch()}, opened=opened),
    )
    return done[table]


def _caught(
    table: str, assess: Callable[[], dict[str, dict[str, Any]]]
) -> dict[str, dict[str, Any]]:
    try:
        return assess()
    except AuditError as error:
        return {table: {"failed": str(error)}}
    except Exception as error:  # noqa: BLE001 - its message could quote a cell
        kind = type(error).__name__
        return {table: {"failed": f"{table} was not scanned: an internal error ({kind}) ended it."}}


def _assessed(
    plan: Plan,
    as_of: str | None,
    batches: Mapping[str, Extract],
    *,
    opened: Opened = Engine,
) -> dict[str, dict[str, Any]]:
    """What is found in each batch, by table."""
    named = {source.name: source for source in plan.sources}
    for table in batches:
        if table not in named:
            raise PlanInvalid(
                "the plan",
                "sources",
                f"it has no table {table!r}",
                f"name one of {', '.join(named)}",
            )
    day = day_of(as_of) or plan.as_of or date.today()
    with tempfile.TemporaryDirectory(prefix="register-audit-evidence-") as folder:
        evidence = Path(folder) / "evidence.parquet"
        audit = run(
            plan,
            day,
            evidence,
            only=data_checks(),
            shown_plan="the plan",
            frames=batches,
            tables=frozenset(batches),
            opened=opened,
        )
        keys = {
            table: _row_keys(evidence, named[table], numbered=not batch.unordered)
            for table, batch in batches.items()
        }
        unlisted = {
            table: _unlisted(evidence, named[table], numbered=not batch.unordered)
            for table, batch in batches.items()
        }
        unnamed = {
            table: _unnamed(evidence, named[table]) if batch.unordered else {}
            for table, batch in batches.items()
        }
    keyless = {
        ledger.source for ledger in audit.ledgers if "rows_without_name" in dict(ledger.notes)
    }
    rows = {view.name: view.rows for view in audit.tables}
    failed = {failure.source: failure.sentence for failure in audit.failures}
    return {
        table: {
            "as_of": day.isoformat(),
            "rows": rows[table],
            "findings": [as_data(f) for f in audit.findings if f.table in (table, "")],
            "keys": keys[table],
            "unlisted": unlisted[table],
            "unnamed": unnamed[table],
            "keyless": bool(keyless & {named[table].shown}),
            "failures": list(failed.values()),
        }
        if table in rows
        else {"failed": failed[named[table].shown]}
        for table in batches
    }


def as_data(finding: Finding) -> dict[str, Any]:
    """A finding as JSON, without what it does not have."""
    data = {key: value for key, value in asdict(finding).items() if value not in (None, (), "")}
    return (
        data
        | {
            "table": finding.table,
            "clauses": list(finding.clauses),
            "fingerprint": finding.fingerprint,
            "result": str(finding.result),
        }
        | ({"grade": str(finding.grade)} if finding.grade else {})
    )


def _row_keys(
    evidence: Path, source: PlannedSource, *, numbered: bool
) -> dict[str, list[dict[str, object]]]:
    """The rows that do not conform, by check: number, record's key and column, if that tells which."""
    number = '"row"' if numbered else "CAST(NULL AS BIGINT)"
    found: dict[str, list[dict[str, object]]] = {}
    for code, *place in fetched(
        f'SELECT "check", {number} AS at, record_key, "column" '
        f"FROM {_deviating(evidence, source)} AND {_told(numbered=numbered)} "
        f'QUALIFY row_number() OVER (PARTITION BY "check" ORDER BY "row", "column") <= {KEYS_AT_MOST} '
        'ORDER BY "check", "row", record_key, "column"'
    ):
        named = dict(zip(("row", "record_key", "column"), place, strict=True))
        found.setdefault(code, []).append({k: v for k, v in named.items() if v is not None})
    return found


def _told(*, numbered: bool) -> str:
    """SQL that is true of evidence that says which row, or which column, it is about."""
    return "true" if numbered else '(record_key IS NOT NULL OR "row" IS NULL)'


def _unlisted(evidence: Path, source: PlannedSource, *, numbered: bool) -> dict[str, int]:
    """The rows that are named, but more than a result holds, by check."""
    return dict(
        fetched(
            f'SELECT "check", count(*) - {KEYS_AT_MOST} FROM {_deviating(evidence, source)} '
            f"AND {_told(numbered=numbered)} GROUP BY 1 HAVING count(*) > {KEYS_AT_MOST} ORDER BY 1"
        )
    )


def _unnamed(evidence: Path, source: PlannedSource) -> dict[str, int]:
    """Of a batch without an order, the pieces of evidence of rows without a key, by check."""
    return dict(
        fetched(
            f'SELECT "check", count(*) FROM {_deviating(evidence, source)} '
            'AND record_key IS NULL AND "row" IS NOT NULL GROUP BY 1 ORDER BY 1'
        )
    )


def _deviating(evidence: Path, source: PlannedSource) -> str:
    """SQL of the evidence that a source does not conform."""
    file = source.origin if source.member is None else f"{source.file}/{source.member}"
    sheet = f'"table" = {quoted(source.sheet)}' if source.sheet else '"table" IS NULL'
    return (
        f"read_parquet({quoted(str(evidence))}) "
        f"WHERE result = 'nonconformity' AND source = {quoted(file)} AND {sheet}"
    )
