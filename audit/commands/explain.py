"""The command ``explain``: the page of a check, or the list of checks."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["explain"]


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
