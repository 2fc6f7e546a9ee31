"""
What happens to an audit's outputs afterwards: signed off, verified, and their evidence forgotten.

A sign-off is a file of its own beside the outputs: who signed, when, and the SHA-256 of the findings
that were signed. The manifest holds the sign-off's own SHA-256, so that neither can be changed
without the other. Whoever can write all files of the folder can still forge both: against that,
``sign`` says the sign-off's hash, to be kept where nobody else writes.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from audit.engine.source import digest
from audit.errors import AuditError, NotSigned
from audit.plan.statements import same_person, says_something
from audit.report.manifest import SIGN_OFF, failed_outputs, read_manifest
from audit.report.retention import schedule_of
from audit.report.signoff import (
    AGAIN,
    SEALED,
    Signature,
    SignedOff,
    of_other_findings,
    signed_off,
)
from audit.report.write import EVIDENCE, PDF, WORKBOOK, read_findings, rerender, write_private

__all__ = [
    "SIGN_OFF",
    "Failure",
    "Signature",
    "SignedOff",
    "deletion_day",
    "forget",
    "sign",
    "signed_off",
    "verify",
]

_SCHEMA = "register-audit/signoff/1"
_PERSONAL_OUTPUTS = (EVIDENCE, WORKBOOK, PDF)
"""The outputs that tell single records, and so are deleted in their time; the page is made anew."""


class Failure(NamedTuple):
    """A file that is not what it was, and what to do."""

    name: str
    problem: str
    remedy: str

    @property
    def sentence(self) -> str:
        """For the command line."""
        return f"{self.name} {self.problem}: {self.remedy}."


def sign(folder: Path, name: str, day: date, role: str = "") -> SignedOff:
    """
    Sign the findings of a folder off, below those who signed before; the report then says so.

    Raises ``NotSigned`` where a file is not as it was written, nobody's name is given, or the same
    person has signed already.
    """
    if failed := verify(folder):
        raise NotSigned(folder, f"{failed[0].name} {failed[0].problem}", failed[0].remedy)
    if not says_something(name):
        raise NotSigned(folder, "nobody's name is given", "say with --name who signs")
    before = signed_off(folder)
    known = before.signatures if before else ()
    if twice := next((one for one in known if same_person(one.name, name)), None):
        raise NotSigned(folder, f"it is signed already by {twice.shown}", "one signature is enough")
    read_findings(folder)  # what cannot be shown again is not signed
    new = Signature(name.strip(), role.strip(), day.isoformat(), digest(folder / "findings.json"))
    said = {"schema": _SCHEMA, "signatures": [one._asdict() for one in (*known, new)]}
    write_private(folder / SIGN_OFF, _json(said))
    manifest = _rewrite_manifest(folder, {SEALED: digest(folder / SIGN_OFF)})
    rerender(folder, manifest.get("lang", "en"))
    return SignedOff((*known, new), digest(folder / SIGN_OFF))


def verify(folder: Path) -> list[Failure]:
    """The outputs that are not as the manifest says, and what is wrong with the sign-off."""
    failed = [
        Failure(name, "is not as the manifest says", "run the audit again")
        if (folder / name).is_file()
        else Failure(name, "is missing, though the manifest names it", "run the audit again")
        for name in failed_outputs(folder)
    ]
    return failed + _wrong_with_sign_off(folder, {one.name for one in failed})


def _wrong_with_sign_off(folder: Path, failed: set[str]) -> list[Failure]:
    sealed, path = read_manifest(folder).get(SEALED), folder / SIGN_OFF
    if not path.is_file():
        gone = "is missing, though the manifest says that the findings were signed"
        return [Failure(SIGN_OFF, gone, AGAIN)] if sealed else []
    if sealed is None:
        return [Failure(SIGN_OFF, "is not known to the manifest", AGAIN)]
    if digest(path) != sealed:
        return [Failure(SIGN_OFF, "was changed after it was signed", AGAIN)]
    if "findings.json" in failed:  # said already, and not the sign-off's fault
        return []
    return [
        Failure("findings.json", f"is not what was signed by {one.shown}", AGAIN)
        for one in of_other_findings(folder)
    ]


def forget(folder: Path, today: date) -> list[str]:
    """
    Delete the evidence of an audit whose deletion date has come; the names of what was deleted.

    The findings, which hold no single record, stay, and so does their sign-off. The page is made
    again without its examples of records; the manifest says what was deleted and when.
    """
    if today < deletion_day(folder):
        return []
    gone = [name for name in _PERSONAL_OUTPUTS if (folder / name).is_file()]
    if gone:
        manifest = read_manifest(folder)
        # What falls due by month tells no record: the page and the calendar go on showing it.
        kept = _schedule(folder) if EVIDENCE in gone else {}
        for name in gone:
            (folder / name).unlink()
        _rewrite_manifest(
            folder,
            {"forgotten": {"on": today.isoformat(), "outputs": gone, "schedule": kept}},
            without=gone,
        )
        try:
            rerender(folder, manifest.get("lang", "en"))
        except AuditError:  # better no page than one that still tells records
            (folder / "report.html").unlink(missing_ok=True)
            raise
    return gone


def _schedule(folder: Path) -> dict[str, Any]:
    """What falls due by month; nothing where the evidence is damaged, which is no reason to keep it."""
    try:
        return asdict(schedule_of(folder / EVIDENCE, read_findings(folder)["as_of"]))
    except duckdb.Error:
        return {}


def deletion_day(folder: Path) -> date:
    """The day from which the evidence of an audit is to be deleted."""
    kept = timedelta(days=int(read_manifest(folder).get("evidence_kept_days", 365)))
    return date.fromisoformat(read_findings(folder)["as_of"]) + kept


def _rewrite_manifest(
    folder: Path, more: dict[str, Any], without: list[str] | None = None
) -> dict[str, Any]:
    """Say more in the manifest; what it says of the outputs that are left stays as it was."""
    manifest = read_manifest(folder)
    outputs = [one for one in manifest["outputs"] if one["path"] not in (without or ())]
    manifest = manifest | more | {"outputs": outputs}
    write_private(folder / "manifest.json", _json(manifest))
    return manifest


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
