"""The output folder: all reports of one audit, whole or not at all, for the owner's eyes only."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import Any

from audit.engine.duckdb import EngineError
from audit.engine.evidence import read_examples
from audit.errors import AuditError, InputUnreadable, NotPrinted, OutputUnusable
from audit.finding import Audit, Grade
from audit.report.calendar import render_calendar
from audit.report.findings import FINDINGS_SCHEMA, as_data, as_json
from audit.report.html import render_html
from audit.report.junit import render_junit
from audit.report.manifest import SIGN_OFF, failed_outputs, missing, read_manifest, with_outputs
from audit.report.pdf import print_pdf
from audit.report.retention import Schedule, schedule_of
from audit.report.signoff import sealed_signatures
from audit.report.workbook import write_workbook

__all__ = [
    "EVIDENCE",
    "PDF",
    "WORKBOOK",
    "earlier_audits",
    "examples_of",
    "read_findings",
    "rerender",
    "staged",
    "write_private",
    "write_reports",
]

EVIDENCE = "evidence.parquet"
WORKBOOK = "remediation.xlsx"
_OURS = "manifest.json"
_PROBE = 1 << 20  # bytes: reports are smaller, but what was half written may still take the place
PDF = "report.pdf"
_FOR_PEOPLE = ("report.html", "deadlines.ics", WORKBOOK, PDF)
"""What is made from the findings and the evidence, in one language."""


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """
    A folder to write into that takes the place of ``out`` when the block ends well.

    An earlier audit in ``out`` is replaced only then; one that was signed off is not, nor is a folder
    that holds something else.
    """
    if out.exists() and not out.is_dir():
        raise OutputUnusable(out, "a file of that name is there")
    if out.is_dir() and any(out.iterdir()) and not (out / _OURS).is_file():
        raise OutputUnusable(out, "it holds files that are not an earlier audit")
    if (out / SIGN_OFF).is_file():
        raise OutputUnusable(out, "the audit that it holds was signed off")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:  # also where a file stands in the way
        raise OutputUnusable(out, error.strerror or "the system refuses") from None
    try:
        yield folder
        for path in folder.iterdir():
            path.chmod(0o600)
        old = folder.with_name(f"{folder.name}-old")
        if out.exists():
            out.rename(old)
        folder.rename(out)
        shutil.rmtree(old, ignore_errors=True)
    except (OSError, EngineError):
        if refused := _refusal(folder):
            raise OutputUnusable(out, refused) from None
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _refusal(folder: Path) -> str | None:
    """Why nothing more can be written into a folder; None where it can."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(_PROBE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.strerror or "the system refuses"
    return None


def write_reports(
    audit: Audit, folder: Path, manifest: dict[str, Any], *, lang: str, fail_on: Grade | None
) -> None:
    """Write every report into ``folder``, where the evidence is already."""
    data = as_data(audit)
    write_private(folder / "findings.json", as_json(audit))
    write_private(folder / "junit.xml", render_junit(data, fail_on, lang))
    _write_for_people(folder, data, manifest, lang)


def rerender(folder: Path, lang: str, *, pdf: bool = False) -> Path:
    """
    Write what people read again in another language, without auditing; the report's path.

    With ``pdf``, ``report.pdf`` is printed too. One that is there already is printed again, since it
    would not agree with the page; where there is no browser to do so, it is removed.
    """
    data, manifest = read_findings(folder), read_manifest(folder)
    for name in failed_outputs(folder):
        # The manifest is written anew: what was changed by others must not come in by that.
        if name not in _FOR_PEOPLE and (folder / name).is_file():
            raise InputUnreadable(
                folder / name, "it is not as the manifest says", "run the audit again"
            )
    manifest.pop("outputs", None)
    again = (folder / PDF).is_file()
    (folder / PDF).unlink(missing_ok=True)
    _write_for_people(folder, data, manifest, lang, pdf=_Printed.YES if pdf else _Printed(again))
    return folder / (PDF if pdf else "report.html")


class _Printed(Enum):
    """Whether ``report.pdf`` is printed."""

    NO = 0
    IF_POSSIBLE = 1
    YES = 2


def _write_for_people(
    folder: Path,
    data: dict[str, Any],
    manifest: dict[str, Any],
    lang: str,
    *,
    pdf: _Printed = _Printed.NO,
) -> None:
    """What people read, in their language, and the manifest of everything."""
    evidence = folder / EVIDENCE
    schedule = _schedule(evidence, manifest, data["as_of"])
    signed = [one._asdict() for one in sealed_signatures(folder, manifest)]
    html = render_html(
        data, examples_of(data, evidence), manifest | {"signatures": signed}, lang, schedule
    )
    write_private(folder / "report.html", html)
    if pdf is _Printed.YES:
        print_pdf(folder)
    elif pdf is _Printed.IF_POSSIBLE:
        with suppress(NotPrinted):
            print_pdf(folder)
    calendar = render_calendar(data, schedule, manifest.get("evidence_kept_days", 365), lang)
    write_private(folder / "deadlines.ics", calendar, newline="")
    # A work list without its places is none: once the evidence is forgotten, it is not made again.
    if evidence.is_file():
        write_private(folder / WORKBOOK, "")
        write_workbook(data, evidence, folder / WORKBOOK, lang)
    write_private(folder / _OURS, with_outputs(manifest | {"lang": lang}, folder))


def _schedule(evidence: Path, manifest: dict[str, Any], as_of: str) -> Schedule:
    """What falls due, from the evidence; once that is forgotten, as it was kept."""
    kept = manifest.get("forgotten", {}).get("schedule")
    return schedule_of(evidence, as_of) if evidence.is_file() or not kept else Schedule(**kept)


def earlier_audits(out: Path, audit: Audit) -> list[dict[str, Any]]:
    """
    Earlier audits of the same controller's register beside ``out``, oldest first: day, major and minor.

    A folder that holds something else, or an audit of another version, is passed over.
    """
    found = {}
    register, as_of = audit.register, audit.as_of.isoformat()
    controller = _controller(audit.notice)
    for path in sorted(out.parent.glob("*/findings.json")) if out.parent.is_dir() else ():
        try:
            data = read_findings(path.parent)
            of_it = data["register"] == register and _controller(data["notice"]) == controller
            if of_it and data["as_of"] < as_of:
                counts = {key: int(data["summary"][key]) for key in ("major", "minor")}
                found[data["as_of"]] = {"as_of": data["as_of"], **counts}
        except (AuditError, KeyError, TypeError, ValueError):
            continue
    return [found[day] for day in sorted(found)]


def _controller(notice: Mapping[str, object]) -> object:
    """What tells the controllers of two audits apart."""
    return notice.get("business_id") or notice["controller"]


def read_findings(folder: Path) -> dict[str, Any]:
    """The findings that an audit wrote into a folder."""
    data = _read(folder / "findings.json")
    if data.get("schema") != FINDINGS_SCHEMA:
        raise InputUnreadable(
            folder / "findings.json", "it is of another version", "run the audit again"
        )
    return data


def examples_of(data: dict[str, Any], evidence: Path) -> dict[str, list[dict[str, Any]]]:
    """The first pieces of evidence of each finding, by fingerprint."""
    sources = {table["name"]: (table["source"], table.get("sheet")) for table in data["tables"]}
    found = read_examples(evidence) if evidence.is_file() else {}  # deleted in its time
    examples = {}
    for finding in data["findings"]:
        key = (
            finding["check"],
            finding["result"],
            *sources.get(finding["table"], (None, None)),  # where the register has no such table
            finding.get("column"),
            finding.get("category"),
        )
        rows = found.get(key, [])
        if rule := finding.get("rule"):
            rows = [row for row in rows if str(row["detail"]).startswith(f"{rule}:")]
        examples[finding["fingerprint"]] = rows[:20]
    return examples


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise missing(path)
    try:
        data = json.loads(path.read_text("utf-8"))
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise InputUnreadable(path, "it is not what an audit wrote", "run the audit again")
    return data


def write_private(path: Path, text: str, newline: str = "\n") -> None:
    """Write a file that its owner alone can read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline=newline) as file:
        file.write(text)
