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

__all__ = ["notice"]


class NoticeFormat(StrEnum):
    """The forms in which a notice can be written."""

    YAML = "yaml"
    JSON = "json"
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

    notices = _read(file)
    if out is not None and out.exists():
        raise PlanInvalid(
            out, "the file", "it exists already", "remove it, or name another with -o"
        )
    chosen = _chosen(notices, register)
    text = _review(chosen) if review else _written(chosen, as_format)
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, "utf-8")


def _read(file: Path) -> tuple[Notice, ...]:
    """The notice of each register; a TILT document is read as well."""
    from audit.notice.read import WRITTEN, read_notice

    if file.suffix.lower() not in WRITTEN:
        from audit.notice.reading import read_published

        return read_published(file).notices
    return (_from_tilt(file) or read_notice(file),)


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
    if as_format is NoticeFormat.YAML:
        return _as_yaml(chosen)
    if as_format is NoticeFormat.JSON:
        return _as_json(chosen.model_dump(mode="json", by_alias=True, exclude_none=True))
    if as_format is NoticeFormat.TILT:
        from audit.notice.tilt import as_tilt

        return _as_json(as_tilt(chosen))
    from audit.notice.dpv import as_dpv

    return _as_json(as_dpv(chosen))


def _as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _as_yaml(chosen: Notice) -> str:
    import io

    from ruamel.yaml import YAML

    stream = io.StringIO()
    writer = YAML()
    writer.width = 96
    writer.dump(chosen.model_dump(mode="json", by_alias=True, exclude_defaults=True), stream)
    return f"schema: {chosen.schema_}\n{stream.getvalue()}"


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
