"""A folder of files that mean harm, or are broken: a sentence for each, and the rest is audited."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from forms import as_csv, as_json, as_ods, as_parquet, as_sqlite, as_xls, as_xlsx

from audit.errors import AuditError, InputChanged, Shortfall
from audit.finding import Audit
from audit.plan import read_plan, write_plan
from audit.plan.drafting import draft_plan
from audit.register import archive
from audit.run import run

AS_OF = date(2026, 11, 22)


def audited(folder: Path) -> Audit:
    return run(draft_plan(folder), AS_OF, folder.parent / "evidence.parquet")


def sentence(audit: Audit, file: str) -> str:
    [found] = [failure.sentence for failure in audit.failures if failure.source == file]
    assert file in found
    assert found.endswith(".")
    return found


# --- files that are made to do harm --------------------------------------------------------------


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("asiakkaat.csv", b"a;b;c\n" * 15_000_000)


def lying_bomb(path: Path) -> None:
    """A ZIP whose directory says that a large member is small."""
    bomb(path)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.index(signature) + offset
        data[at : at + 4] = struct.pack("<I", 1000)
    path.write_bytes(data)


def gzip_bomb(path: Path) -> None:
    path.write_bytes(gzip.compress(b"a;b;c\n" * 15_000_000))


def nested(path: Path) -> None:
    data = b"Asiakasnro;Nimi;x\n1;A;b\n"
    for depth in range(3):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            package.writestr("asiakkaat.csv" if not depth else "sisempi.zip", data)
        data = stream.getvalue()
    path.write_bytes(data)


def changed_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def entities(path: Path) -> None:
    as_xlsx(path)
    dtd = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    changed_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda data: dtd + data.removeprefix(b'<?xml version="1.0"?>'),
    )


def encrypted(path: Path) -> None:
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + name + b"\0" * 4000)


def encrypted_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("asiakkaat.csv", "a;b;c\n1;2;3\n")
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[data.index(b"PK\x03\x04") + 6] |= 1
    path.write_bytes(data)


def cut(write: Callable[[Path], object], share: float = 0.6) -> Callable[[Path], None]:
    def cutting(path: Path) -> None:
        write(path)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return cutting


def damaged_sheet(path: Path) -> None:
    as_xlsx(path)
    changed_part(path, "xl/worksheets/sheet1.xml", lambda data: data[: len(data) // 2] + b"<<")


def empty_book(path: Path) -> None:
    as_xlsx(path, (), ())


def link(path: Path) -> None:
    outside = path.parents[1] / "salainen.csv"
    as_csv(outside)
    path.symlink_to(outside)


def deep_json(path: Path) -> None:
    path.write_text("[" * 100_000, "utf-8")


HOSTILE = {
    "a_link.csv": (link, "link that leads out of the folder"),
    "b_bomb.zip": (bomb, "inflates to far more"),
    "c_lying.zip": (lying_bomb, "damaged"),
    "d_bomb.csv.gz": (gzip_bomb, "inflates to far more"),
    "e_entities.xlsx": (entities, "declares entities"),
    "f_encrypted.xlsx": (encrypted, "protected with a password"),
    "g_cut.xlsx": (cut(as_xlsx), "damaged"),
    "h_cut.xls": (cut(as_xls, 0.3), "damaged"),
    "i_cut.ods": (cut(as_ods), "damaged"),
    "j_sheet.xlsx": (damaged_sheet, "damaged"),
    "k_empty.xlsx": (empty_book, "is empty"),
    "l_cut.json": (cut(as_json), "no valid JSON"),
    "m_deep.json": (deep_json, "no valid JSON"),
    "n_cut.parquet": (cut(as_parquet), "damaged"),
    "o_cut.sqlite": (cut(as_sqlite), "damaged"),
    "p_empty.csv": (lambda path: path.write_bytes(b""), "is empty"),
    "q_cards.vcf": (lambda path: path.write_text("BEGIN:VCARD\nFN:A\n"), "no whole card"),
    "r_page.xls": (lambda path: path.write_text("<html><table>"), "web page"),
}


@pytest.fixture
def hostile(exports: Path) -> Path:
    for name, (write, _) in HOSTILE.items():
        write(exports / name)
    nested(exports / "s_nested.zip")
    encrypted_zip(exports / "t_encrypted.zip")
    return exports


def test_each_file_has_its_sentence_and_the_others_are_audited(hostile):
    """The one good export is audited; each bad file is said, with what to do; nothing is left out."""
    audit = audited(hostile)
    assert not audit.complete
    assert [table.name for table in audit.tables] == ["asiakkaat"]
    said = {failure.source.partition("/")[0] for failure in audit.failures}
    assert said == {*HOSTILE, "t_encrypted.zip"}
    for name, (_, words) in HOSTILE.items():
        [found] = [f.sentence for f in audit.failures if f.source.partition("/")[0] == name]
        assert words in found, found
        assert name in found
    assert "password" in sentence(audit, "t_encrypted.zip/asiakkaat.csv")
    assert audit.left_out == (("s_nested.zip/sisempi.zip/sisempi.zip", "nested"),)


def test_no_sentence_shows_a_value(hostile):
    """What broken files hold does not reach the messages."""
    text = json.dumps([failure.sentence for failure in audited(hostile).failures])
    for value in ("Aino", "koe.example", "010190", "passwd", "lol"):
        assert value not in text


def test_the_command_says_incomplete(hostile, cli, tmp_path):
    """Exit 2, the report is written and headed incomplete, no traceback, nothing left behind."""
    done = cli(
        "run", hostile, "--as-of", "2026-11-22", "--out", tmp_path / "out", TMPDIR=str(tmp_path)
    )
    assert done.returncode == 2
    assert "The audit is incomplete" in done.stdout
    assert "Traceback" not in done.stderr
    assert done.stderr.count("register-audit: ") == len(HOSTILE) + 1
    assert json.loads((tmp_path / "out" / "findings.json").read_text("utf-8"))["complete"] is False
    assert not list(tmp_path.glob("register-audit-*"))


def test_a_file_that_changes_while_it_is_read(exports, monkeypatch):
    """Nothing is concluded from it; another one is audited."""
    import audit.reading as running

    as_csv(exports / "muuttuva.csv")
    scan = running.scan

    def scan_and_change(engine, table, path, place, head, **more):
        found = scan(engine, table, path, place, head, **more)
        if path.name == "muuttuva.csv":
            with path.open("a") as file:
                file.write("1005;x;;;;;\n")
        return found

    monkeypatch.setattr(running, "scan", scan_and_change)
    audit = audited(exports)
    assert "changed while it was read" in sentence(audit, "muuttuva.csv")
    assert [table.name for table in audit.tables] == ["asiakkaat"]


@pytest.mark.parametrize(
    "error", [Shortfall("asiakkaat.csv", 10, 12), InputChanged("asiakkaat.csv")]
)
def test_where_the_only_file_does_not_add_up_a_report_says_so(exports, monkeypatch, error):
    """It is incomplete, and tells of the notice and of the ledger; other failures are a sentence alone."""
    import audit.reading as running

    def scan(*_, **__):
        raise error

    monkeypatch.setattr(running, "scan", scan)
    audit = audited(exports)
    assert not audit.complete
    assert sentence(audit, "asiakkaat.csv") == str(error)
    assert audit.tables == ()


def test_records_that_are_refused_once_they_are_asked_for(exports, monkeypatch):
    """What the engine finds out only after reading leaves out that file, and no other."""
    import audit.reading as running

    as_csv(exports / "outo.csv")
    scan = running.scan

    def scan_and_spoil(engine, table, path, place, head, **more):
        found = scan(engine, table, path, place, head, **more)
        if path.name == "outo.csv":
            kept = f"(SELECT * REPLACE (error('x') AS record_key) FROM spoilt_{place})"
            engine.run(f"ALTER VIEW records_{place} RENAME TO spoilt_{place}")
            engine.run(f"CREATE VIEW records_{place} AS FROM {kept}")
        return found

    monkeypatch.setattr(running, "scan", scan_and_spoil)
    audit = audited(exports)
    assert not audit.complete
    assert "the engine refuses" in sentence(audit, "outo.csv")
    assert [table.name for table in audit.tables] == ["asiakkaat"]


def test_a_disk_that_fills_up(exports, monkeypatch):
    """Said for the file that needed the room; a plain file needs none."""
    as_xlsx(exports / "iso.xlsx")

    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("audit.engine.extracted._written", full)
    audit = audited(exports)
    found = sentence(audit, "iso.xlsx, Taul1")
    assert "No space left on device" in found
    assert "TMPDIR" in found
    assert [table.name for table in audit.tables] == ["asiakkaat"]


def test_a_link_within_the_folder_is_a_file(exports):
    """Only what leads out is refused; what leads to a file of the folder is its copy."""
    (exports / "uudet").mkdir()
    (exports / "uudet" / "x.csv").write_text("Asiakasnro;Nimi\n1;Aino Koe\n", "utf-8")
    (exports / "toinen.csv").symlink_to(exports / "uudet" / "x.csv")
    (exports / "kolmas.csv").symlink_to(exports / "asiakkaat.csv")
    audit = audited(exports)
    assert audit.complete
    assert [table.source for table in audit.tables] == ["asiakkaat.csv", "toinen.csv"]


def test_a_database_whose_last_changes_are_elsewhere(exports):
    """A write-ahead log beside the file holds rows that the file lacks."""
    as_sqlite(exports / "kanta.db")
    (exports / "kanta.db-wal").write_bytes(b"x")
    assert "kanta.db-wal" in sentence(audited(exports), "kanta.db")


def test_a_folder_of_nothing_else_is_an_error(exports):
    """Where no source could be read, there is no report."""
    (exports / "asiakkaat.csv").unlink()
    encrypted(exports / "x.xlsx")
    with pytest.raises(AuditError, match="password"):
        audited(exports)


def test_a_member_that_inflates_beyond_bounds_leaves_nothing_behind(tmp_path):
    """What was written until the bound was met is removed."""
    gzip_bomb(tmp_path / "x.gz")
    with pytest.raises(AuditError, match="inflates"):
        archive.unpack(tmp_path / "x.gz", None, tmp_path, "x.gz")
    assert [path.name for path in tmp_path.iterdir()] == ["x.gz"]


def test_files_of_one_name_that_cannot_be_read(exports):
    """The plan that is drafted is one that can be audited: it gives each its own name."""
    (exports / "asiakkaat.xlsx").write_bytes(b"PK\x03\x04 broken")
    (exports / "asiakkaat.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken")
    (exports / "audit.yaml").write_text(write_plan(draft_plan(exports)), "utf-8")
    names = [source.name for source in read_plan(exports / "audit.yaml").sources]
    assert len(set(names)) == len(names) == 3
