"""
The command line: each command is a file in ``commands/``.

Exit status: 0 audited, nothing at or above ``--fail-on``; 1 nonconformities at or above it; 2 could
not audit, or not all of it; 130 interrupted. Everything heavy is imported by the command that needs
it, so that ``--help`` is there at once.
"""

from __future__ import annotations

import errno
import gc
import sys
from typing import Annotated

import typer

from audit.commands.compare import compare
from audit.commands.custody import forget, sign, verify
from audit.commands.explain import explain
from audit.commands.notice import notice
from audit.commands.options import INTERRUPTED, NOT_AUDITED
from audit.commands.plan import plan
from audit.commands.pseudonymise import pseudonymise
from audit.commands.report import report
from audit.commands.run import run
from audit.commands.sample import sample
from audit.commands.shown import say_error
from audit.commands.suite import suite
from audit.errors import AuditError, DiskFull, NothingRead

__all__ = ["app", "main"]

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)

app = typer.Typer(
    name="register-audit",
    help="Holds a register's exports against its published privacy notice, clause by clause.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    run,
    plan,
    explain,
    sample,
    report,
    pseudonymise,
    compare,
    verify,
    sign,
    forget,
    notice,
    suite,
):
    app.command()(command)


def _say_version(wanted: bool) -> None:  # noqa: FBT001 - as Typer calls it
    if wanted:
        from importlib.metadata import version

        typer.echo(f"register-audit {version('register-audit')}")
        raise typer.Exit


@app.callback()
def _whole(
    _: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; errors become one sentence and an exit status."""
    gc.set_threshold(100_000)  # imports allocate much and free nothing
    try:
        app()
    except NothingRead as error:
        for sentence in error.sentences:
            say_error(sentence)
        sys.exit(NOT_AUDITED)
    except AuditError as error:
        say_error(str(error))
        sys.exit(NOT_AUDITED)
    except KeyboardInterrupt:
        say_error("interrupted: nothing was written.")
        sys.exit(INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - a user never sees a traceback: it could quote a cell
        cause = next((one for one in (error, *error.args) if isinstance(one, OSError)), None)
        if cause is not None and cause.errno in _DISK_FULL:  # XlsxWriter wraps it
            say_error(str(DiskFull(cause.strerror or "the system refuses")))
            sys.exit(NOT_AUDITED)
        say_error(
            f"an internal error ({type(error).__name__}) ended the audit: nothing was written; "
            "please report it with the command and the version, without the data."
        )
        sys.exit(NOT_AUDITED)


if __name__ == "__main__":
    main()
