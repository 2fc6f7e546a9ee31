"""The report in a real browser: no request, no error, accessible, whole on a phone and on paper."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from audit.report.html import render_html
from audit.report.retention import Schedule
from audit.report.texts import LANGUAGES

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 740}
SCHEDULE = Schedule(
    past=(("2016", 4), ("2024", 20)),
    due=(("2026-12", 7), ("2027-06", 1)),
    held=3,
    first_days=(("2026-12", "2026-12-05"),),
)
EARLIER = [{"as_of": "2024-11-22", "major": 9, "minor": 2}]
HOSTILE = {
    "markup": '<img src=x onerror="alert(1)">&lt;script&gt;',
    "right_to_left": "\u202eחשבון \u2067שם\u2069 لقب",
    "endless": "x" * 10_000,
    "words": "pitkä otsikko " * 700,
    "controls": "a\x00b\x1b[31mc\u200bd",
}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium that asks nobody for anything by itself."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield running
        running.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    """Open a page of HTML; whatever it asks for or complains of is noted on it."""
    opened = []

    def opening(html: str, viewport: dict[str, int], **options: Any) -> Page:
        path = tmp_path / "report.html"
        path.write_text(html, "utf-8")
        page = browser.new_page(viewport=viewport, **options)
        opened.append(page)
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda said: page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield opening
    for page in opened:
        page.close()


def rendered(data: Any, examples: Any, provenance: Any, lang: str) -> str:
    return render_html(data, examples, provenance | {"earlier": EARLIER}, lang, SCHEDULE)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_loaded_and_nothing_stands_in_anybodys_way(
    show, data, examples, provenance, lang, scheme
):
    """No request but the page itself, no complaint, and no violation that axe-core knows of."""
    page = show(rendered(data, examples, provenance, lang), DESKTOP, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == []
    assert page.requests == [page.url]
    assert page.complaints == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("hostile", [None, *HOSTILE])
def test_the_page_is_as_wide_as_the_screen(show, data, examples, provenance, viewport, hostile):
    """Nothing sticks out, whatever headers, keys and file names hold; wide tables scroll by themselves."""
    if hostile:
        name = HOSTILE[hostile]
        text = json.dumps(data).replace('"Syntymäaika"', json.dumps(name))
        data = json.loads(text.replace(json.dumps("Syntymäaika"), json.dumps(name)))
        data["register"] = name
        for table in data["tables"]:
            table["columns"][0]["header"] = name
        for rows in examples.values():
            for row in rows:
                row["record_key"] = row["column"] = name
        for ledger in data["ledgers"]:
            ledger["source"] = name
    page = show(rendered(data, examples, provenance, "fi"), viewport)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    outside = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll, svg, .unseen') "
        "&& e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 90))"
    )
    assert outside == []
    assert page.evaluate("document.querySelectorAll('img, script').length") == 0
    assert page.requests == [page.url]


def test_everything_that_opens_is_reached_and_opened_with_the_keyboard(
    show, data, examples, provenance
):
    """Tab goes through links, folded places and tables that scroll, in the order of the page."""
    page = show(rendered(data, examples, provenance, "en"), DESKTOP)
    # What stands inside something folded is reached once that is open.
    page.evaluate("document.querySelectorAll('details:has(details)').forEach(d => d.open = true)")
    wanted = page.evaluate("document.querySelectorAll('a, summary').length")
    reached, places = 0, []
    for _ in range(wanted * 3):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "(() => { const e = document.activeElement; if (e === document.body) return null; "
            "const r = e.getBoundingClientRect(); return [e.tagName, r.top + scrollY, "
            "getComputedStyle(e).outlineStyle]; })()"
        )
        if at is None:
            break
        assert at[2] != "none", at
        if at[0] in ("A", "SUMMARY"):
            reached += 1
            places.append(at[1])
        if at[0] == "SUMMARY":
            closed = page.evaluate("!document.activeElement.parentElement.open")
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.parentElement.open") == closed
            page.keyboard.press("Enter")
    assert reached >= wanted
    assert places == sorted(places)


def test_the_paper_has_what_the_screen_has_folded(show, data, examples, provenance):
    """Printed, the actions and the clauses are unfolded, on A4, in black on white."""
    page = show(rendered(data, examples, provenance, "fi"), DESKTOP)
    page.emulate_media(media="print")
    # The browser lays the page out anew in its own time.
    page.wait_for_function(
        "[...document.querySelectorAll('.heading .words, .actions .keys')].every("
        "e => e.checkVisibility({contentVisibilityAuto: true}))",
        timeout=60_000,
    )
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    from io import BytesIO

    from pypdf import PdfReader

    pages = PdfReader(BytesIO(printed)).pages
    assert 3 <= len(pages) <= 30
    assert "Mitä tehdä ensin" in "".join(page.extract_text() for page in pages)


def test_the_report_is_printed_for_the_archive(cli, exports, tmp_path):
    """
    `report --pdf` prints the page, private and in the manifest; another language prints it again.

    A printed page is not lost in silence: where it cannot be printed again, that is said.
    """
    cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "out", "-q")
    done = cli("report", tmp_path / "out", "--lang", "fi", "--pdf")
    assert done.returncode == 0, done.stderr
    printed = tmp_path / "out/report.pdf"
    assert printed.read_bytes().startswith(b"%PDF")
    assert printed.stat().st_mode & 0o777 == 0o600
    assert cli("verify", tmp_path / "out").returncode == 0
    finnish = printed.read_bytes()
    done = cli("report", tmp_path / "out", "--lang", "sv")
    assert "report.pdf: printed again" in done.stdout
    assert printed.read_bytes() != finnish
    assert cli("verify", tmp_path / "out").returncode == 0
    done = cli("report", tmp_path / "out", "--lang", "en", PATH=str(tmp_path))  # no browser there
    assert done.returncode == 0
    assert "report.pdf is gone" in done.stderr
    assert not printed.exists()
    assert cli("verify", tmp_path / "out").returncode == 0


def test_without_a_browser_the_sentence_says_what_to_do(tmp_path, monkeypatch):
    from audit.errors import NotPrinted
    from audit.report import pdf

    (tmp_path / "report.html").write_text("<p>x</p>", "utf-8")
    monkeypatch.setattr(pdf, "BROWSERS", ())
    with pytest.raises(NotPrinted, match="print it there"):
        pdf.print_pdf(tmp_path)
