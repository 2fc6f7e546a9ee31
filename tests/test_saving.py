"""A disk that fills up, a folder that is not there: a sentence each, and nothing of people's is lost."""

from __future__ import annotations

import errno
import os
import stat

import pytest

from audit import cli
from audit.errors import FileUnwritable
from audit.saving import write_whole

FULL = OSError(errno.ENOSPC, "No space left on device")


def full(*_: object) -> None:
    raise FULL


def called(monkeypatch, capsys, *arguments: object) -> tuple[int, str]:
    """The command line in this process: its exit status and what it says on standard error."""
    monkeypatch.setattr("sys.argv", ["register-audit", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0), capsys.readouterr().err


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_reviewed_plan_outlives_a_full_disk(exports, monkeypatch, capsys, failing):
    """What people wrote is there, byte for byte, and no half of another file beside it."""
    plan = exports / "audit.yaml"
    assert called(monkeypatch, capsys, "plan", exports, "-o", plan)[0] == 0
    (exports / "laskut.csv").write_text("Laskunumero;Eräpäivä\n1;1.2.2024\n", "utf-8")
    plan.chmod(0o640)
    before, there = plan.read_bytes(), sorted(exports.iterdir())
    with monkeypatch.context() as broken:
        broken.setattr(os, failing, full)
        status, said = called(broken, capsys, "plan", exports, "-o", plan)
    assert status == 2
    assert "audit.yaml cannot be written: No space left on device; what was there" in said
    assert (plan.read_bytes(), sorted(exports.iterdir())) == (before, there)
    assert called(monkeypatch, capsys, "plan", exports, "-o", plan)[0] == 0
    assert "laskut.csv" in plan.read_text("utf-8")
    assert stat.S_IMODE(plan.stat().st_mode) == 0o640


def test_a_link_to_a_plan_stays_a_link(tmp_path):
    """The file that it leads to is written."""
    (tmp_path / "there.yaml").write_text("old", "utf-8")
    link = tmp_path / "audit.yaml"
    link.symlink_to("there.yaml")
    write_whole(link, "new\n")
    assert link.is_symlink()
    assert (tmp_path / "there.yaml").read_text("utf-8") == "new\n"


def test_a_plan_for_a_folder_that_is_not_there(exports, monkeypatch, capsys):
    """A sentence that names the file."""
    status, said = called(monkeypatch, capsys, "plan", exports, "-o", exports / "no" / "a.yaml")
    assert status == 2
    assert said.count("\n") == 1
    assert "a.yaml cannot be written: No such file or directory" in said
    with pytest.raises(FileUnwritable):
        write_whole(exports / "no" / "a.yaml", "")


@pytest.mark.parametrize("failing", ["write_private", "write_workbook"])
def test_reports_on_a_full_disk(exports, monkeypatch, capsys, failing):
    """The folder for the reports is named, and an audit that is there already stays."""
    out = exports.parent / "out"
    out.mkdir()
    (out / "manifest.json").write_text("{}", "utf-8")
    monkeypatch.setattr(f"audit.report.write.{failing}", full)
    monkeypatch.setattr("audit.report.write.os.fsync", full)
    status, said = called(monkeypatch, capsys, "run", exports, "--out", out, "--quiet")
    assert status == 2
    assert f"{out} cannot be written: No space left on device" in said
    assert [path.name for path in out.iterdir()] == ["manifest.json"]
    assert [path.name for path in exports.parent.iterdir() if path.name.startswith(".")] == []


def test_a_full_disk_for_temporary_files(exports, monkeypatch, capsys):
    """Where the reports could be written, it is the other place that is named."""
    monkeypatch.setattr("audit.report.write.write_private", full)
    out = exports.parent / "out"
    status, said = called(monkeypatch, capsys, "run", exports, "--out", out, "--quiet")
    assert status == 2
    assert "No space left on device; free space where temporary files go" in said


def test_when_every_source_fails_each_says_why(exports, monkeypatch, capsys):
    """One sentence for each file."""
    (exports / "asiakkaat.csv").write_bytes(b"")
    (exports / "tilaukset.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (exports / "laskut.csv").write_bytes(b"\n\n")
    status, said = called(
        monkeypatch, capsys, "run", exports, "--out", exports.parent / "out", "--quiet"
    )
    assert status == 2
    assert len(said.splitlines()) == 3
    for name in ("asiakkaat.csv", "tilaukset.xlsx", "laskut.csv"):
        assert name in said
