"""The review of a notice: findings, evidence and what the reports show of it."""

from __future__ import annotations

import json
import re
import string
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import audit.checks
from audit.checks import catalogue
from audit.finding import Grade, Result
from audit.notice.model import Notice
from audit.notice.read import read_notice
from audit.notice.review.wording import wordings
from audit.notice.sketch import sketch
from audit.plan import Plan
from audit.report.texts import LANGUAGES, load_texts
from audit.review import Review, review

AS_OF = date(2026, 11, 22)
SAMPLE = Path(__file__).parents[1] / "data_samples" / "asiakasrekisteri"
CHECKS = [check for check in catalogue().values() if check.unit == "notice"]


def reviewed(notice: Notice) -> Review:
    return review(catalogue().values(), notice, Plan(), AS_OF)


@pytest.fixture(scope="module")
def sample() -> Notice:
    return read_notice(SAMPLE / "notice.yaml")


def test_quotes_stand_where_their_spans_say(sample: Notice) -> None:
    """The words of a remark are those of the notice's text between its offsets."""
    text = (SAMPLE / "tietosuojaseloste.txt").read_bytes().decode("utf-8")
    remarks = [one.remark for one in reviewed(sample).remarks if one.remark.span]
    assert len(remarks) > 40
    for said in remarks:
        assert said.span is not None
        found = text[slice(*said.span)]
        words = [w for w in found.replace("<p>", " ").replace("</p>", " ").split() if w.strip("-")]
        assert said.quote.split()[0] in words[0]
        assert said.quote.split()[-1].strip(string.punctuation) in found


def test_the_published_text_has_the_same_findings(sample: Notice) -> None:
    """Read by rule, the notice has what it has when a person wrote it down."""
    read = read_notice(SAMPLE / "tietosuojaseloste.txt")
    by_hand, by_rule = (
        {(f.check, f.result, f.grade) for f in reviewed(notice).findings if f.count}
        for notice in (sample, read)
    )
    assert by_rule == by_hand


def test_a_finding_has_the_gravest_grade_of_its_remarks(sample: Notice) -> None:
    """A signature is major and mere writing minor: together they are one major finding."""
    found = [f for f in reviewed(sample).findings if f.check == "NOT22" and f.count]
    assert [(f.result, f.grade, f.count) for f in found] == [(Result.NONCONFORMITY, Grade.MAJOR, 3)]
    assert found[0].clauses == ("C72", "C73", "C77")
    assert found[0].examined == len(sample.clauses)


def test_a_clause_that_no_remark_names_conforms() -> None:
    """The clauses that a check could have named and did not are said to conform."""
    notice = sketch(
        {
            "clauses": [
                {"text": "Tarkastuspyyntö on allekirjoitettava.", "checks": ["NOT22"]},
                {"text": "Korjausta voi pyytää miten vain.", "checks": ["NOT22"]},
            ]
        }
    )
    found = {f.result: f.clauses for f in reviewed(notice).findings if f.check == "NOT22"}
    assert found == {Result.NONCONFORMITY: ("C1",), Result.CONFORMITY: ("C2",)}


def test_evidence_is_one_row_a_clause(sample: Notice) -> None:
    """Source is the notice's file, the clause stands for the record; no row, no column."""
    result = reviewed(sample)
    rows = result.evidence("notice.yaml")
    assert len(rows) == sum(finding.count for finding in result.findings)
    assert {row[2] for row in rows} == {"notice.yaml"}
    assert {row[3:7] for row in rows} == {(None, None, None, None)}
    known = {clause.id for clause in sample.clauses}
    assert {row[7] for row in rows} - {None} <= known


def test_without_a_statement_availability_and_the_officer_are_not_assessed() -> None:
    """An absence is never a conformity."""
    found = {f.check: f for f in reviewed(sketch({})).findings}
    assert (found["NOT37"].result, found["NOT37"].reason) == ("not_assessed", "not_attested")
    assert (found["NOT38"].result, found["NOT38"].reason) == ("not_assessed", "article_37_unstated")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_check_has_a_wording_in_every_language(lang: str) -> None:
    """The templates have the same codes, sorts and gaps as the Finnish ones."""

    def gaps(language: str) -> dict[str, set[str]]:
        found = {}
        for code, template in wordings(language).items():
            sorts = template if isinstance(template, dict) else {"": template}
            for sort, text in sorts.items():
                names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
                found[f"{code}.{sort}"] = names
        return found

    assert gaps(lang) == gaps("fi")
    assert {key.partition(".")[0] for key in gaps(lang)} == {check.code for check in CHECKS}


def test_the_proposed_wording_is_filled_from_the_notice(sample: Notice) -> None:
    """The controller's own details and the words found stand in it, in the notice's language."""
    wording = {one.check: one.wording for one in reviewed(sample).remarks}
    assert "Ossi Höyläniemi" in wording["NOT01"]
    assert "(s-postiosoite)" in wording["NOT29"]
    assert "{" not in "".join(wording.values())


def test_precedents_are_worded_as_advice(cli) -> None:
    """TSV/2/2018 is an occasion to ask, and TSV/26/2020 is about undefined periods."""
    page = cli("explain", "NOT10").stdout
    assert "TSV/2/2018" in page
    assert "not its holding" in " ".join(page.split())
    assert "TSV/26/2020" not in page
    assert "TSV/26/2020" in cli("explain", "NOT12").stdout


def test_reports_show_the_notice_beside_the_register(cli, exports, tmp_path) -> None:
    """JUnit has a case, findings.json the remarks, the page the words and the proposed wording."""
    path = exports / "notice.yaml"
    text = path.read_text("utf-8").replace(
        "\ndata_categories:",
        "\n  - {id: K3, heading: Tarkastusoikeus, promise: signed, kinds: [notice],\n"
        "     quote: Pyyntö on allekirjoitettava., checks: [NOT22]}\ndata_categories:",
    )
    path.write_text(text, "utf-8")
    out = tmp_path / "out"
    done = cli("run", exports, "--as-of", "2026-11-22", "--out", out, "--lang", "fi")
    assert done.returncode == 1, done.stderr
    data = json.loads((out / "findings.json").read_text("utf-8"))
    said = [one for one in data["notice"]["remarks"] if one["check"] == "NOT22"]
    assert [(one["clauses"], one["grade"]) for one in said] == [(["K3"], "major")]
    state = next(clause for clause in data["clauses"] if clause["id"] == "K3")
    assert (state["state"], state["checks"]) == ("does_not_conform", ["NOT22"])
    cases = ET.parse(out / "junit.xml").getroot().iter("testcase")
    case = next(c for c in cases if c.get("name", "").startswith("NOT22"))
    assert case.get("name") == "NOT22 formality-hinders-rights [notice]"
    assert case.find("failure") is not None
    page = (out / "report.html").read_text("utf-8")
    assert "Pyyntö on allekirjoitettava." in page
    assert "Ehdotettu teksti" in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sort_that_a_check_gives_has_a_name(lang: str) -> None:
    """The details in the sources of the checks are all in the message catalogues."""
    folder = Path(audit.checks.__file__).parent / "lawfulness_fairness_and_transparency"
    said = set()
    for path in folder.glob("*.py"):
        text = path.read_text("utf-8")
        if 'unit="notice"' in text:
            said |= set(re.findall(r'(?:detail|reason)=\(?"(\w+)"', text))
            said |= {
                w for pair in re.findall(r'"(\w+)" if [^\n]+ else "(\w+)"', text) for w in pair
            }
    said -= {"observation", "minor", "major", "profiling", "profiling_act"}
    assert len(said) > 25
    assert {f"detail.notice_{sort}" for sort in said} <= load_texts(lang).keys()
