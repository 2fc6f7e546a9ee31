"""The command ``notice``: reads a published notice, reviews it, and writes it in other forms."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from audit.notice.model import Notice
    from audit.notice.reading import Reading

__all__ = ["notice"]


class NoticeFormat(StrEnum):
    """The forms in which a notice can be written."""

    YAML = "yaml"
    JSON = "json"
    LABELS = "labels"
    TILT = "tilt"
    DPV = "dpv"


def notice(
    file: Annotated[Path, typer.Argument(help="The notice: text, HTML, DOCX, PDF, YAML or TILT.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Where to write; the screen if not given.")
    ] = None,
    as_format: Annotated[
        NoticeFormat, typer.Option("--format", help="The form to write.")
    ] = NoticeFormat.YAML,
    review: Annotated[
        bool, typer.Option("--review", help="Hold the notice against Articles 12-14 instead.")
    ] = False,
    register: Annotated[
        str | None, typer.Option(help="Which register, where the notice describes several.")
    ] = None,
) -> None:
    """Read a published notice, and write it as data or review it."""
    from audit.errors import PlanInvalid

    reading = _read(file)
    chosen = _chosen(reading.notices, register)
    if out is not None and as_format is NoticeFormat.YAML and not review:
        _keep(reading, (chosen,) if register else reading.notices, file, out)
        return
    if out is not None and out.exists():
        raise PlanInvalid(
            out, "the file", "it exists already", "remove it, or name another with -o"
        )
    if review:
        text = _review(chosen)
    elif as_format is NoticeFormat.LABELS:
        text = _labels(reading)
    elif register:
        text = _written(chosen, as_format)
    else:
        text = _all_written(reading.notices, as_format)
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, "utf-8")


def _read(file: Path) -> Reading:
    """The reading of a published notice, or of one that is data already; TILT is read as well."""
    from audit.notice.document import Document
    from audit.notice.read import WRITTEN, read_notice
    from audit.notice.reading import Reading, read_published

    if file.suffix.lower() not in WRITTEN:
        return read_published(file)
    written = _from_tilt(file) or read_notice(file)
    nothing = Document(text="", plain="", blocks=(), form="text")
    return Reading(document=nothing, language=written.language, notices=(written,))


def _labels(reading: Reading) -> str:
    from audit.notice.labels import as_labels
    from audit.notice.review.defects import known_defects

    defects = known_defects(reading.notices, date.today())
    return json.dumps(as_labels(reading, defects), ensure_ascii=False, indent=2) + "\n"


def _all_written(notices: tuple[Notice, ...], as_format: NoticeFormat) -> str:
    """Every register in turn: documents of YAML one after the other, JSON as a list."""
    texts = [_written(notice, as_format) for notice in notices]
    if len(texts) == 1:
        return texts[0]
    if as_format is NoticeFormat.YAML:
        return "---\n".join(texts)
    return _as_json([json.loads(text) for text in texts])


def _keep(reading: Reading, notices: tuple[Notice, ...], source: Path, out: Path) -> None:
    """Write ``notice.yaml``, one a register; where there is one, show what the text now says."""
    from audit.notice.read import read_notice
    from audit.notice.written import differences, write_notice

    for number, one in enumerate(notices):
        path = out if number == 0 else out.with_name(f"{out.stem}-{number + 1}{out.suffix}")
        if path.exists():
            changed = differences(read_notice(path), one)
            for line in changed:
                typer.echo(line)
            said = f"{len(changed)} lines differ" if changed else "the text still says the same"
            typer.echo(f"{path} is left as it is: {said}.")
            continue
        written = write_notice(one, reading.document.text, source, path)
        typer.echo(f"{', '.join(map(str, written))}: {_how_surely(one)}")
        for passage in one.unread:
            typer.echo(f"  not understood, {passage.heading[:60]}: {passage.quote[:80]}")


def _how_surely(read: Notice) -> str:
    from collections import Counter

    sure = Counter(v.found.certainty.value for _, v in read.declared() if v.found)
    counts = ", ".join(f"{sure[word]} {word}" for word in ("certain", "likely", "unsure"))
    return (
        f"{len(read.clauses)} clauses of the register {read.register_name or 'without a name'}; "
        f"values: {counts}; {len(read.unread)} passages not understood."
    )


def _from_tilt(file: Path) -> Notice | None:
    """The notice of a TILT document, or None where the file is none."""
    from pydantic import ValidationError

    from audit.errors import NoticeInvalid
    from audit.notice.read import first_problem
    from audit.notice.tilt import from_tilt, is_tilt

    try:
        data = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not is_tilt(data):
        return None
    try:
        return from_tilt(data)
    except ValidationError as error:
        place, problem = first_problem(error)
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        place, problem = "the document", f"it is no whole TILT document ({type(error).__name__})"
    raise NoticeInvalid(file, place, problem, "correct it there")


def _chosen(notices: tuple[Notice, ...], register: str | None) -> Notice:
    """The notice of the register that is named, by the start of its name; else the first."""
    wanted = (register or "").casefold()
    return next((n for n in notices if n.register_name.casefold().startswith(wanted)), notices[0])


def _written(chosen: Notice, as_format: NoticeFormat) -> str:
    from audit.notice.written import as_json, as_yaml

    if as_format is NoticeFormat.YAML:
        return as_yaml(chosen)
    if as_format is NoticeFormat.JSON:
        return as_json(chosen)
    if as_format is NoticeFormat.TILT:
        from audit.notice.tilt import as_tilt

        return _as_json(as_tilt(chosen))
    from audit.notice.dpv import as_dpv

    return _as_json(as_dpv(chosen))


def _as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _review(chosen: Notice) -> str:
    """Each remark: the check, the article, the words and what could be written instead."""
    from audit.checks import catalogue
    from audit.plan import Plan
    from audit.report.texts import Texts
    from audit.review import review

    texts = Texts(chosen.language)
    criteria = {code: check.criterion for code, check in catalogue().items()}
    lines = []
    for one in review(catalogue().values(), chosen, Plan(), date.today()).remarks:
        criterion = criteria[one.check]
        weight = f"grades.{one.grade}" if one.grade else f"results.{one.result}"
        title = texts.t(f"checks.{one.check}.title")
        if one.remark.reason:
            title = texts.reason(one.remark.reason)
        sort = f" ({texts.t(f'detail.notice_{one.remark.detail}')})" if one.remark.detail else ""
        lines.append(f"{one.check}  {texts.t(weight)}: {title}{sort}")
        lines.append(f"    {texts.citation(criterion.references)}")
        where = ", ".join(one.remark.clauses)
        if one.remark.quote:
            lines.append(f"    {where}: ”{one.remark.quote}”")
        elif where:
            lines.append(f"    {where}")
        if one.wording:
            lines.append(f"    {texts.t('remarks.wording')}: {one.wording}")
        lines.append("")
    return "\n".join(lines)
