"""What is plainly wrong in the Python interface is said in one sentence, and quotes no cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import audit
from audit.errors import ArgumentUnusable, AuditError

FRAME = pd.DataFrame({"Asiakasnro": ["1"], "Lisätiedot": ["hetu 010190-999W"]})


@pytest.fixture
def result(exports: Path) -> audit.Audit:
    """A finished audit."""
    return audit.audit(exports, as_of="2026-11-22")


def one_sentence(error: AuditError) -> bool:
    """Whether it is one line that ends as a sentence does, and tells no cell."""
    said = str(error)
    return "\n" not in said and said.endswith(".") and "010190" not in said and len(said) < 400


@pytest.mark.parametrize(
    "wrong",
    [
        lambda folder: audit.audit(folder, lang="de"),
        lambda folder: audit.audit(folder, engine="sparkk"),
        lambda folder: audit.audit(folder, session=object()),
        lambda folder: audit.audit(folder, as_of="22.11.2026"),
        lambda folder: audit.audit(folder, as_of=2026),
        lambda _: audit.audit(None),
        lambda _: audit.audit(FRAME),
        lambda folder: audit.audit_frames(FRAME, folder / "notice.yaml"),
        lambda folder: audit.audit_frames({"a": FRAME}, folder / "notice.yaml", as_of="x"),
    ],
)
def test_an_argument_that_is_of_no_use_is_said(exports: Path, wrong: Any) -> None:
    """Before anything is read."""
    with pytest.raises(ArgumentUnusable) as raised:
        wrong(exports)
    assert one_sentence(raised.value)


def test_of_a_finished_audit_too(result: audit.Audit, tmp_path: Path) -> None:
    """The language, the fragment, the grade: no folder is left behind."""
    for wrong in (
        lambda: result.show("verdict", "de"),
        lambda: result.show("kaikki"),
        lambda: result.write(tmp_path / "out", "de"),
        lambda: result.write(tmp_path / "out", fail_on="none"),
    ):
        with pytest.raises(ArgumentUnusable) as raised:
            wrong()
        assert one_sentence(raised.value)
    assert not (tmp_path / "out").exists()
    assert result.write(tmp_path / "out", "sv", fail_on="never").is_dir()


def test_tables_are_named_by_any_word_and_a_register_is_as_good_as_its_plan(exports: Path) -> None:
    """A number that names a table is its name."""
    found = audit.audit_frames({1: FRAME}, exports / "notice.yaml", "2026-11-22")
    assert {finding.table for finding in found.findings if finding.table} == {"1"}
    register = audit.load(exports)
    assert (
        audit.audit(register, "2026-11-22").findings
        == audit.audit(register.plan, "2026-11-22").findings
    )


def test_what_is_no_validation_result_is_not_nothing_found(result: audit.Audit) -> None:
    """An empty list of findings would be taken for a register that conforms."""
    from audit.expectations import findings_of, render_results

    of_family = {"expectation_config": {"type": "expect_accuracy"}}
    for wrong in (
        None,
        "x",
        3,
        result,
        {"a": 1},
        [None],
        {"results": [3]},
        of_family | {"result": "x"},
        of_family | {"result": {"details": {"findings": [{"check": "ACC01"}]}}},
        {"expectation_config": "x"},
    ):
        for read in (findings_of, render_results):
            with pytest.raises(ArgumentUnusable) as raised:
                read(wrong)
            assert one_sentence(raised.value)
    with pytest.raises(ArgumentUnusable, match=r"^lang cannot be 'de': give fi, sv or en\.$"):
        render_results([], "de")


def test_a_suite_is_not_made_of_what_is_of_no_use(exports: Path, tmp_path: Path) -> None:
    """Nor is anything validated or written."""
    from audit.expectations import suite_of, validate, write_suite

    (tmp_path / "file").touch()
    for wrong in (
        lambda: suite_of(exports, fail_on="x"),
        lambda: suite_of(exports, "nimetön"),
        lambda: suite_of(exports / "no.yaml"),
        lambda: suite_of(None),
        lambda: validate(exports, result_format="ALL"),
        lambda: validate(exports, tables=["nimetön"]),
        lambda: validate(exports, as_of="x"),
        lambda: write_suite(exports, tmp_path / "file" / "gx"),
    ):
        with pytest.raises(AuditError) as raised:
            wrong()
        assert one_sentence(raised.value)
    assert len(suite_of(audit.load(exports)).expectations) > 3


def test_a_session_and_a_folder_that_are_of_no_use_to_spark(exports: Path, tmp_path: Path) -> None:
    """Neither Spark nor Java is started to tell."""

    def connect() -> object:
        return type("SparkSession", (), {"__module__": "pyspark.sql.connect.session"})()

    for how in ({"session": "x"}, {"session": connect()}, {"scratch": tmp_path / "nix"}):
        with pytest.raises(ArgumentUnusable) as raised:
            audit.audit(exports, engine="spark", **how)
        assert one_sentence(raised.value)
        assert next(iter(how)) in str(raised.value)
