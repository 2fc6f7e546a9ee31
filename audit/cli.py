"""
The command line.

Exit status: 0 audited, nothing at or above ``--fail-on``; 1 nonconformities at or above it; 2 could
not audit, or not all of it; 130 interrupted. Everything heavy is imported by the command that needs
it, so that ``--help`` is there at once.
"""

from __future__ import annotations

import gc
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit.commands.compare import compare as compare_command
from audit.commands.custody import forget as forget_command
from audit.commands.custody import sign as sign_command
from audit.commands.custody import verify as verify_command
from audit.commands.notice import notice as notice_command
from audit.commands.shown import say as _say
from audit.commands.shown import say_document as _say_document
from audit.commands.shown import say_error as _say_error
from audit.commands.shown import slug as _slug
from audit.commands.suite import suite as suite_command
from audit.errors import AuditError, InputMissing, PlanInvalid

if TYPE_CHECKING:
    from audit.finding import Audit
    from audit.plan import Plan
    from audit.run import Opened

__all__ = ["app", "main"]

app = typer.Typer(
    name="register-audit",
    help="Holds a register's exports against its published privacy notice, clause by clause.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

AUDITED, NONCONFORMING, NOT_AUDITED, INTERRUPTED = 0, 1, 2, 130


class Lang(StrEnum):
    """Languages of the report."""

    FI = "fi"
    SV = "sv"
    EN = "en"


class FailOn(StrEnum):
    """The grade at which the exit status is 1."""

    MAJOR = "major"
    MINOR = "minor"
    NEVER = "never"


class EngineName(StrEnum):
    """Where expressions run."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def main() -> None:
    """Run the command line; errors become one sentence and an exit status."""
    gc.set_threshold(100_000)  # imports allocate much and free nothing
    try:
        app()
    except AuditError as error:
        _say_error(str(error))
        sys.exit(NOT_AUDITED)
    except KeyboardInterrupt:
        _say_error("interrupted: nothing was written.")
        sys.exit(INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - a user never sees a traceback: it could quote a cell
        _say_error(
            f"an internal error ({type(error).__name__}) ended the audit: nothing was written; "
            "please report it with the command and the version, without the data."
        )
        sys.exit(NOT_AUDITED)


@app.command()
def run(
    plan_or_folder: Annotated[Path, typer.Argument(help="audit.yaml, or a folder of exports.")],
    notice: Annotated[Path | None, typer.Option(help="The notice, if the plan names none.")] = None,
    register: Annotated[str | None, typer.Option(help="The register's name.")] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="YYYY-MM-DD; today if not given.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Default: reports/<register>-<as-of>/.")] = None,
    lang: Annotated[Lang, typer.Option(help="Language of the report.")] = Lang.EN,
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
    from audit.report.html import prepare
    from audit.report.terminal import bar
    from audit.report.write import EVIDENCE, earlier_audits, staged, write_reports
    from audit.run import run as audit_run

    opened = _opened(engine)
    started = datetime.now(UTC)
    day = _day(as_of) if as_of else None
    plan, shown = _open(plan_or_folder, notice)
    if register:
        plan = plan.model_copy(update={"register_name": register})
    day = day or plan.as_of or date.today()
    out = out or Path("reports") / f"{_slug(plan.register_name)}-{day.isoformat()}"
    if plan.inferred and not quiet:
        _say_inferred(plan)
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
        _say_error(failure.sentence)
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


@app.command()
def plan(
    folder: Annotated[Path, typer.Argument(help="A folder of exports.")],
    notice: Annotated[Path | None, typer.Option(help="The notice.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Where to write; the screen if not given.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Hold the folder's audit.yaml against the files.")
    ] = False,
) -> None:
    """Draft the audit plan for review; bring the one that is there up to date, or check it."""
    from audit.plan import PLAN_NAMES, draft_plan, write_plan
    from audit.replan import replan

    if not folder.exists():
        raise InputMissing(folder)
    known = next((folder / n for n in PLAN_NAMES if (folder / n).is_file()), None)
    if check:
        _check_plan(known or folder / PLAN_NAMES[0], notice)
        return
    text, changes = (
        (write_plan(draft_plan(folder, notice)), ()) if known is None else replan(known, notice)
    )
    for change in changes:
        _say(change.sentence, error=True)
    if out is None:
        _say_document(text)
        return
    if out.exists() and (known is None or out.resolve() != known.resolve()):
        raise PlanInvalid(
            out, "the file", "it exists already", "remove it, or name another with -o"
        )
    out.write_text(text, "utf-8")


@app.command()
def explain(
    code: Annotated[
        str | None, typer.Argument(help="A code, such as STO01; all if not given.")
    ] = None,
) -> None:
    """Show the page of a check, or the list of checks."""
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.table import Table

    from audit.checks import catalogue
    from audit.errors import UnknownCode

    console = Console()
    if code is None:
        table = Table("code", "name", "finds", "grade", box=None, pad_edge=False)
        for criterion in (check.criterion for check in catalogue().values()):
            table.add_row(criterion.code, criterion.name, criterion.title, criterion.grade.value)
        console.print(table)
        return
    found = catalogue().get(code.upper())
    if found is None:
        raise UnknownCode(code, list(catalogue()))
    criterion = found.criterion
    console.print(f"[bold]{found.code} {criterion.name}[/bold]  ({criterion.grade.value})\n")
    console.print(Markdown(found.page))
    console.print(f"\nCriterion: {criterion.references}")


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="Where to write; must be empty or new.")],
    rows: Annotated[int, typer.Option(min=0, help="Customers.")] = 500,
    seed: Annotated[int, typer.Option(help="The same seed gives the same register.")] = 1,
    clean: Annotated[bool, typer.Option("--clean", help="Without the planted violations.")] = False,
) -> None:
    """Write an invented register with planted violations, to try things on."""
    from audit.errors import OutputUnusable
    from audit.sample import write_sample

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputUnusable(folder, "something is there already")
    folder.mkdir(parents=True, exist_ok=True)
    write_sample(folder, rows, seed, clean=clean)
    _say(f"An invented register of {rows} customers is in {folder}.")


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(help="A folder that an audit wrote.")],
    lang: Annotated[Lang, typer.Option(help="Language of the report.")] = Lang.EN,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Print it too, with the machine's own browser.")
    ] = False,
) -> None:
    """Render the report again, in any language, without auditing; a PDF that is there too."""
    from audit.report.write import PDF, rerender

    printed = (folder / PDF).is_file()
    _say(str(rerender(folder, lang.value, pdf=pdf)))
    if printed and not pdf:
        if (folder / PDF).is_file():
            _say(f"{folder / PDF}: printed again, as the report now is")
        else:
            _say_error(
                f"{folder / PDF} is gone: it was of the earlier report, and no Chromium, Chrome or "
                "Edge was found to print it again; print the report from a browser."
            )


@app.command()
def pseudonymise(
    file: Annotated[Path, typer.Argument(help="A list of erased people, with e-mails or numbers.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Default: FILE with .pseudonyms.csv.")
    ] = None,
) -> None:
    """Write a list of erased people as keyed hashes (REGISTER_AUDIT_KEY)."""
    from audit.pseudonymise import pseudonymise as write
    from audit.register.pseudonyms import key_of_environment

    key = key_of_environment()
    target = out or file.with_suffix(".pseudonyms.csv")
    lines = write(file, target, key)
    _say(f"{target}: {lines} hashes, key {key.fingerprint}")


app.command()(compare_command)
app.command()(verify_command)
app.command()(sign_command)
app.command()(forget_command)
app.command()(notice_command)
app.command()(suite_command)


def _open(path: Path, notice: Path | None) -> tuple[Plan, str]:
    """The plan that is named, or lies in the folder, or is drafted for this run."""
    from audit.plan import PLAN_NAMES, draft_plan, read_plan

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


def _check_plan(path: Path, notice: Path | None) -> None:
    """Say how a plan agrees with its folder; exit with 2 where it cannot be audited as it is."""
    from audit.engine.workspace import workspace
    from audit.plan import read_plan, resolve
    from audit.replan import replan

    plan, changes = read_plan(path), replan(path, notice).changes
    stopped = {change.source for change in changes if change.stops}
    with workspace() as scratch:
        for source in plan.sources:
            if source.shown in stopped:
                continue
            found = resolve(plan, source, str(path), scratch)
            new = f"; not in the plan: {', '.join(found.recognised)}" if found.recognised else ""
            _say(f"{source.shown}: {len(found.table.columns)} columns{new}")
    for change in changes:
        if change.stops:
            _say_error(f"{change.sentence}: correct {path.name}, or bring the export.")
        elif change.kind != "column_added":
            _say(f"{change.source}: not in the plan")
    _check_statements(plan, str(path))
    if stopped:
        raise typer.Exit(NOT_AUDITED)


def _check_statements(plan: Plan, shown: str) -> None:
    """Hold what people say in a plan against its notice, as an audit would before it reads."""
    from audit.notice.read import read_notice
    from audit.stated import reject_wrong_statements

    if plan.notice is not None and (plan.folder / plan.notice).is_file():
        notice = read_notice(plan.folder / plan.notice, plan.register_name)
        reject_wrong_statements(plan, notice, plan.as_of or date.today(), shown)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PlanInvalid("--as-of", text, "it is no date", "write it as YYYY-MM-DD") from None


def _say_inferred(plan: Plan) -> None:
    typer.echo(
        "No plan was given. This was inferred; `register-audit plan` writes it down for review:"
    )
    if plan.notice is not None:
        _say(f"{plan.notice}: the notice", indent=2)
    for source in plan.sources:
        sure = sum(m.certainty == "certain" for m in source.columns.values())
        kind = source.kind or "unreadable"
        _say(
            f"{source.shown}: {kind}, {sure} of {len(source.columns)} columns recognised for certain",
            indent=2,
        )
    for name in plan.left_out:
        _say(f"{name}: left out", indent=2)


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


if __name__ == "__main__":
    main()
