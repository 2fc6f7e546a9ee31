"""The command ``suite``: the notice as a project of Great Expectations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from audit.commands.shown import say
from audit.errors import InputMissing, LibraryMissing

__all__ = ["suite"]


def suite(
    plan: Annotated[Path, typer.Argument(help="audit.yaml, or a folder of exports.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where to write; must be empty or new.")],
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="YYYY-MM-DD; the plan's if not given.")
    ] = None,
    data_docs: Annotated[
        bool,
        typer.Option(
            "--data-docs", help="Stock Data Docs too: their pages load assets from outside hosts."
        ),
    ] = False,
) -> None:
    """Write notice and plan as a suite of Great Expectations, with a checkpoint for each table."""
    if not plan.exists():
        raise InputMissing(plan)
    try:
        from audit.expectations.suite import write_suite
    except ModuleNotFoundError as error:
        raise LibraryMissing(error.name or "great_expectations", "lab") from None
    names = write_suite(plan, out, as_of=as_of, data_docs=data_docs)
    for name in names:
        say(f"{out}: checkpoint {name}")
    if data_docs:
        typer.echo(
            "register-audit: the pages of Data Docs load assets from hosts outside; open them where "
            "that is allowed, or render results with audit.expectations.render_results.",
            err=True,
        )
