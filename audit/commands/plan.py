"""The command ``plan``: draft the audit plan, bring it up to date, or check it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit.commands.options import NOT_AUDITED
from audit.commands.shown import say, say_document, say_error
from audit.errors import AuditError, InputMissing, PlanInvalid
from audit.saving import write_whole

if TYPE_CHECKING:
    from audit.plan import Plan

__all__ = ["plan"]


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
    from audit.plan import PLAN_NAMES, write_plan
    from audit.plan.drafting import draft_plan, moved
    from audit.plan.replan import replan

    if not folder.exists():
        raise InputMissing(folder)
    if notice is not None and not notice.exists():
        raise InputMissing(notice)
    known = next((folder / n for n in PLAN_NAMES if (folder / n).is_file()), None)
    if check:
        _check_plan(known or folder / PLAN_NAMES[0], notice)
        return
    if known is None:
        drafted = draft_plan(folder, notice)
        text = write_plan(drafted if out is None else moved(drafted, out.parent)) + _form(drafted)
    else:
        if out is not None and out.parent.resolve() != known.parent.resolve():
            raise PlanInvalid(
                out, "the folder", f"the plan lies in {known.parent} already", "write it there"
            )
        text, changes = replan(known, notice)
        for change in changes:
            say(change.sentence, error=True)
    if out is None:
        say_document(text)
        return
    if out.exists() and (known is None or out.resolve() != known.resolve()):
        raise PlanInvalid(
            out, "the file", "it exists already", "remove it, or name another with -o"
        )
    write_whole(out, text)


def _form(plan: Plan) -> str:
    """What to ask people, as comments; nothing where the notice cannot be read, which the audit says."""
    from audit.notice.read import read_notice
    from audit.plan.asked import form, to_ask

    if plan.notice is None:
        return ""
    try:
        notice = read_notice(plan.folder / plan.notice, plan.register_name)
    except AuditError:
        return ""
    return form(to_ask(notice, (), date.today()))


def _check_plan(path: Path, notice: Path | None) -> None:
    """Say how a plan agrees with its folder; exit with 2 where it cannot be audited as it is."""
    from audit.engine.workspace import workspace
    from audit.plan import read_plan, resolve
    from audit.plan.odd_roles import odd_roles
    from audit.plan.replan import replan

    plan, changes = read_plan(path), replan(path, notice).changes
    stopped = {change.source for change in changes if change.stops}
    with workspace() as scratch:
        for source in plan.sources:
            if source.shown in stopped:
                continue
            found = resolve(plan, source, str(path), scratch)
            new = f"; not in the plan: {', '.join(found.recognised)}" if found.recognised else ""
            say(f"{source.shown}: {len(found.table.columns)} columns{new}")
            for odd in odd_roles(source):
                say(f"{source.shown}: {odd.sentence}")
    for change in changes:
        if change.kind == "unreadable":
            say_error(change.sentence)
        elif change.kind == "table_added":
            say_error(f"{change.source} {change.what}.")
        elif change.stops:
            say_error(f"{change.sentence}: correct {path.name}, or bring the export.")
        elif change.kind != "column_added":
            say(f"{change.source}: not in the plan")
    _check_statements(plan, str(path))
    if any(change.incomplete for change in changes):
        raise typer.Exit(NOT_AUDITED)


def _check_statements(plan: Plan, shown: str) -> None:
    """Hold what people say in a plan against its notice, as an audit would before it reads."""
    from audit.coverage.stated import reject_wrong_statements
    from audit.notice.read import read_notice

    if plan.notice is not None and (plan.folder / plan.notice).is_file():
        notice = read_notice(plan.folder / plan.notice, plan.register_name)
        reject_wrong_statements(plan, notice, plan.as_of or date.today(), shown)
