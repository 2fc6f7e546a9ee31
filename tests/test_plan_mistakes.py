"""What people write wrongly in a plan is one sentence with the file, the place and what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from audit.errors import AuditError
from audit.plan import read_plan, resolve, write_plan
from audit.plan.drafting import draft_plan
from audit.plan.replan import replan
from audit.run import run

PLAN = "schema: register-audit/plan/1\nnotice: notice.yaml\nsources:\n"
SOURCE = "  - file: asiakkaat.csv\n    {}\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "audit.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ("line 1", "empty", "schema: register-audit/plan/1")),
        (
            PLAN + SOURCE.format("kind: clients"),
            ("sources.0.kind (asiakkaat.csv)", "customers", "orders"),
        ),
        (PLAN + "  - asiakkaat.csv\n", ("sources.0: ", "file: customers.csv")),
        (PLAN + SOURCE.format("header_lines: two"), ("header_lines", "a whole number")),
        (PLAN + SOURCE.format("header_lines: 101"), ("header_lines", "100", "correct it")),
        (PLAN + SOURCE.format("one_table: perhaps"), ("one_table", "`true` or `false`")),
        (PLAN + SOURCE.format("columns: []"), ("sources.0.columns (asiakkaat.csv)", "a colon")),
        (
            PLAN + SOURCE.format("columns: {Nimi: {category: emial}}"),
            ("columns.Nimi.category", "“emial”", "`email`"),
        ),
        (
            PLAN + SOURCE.format("columns: {Nimi: {category: Aino Mäki}}"),
            ("columns.Nimi.category", "no data category"),
        ),
        (
            PLAN + "  []\nnotice: toinen.yaml\n",
            ("line 5", "stands above already", "one of the two"),
        ),
        (PLAN + SOURCE.format("seperator: ;"), ("seperator", "no such word", "delimiter")),
        (
            PLAN + SOURCE.format("columns: {Nimi: {role: record_kye}}"),
            ("columns.Nimi.role", "“record_kye”", "(is it `record_key`?)"),
        ),
        (PLAN + SOURCE.format("extracted_on: 2026-02-30"), ("extracted_on", "YYYY-MM-DD")),
        ("as_of: 2025-02-29\n" + PLAN + SOURCE.format(""), ("as_of", "YYYY-MM-DD")),
        (PLAN + 2 * SOURCE.format(""), ("sources.1.table", "the same name", "`table`")),
        (
            "left_out: {asiakkaat.csv: vanha}\n" + PLAN + SOURCE.format(""),
            ("left_out", "asiakkaat.csv", "keep one"),
        ),
        (
            PLAN + SOURCE.format("delimiter: tab"),
            ("asiakkaat.csv", 'delimiter "\\t"', "correct `delimiter`"),
        ),
        (PLAN + SOURCE.format("header_lines: 99"), ("`header_lines` is 99", "3 lines")),
    ],
)
def test_a_mistake_in_a_plan_is_one_sentence(exports, tmp_path, text, words):
    path = written(exports, text)
    with pytest.raises(AuditError) as error:
        run(read_plan(path), date(2026, 11, 22), tmp_path / "evidence.parquet")
    said = str(error.value)
    assert all(word in said for word in words), said
    assert "Input should" not in said
    assert "Aino" not in said


def test_what_the_schema_lets_people_write_is_read(exports):
    """No first line, a word alone for a column, a delimiter by its name or as YAML leaves it."""
    columns = "columns: {Nimi: name, Sähköposti: record_key, Muu: {category: technical}}"
    for said, mark in (("tab", "\t"), ("'\\t'", "\t"), ("semicolon", ";"), ('"|"', "|")):
        told = f"delimiter: {said}\n    {columns}"
        path = written(exports, PLAN.split("\n", 1)[1] + SOURCE.format(told))
        [source] = read_plan(path).sources
        assert source.delimiter == mark
        assert source.columns["Nimi"].category == "name"
        assert source.columns["Nimi"].role is None
        assert source.columns["Sähköposti"].role == "record_key"
    other = written(exports, "title: kokous\nitems: []\n")
    with pytest.raises(AuditError, match="it is no plan"):
        read_plan(other)
    with pytest.raises(AuditError, match="it is no plan"):
        read_plan(written(exports, PLAN.replace("plan/1", "plan/2")))


def test_what_the_plan_says_of_one_column_is_recognised_in_no_other(tmp_path):
    """Else a column that nobody reviewed would take the key's place, or stand beside it in a new draft."""
    (tmp_path / "viestit.csv").write_text("Asiakasnro;Viestinro;Teksti\nA1;V1;soittakaa\n", "utf-8")
    said = "notice: n.yaml\nsources:\n  - {file: viestit.csv, kind: other%s}\n"
    for columns, role in (("", "record_key"), (", columns: {Viestinro: record_key}", None)):
        path = written(tmp_path, said % columns)
        plan = read_plan(path)
        found = resolve(plan, plan.sources[0], str(path), tmp_path).table
        assert found.columns[0].role == role
    assert "role: record_key" not in replan(path).text


def test_the_outputs_of_an_audit_are_no_files_that_were_left_out(exports):
    """They lie beside the exports, and are no part of them."""
    for name in ("tulokset", "muut"):
        (exports / name).mkdir()
    (exports / "tulokset/findings.json").write_text("{}", "utf-8")
    assert draft_plan(exports).left_out == {"muut": "folder"}


def test_a_check_says_what_cannot_be_read_once(exports, cli):
    """The sentence of the error is whole: nothing is added to it."""
    written(exports, PLAN + SOURCE.format("header_lines: 99"))
    done = cli("plan", exports, "--check")
    assert done.returncode == 2
    assert done.stderr.count("asiakkaat.csv") == 1
    assert ".:" not in done.stderr


def test_new_sources_stand_above_the_comments_at_the_end(exports):
    """A comment to be filled in belongs below the list of sources, not inside it."""
    form = "# What no data can show.\n# attestations:\n#   - checks: [NOT37]\n"
    path = written(exports, write_plan(draft_plan(exports)) + form)
    (exports / "laskut.csv").write_text("Laskunumero;Eräpäivä\n1;1.2.2024\n2;3.4.2024\n", "utf-8")
    found = replan(path)
    assert found.text.endswith(form)
    assert found.text.index("laskut.csv") < found.text.index("# attestations")
    path.write_text(found.text.replace("# attestations:\n#   - checks: [NOT37]", ""), "utf-8")
    assert len(read_plan(path).sources) == 2


def test_a_plan_that_is_kept_elsewhere_names_its_files_from_there(exports, cli, tmp_path):
    """It is audited as it is."""
    (exports / "kuva.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    plans = tmp_path / "suunnitelmat"
    plans.mkdir()
    done = cli("plan", exports, "-o", plans / "audit.yaml")
    assert done.returncode == 0, done.stderr
    plan = read_plan(plans / "audit.yaml")
    assert plan.sources[0].file == "../koerekisteri/asiakkaat.csv"
    audit = run(plan, date(2026, 11, 22), tmp_path / "evidence.parquet")
    assert audit.complete
    assert audit.left_out == (("../koerekisteri/kuva.png", "picture"),)


def test_a_plan_is_not_written_twice_in_two_places(exports, cli, tmp_path):
    """Its paths lead from where it lies."""
    written(exports, write_plan(draft_plan(exports)))
    done = cli("plan", exports, "-o", tmp_path / "toinen.yaml")
    assert done.returncode == 2
    assert "koerekisteri" in done.stderr
    assert not (tmp_path / "toinen.yaml").exists()


def test_a_notice_that_is_not_there_is_said(exports, cli):
    done = cli("plan", exports, "--notice", exports / "nope.txt", "-o", exports / "audit.yaml")
    assert done.returncode == 2
    assert "nope.txt does not exist" in done.stderr
    assert not (exports / "audit.yaml").exists()


ODD = "kind: customers\n    columns: {Nimi: {role: %s}, Sähköposti: {role: %s}}"


@pytest.mark.parametrize(
    ("roles", "key", "words"),
    [
        (
            ("contract_end", "contract_end"),
            "role_twice:asiakkaat:Sähköposti",
            ("“Nimi” and “Sähköposti”", "`contract_end`"),
        ),
        (("due_on", "free_text"), "role_foreign:asiakkaat:Nimi", ("`due_on`", "`kind: customers`")),
        (("free_text", "free_text"), None, ()),
    ],
)
def test_a_role_that_is_not_read_is_said(exports, cli, tmp_path, roles, key, words):
    """Given twice, or foreign to the kind of table; notes may be many."""
    path = written(exports, PLAN + SOURCE.format(ODD % roles))
    audit = run(read_plan(path), date(2026, 11, 22), tmp_path / "evidence.parquet")
    assert [said for said in audit.assumptions if said.startswith("role_")] == [key] * bool(key)
    done = cli("plan", exports, "--check")
    assert done.returncode == 0
    assert all(word in done.stdout for word in words), done.stdout
