"""``manifest.json``: what the audit was made of and with. The only report with a clock in it."""

from __future__ import annotations

import json
import platform
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from audit.engine.source import digest
from audit.errors import AuditError, AuditMissing, InputUnreadable
from audit.register.pseudonyms import Key

__all__ = [
    "MANIFEST_SCHEMA",
    "SIGN_OFF",
    "describe",
    "failed_outputs",
    "hashed",
    "missing",
    "read_manifest",
    "with_outputs",
]

MANIFEST_SCHEMA = "register-audit/manifest/1"
SIGN_OFF = "signoff.json"
"""Who signed the findings; see ``custody``."""
_NOT_OUTPUTS = ("manifest.json", SIGN_OFF)
_ALWAYS = ("manifest.json", "findings.json")
_TOOLS = ("duckdb", "ibis-framework", "sqlglot", "phonenumbers", "python-stdnum")


def describe(
    *,
    started: datetime,
    engine: str,
    inputs: list[dict[str, Any]],
    notice: dict[str, Any],
    plan: dict[str, Any] | None,
    evidence_kept_days: int,
    key: Key,
) -> dict[str, Any]:
    """The manifest before the outputs are known."""
    return {
        "schema": MANIFEST_SCHEMA,
        "tool": "register-audit",
        "version": version("register-audit"),
        "python": platform.python_version(),
        "engine": engine,
        "libraries": {name: version(name) for name in _TOOLS},
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "inputs": inputs,
        "notice": notice,
        "plan": plan,
        "evidence_kept_days": evidence_kept_days,
        # A key of the run leaves no trace: nothing of it could be compared with another audit.
        "key": {"given": True, "fingerprint": key.fingerprint} if key.given else {"given": False},
    }


def hashed(path: Path, shown: str) -> dict[str, Any]:
    """A file's name, size and SHA-256."""
    return {"path": shown, "sha256": digest(path), "bytes": path.stat().st_size}


def with_outputs(manifest: dict[str, Any], folder: Path) -> str:
    """The manifest as JSON, with the SHA-256 of every other file of the folder."""
    outputs = [
        hashed(path, path.name)
        for path in sorted(folder.iterdir())
        if path.name not in _NOT_OUTPUTS
    ]
    return (
        json.dumps(manifest | {"outputs": outputs}, ensure_ascii=False, indent=1, sort_keys=True)
        + "\n"
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder that an audit wrote."""
    path = folder / "manifest.json"
    if not path.is_file():
        raise missing(path)
    try:
        manifest = json.loads(path.read_text("utf-8"))
        {output["path"]: output["sha256"] for output in manifest["outputs"]}
        timedelta(days=manifest.get("evidence_kept_days", 0))
    except (ValueError, KeyError, TypeError, OverflowError):
        raise InputUnreadable(path, "it is no manifest", "run the audit again") from None
    return dict(manifest)


def missing(path: Path) -> AuditError:
    """What is wrong where a file that every audit writes is not there."""
    folder = path.parent
    if any((folder / name).is_file() for name in _ALWAYS):
        return InputUnreadable(path, "it is no longer there", "run the audit again")
    return AuditMissing(folder, exists=folder.is_dir())


def failed_outputs(folder: Path) -> list[str]:
    """The outputs that are missing or no longer what the manifest says."""
    outputs = read_manifest(folder)["outputs"]
    named = {output["path"]: output["sha256"] for output in outputs}
    return [
        name
        for name, expected in named.items()
        if not (folder / name).is_file() or digest(folder / name) != expected
    ]
