"""The notebooks run top to bottom on the sample, and say what the command line says."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

import audit
from audit.errors import OutputUnusable, PlanInvalid
from audit.notebook import (
    AttestationForm,
    CompletenessForm,
    EvidenceBrowser,
    MappingEditor,
    PlanDraft,
    SignForm,
    columns_table,
    table,
)
from audit.report.custody import verify
from audit.report.texts import LANGUAGES, Texts

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data_samples/asiakasrekisteri"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
GATE = "audit.report.exporter.Gate"
#: Words over columns that are broken inside, at the width of a desktop.
BROKEN_HEADS = """() => {
  const broken = [];
  for (const head of document.querySelectorAll('thead th')) {
    const walker = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const word of walker.currentNode.data.matchAll(/[^\\s-]+/g)) {
        const range = document.createRange();
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
        if (lines.size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""
#: Steps whose title does not stand beside the number, and signs that stand apart from their words.
FAR_FROM_ITS_NUMBER = """() => [...document.querySelectorAll('.actions > li > h3, .notice > h3')]
  .filter(title => title.getBoundingClientRect().top
    - title.parentElement.getBoundingClientRect().top > 30)
  .map(title => title.textContent)"""


#: Of rows and entries that are alike the first ones: axe-core takes a minute for thousands.
FEWER_ALIKE = """() => document.querySelectorAll('body *').forEach(parent => {
  const alike = {};
  for (const child of [...parent.children]) {
    const kind = child.tagName + child.getAttribute('class');
    alike[kind] = (alike[kind] || 0) + 1;
    if (alike[kind] > 5 && ['TR', 'LI', 'DETAILS', 'ARTICLE', 'OPTION', 'g', 'rect', 'text']
      .includes(child.tagName)) child.remove();
  }
})"""


def nbconvert(
    out: Path, *arguments: object, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Execute notebooks into pages, as CI does."""
    return subprocess.run(
        [
            sys.executable, "-m", "jupyter", "nbconvert", "--to", "register_audit_html",
            "--execute", "--output-dir", str(out), *map(str, arguments),
        ],
        capture_output=True, text=True, check=False, timeout=600,
        env={**outside_ci(), "TMPDIR": str(out), **environment},
    )  # fmt: skip


def outside_ci() -> dict[str, str]:
    """The environment of somebody who watches: bars are shown."""
    return {name: value for name, value in os.environ.items() if name != "CI"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every notebook as a page, in English, by its name."""
    out = tmp_path_factory.mktemp("pages")
    done = nbconvert(out, *NOTEBOOKS, REGISTER_AUDIT_LANG="en")
    assert done.returncode == 0, done.stderr[-3000:]
    found = list(out.glob("*.html"))
    # Pages hold record keys: nobody else reads them, with the gate or without.
    assert {path.stat().st_mode & 0o777 for path in found} == {0o600}
    return {path.stem: path.read_text("utf-8") for path in found}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_notebooks_are_committed_without_outputs(path):
    """Outputs are for the auditor's machine alone."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


def test_every_notebook_runs_and_shows_no_error(pages):
    assert set(pages) == {path.stem for path in NOTEBOOKS}
    for name, page in pages.items():
        assert "output_error" not in page, name
        assert "Output()" not in page, name  # what a widget is called where there is none
        assert "<progress" not in page, name
        assert len(page) > 5000, name


def test_pages_load_nothing_and_hide_code(pages):
    """No script, no outside address that a browser would fetch, and no line of code."""
    for name, page in pages.items():
        assert "jupyter nbconvert" not in page, name
        assert not re.findall(r'<script|<link|<iframe|(?:src|srcset)="(?!data:)', page), name
        assert not re.findall(r"@import|url\((?!#)", page), name
        assert "import audit" not in page, name
        assert '<html lang="en">' in page, name
        assert "VBox(" not in page, name  # a form shows what it would ask


def test_pages_hold_no_cell_of_the_register(pages):
    """What stands in the sample's personal columns stands on no page."""
    import csv

    with (SAMPLE / "asiakkaat.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    secrets = {
        row[column].strip()
        for row in rows
        for column in ("Sähköposti", "Puhelin", "Katuosoite", "Lisätiedot")
        if len(row[column].strip()) > 6
    }
    assert len(secrets) > 500
    for name, page in pages.items():
        assert not [secret for secret in secrets if secret in page], name


def test_audit_notebook_gives_the_counts_of_the_command_line(cli, tmp_path, pages):
    """The same verdict as `register-audit run`, whose report stands beside it."""
    cli("run", SAMPLE, "--as-of", "2026-11-22", "--out", tmp_path / "o", "-q")
    data = json.loads((tmp_path / "o/findings.json").read_text("utf-8"))
    report = (tmp_path / "o/report.html").read_text("utf-8")
    verdict = re.compile(r'class="verdict"[^>]*>(.*?)</p>', re.DOTALL)
    assert verdict.search(report)[1] in pages["03_audit_and_drill_down"]
    said = f"{data['summary']['major']} {data['summary']['minor']} complete"
    for name in ("03_audit_and_drill_down", "04_report_for_the_owner"):
        assert f'data-verdict="{said}"' in pages[name]
    assert data["summary"]["evidence"] > 0


def test_no_table_has_an_unnamed_column_or_is_cut(pages):
    """Every head has words, every cell is whole; the headings go down step by step."""
    for name, page in pages.items():
        body = page[page.index("<body") :]
        assert not re.findall(r"<th[^>]*>\s*</th>", body), name
        assert 'class="dataframe"' not in body, name
        assert "<td>...</td>" not in body, name
        levels = [int(level) for level in re.findall(r"<h([1-6])", body)]
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


def test_codes_are_told_in_words(pages):
    """Roles, periods and places of the notice have names; the code stands behind, to be copied."""
    notice, register = pages["01_read_the_notice"], pages["02_load_the_register"]
    assert "10 years, counted from: end of the customer relationship" in notice
    assert "P10Y" not in notice
    assert "Purpose of use 1</b>" in notice
    for code in ("customer_relationship_end", "record_key", "free_text"):
        assert code not in notice + register, code
    assert "the record" in register
    assert re.search(r"Saved: \S+/audit\.yaml", register)
    assert "Columns to be confirmed:" in register


def test_what_changed_is_told_in_the_words_of_the_report(pages):
    """Titles before codes, no name of the program's own, and a picture of the trend."""
    page, texts = pages["05_compare_audits"], Texts("en")
    body = page[page.index("<body") :]
    for internal in (
        "no_longer_assessed",
        "date_of_birth",
        "personal_identity_code",
        "disappeared",
    ):
        assert internal not in body
    assert f"{texts.t('checks.MIN04.title')} <small><code>MIN04</code>" in body
    assert texts.category("personal_identity_code") in body
    assert 'aria-labelledby="ra-trend-title' in body
    counted = pages["03_audit_and_drill_down"]
    assert f"{texts.t('checks.STO01.title')} <small><code>STO01</code>" in counted


def test_a_validation_is_told_in_one_language(pages):
    """Neither `success yes … does not conform` nor `1 pieces`: words and numbers as they agree."""
    page = pages["07_great_expectations"]
    body = page[page.index("<body") :]
    assert "does not conform" not in body
    assert "1 pieces" not in body
    assert "1 places" not in re.sub(r"\s", " ", body)
    assert Texts("en").t("families.storage_limitation") in body


def test_names_lead_to_their_findings_where_these_are_on_the_page(pages):
    """For the owner's page they do; a part that stands alone neither leads nor says so."""
    page = pages["04_report_for_the_owner"]
    led = re.findall(r'href="#([^"]+)"', page)
    named = re.findall(r'\sid="([^"]+)"', page)
    assert len(led) > 20
    assert set(led) <= set(named)
    assert len(named) == len(set(named))
    alone = pages["03_audit_and_drill_down"]
    assert 'href="#' not in alone
    assert Texts("en").t("actions.lead") not in alone


def injected(path: Path, out: Path, **parameters: str) -> Path:
    """A notebook with a cell of parameters after the tagged one, as papermill writes it."""
    notebook = json.loads(path.read_text("utf-8"))
    cells = notebook["cells"]
    at = next(n for n, c in enumerate(cells) if "parameters" in c["metadata"].get("tags", ()))
    lines = [f"{name} = {value!r}\n" for name, value in parameters.items()]
    cells.insert(
        at + 1,
        cells[at]
        | {"id": "injected", "metadata": {"tags": ["injected-parameters"]}, "source": lines},
    )
    target = out / path.name
    target.write_text(json.dumps(notebook), "utf-8")
    return target


def test_the_page_for_the_owner_is_in_one_language(exports, tmp_path):
    """Without being told, in the notebook's own; then in the language asked for; the gate ends with 1."""
    report = ROOT / "notebooks/04_report_for_the_owner.ipynb"
    for lang, path in (("fi", report), ("sv", injected(report, tmp_path, LANG="sv"))):
        done = nbconvert(tmp_path, "--post", GATE, path, REGISTER_AUDIT_PLAN=str(exports))
        assert done.returncode == 1, done.stderr[-2000:]
        assert "major" in done.stderr.splitlines()[-1]
        page = (tmp_path / f"{report.stem}.html").read_text("utf-8")
        texts = Texts(lang)
        assert f'<html lang="{lang}">' in page
        title = texts.t("page.title", register="Asiakasrekisteri")
        assert f"<title>{title}</title>" in page
        for section in ("verdict", "actions", "findings", "retention", "clauses", "limits"):
            assert f">{texts.t(f'section.{section}')}</h2>" in page
        assert "The report for the owner" not in page
        assert "nbconvert" not in page


def parameters_of(path: Path) -> str:
    """The source of the cell that papermill injects after."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return next(
        "".join(c["source"]) for c in cells if "parameters" in c["metadata"].get("tags", ())
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_parameters_are_words_and_nothing_is_done_with_them_there(path):
    """What is injected comes after: a path made, or a plan read, of the default would stay."""
    tree = ast.parse(parameters_of(path))
    for node in tree.body:
        if isinstance(node, ast.Assign):
            called = [n.func for n in ast.walk(node.value) if isinstance(n, ast.Call)]
            assert all(ast.unparse(one) == "os.environ.get" for one in called), ast.unparse(node)
        else:
            assert isinstance(node, ast.Import | ast.ImportFrom), ast.unparse(node)


def test_parameters_of_papermill_are_taken(exports, tmp_path):
    """They are words, in a cell of their own behind the tagged one."""
    (exports / "out").mkdir()
    audit.audit(exports, as_of="2026-11-22").write(exports / "earlier")
    folder = tmp_path / "notebooks"
    folder.mkdir()
    given = {
        "01_read_the_notice": {
            "NOTICE": str(SAMPLE / "tietosuojaseloste.txt"),
            "SAVE_TO": str(exports / "out/n.yaml"),
        },
        "02_load_the_register": {"FOLDER": str(exports), "SAVE_TO": str(exports / "out/a.yaml")},
        "03_audit_and_drill_down": {"PLAN": str(exports), "OUT": str(exports / "out/audit")},
        "05_compare_audits": {"OLD": str(exports / "earlier"), "NEW": str(exports / "out/audit")},
    }
    notebooks = [
        injected(ROOT / f"notebooks/{name}.ipynb", folder, **words) for name, words in given.items()
    ]
    done = nbconvert(tmp_path / "pages", *notebooks, TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stderr[-3000:]
    assert audit.read_notice(exports / "out/n.yaml").register_name == "Asiakasrekisteri"
    assert audit.open_plan(exports / "out/a.yaml").sources[0].name == "asiakkaat"
    assert (exports / "out/audit/report.html").is_file()
    compared = (tmp_path / "pages/05_compare_audits.html").read_text("utf-8")
    assert "unchanged" in compared


@pytest.mark.parametrize(
    ("verdict", "fail_on", "status"),
    [
        ("0 0 complete", "minor", 0),
        ("0 3 complete", "major", 0),
        ("0 3 complete", "minor", 1),
        ("1 0 complete", "major", 1),
        ("1 0 complete", "never", 0),
        ("0 0 incomplete", "never", 2),
        (None, "never", 2),
    ],
)
def test_the_gate_reads_the_verdict(tmp_path, verdict, fail_on, status):
    from audit.report.exporter import Gate

    page = tmp_path / "page.html"
    page.write_text(f'<p data-verdict="{verdict}">' if verdict else "<p>", "utf-8")
    page.chmod(0o644)  # as an earlier run may have left it
    gate = Gate(fail_on=fail_on)
    if status == 0:
        gate.postprocess(str(page))
    else:
        with pytest.raises(SystemExit) as ended:
            gate.postprocess(str(page))
        assert ended.value.code == status
    assert page.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("gated", [True, False])
def test_a_wrong_plan_ends_a_notebook_with_a_sentence(tmp_path, gated):
    """With 2, which is no nonconformity; with the gate the page is there and says the same."""
    plan = tmp_path / "audit.yaml"
    plan.write_text("schema: register-audit/plan/1\nsurprise: 1\n", "utf-8")
    report = ROOT / "notebooks/04_report_for_the_owner.ipynb"
    gate = ("--post", GATE) if gated else ()
    done = nbconvert(tmp_path, *gate, report, REGISTER_AUDIT_PLAN=str(plan))
    assert done.returncode == 2, done.stderr[-2000:]
    assert "audit.yaml, surprise" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    page = tmp_path / f"{report.stem}.html"
    assert page.is_file() == gated
    if gated:
        text = page.read_text("utf-8")
        assert "audit.yaml, surprise" in text
        assert "Traceback" not in text
        assert 'data-verdict="' not in text


def test_an_error_of_others_is_named_and_not_quoted(tmp_path):
    """What a third party says of a cell may hold it; the page says which cell of the notebook failed."""
    path = tmp_path / "own.ipynb"
    notebook = json.loads((ROOT / "notebooks/05_compare_audits.ipynb").read_text("utf-8"))
    code = next(c for c in notebook["cells"] if c["cell_type"] == "code")
    notebook["cells"] = [
        code | {"source": ["print('before')\n", "int('010190-999W')"], "metadata": {}},
        code | {"id": "after", "source": ["print('after')"], "metadata": {}},
    ]
    path.write_text(json.dumps(notebook), "utf-8")
    done = nbconvert(tmp_path, "--post", GATE, path)
    page = (tmp_path / "own.html").read_text("utf-8")
    assert done.returncode == 2
    assert "cell 1 of the notebook ended with an error (ValueError)" in done.stderr
    assert "before" in page
    assert "after" not in page[page.index("<body") :]
    assert "999W" not in done.stderr + page


def test_the_lab_asks_nobody_for_news(monkeypatch):
    """`make notebook` gives JupyterLab settings by which it neither fetches news nor offers to."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    path = re.search(r"JUPYTER_CONFIG_PATH=(\S+) \$\(BIN\)/jupyter lab", makefile)
    assert path is not None
    from jupyterlab_server.settings_utils import _get_overrides

    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(ROOT / path[1]))
    overrides, error = _get_overrides(str(ROOT / "none"))
    assert not error
    assert overrides["@jupyterlab/apputils-extension:notification"] == {
        "checkForUpdates": False,
        "fetchNews": "false",
    }


@pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
def test_pages_stand_in_nobodys_way(pages, tmp_path):
    """No violation that axe-core knows of, no request, and as wide as the screen, phone and desktop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, html in pages.items():
            (tmp_path / "page.html").write_text(html, "utf-8")
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto((tmp_path / "page.html").as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert page.evaluate(BROKEN_HEADS) == [], name
            assert page.evaluate(FAR_FROM_ITS_NUMBER) == [], name
            for width in (375, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            page.evaluate(FEWER_ALIKE)
            found = Axe().run(page, options={"resultTypes": ["violations"]})
            assert [v["id"] for v in found.response["violations"]] == [], name
            assert asked == [page.url], name
            page.close()
        browser.close()


# --- the forms -----------------------------------------------------------------------------------


def test_the_mapping_is_corrected_and_saved(exports, tmp_path):
    """A correction wins over what was recognised, and survives being written and read."""
    editor = MappingEditor(audit.load(exports).plan)
    assert ("asiakkaat", "Tila") in editor.columns
    editor.correct("asiakkaat", "Tila", category="technical")
    saved = editor.save(exports / "audit.yaml")
    source = audit.open_plan(saved).sources[0]
    assert source.columns["Tila"].category == "technical"
    assert source.columns["Sähköposti"].category == "email"
    with pytest.raises(PlanInvalid):
        editor.correct("nobody", "Tila")


def test_the_mapping_form_corrects_the_plan(exports):
    """Choosing from the lists is the same as saying it in code."""
    editor = MappingEditor(audit.load(exports).plan)
    form = editor.show(save_to=exports / "audit.yaml")
    editor.boxes["asiakkaat", "Nimi"][0].value = "organisation"
    form.children[-1].children[0].children[0].click()
    assert (
        audit.open_plan(exports / "audit.yaml").sources[0].columns["Nimi"].category
        == "organisation"
    )


@pytest.fixture
def asked(exports):
    """A folder whose notice promises locked rooms, and a firewall."""
    text = (exports / "notice.yaml").read_text("utf-8")
    more = "".join(
        f"\n  - {{id: {name}, heading: Suojaus, promise: {promise}, kinds: [attested]}}"
        for name, promise in (("K3", "locked rooms"), ("K4", "a firewall"))
    )
    (exports / "notice.yaml").write_text(
        text.replace("\ndata_categories:", f"{more}\ndata_categories:"), "utf-8"
    )
    return exports


def form_of(folder, plan=None, lang="en"):
    plan = plan or audit.load(folder).plan
    return AttestationForm(plan, audit.read_notice(folder / "notice.yaml"), lang=lang)


def test_a_clause_is_attested_in_the_form(asked):
    """With a place it was observed there; what was attested is asked no more."""
    form = form_of(asked)
    assert [clause.id for clause in form.open] == ["K3", "K4"]
    form.show(save_to=asked / "audit.yaml")
    line = form.lines["K3"]
    line.by.value, line.on.value = "Tarkastaja", date(2026, 11, 1)
    line.more["place"].value = "toimisto"
    line.more["statement"].value = "Kaappi oli lukossa."
    line.answers["it_is_so"].click()
    line = form.lines["K4"]
    line.by.value, line.on.value = "Omistaja", date(2026, 11, 1)
    line.answers["it_is_not_so"].click()
    assert form.open == ()
    saved = audit.open_plan(form.save(asked / "audit.yaml"))
    assert [a.strength for a in saved.attestations] == ["observed", "self"]
    result = audit.audit(saved, as_of="2026-11-22")
    states = {s.clause: s.state for s in result.clauses}
    assert (states["K3"], states["K4"]) == ("attested", "does_not_conform")
    assert "Kaappi oli lukossa." in result.show("limits", "fi")
    assert "eivät pitäneet: K4." in result.show("verdict", "fi")
    assert "Omistaja kertoo, ettei näin ole" in result.show("clauses", "fi")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_says_what_is_wrong_with_an_answer(asked, lang):
    """Nothing is dropped in silence: no name, no day, a day to come."""
    form = form_of(
        asked, audit.load(asked).plan.model_copy(update={"as_of": date(2026, 11, 22)}), lang
    )
    form.show()
    line, texts = form.lines["K3"], Texts(lang)
    for name, day, words in (
        (" ", date(2026, 11, 1), texts.t("notebook.who_is_missing")),
        ("Aino", None, texts.t("notebook.day_is_missing")),
        ("Aino", date(2026, 12, 1), "after the audit"),
    ):
        line.by.value, line.on.value = name, day
        line.answers["it_is_so"].click()
        assert words in line.said.value
        assert not line.answers["it_is_so"].disabled
    assert form.plan.attestations == ()
    with pytest.raises(PlanInvalid, match="no clause K9"):
        form.attest(("K9",), by="Aino", on=date(2026, 11, 1))
    assert len(form.open) == 2
    line.on.value = date(2026, 11, 1)
    line.answers["it_is_so"].click()
    assert line.said.value == texts.t("notebook.attested")
    assert line.answers["it_is_not_so"].disabled
    assert len(form.plan.attestations) == 1


def test_the_form_asks_what_no_check_tells_and_until_when_it_counts(asked):
    """A promise without a check, whether people got the notice, and an end sooner than a year."""
    text = (asked / "notice.yaml").read_text("utf-8")
    more = "".join(
        f"\n  - {{id: {name}, heading: Muuta, promise: x, {said}}}"
        for name, said in (
            ("K5", "kinds: [notice]"),
            ("K6", "kinds: [informative]"),
            ("K7", "kinds: [notice], same_as: [K5]"),
        )
    )
    (asked / "notice.yaml").write_text(
        text.replace("\ndata_categories:", f"{more}\ndata_categories:"), "utf-8"
    )
    form = form_of(asked)
    assert [clause.id for clause in form.open] == ["K3", "K4", "K5"]
    assert form.open_checks == ("NOT37",)
    form.show()
    for name in ("K5", "NOT37"):
        line = form.lines[name]
        line.by.value, line.on.value = "Omistaja", date(2026, 11, 1)
        line.until.value = date(2026, 12, 31)
        line.answers["it_is_so"].click()
    assert form.open_checks == ()
    assert [(a.clauses, a.checks, a.until) for a in form.plan.attestations] == [
        (("K5",), (), date(2026, 12, 31)),
        ((), ("NOT37",), date(2026, 12, 31)),
    ]
    line = form.lines["K3"]
    line.by.value, line.on.value = "Omistaja", date(2026, 11, 1)
    line.until.value = date(2026, 10, 1)
    line.answers["it_is_so"].click()
    assert "before `on`" in line.said.value


def test_an_attestation_that_expired_is_asked_again(asked):
    form = form_of(asked)
    old = form.attest(("K3",), by="Aino", on=date(2025, 1, 1)).model_copy(
        update={"as_of": date(2026, 11, 22)}
    )
    assert [clause.id for clause in form_of(asked, old).open] == ["K3", "K4"]


def test_a_table_is_stated_to_be_whole_in_the_form(exports):
    form = CompletenessForm(audit.load(exports).plan)
    assert form.open == ("asiakkaat",)
    form.show(save_to=exports / "audit.yaml")
    line = form.lines["asiakkaat"]
    line.answers["it_is_whole"].click()
    assert "Write first" in line.said.value
    # The plan does not say when the export was taken: it is taken to be of the audit's day.
    line.by.value, line.on.value = "Omistaja", date.today()
    line.answers["it_is_whole"].click()
    assert form.open == ()
    saved = audit.open_plan(form.save(exports / "audit.yaml"))
    assert [(s.table, s.stated_by) for s in saved.completeness] == [("asiakkaat", "Omistaja")]
    assert CompletenessForm(saved).open == ()
    with pytest.raises(PlanInvalid, match="no such table"):
        form.state("nobody", by="Omistaja", on=date(2026, 11, 20))


def test_what_people_wrote_in_the_plan_stays_when_a_form_saves(asked):
    """Comments and waivers of the plan in the folder stay; what was said is added."""
    path = asked / "audit.yaml"
    MappingEditor(audit.load(asked).plan).save(path)
    waiver = (
        "waivers:\n- {check: STO01, reason: r, approver: Aino, on: 2026-11-01, expires: 2026-12-01}"
    )
    path.write_text(f"# Sovittu omistajan kanssa.\n{path.read_text('utf-8')}{waiver}\n", "utf-8")
    editor = MappingEditor(audit.load(asked).plan)
    editor.correct("asiakkaat", "Tila", category="technical")
    form = form_of(asked, editor.plan)
    form.attest(("K3",), by="Aino", on=date(2026, 11, 1))
    whole = CompletenessForm(form.plan)
    whole.state("asiakkaat", by="Omistaja", on=date(2026, 11, 20))
    saved = audit.open_plan(whole.save(path))
    assert path.read_text("utf-8").startswith("# Sovittu omistajan kanssa.\n")
    assert len(saved.waivers) == len(saved.attestations) == len(saved.completeness) == 1
    assert saved.sources[0].columns["Tila"].category == "technical"
    assert audit.open_plan(whole.save(path)) == saved  # nothing is added twice


def test_the_forms_share_one_plan_and_one_save(asked):
    """What was corrected is not lost where somebody attests and saves after it, and the reverse."""
    notice = audit.read_notice(asked / "notice.yaml")
    draft = PlanDraft.of(asked, asked / "audit.yaml")
    editor, form, whole = (
        MappingEditor(draft),
        AttestationForm(draft, notice),
        CompletenessForm(draft),
    )
    draft.save()  # as the notebook does when it is run from top to bottom
    button, said = draft.show("en").children[0].children
    for shown in (editor, form, whole):
        shown.show()
    editor.boxes["asiakkaat", "Nimi"][0].value = "organisation"
    assert "not saved" in said.value
    button.click()
    assert "Saved" in said.value
    for line, answer in (
        (form.lines["K3"], "it_is_not_so"),
        (whole.lines["asiakkaat"], "it_is_whole"),
    ):
        line.by.value, line.on.value = "Tarkastaja", date(2026, 11, 1)
        line.answers[answer].click()
    assert "not saved" in said.value
    button.click()
    saved = audit.open_plan(asked / "audit.yaml")
    assert saved.sources[0].columns["Nimi"].category == "organisation"
    assert [(said.clauses, said.holds) for said in saved.attestations] == [(("K3",), False)]
    assert [said.table for said in saved.completeness] == ["asiakkaat"]
    again = PlanDraft.of(asked, asked / "audit.yaml")
    assert [clause.id for clause in AttestationForm(again, notice).open] == ["K4"]
    assert MappingEditor(again, unsure_only=True).columns == []
    assert audit.open_plan(again.save()) == saved


def test_two_notebooks_on_one_plan_lose_nothing(exports):
    """Each adds what was said in it; the plan of another register is left alone."""
    one, other = (MappingEditor(audit.load(exports).plan) for _ in range(2))
    one.correct("asiakkaat", "Tila", category="technical", role="status")
    one.correct("asiakkaat", "Nimi", category="organisation")
    one.save(exports / "audit.yaml")
    other.correct("asiakkaat", "Lisätiedot", category="technical")
    other.save(exports / "audit.yaml")
    columns = audit.open_plan(exports / "audit.yaml").sources[0].columns
    assert columns["Nimi"].category == "organisation"
    assert columns["Lisätiedot"].category == "technical"
    (exports / "laskut.csv").write_text("Laskunumero;Päivä\n1;2.1.2026\n", "utf-8")
    before = (exports / "audit.yaml").read_text("utf-8")
    with pytest.raises(PlanInvalid, match="other tables"):
        MappingEditor(audit.load(exports).plan).save(exports / "audit.yaml")
    assert (exports / "audit.yaml").read_text("utf-8") == before


def test_the_form_shows_the_words_of_the_notice():
    """Whole, and not the auditor's English summary of them."""
    notice = audit.read_notice(SAMPLE / "notice.yaml")
    plan = audit.open_plan(SAMPLE / "audit.yaml").model_copy(update={"attestations": ()})
    form = AttestationForm(plan, notice, lang="fi")
    shown = form.show()
    locked = next(clause for clause in form.open if clause.id == "C56")
    assert locked.quote.startswith("Palomuuri")
    assert locked.quote in form.lines[locked.id].row.children[0].value
    assert locked.quote in shown._repr_mimebundle_()["text/html"]
    assert locked.promise not in shown._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_browser_filters_the_evidence_by_its_boxes(exports, lang):
    """Choosing shows what fits, at once; what lies beyond the first pieces is counted."""
    result = audit.audit(audit.load(exports).plan, as_of="2026-11-22")
    browser = EvidenceBrowser(result, at_most=2, lang=lang)
    texts, total = Texts(lang), len(browser.evidence)
    shown = browser.show()
    assert total > 2
    assert texts.t("notebook.pieces", n=2, total=total) in browser.shown.value
    assert texts.t("notebook.pieces_more", n=total - 2) in browser.shown.value
    assert browser.shown.value in shown._repr_mimebundle_()["text/html"]
    assert {box.value for box in browser.boxes.values()} == {""}
    codes = {key: words for words, key in browser.boxes["check"].options}
    assert texts.t("checks.MIN04.title") in codes["MIN04"]
    browser.boxes["check"].value = "MIN04"
    assert "MIN04" in browser.shown.value
    assert "STO01" not in browser.shown.value
    assert texts.t("notebook.pieces", n=1, total=1) in browser.shown.value
    browser.boxes["result"].value = "not_assessed"
    assert "MIN04" not in browser.shown.value
    browser.boxes["check"].value = ""
    assert texts.t("results.not_assessed") in browser.shown.value


def test_pieces_are_picked_in_code(exports):
    result = audit.audit(audit.load(exports).plan, as_of="2026-11-22")
    browser = EvidenceBrowser(result)
    assert set(browser.pick(check="MIN04")["check"]) == {"MIN04"}
    assert len(browser.pick()) == min(len(browser.evidence), browser.at_most)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_audit_is_signed_in_the_notebook_and_the_report_says_so(exports, tmp_path, lang):
    """Who, in which capacity and when stands in the report; what cannot be signed is said."""
    result = audit.audit(audit.load(exports).plan, as_of="2026-11-22")
    out = result.write(tmp_path / "out", lang)
    form = SignForm(out, lang=lang)
    form.show()
    form.button.click()
    assert "nobody's name is given" in form.state.value.replace("&#x27;", "'")
    form.name.value, form.role.value = "Tuula <b>Tarkka", "tarkastaja"
    form.button.click()
    assert "Tuula &lt;b&gt;Tarkka (tarkastaja)" in form.state.value
    report = (out / "report.html").read_text("utf-8")
    texts = Texts(lang)
    assert texts.t("provenance.signed") in report
    assert "Tuula &lt;b&gt;Tarkka" in report
    assert texts.date(date.today()) in report
    assert verify(out) == []
    with pytest.raises(OutputUnusable):
        result.write(out)


def test_a_table_is_whole_escaped_and_has_no_index():
    import pandas as pd

    frame = pd.DataFrame({"a_b": ["<i>", None], "n": [1, 2]})
    shown = table(frame, "en", at_most=1)
    heads = re.findall(r'<th scope="col"([^>]*)><bdi [^>]*>([^<]*)</bdi></th>', shown)
    assert heads == [("", "a b"), (' class="n"', "n")]
    assert "&lt;i&gt;" in shown
    assert "<i>" not in shown
    assert Texts("en").t("actions.more", n=1) in shown
    assert "–" in table(frame, "en")
    assert "many rows" in table(frame, "fi", caption="many rows")


def test_each_column_is_shown_under_its_table(exports):
    shown = columns_table(audit.load(exports).plan, "fi")
    assert shown.count("<tr>") == 1 + 6
    assert "tietueen tunnus" in shown
    assert 'lang="fi"' in shown
