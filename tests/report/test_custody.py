"""Sign-off, verification, and the evidence that is deleted in its time."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

import audit
from audit.errors import InputUnreadable, NotSigned, OutputUnusable
from audit.report.custody import SIGN_OFF, deletion_day, forget, sign, signed_off, verify
from audit.report.write import rerender

DAY = date(2026, 11, 26)


@pytest.fixture
def folder(exports: Path, tmp_path: Path) -> Path:
    """A folder that an audit wrote."""
    return audit.audit(audit.load(exports).plan, as_of="2026-11-22").write(tmp_path / "out", "fi")


def edit(path: Path, **changed: object) -> None:
    data = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(data | changed), "utf-8")


def problems(folder: Path) -> list[tuple[str, str]]:
    return [(failure.name, failure.problem) for failure in verify(folder)]


# --- signing -------------------------------------------------------------------------------------


def test_several_people_sign_one_below_the_other(folder):
    sign(folder, "Aino Esimerkki", DAY, "johtava tarkastaja")
    signed = sign(folder, " Onni Esimerkki ", DAY)
    assert [s.shown for s in signed.signatures] == [
        "Aino Esimerkki (johtava tarkastaja), 2026-11-26",
        "Onni Esimerkki, 2026-11-26",
    ]
    assert signed_off(folder) == signed
    assert verify(folder) == []


@pytest.mark.parametrize("again", ["Aino Esimerkki", "aino  esimerkki"])
def test_nobody_signs_twice(folder, again):
    sign(folder, "Aino Esimerkki", DAY)
    before = (folder / SIGN_OFF).read_bytes()
    with pytest.raises(NotSigned, match="signed already by Aino Esimerkki, 2026-11-26"):
        sign(folder, again, date(2026, 12, 1))
    assert (folder / SIGN_OFF).read_bytes() == before


@pytest.mark.parametrize("name", ["", " ", "\u00a0", "-"])
def test_somebody_signs(folder, name):
    with pytest.raises(NotSigned, match="nobody's name is given; say with --name") as refused:
        sign(folder, name, DAY)
    assert "--out" not in str(refused.value)


def test_what_was_changed_is_not_signed(folder):
    (folder / "report.html").write_text("better", "utf-8")
    with pytest.raises(NotSigned, match=r"report\.html is not as the manifest says; run the audit"):
        sign(folder, "Aino", DAY)


def test_a_folder_that_was_signed_is_not_replaced(folder, exports):
    """The next audit goes elsewhere, or the sign-off would be gone."""
    sign(folder, "Aino", DAY)
    with pytest.raises(OutputUnusable, match="signed off; choose another folder"):
        audit.audit(audit.load(exports).plan, as_of="2026-11-22").write(folder)
    assert verify(folder) == []


# --- what a change of any file gives -------------------------------------------------------------


@pytest.mark.parametrize("key", ["name", "role", "on", "findings_sha256"])
def test_a_changed_sign_off_is_found(folder, key):
    sign(folder, "Aino", DAY)
    data = json.loads((folder / SIGN_OFF).read_text("utf-8"))
    data["signatures"][0][key] = "Otto"
    (folder / SIGN_OFF).write_text(json.dumps(data), "utf-8")
    assert problems(folder) == [(SIGN_OFF, "was changed after it was signed")]


def test_a_removed_or_added_sign_off_is_found(folder):
    sign(folder, "Aino", DAY)
    text = (folder / SIGN_OFF).read_text("utf-8")
    (folder / SIGN_OFF).unlink()
    [(name, problem)] = problems(folder)
    assert (name, problem.split(",")[0]) == (SIGN_OFF, "is missing")
    (folder / SIGN_OFF).write_text(text, "utf-8")
    assert verify(folder) == []
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    del manifest["signoff_sha256"]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert problems(folder) == [(SIGN_OFF, "is not known to the manifest")]


def test_changed_findings_are_blamed_and_not_the_sign_off(folder):
    sign(folder, "Aino", DAY)
    with (folder / "findings.json").open("a") as file:
        file.write(" ")
    assert problems(folder) == [("findings.json", "is not as the manifest says")]
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    from audit.engine.source import digest

    for output in manifest["outputs"]:
        output["sha256"] = digest(folder / output["path"])
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert problems(folder) == [("findings.json", "is not what was signed by Aino, 2026-11-26")]


def test_a_sign_off_that_is_none_is_said(folder):
    sign(folder, "Aino", DAY)
    (folder / SIGN_OFF).write_text("[]", "utf-8")
    with pytest.raises(InputUnreadable, match="it is no sign-off"):
        signed_off(folder)
    assert problems(folder) == [(SIGN_OFF, "was changed after it was signed")]


def test_rendering_again_lets_no_changed_findings_in(folder):
    """The manifest is written anew: it must not vouch for what somebody edited."""
    edit(folder / "findings.json", register="toinen")
    with pytest.raises(
        InputUnreadable, match=r"findings\.json cannot be read: it is not as the man"
    ):
        rerender(folder, "sv")
    assert problems(folder) == [("findings.json", "is not as the manifest says")]


def test_the_commands_say_it_in_sentences(cli, folder):
    assert "Nobody has signed" in cli("verify", folder).stdout
    signed = cli("sign", folder, "--name", "Aino Esimerkki", "--role", "tarkastaja")
    seal = re.search("SHA-256 of the sign-off: ([0-9a-f]{64})", signed.stdout)[1]
    told = cli("verify", folder)
    assert told.returncode == 0
    assert "Signed by Aino Esimerkki (tarkastaja), " in told.stdout
    assert seal in told.stdout
    assert cli("report", folder, "--lang", "sv").returncode == 0
    assert cli("verify", folder).returncode == 0
    again = cli("sign", folder, "--name", "Aino Esimerkki")
    assert (again.returncode, len(again.stderr.splitlines())) == (2, 1)
    edit(folder / SIGN_OFF, signatures=[])
    done = cli("verify", folder)
    assert done.returncode == 1
    assert "signoff.json was changed after it was signed: bring back" in done.stderr


# --- forgetting ----------------------------------------------------------------------------------


def test_evidence_is_deleted_from_its_day_on_and_nothing_else_is_lost(folder):
    """What tells single records goes, from the page too; findings, sign-off and calendar stay."""
    sign(folder, "Aino", DAY)
    last = deletion_day(folder)
    assert last == date(2027, 11, 22)
    assert forget(folder, date(2027, 11, 21)) == []
    page = (folder / "report.html").read_text("utf-8")
    calendar = (folder / "deadlines.ics").read_text("utf-8")
    assert re.search(r"<bdi>100[12]</bdi>", page)
    assert "22.11.2027" in page
    (folder / "report.pdf").write_bytes(b"%PDF of the page")
    assert forget(folder, last) == ["evidence.parquet", "remediation.xlsx", "report.pdf"]
    left = (folder / "report.html").read_text("utf-8")
    assert not re.search(r"<bdi>100[12]</bdi>", left)
    assert '<html lang="fi"' in left
    assert "22.11.2027" in left
    assert (folder / "deadlines.ics").read_text("utf-8") == calendar
    assert verify(folder) == []
    assert signed_off(folder) is not None
    assert forget(folder, last) == []
    rerender(folder, "sv")
    assert not re.search(r"<bdi>100[12]</bdi>", (folder / "report.html").read_text("utf-8"))


def test_damaged_evidence_is_forgotten_all_the_same(folder):
    (folder / "evidence.parquet").write_bytes(b"PAR1 and no more")
    assert "evidence.parquet" in forget(folder, deletion_day(folder))
    assert not (folder / "evidence.parquet").exists()


def test_forget_goes_through_a_folder_of_audits(cli, exports, tmp_path):
    """One that cannot be read is said, and the others are forgotten all the same."""
    plan, all_of_them = audit.load(exports).plan, tmp_path / "all"
    for day in ("2020-01-01", "2021-01-01", date.today().isoformat()):
        audit.audit(plan, as_of=day).write(all_of_them / day)
    (all_of_them / "2020-01-01" / "findings.json").write_text("?", "utf-8")
    done = cli("forget", all_of_them)
    assert done.returncode == 2
    assert "2020-01-01/findings.json" in done.stderr
    assert not (all_of_them / "2021-01-01" / "evidence.parquet").exists()
    assert (all_of_them / date.today().isoformat() / "evidence.parquet").exists()
    assert "kept until" in done.stdout
    assert "nothing is left to delete" in cli("forget", all_of_them / "2021-01-01").stdout
