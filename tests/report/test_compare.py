"""What changed between audits."""

from __future__ import annotations

import json


def test_compare_shows_exactly_what_changed(cli, exports, tmp_path) -> None:
    header, *rows = (exports / "asiakkaat.csv").read_text("utf-8-sig").splitlines()
    cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "a")
    (exports / "asiakkaat.csv").write_text("\n".join([header, *reversed(rows)]) + "\n", "utf-8")
    cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "b")
    same = json.loads(cli("compare", tmp_path / "a", tmp_path / "b", "--json").stdout)
    assert {c["state"] for c in same["changes"] if not c["by_row"]} == {"unchanged"}
    (exports / "asiakkaat.csv").write_text(f"{header}\n", "utf-8")
    cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "c")
    gone = json.loads(cli("compare", tmp_path / "b", tmp_path / "c", "--json").stdout)
    assert "resolved" not in {c["state"] for c in gone["changes"] if c["result"] == "nonconformity"}
    told = cli("compare", tmp_path / "c", tmp_path / "b").stdout
    assert "new" in told


def test_an_audit_error_is_what_a_missing_folder_gives(cli, tmp_path) -> None:
    done = cli("compare", tmp_path / "x", tmp_path / "y")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
