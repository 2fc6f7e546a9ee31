"""
Pictures of the sample's report for the documentation: desktop, phone and paper, Finnish and English.

    make screenshots

Needs Debian's chromium and pdftoppm (poppler-utils).
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import audit
from audit.report.pdf import print_pdf

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SAMPLE = ROOT / "data_samples/asiakasrekisteri/audit.yaml"
SCREENS = {"desktop": (1280, 1500, 1), "phone": (390, 1100, 2)}


def main() -> None:
    """Audit the sample, and take a picture of each kind in each language."""
    chromium = shutil.which("chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        result = audit.audit(SAMPLE)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for lang in ("fi", "en"):
            folder = result.write(Path(name) / lang, lang=lang)
            for screen, (width, height, scale) in SCREENS.items():
                page = browser.new_page(
                    viewport={"width": width, "height": height}, device_scale_factor=scale
                )
                page.goto((folder / "report.html").as_uri())
                page.screenshot(path=DOCS / f"report-{screen}-{lang}.png")
                page.close()
            printed = print_pdf(folder)
            subprocess.run(
                ["pdftoppm", "-r", "80", "-f", "1", "-l", "1", "-singlefile", "-png",
                 str(printed), str(DOCS / f"report-print-{lang}")],
                check=True,
            )  # fmt: skip
        browser.close()


if __name__ == "__main__":
    main()
