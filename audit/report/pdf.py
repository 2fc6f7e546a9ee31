"""
``report.pdf``: the report for the archive, printed from the same page with its print style.

A browser prints it, one that is on the machine anyway: Chromium, Chrome or Edge, headless and
without a network. Where there is none, printing the page by hand does the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from audit.errors import InputMissing, NotPrinted

__all__ = ["BROWSERS", "print_pdf"]

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
    "microsoft-edge",
)
_SECONDS = 120
_QUIET = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)


def print_pdf(folder: Path) -> Path:
    """Print ``report.html`` of an audit's folder to ``report.pdf``, for its owner's eyes only."""
    page, target = folder / "report.html", folder / "report.pdf"
    if not page.is_file():
        raise InputMissing(page)
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise NotPrinted(page, "no Chromium, Chrome or Edge was found")
    with tempfile.TemporaryDirectory(prefix="register-audit-pdf-") as private:
        printed = Path(private) / "report.pdf"
        command = [browser, *_QUIET, *_sandbox(), f"--user-data-dir={private}/profile"]
        try:
            subprocess.run(  # noqa: S603 - a browser of the machine, on a file of ours
                [*command, f"--print-to-pdf={printed}", page.resolve().as_uri()],
                check=True,
                capture_output=True,
                timeout=_SECONDS,
            )
            target.write_bytes(printed.read_bytes())
        except (OSError, subprocess.SubprocessError):
            raise NotPrinted(page, f"{Path(browser).name} failed") from None
    target.chmod(0o600)
    return target


def _sandbox() -> list[str]:
    """Chromium refuses its own sandbox to root, as containers run it; the page runs no script."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
