"""The report in a real browser: no request, no error, accessible, whole on a phone and on paper."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from audit.report import pdf
from audit.report.html import FRAGMENTS, render_html
from audit.report.retention import Schedule
from audit.report.texts import LANGUAGES, Texts

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 740}
SMALL = {"width": 320, "height": 640}
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


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE, SMALL], ids=["desktop", "phone", "small"])
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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_phone_shows_every_row_whole(show, data, examples, provenance, lang):
    """Tables become blocks with their heads before each word: nothing is cut or scrolled away."""
    page = show(rendered(data, examples, provenance, lang), SMALL)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    scrolled = page.evaluate(
        "[...document.querySelectorAll('.scroll:has(table)')]"
        ".filter(e => e.scrollWidth > e.clientWidth).map(e => e.ariaLabel)"
    )
    assert scrolled == []
    heads = page.evaluate(
        "[...document.querySelectorAll('table.ledger tbody td')]"
        ".map(e => getComputedStyle(e, '::before').content)"
    )
    assert heads
    assert all(head.strip('"').endswith(": ") for head in heads[:-1])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_runs_into_the_next_column(show, data, examples, provenance, lang):
    """Whatever a cell holds stays in it."""
    for category in ("payment_card", "political_opinion", "date_of_birth"):
        data["findings"].append(
            data["findings"][3] | {"category": category, "fingerprint": category, "count": 12_345}
        )
    page = show(rendered(data, examples, provenance, lang), DESKTOP)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    over = page.evaluate(
        "[...document.querySelectorAll('table:not(.unseen) :is(td, tbody th)')]"
        ".filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
    )
    assert over == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("screen", [PHONE, SMALL], ids=["phone", "small"])
def test_the_trend_fits_a_phone(show, data, examples, provenance, lang, screen):
    """Its table is as wide as the screen, its days are told apart, and the last audit is in view."""
    earlier = [{"as_of": f"20{n}-09-22", "major": n, "minor": 30 - n} for n in range(16, 26)]
    page = show(
        render_html(data, examples, provenance | {"earlier": earlier}, lang, SCHEDULE), screen
    )
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    outside = page.evaluate(
        "[...document.querySelectorAll('.narrow :is(th, td)')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth || e.scrollWidth > e.clientWidth + 1)"
        ".map(e => e.textContent)"
    )
    assert outside == []
    days = page.evaluate(
        "[...document.querySelectorAll('.trend .figure-label')].map(e => {"
        "const r = e.getBoundingClientRect(); return [r.left, r.right, r.top]; })"
    )
    assert max(right for _, right, _ in days) <= screen["width"]
    lines = [[d for d in days if d[2] == top] for top in {d[2] for d in days}]
    assert len(lines) == 2
    for line in lines:
        ordered = sorted(line)
        assert all(one[1] < other[0] for one, other in pairwise(ordered))


def test_long_codes_wrap(show, data, examples, provenance):
    """A clause that many checks looked at has its codes on as many lines as they need."""
    data["clauses"][1]["checks"] = [f"STO{n:02d}" for n in range(40)]
    page = show(rendered(data, examples, provenance, "fi"), SMALL)
    assert page.evaluate("document.documentElement.scrollWidth") == SMALL["width"]


def test_the_states_of_clauses_stand_under_each_other(show, data, examples, provenance):
    """The columns of every heading's clauses begin at the same place, whatever is written there."""
    data["clauses"][0] |= {"state": "conforms", "tables": ["asiakkaat", "laskut"] * 4}
    data["clauses"][0]["examined"] = [{"unit": "cells", "conforming": 5, "examined": 6}]
    page = show(rendered(data, examples, provenance, "fi"), DESKTOP)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    places = page.evaluate(
        "[...document.querySelectorAll('.clauses tbody tr')].map("
        "r => [...r.cells].map(c => Math.round(c.getBoundingClientRect().left)).join())"
    )
    assert len(places) == len(data["clauses"])
    assert len(set(places)) == 1


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_numbers_of_actions_stand_clear_of_the_text(show, data, examples, provenance, viewport):
    """A hundred actions: the widest number ends before the text begins."""
    page = show(rendered(data, examples, provenance, "fi"), viewport)
    room = page.evaluate(
        "(() => { const li = document.querySelector('.actions > li'), "
        "style = getComputedStyle(li, '::before'), probe = document.createElement('span'); "
        "probe.style.font = style.font; probe.style.position = 'absolute'; probe.textContent = '88'; "
        "li.append(probe); return [probe.getBoundingClientRect().width, "
        "parseFloat(getComputedStyle(li).paddingLeft)]; })()"
    )
    assert room[0] + 4 <= room[1]


def test_the_contents_stay_in_the_margin(show, data, examples, provenance):
    """Wherever one reads on a wide screen, the way to each section is in view."""
    page = show(rendered(data, examples, provenance, "fi"), DESKTOP)
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    box = page.locator(".rail").bounding_box()
    assert box
    assert 0 <= box["y"] < DESKTOP["height"] / 2
    body = page.locator(".section .body").first.bounding_box()
    assert body
    assert box["x"] + box["width"] < body["x"]


def test_no_label_of_a_picture_is_cut(show, data, examples, provenance):
    """Years, months and the longest headers are inside their pictures."""
    data["tables"][0]["columns"][1]["header"] = "Asiakkaan syntymäaika ja muuta"
    for finding in data["findings"]:
        if finding.get("column") == "Syntymäaika":
            finding["column"] = "Asiakkaan syntymäaika ja muuta"
    page = show(rendered(data, examples, provenance, "fi"), DESKTOP)
    cut = page.evaluate(
        "[...document.querySelectorAll('svg.chart')].flatMap(svg => { "
        "const box = svg.getBoundingClientRect(); return [...svg.querySelectorAll('text')].filter(t => { "
        "const r = t.getBoundingClientRect(); return r.top < box.top - 1 || r.left < box.left - 1 "
        "|| r.right > box.right + 1 || r.bottom > box.bottom + 1; }).map(t => t.textContent); })"
    )
    assert cut == []
    touching = page.evaluate(
        "[...document.querySelectorAll('svg[aria-labelledby^=ra-retention] .figure-label, "
        "svg[aria-labelledby^=ra-trend] .figure-n')].map(t => t.getBoundingClientRect())"
        ".filter((a, i, all) => all.some((b, j) => j < i && a.left < b.right && b.left < a.right "
        "&& a.top < b.bottom && b.top < a.bottom)).length"
    )
    assert touching == 0
    heights = page.evaluate(
        "[...document.querySelectorAll('#ra-retention ~ .body .facts dd')]"
        ".map(e => Math.round(e.getBoundingClientRect().top))"
    )
    assert len(heights) == 3
    assert len(set(heights)) == 1


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


def printed_pages(html: str, folder: Path) -> list[str]:
    """The text of each page, as the product prints it."""
    from pypdf import PdfReader

    (folder / "report.html").write_text(html, "utf-8")
    pages = PdfReader(pdf.print_pdf(folder)).pages
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pages} == {
        (595, 842)
    }
    return [page.extract_text() for page in pages]


def test_the_paper_has_what_the_screen_has_folded(data, examples, provenance, tmp_path):
    """On A4, with the page's number of how many at the foot; evidence, clauses and tables unfolded."""
    pages = printed_pages(rendered(data, examples, provenance, "fi"), tmp_path)
    assert 3 <= len(pages) <= 30
    for number, text in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in text
        assert "Tarkastuskertomus: Asiakasrekisteri, 22.11.2026" in " ".join(text.split())
    whole = " ".join(" ".join(pages).split())
    for words in (
        "Mitä tehdä ensin",
        "sai säilyttää 21.9.2024 asti",  # a piece of evidence
        "Evästeet ovat pieniä.",  # a clause under a folded heading
        "12/2026 Erääntyy 12 kuukauden kuluessa 7",  # the picture's table
    ):
        assert words in whole, words


def test_no_heading_is_left_alone_at_the_foot(data, examples, provenance, tmp_path):
    """The last words of a page are no title, wherever the page happens to end."""
    titles = {Texts("fi").t(f"section.{name}") for name in (*FRAGMENTS, "provenance")}
    titles |= {
        Texts("fi").t(f"checks.{code}.title") for code in ("MIN01", "MIN02", "MIN04", "STO01")
    }
    leads = {Texts("fi").t(f"{name}.lead") for name in ("actions", "data_map", "ledger")}
    for more in range(0, 12, 3):
        padded = data | {"assumptions": ["extracted_as_of:asiakkaat"] * more}
        padded["failures"] = [{"source": "a.csv", "sentence": "It is broken. " * 6}] * more
        pages = printed_pages(rendered(padded, examples, provenance, "fi"), tmp_path)
        for number, text in enumerate(pages, 1):
            foot = ("Tarkastuskertomus:", f"{number} / {len(pages)}")
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            body = [line for line in lines if not line.startswith(foot)]
            assert body[-1] not in titles | leads


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

    (tmp_path / "report.html").write_text("<p>x</p>", "utf-8")
    monkeypatch.setattr(pdf, "BROWSERS", ())
    with pytest.raises(NotPrinted, match="print it there"):
        pdf.print_pdf(tmp_path)
