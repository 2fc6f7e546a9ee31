"""A plan brought up to date: corrections and comments are kept, what is new is added and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.errors import AuditError
from audit.plan import read_plan, write_plan
from audit.plan.drafting import draft_plan
from audit.plan.replan import Change, replan


@pytest.fixture
def reviewed(exports: Path) -> Path:
    """A drafted plan that somebody corrected and commented."""
    text = write_plan(draft_plan(exports))
    text = text.replace(
        "Nimi: {category: name}", 'Nimi: {category: "other:lempinimi"}  # kysyttiin 3.2.'
    )
    text = text.replace("sources:", "# Tämän tarkasti Aino.\nsources:", 1)
    path = exports / "audit.yaml"
    path.write_text(text, "utf-8")
    assert "kysyttiin" in text
    return path


def test_nothing_new_leaves_the_text_as_it_is(reviewed):
    """Byte for byte."""
    found = replan(reviewed)
    assert found == (reviewed.read_text("utf-8"), ())


def test_new_columns_and_files_are_added_below_what_people_wrote(reviewed):
    """Each correction and each comment is still there; what was added has its ground."""
    folder = reviewed.parent
    text = (folder / "asiakkaat.csv").read_text("utf-8").splitlines()
    named = [text[0] + ";Puhelin", *(f"{line};0401234567" for line in text[1:])]
    (folder / "asiakkaat.csv").write_text("\n".join(named) + "\n", "utf-8")
    (folder / "laskut.csv").write_text("Laskunumero;Eräpäivä\n1;1.2.2024\n2;3.4.2024\n", "utf-8")
    (folder / "kuva.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    found = replan(reviewed)
    assert set(found.changes) == {
        Change("column_added", "asiakkaat.csv", "Puhelin"),
        Change("file_added", "laskut.csv"),
        Change("file_left_out", "kuva.png", "picture"),
    }
    assert not any(change.stops for change in found.changes)
    for kept in ("# Tämän tarkasti Aino.", "# kysyttiin 3.2.", "other:lempinimi"):
        assert kept in found.text
    assert "Puhelin: {category: phone} # " in found.text
    reviewed.write_text(found.text, "utf-8")
    plan = read_plan(reviewed)
    assert [source.name for source in plan.sources] == ["asiakkaat", "laskut"]
    assert plan.sources[0].columns["Nimi"].category == "other:lempinimi"
    assert plan.left_out == {"kuva.png": "picture"}
    assert replan(reviewed) == (found.text, ())


def test_what_is_gone_is_said_and_kept(reviewed):
    """A mapping is work: it is not thrown away because one export lacks the column."""
    before = reviewed.read_text("utf-8")
    csv = reviewed.parent / "asiakkaat.csv"
    csv.write_text(csv.read_text("utf-8").replace("Lisätiedot", "Muuta"), "utf-8")
    found = replan(reviewed)
    kinds = {change.kind: change.what for change in found.changes}
    assert kinds == {"column_missing": "Lisätiedot", "column_added": "Muuta"}
    assert "Lisätiedot:" in found.text
    csv.unlink()
    found = replan(reviewed)
    assert found.text == before
    assert [change.kind for change in found.changes] == ["file_missing"]
    assert found.changes[0].stops


def test_what_the_auditor_left_out_stays_out(reviewed):
    """A file that is left out with a reason is not drafted again."""
    folder = reviewed.parent
    (folder / "vanha.csv").write_text("Asiakasnro;Nimi\n1;Aino\n2;Bo\n", "utf-8")
    text = reviewed.read_text("utf-8")
    reviewed.write_text(text.replace("sources:", "left_out: {vanha.csv: kopio}\nsources:"), "utf-8")
    assert replan(reviewed).changes == ()


def test_a_broken_plan_is_no_plan(reviewed):
    """It is said, and nothing is drafted over it."""
    reviewed.write_text("schema: register-audit/plan/1\nsources: {}\n", "utf-8")
    with pytest.raises(AuditError):
        replan(reviewed)


def test_the_command_brings_the_plan_up_to_date(reviewed, cli):
    """In place with -o, on the screen without; --check says what does not hold, with status 2."""
    folder = reviewed.parent
    (folder / "laskut.csv").write_text("Laskunumero;Eräpäivä\n1;1.2.2024\n2;3.4.2024\n", "utf-8")
    before = reviewed.read_text("utf-8")
    shown = cli("plan", folder)
    assert shown.returncode == 0, shown.stderr
    assert "laskut.csv: added" in shown.stderr
    assert "kysyttiin" in shown.stdout
    assert reviewed.read_text("utf-8") == before
    checked = cli("plan", folder, "--check")
    assert checked.returncode == 0
    assert "laskut.csv: not in the plan" in checked.stdout
    written = cli("plan", folder, "-o", reviewed)
    assert written.returncode == 0, written.stderr
    assert [source.name for source in read_plan(reviewed).sources] == ["asiakkaat", "laskut"]
    (folder / "laskut.csv").unlink()
    checked = cli("plan", folder, "--check")
    assert checked.returncode == 2
    assert "laskut.csv" in checked.stderr
    assert "Traceback" not in checked.stderr
