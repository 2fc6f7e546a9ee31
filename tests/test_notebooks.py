"""The notebooks run top to bottom on the sample, and say what the command line says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import audit
from audit.errors import PlanInvalid
from audit.notebook import AttestationForm, CompletenessForm, EvidenceBrowser, MappingEditor

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data_samples/asiakasrekisteri"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
GATE = "audit.report.exporter.Gate"


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
        env={**os.environ, "TMPDIR": str(out), **environment},
    )  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every notebook as a page, in English, by its name."""
    out = tmp_path_factory.mktemp("pages")
    done = nbconvert(out, *NOTEBOOKS, REGISTER_AUDIT_LANG="en")
    assert done.returncode == 0, done.stderr[-3000:]
    return {path.stem: path.read_text("utf-8") for path in out.glob("*.html")}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_notebooks_are_committed_without_outputs(path):
    """Outputs are for the auditor's machine alone."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


def test_every_notebook_runs_and_shows_no_error(pages):
    assert set(pages) == {path.stem for path in NOTEBOOKS}
    for name, page in pages.items():
        assert "output_error" not in page, name
        assert len(page) > 5000, name


def test_pages_load_nothing_and_hide_code(pages):
    """No script, no outside address that a browser would fetch, and no line of code."""
    for name, page in pages.items():
        assert not re.findall(r'<script|<link|<iframe|(?:src|srcset)="(?!data:)', page), name
        assert not re.findall(r"@import|url\((?!#)", page), name
        assert "import audit" not in page, name
        assert '<html lang="en">' in page, name


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


def test_the_gate_writes_the_page_and_then_sets_the_status(tmp_path):
    """Nonconformities give 1 and a page in the language asked for; a page without a verdict gives 2."""
    report = ROOT / "notebooks/04_report_for_the_owner.ipynb"
    done = nbconvert(tmp_path, "--post", GATE, report, REGISTER_AUDIT_LANG="sv")
    assert done.returncode == 1, done.stderr[-2000:]
    assert "major" in done.stderr.splitlines()[-1]
    page = (tmp_path / f"{report.stem}.html").read_text("utf-8")
    assert '<html lang="sv">' in page
    assert "Stoppa" in page or "Radera" in page


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
    gate = Gate(fail_on=fail_on)
    if status == 0:
        gate.postprocess(str(page))
    else:
        with pytest.raises(SystemExit) as ended:
            gate.postprocess(str(page))
        assert ended.value.code == status


def test_a_wrong_plan_ends_a_notebook_with_a_sentence(tmp_path):
    """What is wrong is said in one sentence, without a traceback."""
    plan = tmp_path / "audit.yaml"
    plan.write_text("schema: register-audit/plan/1\nsurprise: 1\n", "utf-8")
    report = ROOT / "notebooks/04_report_for_the_owner.ipynb"
    done = nbconvert(tmp_path, report, REGISTER_AUDIT_PLAN=str(plan))
    assert done.returncode != 0
    assert "audit.yaml, surprise" in done.stderr
    assert "pydantic" not in done.stderr
    assert "site-packages/audit" not in done.stderr


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
    line = form.children[editor.columns.index(("asiakkaat", "Nimi"))]
    line.children[1].value = "organisation"
    form.children[-1].children[0].click()
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


def form_of(folder, plan=None):
    plan = plan or audit.load(folder).plan
    return AttestationForm(plan, audit.read_notice(folder / "notice.yaml"))


def test_a_clause_is_attested_in_the_form(asked):
    """With a place it was observed there; what was attested is asked no more."""
    form = form_of(asked)
    assert [clause.id for clause in form.open] == ["K3", "K4"]
    shown = form.show(save_to=asked / "audit.yaml")
    _, by, on, place, said, answers = shown.children[0].children
    by.value, on.value, place.value = "Tarkastaja", date(2026, 11, 1), "toimisto"
    said.value = "Kaappi oli lukossa."
    answers.children[0].click()
    _, by, on, _, _, answers = shown.children[1].children
    by.value, on.value = "Omistaja", date(2026, 11, 1)
    answers.children[1].click()
    assert form.open == ()
    saved = audit.open_plan(form.save(asked / "audit.yaml"))
    assert [a.strength for a in saved.attestations] == ["observed", "self"]
    result = audit.audit(saved, as_of="2026-11-22")
    states = {s.clause: s.state for s in result.clauses}
    assert (states["K3"], states["K4"]) == ("attested", "does_not_conform")
    assert "Kaappi oli lukossa." in result.show("limits", "fi")
    assert "eivät pitäneet: K4." in result.show("verdict", "fi")
    assert "Omistaja kertoo, ettei näin ole" in result.show("clauses", "fi")


def test_the_form_says_what_is_wrong_with_an_answer(asked):
    """Nothing is dropped in silence: no name, no day, a day to come."""
    form = form_of(asked, audit.load(asked).plan.model_copy(update={"as_of": date(2026, 11, 22)}))
    _, by, on, _, _, answers = form.show().children[0].children
    yes, _, told = answers.children
    for name, day, words in (
        (" ", date(2026, 11, 1), "it is blank"),
        ("Aino", None, "the form, on"),
        ("Aino", date(2026, 12, 1), "after the audit"),
    ):
        by.value, on.value = name, day
        yes.click()
        assert words in told.value
        assert not yes.disabled
    assert form.plan.attestations == ()
    with pytest.raises(PlanInvalid, match="no clause K9"):
        form.attest(("K9",), by="Aino", on=date(2026, 11, 1))
    assert len(form.open) == 2


def test_an_attestation_that_expired_is_asked_again(asked):
    form = form_of(asked)
    old = form.attest(("K3",), by="Aino", on=date(2025, 1, 1)).model_copy(
        update={"as_of": date(2026, 11, 22)}
    )
    assert [clause.id for clause in form_of(asked, old).open] == ["K3", "K4"]


def test_a_table_is_stated_to_be_whole_in_the_form(exports):
    form = CompletenessForm(audit.load(exports).plan)
    assert form.open == ("asiakkaat",)
    _, by, on, answers = form.show(save_to=exports / "audit.yaml").children[0].children
    answers.children[0].click()
    assert "it is blank" in answers.children[1].value
    by.value, on.value = "Omistaja", date(2026, 11, 20)
    answers.children[0].click()
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


def test_the_browser_filters_the_evidence(exports):
    result = audit.audit(audit.load(exports).plan, as_of="2026-11-22")
    browser = EvidenceBrowser(result)
    assert set(browser.pick(check="MIN04")["check"]) == {"MIN04"}
    assert len(browser.pick()) == min(len(browser.evidence), browser.at_most)
    assert browser.show().children
