"""The command ``pseudonymise``: a list of erased people as keyed hashes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from audit.commands.shown import say

__all__ = ["pseudonymise"]


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
    say(f"{target}: {lines} hashes, key {key.fingerprint}")
