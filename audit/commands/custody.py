"""The commands ``verify``, ``sign`` and ``forget``: what happens to an audit's outputs afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from audit.commands.shown import say, say_error
from audit.errors import AuditError, InputMissing

__all__ = ["forget", "sign", "verify"]

_CHANGED, _FAILED = 1, 2

Folder = Annotated[Path, typer.Argument(help="A folder that an audit wrote.")]


def verify(
    folder: Annotated[Path, typer.Argument(help="A folder that an audit wrote.")],
) -> None:
    """Check that the outputs are those that the manifest names, and those that were signed."""
    from audit.report.custody import signed_off
    from audit.report.custody import verify as verified

    failed = verified(folder)
    for one in failed:
        say_error(one.sentence)
    if failed:
        raise typer.Exit(_CHANGED)
    typer.echo("Every output is as the manifest says.")
    if signed := signed_off(folder):
        for signature in signed.signatures:
            say(f"Signed by {signature.shown}.")
        typer.echo(f"SHA-256 of the sign-off: {signed.sha256}")
    else:
        typer.echo("Nobody has signed the findings.")


def sign(
    folder: Annotated[Path, typer.Argument(help="A folder that an audit wrote.")],
    name: Annotated[str, typer.Option(help="Who signs.")],
    role: Annotated[str, typer.Option(help="In which capacity.")] = "",
) -> None:
    """Sign the findings off: name, day and their hash, as a file of its own; several may sign."""
    from audit.report.custody import SIGN_OFF
    from audit.report.custody import sign as sign_off

    signed = sign_off(folder, name, date.today(), role)
    say(f"{folder / SIGN_OFF}: signed by {signed.signatures[-1].shown}.")
    typer.echo(
        f"SHA-256 of the sign-off: {signed.sha256}\n"
        "Keep it where nobody who can write to this folder can: `verify` shows it again."
    )


def forget(
    folder: Annotated[Path, typer.Argument(help="A folder that an audit wrote, or one of such.")],
) -> None:
    """Delete the evidence of audits whose deletion date has come."""
    from audit.report.custody import deletion_day
    from audit.report.custody import forget as delete

    if not folder.exists():
        raise InputMissing(folder)
    named = [path.parent for path in sorted(folder.glob("**/manifest.json"))]
    failed = False
    for audited in named or [folder]:
        try:
            gone = delete(audited, date.today())
            done = f"deleted {', '.join(gone)}" if gone else _kept(deletion_day(audited))
            say(f"{audited}: {done}")
        except AuditError as error:  # the others are forgotten all the same
            say_error(str(error))
            failed = True
    if failed:
        raise typer.Exit(_FAILED)


def _kept(until: date) -> str:
    """Why nothing was deleted."""
    return f"kept until {until}" if until > date.today() else "nothing is left to delete"
