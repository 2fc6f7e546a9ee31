"""The summary in the terminal, and the bar while an audit runs."""

from __future__ import annotations

import time
from io import StringIO

import pytest
from rich.console import Console

from audit.progress import SILENT, Progress, Reached, estimated_rows
from audit.report.actions import action_of
from audit.report.bars import bar
from audit.report.terminal import summary
from audit.report.texts import LANGUAGES, Texts


def printed(data, lang, width=80, **options):
    console = Console(file=StringIO(), width=width, highlight=False, markup=False)
    for part in summary(data, "reports/x/report.html", lang, width=width, **options):
        console.print(part)
    return console.file.getvalue()


def words_of(text):
    """The words as they would be read, whatever line they stand on."""
    return " ".join(text.split())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_summary_says_what_was_found_and_where_the_report_is(data, lang, width):
    """Verdict, each family with its counts and its gravest finding, the clauses, the report."""
    text, texts = words_of(printed(data, lang, width)), Texts(lang)
    for family in ("data_minimisation", "storage_limitation"):
        assert texts.t(f"families.{family}") in text
    assert texts.t("checks.MIN04.title") in text  # the gravest of its family, with 25 pieces
    assert texts.t("checks.MIN01.title") not in text
    assert "✖ 2 ○ 2" in text
    assert "▲ 1" in text
    assert "reports/x/report.html" in text
    part = texts.part(data["summary"]["clauses_assessed"], data["summary"]["clauses"])
    assert words_of(part) in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_every_finding_is_told_whole_when_asked_for(data, lang, width):
    """Code, title, count, what to do and where: no column is squeezed until nothing can be read."""
    lines = printed(data, lang, width, verbose=True).splitlines()
    texts = Texts(lang)
    for code, count in (("MIN01", 1), ("MIN04", 25), ("STO01", 40)):
        at = next(n for n, line in enumerate(lines) if code in line)
        assert lines[at].split()[1] == code
        title = texts.t(f"checks.{code}.title")
        assert title.split()[0] in lines[at]
        assert str(count) in lines[at]
        entry = words_of(" ".join(lines[at : at + 5]))
        assert texts.t(f"actions.name.{action_of(code).key}") in entry
        # At least half of the line is left for the words.
        shown = [line for line in lines[at : at + 3] if line.strip()]
        assert max(len(line.strip()) for line in shown) > min(width, len(title)) // 2


def test_a_family_takes_a_line_or_two(data):
    """However many findings there are, the summary is as short as the families are few."""
    data["findings"] += [
        finding | {"table": f"t{n}"} for n in range(40) for finding in data["findings"][:1]
    ]
    for width in (80, 120):
        assert len(printed(data, "fi", width).splitlines()) < 25


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_names_of_families_are_whole_on_a_narrow_terminal(data, lang):
    """Also the longest: words are broken to a further line, never cut."""
    for at, criterion in enumerate(data["criteria"]):
        criterion["family"] = ("purpose_limitation", "integrity_and_confidentiality")[at % 2]
    text, texts = printed(data, lang, 40), Texts(lang)
    assert "…" not in text
    for family in ("purpose_limitation", "integrity_and_confidentiality"):
        assert texts.t(f"families.{family}") in words_of(text)
    assert "✖ 2" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_verdict_leaves_out_what_there_is_none_of(data, lang):
    """As the page does: no “0 major nonconformities”."""
    texts = Texts(lang)
    data["summary"] |= {"major": 0, "minor": 2}
    verdict = words_of(printed(data, lang))
    assert words_of(texts.plural("count.minor", 2)) in verdict
    assert words_of(texts.plural("count.major", 0)) not in verdict
    data["summary"] |= {"records": 0}
    found = texts.t(
        "verdict.found_without_records",
        findings=texts.plural("count.minor", 2),
        date=texts.date(data["as_of"]),
    )
    assert words_of(found) in words_of(printed(data, lang))


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_the_summary_is_as_wide_as_the_terminal(data, width):
    for verbose in (False, True):
        assert max(map(len, printed(data, "fi", width, verbose=verbose).splitlines())) <= width


def test_names_from_the_data_are_safe_in_a_terminal(data):
    """Control characters and markup of a header are not carried out."""
    for finding in data["findings"]:
        if finding.get("column"):
            finding["column"] = "a\x1b[31mb[red]c\u202e"
    text = printed(data, "en", 120, verbose=True)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[red]" in text


def test_verbose_tells_each_place(data):
    places = [f for f in data["findings"] if f["result"] == "nonconformity"]
    short, long = (printed(data, "en", 120, verbose=v) for v in (False, True))
    assert len(long.splitlines()) > len(short.splitlines())
    for place in places:
        assert any(place["column"] in line and "·" in line for line in long.splitlines())


def test_progress_never_goes_back_and_counts_rows():
    """Two sources of unequal size, the first passed over twice; then nothing can be counted."""
    seen: list[Reached] = []
    progress = Progress(seen.append, total=400)
    progress.rows = 1000
    percents = iter([10.0, 90.0, -1.0, 20.0, 60.0])
    with progress.reading("a.csv", 300, lambda: next(percents, 60.0), rows=700):
        time.sleep(1.1)
    progress.counted(750)  # the estimate was a little low
    with progress.reading("b.csv", 100, lambda: 100.0, rows=300):
        time.sleep(0.3)
    progress.counted(300)
    progress.at("checking")
    shares = [one.share for one in seen[:-1]]
    assert shares == sorted(shares)
    assert seen[-1] == Reached("checking", "", None, 1050, 1050)
    first = [one for one in seen if one.what == "a.csv"]
    assert max(one.share for one in first) == pytest.approx(0.75 * 0.9)
    assert max(one.rows for one in first) == 630
    assert {one.of for one in first} == {1000}
    assert next(one.rows for one in seen if one.what == "b.csv") == 750
    assert not SILENT.watched


def test_rows_are_estimated_of_text_alone(tmp_path):
    (tmp_path / "a.csv").write_text("nimi;katu\n" * 100_000, "utf-8")
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04\0\0\n" * 10)
    assert estimated_rows(tmp_path / "a.csv") == pytest.approx(100_000, rel=0.01)
    assert estimated_rows(tmp_path / "a.xlsx") == 0
    assert estimated_rows(tmp_path / "none.csv") == 0


@pytest.fixture
def terminal(monkeypatch):
    """A terminal that can redraw, whatever the tests run in: Rich asks the environment."""
    monkeypatch.setenv("TERM", "xterm")
    for name in ("CI", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bar_tells_rows_and_pulses_where_nothing_can_be_counted(lang):
    """While it checks, the bar is never full: the work is not over."""
    console = Console(file=StringIO(), force_terminal=True, width=100)
    with bar(console, lang) as progress:
        progress.rows = 4000
        with progress.reading("a.csv", 10, lambda: 50.0, rows=4000):
            time.sleep(0.5)
        progress.counted(4000)
        progress.at("checking")
        time.sleep(0.3)
    shown = console.file.getvalue()
    texts = Texts(lang)
    assert texts.t("progress.rows_of", n=2000, total=4000) in shown
    assert texts.t("progress.rows", n=4000) in shown
    checking = shown[shown.index(texts.t("progress.checking")) :]
    assert "0:00:00" not in checking.split("\x1b[?25h")[0]


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rows", [4000, 24_000_000])
def test_the_rows_are_told_whole_on_a_narrow_terminal(lang, rows):
    """In thousands or millions where there is no room for all figures; a name is cut, no number."""
    console = Console(file=StringIO(), force_terminal=True, width=40)
    with bar(console, lang) as progress:
        progress.rows, progress.total = rows, 10
        with progress.reading("asiakasrekisteri_2026.csv", 10, lambda: 50.0, rows=rows):
            time.sleep(0.5)
    shown, texts = console.file.getvalue(), Texts(lang)
    told = [
        texts.t("progress.rows_of", n=number(rows // 2), total=number(rows))
        for number in (texts.number, texts.brief)
    ]
    assert any(words in shown for words in told)
    assert "asiakasr" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bar_of_a_notebook_tells_rows_and_leaves_nothing_behind(monkeypatch, lang):
    """Plain HTML, escaped, that is blank when the work is over, also when it failed."""
    told = []
    for name in ("display", "update_display"):
        monkeypatch.setattr(f"IPython.display.{name}", lambda data, **_: told.append(data))
    monkeypatch.delenv("CI", raising=False)
    console = Console(file=StringIO(), force_jupyter=True)

    def fail():
        with bar(console, lang) as progress:
            progress.rows, progress.total = 4000, 10
            with progress.reading("<a>.csv", 10, lambda: 50.0, rows=4000):
                time.sleep(0.3)
            progress.counted(4000)
            progress.at("checking")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    shown, texts = [data["text/html"] for data in told], Texts(lang)
    assert any(texts.t("progress.rows_of", n=2000, total=4000) in html for html in shown)
    assert any("&lt;a&gt;.csv" in html and 'value="0.5' in html for html in shown)
    assert "<progress max" in shown[-2]
    assert texts.t("progress.checking") in shown[-2]
    assert shown[-1] == ""
    assert "Output()" not in {data["text/plain"] for data in told}


def test_there_is_no_bar_in_ci_nor_off_a_terminal(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with bar(Console(force_terminal=True), "en") as progress:
        assert progress is SILENT
    monkeypatch.delenv("CI")
    with bar(Console(file=StringIO()), "en") as progress:
        assert progress is SILENT
    with bar(Console(file=StringIO(), force_terminal=True), "en") as progress:
        assert progress.watched
        progress.at("checking")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_promise_that_is_not_kept_is_said(data, lang):
    """What somebody saw is no finding of a check, and all the same no good news."""
    name = data["clauses"][0]["id"]
    data["clauses"][0] |= {"state": "does_not_conform", "holds": False}
    assert Texts(lang).t("verdict.denied", clauses=name) in " ".join(printed(data, lang).split())
