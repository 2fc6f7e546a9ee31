"""The contract of the outside: commands, exit statuses, outputs."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path
from xml.etree import ElementTree as ET

import duckdb
import pytest
from jsonschema import Draft202012Validator

from audit.report.findings import findings_schema
from audit.report.texts import Texts

OUTPUTS = {
    "report.html",
    "findings.json",
    "evidence.parquet",
    "junit.xml",
    "manifest.json",
    "deadlines.ics",
    "remediation.xlsx",
}
EVIDENCE = [
    "check",
    "result",
    "source",
    "table",
    "row",
    "line",
    "column",
    "record_key",
    "category",
    "detail",
]


def evidence(out: Path) -> list[dict]:
    cursor = duckdb.connect().execute(f"SELECT * FROM '{out}/evidence.parquet'")
    names = [d[0] for d in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_run_writes_every_report_and_exits_one(command, exports, tmp_path):
    """Major nonconformities give status 1, after every report was written, for the owner alone."""
    done = command("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "out")
    assert done.returncode == 1, done.stderr
    assert {p.name for p in (tmp_path / "out").iterdir()} == OUTPUTS
    assert all(stat.S_IMODE(p.stat().st_mode) == 0o600 for p in (tmp_path / "out").iterdir())
    assert "No plan was given" in done.stdout
    assert "report.html" in done.stdout


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_what_was_inferred_is_said_in_the_language(cli, exports, tmp_path, lang):
    """Not a word of English before the verdict: lead, kinds of tables, what was left out."""
    (exports / "kuva.png").write_bytes(b"\x89PNG")
    done = cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "out", "--lang", lang)
    texts, english = Texts(lang), Texts("en")
    said = done.stdout.splitlines()
    assert said[0] == texts.t("inferred.lead")
    assert "  " + texts.t("inferred.left_out", file="kuva.png") in said
    assert any(texts.t("kinds.customers") in line for line in said[1:5])
    for word in ("No plan", english.t("kinds.customers"), "left out", "recognised", "the notice"):
        assert word not in done.stdout


@pytest.mark.parametrize("command", ["run", "report", "compare"])
def test_a_language_that_there_is_not_is_one_plain_sentence(cli, exports, command):
    folders = [exports, exports] if command == "compare" else [exports]
    done = cli(command, *folders, "--lang", "de")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "--lang" in line
    assert "fi, sv or en" in line
    assert "Value error" not in line


@pytest.mark.parametrize("command", ["report", "compare", "sign", "verify"])
def test_a_folder_that_no_audit_wrote_is_said_to_be_none(cli, exports, tmp_path, command):
    """Neither spelling nor export is wrong there; one that is not there is said to be missing."""
    more = {"compare": [exports], "sign": ["--name", "A", "--role", "B"]}.get(command, [])
    done = cli(command, exports, *more)
    assert done.returncode != 0
    (line,) = done.stderr.splitlines()
    assert "holds no audit: name the folder that `register-audit run` wrote" in line
    assert "export the file again" not in line
    gone = cli(command, tmp_path / "gone", *more)
    assert "does not exist: name the folder" in gone.stderr
    cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "out")
    (tmp_path / "out/findings.json").unlink()
    if command in ("report", "sign"):
        assert "findings.json" in cli(command, tmp_path / "out", *more).stderr


def test_evidence_has_the_agreed_columns_and_places(cli, exports, tmp_path):
    """Each piece of evidence has its file, row, physical line, column and record key."""
    cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "out")
    found = evidence(tmp_path / "out")
    assert list(found[0]) == EVIDENCE
    kept = [row for row in found if row["check"] == "STO01"]
    assert [
        (r["source"], r["row"], r["line"], r["column"], r["record_key"], r["result"]) for r in kept
    ] == [("asiakkaat.csv", 1, 2, "Asiakassuhde päättyi", "1001", "nonconformity")]
    code = [row for row in found if row["check"] == "MIN04"]
    assert [(r["row"], r["line"], r["column"], r["category"]) for r in code] == [
        (2, 3, "Lisätiedot", "personal_identity_code")
    ]


@pytest.mark.parametrize(("fail_on", "status"), [("major", 1), ("minor", 1), ("never", 0)])
def test_fail_on_sets_the_status(cli, exports, tmp_path, fail_on, status):
    """The gate closes at the grade that is asked for."""
    done = cli(
        "run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "o", "--fail-on", fail_on, "-q"
    )
    assert done.returncode == status
    assert done.stdout == ""


def test_only_and_skip_choose_the_checks(cli, exports, tmp_path):
    """A skipped check is in no report, and an unknown one is an error."""
    cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "o", "--only", "STO01")
    data = json.loads((tmp_path / "o/findings.json").read_text("utf-8"))
    assert {f["check"] for f in data["findings"]} == {"STO01"}
    done = cli("run", exports, "--skip", "STO99")
    assert done.returncode == 2
    assert "STO99" in done.stderr


def test_findings_are_reproducible_and_valid(cli, exports, tmp_path):
    """The same audit gives the same bytes, and they follow the schema that is shipped."""
    for name in ("a", "b"):
        cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / name)
    first, second = ((tmp_path / n / "findings.json").read_bytes() for n in "ab")
    assert first == second
    Draft202012Validator(findings_schema()).validate(json.loads(first))


def test_junit_names_each_criterion_and_table(cli, exports, tmp_path):
    """A testcase for each criterion and table; failures only at or above the gate; no errors."""
    cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "o", "--fail-on", "never")
    suite = ET.parse(tmp_path / "o/junit.xml").getroot()
    assert suite.get("failures") == "0"
    assert suite.get("errors") == "0"
    assert any("STO01" in case.get("name") for case in suite)
    cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "o")
    suite = ET.parse(tmp_path / "o/junit.xml").getroot()
    assert int(suite.get("failures")) == sum(case.find("failure") is not None for case in suite) > 0


def test_an_earlier_audit_is_replaced_and_foreign_files_are_not(cli, exports, tmp_path):
    """The output folder is replaced whole; a folder that holds something else is left alone."""
    out = tmp_path / "out"
    cli("run", exports, "--as-of", "2026-11-22", "--out", out)
    before = (out / "manifest.json").stat().st_ino
    cli("run", exports, "--as-of", "2026-11-22", "--out", out)
    assert (out / "manifest.json").stat().st_ino != before
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("years of work")
    done = cli("run", exports, "--as-of", "2026-11-22", "--out", other)
    assert done.returncode == 2
    assert [p.name for p in other.iterdir()] == ["thesis.txt"]
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".o")]


def test_report_renders_again_in_another_language(cli, exports, tmp_path):
    """`report` needs no export: it renders what was found, and the manifest still holds."""
    out = tmp_path / "out"
    cli("run", exports, "--as-of", "2026-11-22", "--out", out, "--lang", "en")
    shutil.rmtree(exports)
    assert cli("report", out, "--lang", "fi").returncode == 0
    assert '<html lang="fi"' in (out / "report.html").read_text("utf-8")
    assert cli("verify", out).returncode == 0
    with (out / "findings.json").open("a") as file:
        file.write(" ")
    done = cli("verify", out)
    assert done.returncode == 1
    assert "findings.json" in done.stderr


def test_names_that_turn_the_text_around_do_not_reach_the_terminal(cli, exports, tmp_path):
    """A file and a header with direction marks: every command says them as the page does."""
    name = "laskut \u202egnp.csv"
    text = (exports / "asiakkaat.csv").read_text("utf-8")
    (exports / name).write_text(text.replace("Tila", "Ti\u202ela"), "utf-8")
    said = [
        cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "out", "-v"),
        cli("plan", exports, "-o", exports / "audit.yaml"),
        cli("plan", exports, "--check"),
    ]
    (exports / name).unlink()
    said.append(cli("plan", exports, "--check"))
    said.append(cli("run", tmp_path / "no\u202esuch"))
    for done in said:
        assert not set("\u202e\x1b") & set(done.stdout + done.stderr), done.args
    assert "laskut gnp.csv" in said[0].stdout
    assert "laskut gnp.csv" in said[3].stderr
    assert "nosuch does not exist" in said[4].stderr


def test_plan_is_drafted_checked_and_never_overwritten(cli, exports):
    """A plan that is there is brought up to date and else stays; any other file is let alone."""
    path = exports / "audit.yaml"
    assert cli("plan", exports, "-o", path).returncode == 0
    assert "customer_relationship_end" in path.read_text("utf-8")
    assert cli("plan", exports, "--check").returncode == 0
    drafted = path.read_text("utf-8")
    assert cli("plan", exports, "-o", path).returncode == 0
    assert path.read_text("utf-8") == drafted
    again = cli("plan", exports, "-o", exports / "asiakkaat.csv")
    assert again.returncode == 2
    assert "exists" in again.stderr


def test_explain_lists_and_explains(cli):
    """Each code has its page."""
    assert "retention-period-exceeded" in cli("explain").stdout
    assert "hold suspends" in " ".join(cli("explain", "sto01").stdout.split())
    assert cli("explain", "XYZ1").returncode == 2


def test_sample_is_written_and_audited(command, tmp_path):
    """Two commands from nothing to a report."""
    assert command("sample", tmp_path / "s", "--rows", 50, "--seed", 3).returncode == 0
    assert (
        command("run", tmp_path / "s", "--fail-on", "never", "--out", tmp_path / "o").returncode
        == 0
    )
    assert command("sample", tmp_path / "s").returncode == 2


def bad_inputs(folder: Path) -> dict[str, tuple[str, ...]]:
    """What can be wrong, and what the sentence must name."""
    (folder / "empty.csv").write_bytes(b"")
    (folder / "header.csv").write_text("Asiakasnro;Nimi\n", "utf-8")
    (folder / "folder.csv").mkdir()
    (folder / "broken.yaml").write_text("schema: [", "utf-8")
    (folder / "other.yaml").write_text("schema: something/1\n", "utf-8")
    (folder / "wrong.yaml").write_text(
        (folder / "notice.yaml").read_text("utf-8").replace("P10Y", "ten years"), "utf-8"
    )
    return {}


PLAN = "schema: register-audit/plan/1\nregister: koe\nnotice: notice.yaml\nsources:\n"


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("  - file: missing.csv\n", ("missing.csv", "does not exist")),
        ("  - file: empty.csv\n", ("empty.csv", "is empty")),
        ("  - file: folder.csv\n", ("folder.csv", "not a file")),
        ("  - {file: asiakkaat.csv, delimiter: ','}\n", ("asiakkaat.csv", "delimiter")),
        (
            "  - {file: asiakkaat.csv, columns: {Sotu: {category: name}}}\n",
            ("asiakkaat.csv", "Sotu"),
        ),
        ("  - {file: asiakkaat.csv, colums: {}}\n", ("audit.yaml", "sources.0.colums")),
        ("  - {file: asiakkaat.csv, columns: {Nimi: {role: king}}}\n", ("audit.yaml", "role")),
        (
            "  - {file: asiakkaat.csv, columns: {Nimi: {category: emial}}}\n",
            ("audit.yaml", "category"),
        ),
        ("  - {file: asiakkaat.csv, delimiter: ''}\n", ("audit.yaml", "delimiter")),
        ("  - {file: asiakkaat.csv, encoding: base64}\n", ("asiakkaat.csv", "encoding")),
        ("  []\n", ("sources", "nothing to audit")),
    ],
)
def test_bad_input_is_one_sentence(cli, exports, tmp_path, source, named):
    """File, place and remedy in one sentence, exit 2, no traceback, nothing written by halves."""
    bad_inputs(exports)
    (exports / "audit.yaml").write_text(PLAN + source, "utf-8")
    done = cli("run", exports / "audit.yaml", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert all(word in done.stderr for word in named), done.stderr
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".out*"))


@pytest.mark.parametrize(
    ("notice", "named"),
    [
        ("missing.yaml", ("missing.yaml", "does not exist")),
        ("broken.yaml", ("broken.yaml", "not YAML")),
        ("other.yaml", ("other.yaml", "no notice")),
        ("wrong.yaml", ("wrong.yaml", "retention.0", "ISO 8601")),
        ("asiakkaat.csv", ("asiakkaat.csv", "notice.yaml")),
    ],
)
def test_bad_notice_is_one_sentence(cli, exports, tmp_path, notice, named):
    """A notice that cannot be read says where and why."""
    bad_inputs(exports)
    done = cli("run", exports, "--notice", exports / notice, "--out", tmp_path / "out", "-q")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert all(word in done.stderr for word in named), done.stderr
    assert not (tmp_path / "out").exists()


def test_one_bad_source_leaves_an_incomplete_report(cli, exports, tmp_path):
    """The other sources are audited, the report is headed incomplete, and the status is 2."""
    (exports / "tilaukset.csv").write_bytes(b"")
    done = cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "tilaukset.csv is empty" in done.stderr
    data = json.loads((tmp_path / "out/findings.json").read_text("utf-8"))
    assert data["complete"] is False
    assert [f["source"] for f in data["failures"]] == ["tilaukset.csv"]


def test_header_only_is_not_assessed(cli, exports, tmp_path):
    """An absence is never a conformity."""
    (exports / "asiakkaat.csv").write_text("Asiakasnro;Nimi;Asiakassuhde päättyi\n", "utf-8")
    out = tmp_path / "out"
    done = cli("run", exports, "--as-of", "2026-11-22", "--out", out, "--fail-on", "never")
    assert done.returncode == 0
    data = json.loads((tmp_path / "out/findings.json").read_text("utf-8"))
    assert {f["result"] for f in data["findings"] if f["unit"] != "notice"} == {"not_assessed"}


def test_notice_without_retention_is_not_assessed(cli, exports, tmp_path):
    """A silent notice leaves storage limitation unassessed, with the reason."""
    path = exports / "notice.yaml"
    path.write_text(path.read_text("utf-8").partition("retention:")[0], "utf-8")
    cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "out")
    data = json.loads((tmp_path / "out/findings.json").read_text("utf-8"))
    # Contact persons who have left are held against the law, whatever the notice says.
    storage = [
        f for f in data["findings"] if f["check"].startswith("STO") and f["check"] != "STO08"
    ]
    assert storage
    assert {(f["result"], f["reason"]) for f in storage} == {
        ("not_assessed", "notice_silent_on_retention")
    }


def test_unwritable_output_is_one_sentence(cli, exports):
    """A folder that cannot be made is said, and nothing else happens."""
    done = cli("run", exports, "--out", exports / "notice.yaml" / "out")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "cannot be written" in done.stderr
