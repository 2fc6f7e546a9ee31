"""The command ``run``: audit a register, write the reports, say what was found."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit.commands.options import AUDITED, NONCONFORMING, NOT_AUDITED, Lang, lang_of
from audit.commands.shown import say, say_error, slug
from audit.errors import InputMissing, PlanInvalid

if TYPE_CHECKING:
    from audit.finding import Audit
    from audit.plan import Plan
    from audit.run import Opened

__all__ = ["run"]


class FailOn(StrEnum):
    """The grade at which the exit status is 1."""

    MAJOR = "major"
    MINOR = "minor"
    NEVER = "never"


class EngineName(StrEnum):
    """Where expressions run."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def run(
    plan_or_folder: Annotated[Path, typer.Argument(help="audit.yaml, or a folder of exports.")],
    notice: Annotated[Path | None, typer.Option(help="The notice, if the plan names none.")] = None,
    register: Annotated[str | None, typer.Option(help="The register's name.")] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="YYYY-MM-DD; today if not given.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Default: reports/<register>-<as-of>/.")] = None,
    lang: Annotated[
        Lang, typer.Option(help="Language of the report.", parser=lang_of, metavar="fi|sv|en")
    ] = Lang.EN,
    engine: Annotated[EngineName, typer.Option(help="Where the audit runs.")] = EngineName.DUCKDB,
    fail_on: Annotated[
        FailOn, typer.Option(help="The grade that gives exit status 1.")
    ] = FailOn.MAJOR,
    only: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Only this check; repeat.")
    ] = None,
    skip: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Not this check; repeat.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say every finding.")] = False,
) -> None:
    """Audit a register and write the reports."""
    from concurrent.futures import ThreadPoolExecutor
    from datetime import UTC, datetime

    from rich.console import Console

    from audit.api import provenance
    from audit.finding import Grade
    from audit.report.bars import bar
    from audit.report.html import prepare
    from audit.report.write import EVIDENCE, earlier_audits, staged, write_reports
    from audit.run import run as audit_run

    opened = _opened(engine)
    started = datetime.now(UTC)
    day = _day(as_of) if as_of else None
    plan, shown = _open(plan_or_folder, notice)
    if register:
        plan = plan.model_copy(update={"register_name": register})
    day = day or plan.as_of or date.today()
    out = out or Path("reports") / f"{slug(plan.register_name)}-{day.isoformat()}"
    if plan.inferred and not quiet:
        _say_inferred(plan, lang.value)
    grade = None if fail_on is FailOn.NEVER else Grade(fail_on.value)
    with (
        staged(out) as folder,
        bar(Console(stderr=True), lang.value, quiet=quiet) as progress,
        ThreadPoolExecutor(1) as beside,
    ):
        beside.submit(prepare)  # while DuckDB reads, the interpreter has nothing else to do
        audit = audit_run(
            plan,
            day,
            folder / EVIDENCE,
            only=only or (),
            skip=skip or (),
            shown_plan=shown,
            progress=progress,
            opened=opened,
        )
        progress.at("writing")
        manifest = provenance(plan, audit, started, engine.value)
        manifest["earlier"] = earlier_audits(out, audit)
        write_reports(audit, folder, manifest, lang=lang.value, fail_on=grade)
    if not quiet:
        _say_conclusion(audit, out, lang.value, verbose=verbose)
    for failure in audit.failures:
        say_error(failure.sentence)
    if not audit.complete:
        raise typer.Exit(NOT_AUDITED)
    failing = grade is not None and audit.at_or_above(grade)
    raise typer.Exit(NONCONFORMING if failing else AUDITED)


def _opened(engine: EngineName) -> Opened:
    """What opens the engine that was asked for."""
    if engine is EngineName.SPARK:
        from audit.spark.session import on_spark

        return on_spark()
    from audit.engine.duckdb import Engine

    return Engine


def _open(path: Path, notice: Path | None) -> tuple[Plan, str]:
    """The plan that is named, or lies in the folder, or is drafted for this run."""
    from audit.plan import PLAN_NAMES, read_plan
    from audit.plan.drafting import draft_plan

    if not path.exists():
        raise InputMissing(path)
    if notice is not None and not notice.exists():
        raise InputMissing(notice)
    named = path
    if path.is_dir():
        found = next((path / name for name in PLAN_NAMES if (path / name).is_file()), None)
        if found is None:
            drafted = draft_plan(path, notice)
            if not drafted.sources:
                raise PlanInvalid(path, "the folder", "it holds no export", "put CSV files there")
            return drafted, "the plan"
        named = found
    plan = read_plan(named)
    if notice is not None:
        plan = plan.model_copy(update={"notice": str(notice.resolve())})
    return plan, str(named)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PlanInvalid("--as-of", text, "it is no date", "write it as YYYY-MM-DD") from None


def _say_inferred(plan: Plan, lang: str) -> None:
    """What an audit without a plan takes the files for."""
    from audit.categories import withheld
    from audit.report.texts import Texts

    texts = Texts(lang)
    t = texts.t
    say(t("inferred.lead"))
    if plan.notice is not None:
        say(t("inferred.notice", file=plan.notice), indent=2)
    for source in plan.sources:
        sure = sum(m.certainty == "certain" for m in source.columns.values())
        key = "source" if source.kind else "unreadable"
        kind, total = texts.known("kinds", source.kind), len(source.columns)
        say(t(f"inferred.{key}", file=source.shown, kind=kind, sure=sure, total=total), indent=2)
    for name in plan.left_out:
        say(t("inferred.left_out", file=withheld(name)), indent=2)


def _say_conclusion(audit: Audit, out: Path, lang: str, *, verbose: bool) -> None:
    from rich.console import Console

    from audit.report.findings import as_data
    from audit.report.terminal import summary

    console = Console(highlight=False, markup=False)
    said = summary(
        as_data(audit), str(out / "report.html"), lang, width=console.width, verbose=verbose
    )
    for part in said:
        console.print(part)
