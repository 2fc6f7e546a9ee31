"""
Suites, validation definitions and checkpoints, compiled from notice and plan.

One suite for each table of the plan, with an expectation for each family of checks that speaks of
such a table. The batch is a DataFrame, with every cell as text, as ``audit.load(…).table`` gives it;
the same suite validates a table of a database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import great_expectations as gx
from great_expectations.core.result_format import ResultFormat
from great_expectations.exceptions.exceptions import DataContextRequiredError

from audit.api import Register, plan_given
from audit.checks import catalogue
from audit.errors import ArgumentUnusable, OutputUnusable, PlanInvalid
from audit.expectations.batch import as_kwarg, day_of, families, plan_of, together
from audit.expectations.expectation import FailOn
from audit.expectations.families import FAMILIES
from audit.plan import PLAN_NAMES, Plan, PlannedSource, read_plan
from audit.register.kinds.model import kinds

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuite
    from great_expectations.core.validation_definition import ValidationDefinition

__all__ = ["SOURCE", "suite_of", "validate", "write_suite"]

#: The name of the data source, and of each batch definition.
SOURCE, BATCH = "register", "whole"


def suite_of(
    plan: Plan | Register | str | Path,
    table: str | None = None,
    *,
    as_of: date | str | None = None,
    fail_on: FailOn = "major",
) -> ExpectationSuite:
    """
    The suite of one table; ``table`` may be left out where the plan has one.

    Expectations name the plan by its path where it lies in a file, and embed it where it does not.
    Raises ``PlanInvalid`` if there is no such table, ``ArgumentUnusable`` of any other argument.
    """
    if fail_on not in get_args(FailOn):
        raise ArgumentUnusable("fail_on", fail_on, "major, minor or never")
    read, said = _plan(plan)
    day = asked.isoformat() if (asked := day_of(as_of)) else None
    source = _source(read, table)
    # Given at once, since adding one afterwards asks for a context.
    return gx.ExpectationSuite(
        # Great Expectations makes files of these names.
        name=re.sub(r"[/\\]", "-", f"{read.register_name}.{source.name}"),
        expectations=[
            FAMILIES[family](plan=said, table=source.name, codes=codes, as_of=day, fail_on=fail_on)
            for family, codes in _speaking(read, source)
        ],
    )


def validate(
    plan: Plan | Register | str | Path,
    *,
    tables: Iterable[str] = (),
    as_of: date | str | None = None,
    fail_on: FailOn = "major",
    result_format: str = "SUMMARY",
) -> dict[str, Any]:
    """
    Validate the plan's tables, or some of them, each loaded from its source; results by table.

    In an ephemeral context: nothing is written, nothing is sent, no bar is drawn.
    """
    if result_format not in tuple(ResultFormat):
        raise ArgumentUnusable("result_format", result_format, f"one of {', '.join(ResultFormat)}")
    read, _ = _plan(plan)
    register = Register(read.folder, read)
    tables = (tables,) if isinstance(tables, str) else tables
    found: dict[str, Any] = {}
    frames = {name: register.table(name) for name in tables or register.tables}
    with ephemeral() as context, together(frames):
        for name, frame in frames.items():
            checkpoint = _compile(context, plan, name, as_of, fail_on, result_format)
            done = checkpoint.run(batch_parameters={"dataframe": frame})
            (found[name],) = done.run_results.values()
    return found


def write_suite(
    plan: str | Path, out: str | Path, *, as_of: str | None = None, data_docs: bool = False
) -> tuple[str, ...]:
    """
    Write a project of Great Expectations to ``out``: suites, definitions and checkpoints.

    Returns the names of the checkpoints. Stock Data Docs are set up and built only with
    ``data_docs``: their pages load assets from hosts outside. Raises ``OutputUnusable`` if something
    is in ``out`` already.
    """
    out = Path(out)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise OutputUnusable(out, "something is there already")
    read, said = _plan(plan)
    day_of(as_of)  # before anything is written
    if not read.sources:
        shown = said if isinstance(said, str) else "the plan"
        raise PlanInvalid(shown, "sources", "there is no table", "put the exports there")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise OutputUnusable(out, "no folder can be made there") from None
    context = gx.get_context(mode="file", project_root_dir=out)
    _quiet(context)
    if not data_docs:
        for site in list(context.variables.data_docs_sites or {}):
            context.delete_data_docs_site(site)
    names = [
        _compile(context, plan, source.name, as_of, "major", "SUMMARY").name
        for source in read.sources
    ]
    if data_docs:
        context.build_data_docs()
    for path in out.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return tuple(names)


@contextmanager
def ephemeral() -> Iterator[Any]:
    """A context that is nowhere written; the one that was current is current again afterwards."""
    from great_expectations.data_context.data_context.context_factory import project_manager

    before = None
    with suppress(DataContextRequiredError):  # there was none
        before = project_manager.get_current_project()
    context = gx.get_context(mode="ephemeral")
    try:
        _quiet(context)
        yield context
    finally:
        if before is not None:
            project_manager.set_project(before)


def _quiet(context: Any) -> None:
    """No word to the makers of Great Expectations, and no bars."""
    context.variables.analytics_enabled = False
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    with suppress(NotImplementedError):
        context.variables.save()


def _compile(
    context: Any,
    plan: Plan | Register | str | Path,
    table: str,
    as_of: date | str | None,
    fail_on: FailOn,
    result_format: str,
) -> Any:
    """The checkpoint of one table in a context, with its suite and its validation definition."""
    suite = context.suites.add(suite_of(plan, table, as_of=as_of, fail_on=fail_on))
    sources = context.data_sources
    source = (
        sources.add_or_update_pandas(SOURCE) if SOURCE not in sources.all() else sources.get(SOURCE)
    )
    batch = source.add_dataframe_asset(table).add_batch_definition_whole_dataframe(BATCH)
    definition: ValidationDefinition = context.validation_definitions.add(
        gx.ValidationDefinition(name=suite.name, data=batch, suite=suite)
    )
    return context.checkpoints.add(
        gx.Checkpoint(
            name=suite.name,
            validation_definitions=[definition],
            result_format={
                "result_format": result_format,
                "exclude_unexpected_values": True,
                "include_unexpected_rows": False,
            },
        )
    )


def _plan(plan: Plan | Register | str | Path) -> tuple[Plan, str | dict[str, Any]]:
    """The plan, and how an expectation says which it is."""
    if isinstance(plan, str | Path):
        path = Path(plan).resolve()
        return plan_of(str(path)), str(path)
    plan = plan_given(plan)
    for name in PLAN_NAMES:
        path = plan.folder / name
        if not plan.inferred and path.is_file() and read_plan(path) == plan:
            return plan, str(path.resolve())
    return plan, as_kwarg(plan)


def _source(plan: Plan, table: str | None) -> PlannedSource:
    names = [source.name for source in plan.sources]
    if table is None and len(names) == 1:
        table = names[0]
    for source in plan.sources:
        if source.name == table:
            return source
    problem = "no table is named" if table is None else f"it has no table {table!r}"
    raise PlanInvalid("the plan", "sources", problem, f"name one of {', '.join(names)}")


def _speaking(plan: Plan, source: PlannedSource) -> Iterator[tuple[str, list[str]]]:
    """
    The families that speak of a table, each with its checks.

    Checks that speak of no table of the plan are among them: that they cannot be assessed is said.
    """
    kinds_here = {one.kind for one in plan.sources}
    for family, codes in families().items():
        mine = [
            code
            for code in codes
            if _speaks_of(code, source.kind) or not any(_speaks_of(code, k) for k in kinds_here)
        ]
        if mine:
            yield family, mine


def _speaks_of(code: str, kind: str | None) -> bool:
    """Whether a check speaks of tables of a kind; of one that is not known yet, every check may."""
    if kind is None or kind not in kinds():
        return True
    check = catalogue()[code]
    wanted = (check.subject,) if check.subject in kinds() else check.tables
    return kind in check.dated_kinds or (
        kinds()[kind].scope in check.scopes and (not wanted or kind in wanted)
    )
