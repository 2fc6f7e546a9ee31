"""
Who signed the findings: a file of its own beside the outputs, whose SHA-256 the manifest holds.

It is written by ``custody``; here it is read, for the report and for whoever verifies it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from audit.engine.source import digest
from audit.errors import InputUnreadable
from audit.report.manifest import SIGN_OFF
from audit.report.texts import clean

__all__ = [
    "AGAIN",
    "SEALED",
    "Signature",
    "SignedOff",
    "of_other_findings",
    "sealed_signatures",
    "signed_off",
]

SEALED = "signoff_sha256"
"""Where the manifest holds the SHA-256 of the sign-off."""
AGAIN = "bring back the file that was written, or audit again and sign that"


class Signature(NamedTuple):
    """One signature under the findings."""

    name: str
    role: str
    on: str
    """ISO date."""
    findings_sha256: str

    @property
    def who(self) -> str:
        """Who signed, and in which capacity."""
        role = f" ({clean(self.role, 80)})" if self.role else ""
        return f"{clean(self.name, 80)}{role}"

    @property
    def shown(self) -> str:
        """Who signed, in which capacity, and when."""
        return f"{self.who}, {self.on}"


class SignedOff(NamedTuple):
    """The sign-off of an audit."""

    signatures: tuple[Signature, ...]
    sha256: str
    """Of the file itself: kept elsewhere, it shows whether the file was forged."""


def signed_off(folder: Path) -> SignedOff | None:
    """The sign-off as it stands in the folder; None where nobody signed."""
    path = folder / SIGN_OFF
    if not path.is_file():
        return None
    try:
        data = json.loads(path.read_text("utf-8"))
        found = tuple(Signature(**one) for one in data["signatures"])
    except (ValueError, KeyError, TypeError):
        raise InputUnreadable(path, "it is no sign-off", AGAIN) from None
    return SignedOff(found, digest(path))


def sealed_signatures(folder: Path, manifest: Mapping[str, Any]) -> tuple[Signature, ...]:
    """
    The signatures that the manifest knows of.

    Raises ``InputUnreadable`` where they were changed, or the findings that were signed.
    """
    found = signed_off(folder)
    if (found.sha256 if found else None) != manifest.get(SEALED):
        raise InputUnreadable(folder / SIGN_OFF, "it is not as the manifest says", AGAIN)
    if of_other_findings(folder):
        raise InputUnreadable(folder / "findings.json", "it is not what was signed", AGAIN)
    return found.signatures if found else ()


def of_other_findings(folder: Path) -> tuple[Signature, ...]:
    """The signatures that stand under other findings than those in the folder."""
    found = signed_off(folder)
    if found is None:
        return ()
    now = digest(folder / "findings.json")
    return tuple(one for one in found.signatures if one.findings_sha256 != now)
