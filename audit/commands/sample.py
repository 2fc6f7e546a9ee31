"""The command ``sample``: an invented register to try things on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from audit.commands.shown import say

__all__ = ["sample"]


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
    say(f"An invented register of {rows} customers is in {folder}.")
