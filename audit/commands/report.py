"""The command ``report``: the report again, in any language, without auditing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from audit.commands.options import Lang, lang_of
from audit.commands.shown import say, say_error

__all__ = ["report"]


def report(
    folder: Annotated[Path, typer.Argument(help="A folder that an audit wrote.")],
    lang: Annotated[
        Lang, typer.Option(help="Language of the report.", parser=lang_of, metavar="fi|sv|en")
    ] = Lang.EN,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Print it too, with the machine's own browser.")
    ] = False,
) -> None:
    """Render the report again, in any language, without auditing; a PDF that is there too."""
    from audit.report.write import PDF, rerender

    printed = (folder / PDF).is_file()
    say(str(rerender(folder, lang.value, pdf=pdf)))
    if printed and not pdf:
        if (folder / PDF).is_file():
            say(f"{folder / PDF}: printed again, as the report now is")
        else:
            say_error(
                f"{folder / PDF} is gone: it was of the earlier report, and no Chromium, Chrome or "
                "Edge was found to print it again; print the report from a browser."
            )
