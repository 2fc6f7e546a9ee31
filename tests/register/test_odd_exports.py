"""Exports that few programs write, and files that are none: each gives its rows, or a sentence."""

from __future__ import annotations

import json
import random
import sqlite3
import stat
import zipfile
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest
from forms import HAR, HEADER, INSPECTION, LOG, RECORDS, VCARDS, as_ndjson, as_sqlite

import audit
from audit.errors import AuditError
from audit.finding import Audit
from audit.plan.drafting import draft_plan
from audit.register.sheets.extent import check_extent
from audit.register.sqlite import tables as sqlite_tables
from audit.run import run

AS_OF = date(2026, 11, 22)


def audited(folder: Path) -> Audit:
    return run(draft_plan(folder), AS_OF, folder.parent / "evidence.parquet")


def checks_of(found: Audit) -> set[str]:
    return {f.check for f in found.findings if f.count}


# --- encodings of forms that are no delimited text -----------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_of_any_form_may_be_in_wide_characters(exports, encoding):
    """Cards, lines of JSON, logs and recordings are told, and their lines counted, as in UTF-8."""
    as_ndjson(exports / "b.ndjson")
    texts = {
        "a.vcf": VCARDS,
        "b.ndjson": (exports / "b.ndjson").read_text("utf-8"),
        "c.log": LOG,
        "d.har": json.dumps(HAR),
        "inspection.json": json.dumps(INSPECTION),
    }
    for name, text in texts.items():
        (exports / name).write_text(text, "utf-8")
    (exports / "asiakkaat.csv").unlink()
    plain = audited(exports)
    for name, text in texts.items():
        (exports / name).write_bytes(text.encode(encoding))
    wide = audited(exports)
    assert not wide.failures
    rows = [(one.source, one.sheet, one.form, one.lines, one.rows) for one in plain.ledgers]
    assert [(o.source, o.sheet, o.form, o.lines, o.rows) for o in wide.ledgers] == rows
    assert [o.sha256 for o in wide.ledgers] != [o.sha256 for o in plain.ledgers]


# --- what stands above a table -------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_what_stands_in_a_title_is_found(exports, encoding):
    """Whoever printed a list may have left somebody's code above it."""
    text = (exports / "asiakkaat.csv").read_text("utf-8").replace("hetu 010190-999W", "")
    above = "Asiakasluettelo Ä\nTulostanut Aino Esimerkki 010190-999W\n\n"
    (exports / "asiakkaat.csv").write_bytes((above + text).encode(encoding))
    found = audited(exports)
    assert found.ledgers[0].header == 4
    assert "MIN04" in checks_of(found)


# --- what is no table ----------------------------------------------------------------------------


def test_prose_in_one_column_is_one_column(exports):
    """Commas that stand in a few lines cut none of them."""
    said = [
        "Hyvä, kiva palvelu",
        "Todella hyvä",
        "Ei mitään; mutta, kuitenkin, näin",
        "Ok",
        "Kiitos",
    ]
    lines = ["Palaute", *(said[n * n % 5] for n in range(30))]
    (exports / "palaute.csv").write_text("\n".join(lines) + "\n", "utf-8")
    frame = audit.load(exports).table("palaute")
    assert list(frame.columns) == ["Palaute"]
    assert list(frame["Palaute"]) == lines[1:]


def test_columns_of_fixed_width_lose_no_row(exports):
    """Nothing parts the cells, so each line is one; and each is searched."""
    rows = ["".join(str(c or "").ljust(24) for c in row) for row in [HEADER, *RECORDS]]
    (exports / "luettelo.csv").write_text("\n".join(rows) + "\n", "utf-8")
    found = audited(exports)
    [ledger] = [one for one in found.ledgers if one.source == "luettelo.csv"]
    assert (ledger.rows, ledger.quarantined) == (len(RECORDS), ())


def test_bytes_that_are_no_text_are_no_table(exports):
    """What is encrypted or packed under a table's name is said, and nothing is made of it."""
    data = random.Random(1).randbytes(20_000)
    (exports / "salattu.csv").write_bytes(data)
    (exports / "salattu.txt").write_bytes(data[5000:])
    found = audited(exports)
    sentences = {f.source: f.sentence for f in found.failures}
    assert sentences.keys() == {"salattu.csv"}
    assert ("salattu.txt", "form") in found.left_out
    assert "it is not text" in sentences["salattu.csv"]
    assert [table.name for table in found.tables] == ["asiakkaat"]


@pytest.mark.parametrize(
    "name", ["a.zip", "a.db", "a.sqlite", "a.parquet", "a.xlsx", "a.xlsb", "a.ods", "a.gz", "a.vcf"]
)
def test_a_file_of_no_bytes_is_empty(exports, name):
    """Whatever its name says, somebody meant it to hold something."""
    (exports / name).write_bytes(b"")
    [failure] = audited(exports).failures
    assert failure.sentence == (f"{name} is empty: export it again, or leave it out of the plan.")


def test_a_link_in_an_archive_is_no_file(exports):
    """Its target's name is not read as a table."""
    link = zipfile.ZipInfo("linkki.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(exports / "viety.zip", "w") as package:
        package.writestr("asiakkaat.csv", (exports / "asiakkaat.csv").read_text("utf-8"))
        package.writestr(link, "/etc/passwd")
    (exports / "asiakkaat.csv").unlink()
    found = audited(exports)
    assert [table.source for table in found.tables] == ["viety.zip/asiakkaat.csv"]
    [failure] = found.failures
    assert failure.sentence == (
        "viety.zip/linkki.csv cannot be read: it is a link; pack the file itself."
    )


def test_entries_of_a_recording_that_are_none_are_counted(exports):
    """They are quarantined, as values in the place of records are."""
    broken = json.loads(json.dumps(HAR))
    broken["log"]["entries"] += ["rikki", None]
    (exports / "sivusto.har").write_text(json.dumps(broken), "utf-8")
    found = audited(exports)
    [ledger] = [one for one in found.ledgers if one.sheet == "requests"]
    assert (ledger.lines, ledger.rows) == (4, 2)
    assert Counter(q.reason for q in ledger.quarantined) == {"no_record": 2}


# --- JSON whose records are not in an array of objects -------------------------------------------

CUSTOMERS = [
    {"id": "1001", "name": "Aino Esimerkki", "email": "aino@koe.example"},
    {"id": "1002", "name": "Onni Koe", "email": "onni@koe.example"},
    {"id": "1003", "name": "Eeva Malli", "email": "eeva@koe.example"},
]
NAMES = list(CUSTOMERS[0])
ROWS = [list(customer.values()) for customer in CUSTOMERS]
WITHOUT_ID = [{k: v for k, v in c.items() if k != "id"} for c in CUSTOMERS]


@pytest.mark.parametrize(
    "document",
    [
        {c["id"]: rest for c, rest in zip(CUSTOMERS, WITHOUT_ID, strict=True)},
        {"people": {f"-Nq{c['id']}": c for c in CUSTOMERS}, "version": 3},
        {name: [c[name] for c in CUSTOMERS] for name in NAMES},
        {name: {str(n): c[name] for n, c in enumerate(CUSTOMERS)} for name in NAMES},
        {"columns": NAMES, "index": [0, 1, 2], "data": ROWS},
        [NAMES, *ROWS],
    ],
    ids=["by key", "by key within", "by column", "by column and row", "split", "arrays"],
)
def test_records_of_json_are_told_however_they_are_laid_out(exports, document):
    """Each is a row: by its key, by column, or as arrays below a header."""
    (exports / "asiakkaat.csv").unlink()
    (exports / "x.json").write_text(json.dumps(document), "utf-8")
    frame = audit.load(exports).table("x")
    assert list(frame["name"]) == [c["name"] for c in CUSTOMERS]
    assert list(frame["email"]) == [c["email"] for c in CUSTOMERS]
    [ledger] = audited(exports).ledgers
    assert ledger.rows == len(CUSTOMERS)
    assert ledger.accounted == ledger.lines


@pytest.mark.parametrize(
    "document",
    [
        {"billing": {"city": "Oulu", "zip": "90100"}, "shipping": {"city": "Oulu", "zip": "90100"}},
        {"name": "Aino Esimerkki", "tags": ["a", "b"], "codes": [1, 2]},
        {"id": 7, "address1": {"city": "Oulu"}, "address2": {"city": "Espoo"}},
    ],
)
def test_one_record_is_one(exports, document):
    """Objects and lists within a record are no records of their own."""
    (exports / "asiakkaat.csv").unlink()
    (exports / "x.json").write_text(json.dumps(document), "utf-8")
    assert len(audit.load(exports).table("x")) == 1


# --- a binary workbook ---------------------------------------------------------------------------


def binary_sheet(path: Path, cells: list[tuple[int, int]]) -> Path:
    """The part of an XLSB that has the cells: each in a row of its own, with a number, and a long record."""

    def record(kind: int, data: bytes) -> bytes:
        length, size = len(data), b""
        while length > 127:
            size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
        return bytes([kind]) + size + bytes([length]) + data

    parts = [record(0x25, b"\xff" * 3_000_000)]
    for row, column in cells:
        parts.append(record(0, row.to_bytes(4, "little") + bytes(13)))
        parts.append(record(5, column.to_bytes(4, "little") + bytes(12)))
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/worksheets/sheet1.bin", b"".join(parts))
    return path


def test_a_cell_that_strayed_in_an_xlsb_is_said(tmp_path):
    """Before a reader makes room for all that lies between."""
    near = [(row, column) for row in range(400) for column in range(5)]
    check_extent(binary_sheet(tmp_path / "a.xlsb", near), "a.xlsb")
    path = binary_sheet(tmp_path / "b.xlsb", [*near, (1_048_575, 16_383)])
    with pytest.raises(AuditError, match="the cell XFD1048576 of a sheet stands far"):
        check_extent(path, "b.xlsb")


def test_views_of_a_database_are_said_and_not_read(tmp_path):
    """What a view shows stands in the tables."""
    path = as_sqlite(tmp_path / "a.sqlite")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIEW nimet AS SELECT * FROM asiakkaat")
        connection.commit()
    [table] = sqlite_tables(path, "a.sqlite")
    assert (table.sheet, table.notes) == ("asiakkaat", (("views", 1),))
    [plain] = sqlite_tables(as_sqlite(tmp_path / "b.sqlite"), "b.sqlite")
    assert plain.notes == ()


# --- JSON whose keys are people's ----------------------------------------------------------------


def test_details_of_people_name_no_column(exports, tmp_path, cli):
    """A map by identity code or address is a table with its keys as cells: found, and shown nowhere."""
    code, mail = "010190-999W", "onni@koe.example"
    document = {"customers": [{**c, "guardian": {code: "äiti"}} for c in CUSTOMERS]}
    (exports / "x.json").write_text(json.dumps(document), "utf-8")
    lines = [{mail: {"role": "heir"}, f"b{n}@koe.example": {"role": "guardian"}} for n in range(3)]
    (exports / "y.ndjson").write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
    frame = audit.load(exports).table("x.customers.keyed")
    assert list(frame.columns) == ["id", "under", "key", "value"]
    assert set(frame["under"]) == {"guardian"}
    assert list(frame["key"]) == [code] * 3
    found = audited(exports)
    assert {(f.check, f.table, f.column) for f in found.findings if f.check == "MIN04"} >= {
        ("MIN04", "x.customers.keyed", "key")
    }
    [ledger] = [one for one in found.ledgers if one.source == "y.ndjson"]
    assert (ledger.rows, ledger.lines, ledger.accounted) == (6, 6, 6)
    cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "out", "-q")
    for path in (tmp_path / "out").iterdir():
        assert code.encode() not in path.read_bytes(), path.name
        assert mail.encode() not in path.read_bytes(), path.name


def test_texts_that_parquet_has_as_bytes_are_read(exports):
    """As Hive writes them; what is no text is told by its length."""
    target = exports / "hive.parquet"
    duckdb.sql(
        "SELECT 'Aino Esimerkki'::BLOB AS nimi, '010190-999W'::BLOB AS hetu, "
        "'\\xFF\\xAA'::BLOB AS kuva"
    ).write_parquet(str(target))
    frame = audit.load(exports).table("hive")
    assert frame.iloc[0].tolist() == ["Aino Esimerkki", "010190-999W", "(2 bytes)"]
    assert [f for f in audited(exports).findings if f.check == "MIN04" and f.table == "hive"]


@pytest.mark.parametrize(
    ("document", "table", "rows"),
    [
        # A member of the same name hides no key.
        (
            [{"id": 1, "people": {"a@koe.example": {"key": "K1"}}}],
            "x.keyed",
            [["1", "people", "a@koe.example", "K1"]],
        ),
        # The fields of a record stay its own.
        ([{"id": n, "name": "Aino", "b@koe.example": n} for n in (1, 2)], "x",
         [["1", "Aino"], ["2", "Aino"]]),
        ([{"id": n, "name": "Aino", "b@koe.example": n} for n in (1, 2)], "x.keyed",
         [["1", "b@koe.example", "1"], ["2", "b@koe.example", "2"]]),
        # However many keys stand above them, it is one table.
        (
            [{"id": 1} | {f"2024-01-{n:02}": {"a@koe.example": n} for n in range(10, 13)}],
            "x.keyed",
            [["1", f"2024-01-{n}", "a@koe.example", str(n)] for n in range(10, 13)],
        ),
        # An array under somebody's address is of that person.
        (
            {"a@koe.example": [{"k": 1}, {"k": 2}], "b@koe.example": [{"k": 3}]},
            "x.keyed",
            [["a@koe.example", "1"], ["a@koe.example", "2"], ["b@koe.example", "3"]],
        ),
    ],
)  # fmt: skip
def test_keys_that_are_details_part_nothing_else(exports, document, table, rows):
    """They are cells, with what stands under them; no table is called by one."""
    (exports / "asiakkaat.csv").unlink()
    (exports / "x.json").write_text(json.dumps(document), "utf-8")
    register = audit.load(exports)
    name = table if table in register.tables else "x"
    assert register.table(name).to_numpy().tolist() == rows
    assert not any("@" in name for name in register.tables)
