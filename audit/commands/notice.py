"""The command `notice`: reads a published notice, reviews it, and writes it in other forms."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit.commands.shown import plain, say, say_document, slug
from audit.errors import NoticeInvalid
from audit.saving import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.notice.model import Notice

__all__ = ["notice"]


_SHOWN = 120  # characters of what is to be confirmed


class NoticeForm(StrEnum):
    """Forms in which a reading of a notice is shown."""

    YAML = "yaml"
    JSON = "json"
    LABELS = "labels"
    TILT = "tilt"
    DPV = "dpv"


def notice(
    file: Annotated[
        Path, typer.Argument(help="A published notice: text, Markdown, HTML, DOCX, PDF.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Where to write notice.yaml; the screen if not given."),
    ] = None,
    form: Annotated[
        NoticeForm, typer.Option("--format", help="The form in which it is shown.")
    ] = NoticeForm.YAML,
    review: Annotated[
        bool, typer.Option("--review", help="Hold the notice against Articles 12-14 instead.")
    ] = False,
) -> None:
    """Read a published notice into the model, each value tied to the words that say it."""
    from audit.notice.formats.by_name import FORMATS, open_notice

    reading = open_notice(file)
    for note in reading.document.notes:
        say(f"{file.name}: {note}", error=True)
    if review:
        from audit.report.remarks import as_text

        say_document("\n".join(as_text(one, date.today()) for one in reading.notices))
        return
    if out is None:
        say_document(FORMATS[form.value](reading))
        return
    if form is not NoticeForm.YAML:
        if out.exists():
            raise NoticeInvalid(
                out, "the file", "it exists already", "remove it, or name another with -o"
            )
        write_whole(out, FORMATS[form.value](reading))
        return
    for number, one in enumerate(reading.notices):
        path = (
            out
            if number == 0
            else out.with_name(f"{out.stem}-{slug(one.register_name)}{out.suffix}")
        )
        _write_notice(one, reading.document.text, file, path)


def _write_notice(read: Notice, text: str, source: Path, out: Path) -> None:
    """Write notice.yaml and say how surely it was read; where there is one, show what differs."""
    from collections import Counter

    from audit.notice.formats.written import differences, write_notice
    from audit.notice.read import read_notice

    if out.exists():
        changed = differences(read_notice(out), read)
        for line in changed:
            say(line)
        say(
            f"{out} is left as it is: "
            + (f"{len(changed)} lines differ." if changed else "the text still says the same.")
        )
        return
    written = write_notice(read, text, source, out)
    sure = Counter(v.found.certainty.value for _, v in read.declared() if v.found)
    say(
        f"{', '.join(str(path) for path in written)}: {len(read.clauses)} clauses; values: "
        + ", ".join(f"{sure[word]} {word}" for word in ("certain", "likely", "unsure"))
        + f"; {len(read.unread)} passages not understood."
    )
    for line in _to_confirm(read):
        say(line, indent=2)
    for passage in read.unread:
        say(f"not understood, {plain(passage.heading)}: {plain(passage.quote)}", indent=2)


def _to_confirm(read: Notice) -> Iterator[str]:
    """What was read and is not certain, a line each, with the words that say it."""
    for name, value in read.declared():
        if value.found is None or value.found.certainty.value == "certain":
            continue
        key = str(getattr(value, "key", "") or getattr(value, "statement", ""))
        told = f" {key}" if key and not key.startswith("other:") else ""
        words = plain(str(getattr(value, "text", "") or getattr(value, "name", "")))
        sure = value.found.certainty.value
        yield f"to confirm ({sure}), {name.partition('[')[0]}{told}: {words[:_SHOWN]}"
