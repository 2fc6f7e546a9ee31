"""Great Expectations finds what `run` finds, tells no cell, and takes no error for a deviation."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import audit
from audit.expectations import findings_of, render_results
from audit.expectations.batch import as_kwarg, data_checks, families
from audit.expectations.findings import NothingValidated, exception_of
from audit.finding import Result
from audit.run import run

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data_samples" / "asiakasrekisteri" / "audit.yaml"
AS_OF = "2026-11-22"


@pytest.fixture(scope="module")
def validated():
    """Every table of the sample, validated in the fullest form."""
    from audit.expectations import validate

    return validate(SAMPLE, as_of=AS_OF, result_format="COMPLETE")


def as_json(results) -> str:
    return json.dumps({k: v.to_json_dict() for k, v in results.items()}, ensure_ascii=False)


def test_findings_are_those_of_run(validated, tmp_path):
    """The same codes, tables, columns, categories, counts and results, in the same order."""
    plan = audit.open_plan(SAMPLE)
    told = run(plan, date.fromisoformat(AS_OF), tmp_path / "e.parquet", only=data_checks())
    assert findings_of(validated) == told.findings
    deviating = {f.check for f in told.findings if f.result is Result.NONCONFORMITY}
    assert [name for name, codes in families().items() if not deviating & set(codes)] == []
    again = json.loads(as_json(validated))
    assert findings_of(again) == told.findings
    assert findings_of(list(again.values())) == told.findings
    assert findings_of(as_json(validated)) == told.findings


def test_success_is_nothing_at_or_above_the_grade(validated):
    """A table with a major nonconformity fails in that family, and in no other."""
    of_family = {r.expectation_config.type: r.success for r in validated["asiakkaat"].results}
    assert of_family["expect_storage_limitation"] is False
    assert of_family["expect_data_minimisation"] is False
    assert of_family["expect_accuracy"] is True


def test_results_hold_counts_and_row_keys_and_no_cell(validated):
    """Not in the fullest result format, and not on the page."""
    register = audit.load(SAMPLE.parent)
    frame = register.table("asiakkaat")
    secrets = {
        cell.strip()
        for column in ("Sähköposti", "Puhelin", "Katuosoite", "Lisätiedot", "Sukunimi", "Yritys")
        for cell in frame[column]
        if len(cell.strip()) > 5
    }
    assert len(secrets) > 1000
    told = as_json(validated)
    pages = "".join(render_results(validated, lang) for lang in ("fi", "sv", "en"))
    assert [secret for secret in secrets if secret in told or secret in pages] == []
    keys = [
        key
        for result in validated["asiakkaat"].results
        for key in result.result["unexpected_index_list"]
    ]
    assert len(keys) > 20
    assert set().union(*keys) <= {"check", "row", "record_key", "column"}
    numbers = set(frame["Asiakasnro"])
    assert {key["record_key"] for key in keys if "record_key" in key} <= numbers


def test_every_family_of_data_checks_has_its_expectation():
    from audit.expectations import FAMILIES

    assert set(FAMILIES) == set(families())
    for family, expectation in FAMILIES.items():
        assert expectation.expectation_type == f"expect_{family}"
        assert len(expectation.__doc__) > 20


def expectation_on(frame: pd.DataFrame, result_format: str = "SUMMARY", **kwargs):
    """One expectation on a DataFrame, as JSON."""
    import great_expectations as gx

    from audit.expectations import FAMILIES
    from audit.expectations.suite import ephemeral

    with ephemeral() as context:
        asset = context.data_sources.add_pandas("p").add_dataframe_asset("a")
        batch = asset.add_batch_definition_whole_dataframe("b").get_batch({"dataframe": frame})
        family = kwargs.pop("family", "data_minimisation")
        done = batch.validate(FAMILIES[family](**kwargs), result_format=result_format)
    assert gx.__version__
    return done.to_json_dict()


@pytest.fixture
def small(exports):
    """A folder's plan, embedded, and its one table."""
    register = audit.load(exports)
    return as_kwarg(register.plan), register.table("asiakkaat")


def test_a_plan_may_be_embedded(small):
    """Then no file of the plan is needed; the notice stays beside the data."""
    plan, frame = small
    told = expectation_on(frame, plan=plan, table="asiakkaat", as_of=AS_OF)
    assert told["success"] is False
    codes = {f["check"]: f["result"] for f in told["result"]["details"]["findings"]}
    assert codes["MIN04"] == "nonconformity"
    assert told["result"]["partial_unexpected_index_list"] == [
        {"check": "MIN04", "row": 2, "record_key": "1002", "column": "Lisätiedot"}
    ]
    assert "010190" not in json.dumps(told)


def test_a_list_of_keys_that_is_cut_says_so(small, monkeypatch):
    """A complete result would else be taken for all that deviates."""
    from audit.expectations import batch

    monkeypatch.setattr(batch, "KEYS_AT_MOST", 3)
    plan, frame = small
    frame = pd.concat([frame[frame["Asiakasnro"] == "1002"]] * 5, ignore_index=True)
    told = expectation_on(frame, "COMPLETE", plan=plan, table="asiakkaat", codes=["MIN04"])
    assert [key["row"] for key in told["result"]["unexpected_index_list"]] == [1, 2, 3]
    assert told["result"]["unexpected_count"] == 5
    assert told["result"]["details"]["unlisted"] == 2
    assert "2 more row keys are not listed" in told["result"]["observed_value"]


@pytest.mark.parametrize(
    "change",
    [
        {"plan": "nowhere.yaml"},
        {"table": "tilaukset"},
        {"codes": ["STO01"]},
        {"as_of": "22.11.2026"},
        {"plan": {"schema": "register-audit/plan/1", "sources": "hetu 010190-999W"}},
    ],
)
def test_what_cannot_be_validated_is_not_assessed(small, change):
    """An exception's sentence is there, and no nonconformity; nor does it quote what it was given."""
    plan, frame = small
    told = expectation_on(frame, **{"plan": plan, "table": "asiakkaat"} | change)
    assert told["success"] is False
    assert told["result"] == {}
    assert exception_of(told)
    quoted = {"exception_info": told["exception_info"]}
    assert "010190" not in json.dumps(quoted)
    assert {f.result for f in findings_of(told)} == {Result.NOT_ASSESSED}
    assert exception_of(told).split()[0] in render_results(told)


def test_a_grade_that_is_none_is_refused_at_once():
    """A word in another spelling would otherwise fail on something else than it says."""
    from audit.expectations import FAMILIES

    with pytest.raises(ValueError, match="fail_on"):
        FAMILIES["accuracy"](plan="p", table="t", fail_on="Minor")


def test_a_column_that_is_gone_is_an_exception_of_one_sentence(small):
    """Its message is the sentence that `run` would print, and names no cell."""
    plan, frame = small
    told = expectation_on(frame.drop(columns="Tila"), plan=plan, table="asiakkaat")
    assert "has no column “Tila”" in exception_of(told)
    assert "esimerkki" not in json.dumps(told["exception_info"]).lower()


def test_a_column_that_is_no_text_quotes_nothing(small):
    """A frame whose cells are objects of many kinds is read, or refused without its values."""
    plan, frame = small
    frame = frame.assign(Lisätiedot=[{"hetu": "010190-999W"}, b"\xff010190-999W"])
    told = json.dumps(expectation_on(frame, "COMPLETE", plan=plan, table="asiakkaat"))
    assert "010190" not in told


def test_a_result_without_content_is_not_assessed(small):
    plan, frame = small
    told = expectation_on(frame, "BOOLEAN_ONLY", plan=plan, table="asiakkaat", codes=["MIN04"])
    assert told["result"] == {}
    [finding] = findings_of(told)
    assert (finding.check, finding.result) == ("MIN04", Result.NOT_ASSESSED)
    assert finding.reason == "not_validated"


@pytest.mark.parametrize(
    "info",
    [
        {"raised_exception": True, "exception_message": "it broke", "exception_traceback": ""},
        {"('m', 'x')": {"raised_exception": True, "exception_message": "it broke"}},
    ],
)
def test_both_shapes_of_exceptions_are_read_first(info):
    """Even where a result stands beside it."""
    told = {
        "success": False,
        "expectation_config": {
            "type": "expect_accuracy",
            "kwargs": {"table": "t", "codes": ["ACC01"]},
        },
        "result": {"details": {"findings": []}},
        "exception_info": info,
    }
    assert exception_of(told) == "it broke"
    assert [f.result for f in findings_of(told)] == [Result.NOT_ASSESSED]
    assert exception_of(told | {"exception_info": {"raised_exception": False}}) is None


def test_nothing_is_sent_and_no_bar_is_drawn(small, monkeypatch, capfd):
    """No socket is opened while a suite is compiled and validated."""
    from audit.expectations import validate

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    plan, _ = small
    results = validate(audit.load(plan["folder"]).plan, as_of=AS_OF)
    assert any(f.result is Result.NONCONFORMITY for f in findings_of(results))
    said = capfd.readouterr()
    assert "Calculating" not in said.out + said.err


def test_prescriptive_and_diagnostic_texts_read_as_sentences(validated):
    from audit.expectations import FAMILIES

    expectation = FAMILIES["storage_limitation"](plan="p", table="asiakkaat", codes=["STO01"])
    expectation.render()
    [shown] = expectation.rendered_content
    assert shown.value.template == (
        "$table keeps what the privacy notice says (storage limitation: STO01)."
    )
    assert shown.value.params["table"]["value"] == "asiakkaat"
    result = next(r for r in validated["asiakkaat"].results if not r.success)
    result.render()
    text = json.dumps([one.to_json_dict() for one in result.rendered_content])
    assert "does not conform: " in text


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_page_loads_and_runs_nothing(validated, lang):
    page = render_results(validated, lang)
    assert f'<html lang="{lang}">' in page
    assert not re.findall(r'<script|<link|<iframe|(?:src|srcset|href)="', page)
    assert not re.findall(r"@import|url\((?!#)|https?:", page)
    assert page.count("<section>") == len(validated)
    assert "STO01" in page


def test_the_documented_way_finds_the_violations(cli, exports, tmp_path):
    """The command, then the guide's own program in a process of its own, where nothing is known yet."""
    exports.rename(tmp_path / "exports")
    assert cli("plan", "exports/", "-o", "exports/audit.yaml").returncode == 0
    done = cli("suite", "exports/audit.yaml", "-o", "gx/", "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr
    assert "checkpoint exports.asiakkaat" in done.stdout
    written = (tmp_path / "gx/gx/great_expectations.yml").read_text("utf-8")
    assert "analytics_enabled: false" in written
    assert "site_index_builder" not in written  # no Data Docs
    assert not list(tmp_path.rglob("*.html"))
    wrong = cli("suite", "exports/", "-o", "gx2/", "--as-of", "22.11.2026")
    assert wrong.returncode == 2
    assert "22.11.2026 is no day; write it as YYYY-MM-DD" in " ".join(wrong.stderr.split())
    assert not (tmp_path / "gx2").exists()
    again = cli("suite", "exports/", "-o", "gx/")
    assert again.returncode == 2
    assert "something is there already" in again.stderr
    guide = (ROOT / "docs/great_expectations.md").read_text("utf-8")
    program = re.search(r"\n((?:    .*\n|\n)*?    findings = .*\n)", guide)[1]
    program = "\n".join(line.removeprefix("    ") for line in program.splitlines())
    program += "\nprint('tilkku', result.success, sorted({f.check for f in findings if f.grade}))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, text=True, check=False, timeout=300, cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    # A process that ends without an error may have run nothing: the word says that it did.
    assert done.stdout.splitlines()[-1:] == ["tilkku False ['MIN04', 'STO01']"], done.stderr[-2000:]


def test_a_name_that_is_no_file_name_makes_a_suite_all_the_same(exports, tmp_path):
    """Great Expectations makes files of the names of suites; without a table nothing is written."""
    from audit.errors import PlanInvalid
    from audit.expectations.suite import write_suite

    plan = audit.load(exports).plan
    named = plan.model_copy(update={"register_name": "a/b"})
    [name] = write_suite(named, tmp_path / "suite")
    assert name == f"a-b.{plan.sources[0].name}"
    with pytest.raises(PlanInvalid, match="there is no table"):
        write_suite(plan.model_copy(update={"sources": ()}), tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_suite_of_unknown_expectations_is_no_success():
    """Great Expectations leaves out what it does not know, and calls that a success."""
    told = {"success": True, "suite_name": "exports.asiakkaat", "results": []}
    with pytest.raises(
        NothingValidated, match=r"^exports\.asiakkaat validated nothing: import FAMIL"
    ):
        findings_of(told)
    stock = {"expectation_config": {"type": "expect_column_to_exist"}, "success": True}
    with pytest.raises(NothingValidated):  # only somebody else's expectations were left
        findings_of(told | {"results": [stock]})


def test_the_same_finding_of_two_registers_is_told_twice():
    config = {"expectation_config": {"type": "expect_data_minimisation"}, "success": False}
    one, other = (
        config
        | {
            "result": {
                "details": {
                    "findings": [
                        {"check": "MIN04", "result": "nonconformity", "grade": "major",
                         "table": "asiakkaat", "count": count, "examined": 9, "unit": "cells"}
                    ]
                }
            }
        }
        for count in (1, 5)
    )  # fmt: skip
    assert [found.count for found in findings_of([one, one, other])] == [1, 5]


def test_batches_scanned_alone_find_what_they_find_together(validated):
    """Each table's own checkpoint reads the plan's other tables from their files."""
    from audit.expectations import validate

    alone = validate(SAMPLE, tables=["luovutukset"], as_of=AS_OF)
    found = [f for f in findings_of(validated) if f.table in ("luovutukset", "")]
    assert list(findings_of(alone)) == found
    assert [f.check for f in found if f.result is Result.NONCONFORMITY]


def test_a_suite_needs_no_context_and_no_exports_to_be_read_again():
    """In a process of its own, where nobody opened a context; what it says is JSON."""
    program = (
        "from audit.expectations import suite_of;"
        f"print(len(suite_of({str(SAMPLE)!r}, 'asiakkaat').to_json_dict()['expectations']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, text=True, check=False, timeout=300, cwd=ROOT,
    )  # fmt: skip
    assert int(done.stdout) > 3, done.stderr[-2000:]


def test_run_imports_neither_great_expectations_nor_pandas(exports, tmp_path):
    """Nor is the module that would import them."""
    program = (
        "import sys; from datetime import date; from pathlib import Path; import audit.cli;"
        "from audit.plan.drafting import draft_plan; from audit.run import run;"
        f"run(draft_plan(Path({str(exports)!r})), date(2026, 1, 1), Path({str(tmp_path / 'e')!r}));"
        "print(sorted({'great_expectations', 'pandas', 'pyarrow', 'audit.expectations'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, text=True, check=False, timeout=300, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout.strip() == "[]", done.stderr[-2000:]
