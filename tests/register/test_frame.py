"""What is in memory is read as its export would be."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pyarrow as pa
import pytest

import audit
from audit.errors import InputEmpty, InputUnreadable
from audit.finding import Result
from audit.register.frame import extract_of_frame


def test_cells_are_the_text_of_an_export():
    """Whole numbers have no decimal, midnight no time, and what is missing is blank."""
    frame = pd.DataFrame(
        {
            "nro": [1001.0, None],
            "pvm": [pd.Timestamp(2016, 11, 21), pd.NaT],
            "sekalaista": [date(2020, 1, 2), 7.0],
            "hetki": [datetime(2020, 1, 2, 3, 4), None],  # noqa: DTZ001 - exports have no zone
            "laji": pd.Categorical(["a", "b"]),
            "nimi": ["Åsa", ""],
        }
    )
    extract = extract_of_frame(frame, "taulu")
    assert extract.header == ("nro", "pvm", "sekalaista", "hetki", "laji", "nimi")
    assert extract.first == (
        ("1001", "2016-11-21", "2020-01-02", "2020-01-02 03:04:00", "a", "Åsa"),
        ("", "", "7", "", "b", ""),
    )
    assert extract.count() == 2


def test_an_arrow_table_is_read_too():
    table = pa.table({"a": pa.array(["x"]), "b": pa.array([2], pa.int64())})
    assert extract_of_frame(table, "t").first == (("x", "2"),)


def test_what_is_no_table_is_refused():
    with pytest.raises(InputUnreadable, match="it is no DataFrame"):
        extract_of_frame([["x"]], "t")
    with pytest.raises(InputEmpty):
        extract_of_frame(pd.DataFrame(), "t")


def test_a_table_without_rows_conforms_to_nothing(exports):
    """It has no records, so nothing is assessed on them."""
    frame = audit.load(exports).table("asiakkaat").iloc[:0]
    done = audit.audit_frames({"asiakkaat": frame}, exports / "notice.yaml", as_of="2026-11-22")
    of_records = [f for f in done.findings if f.table == "asiakkaat" and f.unit == "records"]
    assert {f.reason for f in of_records if f.check == "STO01"} == {"no_records"}
    assert {f.result for f in of_records} == {Result.NOT_ASSESSED}


def test_an_audit_of_frames_finds_what_an_audit_of_the_files_finds(exports, tmp_path):
    """Also in lines that are no records; the report can be written, and names no file."""
    with (exports / "asiakkaat.csv").open("a", encoding="utf-8") as file:
        file.write("1003;Veikko hetu 010190-999W\n")
    of_file = audit.audit(exports, as_of="2026-11-22")
    frame = audit.load(exports).table("asiakkaat")
    assert frame.index.min() < 0
    of_frame = audit.audit_frames({"asiakkaat": frame}, exports / "notice.yaml", as_of="2026-11-22")
    assert of_frame.findings == of_file.findings
    assert sum(f.count for f in of_frame.findings if f.result is Result.NONCONFORMITY) > 2
    written = of_frame.write(tmp_path / "o")
    assert "010190" not in (written / "report.html").read_text("utf-8")
    places = ["check", "row", "column", "record_key", "category"]
    both = [one.evidence()[places].fillna("").astype(str) for one in (of_file, of_frame)]
    assert sorted(map(tuple, both[0].to_numpy())) == sorted(map(tuple, both[1].to_numpy()))


def test_order_is_kept_over_many_batches():
    """A row's number is its place in the frame."""
    rows = 300_000
    frame = pd.DataFrame({"Asiakasnro": [str(n) for n in range(rows)], "Lisätiedot": [""] * rows})
    frame.loc[[7, 123_456, rows - 1], "Lisätiedot"] = "hetu 010190-999W"
    extract = extract_of_frame(frame, "asiakkaat")
    from audit.engine.duckdb import Engine
    from audit.engine.scan import create_tables, scan
    from audit.engine.workspace import workspace
    from audit.plan import Plan, PlannedSource, resolve

    source = PlannedSource(file="asiakkaat", table="asiakkaat", kind="customers")
    with workspace() as folder, Engine(folder) as engine:
        create_tables(engine)
        found = resolve(Plan(), source, "the plan", folder, extract)
        scan(engine, found.table, found.found.path, 0, found.found.head, extract=extract)
        where = engine.rows("SELECT \"row\" FROM cells WHERE category = 'personal_identity_code'")
        keys = engine.rows("SELECT record_key FROM scanned_0 WHERE rowid = 123456")
    assert sorted(row for (row,) in where) == [8, 123_457, rows]
    assert keys == [("123456",)]


def test_a_type_that_is_no_text_is_refused_by_the_name_of_its_column():
    """Whether pandas or Arrow has it; its values are not quoted."""
    half = pa.table({"nro": ["1"], "luku": pa.array([1.5], pa.float32()).cast(pa.float16())})
    for frame in (pd.DataFrame({"nro": ["1"], "luku": [1j]}), half):
        with pytest.raises(InputUnreadable, match="its column 'luku' has a type that is no text"):
            extract_of_frame(frame, "asiakkaat")
