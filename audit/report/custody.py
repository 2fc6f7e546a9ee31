"""
What happens to an audit's outputs afterwards: signed off, verified, and their evidence forgotten.

A sign-off is a file of its own beside the outputs: who, when, and the SHA-256 of the findings that
were signed. It is part of what ``verify`` checks, and of nothing else.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

from audit.engine.source import digest
from audit.errors import InputUnreadable, OutputUnusable
from audit.report.manifest import failed_outputs, read_manifest, with_outputs
from audit.report.write import EVIDENCE, WORKBOOK, read_findings, write_private

__all__ = ["SIGN_OFF", "deletion_day", "forget", "sign", "verify"]

SIGN_OFF = "signoff.json"
_SCHEMA = "register-audit/signoff/1"
_PERSONAL_OUTPUTS = (EVIDENCE, WORKBOOK)
"""The outputs that tell single records, and so are deleted in their time."""


def sign(folder: Path, name: str, day: date, role: str = "") -> Path:
    """Sign the findings of a folder off; refuses those that are not as the manifest says."""
    if failed := verify(folder):
        raise OutputUnusable(folder / SIGN_OFF, f"{', '.join(failed)} changed since the audit")
    if not name.strip():
        raise OutputUnusable(folder / SIGN_OFF, "nobody's name is given")
    statement = {
        "schema": _SCHEMA,
        "name": name.strip(),
        "role": role.strip(),
        "on": day.isoformat(),
        "findings_sha256": digest(folder / "findings.json"),
    }
    path = folder / SIGN_OFF
    write_private(path, json.dumps(statement, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return path


def verify(folder: Path) -> list[str]:
    """The outputs that are not as the manifest says, and the sign-off if it is of other findings."""
    failed = failed_outputs(folder)
    path = folder / SIGN_OFF
    if path.is_file():
        try:
            signed = json.loads(path.read_text("utf-8"))["findings_sha256"]
        except (ValueError, KeyError, TypeError):
            raise InputUnreadable(path, "it is no sign-off", "sign the findings again") from None
        findings = folder / "findings.json"
        if not findings.is_file() or signed != digest(findings):
            failed.append(SIGN_OFF)
    return failed


def forget(folder: Path, today: date) -> list[str]:
    """
    Delete the evidence of an audit whose deletion date has come; the names of what was deleted.

    The findings, which hold no single record, stay; the manifest says what was deleted and when.
    """
    if today < deletion_day(folder):
        return []
    manifest = read_manifest(folder)
    gone = [name for name in _PERSONAL_OUTPUTS if (folder / name).is_file()]
    for name in gone:
        (folder / name).unlink()
    if gone:
        manifest["forgotten"] = {"on": today.isoformat(), "outputs": gone}
        manifest.pop("outputs", None)
        write_private(folder / "manifest.json", with_outputs(manifest, folder))
    return gone


def deletion_day(folder: Path) -> date:
    """The day from which the evidence of an audit is to be deleted."""
    kept = timedelta(days=int(read_manifest(folder).get("evidence_kept_days", 365)))
    return date.fromisoformat(read_findings(folder)["as_of"]) + kept
